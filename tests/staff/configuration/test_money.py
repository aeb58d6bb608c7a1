"""Contas de cobrança and formas with their account (C-13)."""

import pytest
from sqlalchemy import select

from models import clock
from models.banking import BANKS
from models.banking.banks import LABELS
from models.catalog import BankAccount, BillingMethod
from models.catalog.bank_account import FILE_FIELDS, account_fields
from tests import cast

PATH = "/configuracao/contas-de-cobranca"
RULE = "/configuracao/regua-de-cobranca"


def typed(**more):
    return {
        "bank": "341",
        "name": "Itaú principal",
        "company_id": "0",
        "agencia": "0057",
        "conta": "1234-5",
        "carteira": "109",
        "pix_key": "financeiro@valeclaro.example",
        **more,
    }


def account(db):
    return db.scalars(select(BankAccount).execution_options(populate_existing=True)).first()


def test_every_field_of_every_bank_has_a_name():
    assert {name for bank in BANKS for name in account_fields(bank)} <= set(LABELS)
    assert set(FILE_FIELDS) <= set(BANKS)


def test_an_account_is_added_for_its_bank(staff, db):
    davi = staff("davi.rocha")
    banks = davi.get(f"{PATH}/adicionar")
    assert "De que banco é a conta?" in banks.words
    form = davi.get(banks.page.find("a", string="Itaú")["href"]).form(f"{PATH}/adicionar")
    assert {"bank", "name", "agencia", "conta", "carteira", "dac_conta", "pix_key"} <= set(form)
    assert (
        "Conta de cobrança Itaú principal adicionada"
        in davi.follow(davi.post(f"{PATH}/adicionar", typed(conta="12345"))).words
    )
    row = account(db)
    assert (row.bank, row.fields) == ("341", {"agencia": "0057", "conta": "12345", "carteira": "109"})
    edit = f"{PATH}/{row.id}/editar"
    again = davi.get(edit).form(edit)
    assert (again["agencia"], again["conta"]) == ("0057", "12345")
    assert davi.post(edit, {**again, "carteira": "112", "bank": "001"}).status == 303
    assert (account(db).fields["carteira"], account(db).bank) == ("112", "341")
    assert davi.post(f"{PATH}/{row.id}/inativacao").status == 303
    assert davi.post(f"{PATH}/{row.id}/remover").status == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Escreva o nome."),
        ({"bank": "999"}, "Escolha o banco na lista."),
        ({"conta": ""}, "Falta Conta para o boleto do Itaú."),
        ({"pix_key": "isto não é chave"}, "chave"),
        ({"bank": "", "pix_key": ""}, "sem um dos dois ninguém consegue pagar"),
        ({"company_id": "999"}, "Escolha a empresa."),
    ],
)
def test_says_what_is_wrong(staff, db, wrong, sentence):
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", typed(conta="12345") | wrong)
    assert refused.status == 422
    assert sentence in refused.words
    assert account(db) is None


@pytest.mark.parametrize(
    ("bank", "field", "wrong", "sentence"),
    [
        ("341", "agencia", "57A", "Agência do Itaú: só cabem algarismos. Corrija '57A'."),
        ("001", "convenio", "123", "O convênio do Banco do Brasil tem 7 algarismos"),
    ],
)
def test_a_wrong_field_of_an_account_is_named_beside_it(staff, db, bank, field, wrong, sentence):
    fields = {"341": {"conta": "12345"}, "001": {"convenio": "3128557", "carteira": "17", "agencia": ""}}[bank]
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", typed(bank=bank, **fields) | {field: wrong})
    assert sentence in refused.errors()[field]
    assert account(db) is None


@pytest.mark.postgresql
def test_a_method_is_paid_to_an_account_that_fits(staff, db):
    davi, method = staff("davi.rocha"), cast.method("Boleto mensal")
    davi.post(f"{PATH}/adicionar", {"bank": "", "name": "Só Pix", "company_id": "0", "pix_key": "a@b.example"})
    pix = account(db)
    path = f"/configuracao/formas-de-cobranca/{method.id}/editar"
    form = davi.get(path).form(path)
    refused = davi.post(path, {**form, "bank_account_id": pix.id})
    assert "Esta conta só recebe Pix." in refused.words
    davi.post(f"{PATH}/adicionar", typed(conta="12345"))
    bank = db.scalars(select(BankAccount).where(BankAccount.bank != "")).one()
    assert davi.post(path, {**form, "bank_account_id": bank.id}).status == 303
    assert db.get(BillingMethod, method.id, populate_existing=True).bank_account_id == bank.id
    assert "Itaú principal" in davi.get("/configuracao/formas-de-cobranca").words
    for way in ("remover", "inativacao"):
        assert "usa esta conta" in davi.post(f"{PATH}/{bank.id}/{way}").words
    assert "usa esta conta" in davi.get(f"{PATH}/{bank.id}/editar").words


def test_a_method_comes_back_only_with_its_account(staff, db):
    davi, method = staff("davi.rocha"), cast.method("Boleto mensal")
    davi.post(f"{PATH}/adicionar", typed(conta="12345"))
    bank = db.scalars(select(BankAccount).where(BankAccount.bank != "")).one()
    method.bank_account_id, method.inactive_since = bank.id, clock.now()
    db.commit()
    assert davi.post(f"{PATH}/{bank.id}/inativacao").status == 303
    refused = davi.post(f"/configuracao/formas-de-cobranca/{method.id}/reativacao")
    assert "Reative a conta" in refused.words


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        ("12345678900", False),
        ("11222333000100", False),
        ("52998224725", True),
        ("11222333000181", True),
        ("+5537987654321", True),
    ],
)
def test_a_key_that_is_a_document_has_its_check_digits(staff, db, key, fits):
    form = {"bank": "", "name": "Só Pix", "company_id": "0", "pix_key": key}
    answer = staff("davi.rocha").post(f"{PATH}/adicionar", form)
    assert (answer.status == 303) is fits
    assert ("não confere" in answer.words) is not fits


def test_the_lists_ask_the_same_however_long(staff, db, count_queries):
    davi = staff("davi.rocha")
    counted = []
    for number in range(2):
        davi.post(f"{PATH}/adicionar", typed(conta="12345", name=f"Conta {number}"))
        row = db.scalars(select(BankAccount).where(BankAccount.name == f"Conta {number}")).one()
        method = BillingMethod(name=f"Boleto {number}", means="boleto", company_id=0, bank_account_id=row.id)
        method.create()
        db.commit()
        for path in (PATH, RULE, "/configuracao/formas-de-cobranca"):
            with count_queries() as queries:
                davi.get(path)
            counted.append(len(queries))
    assert counted[:3] == counted[3:]


def test_who_may_and_where(staff, db):
    ana, bruno = staff("ana.souza"), staff("bruno.reis")
    assert ana.get(PATH).status == 200
    assert ana.get(f"{PATH}/adicionar").status == 403
    assert bruno.get(PATH).status == 403
    silvia = staff("davi.rocha", company="Serra Azul Net")
    assert silvia.get(f"{PATH}/999/editar").status == 404
