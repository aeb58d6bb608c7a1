"""What Início shows in the demonstration: work of each role for today, and some common days before (B-15)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from models import clock
from models.base import db
from models.operators import Operator
from models.people import Person
from models.tickets import Ticket
from models.work_orders import WorkOrder
from tests import asked, cast
from tests.cast import by

WEEKS = 4
COMMON = ((8, 40), (9, 15), (9, 50), (10, 5), (11, 20), (13, 10), (14, 0), (15, 45), (16, 30))  # hours of a common day


def load() -> None:
    """Tickets that ask for Bruno, visits of today, an invitation nobody used; and commit."""
    _common_days()
    _for_support()
    _visits()
    _invited()
    cast.due_now()
    db.session.commit()


def _common_days() -> None:
    """On this day of the last weeks something was asked in most hours, and answered at once."""
    people = [cast.ze(), cast.sol(), cast.joaquim()]
    for week in range(WEEKS, 0, -1):
        for at, (hour, minute) in enumerate(COMMON[: -1 if week % 2 else None]):
            with cast.days_ago(7 * week, f"{hour:02}:{minute:02}"), by("bruno.reis"):
                done = {"status": "closed", "closing_note": "Respondido por telefone."}
                cast.ticket(people[at % 3], "Dúvida geral", "Dúvida sobre a fatura e o Wi-Fi.", **done)


def _for_support() -> None:
    late = _claimed(
        timedelta(hours=10), cast.sol(), "Sem acesso à internet", "Telefone mudo depois da troca do roteador."
    )
    with by("bruno.reis"):
        late.comment("Trocar a porta do aparelho antes de mandar a equipe.", "internal")
    _claimed(timedelta(hours=1, minutes=35), cast.joaquim(), "Fibra rompida", "Rompimento de fibra na fachada.")
    answered = _claimed(timedelta(hours=1), cast.maria(), "Dúvida geral", "Quer trocar o nome da rede Wi-Fi.")
    with clock.set_to(clock.now() - timedelta(minutes=40)), by("bruno.reis"):
        answered.comment("Claro. Qual nome você quer?", "subscriber")
    with clock.set_to(clock.now() - timedelta(minutes=4)):
        asked.reply(answered, "Pode ser Casa da Maria, com a mesma senha.")


def _claimed(before: timedelta, person: Person, kind: str, report: str) -> Ticket:
    with clock.set_to(clock.now() - before), by("bruno.reis"):
        row = cast.ticket(person, kind, report)
        row.claim()
    return row


def _visits() -> None:
    """Two of João for today, one of them still to come at the end of the day."""
    kind, joao = cast.order_kind("Corretiva"), cast.operator("joao.alcantara")
    for person, hour, words in (
        (cast.maria(), 9, "Trocar a antena do rádio e medir o sinal."),
        (cast.ze(), 16, "Passar o cabo até o quarto dos fundos."),
    ):
        with clock.set_to(_this_morning()), by("bruno.reis"):
            order = {
                "kind_id": kind.id,
                "status": "scheduled",
                "technician_id": joao.id,
                "start_on": clock.today(),
                "start_time": time(hour),
                "description": words,
            }
            WorkOrder.open(person, order, service=cast.service(person))


def _invited() -> None:
    with by("davi.rocha"):
        row = Operator(
            name="Lívia Nogueira",
            login="livia.nogueira",
            role_id=cast.operator("bruno.reis").role_id,
            department_id=cast.operator("bruno.reis").department_id,
        )
        row.invite([cast.vale_claro().id])


def _this_morning() -> datetime:
    return clock.at(clock.today(), time(0, 5))
