"""Answers by '/' in a comment: by the keyboard, at the caret, undone with Ctrl+Z; without script by a page (B-10)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.tickets import Comment
from models.workflows import CannedAnswer
from tests import cast


@pytest.fixture
def talk(db):
    """Where a ticket of Seu Zé is that Bruno holds."""
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    return here


def test_by_keyboard_at_the_caret(ana, db, talk):
    with cast.by("davi.rocha"):
        CannedAnswer(name="Débito", code="debito", text="Deve {{divida.valor}}.", company_id=0).create()
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(talk)
    page, text, options = desk.page, desk.page.locator("#body"), desk.page.locator("#answers [role=option]:visible")
    page.get_by_text("Público, o cliente vê").click()
    text.fill("Antes  depois")
    text.press("Home")
    for _ in range(6):
        text.press("ArrowRight")
    text.press_sequentially("e/ou")  # inside a word, so nothing opens
    expect(page.locator("#answers")).to_be_hidden()
    for _ in range(4):
        text.press("Backspace")
    text.press("ArrowRight")
    text.press("ArrowLeft")
    text.press_sequentially("/")
    expect(options).to_have_count(6)
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-autocomplete", "list")
    desk.check()
    text.press_sequentially("DEBITO")  # accents and case do not matter; by its name as by its code
    expect(options).to_have_count(1)
    expect(page.locator("#live")).to_contain_text("1 resposta.")
    text.press("Enter")  # it would have a hole
    expect(page.locator("#live")).to_contain_text("não tem fatura vencida")
    assert text.input_value() == "Antes /DEBITO depois"
    for _ in range(6):
        text.press("Backspace")
    expect(options).to_have_count(6)
    text.press("ArrowDown")
    active = text.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    text.press("Escape")
    expect(page.locator("#answers")).to_be_hidden()
    assert text.input_value() == "Antes / depois"
    text.press("Backspace")
    text.press_sequentially("/tomada")
    expect(options).to_have_count(1)
    text.press("Enter")
    said = "José, tire o aparelho da tomada, espere 2 minutos e ligue de novo. Em 5 minutos me conte se voltou."
    filled = f"Antes {said} depois"
    expect(text).to_have_value(filled)
    expect(text).to_be_focused()
    text.press("Control+z")
    expect(text).to_have_value("Antes /tomada depois")
    text.press("Control+Shift+z")
    expect(text).to_have_value(filled)
    text.press_sequentially("!")
    assert text.input_value() == f"Antes {said}! depois"
    expect(page.locator(".composer [value=subscriber]")).to_be_checked()
    text.press("Control+Enter")
    expect(page.locator(".node-pub")).to_contain_text("Antes José, tire o aparelho")
    assert desk.said == []


def test_the_button_and_the_mouse(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(talk)
    page, text = desk.page, desk.page.locator("#body")
    text.fill("Oi")
    page.get_by_role("button", name="Respostas prontas").click()
    expect(text).to_have_value("Oi /")
    page.get_by_role("option", name=re.compile("Saudação")).click()
    expect(text).to_have_value(re.compile("^Oi Olá, José. Aqui é Bruno"))
    expect(text).to_be_focused()
    text.fill("x" * 3990)
    text.press("End")
    text.press_sequentially(" /ola")
    expect(page.locator("#answers [role=option]:visible")).to_have_count(1)
    text.press("Enter")
    expect(page.locator("#live")).to_contain_text("não cabe")
    assert text.input_value().endswith(" /ola")  # nothing is cut
    page.locator("#interacoes").click()
    expect(page.locator("#answers")).to_be_hidden()
    page.locator("#interacoes").focus()
    page.keyboard.press("m")
    page.wait_for_url("**/macros")
    desk.check()
    page.get_by_role("link", name=re.compile("Conferir e executar Responder")).click()
    page.wait_for_url("**/execucao?macro=*")
    expect(page.get_by_role("link", name="Voltar", exact=True)).to_be_focused()
    desk.check()
    desk.goto(talk)
    assert page.locator("#body").input_value().endswith(" /ola")  # kept on the way


def test_a_list_that_does_not_come_and_one_that_has_nothing(ana, db, talk):
    """The text is typed on: Enter is a new line again. Enter before the list waits for it."""
    desk = ana("bruno.reis")
    desk.goto(talk)
    page, text = desk.page, desk.page.locator("#body")
    page.route("**/respostas", lambda route: route.abort())
    text.click()
    text.press_sequentially("/ola")
    expect(page.locator("#toasts")).to_contain_text("A conexão falhou")
    text.press("Enter")
    assert text.input_value() == "/ola\n"
    page.unroute("**/respostas")
    text.press_sequentially("/zzz")
    expect(page.locator("#live")).to_contain_text("Nenhuma resposta com isto")
    text.press("Enter")
    assert text.input_value() == "/ola\n/zzz\n"
    held: list = []

    def hold(route):
        held.append(route)

    page.route("**/respostas", hold)
    text.press_sequentially("/ola")
    text.press("Enter")
    page.wait_for_timeout(100)
    held[0].continue_()
    expect(text).to_have_value(re.compile("^/ola\n/zzz\nOlá, José"))


def test_in_the_finishing_form_too(ana, db, talk):
    desk = ana("bruno.reis")
    desk.goto(f"{talk}/finalizacao")
    text = desk.page.locator("#body")
    text.click()
    text.press_sequentially("/duvida")
    expect(desk.page.locator("#answers [role=option]:visible")).to_have_count(1)
    text.press("Tab")
    expect(text).to_have_value(re.compile("^José, ficamos à disposição"))
    desk.check()


def test_without_script(ana, db, talk):
    desk = ana("bruno.reis", scripts=False)
    desk.goto(talk)
    page = desk.page
    page.locator("#body").fill("Boa tarde.")
    page.get_by_text("Público, o cliente vê").click()
    page.get_by_role("button", name="Respostas prontas").click()
    page.get_by_role("link", name="Usar Luzes da ONU").click()
    assert page.locator("#body").input_value().startswith("Boa tarde.\nOlá, José. Aqui é Bruno")
    assert page.locator("[name=visibility][value=subscriber]").is_checked()
    page.get_by_role("button", name="Enviar ao cliente").click()
    assert db.scalars(select(Comment.visibility).order_by(Comment.id.desc())).first() == "subscriber"


def test_a_macro_is_put_together_and_moved(ana, db):
    desk = ana("davi.rocha")
    desk.goto("/configuracao/macros/adicionar")
    page = desk.page
    page.locator("#name").fill("Nova macro")
    page.get_by_label("TODAS").check()
    page.select_option("#another", "pause")
    page.get_by_role("button", name="Adicionar ato").click()
    expect(page.get_by_label("Motivo")).to_be_focused()
    page.get_by_label("Motivo").fill("Espera o cliente")
    page.get_by_role("button", name="Subir 2. Pausar o prazo").click()
    expect(page.locator(".act-rows legend").first).to_have_text("1. Pausar o prazo")
    assert page.get_by_label("Motivo").input_value() == "Espera o cliente"
    assert page.locator("#name").input_value() == "Nova macro"
    desk.check()
    page.locator(".form-actions").get_by_role("button", name="Salvar").click()
    page.wait_for_url("**/configuracao/macros")
    expect(page.locator("#toasts")).to_contain_text("Macro Nova macro adicionada")
    desk.check()
