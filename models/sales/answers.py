"""The steps of the wizards, in their only order: what each is answered and demands before the next (C-01, C-03, C-28).

A draft keeps the answers as JSON. A step knows its own fields, so days and hours are read back as what they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any, ClassVar, Self

from models import clock
from models.people.address import FIELDS, address_errors, address_text, address_values
from models.people.person import already_registered, find_by_document, person_errors
from models.sales.offers import Offer
from models.services.billing_terms import billing_errors
from models.work_orders import Choices, WorkOrder, order_errors
from models.work_orders.doubts import require_confirmed

EARLIEST = date(2000, 1, 1)
REVIEW = "conferir"
DAY = {"read": date.fromisoformat, "tag": "$date"}
HOUR = {"read": time.fromisoformat, "tag": "$time"}


@dataclass(frozen=True)
class Answers:
    """What a step was answered. None: not asked, or nothing chosen."""

    slug: ClassVar[str]
    title: ClassVar[str]

    @classmethod
    def kept_as(cls, kept: Mapping[str, Any]) -> Self:
        """The answers a draft keeps; those of a step that was not answered yet are all empty."""
        return cls(
            **{one.name: _read(kept[one.name], one.metadata) for one in fields(cls) if kept.get(one.name) is not None}
        )

    def to_keep(self) -> dict[str, Any]:
        """JSON-plain."""
        return {
            key: value.isoformat() if isinstance(value, date | time) else value for key, value in self.values.items()
        }

    @property
    def values(self) -> dict[str, Any]:
        return dict(vars(self))

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        """The rows of catalogues these answers name, by the column of the sale that holds on to each."""
        return {}

    def errors(self, offer: Offer) -> dict[str, str]:
        """What is missing or refused, by field."""
        raise NotImplementedError


def _read(value: Any, how: Mapping[str, Any]) -> Any:
    """Drafts begun before the steps knew their fields named a day or an hour: {"$date": "2026-11-27"}."""
    if "read" not in how:
        return value
    return how["read"](value[how["tag"]] if isinstance(value, dict) else value)


@dataclass(frozen=True)
class PersonAnswers(Answers):
    slug = "dados"
    title = "Dados"

    kind: str | None = None
    document: str | None = None
    name: str | None = None
    birth_date: date | None = field(default=None, metadata=DAY)
    rg: str | None = None
    trade_name: str | None = None
    state_registration: str | None = None
    contact_person: str | None = None
    mobile: str | None = None
    phone: str | None = None
    email: str | None = None
    company_id: int | None = None
    group_id: int | None = None
    origin_id: int | None = None
    tags: list[int] = field(default_factory=list)

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        return {"group_id": self.group_id or None, "origin_id": self.origin_id or None}

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-02 to C-06, C-110, C-111. Raises the refusal of a document that is already registered."""
        errors = person_errors(self.values, self.values)
        if self.document and self.kind and not {"document", "kind"} & set(errors) and find_by_document(self.document):
            raise already_registered(self.document, self.kind)
        if self.company_id not in offer.lists.companies:
            errors["company_id"] = "Escolha a empresa do cliente."
        if self.group_id and self.group_id not in offer.lists.groups:
            errors["group_id"] = "Escolha um item da lista."
        if self.origin_id and self.origin_id not in offer.lists.origins:
            errors["origin_id"] = "Escolha um item da lista."
        if not set(self.tags) <= set(offer.lists.tags):
            errors["tags"] = "Escolha etiquetas da lista."
        return errors


@dataclass(frozen=True)
class AddressAnswers(Answers):
    slug = "endereco"
    title = "Endereço"

    address_id: int | None = None
    cep: str | None = None
    street: str | None = None
    number: str | None = None
    complement: str | None = None
    district: str | None = None
    city: str | None = None
    state: str | None = None
    same_billing: bool | None = None
    billing_cep: str | None = None
    billing_street: str | None = None
    billing_number: str | None = None
    billing_complement: str | None = None
    billing_district: str | None = None
    billing_city: str | None = None
    billing_state: str | None = None

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-07 to C-09, C-23: a registered address of the customer, or a new one complete."""
        errors = {}
        if self.address_id:
            if not offer.person_id:
                errors["address"] = "Escreva o endereço: este cliente ainda não tem outro."
            elif self.address_id not in offer.addresses:
                errors["address_id"] = "Escolha um endereço deste cliente."
        else:
            errors |= address_errors(self.values)
        if not self.same_billing:
            errors |= address_errors({key: self.values[f"billing_{key}"] for key in FIELDS}, "billing_")
        return errors

    @property
    def installation(self) -> dict[str, str]:
        """The typed address, cleaned."""
        return address_values(self.values)

    @property
    def billing(self) -> dict[str, str]:
        return address_values(self.values, "billing_")

    def places(self, offer: Offer) -> dict[str, str | None]:
        """Both addresses in words; billing is None where it is the same."""
        known = offer.addresses.get(self.address_id) if self.address_id else None
        return {
            "installation": address_text(known or self.installation),
            "billing": None if self.same_billing else address_text(self.billing),
        }


@dataclass(frozen=True)
class PlanAnswers(Answers):
    slug = "plano"
    title = "Plano"

    plan_id: int | None = None
    seller_id: int | None = None
    sold_on: date | None = field(default=None, metadata=DAY)
    offer: int | None = None  # the edition of the plan that was in force when it was chosen

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        return {"plan_id": self.plan_id}

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-10, C-11, C-24: an active plan of the customer's company, a seller, the day of the sale."""
        errors = {}
        if not offer.sells(self.plan_id):
            errors["plan_id"] = "Escolha o plano contratado."
        if self.seller_id not in offer.lists.sellers:
            errors["seller_id"] = "Escolha quem vendeu."
        if not isinstance(self.sold_on, date):
            errors["sold_on"] = "Escolha a data da venda."
        elif self.sold_on < EARLIEST:
            errors["sold_on"] = "Confira o ano da venda: escreva com quatro números."
        elif self.sold_on > clock.today():
            errors["sold_on"] = "A venda não pode ser de um dia que ainda não chegou."
        return errors


