"""The catalogue of actions: each has a pt-BR sentence, its exact data keys and who may read it.

A key ending in `_at` holds an ISO moment, `_on` an ISO day, `_cents` centavos; web/history.py formats them.
Sentences begin with a verb: the screen puts the actor's name in front.
"""

from dataclasses import dataclass
from functools import cached_property
from string import Formatter

INTERNAL, SUBSCRIBER = "internal", "subscriber"


@dataclass(frozen=True)
class Action:
    sentence: str
    kind: str  # the filter of Históricos under which it stands
    visibility: str = INTERNAL
    icon: str = "info-circle"
    more: tuple[str, ...] = ()  # data kept but not said in the sentence

    @cached_property
    def keys(self) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(self.sentence) if name} | set(self.more)


KINDS = {
    "record": "Cadastro",
    "service": "Serviços",
    "contract": "Contratos",
    "release": "Liberações",
    "money": "Financeiro",
    "order": "Ordens de serviço",
    "access": "Acessos",
}

ACTIONS: dict[str, Action] = {
    "operator.invited": Action("convidou {name} para o painel", "config", icon="user"),
    "operator.changed": Action("alterou o operador {name}: {changes}", "config", icon="user"),
    "operator.password_set": Action("definiu a própria senha", "config", icon="lock"),
    "operator.signed_in": Action("entrou no painel", "access", icon="lock-open"),
    "operator.left": Action("saiu do painel", "access", icon="lock"),
    "operator.switched_company": Action("passou a trabalhar em {company}", "access", icon="building-community"),
    "catalog.created": Action("criou {kind} {name}", "config", icon="plus"),
    "catalog.changed": Action("alterou {kind} {name}: {changes}", "config", icon="settings"),
    "catalog.retired": Action("inativou {kind} {name}", "config", icon="ban"),
    "catalog.restored": Action("reativou {kind} {name}", "config", icon="check"),
    "catalog.removed": Action("excluiu {kind} {name}", "config", icon="x"),
    "effect.retried": Action("mandou repetir a tarefa {number}: {task}", "config", icon="refresh"),
    "contract_template.published": Action("publicou a revisão {revision} do modelo {name}", "config", icon="file-text"),
    "sale.discarded": Action("descartou uma venda em rascunho", "record", icon="x"),
    "person.created": Action("cadastrou o cliente", "record", icon="user", more=("sale",)),
    "person.details_changed": Action("alterou o cadastro: {changes}", "record", icon="id", more=("before", "after")),
    "person.document_read": Action("viu o documento completo", "access", icon="id"),
    "person.tags_changed": Action("mudou as etiquetas para: {tags}", "record", icon="tag"),
    "person.signed_in": Action("entrou na Central com o CPF ou CNPJ", "access", icon="lock-open"),
    "person.proved": Action("confirmou na Central quem é, com {means}", "access", icon="shield-check"),
    "person.password_set": Action("definiu a senha da Central", "access", icon="lock"),
    "person.password_removed": Action("removeu a senha da Central", "access", icon="lock-open"),
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
    "invoice.due_moved": Action(
        "mudou o vencimento da fatura {number} de {before_on} para {after_on}", "money", SUBSCRIBER, "calendar-event"
    ),
    "invoice.late_due_moved": Action(
        "mudou o vencimento da fatura {number} de {before_on} para {after_on}, sem {late_cents} de multa e juros",
        "money",
        SUBSCRIBER,
        "calendar-event",
    ),
    "invoice.printed": Action("preparou o PDF da fatura {number}", "money", icon="printer"),
    "charge.created": Action("lançou {description}: {amount_cents}, vence em {due_on}", "money", SUBSCRIBER, "receipt"),
    "charge.cancelled": Action("cancelou a cobrança {description}. Motivo: {reason}", "money", SUBSCRIBER, "ban"),
    "charge.paid": Action("recebeu {amount_cents} no balcão por {description}", "money", SUBSCRIBER, "cash"),
    "carne.generated": Action(
        "gerou o carnê {number} de {plan}: {installments} parcelas, total {amount_cents}", "money", SUBSCRIBER, "books"
    ),
    "carne.changed": Action("alterou o carnê {number}: {changes}", "money", icon="books"),
    "carne.printed": Action("imprimiu o carnê {number}", "money", icon="printer"),
    "carne.mailed": Action("enviou o carnê {number} por e-mail", "money", SUBSCRIBER, "send", more=("address",)),
    "carne.joined": Action("associou a fatura {invoice} ao carnê {number}", "money", icon="books"),
    "carne.parted": Action("desassociou a fatura {invoice} do carnê {number}", "money", icon="books"),
    "carne.cancelled": Action("cancelou o carnê {number}. Motivo: {reason}", "money", SUBSCRIBER, "ban"),
    "bank_file.made": Action("gerou a remessa {sequence} com {titles} boletos", "config", icon="send"),
    "bank_file.settled": Action("processou o retorno {name}: {settled} pagamentos", "config", icon="download"),
    "service.billing_changed": Action("alterou a cobrança de {plan}: {changes}", "money", icon="receipt"),
    "debt.noticed": Action(
        "avisou do débito de {plan}: fatura {number}, {amount_cents}, por {channel}", "money", SUBSCRIBER, "send"
    ),
    "debt.held": Action("segurou a cobrança de {plan} até {until_on}. Motivo: {reason}", "money", icon="shield-check"),
    "debt.released": Action("soltou a cobrança de {plan}", "money", icon="shield-check"),
    "report.exported": Action("baixou a lista «{report}»", "config", icon="download"),
    "notice.sent": Action("enviou «{title}» por e-mail", "money", SUBSCRIBER, "send", more=("address",)),
    "notice.failed": Action("não conseguiu entregar «{title}» por e-mail", "money", icon="alert-circle"),
    "contract.issued": Action("emitiu o contrato {number}, modelo {template}", "contract", SUBSCRIBER, "file-text"),
    "contract.printed": Action(
        "preparou a versão {edition} do contrato {number} para impressão", "contract", icon="printer"
    ),
    "work_order.opened": Action("abriu a OS {number}: {type}, {technician}, {start_at}", "order", SUBSCRIBER, "tool"),
}
