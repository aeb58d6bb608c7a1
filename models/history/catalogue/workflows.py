"""What happens to procedures, as history says it."""

from models.history.action import Action

ACTIONS = {
    "procedure.written": Action("gravou a revisão {revision} do procedimento {name}", "config", icon="books"),
}
