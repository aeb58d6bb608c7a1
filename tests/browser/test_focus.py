"""Where the work begins: every page of the Painel with a form has the focus in it, as a browser gives it.

The pages come from the URL map, with a row of Vale Claro in each address, so a new one joins by itself.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.shape.places import inside, places, rows

pytestmark = pytest.mark.slow

# Who sees what: supervision has nearly everything, administration the rest.
WHO = ("silvia.maia", "davi.rocha")
# What a page is asked of its focus; nothing when it has no form to begin in.
ASKED = """() => {
  const shown = (one) => one.offsetParent !== null;
  const asking = "main form:is(.form, :has(.form-actions)):not(:has(.btn-danger))";
  const forms = [...document.querySelectorAll(asking)].filter(shown);
  const active = document.activeElement;
  if (!forms.length) return "";
  if (active === document.body) return "nowhere";
  if (!active.closest("main")) return "outside: " + active.outerHTML.slice(0, 80);
  return shown(active) ? "" : "hidden: " + active.outerHTML.slice(0, 80);
}"""


def test_every_page_with_a_form_begins_in_it(app, db, ana):
    every = inside(places(app, rows("Vale Claro Telecom")), "staff")
    db.commit()
    left = sorted({place.path for place in every if place.method == "GET"})
    lost, seen = {}, 0
    for login in WHO:
        opened, refused = ana(login), []
        for path in left:
            answer = opened.page.request.get(opened.address + path)  # a file would not open in the window
            if answer.status >= 400:
                refused.append(path)
            elif answer.headers["content-type"].startswith("text/html") and "<form" in answer.text():
                seen += 1
                opened.goto(path)
                if where := opened.page.evaluate(ASKED):
                    lost[path] = where
        left = refused
    assert lost == {}
    assert seen > 100  # else the map was not walked


def test_a_page_to_search_in_begins_in_its_field(ana):
    opened = ana()
    for path, field in (("/clientes", "q"), ("/busca", "search")):
        opened.goto(path)
        expect(opened.page.locator(f"main #{field}")).to_be_focused()


def fill(page, step: str) -> None:
    """What the step still needs."""
    if step == "endereco":
        page.fill("#cep", "35500120")
        page.press("#cep", "Tab")
        expect(page.locator("#street")).to_have_value("Rua das Acácias")
        page.fill("#number", "77")
    elif step == "plano":
        page.check("text=Fibra 500 Mbps")
    elif step == "instalacao":
        page.select_option("#technician_id", label="João Pedro de Alcântara")
        page.fill("#start_on", "2099-01-01")  # too far: refused first


# step: where its page begins, and where its refusal does
BEGINS = {
    "dados": ("document", "document"),
    "endereco": ("cep", "cep"),
    "plano": ("plan_id", "plan_id"),
    "contrato": ("Avançar", ""),
    "cobranca": ("billing_method_id", ""),
    "instalacao": ("technician_id", "technician_id"),
}


def active(page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def test_every_step_begins_where_something_is_asked(ana):
    opened = ana("rafael.teixeira")
    page = opened.page
    opened.goto("/clientes/adicionar")
    for step, (begins, wrong) in BEGINS.items():
        page.wait_for_url(re.compile(f"{step}|adicionar$"))
        assert active(page) == begins, step
        if wrong:
            page.locator(".form-actions .btn-primary").click()
            page.wait_for_selector(".error-summary")
            assert active(page) == wrong, f"{step}, refused"
        if step == "dados":
            page.fill("#document", cast.STRANGER)
            page.fill("#name", "Helena Prado Batista")
            page.fill("#mobile", "37988881234")
        fill(page, step)
        if step != "instalacao":
            page.locator(".form-actions .btn-primary").click()
    page.locator(".form-actions .btn-primary").click()
    page.wait_for_selector(".error-summary")
    assert active(page) == "start_on"
    assert opened.said == []


def test_the_document_is_looked_at_when_its_field_is_left(ana):
    """Nothing typed is touched, and the focus stays where it went."""
    opened = ana("rafael.teixeira")
    page = opened.page
    opened.goto("/clientes/adicionar")
    page.fill("#name", "Alguém que já escrevi")
    page.fill("#document", cast.RITA)
    page.press("#document", "Tab")
    expect(page.locator("#document-answer")).to_contain_text("Rita Aparecida Moreira já é cliente")
    expect(page.locator("#name")).to_have_value("Alguém que já escrevi")
    expect(page.locator("#name")).to_be_focused()
    opened.check()
    page.fill("#document", "12345678900")
    page.press("#document", "Tab")
    expect(page.locator("#document-answer")).to_contain_text("não confere")
    page.fill("#document", cast.STRANGER)
    page.press("#document", "Tab")
    expect(page.locator("#document-answer")).to_contain_text("Ninguém tem este CPF")
    assert opened.said == []


def test_the_hours_and_the_sum_follow_what_is_chosen(ana, db):
    opened, ze = ana("rafael.teixeira"), cast.ze().id
    db.commit()
    page = opened.page
    opened.goto(f"/clientes/{ze}")
    page.get_by_role("button", name="Adicionar Serviços").click()
    page.wait_for_url("**/endereco")
    page.locator(".form-actions .btn-primary").click()
    page.wait_for_url("**/plano")
    expect(page.locator("#first-invoice .figure")).to_have_count(0)
    page.check("text=Fibra 500 Mbps")
    expect(page.locator("#first-invoice .figure")).to_have_count(1)
    page.get_by_role("button", name="Usar os padrões").click()
    page.wait_for_url("**/instalacao")
    page.select_option("#technician_id", label="João Pedro de Alcântara")
    page.fill("#start_on", "2026-12-24")
    expect(page.locator("#taken")).to_contain_text("24/12")
    opened.check()
    page.locator("#start_on").press("Enter")
    page.wait_for_selector(".error-summary")
    assert opened.said == []
