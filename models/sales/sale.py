"""A sale: the draft of Adicionar Cliente and Adicionar Serviço, kept from the first step on (C-01 to C-31)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, insert_all, lock
from models.catalog.offer import changed_words
from models.catalog.plan import Plan, PlanTerms
from models.history import track
from models.operators.versioned import Versioned
from models.people import Person
from models.refused import Refused, Stale, require
from models.sales.answers import (
    REVIEW,
    STEPS,
    AddressAnswers,
    Answered,
    Answers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PersonAnswers,
    PlanAnswers,
)
from models.sales.completion import create
from models.sales.expected import Expected, expected
from models.sales.offers import Offer, templates
from models.sales.proposals import proposed
from models.scope import TODAS, OfCompany, who
from models.wording import brl, tidy

Step = TypeVar("Step", bound=Answers)
Typed = dict[str, list[str]]  # field -> what a form was sent for it


class Sale(Versioned, OfCompany, Base):
    __tablename__ = "sale"
    stale = "Este rascunho mudou em outra janela. Nada foi gravado por cima: confira o que está salvo."

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    unfinished: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # step -> field -> what was typed
    # What a draft names is in use: these hold on to it, so that it is inactivated and not deleted (B.5).
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("person_group.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("origin.id"))
    billing_method_id: Mapped[int | None] = mapped_column(ForeignKey("billing_method.id"))
    work_order_kind_id: Mapped[int | None] = mapped_column(ForeignKey("work_order_kind.id"))
    dunning_rule_id: Mapped[int | None] = mapped_column(ForeignKey("dunning_rule.id"))
    sla_table_id: Mapped[int | None] = mapped_column(ForeignKey("sla_table.id"))
    status: Mapped[str] = mapped_column(String(10), default="draft")
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
    def start(cls, answers: PersonAnswers, offer: Offer | None = None) -> Sale:
        """Begin Adicionar Cliente with the answers of its first step. Raises Refused like `answer`.

        `offer` is what the caller has read already.
        """
        sale = cls._draft(adds_service=False, person_id=None)
        for key, value in sale._kept(answers, offer or Offer()).items():
            setattr(sale, key, value)
        db.session.add(sale)
        db.session.flush()
        sale._hold_tags([], answers)
        return sale

    @classmethod
    def start_unfinished(cls, read: dict[str, Any] | None, typed: Typed, offer: Offer | None = None) -> Sale:
        """Begin Adicionar Cliente and leave: a first step that is not right is kept as it was typed.

        `read` are its answers by field, None when what was typed could not even be read.
        """
        if read is not None:
            with suppress(Refused):
                return cls.start(PersonAnswers(**read), offer)
        sale = cls._draft(adds_service=False, person_id=None)
        sale.unfinished = {PersonAnswers.slug: typed}
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
            unfinished={},
            status="draft",
            version=1,
            created_at=now,
            updated_at=now,
        )

    @property
    def steps(self) -> tuple[type[Answers], ...]:
        return tuple(step for step in STEPS if not (self.adds_service and step is PersonAnswers))

    def answers_of(self, step: type[Step]) -> Step:
        """The answers of a step, empty when it was not answered yet."""
        return step.kept_as(self.answers.get(step.slug, {}))

    @cached_property
    def offer(self) -> Offer:
        """What may be chosen in this sale, as its answers are now; read once, and again after an answer."""
        named = self.answers_of(PersonAnswers).company_id
        company_id = named if isinstance(named, int) else TODAS
        return Offer(company_id, self.person_id, self.answers_of(PlanAnswers).plan_id)

    @property
    def zone(self) -> str:
        """That of the company the customer is or will be of."""
        return self.offer.company.zone

    @property
    def next_slug(self) -> str:
        """The first step still to be answered; the review when there is none."""
        return self._next_step.slug if self._next_step else REVIEW

    @property
    def next_title(self) -> str:
        """The step it stopped at, as the wizard calls it."""
        return self._next_step.title if self._next_step else "Conferir"

    @property
    def _next_step(self) -> type[Answers] | None:
        return next((step for step in self.steps if not self.has_answered(step.slug)), None)

    def has_answered(self, slug: str) -> bool:
        """Is this step done? One that was left unfinished is not, whatever it was answered before."""
        return slug in self.answers and slug not in self.unfinished

    def may_open(self, slug: str) -> bool:
        """A step opens when all before it are answered (X-11)."""
        order = [step.slug for step in self.steps] + [REVIEW]
        return slug in order and order.index(slug) <= order.index(self.next_slug)

    @property
    def customer_name(self) -> str:
        """As far as it is known; empty when nobody wrote it yet."""
        typed = self.unfinished.get(PersonAnswers.slug, {}).get("name") or [""]
        return str(self.answers.get(PersonAnswers.slug, {}).get("name") or tidy(typed[0])[:120])

    def refusal_to_answer(self) -> str | None:
        if self.status == "done":
            return "Esta venda já foi salva. Abra o cadastro do cliente."
        if self.status == "discarded":
            return "Este rascunho foi descartado. Comece outro em Cliente, Adicionar."
        return None

    def answer(self, answers: Answers, version: int) -> None:
        """Keep the answers of a step. Raises Refused with the fields at fault, Stale when another tab was faster."""
        self._require_open(answers.slug, version)
        with clock.in_zone(self.zone):
            kept, had = self._kept(answers, self.offer), self.answers_of(PersonAnswers).tags
        self._ask_again()
        self.take(version, **kept)
        self._hold_tags(had, answers)

    def leave(self, slug: str, answers: Answers | None, typed: Typed, version: int) -> None:
        """Guardar e sair: answered when it is right; else kept as it was typed, and still to be answered.

        `answers` is None when what was typed could not even be read. Raises Refused for a step that may not be
        opened, Stale when another tab was faster.
        """
        self._require_open(slug, version)
        if answers is not None:
            try:
                self.answer(answers, version)
                return
            except Stale:
                raise
            except Refused:
                pass  # nothing was written yet
        self.take(version, unfinished={**self.unfinished, slug: typed}, updated_at=clock.now())

    def _require_open(self, slug: str, version: int) -> None:
        require(self.refusal_to_answer())
        if not self.may_open(slug):
            raise Refused("Responda primeiro os passos anteriores.")
        self._require_version(version)

    def complete(self, version: int) -> None:
        """Create customer, addresses, service, contract, billing set-up, fee and order, together or not at all.

        Everything is checked again. Raises Refused, Stale; a sale that is done stays as it is (C-19).
        """
        if self.person_id:
            # Held first, as the order of anchors is: its company may be changing.
            db.session.get_one(Person, self.person_id, with_for_update=True, populate_existing=True)
        lock(self)
        if self.status == "done":
            return
        require(self.refusal_to_answer())
        self._require_version(version)
        if not self.may_open(REVIEW):
            raise Refused("Responda primeiro os passos anteriores.", fix=self)
        self._hold_plan()
        self._ask_again()
        with clock.in_zone(self.zone):
            for step in self.steps:
                self._check(step)
            self._check_agreed()
            person, service = create(self.id, self._answered(), self.offer)
        self.person_id, self.service_id, self.version = person.id, service.id, version + 1
        self._end("done")

    def follow(self, company_id: int | None) -> None:
        """The customer of this draft moved to another company: what it may be sold is asked anew."""
        known = {**self.answers.get(PersonAnswers.slug, {}), "company_id": company_id}
        self._ask_again()
        self.take(self.version, company_id=company_id, answers={**self.answers, PersonAnswers.slug: known})

    def discard(self) -> None:
        """Give the draft up; what was typed goes, history says by whom. Raises Refused when it was saved."""
        lock(self)
        require(self.refusal_to_answer())
        self._end("discarded")
        self.updated_at, self.version = clock.now(), self.version + 1
        track("sale.discarded", self, company_id=self.company_id)

    def _end(self, status: str) -> None:
        """What was typed goes, and with it the hold on what it named."""
        had, self.status, self.answers, self.unfinished = self.answers_of(PersonAnswers).tags, status, {}, {}
        self.plan_id = self.group_id = self.origin_id = None
        self.billing_method_id = self.work_order_kind_id = None
        self.dunning_rule_id = self.sla_table_id = None
        self._hold_tags(had, PersonAnswers())

    def _hold_tags(self, had: list[int], answers: Answers) -> None:
        if isinstance(answers, PersonAnswers) and set(answers.tags) != set(had):
            db.session.execute(delete(SaleTag).where(SaleTag.sale_id == self.id))
            insert_all(SaleTag, [{"sale_id": self.id, "tag_id": id} for id in sorted(set(answers.tags))])

    def go_on(self, answers: Answers, version: int) -> None:
        """Keep the answers of a step and, with what is proposed, those of every step after it that lacks nothing.

        It stops at the first one that somebody has to answer. Raises as `answer` does.
        """
        self.answer(answers, version)
        with clock.in_zone(self.zone):
            while (step := self._next_step) and step.slug not in self.unfinished:
                rest = proposed(step, self.offer)
                if rest.errors(self.offer):
                    return
                self.answer(rest, self.version)

    def expected(self, typed: Answers | None = None) -> Expected | None:
        """What the customer pays first, as the sale stands: kept, still being `typed`, or proposed (C-36, D-05).

        The arithmetic is that of the invoice and of a carnê. None while plan and due day are not known.
        """
        offer = self.offer
        if isinstance(typed, PlanAnswers):
            offer = Offer(offer.customer_company, self.person_id, typed.plan_id)
        plan = offer.plan
        if plan is None:
            return None
        with clock.in_zone(self.zone):
            billing = typed if isinstance(typed, BillingAnswers) else self._stands(BillingAnswers, offer)
            installation = typed if isinstance(typed, InstallationAnswers) else self.answers_of(InstallationAnswers)
        return expected(plan, billing, installation, offer.company)

    def _stands(self, step: type[Step], offer: Offer) -> Step:
        """The answers of a step, or those it is proposed with."""
        return self.answers_of(step) if step.slug in self.answers else proposed(step, offer)

    def faulty(self) -> type[Answers] | None:
        """The first step whose answers do not hold any more: where the refusal of the whole is mended."""
        return next((step for step in self.steps if not self._holds(step)), None)

    def _holds(self, step: type[Answers]) -> bool:
        try:
            self._check(step)
            if step is PlanAnswers:
                self._check_agreed()
        except Refused:
            return False
        return True

    def _answered(self) -> Answered:
        return Answered(
            self.answers_of(PersonAnswers),
            self.answers_of(AddressAnswers),
            self.answers_of(PlanAnswers),
            self.answers_of(ContractAnswers),
            self.answers_of(BillingAnswers),
            self.answers_of(InstallationAnswers),
        )

    def _kept(self, answers: Answers, offer: Offer) -> dict[str, Any]:
        """The columns that keep the answers of a step. Raises Refused with the fields at fault."""
        errors = answers.errors(offer)
        if errors:
            raise Refused(errors=errors)
        kept = {**self.answers}
        more: dict[str, Any] = {"updated_at": clock.now(), **answers.catalogue_rows}
        more["unfinished"] = {slug: typed for slug, typed in self.unfinished.items() if slug != answers.slug}
        if isinstance(answers, PlanAnswers) and (plan := offer.plan_of(answers.plan_id)):
            answers = replace(answers, offer=plan.offer_id)
            if plan.id != offer.plan_id:
                kept[ContractAnswers.slug] = ContractAnswers(_template_of(plan, offer)).to_keep()
                more["dunning_rule_id"] = more["sla_table_id"] = None
        if isinstance(answers, ContractAnswers):
            answers = replace(answers, terms=offer.terms_of(answers.templates))
        if isinstance(answers, PersonAnswers):
            more["company_id"] = answers.company_id  # others in TODAS began it, but it is this company's customer
        return {"answers": {**kept, answers.slug: answers.to_keep()}, **more}

    def _check(self, step: type[Answers]) -> None:
        try:
            errors = self.answers_of(step).errors(self.offer)
        except Refused as no:
            raise Refused(f"{step.title}: {no.sentence}", fix=no.fix) from no
        if errors:
            raise Refused(f"{step.title}: {next(iter(errors.values()))}", fix=self)

    def _check_agreed(self) -> None:
        """What was agreed with the customer is what is contracted: another edition of the offer is confirmed again."""
        plan, chosen = self.offer.plan, self.answers_of(PlanAnswers).offer
        if plan is None or plan.offer_id == chosen:
            return
        what = ""
        if isinstance(chosen, int) and plan.offer_id:  # a draft of before kept no edition
            what = changed_words(chosen, plan.offer_id)
        raise Stale(
            f"O plano {plan.name} mudou depois que você o escolheu: agora custa {brl(plan.price_cents)}. "
            f"{f'Mudou {what}. ' if what else ''}Volte ao passo Plano e confira com o cliente.",
            fix=self,
        )

    def _hold_plan(self) -> None:
        """Whoever changes the plan, or the term of its contract, waits: what was checked is what is contracted."""
        db.session.execute(select(Plan.id).where(Plan.id == self.plan_id).with_for_update(read=True))

    def _require_version(self, version: int) -> None:
        if self.version != version:
            raise Stale(self.stale, fix=self)

    def _ask_again(self) -> None:
        self.__dict__.pop("offer", None)


class SaleTag(Base):
    """A tag that a draft names."""

    __tablename__ = "sale_tag"

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


def _template_of(plan: PlanTerms, offer: Offer) -> list[int]:
    """The contract that comes with a plan, while it is in use (C-12)."""
    known = {row.id for row in templates(plan.company_id or offer.customer_company)}
    return [plan.contract_template_id] if plan.contract_template_id in known else []
