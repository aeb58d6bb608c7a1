"""Planos: the price is the sum of the composition (C-10, X-16)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.catalog import Plan
from tests import cast

PATH = "/configuracao/planos"


def typed(**more):
    return {
        "name": "Fibra 700 Mbps",
        "company_id": str(more.pop("company_id", 1)),
        "technology": "fiber",
        "download_mbps": "700",
        "upload_mbps": "350",
        "price_cents": "119,90",
        "rows-0-kind": "scm",
        "rows-0-name": "Internet (SCM)",
        "rows-0-amount_cents": "79,90",
        "rows-1-kind": "sva",
        "rows-1-name": "Aplicativos (SVA)",
        "rows-1-amount_cents": "40,00",
        **more,
    }


def plan(db, name):
    wanted = select(Plan).where(Plan.name == name).options(selectinload(Plan.items))
    return db.scalars(wanted.execution_options(populate_existing=True)).one()


@pytest.mark.feature("X-16")
def test_adds_a_plan_with_its_composition(staff, db):
    davi, here = staff("davi.rocha"), cast.vale_claro().id
    added = davi.post(f"{PATH}/adicionar", typed(company_id=here, contract_template_id=str(cast.template().id)))
    assert added.status == 303
    assert "Plano Fibra 700 Mbps adicionado" in davi.follow(added).words
    row = plan(db, "Fibra 700 Mbps")
    assert (row.price_cents, [item.kind for item in row.items]) == (11990, ["scm", "sva"])
    assert (row.download_mbps, row.upload_mbps, row.company_id) == (700, 350, here)


@pytest.mark.feature("X-16")
def test_refuses_a_sum_that_is_not_the_price(staff, db):
    davi = staff("davi.rocha")
    refused = davi.post(f"{PATH}/adicionar", typed(company_id=cast.vale_claro().id, price_cents="1.000,00"))
    assert refused.status == 422
    assert refused.errors()["price_cents"].endswith("somam R$ 119,90 e o preço é R$ 1.000,00. Acerte um dos dois.")
    kept = refused.form(f"{PATH}/adicionar")
    assert (kept["rows-1-amount_cents"], kept["price_cents"]) == ("40,00", "1.000,00")
    assert db.scalars(select(Plan).where(Plan.name == "Fibra 700 Mbps")).first() is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Escreva o nome."),
        ({"name": "Fibra 500 Mbps"}, "Este nome já existe."),
        ({"technology": ""}, "Escolha a tecnologia."),
        ({"company_id": ""}, "Escolha a empresa."),
        ({"download_mbps": "muito"}, "Escreva um número inteiro."),
        ({"price_cents": "caro"}, "Escreva um valor em reais."),
        ({"rows-0-kind": ""}, "Escolha o tipo de cada item"),
        ({"rows-0-name": ""}, "Cada item precisa de nome"),
        ({"rows-0-amount_cents": "-1,00"}, "Cada item precisa de nome"),
        ({"rows-0-amount_cents": "1,999"}, "Escreva um valor em reais."),
        ({"contract_template_id": "999"}, "Escolha um modelo em uso."),
    ],
)
def test_says_what_is_wrong(staff, db, wrong, sentence):
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", {**typed(company_id=cast.vale_claro().id), **wrong})
    assert refused.status == 422
    assert sentence in refused.words


@pytest.mark.postgresql
def test_a_name_that_is_taken_is_refused_in_a_change_too(staff, db):
    davi, row = staff("davi.rocha"), plan(db, "Fibra 500 Mbps")
    path = f"{PATH}/{row.id}/editar"
    refused = davi.post(path, {**davi.get(path).form(path), "name": "Fibra 1 Gbps"})
    assert (refused.status, refused.errors()["name"]) == (422, "Erro: Este nome já existe. Escolha outro.")
    assert refused.form(path)["name"] == "Fibra 1 Gbps"
    assert plan(db, "Fibra 500 Mbps").id == row.id


def test_every_wrong_field_has_its_sentence_at_once(staff):
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", {"name": "", "price_cents": "10,00"})
    summary = refused.page.select_one(".error-summary").text
    for sentence in ("Escreva o nome.", "Escolha a empresa.", "Escolha a tecnologia.", "ao menos um item"):
        assert sentence in summary


def test_edits_composition_and_history_says_so(staff, db):
    davi, row = staff("davi.rocha"), plan(db, "Fibra 500 Mbps")
    form = davi.get(f"{PATH}/{row.id}/editar").form(f"{PATH}/{row.id}/editar")
    assert (form["price_cents"], form["rows-0-amount_cents"], form["rows-4-name"]) == ("99,90", "69,90", "")
    changed = {**form, "price_cents": "109,90", "rows-0-amount_cents": "79,90"}
    assert davi.post(f"{PATH}/{row.id}/editar", changed).status == 303
    assert plan(db, "Fibra 500 Mbps").price_cents == 10990
    assert cast.service(cast.rita()).price_cents == 9990, "what was contracted keeps its price"


def test_template_of_another_company_is_refused(staff, db):
    theirs = str(cast.template().id)
    plan_of_serra = typed(company_id=cast.serra_azul().id, contract_template_id=theirs)
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", plan_of_serra)
    assert "Este modelo é de outra empresa." in refused.words


def test_sum_as_a_fragment(staff):
    davi = staff("davi.rocha")
    answer = davi.post(f"{PATH}/soma", typed(price_cents="100,00"), htmx=True)
    assert "79,90 + 40,00" in answer.words
    assert "R$ 119,90" in answer.words
    assert "O preço é R$ 100,00" in answer.words


@pytest.mark.postgresql
def test_retires_restores_and_never_deletes_what_is_sold(staff, db):
    davi, id = staff("davi.rocha"), plan(db, "Fibra 500 Mbps").id
    assert "está em uso" in davi.post(f"{PATH}/{id}/remover").words
    assert davi.post(f"{PATH}/{id}/inativacao").status == 303
    assert plan(db, "Fibra 500 Mbps").inactive_since
    assert davi.post(f"{PATH}/{id}/reativacao").status == 303
    davi.post(f"{PATH}/adicionar", typed(company_id=cast.vale_claro().id))
    unsold = plan(db, "Fibra 700 Mbps").id
    assert davi.post(f"{PATH}/{unsold}/remover").status == 303


def test_one_company_does_not_see_the_plans_of_another(staff, db):
    silvia = staff("silvia.maia", company="Serra Azul Net")
    assert "Fibra 500 Mbps" not in silvia.get(PATH).words
    id = plan(db, "Fibra 500 Mbps").id
    assert silvia.get(f"{PATH}/{id}/editar").status == 404
    assert silvia.post(f"{PATH}/{id}/inativacao").status == 404


def test_reader_may_not_write(staff):
    ana = staff("ana.souza")
    assert ana.get(PATH).status == 200
    assert ana.post(f"{PATH}/adicionar", typed()).status == 403
    assert ana.post(f"{PATH}/soma", typed()).status == 403
