"""What was left out is solved when it went through, or when nothing of it is left to be done; never by time (B-06)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from integrations.pix import charge
from jobs import dunning, invoice_mails, trust_unlock_ends
from models import clock as now
from models.billing import Invoice
from models.collection import PixReceipt
from models.outbox import Left, LeftOut, keep_left_out
from models.scope import Actor, acting
from tests import cast
from tests.jobs.test_left_out import failing, invoice_mails_
from tests.models.dunning.debts import owes
from tests.pix import KEY, URL

pytestmark = pytest.mark.postgresql


@pytest.fixture(autouse=True)
def december(db, clock):
    with clock("2026-12-01 13:00"):
        yield


def status(db):
    db.expire_all()
    return db.scalars(select(LeftOut.status)).all()


def later(days):
    return now.set_to(now.now() + timedelta(days=days))


def test_an_unread_pix_the_bank_tells_of_no_more(bank, anonymous, worker, db):
    good = {"endToEndId": "E" + "1" * 31, "txid": "a" * 30, "valor": "10.00", "horario": "2026-12-01T10:00:00-03:00"}
    odd = good | {"endToEndId": "E" + "2" * 31, "valor": "1.500,00"}
    anonymous().post(URL, data=json.dumps({"pix": [odd, good]}), content_type="application/json")
    for days in (0, 1, 5):
        with later(days):
            worker.routine("pix_reconciliation")
        assert status(db) == ["open"]
    mended = odd | {"valor": "1500.00"}
    anonymous().post(URL, data=json.dumps({"pix": [mended]}), content_type="application/json")
    assert status(db) == ["solved"], "it can be read by now, and is kept"
    assert len(db.scalars(select(PixReceipt)).all()) == 2


def test_an_unread_pix_that_falls_out_of_the_days_asked_about(bank, worker, db, monkeypatch):
    bank.receive("b" * 30, 15000, KEY)
    usual = charge.read_received
    monkeypatch.setattr(charge, "read_received", lambda *_: usual({}))
    for days in range(6):
        with later(days):
            worker.routine("pix_reconciliation")
        assert status(db) == ["open"]


def test_a_mail_that_gets_old(db, worker, monkeypatch, bank):
    broken = invoice_mails_(db, monkeypatch, bank)
    for days in range(6):
        with later(days):
            worker.routine("invoice_mails")
        assert status(db) == ["open"]
    broken.on = False
    with later(6):
        assert invoice_mails.rehearse(now.now()), "an old one is tried again while it waits"
        worker.routine("invoice_mails")
    assert status(db) == ["solved"]


def test_a_mail_nobody_has_to_get_any_more(db, worker, monkeypatch, bank):
    invoice_mails_(db, monkeypatch, bank)
    worker.routine("invoice_mails")
    left = db.scalars(select(LeftOut)).one()
    db.execute(update(Invoice).where(Invoice.id == left.row_id).values(status="cancelled"))
    db.commit()
    worker.routine("invoice_mails")
    assert status(db) == ["solved"]


def test_a_run_of_a_past_day_solves_nothing_it_does_not_see(db, worker, monkeypatch):
    service = cast.service(cast.ze())
    service.status = "active"
    owes(service, date(2026, 11, 10), None)
    db.commit()
    bad = service.id
    failing(monkeypatch, dunning, "climb", lambda id, _: id == bad)
    worker.routine("dunning")
    assert status(db) == ["open"]
    assert "0 changed" in worker.command("routines", "run", "dunning", "--for", "2026-11-01").output
    assert status(db) == ["open"]


def test_the_end_of_a_trust_of_tomorrow(db, worker):
    with acting(Actor("job", None, "Teste"), "job"):
        service = cast.service(cast.ze())
        keep_left_out("trust_unlock_ends", [Left("service", service.id, "Erro")])
        db.commit()
        trust_unlock_ends.run(now.now() - timedelta(days=30))
    assert status(db) == ["solved"], "nothing of it is due now, whatever the moment of the run"


# ---- rehearsal and run


def rehearsed(worker, *more):
    return worker.command("routines", "run", "dunning", "--dry-run", *more).output


def test_the_ladder_rehearses_the_moment_it_runs(db, worker, clock):
    service = cast.service(cast.ze())
    service.status = "active"
    owes(service, date(2026, 11, 10), None)
    db.commit()
    for hour, count in (("03:00", 0), ("07:59", 0), ("18:00", 0), ("23:00", 0), ("08:00", 1)):
        with clock(f"2026-12-01 {hour}"):
            said = rehearsed(worker)
            assert (said.count("serviço"), "das 8 às 18 h" in said) == (count, not count), hour
            assert worker.routine("dunning") == count


def test_a_day_made_up_for_is_the_one_rehearsed(db, worker, clock):
    service = cast.service(cast.ze())
    service.status = "active"
    owes(service, date(2026, 11, 10), None)
    db.commit()
    assert rehearsed(worker, "--for", "2026-11-30").count("serviço") == 1
    with clock("2026-12-01 23:00"):
        refused = worker.command("routines", "run", "dunning", "--for", "2026-11-30")
        assert (refused.exit_code, "das 8 às 18 h" in " ".join(refused.output.split())) == (2, True)
    assert "1 changed" in worker.command("routines", "run", "dunning", "--for", "2026-11-30").output


def test_asked_for_at_night_the_ladder_says_when(db, staff, clock):
    with clock("2026-12-01 21:00"):
        silvia = staff("silvia.maia")
        answer = silvia.follow(silvia.post("/tarefas/rotinas/dunning/repeticao"))
        assert "a partir das 8:00" in answer.html
        assert "em instantes" in silvia.follow(silvia.post("/tarefas/rotinas/billing/repeticao")).html
