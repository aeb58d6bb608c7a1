"""Caixa: opened, received on, counted and closed; two at once stay apart (B-17)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models import check
from models import clock as clock_of
from models.base import db as base
from models.billing import CashDesk, CashEntry, Charge, Credit, CreditEntry, Invoice, Payment, Receipt
from models.catalog import ChargeKind
from models.collection import Reversal
from models.documents import Document
from models.notices import Notice
from models.operators import Company, Operator, Role
from models.people import Contact
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]
DAY = "2026-12-02 10:00"


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice: R$ 166,50, due on 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


def loose(service, cents=5000):
    """A one-off charge without invoice."""
    kind = base.session.scalars(select(ChargeKind).order_by(ChargeKind.id)).first()
    row = Charge.add(
        service,
        kind,
        description="Visita técnica",
        amount_cents=cents,
        discount_cents=0,
        due_on=clock_of.today(),
    )
    base.session.commit()
    return row


def opened(visitor, cents="100,00", company=None):
    """The address of a desk somebody opens through the door."""
    form = {**visitor.get("/caixas/abrir").form("/caixas"), "opening_cents": cents}
    if company:
        form["company_id"] = str(company.id)
    answer = visitor.post("/caixas", form)
    assert answer.status == 303, answer.words
    return answer.location


def received(visitor, path, **typed):
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def wants_desk():
    base.session.execute(update(Company).values(cash_needs_desk=True))
    base.session.commit()


def sound():
    with cast.by("silvia.maia"):
        assert [one for _, found in check.answers() for one in found if "caixa" in one] == []


@pytest.mark.feature("B-17")
def test_a_day_at_the_counter(staff, db, clock, worker, invoice):
    """Open, receive with means and change, print and send the receipt, close with count and difference, report."""
    wants_desk()
    path = f"/faturas/{invoice.id}/recebimento"
    with clock(DAY):
        ana = staff("ana.souza")
        refused = received(ana, path, paid_with="cash")
        assert refused.status == 422
        assert "só recebe dinheiro com caixa aberto" in refused.errors()["paid_with"]
        assert ana.get(path).page.select_one('main a[href="/caixas/abrir"]')
        assert db.scalars(select(Payment)).all() == []

        desk = opened(ana)
        assert received(ana, path, amount_cents="66,50", given_cents="60,00").errors()["given_cents"]
        assert "Confira o que" in received(ana, path, given_cents="9.999,00").errors()["given_cents"]
        assert "Escolha como" in received(ana, path, paid_with="conchas").errors()["paid_with"]
        part = received(ana, path, amount_cents="66,50", paid_with="cash", given_cents="100,00")
        page = ana.follow(part)
        assert page.h1 == "Recebido: R$ 66,50"
        for words in ("Troco: R$ 33,50.", "Entregue em dinheiro R$ 100,00", "Hoje faltam R$ 100,00 desta fatura."):
            assert words in page.words, words
        payment = db.scalars(select(Payment)).one()
        assert (payment.paid_with, payment.given_cents, payment.change_cents) == ("cash", 10000, 3350)

        receipt = f"/pagamentos/{payment.id}/recibo"
        for paper in ("a4", "roll"):
            assert ana.post(receipt, {"papel": paper}).status == 303
        assert ana.post(receipt, {"papel": "papiro"}).status == 422
        worker.drain()  # printed before it is mailed: a mail does not wait for its document here
        nobody = ana.post(f"{receipt}/envio")
        assert (nobody.status, db.scalars(select(Notice).where(Notice.kind == "receipt")).all()) == (422, [])
        assert "não tem e-mail no cadastro" in nobody.words
        person = cast.ze()
        db.add(Contact(person_id=person.id, kind="email", value="ze@exemplo.example"))
        db.commit()
        assert "Enviar por e-mail" in ana.get(f"/pagamentos/{payment.id}").words
        assert ana.post(f"{receipt}/envio").status == 303
        worker.drain()
        papers = db.scalars(select(Document).where(Document.kind == "receipt").order_by(Document.id)).all()
        assert [paper.values["paper"] for paper in papers] == ["a4", "roll"]
        assert all(paper.content.startswith(b"%PDF") for paper in papers)
        values = papers[0].values
        assert (values["amount"], values["received_by"]) == ("R$\u00a066,50", "Ana Souza")
        assert cast.ze().document not in str(values)
        assert "***." in values["payer_document"]
        mail = db.scalars(select(Notice).where(Notice.kind == "receipt")).one()
        assert (mail.status, mail.document_id) == ("sent", papers[0].id)

        assert received(ana, path, amount_cents="100,00", paid_with="debit", given_cents="500,00").status == 303
        shown = ana.get(desk).words
        for words in (
            "Abertura R$ 100,00",
            "Recebido em dinheiro R$ 66,50",
            "Deve haver R$ 166,50",
            "Cartão de débito",
        ):
            assert words in shown, words

        too_much = received(ana, f"{desk}/sangria", amount_cents="166,51", reason="Cofre")
        assert "há R$ 166,50 em dinheiro" in too_much.errors()["amount_cents"]
        for wrong in ("-5,00", "0,00", "", "9.999.999,00"):
            assert received(ana, f"{desk}/suprimento", amount_cents=wrong, reason="Troco").errors()["amount_cents"]
        assert received(ana, f"{desk}/sangria", amount_cents="50,00", reason="").errors()["reason"]
        assert received(ana, f"{desk}/sangria", amount_cents="50,00", reason="Levado ao cofre").status == 303
        entry = db.scalars(select(CashEntry).where(CashEntry.kind == "withdrawal")).one()
        undo = f"/caixas/movimentos/{entry.id}/remover"
        assert received(ana, undo, reason="").errors()["reason"]
        form = {**ana.get(undo).form(undo), "reason": "Não levou"}
        assert ana.post(undo, form).status == 303
        assert ana.get(undo).status == 422
        assert received(ana, f"{desk}/suprimento", amount_cents="10,00", reason="Troco do cofre").status == 303

        closing = f"{desk}/fechamento"
        form = ana.get(closing).form(closing)
        assert "Faltam R$ 0,50" in ana.post(closing, {**form, "counted_cents": "176,00"}).errors()["reason"]
        assert ana.post(closing, {**form, "counted_cents": "-1,00"}).errors()["counted_cents"]
        done = ana.post(closing, {**form, "counted_cents": "176,00", "reason": "Moeda perdida"})
        assert "Caixa 1 fechado: faltam R$ 0,50" in ana.follow(done).words
        again = ana.post(closing, {**form, "counted_cents": "176,00", "reason": "De novo"})
        assert again.status == 409
        assert "já foi fechado" in again.words
        assert ana.post(f"{desk}/suprimento", {"amount_cents": "1,00", "reason": "Tarde"}).status == 422

        assert ana.post(f"{desk}/impressao").status == 303
        worker.drain()
        report = db.scalars(select(Document).where(Document.kind == "cash_desk")).one()
        assert report.content.startswith(b"%PDF")
        assert report.values["expected"] == "R$\u00a0176,50"
        listed = ana.get("/caixas").words
        for words in ("R$ 176,50", "R$ 176,00", "Faltam R$ 0,50", "Moeda perdida"):
            assert words in listed, words
        assert "176,00" in ana.post("/caixas/planilha").text
    sound()


@pytest.mark.feature("B-17")
def test_two_desks_at_once_stay_apart(staff, db, clock, invoice):
    """Two operators of one company, and one operator in two companies; a foreign desk is a 404."""
    with clock(DAY):
        ana, silvia = staff("ana.souza"), staff("silvia.maia")
        mine, theirs = opened(ana), opened(silvia, "20,00", cast.vale_claro())
        other = opened(silvia, "5,00", cast.serra_azul())
        assert len({mine, theirs, other}) == 3
        path = f"/faturas/{invoice.id}/recebimento"
        assert received(ana, path, amount_cents="10,00", paid_with="cash").status == 303
        assert received(silvia, path, amount_cents="7,00", paid_with="cash").status == 303
        left = {desk.id: desk.cash_cents for desk in db.scalars(select(CashDesk))}
        number = {address: int(address.rpartition("/")[2]) for address in (mine, theirs, other)}
        assert left == {number[mine]: 11000, number[theirs]: 2700, number[other]: 500}
        assert silvia.get(mine).status == 200
        twice = ana.post("/caixas", {**ana.get("/caixas/abrir").form("/caixas"), "opening_cents": "1,00"})
        assert twice.status == 409
        assert "Você já tem um caixa aberto" in twice.words
        for stranger, foreign in ((ana, theirs), (ana, other)):
            for end in ("", "/fechamento", "/sangria"):
                assert stranger.get(foreign + end).status == 404, (foreign, end)
            assert stranger.post(f"{foreign}/fechamento", {"counted_cents": "0,00"}).status == 404
        assert "Silvia" not in ana.get("/caixas").words
        assert staff("silvia.maia", company="Serra Azul Net").get(mine).status == 404
        assert staff("bruno.reis").get("/caixas").status == 403
    sound()


def test_reopened_by_who_supervises(staff, db, clock, invoice):
    with clock(DAY):
        ana, silvia = staff("ana.souza"), staff("silvia.maia")
        desk = opened(ana)
        closing, reopening = f"{desk}/fechamento", f"{desk}/reabertura"
        assert silvia.get(reopening).status == 422
        assert received(ana, closing, counted_cents="100,00").status == 303
        assert ana.get(reopening).status == 403
        assert "Peça à supervisão" in ana.get(desk).words
        assert received(silvia, reopening, reason="").errors()["reason"]
        second = opened(ana)
        assert "caixa 2 aberto" in silvia.get(desk).words
        assert silvia.get(reopening).status == 422
        assert received(ana, f"{second}/fechamento", counted_cents="100,00").status == 303
        form = {**silvia.get(reopening).form(reopening), "reason": "Contagem errada"}
        assert silvia.post(reopening, form).status == 303
        assert silvia.post(reopening, form).status == 409
        assert "reabriu o caixa 1, fechado com R$ 100,00 (confere). Motivo: Contagem errada" in ana.get(desk).words
        assert received(ana, f"/faturas/{invoice.id}/recebimento", amount_cents="5,00").status == 303
        assert db.get(CashDesk, 1, populate_existing=True).cash_cents == 10500
    sound()


def test_an_estorno_leaves_the_desk_it_stands_on_or_the_one_now_open(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock(DAY):
        ana, silvia = staff("ana.souza"), staff("silvia.maia")
        desk = opened(ana, "0,00")
        for cents in ("30,00", "20,00"):
            assert received(ana, path, amount_cents=cents, paid_with="cash").status == 303
        first, second = db.scalars(select(Payment).order_by(Payment.id)).all()
        undo = f"/pagamentos/{first.id}/estorno"
        assert "Sai do caixa 1, de Ana Souza." in silvia.get(undo).words
        assert received(silvia, undo, reason="Fatura errada").status == 303
        assert db.get(CashDesk, 1, populate_existing=True).cash_cents == 2000
        assert received(ana, f"{desk}/fechamento", counted_cents="20,00").status == 303

        undo = f"/pagamentos/{second.id}/estorno"
        assert "está fechado e você não tem outro aberto: sai fora de caixa" in silvia.get(undo).words
        wants_desk()
        assert "Abra o seu em Caixa" in silvia.get(undo).words
        with pytest.raises(Exception, match="está fechado"), cast.by("silvia.maia"):
            Reversal.make(db.get(Payment, second.id), "Errado")
        db.rollback()
        own = opened(silvia, "5,00", cast.vale_claro())
        assert "menos que o estorno" in silvia.get(undo).words
        assert received(silvia, f"{own}/suprimento", amount_cents="50,00", reason="Troco").status == 303
        assert "sai do caixa 2, que você tem aberto" in silvia.get(undo).words
        assert received(silvia, undo, reason="Fatura errada").status == 303
        assert [desk.cash_cents for desk in db.scalars(select(CashDesk).order_by(CashDesk.id))] == [2000, 3500]
        page = silvia.get(f"/pagamentos/{second.id}")
        assert page.h1 == "Estornado: R$ 20,00"
        assert "não há recibo dele" in page.words
        assert silvia.post(f"/pagamentos/{second.id}/recibo", {"papel": "a4"}).status == 422
    sound()


def test_a_loose_charge_with_change_and_without_a_desk(staff, db, clock, invoice):
    """Where no desk is asked for cash comes in without one; cards never need one."""
    with clock(DAY):
        ana = staff("ana.souza")
        charge = loose(cast.service(cast.ze()))
        path = f"/cobrancas/{charge.id}/recebimento"
        assert "Faltam R$ 10,00" in received(ana, path, given_cents="40,00").errors()["given_cents"]
        done = received(ana, path, given_cents="50,00", paid_with="cash")
        assert ana.follow(done).h1 == "Recebido: R$ 50,00"
        wants_desk()
        assert received(ana, f"/faturas/{invoice.id}/recebimento", amount_cents="10,00", paid_with="pix").status == 303
        assert db.scalars(select(CashEntry)).all() == []
    sound()


def test_a_receipt_meant_for_a_desk_that_was_closed_is_asked_for_again(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock(DAY):
        ana = staff("ana.souza")
        desk = opened(ana)
        form = ana.get(path).form(path)
        counting = ana.get(f"{desk}/fechamento").form(f"{desk}/fechamento")
        assert form["desk_id"] == "1"
        assert received(ana, path, amount_cents="1,00").status == 303
        late = ana.post(f"{desk}/fechamento", {**counting, "counted_cents": "101,00"})
        assert late.status == 409
        assert "Entrou ou saiu dinheiro deste caixa" in late.words
        assert received(ana, f"{desk}/fechamento", counted_cents="101,00").status == 303
        form["amount_cents"] = "5,00"
        form["version"] = str(db.get(Invoice, invoice.id, populate_existing=True).version)
        refused = ana.post(path, form)
        assert "O caixa 1 foi fechado enquanto a página estava aberta" in refused.errors()["paid_with"]
        assert len(db.scalars(select(Payment)).all()) == 1
        assert ana.post(path, refused.form(path)).status == 303
    sound()


def test_credit_given_back_in_cash_leaves_the_drawer(staff, db, clock, invoice):
    """No more than lies in it, never without one where the company wants it; taken back, it lies there again."""
    wants_desk()
    with clock(DAY):
        silvia = staff("silvia.maia")
        with cast.by("silvia.maia"):
            invoice.settle(Receipt("pix", invoice.total_cents + 4000, clock_of.today()))
        db.commit()
        credit = db.scalars(select(Credit)).one()
        path = f"/creditos/{credit.id}/devolucao"
        form = {**silvia.get(path).form(path), "amount_cents": "30,00", "means": "cash", "reason": "O cliente pediu."}
        assert "caixa aberto" in silvia.post(path, form).errors()["means"]
        desk = opened(silvia, "20,00", cast.vale_claro())
        assert "R$ 20,00" in silvia.post(path, form).errors()["means"]
        assert silvia.post(path, {**form, "amount_cents": "15,00"}).status == 303
        assert "R$ 5,00" in silvia.get(desk).words
        left = db.scalars(select(CashEntry).where(CashEntry.credit_entry_id.is_not(None))).one()
        alone = f"/caixas/movimentos/{left.id}/remover"
        assert not silvia.get(desk).page.select_one(f"a[href='{alone}']")
        refused = silvia.post(alone, {"reason": "Não levou."})
        assert (refused.status, "no Financeiro dele" in refused.words) == (422, True)
        undone(silvia, db)
    assert db.scalars(select(CashDesk.cash_cents)).one() == 2000
    sound()


def test_what_never_left_a_drawer_does_not_come_back_into_one(staff, db, clock, invoice):
    """Given back without a desk, or out of one that was closed meanwhile: the desk open now is not touched."""
    with clock(DAY):
        silvia = staff("silvia.maia")
        with cast.by("silvia.maia"):
            invoice.settle(Receipt("pix", invoice.total_cents + 4000, clock_of.today()))
        db.commit()
        path = f"/creditos/{db.scalars(select(Credit)).one().id}/devolucao"
        form = {**silvia.get(path).form(path), "amount_cents": "10,00", "means": "cash", "reason": "O cliente pediu."}
        assert silvia.post(path, form).status == 303
        first = opened(silvia, "50,00", cast.vale_claro())
        undone(silvia, db)
        assert silvia.post(path, {**silvia.get(path).form(path), **form}).status == 303
        closing = f"{first}/fechamento"
        assert silvia.post(closing, {**silvia.get(closing).form(closing), "counted_cents": "40,00"}).status == 303
        opened(silvia, "7,00", cast.vale_claro())
        undone(silvia, db)
    assert db.scalars(select(CashDesk.cash_cents).order_by(CashDesk.id)).all() == [4000, 700]
    assert db.scalars(select(Credit.balance_cents)).one() == 4000
    sound()


def undone(who, db):
    """The last credit given back is taken back in the customer's Financeiro."""
    given = select(CreditEntry).where(CreditEntry.kind == "given_back").order_by(CreditEntry.id.desc())
    path = f"/creditos/movimentos/{db.scalars(given).first().id}/remover"
    assert who.post(path, {**who.get(path).form(path), "reason": "Não levou."}).status == 303
    db.expire_all()


