"""Contestar at the staff door, and the answer in its ticket (B-11)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.billing import Contest, Invoice, credit_of
from models.tickets import Ticket
from tests import cast
from tests.page import page

pytestmark = pytest.mark.postgresql
WHY = "Cobraram um roteador que devolvi."


@pytest.fixture
def invoice(billed, db):
    """The open invoice of Seu Zé."""
    mine = select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "open", Invoice.paid_cents == 0)
    return db.scalars(mine.order_by(Invoice.due_on.desc()).limit(1)).one()


def opened(db):
    db.expire_all()
    return db.scalars(select(Contest).order_by(Contest.id.desc())).first()


def contest(visitor, invoice, amount="20,00", reason=WHY, **more):
    data = {"amount_cents": amount, "reason": reason, "version": invoice.version, **more}
    return visitor.post(f"/faturas/{invoice.id}/contestacao", data)


def ticket_of(db):
    return db.scalars(select(Ticket).where(Ticket.contest_id == opened(db).id)).one()


def test_from_the_invoice_to_the_ticket(staff, db, invoice):
    bruno, before = staff("bruno.reis"), invoice.total_cents
    assert "Contestar" in bruno.get(f"/faturas/{invoice.id}").text
    answer = contest(bruno, invoice)
    ticket = ticket_of(db)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/atendimentos/{ticket.id}")
    shown = bruno.get(f"/atendimentos/{ticket.id}").text
    assert "Sem resposta" in shown
    assert "30 dias, por lei" in shown
    assert db.get_one(Invoice, invoice.id).total_cents == before - 2000
    again = bruno.get(f"/faturas/{invoice.id}").text
    assert f"Atendimento {ticket.protocol}" in again
    assert "Em contestação" in again
    assert str(invoice.number) in bruno.get("/faturas?situacao=contested").text


@pytest.mark.parametrize(
    ("amount", "reason", "says"),
    [
        ("", WHY, "Escreva o valor contestado"),
        ("0", WHY, "Escreva o valor contestado"),
        ("vinte", WHY, "Escreva um valor em reais"),
        ("99999,00", WHY, "Escreva um valor até esse"),
        ("20,00", " ", "Escreva por que esta cobrança está errada"),
        ("20,00", "x" * 1001, "no máximo"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(staff, db, invoice, amount, reason, says):
    tickets = db.scalar(select(func.count(Ticket.id)))
    answer = contest(staff("bruno.reis"), invoice, amount, reason)
    assert answer.status_code == 422
    assert says in answer.text
    assert opened(db) is None
    assert db.scalar(select(func.count(Ticket.id))) == tickets
    kept = page(answer.text)
    assert (reason.strip() or "Contestar") in str(kept) or reason.strip() in answer.text


def test_an_old_page_and_a_second_one(staff, db, invoice):
    bruno = staff("bruno.reis")
    assert contest(bruno, invoice, version=invoice.version + 7).status_code == 409
    contest(bruno, invoice)
    db.expire_all()
    answer = contest(bruno, db.get_one(Invoice, invoice.id))
    assert (answer.status_code, "já está em contestação" in answer.text) == (422, True)
    assert bruno.get(f"/faturas/{invoice.id}/contestacao").status_code == 422


def test_a_stranger_and_whoever_may_not(staff, db, invoice):
    assert staff("celia.prado").get(f"/faturas/{invoice.id}/contestacao").status_code == 404
    assert contest(staff("celia.prado"), invoice).status_code == 404
    assert contest(staff("joao.alcantara"), invoice).status_code == 403
    contest(staff("bruno.reis"), invoice)
    ticket = ticket_of(db)
    assert staff("bruno.reis").get(f"/atendimentos/{ticket.id}/contestacao").status_code == 403


def test_the_answer_and_the_way_back(staff, db, invoice):
    contest(staff("bruno.reis"), invoice)
    ticket, ana = ticket_of(db), staff("ana.souza")
    there = f"/atendimentos/{ticket.id}/contestacao"
    assert ana.get(there).status_code == 422  # not rescued
    ana.post(f"/atendimentos/{ticket.id}/resgate", {"seen": ticket.version})
    shown = ana.get(there).text
    assert "voltam a ser cobrados" in shown
    version = ticket_of(db).version
    empty = ana.post(there, {"kind": "upheld", "body": " ", "version": version})
    assert (empty.status_code, "por que a resposta é esta" in empty.text) == (422, True)
    none = ana.post(there, {"kind": "", "body": "Está certo.", "version": version})
    assert (none.status_code, "Escolha a resposta" in none.text, "Está certo." in none.text) == (422, True, True)
    ends = ana.post(f"/atendimentos/{ticket.id}/finalizacao", {"classification_id": 1, "version": version})
    assert (ends.status_code, "contestação de fatura sem resposta" in ends.text) == (409, True)
    done = ana.post(there, {"kind": "upheld", "body": "Está certo.", "version": version})
    assert done.status_code == 303
    assert opened(db).status == "upheld"
    assert "Improcedente" in ana.get(f"/atendimentos/{ticket.id}").text
    back = f"{there}/desfazer"
    assert ana.get(back).status_code == 200
    version = ticket_of(db).version
    assert ana.post(back, {"reason": "", "version": version}).status_code == 422
    assert ana.post(back, {"reason": "no atendimento errado", "version": version}).status_code == 303
    assert opened(db).status == "open"


def test_granted_on_what_was_paid(staff, db, billed):
    paid = db.scalars(
        select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "paid").order_by(Invoice.id)
    ).first()
    had = credit_of(cast.ze().id)
    contest(staff("bruno.reis"), paid)
    ticket, ana = ticket_of(db), staff("ana.souza")
    ana.post(f"/atendimentos/{ticket.id}/resgate", {"seen": ticket.version})
    there = f"/atendimentos/{ticket.id}/contestacao"
    ana.post(there, {"kind": "granted", "body": "Desculpe.", "version": ticket_of(db).version})
    assert credit_of(cast.ze().id) == had + 4000
    assert "em dobro" in ana.get(f"/clientes/{cast.ze().id}/financeiro").text
