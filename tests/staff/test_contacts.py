"""Numbers as a telephone dials them, and the addresses and texts that carry them."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from models.desk.contact_texts import greeting, invoice_text, national, ticket_text
from web.contacts import call, chat, ways

PIX = "00020126580014br.gov.bcb.pix0136" + "7" * 260
NOVEMBER = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("37998120456", "37998120456"),
        ("(37) 99812-0456", "37998120456"),
        ("+55 37 99812-0456", "37998120456"),
        ("5537998120456", "37998120456"),
        ("037998120456", "37998120456"),
        ("(37) 3221-4400", "3732214400"),
        ("553732214400", "3732214400"),
        ("55998120456", "55998120456"),  # of DDD 55, Santa Maria
        ("998120456", ""),
        ("0800 000 1234", ""),
        ("+1 202 555 0123 99", ""),
        ("", ""),
    ],
)
def test_numbers(typed, digits):
    assert national(typed) == digits
    assert call(typed) == (f"tel:+55{digits}" if digits else "")


def test_a_landline_has_no_whatsapp():
    assert chat("3732214400", "Olá") == ""
    assert chat("37998120456") == "https://wa.me/5537998120456"


def test_a_text_travels_whole_and_coded():
    text = "Olá & tchau? 100% #1\nPix: a+b=c"
    address = chat("37998120456", text)
    assert parse_qs(urlsplit(address).query) == {"text": [text]}
    assert not set(' \n"<>#&') & set(urlsplit(address).query.removeprefix("text="))


def test_the_longest_text_stays_below_what_every_phone_opens():
    name, company = "João Ação " * 12, "Ç" * 80
    text = invoice_text(name, company, 999_999_999, NOVEMBER, 10**9, today=NOVEMBER, pix_code=PIX)
    assert PIX in text
    assert len(chat("37998120456", text)) < 4000
    assert PIX in parse_qs(urlsplit(chat("37998120456", text)).query)["text"][0]


def test_the_words_of_an_invoice():
    asked = {"today": NOVEMBER, "pix_code": "000201PIX", "line": "34191.09008 1"}
    late = invoice_text("Rita", "Vale Claro Telecom", 10, date(2026, 10, 10), 10350, **asked)
    assert late == (
        "Olá, Rita. Aqui é da Vale Claro Telecom.\n\n"
        "A fatura 10, de outubro, venceu em 10/10/2026. Hoje o valor é R$ 103,50.\n\n"
        "Pix copia e cola:\n000201PIX"
    )
    soon = invoice_text("Rita", "Vale Claro Telecom", 11, date(2026, 12, 10), 9990, **{**asked, "pix_code": ""})
    assert soon == (
        "Olá, Rita. Aqui é da Vale Claro Telecom.\n\n"
        "A fatura 11, de dezembro, vence em 10/12/2026. O valor é R$ 99,90.\n\n"
        "Linha digitável do boleto:\n34191090081"
    )


def test_the_words_of_a_ticket():
    assert ticket_text("Rita", "Vale Claro Telecom", "202611.482") == (
        "Olá, Rita. Aqui é da Vale Claro Telecom. É sobre o seu atendimento, protocolo 202611.482."
    )


def test_each_contact_does_what_it_can():
    rows = ways(
        {"email": "eunice@padariasol.example", "phone": "3732214400", "mobile": "37988730021"}, greeting("Eunice", "X")
    )
    assert [row.kind for row in rows] == ["mobile", "phone", "email"]
    assert [bool(row.chat) for row in rows] == [True, False, False]
    assert rows[2].call == "mailto:eunice@padariasol.example"
