"""A Pix given back is money all the same: it settles nothing, and a person is asked once (devolucoes, API Pix)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from integrations.pix import read_webhook
from models import clock as now
from models.billing import Credit, Invoice
from models.billing.credit import balances
from models.outbox import Effect, LeftOut
from tests.pix import KEY, TOTAL, asked, paid, receipt, tell

pytestmark = pytest.mark.postgresql


def pay(bank, invoice):
    return bank.receive(invoice.txid, TOTAL, KEY)


def told(anonymous, bank, worker, e2e_id):
    tell(anonymous, bank, e2e_id)
    worker.drain()


def asking(db):
    db.expire_all()
    return [(row.work, row.status) for row in db.scalars(select(LeftOut))]


def words(visitor, where):
    return visitor.get(where).words.replace("\u00a0", " ")


def test_given_back_whole_before_we_settle(bank, invoice, worker, anonymous, staff, db):
    e2e_id = pay(bank, invoice)
    bank.give_back(e2e_id, TOTAL)
    told(anonymous, bank, worker, e2e_id)
    assert (receipt(db).outcome, paid(db), db.get(Invoice, invoice.id).status) == ("returned", [], "open")
    davi = staff("davi.rocha")
    assert "1 linha ficou de fora" in davi.get("/").words
    assert "Pix devolvido pelo banco" in davi.get("/tarefas").words
    assert "O banco devolveu este Pix inteiro" in words(davi, "/pix-recebidos")
    assert "Não há o que baixar" in davi.post(f"/pix-recebidos/{receipt(db).id}/baixa", {"number": "1"}).words
    left = db.scalars(select(LeftOut)).one()
    assert davi.post(f"/tarefas/de-fora/{left.id}/vista", {"reason": "cliente avisado"}).status == 303
    told(anonymous, bank, worker, e2e_id)
    assert asking(db) == [("pix_returned", "seen")], "told again it asks nobody again"


def test_given_back_in_part_before_we_settle(bank, invoice, worker, anonymous, staff, db):
    e2e_id = pay(bank, invoice)
    bank.give_back(e2e_id, 6650)
    told(anonymous, bank, worker, e2e_id)
    assert (receipt(db).outcome, paid(db)) == ("divergent", [])
    davi, where = staff("davi.rocha"), f"/pix-recebidos/{receipt(db).id}/baixa"
    assert "O banco devolveu R$ 66,50 deste Pix, restam R$ 100,00" in words(davi, where)
    assert davi.post(where, {"number": str(invoice.number)}).status == 303
    assert [payment.amount_cents for payment in paid(db)] == [10000], "what was given back does not settle"
    assert asking(db) == [("pix_returned", "solved")]


@pytest.mark.parametrize("by", ["webhook", "reconciliation", "reconciliation, weeks later"])
@pytest.mark.parametrize("back", [TOTAL, 6650])
def test_given_back_after_it_settled(bank, invoice, worker, anonymous, staff, db, clock, by, back):
    e2e_id = pay(bank, invoice)
    told(anonymous, bank, worker, e2e_id)
    assert receipt(db).outcome == "settled"
    with clock("2026-12-28 10:00" if "weeks" in by else "2026-12-01 11:00"):
        bank.give_back(e2e_id, back)
        for _ in range(3):  # told again and again
            if by == "webhook":
                told(anonymous, bank, worker, e2e_id)
            else:
                worker.routine("pix_reconciliation")
                worker.drain()
        assert asking(db) == [("pix_returned", "open")]
        assert db.scalars(select(LeftOut)).one().times == 1
        assert asked(db, "confirm_pix") == 2
        assert (receipt(db).outcome, db.get(Invoice, invoice.id).status) == ("returned", "paid"), "nothing by itself"
        assert "o pagamento ainda vale, estorne" in worker.command("check").output
        davi, payment = staff("davi.rocha"), paid(db)[0]
        listed = davi.get("/pix-recebidos?situacao=returned")
        assert listed.page.select_one(f'main a[href="/pagamentos/{payment.id}/estorno"]')
        assert davi.post(f"/pagamentos/{payment.id}/estorno", {"reason": "devolvido"}).status == 303
        assert asking(db) == [("pix_returned", "solved")]
        assert receipt(db).outcome == ("returned" if back == TOTAL else "divergent")
        assert not davi.get("/pix-recebidos").page.select_one('main a[href$="/estorno"]')
        if back != TOTAL:
            assert davi.post(f"/pix-recebidos/{receipt(db).id}/baixa", {"number": str(invoice.number)}).status == 303
            assert paid(db)[-1].amount_cents == TOTAL - back
            told(anonymous, bank, worker, e2e_id)
            assert receipt(db).outcome == "settled"


def test_what_came_in_twice_and_went_back_is_no_credit_to_spend(bank, charge, invoice, worker, anonymous, staff, db):
    """Paid at the counter and by Pix: the second becomes credit, until the bank takes that one back (B-02)."""
    davi, person_id = staff("davi.rocha"), invoice.person_id
    invoice.receive(TOTAL, date(2026, 12, 1), None, may_discount=False)
    db.commit()
    e2e_id = bank.receive(charge.txid, TOTAL, KEY)
    told(anonymous, bank, worker, e2e_id)
    assert receipt(db).outcome == "settled", "both came in"
    assert balances([person_id]) == {(person_id, invoice.company_id): TOTAL}
    bank.give_back(e2e_id, TOTAL)
    told(anonymous, bank, worker, e2e_id)
    db.expire_all()
    assert balances([person_id]) == {}, "no run joins it to an invoice"
    credit = db.scalars(select(Credit)).one()
    giving = {"amount_cents": "166,50", "means": "pix", "given_on": "2026-12-01", "reason": "pediu"}
    refused = davi.post(f"/creditos/{credit.id}/devolucao", giving)
    assert refused.status == 422
    assert "Estorne esse recebimento antes" in refused.words
    second = paid(db)[-1]
    assert davi.post(f"/pagamentos/{second.id}/estorno", {"reason": "devolvido pelo banco"}).status == 303
    db.expire_all()
    assert (credit.balance_cents, db.get(Invoice, invoice.id).status) == (0, "paid")


def test_while_it_is_being_given_back_nothing_is_decided(bank, invoice, worker, anonymous, db):
    e2e_id = pay(bank, invoice)
    bank.give_back(e2e_id, TOTAL, "EM_PROCESSAMENTO")
    told(anonymous, bank, worker, e2e_id)
    assert (receipt(db).outcome, paid(db)) == ("waiting", [])
    with now.set_to(now.now() + timedelta(minutes=2)):
        worker.drain()
    effect = db.scalars(select(Effect).where(Effect.kind == "confirm_pix")).one()
    assert (effect.state, effect.attempts) == ("ready", 2)


def test_what_was_not_given_back_stays(bank, invoice, worker, anonymous, db):
    e2e_id = pay(bank, invoice)
    bank.give_back(e2e_id, TOTAL, "NAO_REALIZADO")
    told(anonymous, bank, worker, e2e_id)
    assert (receipt(db).outcome, len(paid(db))) == ("settled", 1)


def test_what_anybody_posts_of_it_is_asked_of_the_bank(bank, invoice, worker, anonymous, db):
    e2e_id = pay(bank, invoice)
    told(anonymous, bank, worker, e2e_id)
    body = bank.webhook_body(e2e_id)[:-3] + b', "devolucoes": [{"valor": "166.50", "status": "DEVOLVIDO"}]}]}'
    assert read_webhook(body)[0][0].returned_cents == TOTAL
    from tests.pix import URL

    for _ in range(5):
        anonymous().post(URL, data=body, content_type="application/json")
    assert db.scalar(select(func.count()).select_from(Effect).where(Effect.kind == "confirm_pix")) == 2
    worker.drain()
    assert (receipt(db).outcome, receipt(db).returned_cents) == ("settled", 0)


def test_more_given_back_than_came_in_is_unread(bank, invoice):
    e2e_id = pay(bank, invoice)
    bank.give_back(e2e_id, TOTAL + 1)
    with pytest.raises(Exception, match="more was given back"):
        read_webhook(bank.webhook_body(e2e_id))


def test_a_pix_from_before_the_issue_waits(bank, invoice, worker, anonymous, staff, db):
    e2e_id = pay(bank, invoice)
    db.get(Invoice, invoice.id).issued_on += timedelta(days=1)
    db.commit()
    told(anonymous, bank, worker, e2e_id)
    assert receipt(db).outcome == "divergent"
    assert "antes da emissão" in staff("davi.rocha").get("/pix-recebidos").words
