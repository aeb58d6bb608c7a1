"""The telephone rings: the protocol is read out, the window closes by mistake, and the talk goes on."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from sqlalchemy import select

from models.tickets import Ticket
from tests import cast


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
