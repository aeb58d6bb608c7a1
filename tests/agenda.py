"""A living agenda for the demonstration: hours, a local holiday, a day with a conflict, a week, an absence, a queue."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.people import Person
from models.scope import TODAS
from models.work_orders import Absence, FieldGroup, LocalHoliday, WorkOrder
from models.workflows import HoursProfile
from tests import cast, field

CENTRE = "Campo Centro"
WEEK = {str(day): [["08:00", "18:00"]] for day in range(5)} | {"5": [["08:00", "12:00"]]}


def hours() -> None:
    """The hours of the field as a provider has them: half a Saturday, no Sunday, no holiday."""
    row = db.session.scalars(select(HoursProfile).where(HoursProfile.name == field.HOURS)).one()
    row.change(week=WEEK, holidays=True)
    LocalHoliday(name="Aniversário da cidade", company_id=TODAS, day=date(2026, 12, 10), yearly=True).create()
    wagner = cast.operator("wagner.luis").id
    FieldGroup(name=CENTRE, company_id=TODAS, technicians=[wagner]).create()


def visit(person: Person, on: date, at: str, login: str, words: str, kind: str = "Corretiva") -> WorkOrder:
    """A visit, whatever speaks against its hour."""
    row = field.order(person, kind, words, group_id=field.id_of(FieldGroup, field.GROUP))
    row.schedule(on, time.fromisoformat(at), cast.operator(login).id, row.version, confirmed=True)
    return row


def load() -> None:
    """Today with a visit that was made, one to come and one that collides; days after, and Wagner away for some."""
    hours()
    today = clock.today()
    with cast.days_ago(1, "17:10"), cast.by("bruno.reis"):
        made = visit(cast.ze(), today, "08:00", "wagner.luis", "Sinal baixo desde ontem.")
        visit(cast.maria(), today, "14:00", "joao.alcantara", "Trocar a fonte da ONU.")
        visit(cast.sol(), today, "15:00", "joao.alcantara", "Ver o cabo da antena.")
        visit(cast.cooperative(), today, "16:30", "wagner.luis", "Revisão da torre do galpão.")
        visit(cast.rita(), _working(today, 1), "09:00", "joao.alcantara", "Levar o roteador novo.")
        visit(cast.ze(), _working(today, 1), "14:00", "wagner.luis", "Passar o cabo pelo forro.", "Mudança de endereço")
        visit(cast.maria(), _working(today, 2), "10:00", "wagner.luis", "Medir o sinal do Wi-Fi.")
        visit(cast.sol(), _working(today, 3), "08:30", "joao.alcantara", "Conferir a fonte do rádio.")
        away = visit(cast.cooperative(), _working(today, 4), "13:30", "wagner.luis", "Alinhar o rádio do galpão.")
    if made.ends_at and made.ends_at < clock.now():
        with clock.set_to(made.ends_at + timedelta(minutes=5)), cast.by("wagner.luis"):
            _close(made)
    with cast.by("silvia.maia"):
        assert away.starts_at
        first = clock.local(away.starts_at).date()
        wagner = cast.operator("wagner.luis").id
        Absence.mark(wagner, "course", first, None, first + timedelta(days=1), None)
    db.session.commit()


def _working(today: date, ahead: int) -> date:
    """The day so many working days of the field from today."""
    day = today
    while ahead:
        day += timedelta(days=1)
        ahead -= day.weekday() < 5
    return day


def _close(row: WorkOrder) -> None:
    now = clock.local(clock.now(), row.zone)
    said = "Conector refeito na caixa. Sinal de -21 dBm."
    row.close(now.date(), now.time(), row.technician_id, "Conector oxidado.", said, [], row.version)
