"""What happens to sales, as history says it."""

from models.history.action import Action

ACTIONS = {
    "sale.discarded": Action("descartou uma venda em rascunho", "record", icon="x"),
}
