"""The telephone rings: the protocol is read out, the window closes by mistake, and the talk goes on."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from models import clock
from models.network import Connection
from models.operators import LoginSession
from models.tickets import Ticket
from tests import cast, expressed


def test_from_the_ring_to_the_end(ana, db):
    desk = ana("bruno.reis")
    desk.goto("/atendimentos")
    page = desk.page
    page.keyboard.press("n")
    page.wait_for_url("**/atendimentos/novo")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jose antonio")
    page.get_by_role("button", name=re.compile("Abrir Atendimento para")).first.click()
    page.wait_for_url("**/abertura")
    protocol = page.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"\d{6}\.\d+", protocol)
    desk.check()
    page.locator("#report").fill("O vídeo trava à noite, só na sala")
    expect(page.locator("#kept")).to_contain_text("Rascunho salvo às", timeout=10_000)
    page.wait_for_timeout(3500)
    page.close()  # by mistake
    again = desk.context.new_page()
    again.goto(f"{desk.address}/atendimentos?aba=rascunhos")
    again.get_by_role("link", name="O vídeo trava à noite, só na sala").first.click()
    again.wait_for_url("**/abertura")
    expect(again.get_by_role("heading", level=1)).to_have_text(protocol)
    again.select_option("#kind_id", label="002 · Lentidão")
    again.locator("input[name=status][value=pending]").check()
    again.get_by_role("button", name="Salvar").click()
    again.wait_for_url("**/atendimentos?**")
    expect(again.locator("#toasts")).to_contain_text(f"{protocol} salvo")
    db.expire_all()
    ticket = db.scalars(select(Ticket).where(Ticket.protocol == protocol)).one()
    assert ticket.report == "O vídeo trava à noite, só na sala"


def test_private_and_public_look_like_what_they_become(ana, db):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(here)
    page = desk.page
    send = page.locator(".composer .btn-tone")
    expect(send).to_contain_text("Comentar para a equipe")
    private = page.locator(".composer").evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_text("Público, o cliente vê").click()
    expect(page.get_by_text("Enviar ao cliente")).to_be_visible()
    expect(page.get_by_text("Comentar para a equipe")).to_be_hidden()
    assert page.locator(".composer").evaluate("node => getComputedStyle(node).backgroundColor") != private
    desk.check()
    page.locator("#body").fill("Olá! Vamos testar o sinal.")
    send.click()
    expect(page.locator(".node-pub")).to_contain_text("Olá! Vamos testar o sinal.")
    expect(page.locator(".composer [value=internal]")).to_be_checked()
    desk.check()
    for path in ("/atendimentos", f"{here}/anexos", f"{here}/encaminhamento"):
        desk.goto(path)
        desk.check()


def test_t_opens_the_tools_and_one_comes_back_from_the_record(ana, db):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
    here, edit = f"/atendimentos/{ticket.id}", f"/clientes/{cast.ze().id}/dados/editar?atendimento={ticket.id}"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(here)
    page, menu = desk.page, desk.page.locator("#tools")
    page.locator("#interacoes").focus()
    page.keyboard.press("t")
    expect(menu).to_be_visible()
    desk.check()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.locator("#body").press("t")  # a letter of the comment
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Ferramentas").click()
    menu.get_by_role("link", name="Cadastro do Cliente").click()
    page.wait_for_url(f"**{here}/cadastro-do-cliente")
    desk.check()
    page.get_by_role("link", name="Editar").click()
    page.wait_for_url(lambda address: address.endswith(edit))
    desk.check()
    page.locator("#mobile").fill("(37) 98888-7777")
    page.get_by_role("button", name="Salvar").last.click()
    page.wait_for_url(f"**{here}/cadastro-do-cliente")
    expect(page.locator("#content")).to_contain_text("(37) 98888-7777")
    desk.goto(f"{here}/painel-do-cliente")
    desk.check()


WAITS = re.compile(r"Seu texto das \d{2}:\d{2} está guardado neste aparelho\.")
TYPED = "Object.keys(sessionStorage).filter(name => name.startsWith('enlace.'))"


@pytest.fixture
def talk(db):
    """Where a ticket is that Bruno holds."""
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    return here


def sign_in(page, login):
    page.fill("#login", login)
    page.fill("#password", cast.PASSWORD)
    with page.expect_navigation(url=lambda url: "/entrar" not in url):
        page.get_by_role("button", name="Entrar").click()


def end_sessions(db):
    db.execute(update(LoginSession).values(revoked_at=clock.now()))
    db.commit()


def waiting(page):
    return page.locator(".kept").filter(has_text=WAITS)


def test_the_session_ends_while_somebody_types(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.get_by_text("Público, o cliente vê").click()
    page.locator("#body").fill("Olá! Vamos testar o sinal.")
    end_sessions(db)
    page.locator("#presenca").dispatch_event("every")  # the next poll
    page.wait_for_url("**/entrar?**")
    sign_in(page, "bruno.reis")
    page.wait_for_url(f"**{talk}")
    expect(waiting(page)).to_be_visible()
    expect(page.locator("#body")).to_have_value("")  # nothing unasked
    expect(page.locator("#live")).to_have_text(WAITS)
    desk.check()
    page.get_by_role("button", name="Usar este texto").click()
    expect(page.locator("#body")).to_have_value("Olá! Vamos testar o sinal.")
    expect(page.locator("#body")).to_be_focused()
    expect(page.locator(".composer [value=subscriber]")).to_be_checked()
    expect(waiting(page)).to_be_hidden()
    page.get_by_role("button", name="Enviar ao cliente").click()
    expect(page.locator(".node-pub")).to_contain_text("Olá! Vamos testar o sinal.")
    expect(waiting(page)).to_be_hidden()
    assert page.evaluate(TYPED) == []  # sent


def test_a_comment_sent_into_a_dead_session_is_not_lost(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("O sinal está bom.")
    end_sessions(db)
    page.get_by_role("button", name="Comentar para a equipe").click()
    page.wait_for_url("**/entrar?**")
    sign_in(page, "bruno.reis")
    page.wait_for_url(f"**{talk}")
    page.get_by_role("button", name="Descartar").click()
    expect(waiting(page)).to_be_hidden()
    expect(page.locator("#body")).to_be_focused()
    assert page.evaluate(TYPED) == []


def test_the_net_fails_and_comes_back(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("Trocar a fonte")
    expect(page.locator("#kept")).to_contain_text("Rascunho salvo às", timeout=10_000)
    assert page.evaluate(TYPED) == []  # the server has it
    desk.context.set_offline(True)
    page.locator("#body").fill("Trocar a fonte e o cabo")
    expect(page.locator("#toasts")).to_contain_text("A conexão falhou")
    desk.context.set_offline(False)
    page.reload()
    desk.goto(talk)
    expect(page.locator("#body")).to_have_value("Trocar a fonte")
    expect(waiting(page)).to_be_visible()
    page.get_by_role("button", name="Usar este texto").click()
    expect(page.locator("#body")).to_have_value("Trocar a fonte e o cabo")
    expect(page.locator("#kept")).to_contain_text("Rascunho salvo às", timeout=10_000)
    assert page.evaluate(TYPED) == []
    desk.goto(talk)
    expect(page.locator("#body")).to_have_value("Trocar a fonte e o cabo")
    expect(waiting(page)).to_be_hidden()


def test_somebody_else_in_the_same_tab_is_offered_nothing(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("Texto de Bruno")
    end_sessions(db)
    page.locator("#presenca").dispatch_event("every")
    page.wait_for_url("**/entrar?**")
    with cast.by("ana.souza"):
        db.scalars(select(Ticket).where(Ticket.id == int(talk.split("/")[-1]))).one().claim()
    db.commit()
    sign_in(page, "ana.souza")
    assert page.evaluate(TYPED) == []
    desk.goto(talk)
    expect(page.locator("#body")).to_have_value("")
    expect(waiting(page)).to_be_hidden()


def test_who_leaves_leaves_nothing(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("Texto de Bruno")
    [name] = page.evaluate(TYPED)
    assert re.fullmatch(rf"enlace\.typed:\d+:{talk}/comentarios:\d+", name)
    kept = json.loads(page.evaluate("name => sessionStorage[name]", name))
    assert (kept.keys(), kept["texts"]) == ({"at", "texts"}, ["Texto de Bruno", "internal"])
    page.locator(".nav-user").click()
    page.get_by_role("button", name="Sair").click()
    page.wait_for_url("**/entrar")
    assert page.evaluate(TYPED) == []


def test_twelve_hours_later_it_is_gone(ana, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("De ontem")
    [name] = page.evaluate(TYPED)
    long_ago = 1000 * (clock.now().timestamp() - 12.1 * 3600)
    page.evaluate("([name, at]) => sessionStorage.setItem(name, at)", [name, json.dumps({"at": long_ago, "texts": []})])
    desk.goto(talk)
    expect(waiting(page)).to_be_hidden()
    assert page.evaluate(TYPED) == []


def test_the_opening_form_keeps_its_texts_too(ana, db, talk):
    with cast.by("bruno.reis"):
        ticket = Ticket.open(cast.ze(), cast.service(cast.ze()))
    opening = f"/atendimentos/{ticket.id}/abertura"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(opening)
    page = desk.page
    page.locator("#report").fill("O vídeo trava à noite")
    # A diagnosis that is still asked for would lead to the door by itself.
    expect(page.locator(".diagnosis[hx-trigger=load]")).to_have_count(0)
    end_sessions(db)
    desk.goto(opening)
    sign_in(page, "bruno.reis")
    page.wait_for_url(f"**{opening}")
    expect(page.locator("#report")).to_have_value("")
    page.get_by_role("button", name="Usar este texto").click()
    expect(page.locator("#report")).to_have_value("O vídeo trava à noite")
    page.get_by_role("button", name="Guardar e sair").click()
    page.wait_for_url("**/atendimentos?**")
    expect(page.locator("#toasts")).to_contain_text("guardado em Rascunhos")
    assert page.evaluate(TYPED) == []
    # what a page shows after a refusal is not offered beside it, and waits until it was taken
    desk.goto(f"{talk}/finalizacao")
    page.locator("#body").fill("Trocamos a fonte")
    page.select_option("#classification_id", "")
    page.get_by_role("button", name="Finalizar Atendimento").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(waiting(page)).to_be_hidden()
    assert len(page.evaluate(TYPED)) == 1
    page.select_option("#classification_id", index=1)
    page.get_by_role("button", name="Finalizar Atendimento").click()
    page.wait_for_url(f"**{talk}")
    assert page.evaluate(TYPED) == []


@pytest.mark.parametrize("phone", [False, True])
def test_what_comes_meanwhile_moves_nothing_until_it_is_asked_for(ana, db, talk, phone):
    desk = ana("bruno.reis", phone=phone)
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("Ainda escrevo")
    place = page.locator(".timeline li").first.bounding_box()
    with cast.by("bruno.reis"):
        ticket = db.scalars(select(Ticket).where(Ticket.id == int(talk.split("/")[-1]))).one()
        ticket.comment("O poste foi religado", "internal")
    db.commit()
    page.locator("#presenca").dispatch_event("every")
    expect(page.locator(".fresh")).to_have_text("1 interação nova. Mostrar")
    expect(page.get_by_text("O poste foi religado")).to_have_count(0)
    assert page.locator(".timeline li").first.bounding_box() == place
    desk.check()
    page.locator(".fresh").click()
    expect(page.locator(".timeline li").first).to_contain_text("O poste foi religado")
    expect(page.locator("#interacoes")).to_be_focused()
    expect(page.locator("#body")).to_have_value("Ainda escrevo")
    expect(page.locator(".fresh")).to_have_count(0)
    page.locator("#presenca").dispatch_event("every")  # the new one asks from there
    desk.check()


def test_a_choice_that_changes_questions_redraws_them_and_keeps_the_focus(ana, db):
    with cast.by("bruno.reis"):
        ticket = Ticket.open(cast.ze())
    here, service = f"/atendimentos/{ticket.id}", str(cast.service(cast.ze()).id)
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(f"{here}/identificacao")
    page = desk.page
    page.locator("#report").fill("Liga à noite")
    page.locator("#service_id").focus()
    page.locator("#service_id").select_option(service)
    expect(page.locator(".rail")).to_contain_text("da conexão")
    expect(page.locator("#report")).to_have_value("Liga à noite")
    expect(page.locator("#service_id")).to_be_focused()
    page.locator("#contact_origin_id").select_option(label="Telefone")
    page.get_by_role("button", name="Avançar").last.click()
    page.wait_for_url(f"**{here}/consulta-expressa")
    expect(page.locator(".matter-tile")).to_have_count(9)
    desk.check()
    page.get_by_role("link", name="Avançar para o início").click()
    page.wait_for_url(f"**{here}/inicio")
    page.locator("#process_id").select_option(label="Suporte técnico")
    expect(page.locator(".rail")).to_contain_text("Se começar agora, vence")
    page.get_by_text("Público, o cliente vê").click()
    page.locator("#body").fill("Vamos ver.")
    page.locator("#process_id").select_option(label="Rompimento")
    expect(page.locator(".rail")).to_contain_text("Emergencial")
    expect(page.locator("#body")).to_have_value("Vamos ver.")
    expect(page.locator(".composer [value=subscriber]")).to_be_checked()
    assert len(page.evaluate(TYPED)) == 1  # the page anew keeps nothing, so it waits in the tab
    desk.check()


def test_the_query_is_made_again_without_leaving_the_stage(ana, db):
    with cast.by("bruno.reis"):
        ticket, connection = expressed.identified(cast.ze(), cast.service(cast.ze()), "Cai à noite."), of_ze()
        connection.applied("active")
    here = f"/atendimentos/{ticket.id}/consulta-expressa"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(here)
    page = desk.page
    expect(page.locator(".matter-tile.note-bad", has_text="Bloqueio")).to_have_count(0)
    of_ze().applied("blocked", "Falta Pagamento")
    db.commit()
    page.evaluate("window.here = true")
    page.get_by_role("button", name="Atualizar").click()
    expect(page.locator(".matter-tile.note-bad", has_text="Bloqueio")).to_have_count(1)
    expect(page.locator(".express", has_text="Técnicas")).to_contain_text("(Falta Pagamento em")
    expect(page.locator("h1")).to_contain_text("para saber antes de começar")
    assert page.title().startswith(page.locator("h1").inner_text())
    assert page.evaluate("window.here"), "the same page"
    expect(page.get_by_role("button", name="Atualizar")).to_be_focused()
    assert page.url.endswith(here)
    desk.check()
    with cast.by("bruno.reis"):
        db.get_one(Ticket, ticket.id).start(cast.process(), cast.opening_classification())
    of_ze().applied("active")
    db.commit()
    desk.goto(here)
    expect(page.get_by_text("mudou")).not_to_have_count(0)
    desk.check()


def of_ze() -> Connection:
    return Connection.of(cast.service(cast.ze()))


def test_an_address_in_the_reason_of_a_pause_does_not_widen_the_page(ana, db):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
        ticket.pause("https://www.exemplo.example/chamados/fornecedor/?protocolo=" + "1" * 120)
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    desk = ana("bruno.reis")
    for tab in ("", "/anexos", "/historico"):
        desk.goto(f"{here}{tab}")
        expect(desk.page.locator(".rail")).to_contain_text("https://www.exemplo.example")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.page.evaluate(wide) <= 0, tab


def test_a_ticket_by_keyboard(ana, db):
    with cast.by("silvia.maia"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(here)
    page = desk.page
    page.keyboard.press("r")
    expect(page.locator(".composer")).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.type("Só para nós")
    page.keyboard.press("Alt+p")
    expect(page.get_by_text("Enviar ao cliente")).to_be_visible()
    page.keyboard.press("Alt+p")
    expect(page.get_by_text("Comentar para a equipe")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".timeline .node-prv")).to_contain_text("Só para nós")
    page.keyboard.press("t")
    expect(page.locator("#tools a").first).to_be_focused()


def test_a_session_that_ended_says_so(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    end_sessions(db)
    desk.page.reload()
    expect(desk.page.locator("#toasts")).to_contain_text("Sua sessão terminou")


@pytest.fixture
def opening(db):
    """The quick form of a draft of Bruno's, and its number."""
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    id = draft.id
    db.commit()
    return id


