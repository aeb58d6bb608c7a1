"""What may be chosen in a sale, for the lists on screen and for the refusal of anything else."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from models.base import db
from models.catalog import BillingMethod, ContractTemplate, ContractTemplateRevision, DunningRule, Plan
from models.catalog.dunning_rule import offered_ladders
from models.catalog.plan import PlanTerms
from models.operators import Company, Operator
from models.operators.operator import at_work
from models.people import Address, Origin, Person, PersonGroup, Tag
from models.people.address import address_parts
from models.sales.sale_defaults import SaleDefaults
from models.scope import TODAS, who
from models.services import Service
from models.work_orders import WorkOrderKind
from models.workflows import SlaTable


class Usual(NamedTuple):
    """What a sale begins with: of the customer's newest service, else of the company, else of TODAS."""

    person_kind: str
    billing_method_id: int | None
    due_day: int | None
    billing_type: str
    uses_carne: bool


class OfferedTemplate(NamedTuple):
    id: int
    name: str
    loyalty_months: int
    benefit: str
    benefit_cents: int


class Lists(NamedTuple):
    """The names of what is in use, by number."""

    companies: dict[int, str]  # those whoever acts may put a customer in (C-110)
    groups: dict[int, str]
    origins: dict[int, str]
    tags: dict[int, str]
    sellers: dict[int, str]
    methods: dict[int, str]
    kinds: dict[int, str]  # of work orders
    technicians: dict[int, str]
    ladders: dict[int, str]  # a contract may name
    sla_tables: dict[int, str]


@dataclass
class Offer:
    """What may be chosen for a customer of a company, each thing read once.

    The checks, the lists on screen, the first invoice and completion share it. But for the company it holds values, not
    rows: they are drawn again after a refusal has rolled back what was read. `plan_id` is the plan chosen so far.
    """

    customer_company: int = TODAS
    person_id: int | None = None
    plan_id: int | None = None

    def __post_init__(self) -> None:
        self._plans: dict[int, PlanTerms | None] = {}

    @property
    def service_company(self) -> int:
        """The company whose plan is sold: its methods, days and templates hold. TODAS sells what stands in TODAS."""
        return (self.plan.company_id if self.plan else 0) or self.customer_company

    @cached_property
    def company(self) -> Company:
        return company(self.service_company)

    @property
    def plan(self) -> PlanTerms | None:
        return self.plan_of(self.plan_id)

    def plan_of(self, plan_id: Any) -> PlanTerms | None:
        """A plan by its number, in use or not; None for what is no number of a plan."""
        if not isinstance(plan_id, int):
            return None
        if plan_id not in self._plans:
            found = db.session.scalars(_composed().where(Plan.id == plan_id)).unique().one_or_none()
            self._plans[plan_id] = found.terms if found else None
        return self._plans[plan_id]

    @cached_property
    def plans(self) -> list[PlanTerms]:
        """The plans in use for the customer's company, by speed; those without one, as telephones, stand last."""
        rows = db.session.scalars(_of(self.customer_company, Plan, _composed())).unique()
        found = sorted((row.terms for row in rows), key=lambda plan: (not plan.download_mbps, plan.download_mbps))
        self._plans |= {plan.id: plan for plan in found}
        return found

    def sells(self, plan_id: Any) -> bool:
        """Is this a plan of `plans`? Asked of the one plan, without reading the others."""
        plan = self.plan_of(plan_id)
        fits = plan is not None and (
            self.customer_company == TODAS or plan.company_id in (TODAS, self.customer_company)
        )
        return plan is not None and plan.in_use and fits

    @cached_property
    def templates(self) -> list[OfferedTemplate]:
        return templates(self.service_company)

    def terms_of(self, chosen: Container[int]) -> list[Any]:
        """The loyalty terms of templates chosen by hand, JSON-plain; that of the plan's own is in its offer."""
        own = self.plan.contract_template_id if self.plan else None
        return [list(row[2:]) for row in self.templates if row.id in chosen and row.id != own]

    @cached_property
    def addresses(self) -> dict[int, dict[str, str]]:
        """The registered addresses of a customer who is known, by number, the oldest first."""
        if self.person_id is None:
            return {}
        mine = select(Address).where(Address.person_id == self.person_id).order_by(Address.id)
        return {row.id: address_parts(row) for row in db.session.scalars(mine)}

    @cached_property
    def usual(self) -> Usual:
        """How the customer's newest service is charged, else what the company chose in Padrões da venda."""
        rows = db.session.execute(_usual(), {"person": self.person_id, "company": self.service_company}).all()
        found = min(rows, key=lambda row: row.place, default=None)
        return Usual(*found[1:]) if found else Usual(billing_method_id=None, due_day=None, **SaleDefaults.usual)

    @cached_property
    def lists(self) -> Lists:
        """All of them in one statement; by name, companies by number."""
        found: list[dict[int, str]] = [{} for _ in Lists._fields]
        rows = _lists(self.customer_company, self.service_company, who().company_id)
        for id, name, place in db.session.execute(rows):
            found[place][id] = name
        return Lists(*found)._replace(companies=dict(sorted(found[0].items())))


