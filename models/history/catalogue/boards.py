"""What happens on the Planner, as history says it."""

from models.history.action import Action

ACTIONS = {
    "card.noted": Action("anotou, {sector}: {text}", "phone", icon="pencil", more=("order",), changes=False),
    "card.moved": Action("moveu o card de {before} para {after}", "phone", icon="arrow-right", more=("sector",)),
    "card.move_undone": Action(
        "desfez: o card voltou de {before} para {after}", "phone", icon="arrow-back-up", more=("sector",)
    ),
    "card.sent_back": Action(
        "devolveu o card de {before} para {after}. Motivo: {reason}", "phone", icon="arrow-left", more=("sector",)
    ),
    "card.queue_joined": Action("tirou da fila {order}, que entrou no card", "phone", icon="player-play"),
    "card.queue_started": Action(
        "começou o pedido que esperava na fila: o card foi de {before} para {after}",
        "phone",
        icon="player-play",
        more=("sector",),
    ),
}
