"""A contract: one service, one template revision, a number without gaps; each printing is kept (C-32 to C-35)."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.catalog import ContractTemplate, DunningRule
from models.catalog.contract_fields import paper_values
from models.catalog.contract_text import open_fields
from models.documents import Document, printed, shown
from models.history import Event, track
from models.numbers import take
from models.operators.versioned import Versioned
from models.outbox import enqueue
from models.refused import Refused, require
from models.scope import TODAS, OfCompany
from models.services import Service
from models.wording import listed
from models.workflows import SlaTable

USUAL = "Padrão da empresa"  # the ladder of a contract that names none
NAMED = "dunning_rule_id is not null"  # the condition of the index, the same words on both databases


class Contract(Versioned, OfCompany, Base):
    __tablename__ = "contract"
    stale = "Este contrato mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    service_id: Mapped[int]
    number: Mapped[int] = mapped_column(unique=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("contract_template.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("contract_template_revision.id"))
    status: Mapped[str] = mapped_column(String(10), default="active")
    issued_on: Mapped[date]
    loyalty_months: Mapped[int]
    benefit: Mapped[str] = mapped_column(String(120))
    benefit_cents: Mapped[Cents]
    ends_on: Mapped[date | None]  # of the loyalty term
    cancelled_on: Mapped[date | None]
    sla_table_id: Mapped[int | None] = mapped_column(ForeignKey(SlaTable.id))  # None: the company's default
    dunning_rule_id: Mapped[int | None] = mapped_column(ForeignKey("dunning_rule.id"))  # None: the company's default
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("company_id", "id"),
        CheckConstraint("status in ('active','cancelled')", name="status"),
        CheckConstraint("cancelled_on is null or status = 'cancelled'", name="cancelled_on"),
        Index(
            "uq_contract_template_once",
            "service_id",
            "template_id",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
        Index(
            "ix_contract_service_id_number",
            "service_id",
            "number",
            sqlite_where=text(NAMED),
            postgresql_where=text(NAMED),
        ),
    )

    @property
    def label(self) -> str:
        return f"contrato {self.number}"

    @classmethod
    def issue(
        cls,
        service: Service,
        template: ContractTemplate,
        on: date,
        dunning_rule_id: int | None = None,
        sla_table_id: int | None = None,
    ) -> Contract:
        """Add a contract of this template to a service, at the template's newest revision.

        It names a ladder and an SLA table, None for the defaults (A-120). Raises Refused when template, ladder or table
        is of another company or out of use, the template without text, or the service already has it (C-33).
        """
        require(refusal_to_contract(service))
        if TODAS not in (service.company_id, template.company_id) and template.company_id != service.company_id:
            raise Refused("Este modelo é de outra empresa. Escolha um da empresa do serviço.", field="template_id")
        revision = template.latest()
        if template.inactive_since or revision is None:
            raise Refused("Este modelo não está em uso. Escolha outro.", field="template_id")
        _require_ladder(dunning_rule_id, service.company_id)
        _require_table(sla_table_id, service.company_id)
        row = cls(
            company_id=service.company_id,
            service_id=service.id,
            number=take("contract"),
            template_id=template.id,
            revision_id=revision.id,
            status="active",
            issued_on=on,
            loyalty_months=template.loyalty_months,
            benefit=template.benefit,
            benefit_cents=template.benefit_cents,
            ends_on=months_after(on, template.loyalty_months) if template.loyalty_months else None,
            dunning_rule_id=dunning_rule_id,
            sla_table_id=sla_table_id,
            created_at=clock.now(),
        )
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError as error:
            raise Refused("Este serviço já tem um contrato deste modelo.", field="template_id") from error
        track(
            "contract.issued",
            row,
            person_id=service.person_id,
            company_id=row.company_id,
            number=row.number,
            template=template.name,
        )
        if dunning_rule_id:
            row._ask_for_review(lock(service))
        return row

    def refusal_to_change(self) -> str | None:
        """Why it stays as it is."""
        return None if self.status == "active" else "Um contrato cancelado fica como terminou."

    def change(self, version: int, dunning_rule_id: int | None, sla_table_id: int | None) -> None:
        """Name another ladder or SLA table, or with None none: the company's default is followed again (A-120).

        The debts of a service that the former ladder had cut are reviewed; a ticket that is open keeps its deadline.
        Raises Refused for what may not be named or a contract that ended, Stale.
        """
        service = lock(db.session.get_one(Service, self.service_id))  # the ladder decides under the same lock
        self.require_version(version)
        require(self.refusal_to_change())
        had = (self.dunning_rule_id, self.sla_table_id)
        _require_ladder(dunning_rule_id, self.company_id, self.dunning_rule_id)
        _require_table(sla_table_id, self.company_id, self.sla_table_id)
        if had == (dunning_rule_id, sla_table_id):
            return
        self.take(dunning_rule_id=dunning_rule_id, sla_table_id=sla_table_id)
        if had[0] != dunning_rule_id:
            self._ask_for_review(service)
            self._tell(service, "contract.ladder_changed", DunningRule, had[0], dunning_rule_id)
        if had[1] != sla_table_id:
            self._tell(service, "contract.sla_changed", SlaTable, had[1], sla_table_id)

    def _tell(self, service: Service, action: str, kind: Any, before: int | None, after: int | None) -> None:
        names: dict[str, Any] = {"before": _name(kind, before), "after": _name(kind, after), "number": self.number}
        track(action, self, person_id=service.person_id, company_id=self.company_id, **names)

    def _ask_for_review(self, service: Service) -> None:
        """Another ladder may not have cut yet: have dunning look at a service that is suspended or reduced."""
        if service.open_suspension():
            key = f"{service.id}:ladder:{self.id}:{self.version}"
            enqueue("review_service", key, {"service_id": service.id, "paid": False})

    def print(self, paper: dict[str, Any], person_id: int) -> Document:
        """The document of what the contract says now: the last one while nothing changed, else a new edition.

        Raises Refused when a new one would name a value that is not there; those issued before stay as they are.
        """
        return self._printed(paper, lambda: self._tell_print(person_id, self.editions()))

    def print_for(self, address: str, paper: dict[str, Any], person_id: int) -> Document:
        """The same, to be mailed there. Only `mail_contract` calls it."""
        record = self._record(person_id)
        return self._printed(paper, lambda: record("contract.mailed", number=self.number, address=address))

    def _printed(self, paper: dict[str, Any], tell: Callable[[], object]) -> Document:
        lock(self)
        return printed(self.last_print(), paper, lambda: self._issue_print(paper, self.editions() + 1), tell)

    def print_first(self, paper: dict[str, Any], person_id: int) -> Document:
        """The document of a contract issued in this transaction: nobody else can have printed it yet."""
        record = self._record(person_id)
        issue = partial(self._issue_print, paper, 1)
        return printed(None, paper, issue, lambda: record("contract.printed", edition=1, number=self.number))

    def _issue_print(self, paper: dict[str, Any], edition: int) -> Document:
        require(refusal_to_leave_open(paper))
        document = Document.issue("contract", self, f"Contrato {self.number}", paper)
        kept = ContractPrint(company_id=self.company_id, contract_id=self.id, edition=edition, document_id=document.id)
        db.session.add(kept)
        return document

    def show_print(self, document: Document, person_id: int) -> None:
        """Track that whoever acts is shown an edition of it, the last or an earlier one."""
        edition = select(ContractPrint.edition).where(ContractPrint.document_id == document.id)
        self._tell_print(person_id, db.session.scalars(edition).one())

    def _tell_print(self, person_id: int, edition: int) -> None:
        shown(self, "contract.printed", self._record(person_id), edition=edition, number=self.number)

    def _record(self, person_id: int) -> Callable[..., Event]:
        return partial(track, subject=self, person_id=person_id, company_id=self.company_id)

    def last_print(self) -> Document | None:
        return db.session.scalars(_last_print(), {"contract": self.id}).first()

    def editions(self) -> int:
        last = select(ContractPrint.edition).where(ContractPrint.contract_id == self.id)
        return db.session.scalar(last.order_by(ContractPrint.edition.desc()).limit(1)) or 0


class ContractPrint(OfCompany, Base):
    """An edition of a contract: earlier ones stay retrievable (C-35)."""

    __tablename__ = "contract_print"

    id: Mapped[Id]
    contract_id: Mapped[int]
    edition: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "contract_id"], ["contract.company_id", "contract.id"]),
        UniqueConstraint("contract_id", "edition"),
    )


def refusal_to_contract(service: Service) -> str | None:
    """Why a service gets no contract."""
    return "Um serviço cancelado não recebe contrato." if service.status == "cancelled" else None


def refusal_to_leave_open(paper: dict[str, Any]) -> str | None:
    """Why a contract is not made: its text names what this customer or service does not have (B-19)."""
    fields = open_fields(paper["body"], paper_values(paper), paper.get("kinds", ()))
    if not fields:
        return None
    named = listed([f"{{{{{name}}}}}" for name in fields])
    return (
        f"O modelo {paper['template_name']} pede {named}, e este contrato ficaria sem. Complete o cadastro, ou "
        "publique outra revisão do modelo."
    )


def _require_ladder(id: int | None, company_id: int, kept: int | None = None) -> None:
    if refusal := DunningRule.refusal_to_name(id, company_id, kept):
        raise Refused(refusal, field="dunning_rule_id")


def _require_table(id: int | None, company_id: int, kept: int | None = None) -> None:
    if id is not None and id not in {row.id for row in SlaTable.offered(company_id, kept)}:
        raise Refused("Escolha uma tabela de SLA em uso, da empresa do contrato ou de TODAS.", field="sla_table_id")


def _name(kind: Any, id: int | None) -> str:
    return str(db.session.get_one(kind, id).name) if id else USUAL


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of shorter months."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@cache
def _last_print() -> Select[Document]:
    prints = select(Document).join(ContractPrint, ContractPrint.document_id == Document.id)
    mine = prints.where(ContractPrint.contract_id == bindparam("contract"))
    return mine.order_by(ContractPrint.edition.desc()).limit(1)
