"""An upgrade request: one type, from the question on the telephone to one of its ends (U-01 to U-05, U-34).

Registered, it waits for whoever looks at what the customer has (triage.py); what has to be sold waits for Comercial
(negotiation.py). Each end is a status: used what there was, launched, sold as a line, not agreed, given up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db
from models.history import track
from models.operators import zone_of
from models.operators.versioned import Versioned
from models.people import Person
from models.refused import Refused
from models.scope import OfCompany, who
from models.telephony.kinds import ANSWERS, KIND_OF_ANSWER, KINDS, MOST
from models.telephony.negotiation import IsNegotiated
from models.telephony.pabx import Pabx
from models.telephony.registering import telephones
from models.telephony.sectors import refusal_to_step, require_step
from models.telephony.triage import IsTriaged
from models.tickets import Ticket
from models.wording import tidy

STATUSES = {
    "triage": "Em triagem",
    "negotiation": "Em negociação",
    "agreed": "Acordo registrado",
    "launched": "No Planner",
    "sold": "Fechado como venda",
    "existing": "Usou o que já tinha",
    "not_agreed": "Não fechado",
    "given_up": "Desistiu",
}
# Where it is, as the queue shows it; what is not here has ended.
STAGES = {"triage": "triage", "negotiation": "negotiation", "agreed": "negotiation"}
NO_TELEPHONE = "Este cliente não tem telefone contratado. Venda um plano de telefone em Adicionar Serviço."
TWO_TYPES = "Um tipo por pedido. Para dois tipos, faça dois pedidos."


class UpgradeRequest(IsTriaged, IsNegotiated, Versioned, OfCompany, Base):
    __tablename__ = "upgrade_request"
    stale = "Este pedido mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))  # where the customer asked for it
    kind: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(String(10))  # to the question that tells a line from an extension
    intention_confirmed: Mapped[bool] = mapped_column(default=False)
    wanted: Mapped[int | None]
    module: Mapped[str] = mapped_column(String(40), default="")
    line_number: Mapped[str] = mapped_column(String(20), default="")
    donor: Mapped[str] = mapped_column(String(60), default="")  # the operator that a ported number comes from
    note: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(12))
    author_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    author_department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    confirmed_with: Mapped[str] = mapped_column(String(80), default="")
    used: Mapped[int] = mapped_column(default=0)  # of what the customer had
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))  # whose it is; None: who triages
    forwarded_at: Mapped[datetime | None]
    forwarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    forwarded_from_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    agreed_with: Mapped[str] = mapped_column(String(80), default="")
    agreed_on: Mapped[date | None]
    agreed_cents: Mapped[Cents | None]  # each, per month
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        CheckConstraint(f"kind in {tuple(KINDS)!r}", name="kind"),
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        CheckConstraint(f"answer in {tuple(ANSWERS)!r}", name="answer"),
        CheckConstraint("kind not in ('line', 'extension') or answer is not null", name="question_asked"),
        CheckConstraint("kind <> 'line' or intention_confirmed", name="intention_confirmed"),
        CheckConstraint(f"wanted between 1 and {MOST}", name="wanted"),
        CheckConstraint("used >= 0 and used <= coalesce(wanted, 0)", name="used"),
        CheckConstraint(
            "status not in ('negotiation', 'agreed', 'launched', 'sold', 'not_agreed')"
            " or (forwarded_at is not null and department_id is not null)",
            name="forwarded",
        ),
        CheckConstraint(
            "status not in ('agreed', 'launched', 'sold')"
            " or (agreed_with <> '' and agreed_on is not null and agreed_cents > 0)",
            name="agreed",
        ),
        CheckConstraint("status not in ('not_agreed', 'given_up') or end_reason <> ''", name="end_reason"),
        Index("ix_upgrade_request_status_forwarded_at", "status", "forwarded_at", "id"),
        Index("ix_upgrade_request_person_id", "person_id"),
    )

    @property
    def label(self) -> str:
        return f"pedido de {self.title.lower()}"

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def words(self) -> str:
        """'3 ramais novos', '1 canal de saída adicional', '1 módulo URA', 'linha nova'."""
        how_many = self.to_sell or self.wanted or 1
        if self.kind == "line":
            return "linha nova"
        plain = KINDS[self.kind].counted(how_many)
        if self.kind == "module":
            return f"{plain} {self.module}"
        more = {"extension": "novo", "outbound_channel": "adicional"}[self.kind]
        plural = {"novo": "novos", "adicional": "adicionais"}[more]
        return f"{plain} {more if how_many == 1 else plural}"

    @property
    def stage(self) -> str:
        """triage, negotiation or ended: what can be done with it."""
        return STAGES.get(self.status, "ended")

    @property
    def status_words(self) -> str:
        return STATUSES[self.status]

    @property
    def is_line(self) -> bool:
        """A line is not looked for in what the customer has, and may end as a sale (U-04, D-29)."""
        return self.kind == "line"

    @property
    def is_agreed(self) -> bool:
        return self.status == "agreed"

    @property
    def is_launched(self) -> bool:
        return self.status == "launched"

    @property
    def is_sold(self) -> bool:
        return self.status == "sold"

    @property
    def answer_words(self) -> str:
        return ANSWERS.get(self.answer or "", "")

    @property
    def zone(self) -> str:
        return zone_of(self)

    @classmethod
    def refusal_to_register(cls) -> str | None:
        """Why whoever acts does not take a request: three sectors do, the others read (D-01)."""
        return refusal_to_step("support", "sales", "finance")

    @classmethod
    def register(
        cls,
        person: Person,
        kinds: Sequence[str],
        *,
        answer: str = "",
        intention_confirmed: bool = False,
        module: str = "",
        line_number: str = "",
        donor: str = "",
        note: str = "",
        ticket_id: int | None = None,
    ) -> UpgradeRequest:
        """Take a request of one type. The answer to the question decides between line and extension (U-01 to U-04).

        A line goes to Comercial at once, with the intention confirmed; the others wait for whoever looks at what the
        customer has. Raises Refused with the fields at fault.
        """
        mine = require_step("support", "sales", "finance")
        kind, errors = _kind(kinds, answer)
        if kind == "line" and not intention_confirmed:
            errors["intention_confirmed"] = "Confirme com o cliente o que ele quer, e marque aqui."
        if kind == "line" and (refusal := refusal_of_line_number(line_number)):
            errors["line_number"] = refusal
        if kind == "module" and not tidy(module):
            errors["module"] = "Escreva qual módulo. Exemplo: Gravação."
        if errors:
            raise Refused(errors=errors)
        ticket = db.session.get(Ticket, ticket_id) if ticket_id is not None else None
        if ticket_id is not None and (ticket is None or ticket.person_id != person.id):
            raise Refused("Este atendimento não é deste cliente. Abra o pedido a partir do atendimento dele.")
        phones = telephones(person.id)
        if not phones and kind != "line":
            raise Refused(NO_TELEPHONE, fix=person)
        is_line = kind == "line"
        row = cls(
            company_id=phones[0].company_id if phones else person.company_id,
            person_id=person.id,
            ticket_id=ticket_id,
            kind=kind,
            answer=answer if kind in KIND_OF_ANSWER.values() else None,
            intention_confirmed=is_line,
            wanted=1 if is_line else None,  # each line is a request of its own: it has its own number
            module=tidy(module) if kind == "module" else "",
            line_number=digits(line_number) if is_line else "",
            donor=tidy(donor) if is_line else "",
            note=tidy(note),
            status="triage",
            author_id=who().actor.id,
            author_department_id=mine.id,
            created_at=clock.now(),
            version=1,
        )
        db.session.add(row)
        db.session.flush()
        db.session.refresh(row)  # what follows finds every column, the empty ones too
        row.record("upgrade_request.registered", kind=row.title, sector=mine.name)
        if is_line:
            row._forward()
        return row

    def hold(self, version: int | None = None) -> None:
        """Lock its panel, then itself. Raises Stale when it is not the one that was shown."""
        Pabx.held(self.company_id, self.person_id)
        self.require_version(version)

    def end(self, status: str, reason: str = "") -> None:
        """Only its verbs and the launch call this."""
        self.take(status=status, ended_at=clock.now(), end_reason=tidy(reason))
        if status in ("sold", "existing", "not_agreed", "given_up"):
            self.record("upgrade_request.ended", how=STATUSES[status], reason=tidy(reason) or "-")

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


def digits(typed: str | None) -> str:
    return re.sub(r"[\s().\-+/]", "", typed or "")


def refusal_of_line_number(typed: str | None) -> str | None:
    """Why this is no telephone number; empty is not known yet."""
    number = digits(tidy(typed))
    if not number or (number.isascii() and number.isdigit() and 10 <= len(number) <= 11):
        return None
    return "Escreva o número com DDD. Exemplo: (37) 3221-1000."


def _kind(kinds: Sequence[str], answer: str) -> tuple[str, dict[str, str]]:
    """The type, which the answer decides where it is asked, and what is wrong with either."""
    if len(set(kinds)) > 1:
        return "", {"kind": TWO_TYPES}
    kind = kinds[0] if kinds else ""
    if kind not in KINDS:
        return "", {"kind": "Escolha o tipo de upgrade."}
    if kind not in KIND_OF_ANSWER.values():
        return kind, {}
    if answer not in ANSWERS:
        return kind, {"answer": "Faça a pergunta ao cliente e marque o que ele respondeu."}
    return KIND_OF_ANSWER[answer], {}
