"""What happens to services, their access and releases, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "service.created": Action(
        "contratou {plan} por {price_cents} ao mês, situação {status}", "service", SUBSCRIBER, "wifi"
    ),
    "service.address_changed": Action(
        "mudou o endereço {place} de {plan}", "record", icon="map-pin", more=("before", "after")
    ),
    "service.enabled": Action("habilitou {plan}. Motivo: {reason}", "service", SUBSCRIBER, "circle-check"),
    "service.installed": Action("habilitou {plan} depois da instalação", "service", SUBSCRIBER, "circle-check"),
    "service.suspended": Action("suspendeu {plan} por débito. Motivo: {reason}", "service", SUBSCRIBER, "player-pause"),
    "service.reduced": Action("reduziu {plan}. Motivo: {reason}", "service", SUBSCRIBER, "gauge"),
    "service.trust_unlocked": Action(
        "liberou {plan} em confiança até {until_at}. Motivo: {reason}",
        "release",
        SUBSCRIBER,
        "heart-handshake",
        more=("month", "previous_status"),
    ),
    "service.trust_ended": Action(
        "encerrou a liberação em confiança de {plan}: {status} de novo", "release", SUBSCRIBER, "player-pause"
    ),
    "service.trust_settled": Action(
        "encerrou a liberação em confiança de {plan}: não há mais suspensão",
        "release",
        SUBSCRIBER,
        "circle-check",
    ),
    "service.days_uncharged": Action(
        "decidiu não cobrar {period} de {plan}. Motivo: {reason}", "money", SUBSCRIBER, "calendar-event"
    ),
    "service.days_charged_again": Action(
        "desfez a decisão de não cobrar {period} de {plan}", "money", SUBSCRIBER, "calendar-event"
    ),
    "service.composed": Action(
        "acrescentou {quantity} × {name} a {plan} por {unit_cents} cada, a partir de {starts_on}:"
        " de {before_cents} para {after_cents} ao mês",
        "money",
        SUBSCRIBER,
        "plus",
        more=("before", "after"),
    ),
    "service.item_taken_out": Action(
        "tirou {quantity} {name} de {plan}: de {before_cents} para {after_cents} ao mês. Motivo: {reason}",
        "money",
        SUBSCRIBER,
        "arrow-back-up",
        more=("before", "after"),
    ),
    "service.billing_changed": Action("alterou a cobrança de {plan}: {changes}", "money", icon="receipt"),
}
