"""What a canned answer says in a ticket: which are offered, and the value of each placeholder today (B-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import Invoice
from models.operators import Company, Operator
from models.operators.company import first_company
from models.people import Person
from models.scope import TODAS, who
from models.tickets.status import OPEN
from models.wording import brl, day, near
from models.workflows import CannedAnswer, Values

NOTHING_OWED = "O cliente não tem fatura vencida: não há valor nem vencimento para dizer. Escolha outra resposta."
NO_BILLING = "Seu perfil não vê o financeiro, e esta resposta diz o que o cliente deve. Escolha outra resposta."
NO_CLOCK = "Este atendimento não tem prazo correndo. Escolha outra resposta."
PAUSED = "O prazo está pausado: não há hora para prometer. Retome o prazo, ou escolha outra resposta."


class Answers:
    if TYPE_CHECKING:
        company_id: Any
        person_id: Any
        department_id: Any
        protocol: Any
        status: Any
        due_at: Any
        paused_at: Any
        zone: Any

    @property
    def house_id(self) -> int:
        """Whose lists are offered in it: its own company's; in TODAS that of whoever acts. Those of TODAS besides."""
        return int(self.company_id or who().company_id)

    def answers(self) -> list[CannedAnswer]:
        """Those of its sector, of the sector of whoever acts, and of every sector."""
        actor = who().actor
        mine = select(Operator.department_id).where(Operator.id == actor.id)
        own = db.session.scalar(mine) if actor.kind == "operator" else None
        return CannedAnswer.of_sectors(self.house_id, [id for id in (self.department_id, own) if id])

    def answer_values(self, *, sees_money: bool) -> Values:
        """What stands for each placeholder now. `sees_money`: whoever acts may know what customers owe."""
        values = {
            "cliente.primeiro_nome": db.session.get_one(Person, self.person_id).called,
            "atendimento.protocolo": self.protocol,
            "empresa.nome": self._provider().name,
            "operador.primeiro_nome": who().actor.name.split(maxsplit=1)[0],
        }
        missing = dict[str, str]()
        if refusal := self._refusal_to_promise():
            missing["atendimento.prazo"] = refusal
        else:
            values["atendimento.prazo"] = near(self.due_at, self.zone)
        owed = self._owed() if sees_money else []
        if owed:
            values["divida.valor"] = brl(sum(invoice.due_today().total_cents for invoice in owed))
            values["divida.vencimento"] = day(owed[0].due_on)
        else:
            missing |= dict.fromkeys(("divida.valor", "divida.vencimento"), NOTHING_OWED if sees_money else NO_BILLING)
        return Values(values, missing)

    def _refusal_to_promise(self) -> str | None:
        if self.status not in OPEN or self.due_at is None:
            return NO_CLOCK
        if self.paused_at:
            return PAUSED
        if self.due_at <= clock.now():
            return f"O prazo venceu {near(self.due_at, self.zone)}. Escreva você até quando, ou escolha outra resposta."
        return None

    def _owed(self) -> list[Invoice]:
        """What fell due until today and is not paid, to the same company, the oldest first."""
        rows = select(Invoice).where(Invoice.person_id == self.person_id, Invoice.status == "open")
        if self.company_id != TODAS:
            rows = rows.where(Invoice.company_id.in_((TODAS, self.company_id)))
        rows = rows.where(Invoice.due_on <= clock.today(self.zone)).order_by(Invoice.due_on, Invoice.id)
        return list(db.session.scalars(rows))

    def _provider(self) -> Company:
        return db.session.get_one(Company, self.house_id) if self.house_id != TODAS else first_company()
