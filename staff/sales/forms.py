"""One form per step of the wizard. They parse; models/sales/answers.py decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField

from models.contracts import USUAL
from models.people.address import STATES, address_text
from models.people.person import ONLY_OF, PERSON_KINDS
from models.sales import answers
from models.sales.offers import Offer
from models.scope import who
from models.services import BILLING_TYPES
from models.work_orders import ORDER_STATUSES, PENDING, Conflict
from staff.loading import confirmed
from web.forms import Choice, Choices, DayField, Form, HourField, MoneyField, YesNo, lines, text

Kept = answers.Answers
LONGEST, MOST = 4000, 300  # of a value that is kept unfinished, and of values in one field


class Step(Form):
    """What every step has: its answers, and the lists they are chosen from."""

    step: ClassVar[type[answers.Answers]]

    def choose_from(self, offer: Offer) -> None:
        """Fill the lists with what may be chosen."""

    @property
    def typed(self) -> dict[str, Any]:
        return {field.name: field.data for field in self if field.type != "HiddenField"}

    @property
    def answers(self) -> answers.Answers:
        return self.step(**self.typed)

    @property
    def readable(self) -> Kept | None:
        """The answers, unless something typed cannot be read."""
        return self.answers if self.validate() else None

    @property
    def sent(self) -> dict[str, list[str]]:
        """What the browser sent, field by field and as it was typed: an unfinished step is kept so."""
        names = [field.name for field in self if field.type != "HiddenField"]
        return {name: [value[:LONGEST] for value in request.form.getlist(name)[:MOST]] for name in names}

    @classmethod
    def unfinished(cls, sent: dict[str, list[str]]) -> Step:
        """The step as somebody left it."""
        return cls(formdata=MultiDict(sent))

    @property
    def asked(self) -> Conflict | None:
        """What speaks against the hour of a visit, until it is confirmed."""
        return self.refused if isinstance(self.refused, Conflict) else None

    def gone(self, besides: Iterable[int] = ()) -> list[str]:
        """What was chosen and is not offered any more, by the title of its field; `besides` is told in its place."""
        found = []
        for field in self:
            if isinstance(field, Choice | Choices) and field.data:
                chosen = field.data if isinstance(field.data, list) else [field.data]
                if {str(one) for one in chosen} - {str(key) for key, _ in field.choices} - {str(id) for id in besides}:
                    found.append(field.label.text)
        return found


class Person(Step):
    step = answers.PersonAnswers
    kind = RadioField("Tipo de Cliente", choices=list(PERSON_KINDS.items()), validate_choice=False)
    document = text("CPF", 20)
    name = text("Nome completo")
    birth_date = DayField("Nascimento")
    rg = text("RG", 20)
    trade_name = text("Nome Fantasia")
    state_registration = text("Inscrição Estadual (IE)", 20)
    contact_person = text("Pessoa de contato", 80)
    mobile = text("Celular", 20)
    phone = text("Telefone fixo", 20)
    email = text("E-mail")
    company_id = Choice("Empresa")
    group_id = Choice("Grupo de Clientes", empty="Sem grupo")
    origin_id = Choice("Origem", empty="Sem origem")
    tags = Choices("Etiquetas")

    def choose_from(self, offer: Offer) -> None:
        self.company_id.offer(list(offer.lists.companies.items()))
        self.group_id.offer(list(offer.lists.groups.items()))
        self.origin_id.offer(list(offer.lists.origins.items()))
        self.tags.offer(list(offer.lists.tags.items()))
        if self.company_id.data is None and who().company_id:
            self.company_id.data = who().company_id  # an operator in a company has nothing to choose (C-110)
        self.name_by_kind()

    def name_by_kind(self) -> None:
        """A company has a CNPJ and a Razão Social."""
        if self.kind.data == "organization":
            self.document.label.text, self.name.label.text = "CNPJ", "Razão Social"
        else:
            self.document.label.text, self.name.label.text = "CPF", "Nome completo"

    def validate(self, *more: Any) -> bool:
        """What only the other kind of customer has is not asked, so it is not wrong either."""
        super().validate(*more)
        for name in self._not_asked:
            self[name].errors = []
        return not self.errors

    @property
    def typed(self) -> dict[str, Any]:
        return {**super().typed, **dict.fromkeys(self._not_asked)}

    @property
    def kept_apart(self) -> list[tuple[str, str]]:
        """What was typed for the other kind: it travels hidden, for whoever changes their mind twice."""
        return [(name, self[name]._value()) for name in self._not_asked if self[name].data]

    @property
    def _not_asked(self) -> list[str]:
        return [name for kind, names in ONLY_OF.items() if kind != self.kind.data for name in names]


class Place:
    """The fields of an address, wherever one is typed."""

    looked_up = HiddenField()  # the CEP the others were filled from
    cep = text("CEP", 10)
    street = text("Rua ou avenida")
    number = text("Número", 20)
    complement = text("Complemento", 60)
    district = text("Bairro", 80)
    city = text("Cidade", 80)
    state = SelectField("Estado", choices=[("", "UF"), *((uf, uf) for uf in STATES)], validate_choice=False)


class Address(Place, Step):
    step = answers.AddressAnswers
    address_id = Choice("Endereço da instalação", empty="Outro endereço")
    same_billing = YesNo("Endereço de cobrança é o mesmo")
    billing_cep = text("CEP", 10)
    billing_street = text("Rua ou avenida")
    billing_number = text("Número", 20)
    billing_complement = text("Complemento", 60)
    billing_district = text("Bairro", 80)
    billing_city = text("Cidade", 80)
    billing_state = SelectField("Estado", choices=[("", "UF"), *((uf, uf) for uf in STATES)], validate_choice=False)
    billing_looked_up = HiddenField()
    titles: ClassVar[dict[str, str]] = {
        "billing_cep": "CEP de cobrança",
        "billing_street": "Rua ou avenida de cobrança",
        "billing_number": "Número de cobrança",
        "billing_complement": "Complemento de cobrança",
        "billing_district": "Bairro de cobrança",
        "billing_city": "Cidade de cobrança",
        "billing_state": "Estado de cobrança",
    }

    def choose_from(self, offer: Offer) -> None:
        self.address_id.offer([(id, address_text(parts)) for id, parts in offer.addresses.items()])

    def accept_ceps(self) -> None:
        """The stored CEPs were looked up when they were typed."""
        self.looked_up.data, self.billing_looked_up.data = self.cep.data, self.billing_cep.data

    def rewrite(self, offer: Offer) -> None:
        """Editar: the chosen address, to be corrected for this service; the registered one stays (C-29)."""
        chosen = offer.addresses.get(self.address_id.data)
        if chosen:
            self.address_id.data = None
            for name, value in chosen.items():
                self[name].data = value
            self.looked_up.data = chosen["cep"]


class Plan(Step):
    step = answers.PlanAnswers
    plan_id = Choice("Plano/Serviço", empty=None)
    seller_id = Choice("Vendedor")
    sold_on = DayField("Data da venda")

    def choose_from(self, offer: Offer) -> None:
        self.plan_id.offer([(plan.id, plan.name) for plan in offer.plans])
        self.seller_id.offer(list(offer.lists.sellers.items()))


class Contract(Step):
    step = answers.ContractAnswers
    templates = Choices("Contratos")
    sla_table_id = Choice("Tabela de SLA", empty=USUAL)
    dunning_rule_id = Choice("Régua de cobrança", empty=USUAL)

    def choose_from(self, offer: Offer) -> None:
        self.templates.offer([(row.id, row.name) for row in offer.templates])
        self.dunning_rule_id.offer(list(offer.lists.ladders.items()))
        self.sla_table_id.offer(list(offer.lists.sla_tables.items()))


class Billing(Step):
    step = answers.BillingAnswers
    billing_method_id = Choice("Forma de Cobrança", empty=None)
    uses_carne = YesNo("Carnê")
    billing_type = RadioField("Tipo de Cobrança", choices=list(BILLING_TYPES.items()), validate_choice=False)
    due_day = Choice("Data de Vencimento", empty=None)
    charge_fee = YesNo("Cobrar Taxa de Instalação")
    installation_fee_cents = MoneyField("Valor da taxa")
    installation_fee_text = text("Descrição na fatura", 80)
    separate_invoice = YesNo("Fatura separada")
    separate_tax_note = YesNo("Nota fiscal separada")

    def choose_from(self, offer: Offer) -> None:
        self.billing_method_id.offer(list(offer.lists.methods.items()))
        self.due_day.offer([(day, f"{day:02d}") for day in offer.company.days])


class Installation(Step):
    step = answers.InstallationAnswers
    open_order = YesNo("Abrir O.S. de Instalação")
    kind_id = Choice("Tipo de Ordem de Serviço")
    status = RadioField("Status da OS", choices=[(key, ORDER_STATUSES[key]) for key in PENDING], validate_choice=False)
    technician_id = Choice("Técnico Responsável")
    start_on = DayField("Data Início")
    start_time = HourField("Hora Início")
    description = lines("Descrição", 2000)

    @property
    def typed(self) -> dict[str, Any]:
        return {**super().typed, "confirmed": sorted(confirmed())}

    def choose_from(self, offer: Offer) -> None:
        self.kind_id.offer(list(offer.lists.kinds.items()))
        self.technician_id.offer(list(offer.lists.technicians.items()))


FORMS: dict[str, type[Step]] = {
    form.step.slug: form for form in (Person, Address, Plan, Contract, Billing, Installation)
}
