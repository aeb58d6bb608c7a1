"""What happens to connections and concentrators, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "connection.described": Action(
        "alterou os dados da conexão: {changes}", "record", icon="router", more=("before", "after")
    ),
    "outage.opened": Action(
        "notificou a parada de {where}, desde {since_at}. Causa: {cause}", "service", icon="antenna"
    ),
    "outage.changed": Action("alterou a parada: {changes}", "service", icon="pencil", more=("before", "after")),
    "outage.closed": Action("encerrou a parada: voltou em {back_at}", "service", icon="wifi"),
    "outage.cancelled": Action("cancelou a notificação da parada. Motivo: {reason}", "service", icon="ban"),
    "outage.tickets_gathered": Action("reuniu {tickets:atendimento}", "service", icon="ticket"),
    "outage.ticket_joined": Action(
        "reuniu {protocol}, que entrou sozinho: serviço neste ponto", "service", icon="ticket", more=("ticket",)
    ),
    "outage.ticket_put_in": Action("pôs {protocol} na parada", "service", icon="ticket", more=("ticket",)),
    "outage.ticket_taken_out": Action("tirou {protocol} da parada", "service", icon="ticket", more=("ticket",)),
    "outage.credits_proposed": Action("propôs {credits:desconto}", "money", icon="cash", more=("amount_cents",)),
    "outage_credit.confirmed": Action(
        "confirmou o desconto de {amount_cents} pela parada cód. {code}", "money", SUBSCRIBER, "cash"
    ),
    "outage_credit.refused": Action(
        "recusou o desconto de {amount_cents} pela parada cód. {code}. Motivo: {reason}", "money", icon="ban"
    ),
    "outage_credit.undone": Action(
        "reabriu o desconto {was} de {amount_cents}, da parada cód. {code}. Motivo: {reason}", "money", icon="refresh"
    ),
}
