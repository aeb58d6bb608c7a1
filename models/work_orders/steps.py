"""What a technician tells from the field, once and when it happened: on the way, there, a note, a photo (A-122)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.files import Attachment, Incoming
from models.operators import Operator
from models.refused import Refused, require
from models.scope import who
from models.wording import moment, tidy, tidy_lines
from models.work_orders.closing import Material

STEPS = {"on_the_way": "A caminho", "arrived": "No local", "note": "Nota", "photo": "Foto", "done": "Feito"}
MOST_NOTE, MOST_SIGNER = 2000, 120
AHEAD = timedelta(minutes=5)  # what the clock of a phone may be fast
BEFORE, AFTER = "before", "after"  # sides of [order opened, now + 5 minutes]
NOT_YOURS = "Esta ordem não está mais com você. Conte à equipe o que já foi feito."
ANOTHER = "Este passo já foi enviado com outros dados. Recarregue a página e confira o que está gravado."


class WorkOrderStep(Base):
    """History: a step is never taken back nor changed; a wrong one is answered by a note (decision 043).

    `happened_at` is what the device told, `outside` where that lies beyond what can be.
    """

    __tablename__ = "work_order_step"

    id: Mapped[Id]
    work_order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    kind: Mapped[str] = mapped_column(String(10))
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    outside: Mapped[str] = mapped_column(String(6), default="")
    text: Mapped[str] = mapped_column(String(MOST_NOTE), default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), unique=True)  # photo or signature
    signed_by: Mapped[str] = mapped_column(String(MOST_SIGNER), default="")
    key: Mapped[str] = mapped_column(String(36), unique=True)  # of the form it was told by: sent twice it is one

    __table_args__ = (
        CheckConstraint(f"kind in {tuple(STEPS)!r}", name="kind"),
        CheckConstraint(f"outside in {('', BEFORE, AFTER)!r}", name="outside"),
        CheckConstraint("outside <> 'before' or happened_at < recorded_at", name="before"),
        CheckConstraint("outside <> 'after' or happened_at > recorded_at", name="after"),
        CheckConstraint("(kind = 'note') = (text <> '')", name="text"),
        CheckConstraint("kind <> 'photo' or attachment_id is not null", name="photo"),
        CheckConstraint("kind in ('photo', 'done') or attachment_id is null", name="attachment"),
        CheckConstraint("kind = 'done' or signed_by = ''", name="signed_by"),
        CheckConstraint("kind <> 'done' or attachment_id is null or signed_by <> ''", name="signature"),
        CheckConstraint("length(key) = 36", name="key"),
        Index("ix_work_order_step_work_order_id_happened_at", "work_order_id", "happened_at"),
    )

    @property
    def stands_at(self) -> datetime:
        """Where it stands among the others: when it happened, or when it came where that cannot have been."""
        return self.recorded_at if self.outside else self.happened_at

    def mark(self, zone: str) -> str:
        """What is odd about its moment, in words; nothing of most."""
        if not self.outside:
            return ""
        told = moment(self.happened_at, zone)
        why = "antes de a ordem ser aberta" if self.outside == BEFORE else "um momento que ainda não tinha chegado"
        return f"O aparelho disse {told}, {why}. Vale a hora em que chegou."


class Steps:
    if TYPE_CHECKING:
        id: Any
        number: Any
        company_id: Any
        person_id: Any
        status: Any
        technician_id: Any
        created_at: Any
        closed_at: Any
        version: Any
        zone: Any
        record: Any
        require_version: Any
        __tablename__: str

        def close(
            self,
            ended_on: date | None,
            ended_time: time | None,
            technician_id: int | None,
            found: str,
            done: str,
            materials: Sequence[Material],
            version: int,
            photos: Sequence[Incoming] = (),
        ) -> None: ...

    def refusal_to_step(self, happened_at: datetime | None = None) -> str | None:
        """Why whoever acts tells no step of it: it is another's, or over before this happened.

        What happened before the end may come late, from a phone that had no network; of a cancelled order nothing may.
        """
        if who().actor.kind != "operator" or self.technician_id != who().actor.id:
            return NOT_YOURS
        if self.status == "cancelled":
            return "Esta ordem foi cancelada. Conte à equipe o que já foi feito."
        # The end is told to the minute.
        if self.status == "closed" and (happened_at is None or happened_at >= self.closed_at + timedelta(minutes=1)):
            ended = moment(self.closed_at, self.zone)
            return f"Esta ordem foi encerrada em {ended}. Só entra nela o que aconteceu antes."
        return None

    def step(
        self,
        kind: str,
        key: str,
        happened_at: datetime | None = None,
        text: str = "",
        photo: Incoming | None = None,
    ) -> WorkOrderStep:
        """Tell one step, at the moment it happened as the device says, or now; the same key again is the same step.

        A moment outside [order opened, now + 5 minutes] is kept as told, and marked. Raises Refused: not on the way,
        arrived, a note or a photo; another's order or one that is over; a note without text, a photo without picture.
        """
        self.require_version(None)
        if known := self._known(key, kind):
            return known
        require(self.refusal_to_step(happened_at or clock.now()))
        text = tidy_lines(text)
        require(_fault_of_kind(kind))
        if kind == "note" and not tidy(text):
            raise Refused("Escreva a nota.", field="text")
        if len(text) > MOST_NOTE:
            raise Refused(f"Use no máximo {MOST_NOTE} caracteres.", field="text")
        if kind == "photo" and (photo is None or photo.width is None):
            raise Refused("Tire ou escolha uma foto: JPEG, PNG ou WebP.", field="files")
        picture = Attachment.attach(self, photo, "internal") if kind == "photo" and photo else None
        row = self._keep(kind, key, happened_at, text=text if kind == "note" else "", attachment=picture)
        about = {"number": self.number, "happened_at": row.happened_at.isoformat()}
        if kind == "on_the_way":
            self.record("work_order.on_the_way", **about)
        elif kind == "arrived":
            self.record("work_order.arrived", **about)
        elif kind == "note":
            self.record("work_order.noted", **about, text=row.text)
        else:
            self.record("work_order.photographed", **about)
        return row

    def close_on_site(
        self,
        ended_on: date | None,
        ended_time: time | None,
        found: str,
        done: str,
        materials: Sequence[Material],
        key: str,
        happened_at: datetime | None = None,
        signed_by: str = "",
        signature: Incoming | None = None,
    ) -> WorkOrderStep:
        """Close it from the phone of its technician, with the last step and the signature of who received the work.

        What the desk edited or moved meanwhile does not refuse it: the work is done. Raises Refused with the fields at
        fault, of another's order, and of one that is over.
        """
        self.require_version(None)
        if known := self._known(key, "done"):
            return known
        if self.technician_id != who().actor.id:
            raise Refused(NOT_YOURS)
        signed_by = tidy(signed_by)
        if signature and not signed_by:
            raise Refused("Escreva o nome de quem assinou.", field="signed_by")
        if len(signed_by) > MOST_SIGNER:
            raise Refused(f"Use no máximo {MOST_SIGNER} caracteres.", field="signed_by")
        self.close(ended_on, ended_time, self.technician_id, found, done, materials, self.version)
        picture = None
        if signature:
            picture = Attachment.attach(self, signature, "internal", f"Assinatura de {signed_by}"[:200])
        return self._keep("done", key, happened_at, signed_by=signed_by, attachment=picture)

    def _known(self, key: str, kind: str) -> WorkOrderStep | None:
        """The step that was told with this key already."""
        row = db.session.scalars(select(WorkOrderStep).where(WorkOrderStep.key == key)).one_or_none()
        if row and (row.work_order_id, row.operator_id, row.kind) != (self.id, who().actor.id, kind):
            raise Refused(ANOTHER)
        return row

    def _keep(
        self,
        kind: str,
        key: str,
        happened_at: datetime | None,
        *,
        text: str = "",
        signed_by: str = "",
        attachment: Attachment | None = None,
    ) -> WorkOrderStep:
        now = clock.now()
        at = (happened_at or now).replace(microsecond=0)
        row = WorkOrderStep(
            work_order_id=self.id,
            operator_id=who().actor.id,
            kind=kind,
            happened_at=at,
            recorded_at=now,
            outside=BEFORE if at < self.created_at else AFTER if at > now + AHEAD else "",
            text=text,
            signed_by=signed_by,
            attachment_id=attachment.id if attachment else None,
            key=key,
        )
        db.session.add(row)
        db.session.flush()
        return row


def _fault_of_kind(kind: str) -> str | None:
    return None if kind in STEPS and kind != "done" else "Escolha um passo: a caminho, no local, nota ou foto."


class StepLine(NamedTuple):
    """A step as pages show it. `photo`: its picture, unless it was taken away."""

    step: WorkOrderStep
    technician: str
    photo: Attachment | None

    @property
    def words(self) -> str:
        """'Chegou ao local', 'Feito, com a assinatura de Rita Souza'."""
        kind, signer = self.step.kind, self.step.signed_by
        if kind == "done" and signer:
            return (
                f"Feito, com a assinatura de {signer}" if self.step.attachment_id else f"Feito, recebido por {signer}"
            )
        if kind == "photo" and self.photo is None:
            return "Foto, que foi excluída"
        return {"on_the_way": "Saiu a caminho", "arrived": "Chegou ao local"}.get(kind, STEPS[kind])


def steps_of(order_id: int) -> list[StepLine]:
    """All that was told of an order from the field, by the moment it happened; one question."""
    rows = (
        select(WorkOrderStep, Operator.name, Attachment)
        .join(Operator, Operator.id == WorkOrderStep.operator_id)
        .outerjoin(Attachment, (Attachment.id == WorkOrderStep.attachment_id) & Attachment.deleted_at.is_(None))
        .where(WorkOrderStep.work_order_id == order_id)
    )
    found = [StepLine._make(row) for row in db.session.execute(rows)]
    return sorted(found, key=lambda line: (line.step.stands_at, line.step.id))
