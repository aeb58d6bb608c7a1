"""Paying on a phone: the code is copied, a camera reads the QR code, and every page in both themes."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from models.billing import Invoice
from models.notices import Notice
from tests import cast

pytestmark = pytest.mark.usefixtures("billed")


def first_owed(db):
    """Its number and linha digitável; SQLite's lock is given back."""
    mine = select(Invoice).where(Invoice.person_id == cast.rita().id, Invoice.status == "open")
    invoice = db.scalars(mine.order_by(Invoice.due_on)).first()
    id, line = invoice.id, invoice.line
    db.commit()
    return id, line


def test_every_page_of_faturas(rita, db):
    id, _ = first_owed(db)
    phone = rita()
    phone.check()
    for path in ("", f"/{id}", f"/{id}/ja-paguei"):
        phone.goto(f"/central/faturas{path}")
        phone.check()
    phone.goto("/central/faturas/pagas")
    phone.page.fill("#birth_date", "22/05/1958")
    phone.page.get_by_role("button", name="Confirmar").click()
    phone.page.wait_for_url("**/pagas")
    phone.check()
    for path in (f"/{id}", f"/{id}/pdf"):
        phone.goto(f"/central/faturas{path}")
        phone.check()


def test_the_amount_and_the_code_are_on_the_first_screen(rita):
    phone = rita()
    for found in (phone.page.locator(".amount"), phone.page.get_by_role("button", name="Copiar código Pix")):
        box = found.bounding_box()
        assert box["y"] + box["height"] < 844 - 68, "above the tabs"
    assert phone.page.get_by_role("button", name="Copiar código Pix").bounding_box()["height"] >= 52


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_copying_and_reading_the_code(rita, db, dark):
    phone = rita(dark=dark)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.page.get_by_role("button", name="Copiar código Pix").click()
    expect(phone.page.get_by_role("button", name="Código copiado")).to_be_visible()
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    phone.page.get_by_role("link", name="QR Code").click()
    phone.page.wait_for_url("**/faturas/*")
    picture = Image.open(io.BytesIO(phone.page.locator(".qr").screenshot()))
    found = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)  # its dots may pass for short bars
    assert [code.text for code in found] == [copied]
    phone.page.get_by_role("button", name="Copiar linha digitável").click()
    expect(phone.page.get_by_role("button", name="Linha copiada")).to_be_visible()
    assert phone.page.evaluate("navigator.clipboard.readText()") == first_owed(db)[1]
    assert phone.said == []


def test_without_scripts_everything_is_there(rita, db):
    phone = rita(scripts=False)
    phone.page.get_by_role("link", name="QR Code").click()
    assert phone.page.locator("#codigo-pix").inner_text().startswith("000201")
    assert phone.page.locator("#linha").inner_text() == first_owed(db)[1]
    phone.page.get_by_role("link", name="Já paguei").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Já paguei")


def test_entering_with_a_code(window, db):
    cast.vale_claro().portal_entry = "cpf_code"
    db.commit()
    phone = window(phone=True)
    phone.goto("/central/entrar")
    phone.page.fill("#document", cast.RITA)
    phone.page.get_by_role("button", name="Login").click()
    expect(phone.page.locator("#code")).to_be_visible()
    phone.check()
    phone.page.fill("#code", "12")
    phone.page.get_by_role("button", name="Entrar").click()
    expect(phone.page.locator(".error")).to_be_visible()
    phone.check()
    phone.page.get_by_role("button", name="Não tenho e-mail no cadastro").click()
    phone.page.fill("#birth_date", "22051958")
    phone.page.press("#birth_date", "Enter")
    phone.page.wait_for_url("**/central/")
    phone.check()


def test_the_notices_of_a_customer(ana, db):
    id, company_id = cast.rita().id, cast.rita().company_id
    Notice.send_later("debt", id, company_id, "rita@exemplo.example", "Fatura em aberto", "Olá.\n\nAté.")
    db.commit()
    desk = ana()
    desk.goto(f"/clientes/{id}/avisos")
    desk.check()
