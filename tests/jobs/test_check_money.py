"""`flask check` on money: nothing in a month that was billed, paid and cut; and each breach that is planted."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from models import check
from models import clock as real
from models.billing import Invoice, Receipt
from models.dunning import climb
from tests import cast
from tests.jobs.test_check import plant
from tests.models.billing.money import account, charged, run
from tests.models.dunning.debts import owes

pytestmark = pytest.mark.postgresql


@pytest.fixture
def month(db, worker):
    """Seu Zé paid with fine and interest, Dona Rita's invoice waits, Padaria Sol was told and cut."""
    with real.set_to(datetime.fromisoformat("2026-12-01T13:00:00+00:00")):
        account()
        charged(cast.ze())
        charged(cast.rita())
        run()
        ids = {"paid": owes(cast.service(cast.ze()), date(2026, 11, 10)).id}
        sol = cast.service(cast.sol(), "Fibra 1 Gbps")
        ids["cut_for"] = owes(sol, date(2026, 10, 10), date(2026, 10, 12)).id
        owes(sol, date(2026, 10, 15), date(2026, 10, 20))
        owes(sol, date(2026, 11, 10), date(2026, 11, 25))  # too young to cut for
        moved = db.scalars(select(Invoice).where(Invoice.status == "open", Invoice.barcode != "")).first()
        moved.move_due(date(2026, 12, 28), may_discount=True)
        db.get_one(Invoice, ids["paid"]).settle(Receipt("pix", 10327, date(2026, 12, 1)))
        assert climb(sol.id, date(2026, 12, 1)) == "suspend"
        ids["sol"] = sol.id
        db.commit()
    worker.drain()
    return ids


def findings(worker) -> list[str]:
    found = worker.command("check").output.splitlines()[:-1]
    return [line for line in found if not line.startswith("banco: ")]


def test_finds_nothing_in_a_month(worker, month):
    assert findings(worker) == []


