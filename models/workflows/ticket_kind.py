"""Tipo de Atendimento: what the short form asks for; its process gives SLA and subprocess (C-59, C-115).

Its topic is what a subscriber chooses in the Central instead, in plain words (B-12).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models import clock
from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import chosen
from models.refused import Refused
from models.scope import TODAS
from models.wording import tidy
from models.workflows.chosen_row import ChosenRow, hold, needs
from models.workflows.process import Process

NO_STEP = "Este processo ainda não tem subprocesso. Adicione um a ele, ou escolha outro."
IN_USE = text("inactive_since is null")
OTHER = "other"
# What a subscriber may ask for, in the order of the Central.
TOPICS = {
    "no_internet": "Estou sem internet",
    "slow": "Está lenta ou caindo",
    "phone": "Telefone fixo",
    "billing": "Fatura e pagamento",
    "contest": "Contestar uma cobrança",
    OTHER: "Outro assunto",
}
NO_KIND = (
    "Ainda não há quem receba pedidos por aqui. Ligue para o provedor. "
    "A equipe cria um tipo de atendimento em Configuração, Workspace."
)


class TicketKind(ChosenRow, Base):
    """One without process is out of use: an atendimento of it would have no deadline and be nowhere."""

    __tablename__ = "ticket_kind"
    kind: ClassVar[str] = "o tipo de atendimento"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    code: Mapped[str] = mapped_column(String(10), info={"title": "código"})  # a text: 007 is not 7
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"), info={"title": "processo"})
    topic: Mapped[str | None] = mapped_column(String(20), info={"title": "assunto na Central"})
    inactive_since: Mapped[datetime | None]

    process: Mapped[Process | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("process_id is not null or inactive_since is not null", name="process_id"),
        CheckConstraint(f"topic in {tuple(TOPICS)!r}", name="topic"),
        Index(
            "uq_ticket_kind_company_id_topic",
            "company_id",
            "topic",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
        KEPT_IDS,
    )

    @property
    def title(self) -> str:
        """As people choose it: '007 · Sem acesso'."""
        return f"{self.code} · {self.name}"

    @classmethod
    def for_topic(cls, topic: str, company_id: int) -> TicketKind:
        """The type a request about this topic becomes: of the company, else of TODAS; else that of 'other'; else any.

        Raises Refused where no type is in use.
        """
        rows = select(cls).where(cls.inactive_since.is_(None), cls.company_id.in_((TODAS, company_id)))
        every = {"every_company": "a request stands in the company of the service, whoever writes it"}
        offered = db.session.scalars(rows.order_by(cls.code), execution_options=every).all()
        wanted = [(one, of) for one in (topic, OTHER) for of in (company_id, TODAS)]
        fits = {(row.topic, row.company_id): row for row in reversed(offered)}
        best = next((fits[one] for one in wanted if one in fits), offered[0] if offered else None)
        if best is None:
            raise Refused(NO_KIND)
        return best

    def first_process(self) -> Process:
        """What an atendimento of this type begins in, whoever opens it."""
        every = {"every_company": "the process of the type of a request, whoever writes it"}
        return db.session.scalars(select(Process).where(Process.id == self.process_id), execution_options=every).one()

    def create(self) -> None:
        """As any row of a catalogue; without process it is kept out of use until it has one."""
        if self.process_id is None:
            self.inactive_since = clock.now()
        super().create()

    def refusal_to_restore(self) -> str | None:
        """It needs a process that an atendimento can begin in (C-115)."""
        process = db.session.get(Process, self.process_id) if self.process_id is not None else None
        if process is None:
            return "Este tipo está sem processo. Escolha o processo em Editar e depois reative."
        if process.inactive_since is not None:
            return f"O processo {process.name} está fora de uso. Reative o processo, ou escolha outro em Editar."
        if other := self._with_topic(self.topic, self.company_id):
            return f"{self._refusal_of_topic(other)} Tire o assunto dele, ou deste em Editar, e depois reative."
        return None

    def restore(self) -> None:
        """As any row of a catalogue. Raises Refused without a process in use."""
        if self.process_id is not None:
            hold(Process, self.process_id, self.company_id)
        super().restore()

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "code": tidy(values["code"])} if "code" in values else values

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if not re.fullmatch(r"[0-9A-Za-z.-]{1,10}", new.get("code") or ""):
            errors["code"] = "Escreva o código com até 10 letras, números, pontos ou traços. Exemplo: 007."
        elif self._taken(new["code"], new.get("company_id")):
            errors["code"] = f"Já há um tipo com o código {new['code']}. Escolha outro."
        topic = new.get("topic")
        if topic is not None:
            errors |= chosen("topic", topic, TOPICS, "Escolha o assunto na lista.")
            other = None if new.get("inactive_since") else self._with_topic(topic, new.get("company_id"))
            errors |= {"topic": f"{self._refusal_of_topic(other)} Tire dele antes."} if other else {}
        process_id = new.get("process_id")
        if process_id is None and new.get("inactive_since") is None:
            errors["process_id"] = "Escolha o processo, ou inative o tipo antes de deixá-lo sem."
        elif process_id is not None and not self._keeps(process_id, new.get("company_id")):
            refusal = self._refusal_to_process(process_id, new.get("company_id"))
            errors |= {"process_id": refusal} if refusal else {}
        return errors

    def _keeps(self, process_id: int, company_id: Any) -> bool:
        return self.id is not None and (process_id, company_id) == (self.process_id, self.company_id)

    def _refusal_to_process(self, process_id: Any, company_id: Any) -> str | None:
        found = hold(Process, process_id, company_id)
        if found is None:
            return "Escolha um processo em uso, da empresa do tipo ou de TODAS."
        return None if found.first_step() else NO_STEP

    def _with_topic(self, topic: str | None, company_id: Any) -> TicketKind | None:
        """The other type in use that answers this topic in the company."""
        same = select(TicketKind).where(TicketKind.topic == topic, TicketKind.company_id == company_id)
        same = same.where(TicketKind.inactive_since.is_(None), TicketKind.id.is_distinct_from(self.id))
        return db.session.scalars(same.limit(1)).first() if topic else None

    def _refusal_of_topic(self, other: TicketKind) -> str:
        return f"O tipo {other.code} {other.name} já atende o assunto {TOPICS[other.topic or OTHER]}."

    def _write_named(self, values: dict[str, Any]) -> None:
        """Of two that take a topic at once the second hears of the topic: its name is not what was taken."""
        try:
            super()._write_named(values)
        except Refused:
            if other := self._with_topic(values.get("topic", self.topic), values.get("company_id", self.company_id)):
                raise Refused(f"{self._refusal_of_topic(other)} Tire dele antes.", field="topic") from None
            raise

    def _taken(self, code: str, company_id: Any) -> bool:
        """The same code where both would be offered: in one company, or in TODAS and any."""
        same = select(TicketKind.id).where(TicketKind.code == code, TicketKind.id.is_distinct_from(self.id))
        if company_id != TODAS:
            same = same.where(or_(TicketKind.company_id == company_id, TicketKind.company_id == TODAS))
        every = {"every_company": "a code of TODAS stands beside those of each"}
        return db.session.scalars(same.limit(1), execution_options=every).first() is not None


@needs(Process)
def _refusal_to_end(process_id: int) -> str | None:
    used = select(TicketKind.code, TicketKind.name)
    used = used.where(TicketKind.process_id == process_id, TicketKind.inactive_since.is_(None))
    found = db.session.execute(used.order_by(TicketKind.code).limit(1)).first()
    if found is None:
        return None
    return f"O tipo de atendimento {found.code} {found.name} usa este processo. Escolha outro nele antes de inativar."
