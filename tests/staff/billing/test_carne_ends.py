"""A carnê ends, its service asks for the next, and its instalments keep their order (B-07, C-112)."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from models.billing import Carne, Invoice, Receipt
from models.billing.carne_plan import proposal
from models.collection import Reversal
from models.history import Event
from models.refused import Refused
from models.services import Service
from tests import cast
from tests.models.billing.money import account, charged

USED, DUE = date(2026, 11, 20), date(2026, 12, 10)


@pytest.fixture(autouse=True)
def november(db, clock):
    with clock("2026-11-24 10:00"):
        yield


@pytest.fixture
def service(db):
    account()
    db.execute(Service.__table__.update().where(Service.uses_carne).values(uses_carne=False))
    return charged(cast.ze(), uses_carne=True, billing_type="postpaid")


@pytest.fixture
def carne(db, service):
    made = Carne.generate(service, USED, DUE, 3, "", "")
    db.commit()
    return made


def fresh(db, carne):
    return db.get(Carne, carne.id, populate_existing=True)


def pay(visitor, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    return visitor.post(path, visitor.get(path).form(path))


@pytest.mark.feature("B-07")
def test_paid_to_the_end_it_is_quitado_and_the_next_one_is_asked_for(staff, db, clock, service, carne):
    ana, home = staff("ana.souza"), f"/clientes/{service.person_id}"
    hint = "O carnê acaba em 10/02/2027: gere o próximo."
    assert hint not in ana.get(home).words
    assert "pede o próximo carnê" not in ana.get("/").words
    first, second, third = (row.id for row in carne.invoices())
    for id in (first, second):
        assert pay(ana, db.get(Invoice, id)).status == 303
    assert fresh(db, carne).status == "open"
    assert pay(ana, db.get(Invoice, third)).status == 303
    assert fresh(db, carne).status == "paid"
    assert "Quitado" in ana.get(f"{home}/carnes").words
    ended = ana.get(f"/carnes/{carne.id}")
    assert "Este carnê está quitado. Para os próximos meses, gere outro." in ended.words
    following = ended.page.find("a", string="Gerar o próximo carnê")["href"]
    assert following == f"/clientes/{service.person_id}/carnes/adicionar?servico={service.id}"
    db.execute(Service.__table__.update().where(Service.id == service.id).values(uses_carne=False))
    db.commit()
    refused = ana.get(f"/carnes/{carne.id}")
    assert refused.page.find("a", string="Gerar o próximo carnê") is None
    assert "não usa carnê" in refused.words, "the reason in its place"
    db.execute(Service.__table__.update().where(Service.id == service.id).values(uses_carne=True))
    db.commit()
    assert "deu por quitado o carnê" in ana.get(f"/carnes/{carne.id}/historico").words
    with clock("2027-01-10 10:00"):
        ana = staff("ana.souza")
        assert hint not in ana.get(home).words
    with clock("2027-01-11 10:00"):
        ana = staff("ana.souza")
        assert hint in ana.get(home).words
        assert "1 serviço pede o próximo carnê" in ana.get("/").words
        assert "acaba em 10/02/2027" in ana.get("/carnes/proximos").words
        assert "acaba em 10/02/2027" in ana.get(f"{home}/carnes").words
        assert "1 serviço pede o próximo carnê" in ana.get("/financeiro/regua/ensaio?dia=2027-01-11").words
        Carne.generate(service, *proposal(service), 3, "", "")
        db.commit()
        assert "acaba em" not in ana.get(home).words
        assert "pede o próximo carnê" not in ana.get("/").words
    ana = staff("ana.souza")
    refused = ana.get(f"/carnes/{carne.id}/cancelamento")
    assert refused.status == 422
    assert "está quitado: não há parcela a cancelar" in refused.words
    seen = {"version": str(fresh(db, carne).version)}
    assert ana.post(f"/carnes/{carne.id}/cancelamento", {"reason": "engano", **seen}).status == 422
    assert fresh(db, carne).status == "paid"
    assert "está quitado: não há parcela a cancelar" in ana.get(f"{home}/carnes").words


def test_the_status_follows_the_instalments_wherever_they_go(db, carne):
    first, second, third = carne.invoices()
    first.settle(Receipt("counter", first.total_cents, date(2026, 11, 24)))
    second.write_off("perdão")
    assert carne.status == "open"
    carne.part([third.id])
    assert carne.status == "paid", "nothing of it is open any more"
    with pytest.raises(Refused, match="está quitado e não recebe faturas"):
        carne.join([third.id])
    first.status = "open"  # as when a receipt is taken back
    first.paid_cents = 0
    db.flush()
    carne.review()
    assert carne.status == "open"
    carne.review()
    told = db.scalars(select(Event.action).where(Event.subject_type == "carne").order_by(Event.id)).all()
    assert told == ["carne.generated", "carne.parted", "carne.settled", "carne.reopened"]


def test_without_a_payment_it_ends_as_cancelled_and_opens_again(db, carne):
    first, second, third = carne.invoices()
    first.write_off("perdão")
    second.cancel("engano")
    assert carne.status == "open"
    third.cancel("engano")
    assert carne.status == "cancelled", "nobody owes any of it"
    first.reopen("foi engano")
    assert carne.status == "open", "an instalment is owed again"
    carne.cancel("o cliente desistiu")
    assert carne.status == "cancelled"
    told = db.scalars(select(Event.action).where(Event.subject_type == "carne").order_by(Event.id)).all()
    assert told == ["carne.generated", "carne.ended", "carne.reopened", "carne.cancelled"]


def test_cancelled_with_one_paid_it_stays_so_until_that_is_taken_back(db, carne):
    first, *_ = carne.invoices()
    payment = first.settle(Receipt("counter", first.total_cents, date(2026, 11, 24)))
    carne.cancel("o cliente desistiu")
    assert carne.status == "cancelled"
    Reversal.make(payment, "era de outra fatura")
    assert carne.status == "open"


@pytest.mark.postgresql
def test_two_who_pay_the_last_instalments_at_once(db, app, carne, race):
    from models.base import db as base
    from models.scope import Actor, acting

    first, *others = (row.id for row in carne.invoices())
    db.get(Invoice, first).settle(Receipt("counter", 6660, date(2026, 11, 24)))
    db.commit()

    def act(number):
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            try:
                row = base.session.get(Invoice, others[number])
                row.settle(Receipt("counter", row.total_cents, date(2026, 11, 24)))
                base.session.commit()
            finally:
                base.session.remove()

    assert race(2, act) == [None, None]
    assert fresh(db, carne).status == "paid"


# ---- order


@pytest.mark.parametrize("due", ["2026-12-10", "2027-02-10", "2027-03-01"])
def test_one_instalment_alone_does_not_overtake(staff, db, carne, due):
    second = carne.invoices()[1]
    path = f"/faturas/{second.id}/vencimento"
    refused = staff("ana.souza").post(path, {"due_on": due})
    assert "A parcela 2 deve vencer" in refused.errors()["due_on"]
    assert f"abra o carnê {carne.id} em Editar" in refused.errors()["due_on"]


@pytest.mark.parametrize("due", ["2027-02-10", "2027-03-10"])
def test_sent_again_it_does_not_overtake_either(staff, db, carne, due):
    second = carne.invoices()[1]
    db.execute(update(Invoice).where(Invoice.id == second.id).values(registration="rejected"))
    db.commit()
    refused = staff("ana.souza").post(f"/faturas/{second.id}/reenvio", {"due_on": due})
    assert "A parcela 2 deve vencer" in refused.errors()["due_on"]


def test_the_field_that_moved_carries_the_sentence(staff, db, carne):
    first, second, _ = carne.invoices()
    second.settle(Receipt("counter", second.total_cents, date(2026, 11, 24)))
    db.commit()
    ana, path = staff("ana.souza"), f"/carnes/{carne.id}/editar"
    refused = ana.post(path, {**ana.get(path).form(path), f"due_on_{first.id}": "2027-01-20"})
    assert "A parcela 1 deve vencer antes da 2" in refused.errors()[f"due_on_{first.id}"]


def test_one_instalment_moves_between_its_neighbours(staff, db, carne):
    second = carne.invoices()[1]
    assert staff("ana.souza").post(f"/faturas/{second.id}/vencimento", {"due_on": "2027-01-20"}).status == 303


def test_an_invoice_joins_in_its_place_or_not_at_all(staff, db, carne):
    ana = staff("ana.souza")
    out, into = f"/carnes/{carne.id}/desassociar-faturas", f"/carnes/{carne.id}/associar-faturas"
    second = carne.invoices()[1].id
    assert ana.post(out, {"invoices": [str(second)]}).status == 303
    assert ana.post(f"/faturas/{second}/vencimento", {"due_on": "2027-02-10"}).status == 303
    assert "não cabe na ordem das parcelas" in ana.post(into, {"invoices": [str(second)]}).words
    assert ana.post(f"/faturas/{second}/vencimento", {"due_on": "2027-02-20"}).status == 303
    assert ana.post(into, {"invoices": [str(second)]}).status == 303
    assert db.get(Invoice, second, populate_existing=True).installment == 4


def test_what_was_out_of_order_before_does_not_block_the_other_fields(staff, db, carne):
    second = carne.invoices()[1]
    second.due_on = date(2027, 3, 1)
    db.commit()
    ana, path = staff("ana.souza"), f"/carnes/{carne.id}/editar"
    form = ana.get(path).form(path)
    assert ana.post(path, {**form, "description": "Fibra da padaria"}).status == 303
    assert fresh(db, carne).description == "Fibra da padaria"


@pytest.mark.postgresql
def test_an_upgrade_tells_what_went_with_the_carne(staff, db, carne):
    """0014, of rows there were: by the request that cancelled; one by one is an act of its own."""
    davi, first = staff("davi.rocha"), carne.invoices()[0]
    assert davi.post(f"/faturas/{first.id}/cancelamento", {"reason": "Sem serviço"}).status == 303
    assert davi.post(f"/carnes/{carne.id}/cancelamento", {"reason": "Mudou", "version": carne.version}).status == 303
    went = select(Invoice.installment, Invoice.with_carne).order_by(Invoice.installment)
    known = db.execute(went).all()
    assert known == [(1, False), (2, True), (3, True)]
    [script] = Path("migrations/versions").glob("*_cancelled_with_the_carne.py")
    db.execute(update(Invoice).values(with_carne=False))
    db.execute(text(runpy.run_path(str(script))["WENT"]))
    assert db.execute(went).all() == known
