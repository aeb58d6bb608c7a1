"""Abrir Atendimento: search, protocol, draft, Salvar in its four states (C-53 to C-64, C-114)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from models.operators import Department
from models.tickets import Ticket
from models.tickets.status import AT_OPENING
from models.tickets.ticket import next_protocol
from tests import cast


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


def newest(db) -> Ticket:
    db.expire_all()
    return db.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()


def opened(visitor, db, of=None) -> Ticket:
    """A click on Abrir Atendimento."""
    service = cast.service((of or cast.ze)())
    assert visitor.post(f"/servicos/{service.id}/atendimentos").status == 303
    return newest(db)


def saved(visitor, ticket, **more):
    """Salvar with everything filled in, but for what is said."""
    path = f"/atendimentos/{ticket.id}/abertura"
    values = {"kind_id": str(cast.ticket_kind().id), "status": "pending", "report": "Sem conexão.", **more}
    return visitor.post(path, {**visitor.get(path).form(path), **values})


@pytest.mark.feature("C-53")
def test_from_menu_and_customer_to_a_protocol(bruno, db):
    service = cast.service(cast.ze())
    assert "Atendimentos" in bruno.get("/").words
    assert "/atendimentos/novo" in bruno.get("/atendimentos").html
    assert bruno.get("/atendimentos/novo").form() == {"q": ""}
    for way in ("jose antonio", cast.ZE, f"{cast.ze().id}"):
        found = bruno.post("/atendimentos/novo", {"q": way})
        assert f'action="/servicos/{service.id}/atendimentos"' in found.html, way
    of_customer = bruno.get(f"/clientes/{cast.ze().id}/atendimentos")
    assert f'action="/servicos/{service.id}/atendimentos"' in of_customer.html
    assert opened(bruno, db).service_id == service.id


@pytest.mark.feature("C-54")
def test_cancelled_services_only_when_asked_for(bruno, db):
    service = cast.service(cast.ze())
    service.status = "cancelled"
    db.commit()
    action = f'action="/servicos/{service.id}/atendimentos"'
    assert action not in bruno.post("/atendimentos/novo", {"q": "jose antonio"}).html
    shown = bruno.post("/atendimentos/novo", {"q": "jose antonio", "cancelados": "y"})
    assert action in shown.html
    assert "Cancelado" in shown.words
    assert action in bruno.get(f"/clientes/{cast.ze().id}/atendimentos?cancelados=sim").html
    assert opened(bruno, db).service_id == service.id


@pytest.mark.feature("C-55", "A-05")
def test_the_protocol_is_there_at_once(bruno, db, clock):
    with clock("2026-11-24 14:33"):
        before = db.scalar(select(func.count(Ticket.id)))
        ticket = opened(bruno, db)
        page = bruno.get(f"/atendimentos/{ticket.id}/abertura")
        assert page.h1 == ticket.protocol
        assert re.fullmatch(r"202611\.[1-9][0-9]*", ticket.protocol)
        assert "Leia para o cliente" in page.words
        assert db.scalar(select(func.count(Ticket.id))) == before + 1
        assert bruno.get(f"/atendimentos/{ticket.id}/abertura").h1 == ticket.protocol
        forged = {**page.form(f"/atendimentos/{ticket.id}/abertura"), "protocol": "202611.1", "sair": "1"}
        bruno.post(f"/atendimentos/{ticket.id}/abertura", forged)
        assert newest(db).protocol == page.h1  # never typed


def test_the_month_of_a_protocol_is_local_and_begins_anew(staff, db, clock):
    with clock("2031-11-30 23:30"):
        last = opened(staff("bruno.reis"), db)
    with clock("2031-12-01 00:30"):
        first = opened(staff("bruno.reis"), db)
    assert last.protocol.startswith("203111.")
    assert first.protocol == "203112.1"


@pytest.mark.postgresql
@pytest.mark.parametrize("many", [60, pytest.param(500, marks=pytest.mark.long)])
def test_many_protocols_at_once_leave_no_gap(app, db, many):
    """A fifth of them is rolled back, and its number given again."""

    def one(i: int) -> str | None:
        with app.app_context(), cast.by("bruno.reis"):
            from models.base import db as base

            protocol = next_protocol(cast.vale_claro().id)
            if i % 5:
                base.session.commit()
                return protocol
            base.session.rollback()
            return None

    with app.app_context(), cast.by("bruno.reis"):
        begin = int(next_protocol(cast.vale_claro().id).split(".")[1])
        db.rollback()
    with ThreadPoolExecutor(8) as pool:
        drawn = sorted(int(found.split(".")[1]) for found in pool.map(one, range(many)) if found)
    assert drawn == list(range(begin, begin + many * 4 // 5))


@pytest.mark.feature("C-56")
def test_an_open_order_warns_and_does_not_stop(bruno, db):
    ticket = opened(bruno, db, cast.joaquim)  # whose installation waits
    page = bruno.get(f"/atendimentos/{ticket.id}/abertura")
    assert "Este cliente tem a OS" in page.words
    assert "Instalação" in page.words
    assert f"/clientes/{ticket.person_id}/ordens-de-servico" in page.html
    assert saved(bruno, ticket).status == 303


@pytest.mark.feature("C-59", "C-60", "C-114")
def test_what_salvar_asks_for(bruno, db):
    ticket = opened(bruno, db)
    page = bruno.get(f"/atendimentos/{ticket.id}/abertura")
    for words in AT_OPENING.values():
        assert words in page.words
    refused = {
        "kind_id": ({"kind_id": ""}, "tipo de atendimento"),
        "report": ({"report": " \u2800 "}, "descrição de abertura"),
        "status": ({"status": "aberto"}, "status"),
    }
    for field, (typed, words) in refused.items():
        answer = saved(bruno, ticket, **typed)
        assert answer.status == 422, field
        assert words in answer.words
    retired = cast.ticket_kind("Reclamação do site")
    assert saved(bruno, ticket, kind_id=str(retired.id)).status == 422
    assert newest(db).status == "draft"
    assert saved(bruno, ticket).status == 303
    row = newest(db)
    assert (row.status, row.assignee_id, row.open_orders) == ("pending", None, 0)
    assert row.department_id == cast.operator("bruno.reis").department_id  # no destination: the own sector
    assert row.due_at > row.started_at
    late = saved_again(bruno, row)
    assert (late.status, "De novo." in late.html) == (409, True)  # a second window; what it typed stays


def saved_again(visitor, ticket):
    return visitor.post(f"/atendimentos/{ticket.id}/abertura", {"report": "De novo.", "status": "pending"})


@pytest.mark.feature("C-61")
def test_analysis_has_a_destination(bruno, staff, db):
    ticket = opened(bruno, db)
    refused = saved(bruno, ticket, status="awaiting_analysis")
    assert refused.status == 422
    assert "quem vai analisar" in refused.words
    assert saved(bruno, ticket, status="awaiting_analysis", destination="d1", report="").status == 422
    assert saved(bruno, ticket, status="awaiting_analysis", destination="o999999").status == 422
    money = db.scalars(select(Department).where(Department.name == "Financeiro")).one()
    toast = saved(bruno, ticket, status="awaiting_analysis", destination=f"d{money.id}")
    assert toast.status == 303
    ana = staff("ana.souza")
    assert ticket.protocol in ana.get("/atendimentos?aba=setor").words
    other = opened(bruno, db)
    saved(bruno, other, status="awaiting_analysis", destination=f"o{cast.operator('ana.souza').id}")
    assert newest(db).assignee_id == cast.operator("ana.souza").id
    assert newest(db).protocol in ana.get("/atendimentos").words


@pytest.mark.feature("C-62")
def test_resolved_at_once(bruno, db):
    ticket = opened(bruno, db)
    refused = saved(bruno, ticket, status="closed")
    assert refused.status == 422
    assert "descrição do fechamento" in refused.words
    assert saved(bruno, ticket, status="closed", report="", closing_note="Reiniciou.").status == 422
    assert saved(bruno, ticket, status="closed", closing_note="Reiniciou o roteador.").status == 303
    row = newest(db)
    assert (row.status, row.closing_note, row.on_time) == ("closed", "Reiniciou o roteador.", True)
    assert row.closed_at
    assert row.closed_by_id == cast.operator("bruno.reis").id


@pytest.mark.feature("C-63")
def test_after_saving_the_list_shows_its_state(bruno, db):
    ticket = opened(bruno, db)
    answer = saved(bruno, ticket)
    assert answer.location.startswith("/atendimentos?")
    page = bruno.get(answer.location)
    assert "Status do Atendimento" in page.words
    assert ticket.protocol in page.words
    assert f"{ticket.protocol} salvo" in page.words


@pytest.mark.feature("C-64")
def test_a_draft_keeps_protocol_and_texts(bruno, db):
    ticket = opened(bruno, db)
    path = f"/atendimentos/{ticket.id}/abertura"
    form = bruno.get(path).form(path)
    typed = {**form, "report": "Diz que o vídeo trava", "status": "closed", "closing_note": "Ainda"}
    kept = bruno.post(f"/atendimentos/{ticket.id}/rascunho", typed, htmx=True)
    assert "Rascunho salvo às" in kept.words
    bruno.post("/sair")
    again = staff_again(bruno)
    listed = again.get("/atendimentos?aba=rascunhos")
    assert ticket.protocol in listed.words
    assert "Diz que o vídeo trava" in listed.words
    resumed = again.get(path).form(path)
    assert (resumed["report"], resumed["status"], resumed["closing_note"]) == (
        "Diz que o vídeo trava",
        "closed",
        "Ainda",
    )
    row = newest(db)
    assert (row.protocol, row.due_at, row.started_at) == (ticket.protocol, None, None)  # the clock does not run
    sent = {**resumed, "report": "Pela metade", "sair": "1"}
    assert again.post(path, sent).location.endswith("aba=rascunhos")
    assert newest(db).typed["report"] == "Pela metade"


def staff_again(visitor):
    visitor.post("/entrar", {"login": "bruno.reis", "password": cast.PASSWORD})
    return visitor


def test_a_draft_opened_by_mistake_ends_with_a_reason(bruno, db):
    ticket = opened(bruno, db)
    path = f"/atendimentos/{ticket.id}/descarte"
    assert bruno.post(path, {**bruno.get(path).form(path), "reason": " "}).status == 422
    assert bruno.post(path, {**bruno.get(path).form(path), "reason": "Cliente desligou"}).status == 303
    row = newest(db)
    assert (row.status, row.protocol, row.closing_note) == ("closed", ticket.protocol, "Cliente desligou")
    assert bruno.get(path).status == 422
    assert ticket.protocol not in bruno.get("/atendimentos?aba=rascunhos").words


def test_salvar_twice_starts_once(bruno, staff, db):
    ticket = opened(bruno, db)
    path = f"/atendimentos/{ticket.id}/abertura"
    first, second = bruno.get(path).form(path), bruno.get(path).form(path)
    values = {"kind_id": str(cast.ticket_kind().id), "status": "pending", "report": "Sem conexão."}
    assert bruno.post(path, {**first, **values}).status == 303
    started = newest(db).started_at
    assert bruno.post(path, {**second, **values, "report": "Outra"}).status in (409, 422)
    assert (newest(db).started_at, newest(db).report) == (started, "Sem conexão.")


def test_a_service_of_another_company_is_not_there(staff, db):
    celia = staff("celia.prado")
    assert celia.post(f"/servicos/{cast.service(cast.ze()).id}/atendimentos").status == 404
    ticket = db.scalars(select(Ticket).where(Ticket.person_id == cast.maria().id)).first()
    for path in ("", "/abertura", "/historico", "/encaminhamento", "/finalizacao", "/material-de-apoio"):
        assert celia.get(f"/atendimentos/{ticket.id}{path}").status == 404, path
    assert celia.post(f"/atendimentos/{ticket.id}/comentarios", {"body": "Oi", "visibility": "internal"}).status == 404


def test_a_protocol_is_found_by_who_may_read_it(bruno, staff, db):
    ticket = opened(bruno, db)
    assert saved(bruno, ticket).status == 303
    found = bruno.post("/busca", {"q": ticket.protocol}, htmx=True)
    assert f'href="/atendimentos/{ticket.id}"' in found.html
    assert "Sem conexão." in found.words
    assert (
        f"/atendimentos/{ticket.id}" not in staff("celia.prado").post("/busca", {"q": ticket.protocol}, htmx=True).html
    )


@pytest.mark.feature("A-01")
def test_the_home_lists_my_tickets_and_what_nobody_has_rescued(bruno, db):
    with cast.by("bruno.reis"):
        mine, free, hers = (cast.ticket(cast.ze(), "Lentidão", words) for words in ("O meu.", "O livre.", "O dela."))
        mine.claim()
    with cast.by("silvia.maia"):
        hers.claim()
    db.commit()
    page = bruno.get("/")
    assert "Workspace - Home" in page.words
    own, queue = page.words.split("Seus atendimentos", 1)[1].split("Na fila de Suporte, sem ninguém")
    assert "O meu." in own
    assert "O livre." in queue
    assert "O dela." not in page.words
    path = f"/atendimentos/{free.id}/resgate"
    assert bruno.post(path, page.form(path)).location == f"/atendimentos/{free.id}"
    assert "O livre." in bruno.get("/").words.split("Na fila de Suporte")[0]


@pytest.mark.feature("C-64")
@pytest.mark.parametrize("stages", [False, True])
def test_a_draft_is_gone_on_with_by_who_began_it(bruno, staff, db, stages):
    """Somebody else reads it, and no door takes what they type."""
    if stages:
        assert bruno.post(f"/clientes/{cast.ze().id}/atendimentos/etapas").status == 303
    else:
        opened(bruno, db)
    ticket = newest(db)
    forms = ("identificacao", "inicio") if stages else ("abertura",)
    bruno.post(f"/atendimentos/{ticket.id}/rascunho", {"report": "O que eu ouvi"})
    silvia, path = staff("silvia.maia"), f"/atendimentos/{ticket.id}"
    assert "Este rascunho é de outra pessoa" in silvia.get(path).words
    for form in forms:
        assert silvia.get(f"{path}/{form}").location == path
        said = silvia.post(f"{path}/{form}", {"report": "De outra", "status": "pending", "version": ticket.version})
        assert said.status in (409, 422)
    for more in ({"sair": "1"}, {"novo-cliente": "1"}):
        assert silvia.post(f"{path}/{forms[0]}", {"report": "De outra", **more}).status in (409, 422)
    assert silvia.post(f"{path}/rascunho", {"report": "De outra"}).status == 422
    db.expire_all()
    assert (ticket.status, ticket.typed["report"]) == ("draft", "O que eu ouvi")
    assert "O que eu ouvi" in bruno.get(f"{path}/{forms[0]}").html


def test_the_open_tickets_of_the_customer_are_named_before_another_is_saved(bruno, db):
    with cast.by("silvia.maia"):
        before = cast.ticket(cast.ze(), "Lentidão", "Lenta à noite.")
    db.commit()
    ticket = opened(bruno, db)
    page = bruno.get(f"/atendimentos/{ticket.id}/abertura")
    assert f"Este cliente já tem atendimento aberto: {before.protocol}" in page.words
    assert f'href="/atendimentos/{before.id}"' in page.html
    assert saved(bruno, ticket).status == 303  # it warns, it does not stop


def test_a_draft_of_somebody_else_is_thrown_away_by_the_supervision(bruno, staff, db):
    ticket = opened(bruno, db)
    rafael, path = staff("rafael.teixeira"), f"/atendimentos/{ticket.id}/descarte"
    for answer in (rafael.get(path), rafael.post(path, {"reason": "x", "version": "1"})):
        assert answer.status == 422
        assert "Peça a ela ou a" in answer.words
        assert "Sílvia Maia" in answer.words
    assert path not in rafael.get(f"/atendimentos/{ticket.id}").html
    db.expire_all()
    assert ticket.status == "draft"
    silvia = staff("silvia.maia")
    assert path in silvia.get(f"/atendimentos/{ticket.id}").html
    assert silvia.post(path, {**silvia.get(path).form(path), "reason": "Ela saiu"}).status == 303
    db.expire_all()
    assert ticket.status == "closed"
