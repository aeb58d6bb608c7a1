"""What happens to effects, as history says it."""

from models.history.action import Action

ACTIONS = {
    "effect.retried": Action("mandou repetir a tarefa {number}: {task}", "config", icon="refresh"),
}
