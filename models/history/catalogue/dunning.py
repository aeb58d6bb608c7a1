"""What happens to debts, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "debt.noticed": Action(
        "avisou do débito de {plan}: fatura {number}, {amount_cents}, por {channel}",
        "money",
        SUBSCRIBER,
        "send",
        changes=False,
    ),
    "debt.held": Action("segurou a cobrança de {plan} até {until_on}. Motivo: {reason}", "money", icon="shield-check"),
    "debt.released": Action("soltou a cobrança de {plan}", "money", icon="shield-check"),
}
