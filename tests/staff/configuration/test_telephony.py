"""What telephony asks of Configuração: which sector has which duty, and what a telephone plan brings (U-06, U-25)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.catalog import Plan
from models.operators import Department
from models.telephony import Count, count
from tests import cast, phones
from tests.staff import selling

SECTORS, PLANS = "/configuracao/setores", "/configuracao/planos"


@pytest.fixture
def davi(staff):
    return staff("davi.rocha")


def sector(db, name) -> Department:
    wanted = select(Department).where(Department.name == name)
    return db.scalars(wanted.execution_options(populate_existing=True)).one()


def telephone(**more):
    return {
        "name": "Telefone fixo 5 ramais",
        "company_id": str(cast.vale_claro().id),
        "technology": "phone",
        "extensions": "5",
        "outbound_channels": "2",
        "download_mbps": "0",
        "upload_mbps": "0",
        "price_cents": "89,80",
        "rows-0-kind": "stfc",
        "rows-0-name": "Telefone fixo (STFC)",
        "rows-0-amount_cents": "89,80",
        **more,
    }


def test_a_sector_has_a_duty_or_none(davi, db):
    listed = davi.get(SECTORS).words
    assert "Vende e negocia (Comercial)" in listed
    row = sector(db, "Suporte")
    path = f"{SECTORS}/{row.id}/editar"
    form = davi.get(path).form(path)
    assert form["duty"] == "support"
    assert davi.post(path, {**form, "duty": ""}).status == 303
    assert sector(db, "Suporte").duty is None
    other = sector(db, "Supervisão")
    path = f"{SECTORS}/{other.id}/editar"
    assert davi.post(path, {**davi.get(path).form(path), "duty": "support"}).status == 303
    assert sector(db, "Supervisão").duty == "support"


def test_a_new_sector_has_none(davi, db):
    assert "Nenhum" in davi.get(f"{SECTORS}/adicionar").words
    assert davi.post(f"{SECTORS}/adicionar", {"name": "Obras", "duty": ""}).status == 303
    assert sector(db, "Obras").duty is None


@pytest.mark.parametrize(
    ("duty", "sentence"),
    [
        ("sales", "Comercial já tem este papel. Tire dele antes de dar a outro setor."),
        ("cook", "Escolha o papel na lista."),
        ("1", "Escolha o papel na lista."),
    ],
)
def test_a_duty_that_is_none_or_anothers(davi, db, duty, sentence):
    refused = davi.post(f"{SECTORS}/adicionar", {"name": "Obras", "duty": duty})
    assert refused.status == 422
    assert f"Erro: {sentence}" in refused.words


def test_who_has_a_duty_stays_in_use(davi, db):
    id = sector(db, "Comercial").id
    for act in ("inativacao", "remover"):
        refused = davi.post(f"{SECTORS}/{id}/{act}")
        assert refused.status == 422
        assert "Comercial tem um papel na telefonia: Vende e negocia (Comercial)." in refused.words


def test_out_of_use_it_gets_none(davi, db):
    davi.post(f"{SECTORS}/adicionar", {"name": "Obras", "duty": ""})
    id = sector(db, "Obras").id
    davi.post(f"{SECTORS}/{id}/inativacao")
    davi.post(f"{SECTORS}/{sector(db, 'Suporte').id}/editar", {"name": "Suporte", "duty": ""})
    refused = davi.post(f"{SECTORS}/{id}/editar", {"name": "Obras", "duty": "support"})
    assert "Erro: Obras está fora de uso. Reative antes de dar um papel." in refused.words


# ---- plans


def test_a_telephone_plan_says_what_it_brings(davi, db):
    assert davi.post(f"{PLANS}/adicionar", telephone()).status == 303
    row = db.scalars(select(Plan).where(Plan.name == "Telefone fixo 5 ramais")).one()
    assert (row.extensions, row.outbound_channels) == (5, 2)
    listed = davi.get(PLANS)
    (line,) = [line for line in listed.page.select("main tbody tr") if "Telefone fixo 5 ramais" in line.text]
    assert "5 ramais, 2 canais de saída" in line.text
    (line,) = [line for line in listed.page.select("main tbody tr") if "Rádio 20 Mbps" in line.text]
    assert "ramais" not in line.text
    path = f"{PLANS}/{row.id}/editar"
    form = davi.get(path).form(path)
    assert (form["extensions"], form["outbound_channels"]) == ("5", "2")
    assert davi.post(path, {**form, "extensions": "1", "outbound_channels": "0"}).status == 303
    assert "1 ramal" in davi.get(PLANS).words


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"technology": "fiber"}, "extensions", "Só um plano de telefone traz ramais e canais."),
        ({"technology": "fiber", "extensions": "0"}, "outbound_channels", "Só um plano de telefone traz"),
        ({"extensions": "-1"}, "extensions", "Escreva um número inteiro."),
        ({"extensions": "muitos"}, "extensions", "Escreva um número inteiro."),
        ({"outbound_channels": "99999"}, "outbound_channels", "Escreva quantos canais de saída o plano traz"),
    ],
)
def test_only_a_telephone_brings_them(davi, db, wrong, field, sentence):
    refused = davi.post(f"{PLANS}/adicionar", telephone(**wrong))
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert db.scalars(select(Plan).where(Plan.name == "Telefone fixo 5 ramais")).first() is None


def test_sold_through_the_door_it_makes_the_panel(davi, db, staff):
    """The extensions of the plan stand free in the Painel PABX of the new customer, its channels in use, numbered."""
    davi.post(f"{PLANS}/adicionar", telephone(contract_template_id=str(cast.template().id)))
    plan = db.scalars(select(Plan).where(Plan.name == "Telefone fixo 5 ramais")).one()
    rafael = staff("rafael.teixeira")
    assert selling.save(rafael, selling.walk(rafael, plano={"plan_id": plan.id})).status == 303
    person = cast.person(cast.STRANGER)
    db.expire_all()
    assert count(phones.items(person)) == Count(5, 0, 0, 5, 0)
    assert [row.number for row in phones.items(person)] == ["2000", "2001", "2002", "2003", "2004"]
    assert count(phones.items(person, "outbound_channel")) == Count(2, 2, 0, 0, 0)
