"""One bad row of each routine leaves only itself out, is named with what mends it, and goes through later (B-06)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from jobs import dunning, invoice_mails, timetable
from models import clock as now
from models.billing import Invoice
from models.collection import PixCharge, PixReceipt
from models.history import Event
from models.operators import Company, Throttle
from models.outbox import ROUTINES, WORKS, LeftOut, RoutineRun, enqueue
from models.sales import Sale
from models.services import Service, TrustUnlock
from tests import cast
from tests.models.billing.money import account, charged
from tests.models.dunning.debts import owes

pytestmark = pytest.mark.postgresql


def test_every_work_names_a_routine_that_there_is():
    assert {routine for _, routine in WORKS.values()} - {""} <= set(ROUTINES)
    assert {routine.name for routine in timetable.TIMETABLE} == set(ROUTINES)


@pytest.fixture(autouse=True)
def december(db, clock):
    with clock("2026-12-01 13:00"):
        yield


def failing(monkeypatch, owner, name, bad):
    """The verb of one row fails until the test ends it; `bad` says for whom."""
    usual = getattr(owner, name)

    def broken(*arguments, **more):
        if broken.on and bad(*arguments):
            raise ValueError("impossible date in JSON")
        return usual(*arguments, **more)

    broken.on = True
    monkeypatch.setattr(owner, name, staticmethod(broken) if isinstance(owner, type) and name == "request" else broken)
    return broken


def trust_unlock_ends(db, monkeypatch, bank):
    rita, bruno = cast.service(cast.rita()), cast.service(cast.maria())
    bad = rita.id
    for service in (rita, bruno):
        if not service.active_trust():
            with cast.by("bruno.reis"):
                service.status = "suspended_for_debt"
                db.flush()
                service.unlock_in_trust(now.today() + timedelta(days=1), "teste")
    db.execute(
        update(TrustUnlock).values(starts_at=now.now() - timedelta(hours=1), ends_at=now.now() - timedelta(minutes=1))
    )
    db.commit()
    return failing(monkeypatch, Service, "review_trust", lambda service, _: service.id == bad)


def billing(db, monkeypatch, bank):
    account()
    charged(cast.ze())
    charged(cast.sol(), installation_fee_cents=0)
    broken = cast.service(cast.ze()).id
    usual = cast.service(cast.ze()).starts_on
    db.execute(update(Service).where(Service.id == broken).values(starts_on=date(2300, 1, 1)))
    db.commit()

    class Mended:
        on = True

        def __setattr__(self, name, value):
            db.execute(update(Service).where(Service.id == broken).values(starts_on=usual))
            db.commit()

    return Mended()


def invoice_mails_(db, monkeypatch, bank):
    billing(db, monkeypatch, bank).on = False
    timetable.run(timetable.by_name("billing"), now.now())
    with cast.by("ana.souza"):
        first = next(invoice_mails._unsent("invoice", now.now()))
    return failing(monkeypatch, invoice_mails, "_send", lambda _, id: id == first)


def dunning_(db, monkeypatch, bank):
    services = [cast.service(person) for person in (cast.ze(), cast.maria())]
    for service in services:
        service.status = "active"
        owes(service, date(2026, 11, 10), None)
    db.commit()
    bad = services[0].id
    return failing(monkeypatch, dunning, "climb", lambda id, _: id == bad)


def pix_requests(db, monkeypatch, bank):
    account(company_id=0)
    billing_free(db)
    timetable.run(timetable.by_name("billing"), now.now())
    first = db.scalar(select(Invoice.id).order_by(Invoice.id))
    return failing(monkeypatch, PixCharge, "request", lambda invoice: invoice.id == first)


def billing_free(db):
    charged(cast.ze())
    charged(cast.sol())


def retention(db, monkeypatch, bank):
    with cast.by("ana.souza"):
        sales = [Sale._draft(adds_service=False, person_id=None) for _ in range(2)]
        for sale in sales:
            sale.operator_id = cast.operator("ana.souza").id
        db.add_all(sales)
        db.flush()
    old = now.now() - timedelta(days=200)
    db.execute(update(Sale).where(Sale.status == "draft").values(updated_at=old))
    db.add(Throttle(key="without a window", slot=1, tries=1))
    db.commit()
    bad = sales[0].id
    return failing(monkeypatch, Sale, "discard", lambda sale: sale.id == bad)


POISONS = {
    "trust_unlock_ends": trust_unlock_ends,
    "billing": billing,
    "invoice_mails": invoice_mails_,
    "dunning": dunning_,
    "pix_requests": pix_requests,
    "retention": retention,
}
# Poisoned elsewhere, each in a test of its own below or in the file named.
ELSEWHERE = {
    "pix_reconciliation": "here",
    "exhausted_effects": "tests/jobs/test_robustness.py",
    "accounting": "tests/jobs/test_accounting.py",  # one statement for all of them: a row cannot hold up another
    "usage_days": "tests/jobs/test_accounting.py",
}


def test_every_routine_has_a_poisoned_row():
    assert set(POISONS) | set(ELSEWHERE) == set(ROUTINES)


@pytest.mark.feature("B-06")
@pytest.mark.parametrize("name", POISONS)
def test_a_bad_row_leaves_only_itself_out(db, worker, staff, monkeypatch, bank, name):
    broken = POISONS[name](db, monkeypatch, bank)
    assert worker.routine(name) >= (0 if name == "dunning" else 1), "the others are served"
    db.expire_all()
    [left] = db.scalars(select(LeftOut))
    assert (WORKS[left.work][1], left.status, left.times) == (name, "open", 1)
    silvia = staff("silvia.maia")
    assert "1 linha ficou de fora" in silvia.get("/").words
    listed = silvia.get("/tarefas")
    assert left.work_name in listed.words
    assert left.sentence.split(".")[0] in listed.words
    assert "deixado de fora" in worker.command("check").output
    worker.routine(name)
    db.expire_all()
    assert left.times == 2
    broken.on = False
    assert silvia.post(f"/tarefas/de-fora/{left.id}/repeticao").status == 303
    worker.drain()
    db.expire_all()
    assert left.status == "solved"
    assert "ficou de fora" not in silvia.get("/").words


def test_one_odd_pix_of_the_bank(bank, db, worker, staff, monkeypatch):
    account()
    good, bad = bank.receive_all([("OUTRO1", 1000, ""), ("OUTRO2", 1000, "")])
    import json

    kept = json.loads(bank.path.read_text())
    kept["pix"][1]["valor"] = "1e9"
    bank.path.write_text(json.dumps(kept))
    assert worker.routine("pix_reconciliation") == 1
    assert db.scalars(select(PixReceipt.e2e_id)).all() == [good]
    [left] = db.scalars(select(LeftOut))
    assert (left.work, left.part) == ("pix_reconciliation", bad)


def test_the_rehearsal_says_what_the_run_does_and_obeys_its_date(db, worker):
    billing(db, None, None)
    company = cast.service(cast.sol()).company_id
    later = worker.command("routines", "run", "billing", "--dry-run", "--for", "2027-03-01").output
    assert "vence em 10/03/2027" in later
    db.execute(update(Company).where(Company.id == company).values(legal_name="株式会社"))
    db.commit()
    said = worker.command("routines", "run", "billing", "--dry-run").output
    issued = said.count("vence em")
    before = len(db.scalars(select(Invoice)).all())
    worker.routine("billing")
    charges = db.scalars(select(Invoice)).all()
    assert len(charges) - before <= issued
    lefts = {row.row_id for row in db.scalars(select(LeftOut)) if row.row_kind == "service"}
    assert lefts == {
        int(line.split("serviço ")[1].split(" ")[0]) for line in said.splitlines() if "vence em" not in line
    }


def test_a_year_far_away_in_one_company_stops_nobody_else(db, worker):
    billing_free(db)
    account()
    ze, sol = cast.service(cast.ze()), cast.service(cast.sol())
    other = db.scalar(select(Company.id).where(Company.id.not_in([0, sol.company_id])))
    db.execute(update(Company).where(Company.id == other).values(bills_from=date(3000, 1, 1)))
    db.commit()
    assert worker.routine("billing") >= 1
    assert {row.person_id for row in db.scalars(select(Invoice))} >= {ze.person_id}


# ---- what fails as a whole


@pytest.mark.feature("B-06")
def test_a_routine_that_fails_as_a_whole_is_named_everywhere(db, anonymous, staff, worker, monkeypatch):
    monkeypatch.setattr("web.health._database", lambda: True)
    monkeypatch.setattr(dunning, "_found", lambda *_: 1 / 0)
    routine = timetable.Routine("dunning", ROUTINES["dunning"][1], dunning.run, dunning.rehearse)
    monkeypatch.setattr(timetable, "TIMETABLE", (routine,))
    timetable.run_due()
    answer = anonymous()._ask("GET", "/readyz", False, True)
    assert (answer.status, answer.json["routines"]) == (503, {"dunning": "failed"})
    silvia = staff("silvia.maia")
    assert "Régua de cobrança: a rotina falhou" in silvia.get("/tarefas").words
    assert "rotina dunning: falhou" in worker.command("check").output
    monkeypatch.undo()
    with now.set_to(now.now() + timedelta(minutes=1)):
        assert silvia.post("/tarefas/rotinas/dunning/repeticao").status == 303
        worker.drain()
        assert "a rotina falhou" not in silvia.get("/tarefas").words
    assert db.scalars(select(Event.action).where(Event.action == "routine.repeated")).all()


def test_a_routine_nobody_runs_is_overdue(db, anonymous, monkeypatch, worker):
    monkeypatch.setattr("web.health._database", lambda: True)
    db.add(RoutineRun(name="billing", slot="1", started_at=now.now(), finished_at=now.now(), changed=0))
    db.commit()
    with now.set_to(now.now() + timedelta(hours=2)):
        assert anonymous()._ask("GET", "/readyz", False, True).json["routines"] is True
    with now.set_to(now.now() + timedelta(hours=3)):
        assert anonymous()._ask("GET", "/readyz", False, True).json["routines"] == {"billing": "overdue"}
        assert "rotina billing: atrasada" in worker.command("check").output


# ---- a person takes it as seen


def test_seen_with_a_reason_and_back_again(db, staff, monkeypatch, worker, bank):
    billing(db, monkeypatch, bank)
    worker.routine("billing")
    left = db.scalars(select(LeftOut)).one()
    silvia = staff("silvia.maia")
    where = f"/tarefas/de-fora/{left.id}"
    assert silvia.get(f"{where}/vista").h1 == "Marcar como vista"
    assert silvia.post(f"{where}/vista", {"reason": " "}).status == 422
    assert silvia.post(f"{where}/vista", {"reason": "cliente avisado"}).status == 303
    assert "já foi marcado" in silvia.post(f"{where}/vista", {"reason": "de novo"}).words
    worker.routine("billing")
    db.expire_all()
    assert (left.status, left.reason, left.times) == ("seen", "cliente avisado", 2), "it failed for the same cause"
    assert "Vistas" in silvia.get("/tarefas").words
    assert silvia.post(f"{where}/devolver").status == 303
    assert "Só volta" in silvia.post(f"{where}/devolver").words
    db.expire_all()
    assert left.status == "open"
    done = db.scalars(select(Event.action).where(Event.subject_type == "left_out").order_by(Event.id)).all()
    assert done == ["left_out.seen", "left_out.reopened"]


@pytest.mark.parametrize("login", ["ana.souza", "bruno.reis"])
def test_others_may_not(db, staff, login):
    enqueue("repeat_routine", "x", {"routine": "billing", "key": "x"})
    db.commit()
    assert staff(login).post("/tarefas/rotinas/billing/repeticao").status == 403
    assert staff("silvia.maia").post("/tarefas/rotinas/nenhuma/repeticao").status == 404
