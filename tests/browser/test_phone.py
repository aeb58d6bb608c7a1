"""The technician's phone in airplane mode: what was told is kept, sent once, in order, as it happened (B-22)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from models import clock
from models.work_orders import WorkOrder, WorkOrderStep
from tests import cast, on_site, pictures

JOAO, WAGNER = "joao.alcantara", "wagner.luis"
KEPT = """() => new Promise((done) => {
  const opening = indexedDB.open("enlace-campo", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("passos", { keyPath: "key" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("passos").objectStore("passos").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""
SIGN = """() => {
  const pad = document.querySelector("canvas"), box = pad.getBoundingClientRect();
  const at = (x, y) => ({ bubbles: true, buttons: 1, pointerId: 1, clientX: box.x + x, clientY: box.y + y });
  const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, at(x, y)));
  pad.setPointerCapture = () => {};
  send("pointerdown", 20, 60); send("pointermove", 90, 20); send("pointermove", 160, 90); send("pointerup", 160, 90);
}"""


class Made(NamedTuple):
    """An order as plain values, which ask nothing of the database while the server writes."""

    id: int
    number: int


@pytest.fixture
def visit(db):
    """A visit of João that began a quarter of an hour ago, at Seu Zé's."""
    row = on_site.visit(cast.ze(), clock.now().replace(second=0) - timedelta(minutes=15), "Sem sinal no quarto.")
    made = Made(row.id, row.number)
    db.commit()
    return made


@pytest.fixture
def phone(window, staff):
    """A technician's phone, signed in; `phone("wagner.luis", opened)` is the same phone with another operator."""

    def signed_in(login=JOAO, opened=None):
        opened = opened or window(phone=True)
        cookie = staff(login).cookie()
        opened.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": opened.address}])
        return opened

    return signed_in


def told(db, visit_id):
    """What the database has of it; the transaction is over then, for the server to write."""
    db.commit()
    names = ("kind", "happened_at", "recorded_at", "outside", "signed_by", "attachment_id", "operator_id")
    rows = select(*(getattr(WorkOrderStep, name) for name in names)).where(WorkOrderStep.work_order_id == visit_id)
    found = list(db.execute(rows.order_by(WorkOrderStep.id)))
    db.commit()
    return found


def ready(page):
    """The worker keeps the page for when there is no network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")


def waits(page, count):
    expect(page.locator(".kept-line")).to_have_count(count)


@pytest.mark.feature("B-22")
def test_a_visit_in_airplane_mode_is_sent_once_in_order_and_stamped_when_it_happened(phone, db, visit):
    opened = phone()
    page = opened.page
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.check()
    ready(page)
    opened.context.set_offline(True)
    page.click("text=Estou a caminho")
    waits(page, 1)
    page.click("text=Cheguei")
    waits(page, 2)
    expect(page.locator(".fio")).to_contain_text("No local")
    page.fill("#text", "Roteador atrás da geladeira.")
    page.click("text=Guardar a nota")
    waits(page, 3)
    page.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo((900, 600))})
    waits(page, 4)
    page.click("[data-close]")
    page.click("text=Encerrar O.S. >> visible=true >> nth=-1")
    expect(page.locator("#encerrar [data-fault]")).to_contain_text("Escreva o que foi feito")
    page.fill("#done", "Roteador levado para o corredor.")
    page.fill("#rows-0-item", "Cabo UTP")
    page.fill("#rows-0-quantity", "6 m")
    page.fill("#signed_by", "José Ferreira")
    page.evaluate(SIGN)
    page.locator("#encerrar button.btn-primary").click()
    waits(page, 5)
    expect(page.locator("#kept")).to_contain_text("sai sozinho quando a rede voltar")
    opened.check()
    assert told(db, visit.id) == []
    kept = page.evaluate(KEPT)
    assert {item["order"] for item in kept} == {str(visit.number)}
    assert "Ferreira" not in str([{**item, "fields": 0} for item in kept]), "no name but of who signed"
    before = clock.now()
    page.wait_for_timeout(2100)  # so that what happened and what arrived are not the same second
    opened.context.set_offline(False)
    expect(page.locator(".badge, .fio")).to_contain_text(["Encerrada"], timeout=30_000)
    steps = told(db, visit.id)
    assert [step.kind for step in steps] == ["on_the_way", "arrived", "note", "photo", "done"]
    assert all(step.happened_at <= before < step.recorded_at and not step.outside for step in steps)
    assert steps == sorted(steps, key=lambda step: step.happened_at)
    assert steps[-1].signed_by == "José Ferreira"
    assert steps[-1].attachment_id
    assert db.get(WorkOrder, visit.id).status == "closed"
    db.commit()
    assert page.evaluate(KEPT) == []
    page.reload()
    page.wait_for_timeout(500)
    assert len(told(db, visit.id)) == 5


def test_reopened_without_network_a_page_of_nobody_tells_what_waits(phone, db, visit):
    opened = phone()
    page = opened.page
    opened.goto(f"/tecnico/ordens/{visit.id}")
    ready(page)
    opened.context.set_offline(True)
    page.click("text=Estou a caminho")
    waits(page, 1)
    opened.goto("/tecnico/")
    expect(page.locator("h1")).to_have_text("Sem rede")
    expect(page.locator("#kept")).to_contain_text(f"Das OS {visit.number}.")
    assert "Ferreira" not in page.content()
    opened.check()


def test_another_operator_neither_sees_nor_sends_and_leaving_erases(phone, db, visit):
    joao = cast.operator(JOAO).id
    db.commit()
    opened = phone()
    page = opened.page
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.context.set_offline(True)
    page.click("text=Estou a caminho")
    waits(page, 1)
    opened.context.clear_cookies()  # his session is over
    opened.context.set_offline(False)
    expect(page.locator("[data-out]")).to_be_visible(timeout=30_000)
    assert len(page.evaluate(KEPT)) == 1
    phone(WAGNER, opened)
    opened.goto("/tecnico/")
    page.wait_for_timeout(800)
    expect(page.locator("#kept")).to_be_hidden()
    assert told(db, visit.id) == []
    assert len(page.evaluate(KEPT)) == 1
    opened.context.clear_cookies()
    phone(JOAO, opened)
    opened.goto("/tecnico/")
    expect(page.locator(".big-name")).to_contain_text("José")
    expect(page.locator(".panel .badge").first).to_contain_text("A caminho", timeout=30_000)
    assert [step.operator_id for step in told(db, visit.id)] == [joao]
    assert page.evaluate(KEPT) == []
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.context.set_offline(True)
    page.click("text=Cheguei")
    waits(page, 1)
    opened.context.route("**/tecnico/envio", lambda route: route.abort())
    opened.context.set_offline(False)
    opened.goto("/tecnico/conta")
    waits(page, 1)
    page.click("form[data-leave] button")
    expect(page.locator("form[data-leave] button")).to_have_text("Sair e apagar o que espera")
    page.click("form[data-leave] button")
    page.wait_for_url("**/entrar*")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('campo'))") == []


def test_what_is_refused_stays_and_stops_nothing_else(phone, db, visit):
    other = on_site.visit(cast.sol(), clock.now().replace(second=0) + timedelta(minutes=90), "Ramal sem tom.")
    other = Made(other.id, other.number)
    db.commit()
    opened = phone()
    page = opened.page
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.context.set_offline(True)
    page.click("text=Estou a caminho")
    waits(page, 1)
    second = opened.context.new_page()
    opened.context.route("**/tecnico/envio", lambda route: route.abort())
    opened.context.set_offline(False)
    second.goto(f"{opened.address}/tecnico/ordens/{other.id}")
    second.click("text=Estou a caminho")
    waits(second, 2)
    with cast.by("silvia.maia"):
        row = db.get(WorkOrder, visit.id)
        row.cancel("Cliente desistiu.", row.version)
    db.commit()
    opened.context.unroute("**/tecnico/envio")
    second.goto(f"{opened.address}/tecnico/")
    expect(second.locator("#kept")).to_contain_text("Esta ordem foi cancelada", timeout=30_000)
    waits(second, 1)
    assert [step.kind for step in told(db, other.id)] == ["on_the_way"]
    assert told(db, visit.id) == []
    second.click("[data-discard]")
    second.click("text=Apagar de vez")
    expect(second.locator("#kept")).to_be_hidden()
    assert second.evaluate(KEPT) == []


def test_an_end_that_was_refused_comes_back_into_its_form(phone, db, visit):
    opened = phone()
    page = opened.page
    opened.goto(f"/tecnico/ordens/{visit.id}/encerramento")
    page.fill("#done", "Conector trocado.")
    page.fill("#rows-0-item", "Cabo UTP")
    page.fill("#rows-0-quantity", "0")
    page.click("form button.btn-primary")  # with network: beside its field, in the form as it stands
    expect(page.locator("#rows-0-quantity-error")).to_contain_text("maior que zero")
    expect(page.locator("#done")).to_have_value("Conector trocado.")
    opened.check()
    opened.context.set_offline(True)
    page.fill("#signed_by", "José Ferreira")
    page.evaluate(SIGN)
    page.click("form button.btn-primary")
    waits(page, 1)
    opened.context.set_offline(False)
    expect(page.locator(".kept-line small")).to_contain_text("maior que zero", timeout=30_000)
    assert told(db, visit.id) == []
    page.click("text=Corrigir")
    expect(page.locator("#done")).to_have_value("Conector trocado.")
    expect(page.locator("#signed_by")).to_have_value("José Ferreira")
    page.fill("#rows-0-quantity", "2 m")
    page.click("form button.btn-primary")
    expect(page.locator(".fio")).to_contain_text("Encerrada", timeout=30_000)
    [done] = told(db, visit.id)
    assert done.attachment_id, "the signature came along"
    assert page.evaluate(KEPT) == []


def test_a_photo_that_is_too_large_is_told_and_not_kept(phone, db, visit, tmp_path):
    big = tmp_path / "a.jpg"
    big.write_bytes(b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024))
    opened = phone()
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.page.set_input_files("#photo", big)
    expect(opened.page.locator("[data-step=photo] [data-fault]")).to_contain_text("40 MB passam do limite de 10 MB")
    assert opened.page.evaluate(KEPT) == []


def test_without_scripts_each_step_is_a_form(window, staff, db, visit):
    opened = window(phone=True, scripts=False)
    cookie = staff(JOAO).cookie()
    opened.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": opened.address}])
    opened.goto(f"/tecnico/ordens/{visit.id}")
    opened.page.click("text=Estou a caminho")
    opened.page.click("text=Cheguei")
    opened.page.click("text=Encerrar O.S.")
    expect(opened.page.locator(".no-script").first).to_contain_text("não desenha a assinatura")
    opened.page.fill("#done", "Conector trocado.")
    opened.page.click("button.btn-primary")
    expect(opened.page.locator(".fio")).to_contain_text("Encerrada")
    assert [step.kind for step in told(db, visit.id)] == ["on_the_way", "arrived", "done"]
    assert db.scalar(select(func.count(WorkOrderStep.id)).where(WorkOrderStep.attachment_id.is_not(None))) == 0
