"""Régua de cobrança as a catalogue: added, edited, the default of a company, in and out of use (D-24, A-120)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.catalog import DunningRule
from models.history import Event
from tests import cast
from web.history import sentence

PATH = "/configuracao/regua-de-cobranca"


def rules(db) -> dict[str, DunningRule]:
    return {row.name: row for row in db.scalars(select(DunningRule).execution_options(populate_existing=True))}


def edit_of(row) -> str:
    return f"{PATH}/{row.id}/editar"


def add(visitor, **typed):
    path = f"{PATH}/adicionar"
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def change(visitor, row, **typed):
    path = edit_of(row)
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def test_an_installation_has_one_that_asks_for_what_the_law_does(staff, db):
    davi, usual = staff("davi.rocha"), DunningRule.of(0)
    form = davi.get(edit_of(usual)).form(edit_of(usual))
    assert (form["name"], form["notice_days"], form["suspend_days"]) == ("Régua de cobrança", "1", "15")
    assert (form["termination_days"], form["is_default"]) == ("60", ["y"])
    assert "reduces" not in form
    assert "Padrão da empresa" in davi.get(PATH).words


@pytest.mark.postgresql
def test_a_new_one_begins_as_the_one_its_company_follows(staff, db):
    davi, here = staff("davi.rocha"), cast.vale_claro().id
    assert change(davi, DunningRule.of(0), notice_days="3").status == 303
    path = f"{PATH}/adicionar"
    assert davi.get(path).form(path)["notice_days"] == "3"
    assert add(davi, name="Da loja", company_id=here, suspend_days="20", is_default="y").status == 303
    own = rules(db)["Da loja"]
    assert (own.suspend_days, own.notice_days, DunningRule.of(here)) == (20, 3, own)
    assert DunningRule.of(cast.serra_azul().id).name == "Régua de cobrança"
    assert "20 dias depois do aviso" in davi.get(PATH).words
    assert "Este nome já existe" in add(davi, name="Da loja").words


@pytest.mark.postgresql
def test_one_default_in_a_company_and_always_one_in_todas(staff, db):
    davi, usual = staff("davi.rocha"), DunningRule.of(0)
    refused = change(davi, usual, is_default=None)
    assert "Marque outra de TODAS como padrão" in refused.errors()["is_default"]
    for act in ("inativacao", "remover"):
        assert "marque outra como padrão antes" in davi.post(f"{PATH}/{usual.id}/{act}").words
    assert add(davi, name="Mais calma", company_id="0", suspend_days="25", is_default="y").status == 303
    found = rules(db)
    assert [found[name].is_default for name in ("Régua de cobrança", "Mais calma")] == [False, True]
    told = db.scalars(select(Event).where(Event.subject_type == "dunning_rule").order_by(Event.id.desc()).limit(2))
    assert [sentence(event) for event in told] == [
        "criou a régua de cobrança Mais calma",
        "alterou a régua de cobrança Régua de cobrança: padrão da empresa",
    ]
    assert davi.post(f"{PATH}/{usual.id}/inativacao").status == 303
    assert "Reative antes de a fazer padrão" in change(davi, usual, is_default="y").errors()["is_default"]
    assert davi.post(f"{PATH}/{usual.id}/reativacao").status == 303
    assert change(davi, usual, is_default="y").status == 303
    assert [found.is_default for found in rules(db).values()].count(True) == 1
    # A company leaves its own and follows TODAS again.
    corporate = cast.ladder()
    assert change(davi, corporate, is_default="y").status == 303
    assert DunningRule.of(corporate.company_id).name == "Corporativa"
    assert "É a régua padrão" in change(davi, corporate, company_id="0").words
    assert change(davi, corporate, is_default=None).status == 303
    assert DunningRule.of(corporate.company_id).name == "Régua de cobrança"


@pytest.mark.postgresql
def test_the_database_knows_one_default(db):
    rules(db)["Corporativa"].is_default = True
    db.flush()
    second = DunningRule.like(cast.vale_claro().id)
    second.name, second.is_default = "Outra", True
    db.add(second)
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


@pytest.mark.postgresql
def test_of_two_who_choose_a_default_at_once_both_are_kept_in_turn(db, staff, race):
    names, here = ("Um", "Dois"), cast.vale_claro().id
    both = [staff("davi.rocha") for _ in names]
    forms = [both[0].get(f"{PATH}/adicionar").form(f"{PATH}/adicionar") for _ in names]
    both[1].token()
    typed = [
        {**form, "name": name, "company_id": here, "is_default": "y"} for form, name in zip(forms, names, strict=True)
    ]
    answers = race(2, lambda i: both[i].post(f"{PATH}/adicionar", typed[i]))
    assert [answer.status for answer in answers] == [303, 303]
    assert sum(row.is_default for row in rules(db).values() if row.company_id == here) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"suspend_days": "14"}, "Escreva de 15 a 365 dias. O mínimo é da Resolução Anatel 765/2023."),
        ({"reduce_days": "0"}, "Escreva de 15 a 365 dias."),
        ({"termination_days": "59"}, "Escreva de 60 a 365 dias."),
        ({"notice_days": "0"}, "Escreva de 1 a 365 dias."),
        ({"notice_days": ""}, "Escreva de 1 a 365 dias."),
        ({"notice_days": "um"}, "Escreva um número inteiro."),
        ({"name": " "}, "Escreva o nome."),
    ],
)
def test_days_the_law_does_not_allow(staff, db, wrong, told):
    davi, before = staff("davi.rocha"), set(rules(db))
    for refused in (change(davi, DunningRule.of(0), **wrong), add(davi, **({"name": "Nova"} | wrong))):
        assert refused.status == 422
        assert told in refused.words
    assert set(rules(db)) == before


@pytest.mark.postgresql
def test_in_use_by_contracts_out_of_use_and_not_removed(staff, db):
    davi, corporate = staff("davi.rocha"), cast.ladder()
    row = davi.get(PATH).page.find("span", string="Corporativa").find_parent("tr").get_text(" ", strip=True)
    assert "1 contrato" in row
    assert "1 contrato continua com ela" in davi.get(edit_of(corporate)).words
    assert "está em uso" in davi.post(f"{PATH}/{corporate.id}/remover").words
    assert davi.post(f"{PATH}/{corporate.id}/inativacao").status == 303
    assert "Fora de uso" in davi.get(PATH).words
    assert add(davi, name="À toa").status == 303
    assert davi.post(f"{PATH}/{rules(db)['À toa'].id}/remover").status == 303
    assert "Corporativa" in davi.get(f"/configuracao/historico?tipo=regua-de-cobranca&linha={corporate.id}").words


def test_who_may_and_where(staff, db):
    ana, bruno = staff("ana.souza"), staff("bruno.reis")
    usual, corporate = DunningRule.of(0), cast.ladder()
    assert ana.get(PATH).status == 200
    assert ana.get(f"{PATH}/adicionar").status == ana.get(edit_of(usual)).status == 403
    assert bruno.get(PATH).status == 403
    elsewhere = staff("davi.rocha", company="Serra Azul Net")
    assert "Corporativa" not in elsewhere.get(PATH).words
    assert elsewhere.get(edit_of(corporate)).status == elsewhere.post(edit_of(corporate)).status == 404
    refused = change(elsewhere, usual, notice_days="9")
    assert "Vale para todas as empresas" in refused.words
    assert refused.status == 422
    assert "Escolha a empresa" in add(elsewhere, name="Nova", company_id=cast.vale_claro().id).words
