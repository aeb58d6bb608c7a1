"""What happens to lists that leave the house, as history says it."""

from models.history.action import Action

ACTIONS = {
    "report.exported": Action("baixou a lista «{report}»", "config", icon="download"),
}