LAST = "(select max(id) from invoice where barcode <> '')"
LINE = (
    "insert into bank_file_record (id, company_id, bank_file_id, line, nosso_numero, our_number, occurrence, meaning,"
    " paid_cents, discount_cents, bank_fee_cents, reasons, outcome, doubt)"
    " values (1, 1, 1, 3, '1', '', '06', '{1}', 500, 0, 0, '', '{0}', '')"
)
PIX = (
    "insert into pix_receipt (id, company_id, e2e_id, txid, pix_key, amount_cents, returned_cents, happened_at,"
    " outcome, told_by, created_at) values (1, 1, 'E1', '', '', 1, {1}, '2026-12-01 00:00:00.000000', '{0}', 'webhook',"
    " '2026-12-01 00:00:00.000000')"
)
BREACHES = {
    "items": ("update charge_item set amount_cents = amount_cents + 1 where id = 1", "cobrança 1: é de "),
    "charges": (
        "update charge set amount_cents = amount_cents + 1 where invoice_id = {paid}",
        "fatura {paid}: é de 9990 centavos e suas cobranças somam 9991",
    ),
    "fate": ("update charge set status = 'open' where invoice_id = {paid}", "está open, mas a fatura {paid} está paid"),
    "paid for nothing": (
        "delete from payment where invoice_id = {paid}",
        "fatura {paid}: paid com 9990 centavos pagos, e seus pagamentos quitam 0",
    ),
    "paid in part": ("update invoice set paid_cents = 1 where id = {paid}", "fatura {paid}: paid com 1 centavos"),
    "parts of a payment": ("update payment set fine_cents = fine_cents + 1", "é de 10327 centavos e suas partes somam"),
    "barcode": (
        f"update invoice set due_on = '2027-03-01' where id = {LAST}",
        "o código de barras não é o do seu nosso número, vencimento e valor",
    ),
    "nosso número": ("update counter set last = 0 where key like 'nosso_numero:%'", "o contador está em 0 e o maior"),
    "nosso número of a replaced slip": (
        "update replaced_slip set nosso_numero = 99, barcode = 'x'",
        "e o maior nosso número é 99",
    ),
    "replaced nosso número": (
        f"update replaced_slip set nosso_numero = (select nosso_numero from invoice where id = {LAST})",
        "seu número ou txid é também o da fatura",
    ),
    "replaced txid": (
        f"update replaced_slip set txid = (select txid from invoice where id = {LAST})",
        "seu número ou txid é também o da fatura",
    ),
    "pix code": (
        f"update invoice set pix_code = '' where id = {LAST}",
        "o código Pix não é o da sua chave, valor e txid",
    ),
    "altered pix code": (
        f"update invoice set pix_code = replace(pix_code, '5303986', '5303840') where id = {LAST}",
        "o código Pix não é o da sua chave, valor e txid",
    ),
    "edition nobody knows": (
        f"update invoice set account_edition = account_edition + 1 where id = {LAST}",
        "o código de barras não é o do seu nosso número",
    ),
    "customer": (
        f"update invoice set person_id = 1 + person_id where id = {LAST}",
        ", e seu serviço ou carnê é de outro",
    ),
    "paid in the future": ("update payment set paid_on = '2999-01-01'", "é de 01/01/2999, um dia que ainda não chegou"),
    "paid without a day": ("update invoice set paid_on = null where id = {paid}", "fatura {paid}: está paid e a data"),
    "open with a day": (
        f"update invoice set paid_on = '2026-12-01' where id = {LAST}",
        "está open e a data do pagamento",
    ),
    "account out of use": (
        "update bank_account set inactive_since = '2026-12-01 00:00:00.000000'",
        "está inativa, e uma forma de cobrança",
    ),
    "cancelled carnê": (
        "insert into carne (id, company_id, person_id, service_id, description, email, status, used_from, first_due_on,"
        " installments, created_at, version) select 1, company_id, person_id, service_id, 'x', '', 'cancelled',"
        f" '2026-12-01', '2026-12-10', 1, '2026-12-01 00:00:00.000000', 1 from invoice where id = {LAST};"
        f"update invoice set carne_id = 1, installment = 1 where id = {LAST}",
        "carnê 1: está cancelado e a fatura ",
    ),
    "pix without payment": (
        PIX.format("settled", 0),
        "Pix recebido 1: está settled, e os pagamentos dizem outra coisa",
    ),
    "pix given back that still pays": (
        PIX.format("returned", 1) + ";update payment set e2e_id = 'E1' where id = 1",
        "Pix recebido 1: o banco devolveu 1 centavos dele, e o pagamento ainda vale, estorne",
    ),
    "provider with letters": (
        "update company set cnpj = '12ABC34501DE35' where id <> 0;update invoice set registration = 'pending'",
        ": O CNPJ da empresa tem letras",
    ),
    "line settled without payment": (LINE.format("settled", "paid"), "linha de retorno 1: está settled"),
    "line of money as information": (LINE.format("info", "other"), "linha de retorno 1: traz 500 centavos"),
    "line that waits with a payment": (
        LINE.format("quarantine", "paid") + ";update payment set bank_file_record_id = 1",
        "linha de retorno 1: está quarantine",
    ),
    "number": ("update invoice set number = 900 where id = {paid}", "fatura: faltam os números "),
    "told too late": (
        "update cut set noticed_on = '2026-11-20'",
        "serviço {sol}: suspenso pela régua em 01/12/2026, sem aviso 15 dias antes",
    ),
    "told of another debt": (
        "update debt_notice set service_id = 1, company_id = 1 where invoice_id = {cut_for}",
        "serviço {sol}: suspenso pela régua em 01/12/2026, sem aviso 15 dias antes",
    ),
}


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_says_what_is_broken(worker, database, month, breach):
    statement, finding = BREACHES[breach]
    plant(database, *statement.format(**month).split(";"))
    assert finding.format(**month) in "\n".join(findings(worker))


def test_a_question_that_breaks_is_a_finding_and_the_others_are_asked(worker, month, monkeypatch):
    def broken():
        raise KeyError("x")

    asked = [broken, *check.QUESTIONS]
    monkeypatch.setattr(check, "QUESTIONS", tuple(asked))
    assert findings(worker) == ["conferência broken: não pôde ser feita (KeyError)"]
