"""What is looked up of a customer in a ticket, as history says it."""

from models.history.action import Action

ACTIONS = {
    "express_check.ran": Action(
        "fez a consulta expressa: {result}", "ticket", icon="list-check", more=("check",), changes=False
    ),
    "diagnosis.kept": Action(
        "guardou os diagnósticos do serviço: {result}", "ticket", icon="gauge", more=("check",), changes=False
    ),
}
