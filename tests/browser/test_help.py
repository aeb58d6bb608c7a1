"""Ajuda on a phone: a conversation that goes on by itself, and what is typed meanwhile (B-12)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from models.operators import LoginSession
from models.tickets import Ticket
from tests import asked, cast

HELP = "/central/ajuda"


@pytest.fixture
def phone(rita):
    def proved(**more):
        opened = rita(**more)
        opened.goto("/central/confirmar")
        opened.page.fill("#birth_date", "22/05/1958")
        with opened.page.expect_navigation():
            opened.page.get_by_role("button", name="Confirmar").click()
        return opened

    return proved


@pytest.fixture
def talk(db):
    """The page of a request of Dona Rita, held by Bruno."""
    row = asked.ask(cast.rita())
    with cast.by("bruno.reis"):
        row.claim()
    path = f"{HELP}/pedidos/{row.id}"
    db.commit()
    return path


def answer(db, talk, text):
    """Bruno writes; nothing is left open, so that the server may write."""
    with cast.by("bruno.reis"):
        db.get_one(Ticket, int(talk.rpartition("/")[2])).comment(text, "subscriber")
    db.commit()


def test_every_page_of_ajuda(phone, rita, db, talk):
    finished = db.scalars(select(Ticket.id).where(Ticket.rating_asked, Ticket.topic == "billing")).one()
    db.rollback()
    weak = rita()
    weak.goto(HELP)
    weak.check()
    opened = phone()
    pages = (HELP, f"{HELP}/sem-internet", f"{HELP}/encerrados", talk, f"{HELP}/pedidos/{finished}")
    for path in pages:
        opened.goto(path)
        opened.check()
    opened.goto(f"{HELP}/sem-internet")
    opened.page.get_by_role("button", name="Pedir ajuda").click()
    expect(opened.page.locator(".error-summary")).to_be_focused()
    opened.check()


def test_an_answer_comes_by_itself_and_what_is_typed_stays(phone, db, talk):
    opened = phone()
    opened.goto(f"{talk}#fim")
    opened.page.fill("#body", "Ainda não terminei de")
    answer(db, talk, "Achei o defeito.")
    expect(opened.page.get_by_text("Achei o defeito.")).to_be_visible(timeout=20_000)
    expect(opened.page.locator("#body")).to_have_value("Ainda não terminei de")
    opened.page.fill("#body", "Obrigada.")
    with opened.page.expect_navigation():
        opened.page.get_by_role("button", name="Enviar").click()
    expect(opened.page.locator("#body")).to_have_value("")
    expect(opened.page.locator(".talk .mine").last).to_contain_text("Obrigada.")


def test_a_session_that_ends_loses_nothing_typed(phone, db, talk):
    opened = phone()
    opened.goto(talk)
    opened.page.fill("#body", "Um texto comprido.")
    db.execute(delete(LoginSession).where(LoginSession.kind == "subscriber"))
    db.commit()
    with opened.page.expect_navigation():
        opened.page.get_by_role("button", name="Enviar").click()
    again = opened
    again.goto("/central/entrar")
    again.page.fill("#document", cast.RITA)
    with again.page.expect_navigation(url=lambda url: "/entrar" not in url):
        again.page.click("main button[type=submit]")
    again.goto(f"/central/confirmar?next={talk}")
    again.page.fill("#birth_date", "22/05/1958")
    with again.page.expect_navigation(url=lambda url: "/pedidos/" in url):
        again.page.get_by_role("button", name="Confirmar").click()
    expect(again.page.locator("#body")).to_have_value("Um texto comprido.")


def test_too_large_a_photo_is_told_before_it_travels(phone, talk):
    opened = phone()
    opened.goto(talk)
    large = {"name": "grande.jpg", "mimeType": "image/jpeg", "buffer": b"x" * (11 * 1024 * 1024)}
    opened.page.set_input_files("#files", large)
    expect(opened.page.locator("#files-error")).to_contain_text("grande.jpg: 11 MB passam do limite de 10 MB.")
    assert opened.page.evaluate("document.querySelector('#files').files.length") == 0


def test_it_works_without_a_script(phone, db, talk):
    opened = phone(scripts=False)
    opened.goto(talk)
    opened.page.fill("#body", "Sem script.")
    with opened.page.expect_navigation():
        opened.page.get_by_role("button", name="Enviar").click()
    expect(opened.page.locator(".talk .mine").last).to_contain_text("Sem script.")
    answer(db, talk, "Chegou.")
    with opened.page.expect_navigation():
        opened.page.get_by_role("button", name="Ver se há resposta").click()
    expect(opened.page.locator(".bubble").last).to_contain_text("Chegou.")
