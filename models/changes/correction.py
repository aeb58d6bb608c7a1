"""What of a record only a permission corrects: a valid but wrong CPF or CNPJ, and its company (B-03, decision 018).

Both undo themselves: correct it back, or move it back. Before and after stay in history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select

from models.base import db, lock
from models.express_check import ExpressCheck
from models.history import track
from models.operators import Company
from models.people import Person
from models.people.person import PERSON_KINDS
from models.refused import Refused, require
from models.sales import Sale
from models.scope import TODAS, who
from models.services import Service
from models.tickets import Ticket
from models.wording import tidy
from models.work_orders import WorkOrder

Row = TypeVar("Row", Ticket, WorkOrder)
ONLY_IN_TODAS = (
    "Só quem trabalha em todas as empresas muda a empresa de um cadastro. Troque para TODAS no menu do seu nome."
)
NO_REASON = "Escreva o motivo. Exemplo: CPF da esposa, conferido no documento."


@dataclass(frozen=True)
class Correction:
    """A correction of somebody's record. What was issued keeps what it was issued with."""

    person: Person

    def refusal_to_change_kind(self) -> str | None:
        """A PF becomes a PJ only while nothing was contracted: contracts and invoices are of who signed them."""
        service = self._service()
        if service is None:
            return None
        return (
            f"{service.plan_name} foi contratado por uma {PERSON_KINDS[self.person.kind]}: o tipo deste cadastro não "
            "muda. Se quem contrata é de outro tipo, use Adicionar Cliente."
        )

    def correct_document(self, typed: str, kind: str, reason: str, version: int) -> None:
        """Put the right CPF or CNPJ in the place of a wrong one; every session of the Central ends.

        The wrong one finds nobody from here on. Raises Refused with the fields at fault, or when somebody else has the
        document, whoever's company that is (C-04); Stale when the record changed meanwhile.
        """
        self.person.require_version(version)
        if kind != self.person.kind:
            require(self.refusal_to_change_kind())
        errors = {} if tidy(reason) else {"reason": NO_REASON}
        if errors:
            raise Refused(errors=errors | self.person.document_errors(typed, kind))
        self.person.correct_document(typed, kind, tidy(reason), version)

    def refusal_to_move(self) -> str | None:
        """Why whoever acts may not say in which company this record stands."""
        return None if who().company_id == TODAS else ONLY_IN_TODAS

    def move_to(self, company_id: int | None, reason: str, version: int) -> None:
        """Put the record in another company. Addresses, contacts and tags are the person's, and its drafts follow.

        A service, its money and its tickets stay in the company that sold it: with one, the record moves there or to
        TODAS. Tickets without service follow the record (D-14). Raises Refused with the fields at fault, Stale when
        the record changed meanwhile.
        """
        require(self.refusal_to_move())
        self.person.require_version(version)
        errors = {} if tidy(reason) else {"reason": "Escreva o motivo. Exemplo: mora na área da outra empresa."}
        if refusal := self._refusal_to(company_id):
            errors["company_id"] = refusal
        if errors or company_id is None:
            raise Refused(errors=errors)
        names = self._names()
        before = self.person.company_id
        self.person.take(version, company_id=company_id)
        drafts = select(Sale).where(Sale.person_id == self.person.id, Sale.status == "draft").order_by(Sale.id)
        for draft in db.session.scalars(drafts):
            lock(draft).follow(company_id)
        # Orders before their tickets, as whoever closes an order holds them.
        for order in db.session.scalars(self._left_behind(WorkOrder, company_id)):
            order.follow(company_id)
        for ticket in db.session.scalars(self._left_behind(Ticket, company_id)):
            ticket.follow(company_id)
            ExpressCheck.follow(ticket)
        # Those that were opened while a ticket was waited for; held, it takes no other.
        for order in db.session.scalars(self._left_behind(WorkOrder, company_id)):
            order.follow(company_id)
        track(
            "person.company_moved",
            self.person,
            person_id=self.person.id,
            company_id=company_id,
            reason=tidy(reason),
            before=names[before],
            after=names[company_id],
        )

    def _left_behind(self, table: type[Row], company_id: int | None) -> Select[Row]:
        """Those of no service, and those of TODAS, which no other company may see from here on."""
        of: Any = table
        rows = select(table).where(of.person_id == self.person.id, of.company_id != company_id)
        return rows.where(or_(of.service_id.is_(None), of.company_id == TODAS)).order_by(of.id)

    def _refusal_to(self, company_id: int | None) -> str | None:
        if company_id not in companies():
            return "Escolha a empresa."
        if company_id == self.person.company_id:
            return "O cadastro já é desta empresa. Escolha outra, ou volte."
        service = self._service(outside=company_id) if company_id != TODAS else None
        if service is None:
            return None
        return (
            f"{service.plan_name} e suas faturas são de {self._names()[service.company_id]} e ficam lá. "
            "Escolha TODAS: as duas empresas atendem o cadastro."
        )

    def _service(self, outside: int | None = None) -> Any:
        """One service of the person, those in use first; `outside` a company."""
        rows = select(Service.plan_name, Service.company_id).where(Service.person_id == self.person.id)
        if outside is not None:
            rows = rows.where(Service.company_id != outside)
        rows = rows.order_by(Service.status == "cancelled", Service.id)
        every = {"every_company": "a contract counts whoever looks (B-03)"}
        return db.session.execute(rows.limit(1), execution_options=every).first()

    def _names(self) -> dict[int | None, str]:
        return {row.id: row.name for row in db.session.execute(select(Company.id, Company.name))}


def companies() -> dict[int, str]:
    """Where a record may stand: the companies in use, by number."""
    rows = select(Company.id, Company.name).where(Company.inactive_since.is_(None)).order_by(Company.id)
    return {row.id: row.name for row in db.session.execute(rows)}
