"""A sale: the draft of Adicionar Cliente and Adicionar Serviço, kept from the first step on (C-01 to C-31)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.history import track
from models.people import Person
from models.pricing import FirstInvoice, first_due, first_invoice
from models.refused import Refused, Stale, require
from models.sales import offers
from models.sales.answers import plain, revived
from models.sales.completion import create
from models.sales.steps import PERSON_STEP, REVIEW, STEPS, Step
from models.scope import OfCompany, who
from models.wording import brl


class Sale(OfCompany, Base):
    __tablename__ = "sale"

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(10), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    adds_service: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("status in ('draft','done','discarded')", name="status"),
        CheckConstraint("(status = 'done') = (service_id is not null)", name="done"),
        Index("ix_sale_status_updated_at", "status", "updated_at"),
    )

    @property
    def label(self) -> str:
        return f"venda {self.id}"

    @classmethod
    def start(cls, answers: dict[str, Any]) -> Sale:
        """Begin Adicionar Cliente with the answers of its first step. Raises Refused like `answer`."""
        sale = cls._draft(adds_service=False, person_id=None)
        sale._keep(PERSON_STEP, answers)
        db.session.add(sale)
        db.session.flush()
        return sale

    @classmethod
    def start_for(cls, person: Person) -> Sale:
        """Begin Adicionar Serviço for somebody who is registered (C-22)."""
        sale = cls._draft(adds_service=True, person_id=person.id)
        sale.answers = {"dados": {"name": person.name, "company_id": person.company_id}}
        sale.company_id = person.company_id
        db.session.add(sale)
        db.session.flush()
        return sale

    @classmethod
    def _draft(cls, *, adds_service: bool, person_id: int | None) -> Sale:
        now, by = clock.now(), who()
        return cls(
            company_id=by.company_id,
            operator_id=by.actor.id,
            person_id=person_id,
            adds_service=adds_service,
            answers={},
            status="draft",
            version=1,
            created_at=now,
            updated_at=now,
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for step in STEPS if not (self.adds_service and step is PERSON_STEP))

    def said(self, slug: str) -> dict[str, Any]:
        """The answers of a step, empty when it was not answered yet."""
        return revived(self.answers.get(slug, {}))  # type: ignore[no-any-return]

    @property
    def next_slug(self) -> str:
        """The first step still to be answered; the review when there is none."""
        return next((step.slug for step in self.steps if step.slug not in self.answers), REVIEW)

    def may_open(self, slug: str) -> bool:
        """A step opens when all before it are answered (X-11)."""
        order = [step.slug for step in self.steps] + [REVIEW]
        return slug in order and order.index(slug) <= order.index(self.next_slug)

    @property
    def customer_name(self) -> str:
        return str(self.answers.get("dados", {}).get("name") or "")

    @property
    def customer_company(self) -> int:
        return int(self.answers["dados"]["company_id"])

    def refusal_to_answer(self) -> str | None:
        if self.status == "done":
            return "Esta venda já foi salva. Abra o cadastro do cliente."
        if self.status == "discarded":
            return "Este rascunho foi descartado. Comece outro em Cliente, Adicionar."
        return None

    @property
    def service_company(self) -> int:
        """The company whose plan is sold: its methods, days and templates hold. TODAS sells what stands in TODAS."""
        plan_id = self.said("plano").get("plan_id")
        return (offers.plan(plan_id).company_id if plan_id else 0) or self.customer_company

    def answer(self, slug: str, answers: dict[str, Any], version: int) -> None:
        """Keep the answers of a step. Raises Refused with the fields at fault, Stale when another tab was faster."""
        require(self.refusal_to_answer())
        step = next((step for step in self.steps if step.slug == slug), None)
        if step is None or not self.may_open(slug):
            raise Refused("Responda primeiro os passos anteriores.")
        self._take_version(version)
        self._keep(step, answers)

    def complete(self, version: int) -> None:
        """Create customer, addresses, service, contract, billing set-up, fee and order, together or not at all.

        Everything is checked again. Raises Refused, Stale; a sale that is done stays as it is (C-19).
        """
        lock(self)
        if self.status == "done":
            return
        require(self.refusal_to_answer())
        self._take_version(version)
        if not self.may_open(REVIEW):
            raise Refused("Responda primeiro os passos anteriores.", fix=self)
        for step in self.steps:
            self._check(step, self.said(step.slug))
        self._check_offer()
        person, service = create(self)
        self.person_id, self.service_id, self.status, self.answers = person.id, service.id, "done", {}

    def discard(self) -> None:
        """Give the draft up; what was typed goes, history says by whom. Raises Refused when it was saved."""
        lock(self)
        if self.status == "done":
            require(self.refusal_to_answer())
        if self.status == "draft":
            self.status, self.answers, self.updated_at = "discarded", {}, clock.now()
            track("sale.discarded", self, company_id=self.company_id)

    def start_of_use(self) -> date:
        """The day the service begins to be charged: that of the installation, or today."""
        installation = self.said("instalacao")
        return installation["start_on"] if installation.get("open_order") else clock.today()

    def first_invoice(self, billing: dict[str, Any] | None = None) -> FirstInvoice | None:
        """The arithmetic of the first invoice, when plan and billing are known; None with carnê (C-36, D-05).

        `billing` are answers still being typed, instead of those that were kept.
        """
        billing = billing or self.said("cobranca")
        plan_id = self.said("plano").get("plan_id")
        if not plan_id or not billing.get("due_day") or not billing.get("billing_type") or billing.get("uses_carne"):
            return None
        items = [(item.name, item.amount_cents) for item in offers.plan(plan_id).items]
        company, start = offers.company(self.service_company), self.start_of_use()
        return first_invoice(
            items,
            start,
            first_due(start, billing["due_day"]),
            billing["billing_type"],
            company.proration_base,  # type: ignore[arg-type]
            (billing.get("installation_fee_cents") or 0) if billing.get("charge_fee") else 0,
            due_day=billing["due_day"],
        )

    def _keep(self, step: Step, answers: dict[str, Any]) -> None:
        errors = step.check(self, answers)
        if errors:
            raise Refused(errors=errors)
        kept = {**self.answers, step.slug: plain(answers)}
        if step is PERSON_STEP:
            self.company_id = answers["company_id"]  # others in TODAS began it, but it is this company's customer
        if step.slug == "plano":
            kept["plano"]["offer"] = offers.plan(answers["plan_id"]).offer
            if answers["plan_id"] != self.said("plano").get("plan_id"):
                kept["contrato"] = {"templates": self._template_of(answers["plan_id"])}
        self.answers, self.updated_at = kept, clock.now()

    def _template_of(self, plan_id: int) -> list[int]:
        """The contract that comes with the plan (C-12)."""
        template = offers.plan(plan_id).contract_template_id
        known = {row.id for row in offers.templates(offers.plan(plan_id).company_id or self.customer_company)}
        return [template] if template in known else []

    def _check(self, step: Step, answers: dict[str, Any]) -> None:
        try:
            errors = step.check(self, answers)
        except Refused as no:
            raise Refused(f"{step.title}: {no.sentence}", fix=no.fix) from no
        if errors:
            raise Refused(f"{step.title}: {next(iter(errors.values()))}", fix=self)

    def _check_offer(self) -> None:
        """What was agreed with the customer is what is contracted: a plan changed meanwhile is confirmed again."""
        plan = offers.plan(self.said("plano")["plan_id"])
        if plan.offer != self.said("plano").get("offer"):
            raise Stale(
                f"O plano {plan.name} mudou depois que você o escolheu: agora custa {brl(plan.price_cents)}. "
                "Volte ao passo Plano e confira com o cliente.",
                fix=self,
            )

    def _take_version(self, version: int) -> None:
        done = db.session.execute(
            update(Sale)
            .where(Sale.id == self.id, Sale.version == version)
            .values(version=version + 1)
            .execution_options(synchronize_session=False)
        )
        if not done.rowcount:  # type: ignore[attr-defined]
            raise Stale(
                "Este rascunho mudou em outra janela. Nada foi gravado por cima: confira o que está salvo.",
                fix=self,
            )
        db.session.refresh(self)
