"""Estorno at the counter, of a bank line and of a Pix; the other ways back of an invoice (B-01)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from models import check
from models import clock as clock_of
from models.base import db as base
from models.base import read_only
from models.billing import Carne, Charge, Credit, Invoice, Payment, Receipt, credit_of
from models.billing.issue import issue_alone
from models.catalog import BillingMethod, ChargeKind
from models.collection import BankFile, BankFileRecord, PixReceipt, Reversal
from models.collection.outgoing import waiting_titles
from models.collection.to_pay import to_pay
from models.dunning import climb
from models.history import Event
from models.operators import Role
from models.papers.slips import slips
from models.services import Service
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

DUE = date(2026, 12, 10)
NOON = "2026-12-10 12:00"
TOLD, CUT = "2026-12-14 09:00", "2026-12-29 09:00"


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50, due on Thursday 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


def fresh(db, row):
    return db.get(type(row), row.id, populate_existing=True)


def sound(db):
    db.rollback()
    with read_only():
        found = [line for _, lines in check.answers() for line in lines]
        assert [line for line in found if not line.startswith("tarefa ")] == []
        db.rollback()


def visit(service):
    """A one-off charge of R$ 50,00, due on the day."""
    kind = base.session.scalars(select(ChargeKind).order_by(ChargeKind.id)).first()
    usual = {"description": "Visita técnica", "amount_cents": 5000, "discount_cents": 0, "due_on": clock_of.today()}
    return Charge.add(service, kind, **usual)


def estorno(payment):
    return f"/pagamentos/{payment.id}/estorno"


@pytest.mark.feature("B-01")
@pytest.mark.postgresql
@pytest.mark.parametrize("way", ["counter", "boleto", "pix"])
def test_taken_back_and_received_on_the_right_one(staff, db, clock, worker, invoice, way):
    """By each means: open again, the service as before, both acts in history; refused without reason and twice."""
    service = cast.service(cast.ze())
    with clock(TOLD):
        assert climb(service.id, date(2026, 12, 14)) == "notice"
    with clock(CUT):
        assert climb(service.id, date(2026, 12, 29)) == "suspend"
        db.commit()
        payment = settled_by(db, way, invoice)
        worker.drain()
        assert (fresh(db, invoice).status, fresh(db, service).status) == ("paid", "active")

        silvia = staff("silvia.maia")
        page = silvia.get(f"/faturas/{invoice.id}")
        [link] = page.page.select(f'a[href="{estorno(payment)}"]')
        asked = silvia.get(link["href"])
        assert f"A fatura {invoice.number} fica em aberto: faltam R$ 166,50" in asked.words.replace("\u00a0", " ")
        for blank in ("", "  "):
            assert "Escreva o motivo." in silvia.post(estorno(payment), {"reason": blank}).errors()["reason"]
        assert fresh(db, invoice).status == "paid"
        assert silvia.post(estorno(payment), {"reason": "Recebido na fatura errada"}).status == 303
        worker.drain()
        assert (fresh(db, invoice).status, fresh(db, invoice).open_cents) == ("open", 16650)
        assert {row.status for row in db.scalars(select(Charge))} == {"open"}
        assert fresh(db, service).status == "suspended_for_debt", "as before the payment"
        again = silvia.post(estorno(payment), {"reason": "Outra vez"})
        assert again.status == 409
        assert "já foi estornado" in again.words
        assert "já foi estornado" in silvia.get(estorno(payment)).words

        shown = silvia.get(f"/faturas/{invoice.id}").words
        assert "Estornado" in shown
        assert "por Sílvia Maia: Recebido na fatura errada" in shown
        history = silvia.get(f"/clientes/{cast.ze().id}/historicos").words
        assert "registrou o pagamento da fatura" in history
        assert "voltou a ficar em aberto. Motivo: Recebido na fatura errada" in history
        waits_for_a_person(silvia, db, way, invoice)
        sound(db)


def settled_by(db, way, invoice):
    """R$ 166,50 and what it costs more by now."""
    cents, on = invoice.due_today().total_cents, date(2026, 12, 29)
    if way == "counter":
        payment = invoice.receive(cents, on, None, may_discount=False)
    elif way == "pix":
        row = PixReceipt(company_id=invoice.company_id, e2e_id="E1", txid=invoice.txid, amount_cents=cents)
        row.happened_at = row.created_at = row.confirmed_at = invoice.created_at
        row.outcome, row.told_by = "divergent", "webhook"
        db.add(row)
        db.flush()
        row.settle_on(invoice.number)
        payment = db.scalars(select(Payment)).one()
    else:
        line(db, invoice, cents).settle()
        payment = db.scalars(select(Payment)).one()
    db.commit()
    return payment


def line(db, invoice, cents, name="a.ret"):
    """A line of a retorno about it, to be settled."""
    at = {"company_id": invoice.company_id, "created_at": invoice.created_at}
    file = BankFile(
        **at,
        bank_account_id=invoice.bank_account_id,
        direction="return",
        name=name,
        sha256=name.ljust(64, "0"),
        layout="cnab240",
        content=b"0",
        titles=1,
        total_cents=cents,
        brought_by="Ana Souza",
        status="settled",
    )
    db.add(file)
    db.flush()
    record = BankFileRecord(
        company_id=invoice.company_id,
        bank_file_id=file.id,
        line=3,
        nosso_numero="1",
        sequence=invoice.nosso_numero,
        occurrence="06",
        meaning="paid",
        outcome="waiting",
        invoice_id=invoice.id,
        paid_cents=cents,
        occurred_on=date(2026, 12, 29),
    )
    db.add(record)
    db.flush()
    return record


def waits_for_a_person(silvia, db, way, invoice):
    """The line or the Pix is tied again, and settles once more."""
    if way == "counter":
        return
    if way == "pix":
        waiting = db.scalars(select(PixReceipt)).one()
        path = f"/pix-recebidos/{waiting.id}/baixa"
        assert f"Foi estornado da fatura {invoice.number}" in silvia.get("/pix-recebidos").words
    else:
        waiting = db.scalars(select(BankFileRecord)).one()
        path = f"/arquivos-do-banco/linhas/{waiting.id}"
        said = silvia.get(f"/arquivos-do-banco/{waiting.bank_file_id}").words
        assert f"Foi estornada da fatura {invoice.number}" in said
    assert fresh(db, waiting).outcome == ("divergent" if way == "pix" else "quarantine")
    assert silvia.post(path, {"number": str(invoice.number)}).status == 303
    assert (fresh(db, waiting).outcome, fresh(db, invoice).status) == ("settled", "paid")


@pytest.mark.feature("B-01")
def test_not_without_permission(staff, db, clock, invoice):
    with clock(NOON):
        payment = invoice.receive(16650, DUE, None, may_discount=False)
        db.commit()
        ana = staff("ana.souza")
        assert not ana.get(f"/faturas/{invoice.id}").page.select(f'a[href="{estorno(payment)}"]')
        assert ana.get(estorno(payment)).status == 403
        assert ana.post(estorno(payment), {"reason": "Errei"}).status == 403
    assert db.scalars(select(Reversal)).all() == []
    permitted = {role.name for role in db.scalars(select(Role)) if "billing.reverse" in role.permissions}
    assert permitted == {"Supervisão", "Administrador"}


def test_what_a_person_suspended_is_suspended_again(db, clock, worker, invoice):
    with clock("2026-12-20 10:00"):
        service = cast.service(cast.ze())
        service.suspend("Cheque devolvido", "reduced")
        db.commit()
        payment = invoice.receive(invoice.due_today().total_cents, date(2026, 12, 20), None, may_discount=False)
        db.commit()
        worker.drain()
        assert fresh(db, service).status == "active"
        Reversal.make(payment, "Cartão contestado")
        db.commit()
        worker.drain()
        assert fresh(db, service).status == "reduced"
    told = db.scalars(select(Event).where(Event.action == "service.reduced").order_by(Event.id.desc())).first()
    assert "voltou a ficar em aberto" in told.reason


def test_a_part_taken_back_leaves_the_other(db, clock, invoice):
    with clock(NOON):
        part = invoice.receive(10000, DUE, None, may_discount=False)
        last = invoice.receive(6650, DUE, None, may_discount=False)
        Reversal.make(part, "Nota falsa")
        assert (invoice.status, invoice.paid_cents, invoice.open_cents) == ("open", 6650, 10000)
        Reversal.make(last, "Também")
        assert (invoice.paid_cents, invoice.paid_on) == (0, None)
        db.commit()
        sound(db)


def test_credit_that_was_used_is_given_up_first(staff, db, clock, invoice):
    with clock(NOON):
        twice = [invoice.settle(Receipt("boleto", 16650, DUE)) for _ in range(2)][1]
        db.commit()
        silvia, ze = staff("silvia.maia"), cast.ze()
        credit = credit_id(db)
        given = {"amount_cents": "100,00", "means": "pix", "given_on": DUE.isoformat(), "reason": "Pediu"}
        assert silvia.post(f"/creditos/{credit}/devolucao", given).status == 303
        refused = silvia.post(estorno(twice), {"reason": "Estornado pelo banco"})
        assert refused.status == 422
        assert "R$ 100,00 já foram usados ou devolvidos. Antes desfaça" in refused.words.replace("\u00a0", " ")
        [undo] = silvia.get(f"/clientes/{ze.id}/financeiro").page.select('a[href^="/creditos/movimentos/"]')
        assert silvia.post(undo["href"], {"reason": "O Pix voltou"}).status == 303
        assert silvia.post(undo["href"], {"reason": "De novo"}).status == 409
        assert silvia.post(estorno(twice), {"reason": "Estornado pelo banco"}).status == 303
        assert (credit_of(ze.id), fresh(db, invoice).status) == (0, "paid")
        sound(db)


def credit_id(db):
    return db.scalars(select(Credit.id)).one()


def test_the_same_line_in_another_file_does_not_settle_what_was_taken_back(db, clock, invoice):
    with clock(CUT):
        first = line(db, invoice, invoice.due_today().total_cents)
        first.settle()
        Reversal.make(db.scalars(select(Payment)).one(), "De outro cliente")
        again = line(db, invoice, first.paid_cents, "b.ret")
        again.settle()
        assert (first.outcome, again.outcome, invoice.status) == ("quarantine", "quarantine", "open")
        assert again.doubt == "repeated", "a person says whether it came in twice"
        again.tie(invoice.number)
    assert (again.outcome, invoice.status) == ("settled", "paid"), "its money is not lost with the first"


def test_a_charge_received_alone_is_taken_back(staff, db, clock, invoice):
    with clock(NOON):
        charge = visit(cast.service(cast.ze()))
        charge.receive(DUE)
        db.commit()
        silvia, path = staff("silvia.maia"), f"/clientes/{cast.ze().id}/financeiro"
        [link] = silvia.get(path).page.select('a[href^="/pagamentos/"]')
        assert silvia.post(link["href"], {"reason": "Não foi feita"}).status == 303
        assert fresh(db, charge).status == "open"
        assert not silvia.get(path).page.select('a[href^="/pagamentos/"]')
        sound(db)


def test_a_write_off_is_reopened_and_a_cancelled_one_says_what_to_do(staff, db, clock, invoice):
    with clock(NOON):
        ana, path = staff("ana.souza"), f"/faturas/{invoice.id}"
        assert ana.post(f"{path}/baixa", {"reason": "Por engano"}).status == 303
        assert ana.get(f"{path}/reabertura").status == 200
        assert "Escreva o motivo." in ana.post(f"{path}/reabertura", {"reason": " "}).errors()["reason"]
        assert ana.post(f"{path}/reabertura", {"reason": "Foi engano"}).status == 303
        assert fresh(db, invoice).status == "open"
        assert {row.status for row in db.scalars(select(Charge))} == {"open"}
        assert ana.post(f"{path}/cancelamento", {"reason": "Duplicada"}).status == 303
        seen = {"version": str(fresh(db, invoice).version)}
        refused = ana.post(f"{path}/reabertura", {"reason": "Quero de volta", **seen})
        assert refused.status == 422
        assert "Dias sem cobrança" in refused.words
        sound(db)


@pytest.mark.parametrize(
    ("today", "due", "sentence"),
    [
        ("2026-12-02", DUE, ""),
        ("2026-12-21", date(2026, 12, 21), ""),
        ("2026-12-21", date(2026, 12, 28), ""),
        ("2026-12-21", DUE, "já passou"),
        ("2026-12-21", None, "Escolha o vencimento"),
        ("2026-12-21", date(2031, 1, 1), "Confira o ano"),
    ],
)
def test_a_refused_boleto_is_sent_again(staff, db, clock, invoice, today, due, sentence):
    path = f"/faturas/{invoice.id}/reenvio"
    with clock(f"{today} 10:00"):
        silvia, before = staff("silvia.maia"), invoice.barcode
        assert "Não é preciso mandar de novo" in silvia.get(path).words
        db.execute(update(Invoice).values(registration="rejected"))
        db.commit()
        assert silvia.get(f"/faturas/{invoice.id}").page.select_one(f'a[href="{path}"]')
        filled = silvia.get(path).page.select_one("#due_on")["value"]
        assert date.fromisoformat(filled) == max(DUE, date.fromisoformat(today))
        answer = silvia.post(path, {"due_on": due.isoformat() if due else ""})
        if sentence:
            assert sentence in str(answer.errors()["due_on"])
            assert fresh(db, invoice).barcode == before
            return
        assert answer.status == 303
        now = fresh(db, invoice)
        assert (now.registration, now.due_on, now.nosso_numero) == ("pending", due, 2)
        assert now.barcode != before
        sound(db)


@pytest.mark.parametrize("login", ["ana.souza", "silvia.maia"])
def test_a_day_in_the_past_gives_no_fine_away(staff, db, clock, invoice, login):
    with clock("2026-12-21 10:00"):
        form = {
            "paid_on": DUE.isoformat(),
            "amount_cents": "166,50",
            "paid_with": "cash",
            "version": str(invoice.version),
        }
        answer = staff(login).post(f"/faturas/{invoice.id}/recebimento", form)
        if login == "ana.souza":
            assert "R$ 3,94 menores" in str(answer.errors()["paid_on"]).replace("\u00a0", " ").replace("\\xa0", " ")
            assert fresh(db, invoice).status == "open"
        else:
            assert fresh(db, invoice).status == "paid"


def test_by_pix_alone_there_is_no_boleto_at_any_door(staff, db, clock):
    with clock("2026-12-01 10:00"):
        account()
        pix = db.scalars(select(BillingMethod).where(BillingMethod.means == "pix")).one()
        service = charged(cast.ze(), billing_method_id=pix.id)
        nobody_else(cast.ze())
        run()
        issue_alone(visit(service))
        db.get_one(Service, service.id).uses_carne = True
        db.commit()
        Carne.generate(service, date(2027, 2, 11), date(2027, 2, 11), 2)
        db.commit()
        first = db.scalars(select(Invoice).order_by(Invoice.id)).first()
        first.move_due(first.due_on + timedelta(days=2))
        db.commit()
        every = db.scalars(select(Invoice)).all()
        assert len(every) == 4
        assert {(row.barcode, row.nosso_numero, row.registration) for row in every} == {("", None, "none")}
        assert all(row.pix_code for row in every)
        assert [row.titles for row in waiting_titles()] == [0]
        assert [slip["boleto"] for slip in slips(every)] == [None] * 4
        assert all(row.pix_code for row in to_pay(Invoice.id.in_([row.id for row in every])))
        ana = staff("ana.souza")
        assert "não emite boleto" in ana.get(f"/faturas/{first.id}").words
        refused = staff("davi.rocha").post(
            f"/configuracao/formas-de-cobranca/{pix.id}/editar",
            {"name": pix.name, "means": "boleto", "company_id": "0", "bank_account_id": str(pix.bank_account_id)},
        )
        assert "O meio não muda depois de criado" in refused.words
