"""Encerrar O.S., cancel and reopen: what was found and done, with what; what the end sets off (A-90, A-121, D-19)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.files import Attachment, Incoming
from models.history import Event
from models.operators.company import zone_by_id
from models.outbox import enqueue
from models.refused import Refused, require
from models.scope import who
from models.services import Service
from models.tickets import Ticket
from models.wording import moment, tidy, tidy_lines
from models.work_orders.field_group import technicians_of
from models.work_orders.kind import WorkOrderKind
from models.work_orders.opening import WRONG

MOST_MATERIALS = 12
MOST_FOUND, MOST_DONE, MOST_ITEM = 500, 4000, 80
QUANTITY = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?\s*([^\W\d_][^\W\d]{0,9})?")


class Material(NamedTuple):
    """What was used: an item, and how much of it as typed: '2', '2,5 m'."""

    item: str
    quantity: str


class WorkOrderMaterial(Base):
    __tablename__ = "work_order_material"

    id: Mapped[Id]
    work_order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"))
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(MOST_ITEM))
    quantity_thousandths: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10), default="")

    __table_args__ = (
        CheckConstraint("item <> ''", name="item"),
        CheckConstraint("quantity_thousandths > 0", name="quantity_thousandths"),
        UniqueConstraint("work_order_id", "position"),
    )

    @property
    def quantity(self) -> str:
        """'2', '2,5 m'."""
        whole, rest = divmod(self.quantity_thousandths, 1000)
        parts = f",{rest:03}".rstrip("0") if rest else ""
        return f"{whole}{parts} {self.unit}".strip()


class Closes:
    if TYPE_CHECKING:
        __tablename__: str
        id: Any
        number: Any
        company_id: Any
        person_id: Any
        service_id: Any
        ticket_id: Any
        kind_id: Any
        status: Any
        starts_at: Any
        created_at: Any
        closed_at: Any
        version: Any
        record: Any
        require_version: Any
        take: Any

        def refusal_of_end(self, closed: str, cancelled: str) -> str | None: ...

    def refusal_to_close(self) -> str | None:
        return self.refusal_of_end("Esta ordem já foi encerrada", "Esta ordem foi cancelada")

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
    ) -> None:
        """It is done: when the work ended, by whom, what was found and done, with what (A-90, A-121).

        The end of an installation asks for its service to be enabled, once what was written is committed (D-19). Raises
        Refused with the fields at fault, `material-N` of a row; Stale when somebody was faster.
        """
        self.require_version(version)
        require(self.refusal_to_close())
        there = technicians_of(self.company_id)
        found, done = tidy_lines(found), tidy_lines(done)
        used, errors = _read(materials)
        at, wrong = self._ended_at(ended_on, ended_time)
        errors |= wrong | _said_errors(found, done)
        if technician_id not in there:
            errors["technician_id"] = WRONG["technician_id"]
        if errors or technician_id is None:
            raise Refused(errors=errors)
        self._release()
        self.take(
            None,
            status="closed",
            closed_at=at,
            closed_by_id=who().actor.id if who().actor.kind == "operator" else None,
            technician_id=technician_id,
            defect_found=found,
            done=done,
        )
        if used:
            rows = [{**row, "work_order_id": self.id, "position": place} for place, row in enumerate(used)]
            db.session.execute(insert(WorkOrderMaterial), rows)
        for photo in photos:
            Attachment.attach(self, photo, "internal")
        about = {"number": self.number, "technician": there[technician_id]}
        kept = {"found": found, "done": done, "materials": [[row.item, row.quantity] for row in self.materials()]}
        self.record("work_order.closed", **about, **kept)
        if self.service_id and db.session.get_one(WorkOrderKind, self.kind_id).installation:
            enqueue("order_closed", f"{self.id}:{self.version}", {"work_order_id": self.id})

    def materials(self) -> list[WorkOrderMaterial]:
        mine = select(WorkOrderMaterial).where(WorkOrderMaterial.work_order_id == self.id)
        return list(db.session.scalars(mine.order_by(WorkOrderMaterial.position)))

    def refusal_to_cancel(self) -> str | None:
        if self.status == "closed":
            return "Esta ordem já foi encerrada e não se cancela. Se o encerramento estava errado, reabra, com motivo."
        return "Esta ordem já está cancelada." if self.status == "cancelled" else None

    def cancel(self, reason: str, version: int) -> None:
        """It is not done, and will not be; its ticket does not wait for it any more. Raises Refused, Stale."""
        self.require_version(version)
        require(self.refusal_to_cancel())
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que a ordem é cancelada.", field="reason")
        self._release()
        self.take(None, status="cancelled")
        self.record("work_order.cancelled", number=self.number, reason=reason[:500])

    def refusal_to_reopen(self, ticket: Ticket | None = None) -> str | None:
        """Why it cannot come back: it is under way, or its `ticket`, where a page knows it already, is finished."""
        if self.status not in ("closed", "cancelled"):
            return "Esta ordem está em andamento."
        ticket = ticket or self.ticket()
        if ticket is not None and ticket.is_closed:
            return f"O atendimento {ticket.protocol} está finalizado. Reabra o atendimento antes de reabrir a ordem."
        return None

    def reopen(self, reason: str, version: int) -> None:
        """Take the end back: open again and without appointment; what the closing said stays in history.

        A service that the end enabled stays enabled: suspend or cancel it by itself. Raises Refused, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_reopen(), fix=self.ticket())
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que a ordem volta.", field="reason")
        if ticket := self.ticket():
            ticket.order_opened()
        db.session.execute(delete(WorkOrderMaterial).where(WorkOrderMaterial.work_order_id == self.id))
        free = {"technician_id": None, "starts_at": None, "ends_at": None}
        self.take(None, status="open", closed_at=None, closed_by_id=None, defect_found="", done="", **free)
        self.record("work_order.reopened", number=self.number, reason=reason[:500])

    def last_closing(self) -> Event | None:
        """What the newest closing said, of an order that was closed and reopened."""
        mine = select(Event).where(Event.subject_type == self.__tablename__, Event.subject_id == self.id)
        mine = mine.where(Event.action == "work_order.closed", Event.erased_at.is_(None))
        return db.session.scalars(mine.order_by(Event.id.desc()).limit(1)).first()

    def ticket(self) -> Ticket | None:
        """The ticket it was opened from."""
        if self.ticket_id is None:
            return None
        return db.session.scalars(select(Ticket).where(Ticket.id == self.ticket_id)).one_or_none()

    def enable_service(self) -> None:
        """What the end of an installation owes: its service, where it still waits, is enabled; else nothing (D-19).

        One that was enabled meanwhile is as it should be; one that was cancelled is told in the history of the order.
        """
        service = db.session.scalars(select(Service).where(Service.id == self.service_id)).one()
        db.session.refresh(service, with_for_update={"key_share": True})
        if self.status != "closed":
            return
        if service.awaits_installation:
            service.enable()
        elif service.status == "cancelled":
            self.record("work_order.service_gone", number=self.number, plan=service.plan_name)

    def _release(self) -> None:
        if ticket := self.ticket():
            ticket.order_ended()

    def _ended_at(self, on: date | None, hour: time | None) -> tuple[datetime | None, dict[str, str]]:
        """The moment of a local day and hour, or what is wrong in them."""
        errors = {} if on else {"ended_on": "Escolha o dia em que o trabalho terminou."}
        if hour is None:
            errors["ended_time"] = "Escreva a hora em que o trabalho terminou. Exemplo: 14:30."
        if on is None or hour is None:
            return None, errors
        zone = zone_by_id(self.company_id)
        at = clock.at(on, hour, zone)
        if at > clock.now():
            errors["ended_time"] = "Este momento ainda não chegou. Escreva quando o trabalho terminou."
        elif on < clock.local(self.created_at, zone).date():
            opened = moment(self.created_at, zone)
            errors["ended_on"] = f"A ordem foi aberta em {opened}. Escolha um dia a partir daí."
        return at, errors


