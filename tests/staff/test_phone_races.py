"""A phone and the desk at the same moment, and a phone that sends twice at once (A-122, B-22)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from models import clock
from models.operators import IdemKey
from models.work_orders import WorkOrder, WorkOrderStep
from tests import cast, on_site

JOAO = "joao.alcantara"
ROUNDS = 3


@pytest.fixture
def visit(db):
    """`visit()`: the id of a new visit of João's."""

    def make() -> int:
        row = on_site.visit(cast.ze(), clock.now().replace(second=0) - timedelta(minutes=15), "Sem sinal.")
        db.commit()
        return row.id

    return make


def ready(staff, *logins):
    visitors = [staff(login) for login in logins]
    for visitor in visitors:
        visitor.token()
    return visitors


def kinds(db, id):
    db.expire_all()
    rows = select(WorkOrderStep.kind).where(WorkOrderStep.work_order_id == id)
    found = list(db.scalars(rows.order_by(WorkOrderStep.happened_at)))
    db.commit()
    return found


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_step_sent_four_times_at_once_is_one(db, staff, race, visit, forgotten):
    """Also where the key of the form is gone after its days: the step keeps its own."""
    for _ in range(ROUNDS):
        id, key = visit(), str(uuid.uuid4())
        told = {"kind": "arrived", "happened_at": (clock.now() - timedelta(minutes=3)).isoformat(), "idem": key}
        phones = ready(staff, *[JOAO] * 4)
        if forgotten:
            assert phones[0].post(f"/tecnico/ordens/{id}/passos", told).status == 303
            db.execute(delete(IdemKey))
            db.commit()
        answers = race(4, lambda i, at=id, sent=told, by=phones: by[i].post(f"/tecnico/ordens/{at}/passos", sent))
        assert {answer.status for answer in answers} == {303}
        assert kinds(db, id) == ["arrived"]


def test_steps_that_arrive_at_once_and_out_of_order_stand_as_they_happened(db, staff, race, visit):
    told = ("on_the_way", "arrived", "note")
    for turn in range(ROUNDS):
        id, phones = visit(), ready(staff, *[JOAO] * 3)
        begin = clock.now() - timedelta(minutes=9)

        def sending(i, id=id, turn=turn, phones=phones, begin=begin):
            place = (i + turn) % 3
            at = (begin + timedelta(minutes=place)).isoformat()
            return phones[i].post(
                f"/tecnico/ordens/{id}/passos", {"kind": told[place], "happened_at": at, "text": "Vi o cabo."}
            )

        assert [answer.status for answer in race(3, sending)] == [303] * 3
        assert kinds(db, id) == list(told)


def test_of_an_end_on_the_phone_and_a_cancellation_at_the_desk_one_is_done(db, staff, race, visit):
    for turn in range(ROUNDS):
        id = visit()
        joao, silvia = ready(staff, JOAO, "silvia.maia")
        local = clock.local(clock.now() - timedelta(minutes=1))
        end = {"ended_on": f"{local:%Y-%m-%d}", "ended_time": f"{local:%H:%M}", "done": "Feito."}
        version = db.get(WorkOrder, id).version
        db.commit()
        acts = [
            lambda joao=joao, id=id, end=end: joao.post(f"/tecnico/ordens/{id}/encerramento", end),
            lambda silvia=silvia, id=id, version=version: silvia.post(
                f"/ordens/{id}/cancelamento", {"reason": "Desistiu.", "version": str(version)}
            ),
        ]
        acts = acts if turn % 2 else acts[::-1]
        answers = race(2, lambda i, acts=acts: acts[i]())
        codes = sorted(answer.status for answer in answers)
        assert codes[0] == 303
        assert codes[1] in (409, 422)
        db.expire_all()
        status = db.get(WorkOrder, id).status
        done = db.scalar(select(func.count(WorkOrderStep.id)).where(WorkOrderStep.work_order_id == id))
        db.commit()
        assert (status, done) in (("closed", 1), ("cancelled", 0))
