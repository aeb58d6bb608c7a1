"""A call that needs a visit: the segment turns Salvar into Avançar, and the ticket leads to its orders and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models import clock
from models.tickets import Ticket
from models.work_orders import WorkOrder
from tests import cast, field, visited


def test_ticket_and_order_in_one_call(ana, db):
    desk = ana("bruno.reis")
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    here, protocol = f"/atendimentos/{draft.id}", draft.protocol
    db.commit()
    desk.goto(f"{here}/abertura")
    page = desk.page
    expect(page.locator("#kind_id")).to_be_focused()
    page.select_option("#kind_id", label="002 · Lentidão")
    page.locator("#report").fill("Fibra partida na esquina.")
    expect(page.get_by_role("button", name="Avançar")).to_be_hidden()
    page.locator("input[name=status][value=pending_work_order]").check()
    expect(page.get_by_text("Avançar leva à ordem de serviço")).to_be_visible()
    expect(page.get_by_role("button", name="Salvar", exact=True)).to_be_hidden()
    desk.check()
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/abertura/ordem")
    expect(page.locator("#order_kind_id")).to_be_focused()
    expect(page.locator("#order_description")).to_have_value("Fibra partida na esquina.")
    expect(page.locator("#order_start_on")).to_be_hidden()
    page.locator("input[name=order_status][value=scheduled]").check()
    page.select_option("#order_kind_id", label="Corretiva")
    page.select_option("#order_technician_id", label="João Pedro de Alcântara")
    page.locator("#order_start_on").fill(f"{clock.today() + timedelta(days=2)}")
    page.locator("#order_start_time").fill("10:30")
    page.locator("#order_description").focus()
    expect(page.locator("#livre")).to_contain_text("João Pedro de Alcântara está livre")
    desk.check()
    page.get_by_role("button", name="Voltar ao atendimento").click()
    page.wait_for_url("**/abertura")
    page.get_by_role("button", name="Avançar").click()
    page.wait_for_url("**/abertura/ordem")
    expect(page.locator("#order_start_time")).to_have_value("10:30")
    page.locator("#opening").get_by_role("button", name="Salvar", exact=True).last.click()
    page.wait_for_url("**/atendimentos?**")
    db.expire_all()
    made = db.scalars(select(WorkOrder).where(WorkOrder.ticket_id == draft.id)).one()
    expect(page.locator("#toasts")).to_contain_text(f"{protocol} salvo com a OS {made.number}")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_orders_of_a_ticket(ana, db, phone):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        ticket.claim()
        for row in (field.order(cast.ze(), ticket=ticket), field.order(cast.ze(), ticket=ticket)):
            row.distribute()
        field.close(row)
    here = f"/atendimentos/{ticket.id}"
    db.commit()
    desk = ana("bruno.reis", phone=phone)
    for path in (here, f"{here}/ordens-de-servico", f"{here}/ordens-de-servico/agendar?escolhida=1"):
        desk.goto(path)
        desk.check()
    desk.goto(f"{here}/ordens-de-servico/nova")
    page = desk.page
    expect(page.locator("#kind_id")).to_be_focused()
    page.select_option("#kind_id", label="Corretiva")
    expect(page.get_by_text("Dura 1h30")).to_be_visible()
    expect(page.locator("#kind_id")).to_be_focused()  # what is drawn anew leaves whoever types where they were
    desk.check()
    page.select_option("#group_id", label=field.GROUP)
    expect(page.get_by_text(f"Horários propostos, os do grupo {field.GROUP} primeiro")).to_be_visible()
    page.select_option("#defect_id", label="Conector oxidado")
    page.locator("input[name=when]").first.check()
    page.get_by_role("button", name="Criar Ordem de Serviço").click()
    page.wait_for_url("**/ordens-de-servico")
    expect(page.locator("#toasts")).to_contain_text("aberta, agendada para")
    desk.check()


def test_the_demonstration_has_a_ticket_of_each(ana, db):
    """Two pending orders, and a last one that was closed."""
    visited.load()
    waits, done = (
        db.scalars(select(Ticket.id).where(Ticket.person_id == person.id).order_by(Ticket.id.desc())).first()
        for person in (cast.maria(), cast.cooperative())
    )
    db.commit()
    desk = ana("bruno.reis")
    desk.goto(f"/atendimentos/{done}/ordens-de-servico")
    expect(desk.page.get_by_role("link", name="Finalizar", exact=True)).to_be_visible()
    desk.check()
    desk.goto(f"/atendimentos/{waits}/ordens-de-servico")
    expect(desk.page.get_by_role("link", name="Nova Ordem de Serviço").first).to_be_visible()
