"""What happens to charges, invoices and carnês, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "invoice.issued": Action(
        "emitiu a fatura {number} de {amount_cents}, vence em {due_on}", "money", SUBSCRIBER, "receipt"
    ),
    "invoice.paid": Action(
        "registrou o pagamento da fatura {number}: {amount_cents} por {means} em {paid_on}", "money", SUBSCRIBER, "cash"
    ),
    "invoice.paid_again": Action(
        "recebeu {amount_cents} por {means} em {paid_on} de uma fatura já encerrada, a {number}: crédito do cliente",
        "money",
        icon="cash",
    ),
    "invoice.cancelled": Action("cancelou a fatura {number}. Motivo: {reason}", "money", SUBSCRIBER, "ban"),
    "invoice.written_off": Action("baixou sem receber a fatura {number}. Motivo: {reason}", "money", icon="ban"),
    "invoice.reopened": Action(
        "reabriu a fatura {number}, que estava baixada. Motivo: {reason}", "money", icon="refresh"
    ),
    "invoice.reversed": Action(
        "estornou {amount_cents} por {means} de {paid_on} da fatura {number}, que voltou a ficar em aberto. "
        "Motivo: {reason}",
        "money",
        SUBSCRIBER,
        "refresh",
    ),
    "invoice.extra_reversed": Action(
        "estornou {amount_cents} por {means} de {paid_on} da fatura {number}: o crédito foi retirado. Motivo: {reason}",
        "money",
        SUBSCRIBER,
        "refresh",
    ),
    "invoice.sent_again": Action(
        "fez outro boleto da fatura {number}, vence em {due_on}", "money", SUBSCRIBER, "send", more=("late_cents",)
    ),
    "invoice.credit_dropped": Action(
        "tirou {amount_cents} de crédito da fatura {number}. Motivo: {reason}", "money", SUBSCRIBER, "refresh"
    ),
    "charge.reversed": Action(
        "estornou {amount_cents} recebidos por {description}. Motivo: {reason}", "money", SUBSCRIBER, "refresh"
    ),
    "contest.opened": Action(
        "contestou {amount_cents} da fatura {number}; a resposta vem até {answer_on}",
        "money",
        SUBSCRIBER,
        "help-circle",
    ),
    "contest.answered": Action(
        "respondeu à contestação de {amount_cents} da fatura {number}: {answer}", "money", SUBSCRIBER, "circle-check"
    ),
    "contest.answer_taken_back": Action(
        "desfez a resposta à contestação da fatura {number}. Motivo: {reason}", "money", SUBSCRIBER, "refresh"
    ),
    "credit.refunded": Action(
        "devolveu em dobro o que foi cobrado a mais na fatura {number}: {amount_cents} de crédito",
        "money",
        SUBSCRIBER,
        "cash",
    ),
    "credit.joined": Action("descontou {amount_cents} de crédito na fatura {number}", "money", SUBSCRIBER, "cash"),
    "credit.given_back": Action(
        "devolveu {amount_cents} de crédito por {means}. Motivo: {reason}", "money", SUBSCRIBER, "cash"
    ),
    "credit.giving_undone": Action(
        "desfez a devolução de {amount_cents} de crédito. Motivo: {reason}", "money", SUBSCRIBER, "refresh"
    ),
    "invoice.due_moved": Action(
        "mudou o vencimento da fatura {number} de {before_on} para {after_on}", "money", SUBSCRIBER, "calendar-event"
    ),
    "invoice.late_due_moved": Action(
        "mudou o vencimento da fatura {number} de {before_on} para {after_on}, sem {late_cents} de multa e juros",
        "money",
        SUBSCRIBER,
        "calendar-event",
    ),
    "invoice.printed": Action("preparou o PDF da fatura {number}", "money", icon="printer", changes=False),
    "payment.printed": Action("preparou o recibo {number}", "money", icon="printer", changes=False),
    "payment.mailed": Action(
        "enviou o recibo {number} por e-mail", "money", SUBSCRIBER, "send", more=("address",), changes=False
    ),
    "cash_desk.opened": Action("abriu o caixa {number} com {amount_cents}", "money", icon="cash"),
    "cash_desk.withdrew": Action(
        "fez uma sangria de {amount_cents} do caixa {number}. Motivo: {reason}", "money", icon="cash"
    ),
    "cash_desk.supplied": Action(
        "fez um suprimento de {amount_cents} no caixa {number}. Motivo: {reason}", "money", icon="cash"
    ),
    "cash_desk.undone": Action(
        "desfez um movimento de {amount_cents} do caixa {number}. Motivo: {reason}", "money", icon="refresh"
    ),
    "cash_desk.closed": Action(
        "fechou o caixa {number} com {amount_cents}: {difference}",
        "money",
        icon="lock",
        more=("expected_cents", "reason"),
    ),
    "cash_desk.reopened": Action(
        "reabriu o caixa {number}, fechado com {counted_cents} ({difference}). Motivo: {reason}",
        "money",
        icon="refresh",
    ),
    "cash_desk.printed": Action("preparou o relatório do caixa {number}", "money", icon="printer", changes=False),
    "charge.created": Action("lançou {description}: {amount_cents}, vence em {due_on}", "money", SUBSCRIBER, "receipt"),
    "charge.cancelled": Action("cancelou a cobrança {description}. Motivo: {reason}", "money", SUBSCRIBER, "ban"),
    "charge.paid": Action("recebeu {amount_cents} no balcão por {description}", "money", SUBSCRIBER, "cash"),
    "carne.generated": Action(
        "gerou o carnê {number} de {plan}: {installments:parcela}, total {amount_cents}", "money", SUBSCRIBER, "books"
    ),
    "invoice.mailed": Action(
        "enviou a fatura {number} por e-mail", "money", SUBSCRIBER, "send", more=("address",), changes=False
    ),
    "carne.changed": Action("alterou o carnê {number}: {changes}", "money", icon="books"),
    "carne.printed": Action("imprimiu o carnê {number}", "money", icon="printer", changes=False),
    "carne.mailed": Action(
        "enviou o carnê {number} por e-mail", "money", SUBSCRIBER, "send", more=("address",), changes=False
    ),
    "carne.joined": Action("associou a fatura {invoice} ao carnê {number}", "money", icon="books"),
    "carne.parted": Action("desassociou a fatura {invoice} do carnê {number}", "money", icon="books"),
    "carne.settled": Action("deu por quitado o carnê {number}", "money", SUBSCRIBER, "circle-check"),
    "carne.reopened": Action("reabriu o carnê {number}: há parcela em aberto de novo", "money", icon="books"),
    "carne.ended": Action("encerrou o carnê {number}: não resta parcela a receber", "money", icon="ban"),
    "carne.cancelled": Action("cancelou o carnê {number}. Motivo: {reason}", "money", SUBSCRIBER, "ban"),
}
