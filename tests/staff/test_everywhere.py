"""What holds on every screen of the staff: names of menus, formats, steps in order, Históricos (X-03, X-10 to X-12)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from models import clock
from models.people import Person
from models.sales import Sale
from models.services import Service
from tests import cast
from tests.staff.selling import STEPS, answer, answers, save, walk

pytestmark = pytest.mark.usefixtures("db")


def test_historicos_show_each_kind_and_cannot_be_changed(staff, db):
    silvia, rita = staff("silvia.maia"), cast.rita()
    dados = f"/clientes/{rita.id}/dados/editar"
    silvia.post(dados, {**silvia.get(dados).form(dados), "email": "rita.nova@exemplo.com"})
    unlock = f"/servicos/{cast.service(rita).id}/desbloqueio-em-confianca"
    silvia.post(unlock, {**silvia.get(unlock).form(unlock), "reason": "pagou no banco"})
    path = f"/clientes/{rita.id}/historicos"
    everything = silvia.get(path)
    for sentence in ("alterou o cadastro", "em confiança até", "suspendeu", "Sílvia Maia"):
        assert sentence in everything.words
    only = {link.get_text(strip=True): link["href"] for link in everything.page.select(".view-filter a")}
    releases = silvia.get(only["Liberações"]).page.select_one(".timeline").get_text()
    assert "em confiança até" in releases
    assert "alterou o cadastro" not in releases
    record = silvia.get(only["Cadastro"]).page.select_one(".timeline").get_text()
    assert "alterou o cadastro" in record
    assert "em confiança até" not in record
    assert everything.page.select(".work form, .work button") == []


def test_menus_bear_the_names_of_the_training(staff):
    davi = staff("davi.rocha")
    home = davi.get("/")
    menu = [link.get_text(strip=True) for link in home.page.select(".nav a.nav-link")]
    assert {"Clientes", "Configuração"} <= set(menu)
    dashboard = davi.get(f"/clientes/{cast.ze().id}")
    assert "Dashboard do Cliente" in dashboard.words
    tabs = [link.get_text(" ", strip=True) for link in dashboard.page.select('[aria-label="Menu"] a')]
    for name in ("Serviços", "Financeiro", "Carnês", "Contratos", "Atendimentos", "Ordens de Serviço", "Históricos"):
        assert any(tab.startswith(name) for tab in tabs), name
    assert dashboard.page.select_one('[aria-label="Menu Serviços"]')
    assert "Adicionar Serviços" in dashboard.words
    configuration = davi.get("/configuracao").words
    for name in ("Workspace", "Grupo de Pessoas", "Tipos de OS", "Origens", "Planos", "Modelos de contrato"):
        assert name in configuration, name


@pytest.mark.feature("X-11")
@pytest.mark.parametrize("adds_service", [False, True])
def test_steps_wait_for_the_ones_before_and_end_in_a_review(staff, db, adds_service):
    ana = staff("ana.souza")
    if adds_service:
        sale = int(ana.post(f"/clientes/{cast.ze().id}/servicos/adicionar").location.split("/")[2])
    else:
        sale = walk(ana, until="endereco")
    later = [*STEPS[2:], "conferir"]
    before = db.query(Service).count()
    for step in later:
        assert ana.get(f"/vendas/{sale}/{step}").status == 303
        assert ana.post(f"/vendas/{sale}/{step}", {**answers(step, version=1)} if step in STEPS else {}).status in (
            303,
            422,
        )
    assert set(db.get(Sale, sale, populate_existing=True).answers) <= {"dados"}
    for step in STEPS[1:]:
        answer(ana, sale, step)
    review = ana.get(f"/vendas/{sale}/conferir")
    assert review.h1 == "Confira com o cliente"
    changes = [link["href"] for link in review.page.select(".review-change")]
    assert len(changes) == len(STEPS) - adds_service
    assert db.query(Service).count() == before
    assert save(ana, sale).status == 303
    assert db.query(Service).count() == before + 1


@pytest.mark.feature("X-12")
def test_formats_are_brazilian_both_ways(staff, db):
    ana = staff("ana.souza")
    fee = {"charge_fee": "yes", "installation_fee_cents": "1.234,56"}
    today = f"{clock.today():%d/%m/%Y}"
    sale = walk(ana, cobranca=fee, plano={"sold_on": today})
    words = ana.get(f"/vendas/{sale}/conferir").words
    assert "R$ 1.234,56" in words
    assert re.search(r"\d{3}\.\d{3}\.\d{3}-\d{2}", words)
    assert today in words
    assert save(ana, sale).status == 303
    person = db.scalars(select(Person).where(Person.document == cast.STRANGER)).one()
    assert cast.service(person).installation_fee_cents == 123456
    record = ana.get(f"/clientes/{person.id}/dados").words
    assert "(37) 98888-1234" in record
    assert "35500-120" in record
    for wrong in ("1,234.56", "1.23,4", "12,345", "mil"):
        path = f"/vendas/{walk(ana, until='cobranca', dados={'document': '390.533.447-05'})}/cobranca"
        typed = {**ana.get(path).form(path), **answers("cobranca"), **fee, "installation_fee_cents": wrong}
        refused = ana.post(path, typed)
        assert "Escreva um valor em reais. Exemplo: 99,90." in refused.errors()["installation_fee_cents"]
        assert refused.form(path)["installation_fee_cents"] == wrong
