"""What happens to work orders, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "work_order.opened": Action(
        "abriu a OS {number}: {type}, {technician}, {start_at}", "order", SUBSCRIBER, "tool", ("conflict",)
    ),
    "work_order.asked": Action("abriu a OS {number}: {type}, ainda sem agenda", "order", SUBSCRIBER, "tool"),
    "work_order.edited": Action("editou a OS {number}: {changes}", "order", icon="pencil", more=("before", "after")),
    "work_order.scheduled": Action(
        "agendou a OS {number} para {start_at}, com {technician}", "order", SUBSCRIBER, "calendar-check", ("conflict",)
    ),
    "work_order.rescheduled": Action(
        "mudou o agendamento da OS {number} de {before_at} para {start_at}, com {technician}",
        "order",
        SUBSCRIBER,
        "calendar-check",
        ("conflict",),
    ),
    "work_order.unscheduled": Action(
        "cancelou o agendamento da OS {number}, que era {before_at} com {technician}. Motivo: {reason}",
        "order",
        icon="calendar-event",
    ),
    "work_order.closed": Action(
        "encerrou a OS {number}, feita por {technician}", "order", SUBSCRIBER, "check", ("found", "done", "materials")
    ),
    "work_order.on_the_way": Action("saiu a caminho da OS {number} em {happened_at}", "order", icon="route"),
    "work_order.arrived": Action("chegou ao local da OS {number} em {happened_at}", "order", icon="map-pin"),
    "work_order.noted": Action("anotou na OS {number}, em {happened_at}: {text}", "order", icon="pencil"),
    "work_order.photographed": Action("fotografou na OS {number} em {happened_at}", "order", icon="camera"),
    "work_order.cancelled": Action("cancelou a OS {number}. Motivo: {reason}", "order", icon="ban"),
    "work_order.reopened": Action("reabriu a OS {number}. Motivo: {reason}", "order", icon="arrow-back-up"),
    "work_order.service_gone": Action(
        "não habilitou {plan} ao encerrar a OS {number}: o serviço foi cancelado antes", "order", icon="alert-circle"
    ),
    "work_order.company_moved": Action(
        "levou a OS {number} de {before} para {after}, com o cadastro do cliente", "order", icon="building-community"
    ),
    "work_order.distribution_asked": Action("mandou distribuir a OS {number} ao iClass", "order", icon="send"),
    "work_order.distributed": Action(
        "distribuiu a OS {number} ao iClass, onde tem o número {code}", "order", icon="send"
    ),
    "work_order.distribution_refused": Action(
        "não distribuiu a OS {number} ao iClass. Motivo: {reason}", "order", icon="alert-circle"
    ),
    "work_order.printed": Action("imprimiu a OS {number}", "order", icon="printer", changes=False),
    "absence.marked": Action(
        "marcou que {technician} está ausente de {start_at} a {end_at}", "order", icon="calendar-event"
    ),
    "absence.ended": Action(
        "encerrou a ausência de {technician}, que era de {start_at} a {end_at}", "order", icon="check"
    ),
    "absence.undone": Action("desfez a ausência de {technician} de {start_at} a {end_at}", "order", icon="ban"),
}
