"""What happens to effects, as history says it."""

from models.history.action import Action

ACTIONS = {
    "effect.retried": Action("mandou repetir a tarefa {number}: {task}", "config", icon="refresh"),
    "left_out.seen": Action(
        "marcou como visto o que ficou de fora: {work}, {about}. Motivo: {reason}", "config", icon="check"
    ),
    "left_out.reopened": Action("devolveu à lista o que ficou de fora: {work}, {about}", "config", icon="refresh"),
    "routine.repeated": Action("mandou repetir a rotina {routine}", "config", icon="refresh"),
}
