"""Carnê Bancário in a browser: its pages, and the sum that follows what is typed (C-40)."""

from __future__ import annotations

from datetime import date

import pytest

from models import clock
from models.billing import Carne
from models.pricing import first_due
from tests import cast
from tests.models.billing.money import account, charged


@pytest.fixture
def service(db):
    account()
    return charged(cast.ze(), uses_carne=True, billing_type="postpaid", starts_on=clock.today())


def test_the_pages(ana, db, service):
    carne = Carne.generate(service, clock.today(), first_due(clock.today(), 10), 3, email="ze@exemplo.com")
    db.commit()
    opened = ana()
    for path in (
        f"/clientes/{service.person_id}/carnes",
        f"/clientes/{service.person_id}/carnes/adicionar",
        *(
            f"/carnes/{carne.id}{path}"
            for path in ("", "/editar", "/cancelamento", "/associar-faturas", "/desassociar-faturas", "/historico")
        ),
        f"/faturas/{carne.invoices()[0].id}",
    ):
        opened.goto(path)
        opened.check()


def test_the_sum_follows_what_is_typed(ana, service):
    opened = ana()
    opened.goto(f"/clientes/{service.person_id}/carnes/adicionar")
    due, shown = first_due(clock.today(), 10), opened.page.locator("#carne-preview")
    start = date.fromordinal(due.toordinal() - 7)
    opened.page.fill("#first_due_on", due.isoformat())
    opened.page.fill("#used_from", start.isoformat())
    shown.get_by_text("× 7 ÷ 30").wait_for()
    assert "23,31" in shown.inner_text()  # 99,90 × 7 ÷ 30
    opened.page.fill("#installments", "0")
    shown.get_by_text("Informe de 1 a 24 parcelas.").wait_for()
    opened.check()


def test_without_javascript_there_is_a_button(chromium, address, service, db, staff):
    person_id = service.person_id
    db.rollback()  # the answer waits for nobody who writes
    context = chromium.new_context(java_script_enabled=False)
    cookie = staff("ana.souza").cookie()
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/clientes/{person_id}/carnes/adicionar")
    page.fill("#installments", "3")
    page.click("text=Calcular")
    assert "Mais 2 de" in page.inner_text("#carne-preview")
    context.close()
