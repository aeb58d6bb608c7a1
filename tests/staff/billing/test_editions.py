"""What was issued keeps what it was issued with: account, Pix key, fine and interest (decision 017)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Invoice
from models.billing.issue import Draft, NewCharge, issue
from models.catalog import AccountEdition, BankAccount
from models.collection import BankFile, PixCharge
from models.collection.outgoing import make_outgoing, waiting_titles
from models.collection.pix_charge import without_pix
from models.collection.to_pay import pix_code
from models.operators import Company
from models.papers import invoice_paper
from staff.bank_files.outgoing import written
from tests import cast
from tests.models.billing.money import account as new_account

PATH = "/configuracao/contas-de-cobranca"
DUE = date(2026, 12, 10)
OLD_KEY, NEW_KEY = "financeiro@valeclaro.com.br", "caixa@valeclaro.com.br"


@pytest.fixture(autouse=True)
def november(db, clock):
    with clock("2026-11-24 10:00"):
        yield


@pytest.fixture
def account(db):
    return new_account()


def invoice_of(db, account, due=DUE):
    service = cast.service(cast.ze())
    company = db.get(Company, service.company_id)
    charge = NewCharge(service.id, "one_off", "Visita técnica", 9990, (("one_off", "Visita técnica", 9990),))
    draft = Draft(company, service.person_id, service.billing_method_id, account, due, (charge,))
    [id] = issue([draft], date(2026, 11, 24))
    db.commit()
    return db.get(Invoice, id)


def edit(staff, account, **changes):
    davi, path = staff("davi.rocha"), f"{PATH}/{account.id}/editar"
    assert davi.post(path, {**davi.get(path).form(path), **changes}).status == 303


def test_an_edit_of_what_issues_is_a_new_edition_and_nothing_else_is(staff, db, account):
    edit(staff, account, name="Itaú, a velha")
    assert db.get(BankAccount, account.id, populate_existing=True).edition == 1
    edit(staff, account, conta="54321", pix_key=NEW_KEY)
    account = db.get(BankAccount, account.id, populate_existing=True)
    first, second = db.scalars(select(AccountEdition).order_by(AccountEdition.number)).all()
    assert (first.fields["conta"], first.pix_key) == ("12345", OLD_KEY)
    assert (second.fields["conta"], second.pix_key, account.edition) == ("54321", NEW_KEY, 2)


def test_slip_remessa_and_pix_are_those_of_the_day_it_was_issued(staff, db, account):
    old = invoice_of(db, account)
    before, code = invoice_paper(old), pix_code(old)
    edit(staff, account, conta="54321", pix_key=NEW_KEY, instructions="Depósito não quita.")
    db.expire_all()
    account = db.get(BankAccount, account.id)
    new = invoice_of(db, account)
    assert (old.account_edition, new.account_edition) == (1, 2)
    assert invoice_paper(old) == before, "the printed slip is printed again as it was"
    assert (OLD_KEY in pix_code(old), NEW_KEY in pix_code(new)) == (True, True)
    assert pix_code(old) == code
    assert [row.titles for row in waiting_titles()] == [2]
    with_old, with_new = (make_outgoing(account, written) for _ in range(2))
    assert ["54321" in content(each) for each in (with_old, with_new)] == [False, True]
    assert [each.titles for each in (with_old, with_new)] == [1, 1]
    db.expire_all()
    assert {old.registration, new.registration} == {"sent"}


def content(file: BankFile) -> str:
    return file.content.decode("ascii")


def test_late_the_code_made_anew_still_pays_to_the_old_key(staff, db, clock, account):
    old = invoice_of(db, account)
    edit(staff, account, pix_key=NEW_KEY)
    db.expire_all()
    with clock("2026-12-21 10:00"):
        late = pix_code(old)
    assert late != old.pix_code
    assert OLD_KEY in late


def test_another_key_shares_a_remessa(staff, db, account):
    invoice_of(db, account)
    edit(staff, account, pix_key=NEW_KEY)
    db.expire_all()
    invoice_of(db, db.get(BankAccount, account.id))
    assert make_outgoing(db.get(BankAccount, account.id), written).titles == 2


def test_a_charge_at_the_bank_keeps_its_key_and_its_money_is_known(staff, db, account):
    old = invoice_of(db, account)
    PixCharge.request(old)
    db.commit()
    edit(staff, account, pix_key=NEW_KEY)
    db.expire_all()
    charge = db.scalars(select(PixCharge)).one()
    assert db.get(AccountEdition, (charge.bank_account_id, charge.account_edition)).pix_key == OLD_KEY
    assert set(BankAccount.companies_by_key()) == {OLD_KEY, NEW_KEY}
    other = invoice_of(db, db.get(BankAccount, account.id))
    assert list(db.scalars(without_pix(OLD_KEY, date(2026, 11, 24)))) == []
    assert list(db.scalars(without_pix(NEW_KEY, date(2026, 11, 24)))) == [other.id]


def test_a_new_due_date_is_issued_as_the_account_is_now(staff, db, account):
    old = invoice_of(db, account)
    edit(staff, account, pix_key=NEW_KEY)
    db.expire_all()
    assert staff("ana.souza").post(f"/faturas/{old.id}/vencimento", {"due_on": "2026-12-20"}).status == 303
    db.expire_all()
    assert (old.account_edition, NEW_KEY in old.pix_code) == (2, True)


def test_fine_and_interest_are_those_of_the_slip(staff, db, clock, account):
    old = invoice_of(db, account)
    company = db.get(Company, old.company_id)
    company.fine_bp, company.interest_bp = 0, 50
    db.commit()
    new = invoice_of(db, account)
    with clock("2026-12-21 10:00"):
        assert old.due_today().fine_cents == 200
        assert new.due_today().fine_cents == 0
        assert "multa de 2 %" in invoice_paper(old)["late"]
        assert "0,5 % ao mês" in invoice_paper(new)["late"]


def test_a_field_only_remessas_need_may_be_filled_in_later(staff, db):
    bank = BankAccount(company_id=0, name="BB", bank="001", fields={"convenio": "3128557", "carteira": "17"})
    bank.create()
    waiting = invoice_of(db, bank)
    assert "Falta" in (bank.refusal_to_send() or "")
    more = {"agencia": "1234", "agencia_dv": "5", "conta": "67890", "conta_dv": "1", "variacao": "019"}
    bank.change(fields={**bank.fields, **more})
    db.commit()
    made = make_outgoing(bank, written)
    assert (made.titles, waiting.account_edition) == (1, 1)
