"""A plan: what is sold. Its price is the sum of its composition, so the two cannot disagree (X-16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from models import clock
from models.base import KEPT_IDS, Base, Cents, Id, db, lock
from models.catalog.contract_fields import COMPANY_COLUMNS, TECHNOLOGIES
from models.catalog.contract_template import ContractTemplate, asks_plans, tells_plans
from models.catalog.offer import INDEXES, LEAST_MONTHS, Offer, PublicTerms
from models.catalog.plan_contract import FillsContract, left_open_words
from models.history import track
from models.operators.catalogue_row import chosen, every
from models.operators.company import Company, asks_contracts, zone_by_id
from models.operators.in_company import InCompany
from models.refused import Refused, require
from models.scope import TODAS
from models.wording import brl, counted

ITEM_KINDS = {"scm": "SCM", "sva": "SVA", "stfc": "STFC", "rental": "Locação"}
FASTEST = 1_000_000  # Mbps
MOST_INCLUDED = 200  # ramais or channels of a plan
MOST_MONTHS = 60  # until the price is readjusted


class PlanItem(Base):
    __tablename__ = "plan_item"

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    amount_cents: Mapped[Cents]

    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint("kind in ('scm','sva','stfc','rental')", name="kind"),
    )


class ItemTerms(NamedTuple):
    position: int
    kind: str
    name: str
    amount_cents: int


@dataclass(frozen=True)
class PlanTerms:
    """A plan as it is sold now: the values a customer agrees to and a service copies, apart from the row."""

    id: int
    company_id: int
    name: str
    technology: str
    download_mbps: int
    upload_mbps: int
    contract_template_id: int | None
    in_use: bool
    items: tuple[ItemTerms, ...]
    offer_id: int | None  # the edition in force; None: not on sale
    extensions: int = 0
    outbound_channels: int = 0

    @property
    def price_cents(self) -> int:
        """Per month."""
        return sum(item.amount_cents for item in self.items)

    @property
    def needs_visit(self) -> bool:
        """Does somebody have to come and install it? A line has to be brought in; a telephone is set up from here."""
        return self.technology != "phone"


class Plan(FillsContract, InCompany, Base):
    __tablename__ = "plan"
    kind: ClassVar[str] = "o plano"

    id: Mapped[Id] = mapped_column()  # assigned, since price_cents below names it
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    technology: Mapped[str] = mapped_column(String(10), info={"title": "tecnologia"})
    download_mbps: Mapped[int] = mapped_column(default=0, info={"title": "download"})
    upload_mbps: Mapped[int] = mapped_column(default=0, info={"title": "upload"})
    contract_template_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract_template.id"), info={"title": "modelo de contrato"}
    )
    # what a telephone brings, in its Painel PABX from the first day (U-06)
    extensions: Mapped[int] = mapped_column(default=0, server_default="0", info={"title": "ramais"})
    outbound_channels: Mapped[int] = mapped_column(default=0, server_default="0", info={"title": "canais de saída"})
    # what its offer says besides (B-18)
    installation_fee_cents: Mapped[Cents | None] = mapped_column(info={"title": "taxa de instalação"})  # None: at sale
    readjust_index: Mapped[str] = mapped_column(
        String(10), default="IST", server_default="IST", info={"title": "índice do reajuste"}
    )
    readjust_months: Mapped[int] = mapped_column(
        default=LEAST_MONTHS, server_default=str(LEAST_MONTHS), info={"title": "meses até o reajuste"}
    )
    inactive_since: Mapped[datetime | None]

    price_cents: Mapped[int] = column_property(
        select(func.coalesce(func.sum(PlanItem.amount_cents), 0))
        .where(PlanItem.plan_id == id)
        .correlate_except(PlanItem)
        .scalar_subquery()
    )
    offer_id: Mapped[int | None] = column_property(
        select(Offer.id).where(Offer.plan_id == id, Offer.ended_on.is_(None)).correlate_except(Offer).scalar_subquery()
    )
    items: Mapped[list[PlanItem]] = relationship(
        order_by=PlanItem.position, lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    contract_template: Mapped[ContractTemplate | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("technology in ('fiber','radio','cable','phone')", name="technology"),
        CheckConstraint("download_mbps >= 0 and upload_mbps >= 0", name="mbps"),
        CheckConstraint("extensions >= 0 and outbound_channels >= 0", name="telephone"),
        CheckConstraint(
            "technology = 'phone' or (extensions = 0 and outbound_channels = 0)", name="only_of_a_telephone"
        ),
        CheckConstraint("installation_fee_cents >= 0", name="installation_fee_cents"),
        CheckConstraint(f"readjust_index in {tuple(INDEXES)!r}", name="readjust_index"),
        CheckConstraint(f"readjust_months >= {LEAST_MONTHS}", name="readjust_months"),
        KEPT_IDS,
    )

    @property
    def terms(self) -> PlanTerms:
        """The plan as it is sold now. Its composition must have been loaded."""
        return PlanTerms(
            id=self.id,
            company_id=self.company_id,
            name=self.name,
            technology=self.technology,
            download_mbps=self.download_mbps,
            upload_mbps=self.upload_mbps,
            contract_template_id=self.contract_template_id,
            in_use=self.inactive_since is None,
            items=tuple(ItemTerms(item.position, item.kind, item.name, item.amount_cents) for item in self.items),
            offer_id=self.offer_id,
            extensions=self.extensions,
            outbound_channels=self.outbound_channels,
        )

    def compose(self, price_cents: int | None, items: list[dict[str, Any]]) -> None:
        """Set the composition (kind, name, amount_cents each). Raises Refused unless it sums to the price (X-16)."""
        self._compose(price_cents, items)
        self.publish_offer()

    def _compose(self, price_cents: int | None, items: list[dict[str, Any]]) -> None:
        if not items:
            raise Refused("Escreva ao menos um item com valor. Exemplo: Internet (SCM), 69,90.", field="items")
        if any(not item["name"] or (item["amount_cents"] or 0) <= 0 for item in items):
            raise Refused("Cada item precisa de nome e de um valor maior que zero.", field="items")
        if any(item["kind"] not in ITEM_KINDS for item in items):
            raise Refused("Escolha o tipo de cada item: SCM, SVA, STFC ou Locação.", field="items")
        total = sum(item["amount_cents"] for item in items)
        if price_cents != total:
            raise Refused(
                f"Os itens somam {brl(total)} e o preço é {brl(price_cents or 0)}. Acerte um dos dois.",
                field="price_cents",
            )
        if [_plain(item) for item in self.items] == items:
            return
        before = {"price_cents": sum(item.amount_cents for item in self.items), "items": _composition(self.items)}
        self.items[:] = [PlanItem(position=i, **item) for i, item in enumerate(items)]
        if self.id is not None:
            self.take()
            now: dict[str, Any] = {"items": _composition(self.items)}
            if before["price_cents"] != total:
                now = {"price_cents": total, **now}
            words = "preço, composição" if "price_cents" in now else "composição"
            track("catalog.changed", self, kind=self.kind, name=self.name, changes=words, before=before, after=now)

    def save(
        self, price_cents: int | None, items: list[dict[str, Any]], version: int | None = None, **values: Any
    ) -> None:
        """Create or change the plan together with its composition. What was contracted before keeps its price.

        Raises Stale when somebody was faster, Refused with the sentences of every wrong field.
        """
        if self.id is not None:
            self.require_version(version)
            every(lambda: super(Plan, self).change(**values), lambda: self._compose(price_cents, items))
            self.publish_offer()
        else:
            for key, value in values.items():
                setattr(self, key, value)
            every(lambda: self._compose(price_cents, items), self.create)
        if refusal := self._refusal_to_its_text():
            raise Refused(refusal, field="contract_template_id")

    def create(self) -> None:
        super().create()
        self.publish_offer()

    def change(self, version: int | None = None, **values: Any) -> None:
        super().change(version, **values)
        self.publish_offer()

    def retire(self) -> None:
        super().retire()
        Offer.end(self.id, self._today())

    def restore(self) -> None:
        """As any row of a catalogue. An offer that ended never comes back: a new edition is published.

        Raises Refused when its contract would have no value for what its text names (B-19).
        """
        lock(self)
        require(self._refusal_to_its_text())
        super().restore()
        self.publish_offer()

    def remove(self) -> None:
        """As any row of a catalogue. What was public stays public, without its plan (B-18)."""
        Offer.end(self.id, self._today())
        super().remove()

    def publish_offer(self) -> None:
        """Publish what the public buys now, when it differs from the edition in force; a plan on sale always has one.

        The plan is held by the verb that changed it (decision 036).
        """
        if self.id is None or self.inactive_since:
            return
        terms = self._public()
        if terms.items and Offer.publish(self.id, terms, self._today()):  # without composition nothing is sold
            db.session.expire(self, ["offer_id"])

    def _public(self) -> PublicTerms:
        wanted = select(ContractTemplate).where(ContractTemplate.id == self.contract_template_id)
        wanted = wanted.execution_options(populate_existing=True)
        term = db.session.scalars(wanted).first() if self.contract_template_id else None
        items = db.session.scalars(select(PlanItem).where(PlanItem.plan_id == self.id).order_by(PlanItem.position))
        parts: list[list[Any]] = [[item.kind, item.name, item.amount_cents] for item in items]
        return PublicTerms(
            company_id=self.company_id,
            name=self.name,
            technology=self.technology,
            download_mbps=self.download_mbps,
            upload_mbps=self.upload_mbps,
            extensions=self.extensions,
            outbound_channels=self.outbound_channels,
            price_cents=sum(cents for _, _, cents in parts),
            items=parts,
            installation_fee_cents=self.installation_fee_cents,
            loyalty_months=term.loyalty_months if term else 0,
            benefit=term.benefit if term else "",
            benefit_cents=term.benefit_cents if term else 0,
            readjust_index=self.readjust_index,
            readjust_months=self.readjust_months,
        )

    def _today(self) -> date:
        return clock.today(zone_by_id(self.company_id))

    def _refusal_to_its_text(self) -> str | None:
        """Why its contract would have no value for what the template's newest text names (B-19).

        Holds the template: of a plan that is saved and a text that is published at once, the second knows of the first.
        """
        template = db.session.get(ContractTemplate, self.contract_template_id) if self.contract_template_id else None
        text = lock(template).latest() if template else None
        if template is None or text is None:
            return None
        kinds = list(db.session.scalars(select(PlanItem.kind).where(PlanItem.plan_id == self.id)))
        fields = self.left_open(template, text.body, kinds)
        return left_open_words(fields, [self.name], template.name) if fields else None

    @property
    def brings(self) -> str:
        """'2 ramais, 2 canais de saída'; empty for a plan that is no telephone, or brings nothing to its panel."""
        extensions = counted(self.extensions, "ramal", "ramais") if self.extensions else ""
        channels = counted(self.outbound_channels, "canal", "canais") if self.outbound_channels else ""
        return ", ".join(filter(None, [extensions, channels and f"{channels} de saída"]))

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        errors |= chosen("technology", new.get("technology"), TECHNOLOGIES, "Escolha a tecnologia.")
        for field in ("download_mbps", "upload_mbps"):
            if not isinstance(new.get(field, 0), int) or not 0 <= new.get(field, 0) <= FASTEST:
                errors[field] = "Escreva a velocidade em Mbps, sem vírgula. 0 é sem internet."
        for field, what in {"extensions": "ramais", "outbound_channels": "canais de saída"}.items():
            if not isinstance(new.get(field, 0), int) or not 0 <= new.get(field, 0) <= MOST_INCLUDED:
                errors[field] = f"Escreva quantos {what} o plano traz, de 0 a {MOST_INCLUDED}."
            elif new.get(field, 0) and new.get("technology") != "phone":
                errors[field] = "Só um plano de telefone traz ramais e canais. Escreva 0, ou escolha Telefone."
        fee, months = new.get("installation_fee_cents"), new.get("readjust_months", LEAST_MONTHS)
        if fee is not None and fee < 0:
            errors["installation_fee_cents"] = "Escreva a taxa, 0,00 se é grátis, ou deixe vazio: combinada na venda."
        errors |= chosen("readjust_index", new.get("readjust_index", "IST"), INDEXES, "Escolha o índice do reajuste.")
        if not isinstance(months, int) or not LEAST_MONTHS <= months <= MOST_MONTHS:
            errors["readjust_months"] = (
                f"O preço de uma oferta fica ao menos 12 meses (Anatel). Escreva de {LEAST_MONTHS} a {MOST_MONTHS}."
            )
        if refusal := self._refusal_to_template(new.get("contract_template_id"), new.get("company_id")):
            errors["contract_template_id"] = refusal
        return errors

    def _refusal_to_template(self, template_id: Any, company_id: Any) -> str | None:
        """A template that is in use, of the same company or of TODAS; the one it has may stay (C-12)."""
        kept = self.id is not None and (template_id, company_id) == (self.contract_template_id, self.company_id)
        if template_id is None or kept:
            return None
        wanted = select(ContractTemplate).where(ContractTemplate.id == template_id)
        found = db.session.scalars(wanted).first() if isinstance(template_id, int) else None
        if found is None or found.inactive_since:
            return "Escolha um modelo em uso."
        fits = company_id == TODAS or found.company_id in (TODAS, company_id)
        return None if fits else "Este modelo é de outra empresa. Escolha um da empresa do plano ou de TODAS."


@tells_plans
def _publish_offers(template_id: int) -> None:
    """The loyalty term of a template changed: so do the offers of the plans that are sold with it."""
    mine = select(Plan).where(Plan.contract_template_id == template_id, Plan.inactive_since.is_(None))
    for plan in db.session.scalars(mine.order_by(Plan.id).with_for_update(key_share=True)):
        plan.publish_offer()


@asks_plans
def refusal_of_plans(template: ContractTemplate, body: str) -> str | None:
    """Why plans in use would have no value for what a text of their template names (B-19)."""
    found = _left_open(template, body)
    fields = list(dict.fromkeys(field for fields in found.values() for field in fields))
    return left_open_words(fields, list(found)) if fields else None


@asks_contracts
def errors_of_contracts(company: Company) -> dict[str, str]:
    """Column of a company -> why the contracts of plans it sells would lack its value (B-19).

    Holds the templates, as who publishes a text or saves a plan does: of two at once the second knows of the first.
    """
    errors: dict[str, str] = {}
    templates = select(ContractTemplate).order_by(ContractTemplate.id).with_for_update(key_share=True)
    for template in db.session.scalars(templates).all():
        text = template.latest()
        found = _left_open(template, text.body, company) if text else {}
        for field, column in COMPANY_COLUMNS.items():
            if plans := [plan for plan, fields in found.items() if field in fields]:
                errors.setdefault(column, left_open_words([field], plans, template.name))
    return errors


def _left_open(template: ContractTemplate, body: str, seller: Company | None = None) -> dict[str, list[str]]:
    """Name of a plan in use -> the values it would not have; `seller`: of those this company sells."""
    mine = select(Plan).where(Plan.contract_template_id == template.id, Plan.inactive_since.is_(None))
    if seller:
        mine = mine.where(Plan.company_id.in_((TODAS, seller.id)))
    plans = list(db.session.scalars(mine.order_by(Plan.name)))
    of = select(PlanItem.plan_id, PlanItem.kind).where(PlanItem.plan_id.in_([plan.id for plan in plans]))
    kinds: dict[int, list[str]] = {}
    for plan_id, kind in db.session.execute(of):
        kinds.setdefault(plan_id, []).append(kind)
    left = {plan.name: plan.left_open(template, body, kinds.get(plan.id, []), seller) for plan in plans}
    return {name: fields for name, fields in left.items() if fields}


def _plain(item: PlanItem) -> dict[str, Any]:
    return {"kind": item.kind, "name": item.name, "amount_cents": item.amount_cents}


def _composition(items: Iterable[PlanItem]) -> list[str]:
    """'Internet (SCM) R$ 69,90', an item each."""
    return [f"{item.name} {brl(item.amount_cents)}" for item in items]
