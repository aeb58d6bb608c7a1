"""Conexão: its page, its facts, its place on the customer's page, in the palette and in the configuration."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from models.network import Connection, RadiusSession
from tests import cast, networked


@pytest.fixture
def counted(db):
    networked.load()
    db.commit()


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


def of(person, plan=None) -> Connection:
    return Connection.of(cast.service(person, plan))


def path(person) -> str:
    return f"/conexoes/{of(person).id}"


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("person", "words"),
    [
        (cast.ze, ("Online desde", "Liberada", "recebidos", "média de 5 min", "BRAS-01, POP Centro", "no ar")),
        (cast.sol, ("Offline desde", "perdeu o sinal", "Sem medida agora")),
        (cast.maria, ("Velocidade reduzida", "Uma fatura em aberto há 8 dias", "perdeu o sinal")),
        (cast.rita, ("Bloqueada", "24 recusadas: senha errada", "o equipamento do cliente desligou")),
        (cast.cooperative, ("Sem dados desde", "não manda notícias", "sem notícias desde")),
        (cast.joaquim, ("Ainda não se conectou", "Nenhuma sessão ainda", "Nada contado neste período")),
    ],
)
def test_each_story_is_told(bruno, counted, person, words):
    page = bruno.get(path(person()))
    assert page.status == 200
    assert page.h1 == f"Conexão {of(person()).id}"
    for each in words:
        assert each in page.words, each


@pytest.mark.parametrize("period", ["", "7d", "30d", "99d", "1 or 1"])
def test_consumption_by_period(bruno, counted, period):
    page = bruno.get(f"{path(cast.ze())}?periodo={period}")
    assert page.status == 200
    assert ("Consumo por dia" if period in ("7d", "30d") else "Consumo por hora") in page.html


def test_the_extract_is_paged_without_losing_a_session(bruno, counted, db):
    row = of(cast.maria())
    whole = db.query(RadiusSession).filter_by(connection_id=row.id).count()
    for number in range(30):
        copy = {"unique_id": f"{number:032}", "connection_id": row.id, "login": row.login, "nas_address": "10.0.0.1"}
        at = db.query(RadiusSession).filter_by(connection_id=row.id).first().started_at
        db.add(RadiusSession(**copy, started_at=at, updated_at=at, stopped_at=at, seconds=0))
    db.commit()
    seen, page = 0, bruno.get(path(cast.maria()))
    while True:
        seen += len(page.page.select("#sessoes tbody tr"))
        following = page.page.select_one("#sessoes a[rel=next]")
        if following is None:
            break
        page = bruno.get(following["href"])
    assert seen == whole + 30


def test_the_page_asks_a_fixed_number_of_questions(bruno, counted, count_queries):
    asked = []
    for person in (cast.ze, cast.cooperative):
        bruno.get(path(person()))
        with count_queries() as queries:
            bruno.get(path(person()))
        asked.append(len(queries))
    assert max(asked) <= 18
    assert abs(asked[0] - asked[1]) <= 1, "one more where the concentrator is asked for"


def test_what_is_a_strangers_is_not_there(bruno, staff, counted):
    hotel = path(cast.mar_azul())
    assert bruno.get(hotel).status == 404
    assert bruno.get(f"{hotel}/editar").status == 404
    assert bruno.post(f"{hotel}/editar", {"zone": "rural"}).status == 404
    assert staff("celia.prado").get(hotel).status == 200


def test_a_technician_looks_and_does_not_change(staff, counted):
    joao = staff("joao.alcantara")
    page = joao.get(path(cast.ze()))
    assert page.status == 200
    assert "Editar dados" not in page.words
    assert joao.get(f"{path(cast.ze())}/editar").status == 403


@pytest.mark.postgresql
@pytest.mark.parametrize("htmx", [False, True])
def test_facts_are_edited(bruno, db, htmx):
    where = f"{path(cast.ze())}/editar"
    typed = {"mac": "4c5e.0c9a.11f2", "zone": "rural", "ibge_code": "3106200", "fixed_ipv4": "100.64.12.87"}
    answer = bruno.post(where, {**bruno.get(where).form(where), **typed}, htmx=htmx)
    assert answer.status == (204 if htmx else 303)
    page = bruno.get(path(cast.ze()))
    for words in ("4C:5E:0C:9A:11:F2", "Rural", "3106200", "100.64.12.87", "Dados da conexão gravados"):
        assert words in page.words
    history = bruno.get(f"/clientes/{cast.ze().id}/historicos").words
    assert "alterou os dados da conexão: MAC, IP fixo, zona, código do IBGE" in history


def test_wrong_facts_keep_what_was_typed(bruno, db):
    where = f"{path(cast.ze())}/editar"
    typed = {"mac": "4C:5E", "ibge_code": "12", "fixed_ipv4": "1.2.3.999", "technology": "VSAT"}
    page = bruno.post(where, {**bruno.get(where).form(where), **typed})
    assert page.status == 422
    assert set(page.errors()) == {"mac", "ibge_code", "fixed_ipv4", "technology"}
    assert "Com fibra, escolha FTTH ou FTTB ou Ethernet." in page.words
    assert 'value="4C:5E"' in page.html
    assert of(cast.ze()).mac is None


def test_its_line_stands_under_the_service_and_not_under_a_telephone(bruno, counted):
    page = bruno.get(f"/clientes/{cast.ze().id}")
    assert f"Conexão {of(cast.ze()).id}" in page.words
    assert "Online desde" in page.words
    bakery = bruno.get(f"/clientes/{cast.sol().id}").html
    assert bakery.count('href="/conexoes/') == 1, "of the internet; the telephone comes over it"


@pytest.mark.parametrize("typed", ["jose.ferreira.4", "JOSE.FERREIRA", "conexão josé", "conexao 4"])
def test_the_palette_finds_it(bruno, db, typed):
    found = bruno.post("/busca", {"q": typed}, htmx=True)
    assert f'href="{path(cast.ze())}"' in found.html


def test_the_palette_shows_no_strangers_connection(bruno, db):
    found = bruno.post("/busca", {"q": of(cast.mar_azul()).login}, htmx=True)
    assert "/conexoes/" not in found.html


def test_concentrators_are_a_catalogue(staff, db):
    silvia, path = staff("silvia.maia"), "/configuracao/concentradores/adicionar"
    values = {"name": "BRAS-04", "vendor": "juniper", "address": "10.0.0.4", "company_id": str(cast.vale_claro().id)}
    assert silvia.post(path, {**silvia.get(path).form(path), **values, "address": "10.0.0.1"}).errors().keys() == {
        "address"
    }
    assert silvia.post(path, {**silvia.get(path).form(path), **values}).status == 303
    assert "Juniper" in silvia.get("/configuracao/concentradores").words


def test_a_simulated_network_says_so_and_a_real_one_does_not(bruno, counted, app, monkeypatch):
    assert "rede simulada" not in bruno.get(path(cast.ze())).words
    monkeypatch.setitem(app.extensions, "accounting", object())
    assert "rede simulada" in bruno.get(path(cast.ze())).words


def test_several_connections_of_a_service_are_one_card_and_several_lines(bruno, counted, db):
    service = cast.service(cast.ze())
    Connection.add(service)
    db.commit()
    page = bruno.get(f"/clientes/{cast.ze().id}")
    assert page.html.count(f'id="service-{service.id}"') == 1
    assert page.html.count('href="/conexoes/') == 2


def test_an_address_nobody_named_is_shown_as_it_is(bruno, counted, db):
    row = of(cast.ze())
    db.execute(update(RadiusSession).where(RadiusSession.connection_id == row.id).values(nas_address="10.9.9.9"))
    db.commit()
    assert "10.9.9.9" in bruno.get(path(cast.ze())).words
