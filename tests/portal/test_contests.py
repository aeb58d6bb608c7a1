"""Contestar uma cobrança, from the phone of Dona Rita to the answer and back (B-11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import clock as house
from models.billing import Charge, Contest, Invoice, credit_of
from models.billing.issue import issue_alone
from models.catalog import ChargeKind
from models.dunning import DebtNotice
from models.notices import Notice
from models.tickets import Ticket
from tests import cast

pytestmark = pytest.mark.postgresql
WHY = "Cobraram vinte reais de um roteador que devolvi."


@pytest.fixture
def invoice(billed, db):
    """A hundred reais of Seu Zé, due in twelve days."""
    with cast.by("ana.souza"):
        kind = db.scalars(select(ChargeKind).order_by(ChargeKind.id).limit(1)).one()
        usual = {"description": "Roteador extra", "amount_cents": 10000, "discount_cents": 0}
        due_on = house.today() + timedelta(days=12)
        id = issue_alone(Charge.add(cast.service(cast.ze()), kind, **usual, due_on=due_on))
    db.commit()
    return db.get_one(Invoice, id)


def there(invoice):
    return f"/central/faturas/{invoice.id}/contestacao"


def contest(visitor, invoice, amount="20,00", reason=WHY, **more):
    return visitor.post(there(invoice), {"amount_cents": amount, "reason": reason, "version": invoice.version, **more})


def last(db) -> Contest:
    db.expire_all()
    return db.scalars(select(Contest).order_by(Contest.id.desc())).first()


def answered(db, ana, kind):
    ticket = db.scalars(select(Ticket).where(Ticket.contest_id == last(db).id)).one()
    ana.post(f"/atendimentos/{ticket.id}/resgate", {"seen": ticket.version})
    db.expire_all()
    answer = {"kind": kind, "body": "Conferimos.", "version": db.get_one(Ticket, ticket.id).version}
    assert ana.post(f"/atendimentos/{ticket.id}/contestacao", answer).status_code == 303
    db.expire_all()
    return ticket


def words(answer) -> str:
    return answer.words.replace("\u00a0", " ")


@pytest.mark.feature("B-11")
def test_twenty_of_a_hundred_from_the_phone_to_the_answer(central, staff, db, invoice, clock, worker):
    ze, ana, before = central("ze", "proved"), staff("ana.souza"), (invoice.due_on, invoice.nosso_numero)
    assert "Contestar uma cobrança" in ze.get(f"/central/faturas/{invoice.id}").text
    done = contest(ze, invoice)
    row = last(db)
    ticket = db.scalars(select(Ticket).where(Ticket.contest_id == row.id)).one()
    assert done.location.endswith(f"/central/ajuda/pedidos/{ticket.id}")
    talk = words(ze.get(f"/central/ajuda/pedidos/{ticket.id}"))
    assert ticket.protocol in talk
    assert WHY in talk
    assert "R$ 20,00 não precisam ser pagos até a resposta" in talk
    # a slip of eighty, due as before; twenty rest
    invoice = db.get_one(Invoice, invoice.id)
    assert (invoice.total_cents, invoice.due_on, invoice.status) == (8000, before[0], "open")
    assert invoice.nosso_numero != before[1]
    assert "R$ 80,00" in words(ze.get(f"/central/faturas/{invoice.id}"))
    # twice
    again = contest(ze, invoice)
    assert (again.status_code, "já está em contestação" in again.text, WHY in again.text) == (422, True, True)
    assert f"/central/ajuda/pedidos/{ticket.id}" in again.text
    assert ze.get(there(invoice)).location.endswith(f"/central/ajuda/pedidos/{ticket.id}")
    # upheld: due again, with notice
    answered(db, ana, "upheld")
    talk = words(ze.get(f"/central/ajuda/pedidos/{ticket.id}"))
    back = db.get_one(Invoice, last(db).again_id)
    again_on = f"na fatura {back.number}, com vencimento em {before[0]:%d/%m/%Y}"
    assert f"R$ 20,00 voltam a ser cobrados {again_on}" in talk
    assert (back.total_cents, back.due_on) == (2000, before[0])
    assert f"R$ {20},00" in words(ze.get(f"/central/faturas/{back.id}"))
    assert contest(ze, back).status_code == 422
    # granted: what was paid is credit, in double
    paid = db.scalars(select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "paid")).first()
    had = credit_of(cast.ze().id)
    assert "Contestar uma cobrança" in ze.get("/central/faturas/pagas").text
    contest(ze, paid)
    answered(db, ana, "granted")
    assert credit_of(cast.ze().id) == had + 4000
    assert "R$ 40,00 de crédito" in words(ze.get("/central/faturas"))
    # older than three years
    old = db.scalars(
        select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "paid", Invoice.contest.is_(None))
    ).first()
    db.execute(update(Invoice).where(Invoice.id == old.id).values(due_on=house.today() - timedelta(days=3 * 366)))
    db.commit()
    refused = contest(ze, db.get_one(Invoice, old.id))
    assert (refused.status_code, "3 anos" in refused.text) == (422, True)


def test_the_whole_of_it(central, db, invoice):
    ze = central("ze", "proved")
    contest(ze, invoice, "100,00")
    page = ze.get(f"/central/faturas/{invoice.id}")
    assert (page.status_code, "Não precisa pagar esta fatura agora" in page.text) == (200, True)
    assert "Em contestação" in ze.get("/central/faturas").text
    weak = central("ze").get(f"/central/faturas/{invoice.id}")
    assert (weak.status_code, "Protocolo" in weak.text) == (200, False)


@pytest.mark.parametrize(
    ("amount", "reason", "says"),
    [
        ("", WHY, "Escreva o valor contestado"),
        ("-5", WHY, "Escreva"),
        ("100,01", WHY, "Escreva um valor até esse"),
        ("20,00", "", "Escreva por que esta cobrança está errada"),
    ],
)
def test_what_cannot_be_keeps_what_was_typed(central, db, invoice, amount, reason, says):
    answer = contest(central("ze", "proved"), invoice, amount, reason)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert reason in answer.text
    assert last(db) is None
    db.expire_all()
    assert db.get_one(Invoice, invoice.id).total_cents == 10000


def test_strangers_and_weak_sessions(central, db, invoice):
    assert central("rita", "proved").get(there(invoice)).status_code == 404
    assert contest(central("rita", "proved"), invoice).status_code == 404
    weak = central("ze")
    assert "/central/confirmar" in weak.get(there(invoice)).location
    assert "/central/confirmar" in contest(weak, invoice).location
    assert last(db) is None


def test_what_was_cancelled_is_not_there(central, db, invoice):
    with cast.by("ana.souza"):
        invoice.cancel("emitida por engano")
        db.commit()
    assert central("ze", "proved").get(there(invoice)).status_code == 404


def test_it_is_mailed_with_its_arithmetic(central, db, billed):
    sol = central("sol", "proved")
    paid = db.scalars(select(Invoice).where(Invoice.person_id == cast.sol().id, Invoice.status == "paid")).first()
    contest(sol, paid, "10,00")
    [mail] = db.scalars(select(Notice).where(Notice.kind == "contest"))
    ticket = db.scalars(select(Ticket).where(Ticket.contest_id == last(db).id)).one()
    assert mail.address == "contato@padariasol.example"
    assert ticket.protocol in mail.subject
    assert "R$ 10,00 já estão pagos: se a cobrança estiver errada, voltam em dobro" in mail.body.replace("\u00a0", " ")


@pytest.mark.parametrize(("contested", "rest"), [("20,00", "80,00"), ("100,00", "")])
def test_nobody_is_told_or_cut_for_what_rests(central, staff, db, invoice, clock, worker, contested, rest):
    """The rest received at the counter, the ladder finds nothing for weeks after its day (B-11)."""
    service, id, due_on = cast.service(cast.ze()).id, invoice.id, invoice.due_on
    contest(central("ze", "proved"), invoice, contested)
    if rest:
        ana, version = staff("ana.souza"), db.scalar(select(Invoice.version).where(Invoice.id == id))
        paid = {"paid_on": f"{house.today():%d/%m/%Y}", "amount_cents": rest, "paid_with": "cash", "version": version}
        assert ana.post(f"/faturas/{id}/recebimento", paid).status_code == 303
    for days in (3, 20, 45):
        with clock(f"{due_on + timedelta(days=days)} 10:00"):
            worker.routine("dunning")
            worker.drain()
    db.expire_all()
    told = select(DebtNotice).where(DebtNotice.service_id == service, DebtNotice.invoice_id == id)
    assert db.scalars(told).first() is None