def test_what_came_in_while_it_was_closed_is_no_finding_after_it_is_reopened(staff, db, clock, invoice):
    path = f"/faturas/{invoice.id}/recebimento"
    with clock("2026-12-02 08:00"):
        desk = opened(staff("ana.souza"))
    with clock("2026-12-02 09:00"):
        closing = f"{desk}/fechamento"
        ana = staff("ana.souza")
        assert ana.post(closing, {**ana.get(closing).form(closing), "counted_cents": "100,00"}).status == 303
    with clock("2026-12-02 10:00"):
        assert received(staff("ana.souza"), path, amount_cents="10,00", paid_with="cash").status == 303
    with clock("2026-12-02 11:00"):
        silvia, again = staff("silvia.maia"), f"{desk}/reabertura"
        assert silvia.post(again, {**silvia.get(again).form(again), "reason": "Contagem errada."}).status == 303
        sound()


def test_who_receives_without_reading_the_money_is_told_the_change_and_led_home(staff, db, clock, invoice):
    """Início shows them no sums either."""
    with cast.by("davi.rocha"):
        role = Role(name="Balcão", permissions=["billing.cash_desk", "billing.receive", "people.read"])
        role.create()
        db.execute(update(Operator).where(Operator.login == "bruno.reis").values(role_id=role.id))
    db.commit()
    with clock(DAY):
        bruno = staff("bruno.reis")
        done = received(bruno, f"/faturas/{invoice.id}/recebimento", paid_with="cash", given_cents="200,00")
        assert (done.status, done.location) == (303, "/")
        home = bruno.get("/")
        assert "Troco: R$ 33,50" in home.words
        assert "Recebido em" not in home.words
        assert not home.page.select("main a[href^='/faturas']")


@pytest.mark.usefixtures("billed")
def test_after_a_receipt_what_the_customer_still_owes_is_there_to_receive(staff, db):
    rita = cast.rita()
    late = db.scalars(
        select(Invoice).where(Invoice.person_id == rita.id, Invoice.status == "open").order_by(Invoice.due_on)
    ).all()[:2]
    first, second = late[0].id, late[1].id
    db.commit()
    ana = staff("ana.souza")
    done = received(ana, f"/faturas/{first}/recebimento", paid_with="cash")
    page = ana.get(done.location)
    assert "Ainda vencidas" in page.words
    assert page.page.select_one(f'main a[href="/faturas/{second}/recebimento"]')
    assert not page.page.select_one(f'main a[href="/faturas/{first}/recebimento"]')
