"""Diagnósticos do Serviço: seven blocks beside the quick form, each with its own words when there is nothing (C-57)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from models import clock
from models.network import Connection, RadiusSession
from models.operators import Role
from staff.attend import diagnostics
from tests import cast, networked
from tests.staff.attend.test_opening import opened

_now = clock.now  # inside a test `clock` is the fixture that stops it
BLOCKS = {
    "situacao-da-conexao": "Status da Conexão",
    "trafego": "Tráfego Tempo Real",
    "autenticacoes": "Autenticações na Última Semana",
    "extrato": "Extrato de Conexões",
    "situacao": "Status e Período",
    "faturas": "Faturas Vencidas",
    "ordens": "Ordens de Serviço dos últimos três meses",
}
NETWORK = ("situacao-da-conexao", "trafego", "autenticacoes", "extrato")


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def counted(db):
    networked.load()
    db.commit()


def block(visitor, ticket, slug, more=""):
    return visitor.get(f"/atendimentos/{ticket.id}/diagnosticos/{slug}{more}", htmx=True)


@pytest.mark.postgresql
@pytest.mark.feature("C-57")
def test_seven_blocks_with_their_titles_their_emptiness_and_their_failure(bruno, db, counted, monkeypatch):
    ticket = opened(bruno, db, cast.maria)
    page = bruno.get(f"/atendimentos/{ticket.id}/abertura")
    assert "Diagnósticos do Serviço" in page.words
    asked = {each["id"]: each for each in page.page.select(".rail [hx-trigger=load]")}
    assert [each.h2.get_text() for each in asked.values()] == list(BLOCKS.values())
    for slug, title in BLOCKS.items():
        found = bruno.get(asked[f"diagnostico-{slug}"]["hx-get"], htmx=True)
        assert found.status == 200
        assert title in found.words

    full = {
        "situacao-da-conexao": ("Offline desde", "maria.albuquerque.5", "100.64.0.7", "BRAS-02", "Velocidade reduzida"),
        "trafego": ("Sem tráfego: está offline",),
        "autenticacoes": ("todas aceitas",),
        "extrato": ("perdeu o sinal", "ver todas"),
        "situacao": ("Suspenso parcialmente", "Uma fatura em aberto há 8 dias"),
    }
    for slug, words in full.items():
        for each in words:
            assert each in block(bruno, ticket, slug).words, slug

    new = opened(bruno, db, cast.joaquim)
    empty = {
        "situacao-da-conexao": "Ainda não se conectou",
        "trafego": "Ainda não se conectou",
        "autenticacoes": "Nenhuma nos últimos sete dias",
        "extrato": "Nenhuma sessão ainda",
        "situacao": "Ainda não foi habilitado",
        "faturas": "nenhuma",
    }
    for slug, words in empty.items():
        assert words in block(bruno, new, slug).words, slug
    assert "nenhuma" in block(bruno, ticket, "ordens").words

    quiet = opened(bruno, db, cast.cooperative)
    for slug in NETWORK:
        silent = block(bruno, quiet, slug)
        assert "Sem dados desde hoje às" in silent.words or "Sem dados desde ontem às" in silent.words
        assert "BRAS-03, POP Distrito Industrial não respondeu. Tentar de novo" in silent.words

    def broken(*_):
        raise OperationalError("select", {}, Exception("disk I/O error"))

    for slug in BLOCKS:
        with monkeypatch.context() as failing:
            failing.setitem(diagnostics.ASKED, slug, broken)
            failed = block(bruno, ticket, slug)
            assert failed.status == 200
            assert "Não foi possível ler isto agora. Tentar de novo" in failed.words
            others = next(other for other in BLOCKS if other != slug)
            assert "Não foi possível" not in block(bruno, ticket, others).words, "the others stand"
        assert "Não foi possível" not in block(bruno, ticket, slug).words, "and it comes back"


@pytest.mark.postgresql
def test_the_traffic_now_is_the_mean_of_two_interims(bruno, db, counted):
    ticket = opened(bruno, db, cast.ze)
    found = block(bruno, ticket, "trafego").words
    assert "Mbps de 300 contratados" in found
    assert "Média de 5 min até" in found


def test_the_traffic_asks_again_for_five_minutes_and_then_waits_to_be_asked(bruno, db, counted, clock):
    ticket = opened(bruno, db, cast.ze)
    first = block(bruno, ticket, "trafego").page.section
    assert first["hx-trigger"] == "every 15s"
    again = bruno.get(first["hx-get"], htmx=True).page.section
    assert again["hx-get"] == first["hx-get"], "the end does not move"
    with clock((now := _now()) + timedelta(minutes=6)):
        over = bruno.get(first["hx-get"], htmx=True)
        assert "hx-trigger" not in over.page.section.attrs
        assert "Atualizar" in over.words
        renewed = bruno.get(over.page.select_one("#diagnostico-trafego > p a")["href"], htmx=True)
        assert renewed.page.section["hx-trigger"] == "every 15s"
    far = int((now + timedelta(days=9)).timestamp())
    forged = block(bruno, ticket, "trafego", f"?ate={far}").page.section["hx-get"]
    assert int(forged.rpartition("=")[2]) < now.timestamp() + 400, "nobody makes it ask for longer"


def test_an_old_measure_is_not_told_as_now(bruno, db, counted):
    ticket = opened(bruno, db, cast.ze)
    old = clock.now() - timedelta(minutes=14)
    db.execute(update(RadiusSession).where(RadiusSession.nas_address == "10.0.0.1").values(updated_at=old))
    db.commit()
    found = block(bruno, ticket, "trafego").words
    assert "Sem dados desde" in found
    assert "contratados" not in found


def test_late_invoices_and_orders_are_named(staff, bruno, db, counted):
    ticket = opened(bruno, db, cast.rita)
    assert block(bruno, ticket, "situacao").words.count("Suspenso por Débito") == 1
    waiting = opened(bruno, db, cast.joaquim)
    assert "Instalação" in block(bruno, waiting, "ordens").words


def test_a_telephone_has_nothing_to_count(bruno, db, counted):
    service = cast.service(cast.sol(), "Telefone fixo 2 ramais")
    assert bruno.post(f"/servicos/{service.id}/atendimentos").status == 303
    ticket = opened(bruno, db, cast.sol)
    ticket.service_id = service.id
    db.commit()
    for slug in NETWORK:
        assert "Este serviço não tem conexão que se conte." in block(bruno, ticket, slug).words


def test_each_block_is_a_page_without_script(bruno, db, counted):
    ticket = opened(bruno, db, cast.ze)
    for slug, title in BLOCKS.items():
        page = bruno.get(f"/atendimentos/{ticket.id}/diagnosticos/{slug}")
        assert page.h1 == f"Diagnóstico: {title}"
    assert bruno.get(f"/atendimentos/{ticket.id}/diagnosticos/outra").status == 404


def test_money_and_network_are_for_who_may_see_them(staff, bruno, db, counted):
    ticket = opened(bruno, db, cast.ze)
    role = db.get_one(Role, cast.operator("bruno.reis").role_id)
    role.permissions = sorted(set(role.permissions) - {"billing.read", "network.read"})
    db.commit()
    for slug in (*NETWORK, "faturas"):
        found = block(bruno, ticket, slug)
        assert "Seu perfil não vê isto. Peça à supervisão." in found.words
    assert "Habilitado" in block(bruno, ticket, "situacao").words


def test_a_ticket_of_another_company_has_no_diagnosis(staff, bruno, db, counted):
    ticket = opened(bruno, db, cast.ze)
    assert block(staff("celia.prado"), ticket, "trafego").status == 404


def test_without_any_connection_it_says_so(bruno, db):
    ticket = opened(bruno, db, cast.ze)
    db.execute(delete(Connection).where(Connection.service_id == cast.service(cast.ze()).id))
    db.commit()
    assert "não tem conexão" in block(bruno, ticket, "extrato").words