def _said_errors(found: str, done: str) -> dict[str, str]:
    errors = {}
    if not tidy(done):
        errors["done"] = "Escreva o que foi feito. Sem isso a ordem não encerra."
    elif len(done) > MOST_DONE:
        errors["done"] = f"Use no máximo {MOST_DONE} caracteres."
    if len(found) > MOST_FOUND:
        errors["defect_found"] = f"Use no máximo {MOST_FOUND} caracteres."
    return errors


def _read(materials: Sequence[Material]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows that say something, and what is wrong in each, by its place: 'material-2'."""
    rows: list[dict[str, Any]] = []
    errors = {}
    for place, one in enumerate(materials):
        item, typed = tidy(one.item), tidy(one.quantity)
        if not item and not typed:
            continue
        found = QUANTITY.fullmatch(typed)
        thousandths = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else 0
        if not item:
            errors[f"material-{place}"] = "Escreva o material."
        elif len(item) > MOST_ITEM:
            errors[f"material-{place}"] = f"Use no máximo {MOST_ITEM} caracteres."
        elif thousandths <= 0:
            errors[f"material-{place}"] = "Escreva uma quantidade maior que zero. Exemplos: 2, ou 2,5 m."
        elif len(rows) == MOST_MATERIALS:
            errors[f"material-{place}"] = f"Escreva no máximo {MOST_MATERIALS} materiais."
        else:
            unit = (found[3] or "") if found else ""
            rows.append({"item": item, "quantity_thousandths": thousandths, "unit": unit})
    return rows, errors
