"""An effect: something to be done outside the transaction that decided it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, Index, String, func, literal, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Id, changed, db
from models.refused import Stale, require

TASKS = {
    "apply_access": "Aplicar o acesso na rede",
    "render_document": "Preparar um PDF",
    "review_service": "Rever o débito de um serviço",
    "send_notice": "Enviar um e-mail",
    "send_code": "Enviar um código de entrada",
    "tell_ticket": "Avisar um cliente do atendimento",
    "request_pix": "Registrar um Pix no banco",
    "confirm_pix": "Conferir um Pix recebido",
    "settle_file": "Processar um retorno do banco",
    "repeat_routine": "Repetir uma rotina",
    "order_closed": "Habilitar o serviço de uma OS encerrada",
    "distribute_order": "Distribuir uma OS ao iClass",
    "gather_tickets": "Reunir os atendimentos de uma parada",
    "answer_outage": "Responder um atendimento de uma parada",
}
KINDS = tuple(TASKS)
LEASE = timedelta(seconds=120)  # longer than the longest effect: a PDF has 90 s with the start of its helper
BACK_OFF = [timedelta(minutes=m) for m in (1, 2, 5, 15, 60)]
LATER = timedelta(hours=6)
TRIES = 12


class Effect(Base):
    __tablename__ = "effect"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="ready")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    owner: Mapped[str | None] = mapped_column(String(60))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        CheckConstraint(f"kind in {KINDS!r}", name="kind"),
        CheckConstraint("state in ('ready','done','dead')", name="state"),
        Index("ix_effect_state_due_at", "state", "due_at"),
        KEPT_IDS,
    )

    @property
    def label(self) -> str:
        return f"tarefa {self.id}"

    def finish(self, owner: str) -> bool:
        """Mark as done if this worker still holds it; False when it came too late."""
        return self._close(owner, state="done", last_error=None)

    def fail(self, owner: str, error: str) -> bool:
        """Try again later (1, 2, 5, 15, 60 min, then every 6 h); dead after 12 tries, for a person to see."""
        if self.attempts >= TRIES:
            return self._close(owner, state="dead", last_error=error[:300])
        wait = BACK_OFF[self.attempts - 1] if self.attempts <= len(BACK_OFF) else LATER
        return self._close(owner, due_at=clock.now() + wait, lease_until=None, last_error=error[:300])

    def refusal_to_retry(self) -> str | None:
        if self.state == "dead":
            return None
        if self.state == "done":
            return "Esta tarefa já foi concluída."
        return "Esta tarefa já está na fila. Ela é tentada de novo sozinha."

    def retry(self) -> None:
        """Ready again, with all its tries, for a person has mended the cause. Raises Refused, Stale."""
        require(self.refusal_to_retry())
        fresh = {"state": "ready", "attempts": 0, "due_at": clock.now(), "lease_until": None, "owner": None}
        if not _changed(Effect.id == self.id, Effect.state == "dead", **fresh):
            raise Stale("Outra pessoa acabou de mandar repetir esta tarefa.")

    def _close(self, owner: str, **values: Any) -> bool:
        return bool(_changed(Effect.id == self.id, Effect.owner == owner, Effect.state == "ready", **values))


def enqueue(kind: str, key: str, payload: dict[str, Any], at: datetime | None = None) -> None:
    """Ask for an effect, in the transaction that decides it. `key` makes it unique, `payload` holds ids only."""
    if kind not in KINDS:
        raise KeyError(kind)
    now = clock.now()
    db.session.add(Effect(kind=kind, key=f"{kind}:{key}", payload=payload, created_at=now, due_at=at or now))


def claim(owner: str) -> Effect | None:
    """Take the next due effect for the time of a lease. Two workers never hold the same one."""
    now = clock.now()
    free = (
        select(Effect.id)
        .where(
            Effect.state == "ready",
            Effect.due_at <= now,
            Effect.attempts < TRIES,
            (Effect.lease_until.is_(None)) | (Effect.lease_until < now),
        )
        .order_by(Effect.due_at, Effect.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return db.session.scalar(
        update(Effect)
        .where(Effect.id == free)
        .values(lease_until=now + LEASE, owner=owner, attempts=Effect.attempts + 1)
        .returning(Effect)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def exhausted(at: datetime) -> Any:
    """The effects whose workers had died at each of their tries by a moment: claimed twelve times, never closed."""
    return (Effect.state == "ready") & (Effect.attempts >= TRIES) & (Effect.lease_until < at)


def bury(at: datetime) -> int:
    """Mark those exhausted by a moment as dead, for a person to see; how many they were."""
    why = func.coalesce(Effect.last_error, "o worker parou em todas as tentativas")
    return _changed(exhausted(at), state="dead", last_error=why)


def waits(prefix: str) -> bool:
    """Is there an effect with such a key whose first try is still to come? It will see what is so by then."""
    fresh = _fresh(Effect.key.startswith(prefix, autoescape=True))
    return db.session.scalar(select(Effect.id).where(*fresh).limit(1)) is not None


def waiting(kind: str, key: ColumnElement[str], *also: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same beside the other columns of a question, of a kind and of keys that begin so."""
    fresh = _fresh(Effect.kind == kind, Effect.key.like(literal(f"{kind}:").concat(key).concat("%")), *also)
    return select(Effect.id).where(*fresh).exists()


def _fresh(*which: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return Effect.state == "ready", Effect.attempts == 0, *which


def _changed(*where: Any, **values: Any) -> int:
    return changed(update(Effect).where(*where).values(**values))