def reported(db, id) -> str:
    db.expire_all()
    report = db.get_one(Ticket, id).typed.get("report", "")
    db.commit()
    return report


def test_a_long_report_is_whole_after_the_window_went(ana, db, opening):
    desk = ana("bruno.reis")
    desk.goto(f"/atendimentos/{opening}/abertura")
    page = desk.page
    page.locator("#report").fill("\n".join(f"linha número {i}" for i in range(230)))
    with page.expect_response("**/rascunho"):  # after three seconds of silence
        pass
    assert reported(db, opening).endswith("229")
    desk.goto("/atendimentos")  # what goes with the window says the same
    desk.goto(f"/atendimentos/{opening}/abertura")
    expect(page.locator("#report")).to_have_value(re.compile("229$"))


def test_an_older_window_does_not_write_over_what_a_newer_one_kept(ana, db, opening):
    desk = ana("bruno.reis")
    desk.goto(f"/atendimentos/{opening}/abertura")
    newer = desk.context.new_page()
    newer.goto(f"{desk.address}/atendimentos/{opening}/abertura")
    newer.locator("#report").fill("Tudo o que o cliente contou")
    with newer.expect_response("**/rascunho"):
        pass
    desk.goto("/atendimentos")
    desk.goto(f"/atendimentos/{opening}/abertura")
    expect(desk.page.locator("#report")).to_have_value("Tudo o que o cliente contou")


def test_a_comment_sent_in_one_window_leaves_what_is_typed_in_another(ana, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page, other = desk.page, desk.context.new_page()
    other.goto(f"{desk.address}{talk}")
    for window, words in ((page, "Primeira"), (other, "Segunda")):
        window.locator("#body").fill(words)
        expect(window.locator("#kept")).to_contain_text("Rascunho salvo")
    page.get_by_role("button", name="Comentar para a equipe").click()
    expect(page.locator(".node-prv").first).to_contain_text("Primeira")
    other.reload()
    expect(other.locator("#body")).to_have_value("Segunda")
