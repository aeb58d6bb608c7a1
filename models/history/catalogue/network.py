"""What happens to connections and concentrators, as history says it."""

from models.history.action import Action

ACTIONS = {
    "connection.described": Action(
        "alterou os dados da conexão: {changes}", "record", icon="router", more=("before", "after")
    ),
    "outage.opened": Action("registrou a parada de {where}. Causa: {cause}", "service", icon="wifi-off"),
    "outage.closed": Action("encerrou a parada", "service", icon="wifi"),
}
