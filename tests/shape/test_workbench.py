"""The workbench itself: a person at each door, the cast, the worker, the clock, a race."""

from sqlalchemy import func, select

from models.outbox import Effect
from models.services import Service
from tests import cast


def test_cast_knows_everybody(db):
    status = {name: [row.status for row in _services(db, find())] for name, find in cast.SUBSCRIBERS.items()}
    assert status == {
        "rita": ["suspended_for_debt"],
        "ze": ["active"],
        "maria": ["reduced"],
        "joaquim": ["awaiting_installation"],
        "sol": ["active", "active"],
        "mar_azul": ["active"],
        "cooperative": ["active"],
    }
    assert cast.draft().next_slug == "cobranca"


def test_staff_and_subscriber_in_one_browser(staff, central):
    both = staff("bruno.reis")
    both.http.set_cookie("central", central("rita").cookie().value)
    assert both.get("/").status == 200
    assert both.get("/central/").status == 200


def test_worker_carries_out_what_is_due(worker, db):
    assert worker.drain() == 0
    cast.service(cast.ze()).suspend("Fatura em aberto")
    assert worker.drain() == 1
    assert db.scalar(select(func.count()).where(Effect.state != "done")) == 0


def test_race_has_one_winner(central, race, db):
    service = cast.service(cast.rita()).id
    phones = [central("rita") for _ in range(6)]
    for phone in phones:
        phone.token()
    answers = race(6, lambda i: phones[i].post(f"/central/servicos/{service}/desbloqueio-em-confianca"))
    assert sorted(answer.status for answer in answers) == [303] + [422] * 5
    assert cast.service(cast.rita()).status == "active"


def _services(db, person):
    return db.scalars(select(Service).where(Service.person_id == person.id).order_by(Service.id))
