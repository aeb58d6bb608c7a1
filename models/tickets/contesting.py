"""The ticket of a contest: opened with it, held open by it, answered in it, each time told with its arithmetic (B-11).

The answer is due in 30 days by law, whatever the process it is in; no table counts that, and no pause stops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from models.base import db
from models.billing import Contest, Invoice
from models.billing.contest import EARLIER, Outcome
from models.notices import Notice
from models.operators import company_of, today_of
from models.people import Person
from models.refused import Refused, require
from models.scope import inside_ticket, who
from models.services import Service
from models.tickets.opening import sought
from models.wording import brl, day, tidy_lines
from models.workflows import TicketKind

LONGEST = 2000  # letters of an answer, so that it stands in a comment with its arithmetic


class Contests:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        protocol: Any
        status: Any
        person_id: Any
        contest_id: Any
        gate: Any
        kind_id: Any
        report: Any
        search_text: Any
        begin: Any
        open: Any
        record: Any
        say: Any
        take: Any
        require_version: Any
        require_held: Any
        refusal_to_act: Any

    @classmethod
    def contest(cls, invoice: Invoice, amount_cents: int | None, reason: str, version: int | None = None) -> Self:
        """Contestar: a ticket with its protocol, and so much of an invoice that rests until the answer (B-11).

        Opened by the customer or by an operator. Raises Refused with the fields at fault, Stale when the invoice
        changed meanwhile.
        """
        person = db.session.get_one(Person, invoice.person_id)
        ticket: Any = cls.open(person, _service(invoice))  # type: ignore[attr-defined]
        with inside_ticket(ticket.id, person.id):
            row = Contest.open(invoice, amount_cents, reason, version)
        kind = TicketKind.for_topic("contest", ticket.company_id)
        ticket.contest_id, ticket.gate = row.id, "contest"
        ticket.kind_id = kind.id
        ticket.report = f"Contestação de {brl(row.amount_cents)} da fatura {invoice.number}.\n{row.reason}"
        ticket.search_text = sought(ticket.report)
        told = _opened(row, invoice, company_of(invoice).name, ticket.protocol)
        if who().actor.kind == "subscriber":
            ticket.topic = "contest"
            ticket.say(row.reason, "subscriber")
        else:
            ticket.say(told, "subscriber", mailed=True)
        # Above what was said: words about money are not edited.
        ticket.begin(kind.first_process(), "awaiting_analysis")
        ticket.tell_of_contest(f"Contestação da fatura {invoice.number}: protocolo {ticket.protocol}", told)
        return ticket  # type: ignore[no-any-return]

    def contested(self) -> Contest | None:
        """Its contest; None: it has none."""
        every = {"every_company": "the contest of a ticket, whoever looks"}
        mine = select(Contest).where(Contest.id == self.contest_id)
        return db.session.scalars(mine, execution_options=every).one() if self.contest_id else None

    def refusal_to_answer_contest(self, holder_name: str | None = None) -> str | None:
        """Why whoever acts cannot answer it here and now."""
        if self.contest_id is None:
            return "Este atendimento não tem contestação."
        return self.refusal_to_act(holder_name) or (None if self.gate == "contest" else EARLIER)

    def answer_contest(self, kind: str, body: str, version: int | None = None) -> Outcome:
        """Responder: the money follows the answer, the customer is told with its arithmetic, the ticket may be
        finished. `kind` of ANSWERS. Raises Refused with the fields at fault, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_answer_contest())
        words = tidy_lines(body)
        if not words:
            raise Refused("Escreva ao cliente por que a resposta é esta.", field="body")
        if len(words) > LONGEST:
            raise Refused(f"Escreva no máximo {LONGEST} letras. Este texto tem {len(words)}.", field="body")
        row = self._row()
        with inside_ticket(self.id, self.person_id):
            done = row.answer(kind)
        number = row.invoice().number
        again = db.session.get_one(Invoice, row.again_id).number if row.again_id else None
        told = "\n".join([*done.words(number, again), "", words])
        self.say(told, "subscriber", mailed=True)
        self.record("ticket.contest_told")  # above it: words about money are not edited
        self.take(None, gate=None)
        self.tell_of_contest(f"Resposta à contestação da fatura {number}", told)
        return done

    def refusal_to_take_answer_back(self, holder_name: str | None = None) -> str | None:
        """Why the answer given in it stays."""
        if self.contest_id is None:
            return "Este atendimento não tem contestação."
        return self.refusal_to_act(holder_name) or self._row().refusal_to_take_answer_back()

    def take_contest_answer_back(self, reason: str, version: int | None = None) -> None:
        """Desfazer a resposta: what it did with the money is undone, and the contest waits again. Raises Refused,
        Stale.
        """
        self.require_version(version)
        require(self.refusal_to_take_answer_back())
        row = self._row()
        number = row.invoice().number
        when = f"até {day(row.answer_by)}" if row.answer_by >= today_of(row) else "o quanto antes"
        told = f"A resposta à sua contestação da fatura {number} foi desfeita, e vamos responder de novo {when}. "
        told += f"Até lá {brl(row.amount_cents)} continuam em contestação."
        if row.refunded_cents:
            told += f" O crédito de {brl(row.refunded_cents)} que a resposta tinha dado foi retirado."
        self.say(told, "subscriber", mailed=True)
        with inside_ticket(self.id, self.person_id):
            row.take_answer_back(reason)
        self.take(None, gate="contest")
        self.tell_of_contest(f"Contestação da fatura {number}: vamos responder de novo", told)

    def tell_of_contest(self, subject: str, words: str) -> None:
        """By e-mail too, where the customer has one."""
        person = db.session.get_one(Person, self.person_id)
        if address := person.contacts().get("email", ""):
            body = f"Olá, {person.called}.\n\n{words}\n\nProtocolo {self.protocol}.\n"
            Notice.send_later("contest", self.person_id, self.company_id, address, subject, body)

    def _row(self) -> Contest:
        found = self.contested()
        if found is None:
            raise Refused("Este atendimento não tem contestação.")
        return found


def _service(invoice: Invoice) -> Service | None:
    """The service a contest is about, when it is still the customer's."""
    ids = invoice.service_ids()
    service = db.session.get_one(Service, ids[0]) if ids else None
    return service if service and service.person_id == invoice.person_id else None


def _opened(row: Contest, invoice: Invoice, company: str, protocol: str) -> str:
    """What the customer is told at once: what rests, what is still to be paid, until when the answer comes."""
    found = [f"{company} recebeu sua contestação de {brl(row.amount_cents)} da fatura {invoice.number}."]
    if row.resting_cents:
        found.append(f"Até a resposta você não precisa pagar {brl(row.resting_cents)}, e isso não suspende o serviço.")
    if invoice.open_cents:
        was = invoice.open_cents + row.resting_cents
        sum_ = f"{brl(was)} − {brl(row.resting_cents)} = {brl(invoice.open_cents)}"
        late = " mais a multa e os juros dele" if invoice.due_today().late_cents else ""
        found.append(f"Continua a pagar: {sum_}, com vencimento em {day(invoice.due_on)}{late}.")
    if row.paid_cents:
        found.append(f"{brl(row.paid_cents)} já estão pagos: se a cobrança estiver errada, voltam em dobro.")
    found.append(f"Respondemos até {day(row.answer_by)}, pelo protocolo {protocol}.")
    return "\n".join(found)