@lru_cache(100)  # a few companies, in every page of every sale; those that are seen depend on who looks
def _lists(customer_company: int, service_company: int, looking: int) -> CompoundSelect[Any]:
    offered = [
        _named(Company).where(*Company.seen(looking)),
        _named(PersonGroup),
        _named(Origin),
        _named(Tag),
        at_work(customer_company, Operator.seller.is_(True)),
        _of(service_company, BillingMethod, _named(BillingMethod)).order_by(None),
        _named(WorkOrderKind).where(WorkOrderKind.installation.is_(True)),
        at_work(service_company, Operator.technician.is_(True)),
        offered_ladders(select(DunningRule.id, DunningRule.name), service_company).order_by(None),
        _of(service_company, SlaTable, _named(SlaTable)).order_by(None),
    ]
    rows = union_all(*(part.add_columns(literal(place).label("list")) for place, part in enumerate(offered)))
    return rows.order_by("name")


@cache
def _usual() -> CompoundSelect[Any]:
    """The newest service of the customer, the defaults of the company and those of TODAS, as far as they are there."""
    terms = ("billing_method_id", "due_day", "billing_type", "uses_carne")
    newest = select(func.max(Service.id)).where(Service.person_id == bindparam("person"), Service.status != "cancelled")
    service = select(literal(0).label("place"), Person.kind, *(getattr(Service, name) for name in terms))
    service = service.join(Person, Person.id == Service.person_id).where(Service.id == newest.scalar_subquery())
    table = SaleDefaults
    place = case((table.company_id == TODAS, 2), else_=1)
    chosen = select(place, table.person_kind, *(getattr(table, name) for name in terms))
    return union_all(service, chosen.where(table.company_id.in_((TODAS, bindparam("company")))))


def company(company_id: int) -> Company:
    """The company; TODAS where a draft names one that is no more."""
    return db.session.get(Company, company_id) or db.session.get_one(Company, TODAS)


def templates(company_id: int) -> list[OfferedTemplate]:
    """Those with a text: one that was never published prints nothing."""
    table = ContractTemplate
    published = select(ContractTemplateRevision.id).where(ContractTemplateRevision.template_id == table.id)
    rows = _of(company_id, table, _template_columns()).where(published.exists())
    return [OfferedTemplate(*row) for row in db.session.execute(rows)]


def retired_templates(ids: Iterable[int]) -> list[OfferedTemplate]:
    """The templates of these numbers, whatever became of them."""
    rows = _template_columns().where(ContractTemplate.id.in_(list(ids))).order_by(ContractTemplate.name)
    return [OfferedTemplate(*row) for row in db.session.execute(rows)]


def names(table: Any, kept: Iterable[int | None] = ()) -> list[tuple[int, str]]:
    """A catalogue to choose from: what is in use, and what somebody has already."""
    offered = or_(table.inactive_since.is_(None), table.id.in_(list(kept)))
    rows = db.session.execute(select(table.id, table.name).where(offered).order_by(table.name))
    return [(row.id, row.name) for row in rows]


def _composed() -> Any:
    return select(Plan).options(joinedload(Plan.items)).execution_options(populate_existing=True)


def _template_columns() -> Any:
    table = ContractTemplate
    return select(table.id, table.name, table.loyalty_months, table.benefit, table.benefit_cents)


def _named(table: Any) -> Any:
    return select(table.id, table.name).where(table.inactive_since.is_(None))


def _of(company_id: int, table: Any, rows: Any) -> Any:
    """Active rows of a table for customers of a company: its own and those of TODAS; for TODAS, all. By name."""
    rows = rows.where(table.inactive_since.is_(None)).order_by(table.name)
    return rows if company_id == TODAS else rows.where(table.company_id.in_((TODAS, company_id)))
