"""What happens to lists that leave the house, as history says it."""

from models.history.action import Action

ACTIONS = {
    "search.paused": Action(
        "procurou {tries} documentos que ninguém tem, e espera até {until_at} para procurar outro",
        "access",
        icon="search",
    ),
    "report.exported": Action("baixou a lista «{report}»", "config", icon="download"),
}