@dataclass(frozen=True)
class ContractAnswers(Answers):
    slug = "contrato"
    title = "Contrato"

    templates: list[int] = field(default_factory=list)
    terms: list[Any] | None = None  # of those chosen by hand, as they were then
    dunning_rule_id: int | None = None
    sla_table_id: int | None = None

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        return {"dunning_rule_id": self.dunning_rule_id, "sla_table_id": self.sla_table_id}

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-12, A-120: templates and ladders of the customer's company.

        No template is allowed, a contract can be added later (C-33); the ladder comes with it.
        """
        errors, known = {}, {template.id for template in offer.templates}
        if not set(self.templates) <= known:
            errors["templates"] = "Escolha um modelo da lista."
        elif self.terms not in (None, offer.terms_of(self.templates)):
            errors["templates"] = "A fidelidade de um modelo mudou depois que você o escolheu. Confira com o cliente."
        if self.dunning_rule_id is not None and self.dunning_rule_id not in offer.lists.ladders:
            errors["dunning_rule_id"] = "Escolha uma régua da lista."
        elif self.dunning_rule_id is not None and not self.templates:
            errors["dunning_rule_id"] = "A régua vem com um contrato. Adicione um, ou deixe a padrão da empresa."
        if self.sla_table_id is not None and self.sla_table_id not in offer.lists.sla_tables:
            errors["sla_table_id"] = "Escolha uma tabela de SLA da lista."
        elif self.sla_table_id is not None and not self.templates:
            errors["sla_table_id"] = "A tabela vem com um contrato. Adicione um, ou deixe a padrão da empresa."
        return errors


@dataclass(frozen=True)
class BillingAnswers(Answers):
    slug = "cobranca"
    title = "Cobrança"

    billing_method_id: int | None = None
    uses_carne: bool | None = None
    billing_type: str | None = None
    due_day: int | None = None
    charge_fee: bool | None = None
    installation_fee_cents: int | None = None
    installation_fee_text: str | None = None
    separate_invoice: bool | None = None
    separate_tax_note: bool | None = None

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        return {"billing_method_id": self.billing_method_id}

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-13 to C-16, C-25 to C-27."""
        return billing_errors(self.values, offer.company.days, set(offer.lists.methods))

    @property
    def fee_cents(self) -> int:
        """The installation fee; 0 when none is charged."""
        return (self.installation_fee_cents or 0) if self.charge_fee else 0


@dataclass(frozen=True)
class InstallationAnswers(Answers):
    slug = "instalacao"
    title = "Instalação"

    open_order: bool | None = None
    kind_id: int | None = None
    status: str | None = None
    technician_id: int | None = None
    start_on: date | None = field(default=None, metadata=DAY)
    start_time: time | None = field(default=None, metadata=HOUR)
    description: str | None = None
    confirmed: list[str] = field(default_factory=list)  # what spoke against the hour, and was confirmed

    @property
    def catalogue_rows(self) -> dict[str, int | None]:
        return {"work_order_kind_id": self.kind_id if self.open_order else None}

    def errors(self, offer: Offer) -> dict[str, str]:
        """C-17, C-18, C-30. Raises Conflict for what speaks against the hour and was not confirmed."""
        if not self.open_order:
            return {}
        choices = order_choices(offer)
        errors = order_errors(self.values, choices)
        if not errors:
            found = WorkOrder.doubts_about(self.values, choices.technicians, offer.service_company)
            require_confirmed(found, self.confirmed)
        return errors

    @property
    def starts_on(self) -> date:
        """The day the service begins to be charged: that of the installation, or today."""
        return self.start_on if self.open_order and self.start_on else clock.today()


def order_choices(offer: Offer) -> Choices:
    """What the installation order of a sale is chosen from."""
    return Choices(offer.lists.kinds, offer.lists.technicians)


STEPS: tuple[type[Answers], ...] = (
    PersonAnswers,
    AddressAnswers,
    PlanAnswers,
    ContractAnswers,
    BillingAnswers,
    InstallationAnswers,
)


@dataclass(frozen=True)
class Answered:
    """A draft with every step answered."""

    person: PersonAnswers
    address: AddressAnswers
    plan: PlanAnswers
    contract: ContractAnswers
    billing: BillingAnswers
    installation: InstallationAnswers
