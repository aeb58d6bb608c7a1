"""What a routine, a run, a file or a webhook could not take along: named until it goes through or somebody saw it.

A row that fails leaves only itself out (B-06). Callers keep the word about it in a transaction of its own, after what
undoes the work on the row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, case, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Id, changed, db, upsert
from models.refused import Refused, Stale, require
from models.scope import TODAS, OfOneCompany, who
from models.wording import tidy

# What works over many rows: how people call it, and the routine that tries the row again ("": none, see NOT_AGAIN).
WORKS = {
    "trust_unlock_ends": ("Fim da liberação em confiança", "trust_unlock_ends"),
    "billing": ("Faturamento", "billing"),
    "mails_issued": ("E-mail de fatura emitida", "invoice_mails"),
    "mails_paid": ("E-mail de fatura paga", "invoice_mails"),
    "dunning": ("Régua de cobrança", "dunning"),
    "pix_requests": ("Registro de Pix no banco", "pix_requests"),
    "pix_reconciliation": ("Conciliação de Pix", "pix_reconciliation"),
    "pix_webhook": ("Aviso de Pix do banco", "pix_reconciliation"),
    "exhausted_effects": ("Tarefas sem resposta", "exhausted_effects"),
    "retention": ("Limpeza do que venceu", "retention"),
    "pix_returned": ("Pix devolvido pelo banco", ""),
    "outgoing": ("Remessa", ""),
    "return": ("Leitura de retorno", ""),
    "settle_file": ("Processamento de retorno", ""),
}
NOT_AGAIN = {
    "pix_returned": "Abra o Pix e decida. Sem mais o que fazer, marque como vista.",
    "outgoing": "Arrume a causa e gere uma remessa: o boleto entra nela.",
    "return": "O banco escreveu assim. Peça a ele o arquivo certo, ou veja no extrato se há dinheiro nesta linha.",
    "settle_file": "Arrume a causa e mande processar o retorno de novo, na página dele.",
}
STATUSES = {"open": "Deixada de fora", "seen": "Vista", "solved": "Resolvida"}
BY_ITSELF = "Enlace"  # who solved what went through


@dataclass(frozen=True)
class Left:
    """A row that could not be taken along. `sentence` says what is wrong and what mends it, `fix` where (kind, id)."""

    kind: str
    id: int
    sentence: str
    person_id: int | None = None
    fix: tuple[str, int] | None = None
    part: str = ""  # of the row: a line of a file, an endToEndId
    company_id: int = TODAS  # of the row; TODAS where it is nobody's alone

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}:{self.part}"[:120]


class LeftOut(OfOneCompany, Base):
    """One row for each (work, row), however often it is left out; it belongs to the company of that row."""

    __tablename__ = "left_out"

    id: Mapped[Id]
    work: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120))
    row_kind: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(60), default="")
    person_id: Mapped[int | None]
    sentence: Mapped[str] = mapped_column(String(300))
    fix_kind: Mapped[str] = mapped_column(String(40), default="")
    fix_id: Mapped[int | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10), default="open")
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")  # why somebody took it as seen

    __table_args__ = (
        UniqueConstraint("work", "key", name="uq_left_out_once"),
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        CheckConstraint("(status = 'open') = (ended_at is null)", name="ended_at"),
        CheckConstraint("status <> 'seen' or reason <> ''", name="reason"),
        CheckConstraint("sentence <> '' and times > 0", name="sentence"),
        Index("ix_left_out_status_work", "status", "work"),
        KEPT_IDS,
    )

    @property
    def label(self) -> str:
        return f"linha deixada de fora {self.id}"

    @property
    def work_name(self) -> str:
        return WORKS[self.work][0]

    @property
    def routine(self) -> str:
        """The routine that tries it again; empty where a person does."""
        return WORKS[self.work][1]

    def refusal_to_repeat(self) -> str | None:
        """Why no routine can be asked to try it again now."""
        if self.status == "solved":
            return "Isto já foi resolvido. Não há o que repetir."
        return NOT_AGAIN.get(self.work)

    def refusal_to_see(self) -> str | None:
        if self.status == "open":
            return None
        return "Isto já foi resolvido." if self.status == "solved" else "Isto já foi marcado como visto."

    def see(self, reason: str) -> None:
        """Marcar como vista: it is no longer counted, until it fails for another cause. Raises Refused, Stale."""
        require(self.refusal_to_see())
        why = tidy(reason)
        if not why:
            raise Refused("Escreva o motivo. Exemplo: cliente avisado, não há o que fazer.", field="reason")
        if len(why) > 200:
            raise Refused("Use no máximo 200 caracteres.", field="reason")
        ended = {"status": "seen", "ended_at": clock.now(), "ended_by": who().actor.name, "reason": why}
        if not changed(update(LeftOut).where(LeftOut.id == self.id, LeftOut.status == "open").values(**ended)):
            raise Stale("Outra pessoa acabou de mexer nisto. Confira de novo.")
        db.session.expire(self)

    def refusal_to_reopen(self) -> str | None:
        return None if self.status == "seen" else "Só volta à lista o que alguém marcou como visto."

    def reopen(self) -> None:
        """Devolver à lista: the undo of `see`. Raises Refused, Stale."""
        require(self.refusal_to_reopen())
        if not changed(update(LeftOut).where(LeftOut.id == self.id, LeftOut.status == "seen").values(**OPEN)):
            raise Stale("Outra pessoa acabou de mexer nisto. Confira de novo.")
        db.session.expire(self)


WHOEVER = {"every_company": "what a work left out, whoever works where"}
OPEN = {"status": "open", "ended_at": None, "ended_by": "", "reason": ""}


def keep_left_out(work: str, lefts: Iterable[Left]) -> None:
    """Keep what was left out, in the transaction of the caller; told again it counts again.

    What somebody took as seen stays so while the sentence is the same; what was solved is open again.
    """
    if work not in WORKS:
        raise KeyError(work)
    for left in sorted({left.key: left for left in lefts}.values(), key=lambda left: left.key):
        db.session.execute(_keeping(work, left), execution_options=WHOEVER)


def open_keys(work: str) -> set[str]:
    """The rows of a work that wait: open, or seen and not gone through yet."""
    waiting = select(LeftOut.key).where(LeftOut.work == work, LeftOut.status != "solved")
    return set(db.session.scalars(waiting, execution_options=WHOEVER))


def solve(work: str, keys: Collection[str]) -> int:
    """These rows went through; in the transaction of the caller. How many were waiting."""
    if not keys:
        return 0
    mine = (LeftOut.work == work, LeftOut.key.in_(keys), LeftOut.status != "solved")
    ended = {"status": "solved", "ended_at": clock.now(), "ended_by": BY_ITSELF, "reason": ""}
    return changed(update(LeftOut).where(*mine).values(**ended).execution_options(**WHOEVER))


def _keeping(work: str, left: Left) -> Any:
    now, (fix_kind, fix_id) = clock.now(), left.fix or ("", None)
    told = {
        "company_id": left.company_id,
        "part": left.part[:60],
        "person_id": left.person_id,
        "sentence": left.sentence[:300],
        "fix_kind": fix_kind,
        "fix_id": fix_id,
        "last_at": now,
    }
    new = {"work": work, "key": left.key, "row_kind": left.kind, "row_id": left.id, "first_at": now}
    adding = upsert(LeftOut).values(**new, **told, **OPEN, times=1)
    same = (LeftOut.status == "seen") & (LeftOut.sentence == told["sentence"])
    stays = {name: case((same, getattr(LeftOut, name)), else_=value) for name, value in OPEN.items()}
    again = {**told, **stays, "times": LeftOut.times + 1}
    return adding.on_conflict_do_update(index_elements=[LeftOut.work, LeftOut.key], set_=again)
