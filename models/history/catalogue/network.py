"""What happens to connections and concentrators, as history says it."""

from models.history.action import Action

ACTIONS = {
    "outage.opened": Action("registrou a parada de {where}. Causa: {cause}", "service", icon="wifi-off"),
    "outage.closed": Action("encerrou a parada", "service", icon="wifi"),
}
