"""Pix said wrongly, too often, too much, or by a bank in trouble: nothing breaks and nothing is paid twice."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from integrations.pix import PixClient
from models.collection import PixReceipt
from models.outbox import Effect
from tests.pix import KEY, TOTAL, URL, asked, paid, pending, receipt, tell

GOOD = {
    "endToEndId": "E" + "9" * 31,
    "txid": "DESCONHECIDO",
    "valor": "166.50",
    "horario": "2026-12-01T10:00:00-03:00",
    "chave": KEY,
}


def post(anonymous, *pix):
    """What anybody who knows the address may say."""
    return anonymous().post(URL, data=json.dumps({"pix": pix}), content_type="application/json").status_code


def kept(db):
    db.expire_all()
    return db.scalar(select(func.count()).select_from(PixReceipt))


# ---- in one body


def test_as_many_as_fit_in_one_body_are_kept_and_more_are_refused(bank, anonymous, db):
    many = [GOOD | {"endToEndId": f"E{number:031}"} for number in range(1000)]
    assert post(anonymous, *many) == 413
    assert kept(db) == 0, "the reconciliation finds them"
    assert post(anonymous, *many[:300]) == 200
    assert kept(db) == asked(db, "confirm_pix") == 300


def test_the_same_one_many_times_in_one_body(bank, charge, worker, anonymous, db):
    told = json.loads(bank.webhook_body(bank.pay(charge.txid)))["pix"]
    assert post(anonymous, *told * 100) == 200
    worker.drain()
    assert kept(db) == len(paid(db)) == asked(db, "confirm_pix") == 1


def test_what_we_do_not_know_is_passed_over(bank, charge, worker, anonymous, db):
    told = json.loads(bank.webhook_body(bank.pay(charge.txid)))["pix"][0]
    more = {"devolucoes": [{"id": "1"}], "infoPagador": "\u0000<b>", "componentesValor": None, "__proto__": {}}
    assert post(anonymous, told | more) == 200
    worker.drain()
    assert len(paid(db)) == 1


@pytest.mark.feature("B-06")
@pytest.mark.parametrize(
    "wrong",
    [
        {"valor": "0.00"},
        {"valor": "-166.50"},
        {"valor": 166.5},
        {"valor": "1e9"},
        {"valor": "10000000000.00"},
        {"horario": "0001-01-01T00:00:00+00:00"},
        {"horario": "9999-12-31T23:59:59-03:00"},
        {"horario": "2026-02-30T10:00:00-03:00"},
        {"endToEndId": "E" + "٩" * 31},
        {"endToEndId": ["E"]},
        {"txid": {"a": 1}},
        {"chave": 7},
        {"chave": "x" * 78},
        {"chave": "\u0000"},
    ],
    ids=str,
)
def test_one_that_is_none_among_good_ones(bank, anonymous, staff, db, wrong):
    assert post(anonymous, GOOD, GOOD | {"endToEndId": "E" + "8" * 31} | wrong) == 200
    assert kept(db) == 1, "the good one"
    tasks = staff("silvia.maia").get("/tarefas").words
    assert "Aviso de Pix do banco" in tasks
    assert "O banco contou um Pix que não se entende" in tasks
    assert staff("ana.souza").get("/pix-recebidos").status == 200


# ---- what the bank confirms


def test_a_huge_one_waits_for_a_person_and_becomes_credit(bank, charge, invoice, worker, anonymous, staff, db):
    most = 999_999_999_999
    pending(bank, worker, anonymous, invoice.txid, most)
    assert (receipt(db).outcome, paid(db)) == ("divergent", [])
    ana = staff("ana.souza")
    assert "9.999.999.999,99" in ana.get("/pix-recebidos").words
    assert ana.post(f"/pix-recebidos/{receipt(db).id}/baixa", {"number": str(invoice.number)}).status == 303
    [payment] = paid(db)
    assert (payment.flag, payment.credit_cents) == ("over", most - TOTAL)
    assert ana.get(f"/faturas/{invoice.id}").status == 200


def test_a_bank_that_confirms_another_one(bank, charge, worker, anonymous, db, monkeypatch, app):
    """Written in other letters an endToEndId is another one, and what the bank says of the first settles only it."""
    e2e_id = bank.pay(charge.txid)
    answer = lambda method, target, body: bank.answer(method, target.replace("/pix/e", "/pix/E"), body)  # noqa: E731
    monkeypatch.setitem(app.extensions, "pix", PixClient(answer, None, bank))
    told = json.loads(bank.webhook_body(e2e_id))["pix"][0]
    assert post(anonymous, told, told | {"endToEndId": "e" + e2e_id[1:]}) == 200
    worker.drain()
    assert [payment.e2e_id for payment in paid(db)] == [e2e_id]
    assert asked(db, "confirm_pix") == 2


TROUBLES = {
    "down": lambda: (_ for _ in ()).throw(OSError("connection refused")),
    "500": lambda: (500, b"<html>"),
    "token expired": lambda: (401, b"{}"),
    "too many": lambda: (429, b"{}"),
    "no such": lambda: (404, b"{}"),
    "nonsense": lambda: (200, b"[]"),
    "another": lambda: (200, json.dumps(GOOD).encode()),
    "of nothing": lambda: (200, json.dumps(GOOD | {"valor": "0.00"}).encode()),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_bank_in_trouble_is_asked_again_and_the_webhook_never_waits(
    bank, charge, invoice, worker, anonymous, db, monkeypatch, clock, trouble
):
    e2e_id = bank.pay(charge.txid)
    with monkeypatch.context() as patch:
        broken = PixClient(lambda *_: TROUBLES[trouble](), None)
        patch.setitem(worker.app.extensions, "pix", broken)
        assert tell(anonymous, bank, e2e_id).status_code == 200
        worker.drain()
        assert (receipt(db).outcome, paid(db)) == ("waiting", [])
        assert db.scalar(select(Effect.state).where(Effect.kind == "confirm_pix")) == "ready"
    with clock("2026-12-01 10:02"):
        worker.drain()
    assert (receipt(db).outcome, len(paid(db))) == ("settled", 1)


def test_a_reconciliation_that_breaks_off_goes_on_the_next_time(bank, charge, worker, db, monkeypatch, app):
    bank.receive_all((f"OUTRO{number}", 100, KEY) for number in range(120))
    mine = bank.pay(charge.txid)

    def breaking(method, target, body):
        return (500, b"") if "paginaAtual=1" in target else bank.answer(method, target, body)

    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "pix", PixClient(breaking, None, bank))
        with pytest.raises(Exception, match="GET 500"):
            worker.routine("pix_reconciliation")
    assert kept(db) == 100, "page by page"
    assert worker.routine("pix_reconciliation") == 21
    worker.drain()
    assert [payment.e2e_id for payment in paid(db)] == [mine]


# ---- at the same moment


def test_the_same_ones_in_another_order_at_once(bank, charge, worker, anonymous, db, race):
    """What overlaps is kept once, whoever writes it first."""
    strange = bank.receive_all((f"OUTRO{number}", 100, KEY) for number in range(60))
    told = json.loads(bank.webhook_body(*strange, bank.pay(charge.txid)))["pix"]
    bodies = [json.dumps({"pix": told}), json.dumps({"pix": told[::-1]})]
    callers = [anonymous() for _ in range(6)]
    send = lambda i: callers[i].post(URL, data=bodies[i % 2], content_type="application/json").status_code  # noqa: E731
    assert race(6, send) == [200] * 6
    assert kept(db) == asked(db, "confirm_pix") == 61
    worker.drain()
    assert len(paid(db)) == 1


def test_settled_by_people_while_another_one_is_confirmed(
    bank, charge, invoice, worker, anonymous, staff, db, race, app
):
    """Whoever is first, one of the people settles theirs, and no more of the invoice is paid than it is."""
    from jobs.worker import Worker

    pending(bank, worker, anonymous, invoice.txid, TOTAL - 1)
    path, form = f"/pix-recebidos/{receipt(db).id}/baixa", {"number": str(invoice.number)}
    people = [staff("ana.souza") for _ in range(3)]
    for person in people:
        person.get(path)
    tell(anonymous, bank, bank.pay(charge.txid))

    def act(i):
        if i < 3:
            return people[i].post(path, form).status
        with app.app_context():
            return Worker().drain()

    assert sorted(race(4, act)[:3]) == [303, 422, 422]
    worker.drain()
    settled = db.scalar(select(func.count()).where(PixReceipt.outcome == "settled"))
    assert len(paid(db)) == settled >= 1
    assert sum(payment.principal_cents for payment in paid(db)) == invoice.paid_cents <= TOTAL
