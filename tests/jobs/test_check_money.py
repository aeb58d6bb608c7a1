"""`flask check` on money: nothing in a month that was billed, paid and cut; and each breach that is planted."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

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
        moved.move_due(date(2026, 12, 28))
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
    plant(database, statement.format(**month))
    assert finding.format(**month) in "\n".join(findings(worker))
