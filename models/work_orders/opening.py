"""Opening and editing a work order: what is asked, what each door demands, what is wrong in it (C-18, A-81, A-84)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.exc import IntegrityError

from models import clock
from models.base import db, lock
from models.numbers import take
from models.operators.company import zone_by_id
from models.people import Person
from models.refused import Refused, Stale, require
from models.scope import who
from models.services import Service
from models.tickets import Ticket
from models.wording import tidy, tidy_lines
from models.work_orders.doubts import Confirmed
from models.work_orders.kind import WorkOrderKind
from models.work_orders.status import BY_PANEL, BY_SALE, PENDING, Choices

GONE = "O que foi escolhido acaba de ser excluído da lista. Escolha de novo."
FARTHEST = timedelta(days=731)
MOST_TEXT = 2000
TITLES = {
    "kind_id": "tipo",
    "group_id": "grupo de atendimento",
    "defect_id": "defeito associado",
    "description": "defeito relatado",
}


class Opens:
    if TYPE_CHECKING:
        id: Any
        number: Any
        company_id: Any
        ticket_id: Any
        kind_id: Any
        group_id: Any
        defect_id: Any
        description: Any
        technician_id: Any
        starts_at: Any
        status: Any
        record: Any
        require_version: Any
        take: Any
        require_free: Any

    @classmethod
    def open(
        cls,
        person: Person,
        order: dict[str, Any],
        *,
        service: Service | None = None,
        ticket: Ticket | None = None,
        demanded: frozenset[str] = BY_PANEL,
        choices: Choices | None = None,
        confirmed: Confirmed = (),
    ) -> Self:
        """Open an order for somebody, of a service, from a ticket, or of neither (D-32).

        `order` as typed: kind_id, group_id, defect_id, description, technician_id, start_on, start_time, status.
        With a day and an hour it takes the time of a technician, and what speaks against that must be `confirmed`.
        Raises Refused with the fields at fault; Conflict; Stale for a ticket that is finished (A-108).
        """
        if service and service.person_id != person.id:
            raise Refused("Este serviço é de outro cliente. Escolha um dos serviços deste.", field="service_id")
        if service and service.status == "cancelled" and not ticket:
            raise Refused("Este serviço está cancelado. Escolha outro, ou nenhum.", field="service_id")
        if ticket and ticket.person_id != person.id:
            raise Refused("Este atendimento é de outro cliente.", fix=ticket)
        if service and ticket and service.company_id != ticket.company_id:
            raise Refused("Este serviço é de outra empresa. Escolha um da empresa do atendimento.", field="service_id")
        above = service or ticket
        # Held where neither says it: the record may be on the way to another company, and this order would stay behind.
        company_id = above.company_id if above else lock(person).company_id
        choices = choices or Choices.of(company_id)
        if errors := order_errors(order, choices, demanded, zone_by_id(company_id)):
            raise Refused(errors=errors)
        if ticket:
            ticket.order_opened()
            if ticket.company_id != company_id:
                raise Stale(
                    "O cadastro deste cliente mudou de empresa agora. Confira e abra a ordem de novo.", fix=ticket
                )
        kind = db.session.get(WorkOrderKind, order["kind_id"])
        if kind is None:
            raise Refused(errors={"kind_id": GONE})
        starts_at = start_of(order, zone_by_id(company_id)) if order.get("start_on") else None
        ends_at = starts_at + timedelta(minutes=kind.minutes) if starts_at else None
        conflict, technician_id = "", order.get("technician_id")
        if starts_at and ends_at and technician_id:
            chosen = (technician_id, choices.technicians[technician_id])
            conflict = cls.require_free(chosen, starts_at, ends_at, company_id, confirmed)
        table: Any = cls
        row = table(
            company_id=company_id,
            number=take("work_order"),
            person_id=person.id,
            service_id=service.id if service else None,
            ticket_id=ticket.id if ticket else None,
            kind_id=kind.id,
            group_id=order.get("group_id"),
            defect_id=order.get("defect_id"),
            technician_id=technician_id,
            status=order.get("status") or ("scheduled" if starts_at else "open"),
            starts_at=starts_at,
            ends_at=ends_at,
            description=tidy_lines(order["description"]),
            created_at=clock.now(),
            created_by_id=who().actor.id if who().actor.kind == "operator" else None,
            version=1,
        )
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError as error:  # of a list somebody keeps meanwhile
            raise Refused(GONE, field="kind_id") from error
        about: dict[str, Any] = {"number": row.number, "type": kind.name}
        if starts_at:
            about |= {"technician": choices.technicians[row.technician_id], "start_at": starts_at.isoformat()}
            about["conflict"] = conflict
        event = row.record("work_order.opened" if starts_at else "work_order.asked", **about)
        if ticket:
            ticket.announce("order", event)
        return row  # type: ignore[no-any-return]

    @property
    def is_scheduled(self) -> bool:
        return self.status == "scheduled"  # type: ignore[no-any-return]

    @property
    def has_ended(self) -> bool:
        return self.status not in PENDING

    def refusal_to_edit(self) -> str | None:
        """Why its facts cannot change: it is over (A-84)."""
        return self.refusal_of_end("Uma ordem encerrada não se edita", "Uma ordem cancelada não se edita")

    def refusal_of_end(self, closed: str, cancelled: str) -> str | None:
        """The sentence of an order that is over, with the way back; None while it is not."""
        if self.status == "closed":
            return f"{closed}. Para mudar algo nela, reabra, com motivo."
        return f"{cancelled}. Para voltar a ela, reabra, com motivo." if self.status == "cancelled" else None

    def edit(self, order: dict[str, Any], version: int) -> None:
        """Change type, group, associated and reported defect; what changed stands in history (A-84).

        Raises Refused with the fields at fault, and of one that is over; Stale when somebody was faster.
        """
        self.require_version(version)
        require(self.refusal_to_edit())
        choices = Choices.of(self.company_id, (self.kind_id, self.group_id, self.defect_id))
        new = {name: order.get(name) for name in TITLES} | {"description": tidy_lines(order.get("description"))}
        if errors := order_errors(new, choices, BY_PANEL, zone_by_id(self.company_id)):
            raise Refused(errors=errors)
        changed = [name for name in TITLES if new[name] != getattr(self, name)]
        if not changed:
            return
        lists = {"kind_id": choices.kinds, "group_id": choices.groups, "defect_id": choices.defects}

        def said(name: str, value: Any) -> str:
            return lists[name].get(value, "nenhum") if name in lists else value

        before = {name: said(name, getattr(self, name)) for name in changed}
        after = {name: said(name, new[name]) for name in changed}
        try:
            with db.session.begin_nested():
                self.take(None, **{name: new[name] for name in changed})
        except IntegrityError as error:
            raise Refused(GONE) from error
        words = ", ".join(TITLES[name] for name in changed)
        self.record("work_order.edited", number=self.number, changes=words, before=before, after=after)


def start_of(order: dict[str, Any], zone: str | None = None) -> datetime:
    """When the work begins, of the local day and hour that were chosen."""
    return clock.at(order["start_on"], order["start_time"], zone)


def order_errors(
    order: dict[str, Any], choices: Choices, demanded: frozenset[str] = BY_SALE, zone: str | None = None
) -> dict[str, str]:
    """What is missing or refused in a typed work order, by field (C-18, C-68, A-81).

    What a door does not demand may be empty, never wrong; who has an hour has a technician.
    """
    errors = {}
    if order.get("kind_id") not in choices.kinds:
        errors["kind_id"] = "Escolha o tipo de ordem de serviço."
    if ("status" in demanded or order.get("status") is not None) and order.get("status") not in PENDING:
        errors["status"] = "Escolha a situação da OS."
    begins = bool({"start"} & demanded or order.get("start_on") or order.get("start_time")) or (
        order.get("status") == "scheduled"
    )
    errors |= _named(order, "technician_id", choices.technicians, begins or "technician_id" in demanded)
    errors |= _named(order, "group_id", choices.groups, "group_id" in demanded and bool(choices.groups))
    errors |= _named(order, "defect_id", choices.defects, "defect_id" in demanded)
    if begins:
        errors |= start_errors(order, zone)
    text = tidy_lines(order.get("description"))
    if not tidy(text):
        errors["description"] = "Escreva o que o técnico vai fazer."
    elif len(text) > MOST_TEXT:
        errors["description"] = f"Use no máximo {MOST_TEXT} caracteres."
    return errors


def start_errors(order: dict[str, Any], zone: str | None = None) -> dict[str, str]:
    """What is wrong in a chosen day and hour."""
    errors, start, hour = {}, order.get("start_on"), order.get("start_time")
    today = clock.today(zone)
    if not isinstance(start, date):
        errors["start_on"] = "Escolha a data de início. Exemplo: 27/11/2026."
    elif start < today:
        errors["start_on"] = "A data de início já passou. Escolha hoje ou depois."
    elif start > today + FARTHEST:
        errors["start_on"] = "Confira o ano: a OS começa em no máximo dois anos."
    if not isinstance(hour, time):
        errors["start_time"] = "Escreva a hora de início. Exemplo: 08:00."
    elif not errors and start_of(order, zone) < clock.now():
        errors["start_time"] = "Esta hora já passou. Escolha uma hora de hoje que ainda vem, ou outro dia."
    return errors


WRONG = {
    "technician_id": "Escolha um técnico ativo.",
    "group_id": "Escolha o grupo de atendimento.",
    "defect_id": "Escolha o defeito associado.",
}


def _named(order: dict[str, Any], field: str, among: dict[int, str], demanded: bool) -> dict[str, str]:
    value = order.get(field)
    return {field: WRONG[field]} if value not in among and (demanded or value is not None) else {}
