"""The Central on a phone: every page of Conta, and what is left of it without network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast

OFFLINE = "Seu celular está sem internet"
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      found.push({ cache: name, url: request.url, text });
    }
  }
  return found;
}"""
GONE = """async (name) => {
  for (let tries = 0; tries < 100; tries++) {
    if (!(await caches.keys()).includes(name)) return true;
    await new Promise((on) => setTimeout(on, 100));
  }
}"""


def confirm(phone, born="22/05/1958"):
    phone.page.fill("#birth_date", born)
    phone.page.get_by_role("button", name="Confirmar").click()


def gone(phone, cache):
    """Within ten seconds the browser has thrown it away."""
    assert phone.page.evaluate(GONE, cache)


def worker_ready(phone):
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_every_page_of_conta(rita):
    phone = rita()
    phone.goto("/central/conta/contatos")
    phone.check()
    confirm(phone, "01/01/1990")
    expect(phone.page.locator(".error")).to_be_visible()
    phone.check()
    confirm(phone)
    phone.page.wait_for_url("**/conta/contatos")
    phone.check()
    for path in ("/central/conta", "/central/conta/senha", "/central/conta/aparelhos", "/central/servicos"):
        phone.goto(path)
        phone.check()
    phone.goto("/central/conta/senha")
    phone.page.get_by_role("button", name="Salvar").click()
    expect(phone.page.locator(".error-summary")).to_be_focused()
    phone.check()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_entering_by_birth_date(window, db, scripts):
    cast.vale_claro().portal_entry = "cpf_birth"
    db.commit()
    phone = window(phone=True, scripts=scripts)
    phone.goto("/central/entrar")
    phone.page.fill("#document", cast.RITA)
    phone.page.get_by_role("button", name="Login").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Confirme que é você")
    if scripts:
        phone.check()
    phone.page.get_by_role("button", name="Tenho senha").click()
    expect(phone.page.locator("#password")).to_be_visible()
    phone.page.get_by_role("button", name="Ainda não tenho senha").click()
    phone.page.fill("#birth_date", "22051958")
    phone.page.press("#birth_date", "Enter")
    phone.page.wait_for_url("**/central/")
    assert phone.said == []


def test_without_network_there_is_a_page(rita):
    phone = rita()
    worker_ready(phone)
    for path in ("/central/servicos", "/central/conta"):  # a worker that is at work sees these
        phone.goto(path)
    phone.context.set_offline(True)
    phone.goto("/central/servicos")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(OFFLINE)
    expect(phone.page.locator('a[href="tel:08000001234"]')).to_be_visible()
    expect(phone.page.locator('a[href="https://wa.me/553730001234"]')).to_be_visible()
    assert phone.page.evaluate("getComputedStyle(document.querySelector('.panel')).borderRadius") == "18px"
    phone.check()
    phone.context.set_offline(False)
    phone.page.get_by_role("link", name="Tentar de novo").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sua internet está suspensa")


def test_what_is_kept_is_nobodys(rita):
    phone = rita()
    worker_ready(phone)
    phone.goto("/central/conta")
    phone.page.get_by_role("link", name="Confirmar que é você").click()
    confirm(phone)
    phone.page.wait_for_url("**/conta")
    for path in ("/central/", "/central/servicos", "/central/conta/contatos"):
        phone.goto(path)
    kept = phone.page.evaluate(CACHED)
    pages = [one["url"].removeprefix(phone.address) for one in kept if "<html" in one["text"]]
    assert pages == ["/central/sem-internet"]
    assert len({one["cache"] for one in kept}) == 1
    for one in kept:
        assert not [word for word in ("Rita", "Moreira", "Acácias", "99812", "csrf_token") if word in one["text"]]


def test_a_new_worker_throws_the_old_pages_away(rita, db):
    phone = rita()
    worker_ready(phone)
    [before] = {one["cache"] for one in phone.page.evaluate(CACHED)}
    cast.vale_claro().phone = "3732219999"
    db.commit()
    phone.page.evaluate("navigator.serviceWorker.ready.then((known) => known.update())")
    gone(phone, before)
    kept = phone.page.evaluate(CACHED)
    assert "(37) 3221-9999" in next(one["text"] for one in kept if "<html" in one["text"])


def test_leaving_clears_the_phone(rita):
    phone = rita()
    worker_ready(phone)
    phone.goto("/central/conta")
    phone.page.evaluate("caches.open('kept-by-nobody')")
    phone.page.get_by_role("button", name="Sair").click()
    phone.page.wait_for_url("**/entrar")
    gone(phone, "kept-by-nobody")
    phone.page.go_back()
    expect(phone.page.get_by_role("button", name="Login")).to_be_visible()
    assert "Rita" not in phone.page.content()


def test_an_operator_gets_no_worker(ana):
    desk = ana()
    desk.goto("/clientes")
    assert desk.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
