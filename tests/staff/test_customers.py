"""The list of customers, its search, the record and Históricos."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.files import Incoming
from models.history import Event
from models.operators import Role
from models.people import PersonGroup
from tests import cast, pictures

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    "q",
    [
        "rita",
        "RITA moreira",
        "moreira rita",
        "529.982.247-25",
        "52998224725",
        "529982",
        "(37) 99812-0456",
        "37998120456",
    ],
)
def test_a_customer_is_found_by_name_document_and_phone(staff, q):
    found = staff("ana.souza").post("/clientes", {"q": q}, htmx=True)
    assert "Rita Aparecida Moreira" in found.words
    assert "529.982.247-25" not in found.page.select_one("table").get_text()


def test_parts_of_a_document_find_nobody_without_the_permission(staff):
    bruno = staff("bruno.reis")
    assert "Rita" not in bruno.post("/clientes", {"q": "529982"}).words
    assert "Rita" in bruno.post("/clientes", {"q": "529.982.247-25"}).words
    for signs in ("-", "´", "()"):
        assert "Ninguém com" in bruno.post("/clientes", {"q": signs}, htmx=True).words


def test_sixty_searches_a_minute_are_enough(staff, clock):
    with clock("2026-11-22 10:00:00"):
        ana = staff("ana.souza")
        answers = [ana.post("/clientes", {"q": "rita"}, htmx=True).status for _ in range(61)]
    assert answers == [200] * 60 + [429]


def test_what_went_out_of_use_stays_with_whom_has_it(staff, db):
    ana, rita = staff("ana.souza"), cast.rita()
    group = db.get(PersonGroup, rita.group_id)
    group.retire()
    path = f"/clientes/{rita.id}/dados/editar"
    assert ana.post(path, {**ana.get(path).form(path), "email": "rita@exemplo.com"}).status == 303
    db.expire_all()
    assert cast.rita().group_id == group.id
    for forged in ("999999", "abc"):
        refused = ana.post(path, {**ana.get(path).form(path), "group_id": forged})
        assert "lista" in refused.errors()["group_id"]


def test_accents_are_ignored_both_ways(staff):
    ana = staff("ana.souza")
    assert "José Antônio" in ana.post("/clientes", {"q": "jose antonio"}, htmx=True).words
    assert "José Antônio" in ana.post("/clientes", {"q": "JOSÉ"}, htmx=True).words


def test_by_code_and_trade_name(staff):
    ana, sol = staff("ana.souza"), cast.sol()
    assert sol.name in ana.post("/clientes", {"q": str(sol.id)}, htmx=True).words
    assert sol.name in ana.post("/clientes", {"q": "padaria sol"}, htmx=True).words


def test_nobody_found_says_so_and_offers_to_add(staff):
    nobody = staff("ana.souza").get("/clientes?q=zzz%25_")
    assert "Ninguém com “zzz%_”" in nobody.words
    assert nobody.page.select_one('main a[href="/clientes/adicionar"]')


def test_htmx_gets_only_the_results(staff):
    found = staff("ana.souza").post("/clientes", {"q": "rita"}, htmx=True)
    assert found.page.select_one("#list")
    assert found.page.select_one("nav.nav") is None
    assert found.headers["Vary"].count("HX-Request-Type") == 1


@pytest.mark.feature("X-01")
def test_an_operator_sees_their_company_and_todas_only(staff):
    ana, celia, silvia = staff("ana.souza"), staff("celia.prado"), staff("silvia.maia")
    theirs, everybodys = cast.mar_azul(), cast.cooperative()
    assert theirs.name not in ana.get("/clientes").words
    assert everybodys.name in ana.get("/clientes").words
    assert theirs.name in celia.get("/clientes").words
    assert "Rita" not in celia.get("/clientes").words
    assert "Rita" not in celia.post("/clientes", {"q": cast.rita().document}).words
    assert celia.get(f"/clientes/{cast.rita().id}").status == 404
    words = silvia.get("/clientes").words
    assert theirs.name in words
    assert "Rita" in words
    assert "TODAS" in silvia.get("/").words  # the choice is visible
    chosen = silvia.post("/empresa", {"company": cast.serra_azul().id})
    assert chosen.status == 303
    assert "Rita" not in silvia.get("/clientes").words
    assert ana.post("/empresa", {"company": cast.serra_azul().id}).status == 422


def test_the_whole_cpf_is_shown_by_a_post_and_written_down(staff, db):
    ana, rita = staff("ana.souza"), cast.rita()
    page = ana.get(f"/clientes/{rita.id}")
    assert "***.982.247-**" in page.words
    assert "529.982.247-25" not in page.html
    shown = ana.post(f"/clientes/{rita.id}/documento", htmx=True)
    assert "529.982.247-25" in shown.words
    plain = ana.post(f"/clientes/{rita.id}/documento")
    assert "529.982.247-25" in plain.words
    read = db.scalars(select(Event).where(Event.action == "person.document_read")).all()
    assert [event.actor_name for event in read] == ["Ana Souza", "Ana Souza"]
    assert read[0].ip == "127.0.0.1"
    bruno = staff("bruno.reis")
    assert bruno.post(f"/clientes/{rita.id}/documento").status == 403
    assert "Mostrar" not in bruno.get(f"/clientes/{rita.id}").words


def test_the_record_is_changed_and_history_says_what(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    path = f"/clientes/{ze.id}/dados/editar"
    shown = ana.get(path).form(path)
    assert ana.post(path, {**shown, "mobile": "37911112222", "rg": "MG-1.234"}).status == 303
    words = ana.get(f"/clientes/{ze.id}/historicos?tipo=record").words
    assert "alterou o cadastro: RG, celular" in words
    assert "(37) 91111-2222" in ana.get(f"/clientes/{ze.id}/dados").words
    wrong = ana.post(path, {**ana.get(path).form(path), "name": "Zé", "mobile": "1"})
    assert set(wrong.errors()) == {"name", "mobile"}
    stale = ana.post(path, {**shown, "name": "José da Silva"})
    assert stale.status == 409
    assert "Este cadastro mudou depois" in stale.words
    assert stale.form(path)["name"] == "José da Silva"


def test_history_has_no_way_to_edit_or_delete(staff):
    page = staff("ana.souza").get(f"/clientes/{cast.rita().id}/historicos")
    assert [form["action"] for form in page.page.select(".work form")] == []
    assert "suspendeu Fibra 500 Mbps por débito" in page.words


@pytest.mark.parametrize(
    "tab", ["", "/financeiro", "/carnes", "/contratos", "/atendimentos", "/ordens-de-servico", "/dados", "/historicos"]
)
def test_every_page_of_the_menu_has_a_fixed_number_of_queries(staff, count_queries, tab):
    ana = staff("ana.souza")
    counted = []
    for person in (cast.ze(), cast.sol()):
        ana.get(f"/clientes/{person.id}{tab}")
        with count_queries() as queries:
            ana.get(f"/clientes/{person.id}{tab}")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= (18 if tab == "/financeiro" else 12)


def test_home_counts_what_is_under_way(staff):
    assert "Sebastião" in staff("rafael.teixeira").get("/").words
    assert "Suspenso por Débito" in staff("ana.souza").get("/").words
    assert "Sebastião" not in staff("celia.prado").get("/").words


def test_what_is_done_to_tickets_is_read_by_who_sees_tickets(staff, db):
    """Names of private files, reasons of a pause and of a reopening, on every page that tells of a customer."""
    with cast.by("rafael.teixeira"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
        ticket.pause("MARCA da pausa")
        file = ticket.attach(Incoming("MARCA-privada.pdf", "application/pdf", pictures.PDF), "internal")
        ticket.describe(file, file.version, "MARCA do anexo")
        ticket.detach(file, "MARCA do motivo")
    db.commit()
    rafael, of = staff("rafael.teixeira"), f"/clientes/{ticket.person_id}"
    pages = (of, f"{of}/historicos", f"{of}/historicos?tipo=ticket", f"{of}/historicos?tipo=record")
    assert ["MARCA" in rafael.get(path).words for path in pages] == [True, True, True, False]
    role = db.get_one(Role, cast.operator("rafael.teixeira").role_id)
    role.permissions = [name for name in role.permissions if not name.startswith("tickets.")]
    db.commit()
    answers = [rafael.get(path) for path in (*pages, f"{of}/atendimentos")] + [rafael.post(f"{of}/documento", {})]
    assert {answer.status for answer in answers} == {200}
    assert not any("MARCA" in answer.words for answer in answers)
