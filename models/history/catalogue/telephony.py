"""What happens to a customer's telephone and its orders, as history says it."""

from models.history.action import Action

ACTIONS = {
    "pabx.included": Action("incluiu no Painel PABX o que o plano traz: {what}", "phone", icon="phone-call"),
    "pabx_item.registered": Action("registrou no Painel PABX {item}, de {service}", "phone", icon="phone-call"),
    "pabx_item.used": Action("pôs em uso {item}: {how}", "phone", icon="phone-call"),
    "pabx_item.freed": Action("marcou {item} como livre, antes {was}. Motivo: {reason}", "phone", icon="phone-off"),
    "pabx_item.renamed": Action("mudou {item}: de {before} para {after}", "phone", icon="pencil"),
    "pabx_item.withdrawn": Action("retirou {item} do Painel PABX. Motivo: {reason}", "phone", icon="phone-off"),
    "upgrade_request.registered": Action("registrou um pedido de {kind}, pelo setor {sector}", "phone", icon="plus"),
    "upgrade_request.checked": Action(
        "conferiu o que o cliente tem: quer {wanted}, sem uso {spare}{confirmed}",
        "phone",
        icon="list-check",
    ),
    "upgrade_request.forwarded": Action("encaminhou {quantity} para {sector}", "phone", icon="arrow-forward-up"),
    "upgrade_request.used_existing": Action("usou o que o cliente já tinha: {items}", "phone", icon="check"),
    "upgrade_request.agreed": Action(
        "registrou o acordo com {agreed_with} em {agreed_on}: {price} cada", "phone", icon="check"
    ),
    "upgrade_request.ended": Action("encerrou o pedido: {how}. Motivo: {reason}", "phone", icon="circle-x"),
    "upgrade_request.taken_up": Action("retomou o pedido de {quantity}", "phone", icon="arrow-back-up"),
    "upgrade_order.launched": Action(
        "lançou {order}, {price} ao mês, no contrato nº {number}, {how}", "phone", icon="layout-kanban"
    ),
    "upgrade_order.made": Action("criou {extensions} no Painel PABX: {numbers}", "phone", icon="phone-call"),
    "upgrade_order.adjusted": Action(
        "ajustou o contrato ao pedido de {order}: de {before} para {after} ao mês", "phone", icon="receipt"
    ),
    "upgrade_order.adjustment_taken_back": Action(
        "desfez o ajuste do contrato ao pedido de {order}: de {before} para {after} ao mês. Motivo: {reason}",
        "phone",
        icon="arrow-back-up",
    ),
    "upgrade_order.cancelled": Action("cancelou {order}. Motivo: {reason}", "phone", icon="circle-x"),
}
