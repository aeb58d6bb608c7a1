"""Faturas: the list, the page with its arithmetic, and what is done at the counter (X-12)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Invoice, Payment, Receipt
from models.outbox import Effect
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.usefixtures("db")
NEXT = date(2027, 1, 10)


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice: 20 days and a month, R$ 166,50, due on Thursday 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


def fresh(db, invoice):
    return db.get(Invoice, invoice.id, populate_existing=True)


@pytest.mark.postgresql
def test_the_page_shows_its_arithmetic(staff, clock, invoice):
    with clock("2026-12-01 11:00"):
        page = staff("ana.souza").get(f"/faturas/{invoice.id}")
    assert page.h1 == "Fatura 1 de dezembro/2026"
    for words in (
        "20/11/2026 a 09/12/2026, antecipado, 20 dias: R$ 99,90 × 20 ÷ 30 (R$ 3,3300 por dia)",
        "Internet (SCM): R$ 46,60 + Streaming (SVA): R$ 20,00",
        "10/12/2026 a 09/01/2027, antecipado, 31 dias",
        "R$ 166,50",
        "Para pagar até 10/12/2026",
        "A registrar no banco",
        invoice.line,
        invoice.nosso_numero_printed,
    ):
        assert words in page.words, words
    assert page.page.select_one(f'[data-copy="{invoice.pix_code}"]')
    assert page.page.select_one(f'[data-copy="{"".join(filter(str.isdigit, invoice.line))}"]')
    assert page.page.select_one(".pix svg[role=img]")
    assert "O que mudou" not in page.words


@pytest.mark.feature("X-12")
def test_a_late_one_says_fine_interest_and_what_tomorrow_costs(staff, clock, invoice):
    with clock("2026-12-21 10:00"):
        page = staff("ana.souza").get(f"/faturas/{invoice.id}").words
    assert "Vencida há 11 dias" in page
    assert "2 % uma vez: R$ 166,50 × 2 % R$ 3,33" in page
    assert "1 % ao mês, 11 dias: R$ 166,50 × 1 % ÷ 30 × 11 R$ 0,61" in page
    assert "Para pagar hoje, 21/12/2026 amanhã R$ 170,50 R$ 170,44" in page


@pytest.mark.postgresql
def test_the_page_says_what_changed(staff, db, clock, invoice):
    with clock("2026-12-31 10:00"):
        run()
        second = db.scalars(select(Invoice).where(Invoice.due_on == NEXT)).one()
        page = staff("ana.souza").get(f"/faturas/{second.id}").words
    assert "O que mudou desde a anterior fatura 1" in page
    assert "20 dias de uso não se repete: eram R$ 66,60 − R$ 66,60" in page
    assert "Diferença − R$ 66,60" in page
    with clock("2027-01-31 10:00"):
        run()
        third = db.scalars(select(Invoice).where(Invoice.due_on == date(2027, 2, 10))).one()
        assert "Nada: os mesmos itens" in staff("ana.souza").get(f"/faturas/{third.id}").words


def test_received_at_the_counter_with_what_it_is_made_of(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock("2026-12-21 10:00"):
        ana = staff("ana.souza")
        shown = ana.get(path)
        form = shown.form(path)
        assert form["amount_cents"] == "170,44"
        assert "discount_cents" not in form
        over = ana.post(path, {**form, "amount_cents": "170,45"})
        assert "Nesse dia a fatura custa R$ 170,44" in over.errors()["amount_cents"]
        given = ana.post(path, {**form, "amount_cents": "160,44", "discount_cents": "10,00"})
        assert given.status == 422
        assert "Seu perfil não dá desconto" in given.words
        assert fresh(db, invoice).status == "open"
        assert ana.post(path, form).location == f"/pagamentos/{db.scalars(select(Payment.id)).one()}"
        page = ana.get(f"/faturas/{invoice.id}")
        assert "fatura R$ 166,50 + multa R$ 3,33 + juros R$ 0,61" in page.words
        assert "Ana Souza" in page.words
        assert page.page.select_one(f'a[href="{path}"]') is None
        again = ana.post(path, form)
    assert again.status == 409
    assert "Ana Souza registrou o pagamento da fatura" in again.words
    assert db.scalars(select(Payment)).one().amount_cents == 17044
    assert db.scalars(select(Effect.kind).where(Effect.kind == "review_service")).first()


def test_a_part_is_received_once_however_often_it_is_sent(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock("2026-12-02 10:00"):
        ana = staff("ana.souza")
        form = {**ana.get(path).form(path), "amount_cents": "66,50"}
        assert ana.post(path, form).status == 303
        twice = ana.post(path, form)
        assert twice.status == 409
        assert "mudou enquanto a página estava aberta" in twice.words
        assert "Paga em parte" in ana.get(f"/faturas/{invoice.id}").words
        assert "faltam R$ 100,00" in ana.get(f"/clientes/{invoice.person_id}/financeiro").words
    assert fresh(db, invoice).paid_cents == 6650


def test_a_part_received_late_pays_its_own_fine_and_interest(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock("2027-01-09 10:00"):
        ana = staff("ana.souza")
        assert "com a multa e os juros dela: o resto continua em aberto" in ana.get(path).words
        answer = ana.post(path, {**ana.get(path).form(path), "amount_cents": "85,75"})
        assert "Recebido em parte: hoje faltam R$ 85,75 da fatura 1" in ana.follow(answer).words
        page = ana.get(f"/faturas/{invoice.id}").words
    assert "fatura R$ 83,25 + multa R$ 1,66 + juros R$ 0,84" in page
    assert "Já pago − R$ 83,25" in page
    assert "2 % uma vez: R$ 83,25 × 2 % R$ 1,67" in page
    assert "R$ 85,75" in page


def test_a_late_due_date_moves_and_says_what_is_given_up(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/vencimento"
    with clock("2026-12-10 10:00"):
        assert "multa" not in staff("ana.souza").get(path).page.select_one("main").get_text()
    with clock("2026-12-21 10:00"):
        silvia = staff("silvia.maia")
        assert "A multa e os juros até hoje, R$ 3,94, deixam de ser cobrados." in silvia.get(path).words
        silvia.post(path, {"due_on": "2026-12-28"})
        history = silvia.get(f"/clientes/{invoice.person_id}/historicos").words
    assert "de 10/12/2026 para 28/12/2026, sem R$ 3,94 de multa e juros" in history


def test_a_discount_by_who_may(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock("2026-12-02 10:00"):
        silvia = staff("silvia.maia", company="Vale Claro Telecom")
        form = silvia.get(path).form(path)
        assert silvia.post(path, {**form, "amount_cents": "160,00", "discount_cents": "6,50"}).status == 303
        assert "fatura R$ 166,50 − desconto R$ 6,50" in silvia.get(f"/faturas/{invoice.id}").words
    assert fresh(db, invoice).status == "paid"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Escolha o novo vencimento."),
        ("2026-12-01", "já passou"),
        ("2026-12-10", "já vence nesse dia"),
        ("2036-12-10", "Confira o ano"),
        ("31/02/2027", "27/11/2026"),
    ],
)
def test_the_due_date_moves_with_a_new_boleto(staff, db, clock, invoice, typed, sentence):
    path, before = f"/faturas/{invoice.id}/vencimento", invoice.barcode
    with clock("2026-12-02 10:00"):
        ana = staff("ana.souza")
        assert sentence in ana.post(path, {"due_on": typed}).errors()["due_on"]
        assert fresh(db, invoice).barcode == before
        assert ana.post(path, {"due_on": "2026-12-15"}, htmx=True).status == 204
        assert (
            "mudou o vencimento da fatura 1 de 10/12/2026 para 15/12/2026"
            in ana.get(f"/clientes/{invoice.person_id}/historicos").words
        )
    assert fresh(db, invoice).due_on == date(2026, 12, 15)
    assert invoice.barcode != before


@pytest.mark.parametrize(
    ("slug", "asked", "status"),
    [("cancelamento", "Cancelar a fatura 1", "cancelled"), ("baixa", "Baixar sem receber a fatura 1", "written_off")],
)
def test_closed_without_money_and_with_a_reason(staff, db, clock, invoice, slug, asked, status):
    path = f"/faturas/{invoice.id}/{slug}"
    with clock("2026-12-02 10:00"):
        ana = staff("ana.souza")
        assert asked in ana.get(path).h1
        assert "Escreva o motivo." in ana.post(path, {"reason": "  "}).errors()["reason"]
        assert fresh(db, invoice).status == "open"
        assert ana.post(path, {"reason": "Emitida em duplicidade"}).status == 303
        assert fresh(db, invoice).status == status
        page = ana.get(f"/faturas/{invoice.id}")
        assert not page.page.select(".work form, .rail form")
        ways = [link.get_text(strip=True) for link in page.page.select(".rail a.btn")]
        assert ways == (["Reabrir fatura"] if status == "written_off" else [])
        [why] = page.page.select(".work .note")
        assert why.get_text().strip().startswith("Em 02/12/2026 10:00 Ana Souza")
        assert "Motivo: Emitida em duplicidade" in why.get_text()
        assert ("Dias sem cobrança" in why.get_text()) is (status == "cancelled")
        for other in ("cancelamento", "baixa", "recebimento", "vencimento"):
            refused = ana.get(f"/faturas/{invoice.id}/{other}")
            assert refused.status == 422
            assert refused.page.select_one(f'main a[href="/faturas/{invoice.id}"]')
            again = {"reason": "de novo", "due_on": NEXT, "version": fresh(db, invoice).version}
            assert ana.post(f"/faturas/{invoice.id}/{other}", again).status == 422


def test_what_received_a_part_is_not_cancelled(staff, db, clock, invoice):
    with clock("2026-12-02 10:00"):
        invoice.settle(Receipt("counter", 100, date(2026, 12, 2)))
        ana = staff("ana.souza")
        page = ana.get(f"/faturas/{invoice.id}")
        assert page.page.select_one(f'a[href="/faturas/{invoice.id}/cancelamento"]') is None
        typed = {"reason": "Erro", "version": invoice.version}
        assert "já recebeu uma parte" in ana.post(f"/faturas/{invoice.id}/cancelamento", typed).words
    assert fresh(db, invoice).status == "open"


def test_who_may_not_and_strangers(staff, invoice):
    bruno, rafael = staff("bruno.reis"), staff("rafael.teixeira")
    assert "Seu perfil só lê faturas." in bruno.get(f"/faturas/{invoice.id}").words
    for end in ("recebimento", "cancelamento", "baixa", "vencimento"):
        assert bruno.post(f"/faturas/{invoice.id}/{end}").status == 403
        assert staff("ana.souza").get(f"/faturas/999/{end}").status == 404
    assert rafael.post(f"/faturas/{invoice.id}/recebimento").status == 403
    assert staff("wagner.luis").get(f"/faturas/{invoice.id}").status == 403
    assert staff("wagner.luis").get(f"/clientes/{invoice.person_id}/financeiro").status == 403
    celia = staff("celia.prado", company="Serra Azul Net")
    assert celia.get(f"/faturas/{invoice.id}").status == 404
