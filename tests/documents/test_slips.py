"""The printed invoice and the carnê: what stands on them, how large, and that machines read it (C-45)."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from models.banking import line, read_code
from models.billing import Carne, Invoice
from models.papers import carne_paper, invoice_paper, print_carne, print_invoice
from models.refused import Refused
from tests import cast
from tests.documents.reading import codes, pixels
from tests.models.billing.money import account, charged, nobody_else, run
from web import pdf
from web.documents import carne_html, invoice_html

MM = 200 / 25.4  # pixels


@pytest.fixture(autouse=True)
def december(db, clock):
    with clock("2026-12-01 10:00"):
        yield


def invoice(db, **bank) -> Invoice:
    """Seu Zé's first, of R$ 166,50."""
    account(**bank)
    charged(cast.ze())
    nobody_else(cast.ze())
    run()
    return db.scalars(select(Invoice)).one()


def carne(installments=4) -> Carne:
    account()
    service = charged(cast.ze(), uses_carne=True, billing_type="postpaid")
    return Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), installments)


def words(body: bytes) -> list[str]:
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(body)).pages]


def test_the_invoice_is_read_back(db):
    row = invoice(db)
    body = pdf.render(*invoice_html(invoice_paper(row)), {})
    [image] = pixels(body)
    assert codes(image) == {"ITF": [row.barcode], "QR": [row.pix_code]}
    [text] = words(body)
    for said in (
        "Recibo do pagador",
        "20 dias de uso",
        "R$ 99,90 × 20 ÷ 30, R$ 3,3300 por dia",
        "Internet (SCM)",
        "Valor no vencimento R$ 166,50",
        "multa de 2 % e juros de 1 % ao mês",
        "Local de pagamento",
        "Agência / código do beneficiário",
        "0057 / 12345-7",
        "Data do documento",
        "Espécie doc.",
        "Aceite",
        "Processamento",
        "Nosso número",
        "Uso do banco",
        "Carteira",
        "Quantidade",
        "(=) Valor do documento",
        "(−) Desconto / abatimento",
        "(−) Outras deduções",
        "(+) Mora / multa",
        "(+) Outros acréscimos",
        "(=) Valor cobrado",
        "Pagador",
        "318.204.756-62",
        "Beneficiário final",
        "Autenticação mecânica – Ficha de Compensação",
        "Pague com Pix",
        "341-7",
        line(row.barcode),
        row.nosso_numero_printed,
    ):
        assert said in text


def test_the_barcode_has_the_size_and_place_of_the_norm(db):
    [image] = pixels(pdf.render(*invoice_html(invoice_paper(invoice(db))), {}))
    middle = round(image.height - 12 * MM)  # 12 mm above the lower edge
    black = [x for x in range(image.width) if image.getpixel((x, middle)) < 128]
    assert (black[-1] - black[0] + 1) / MM == pytest.approx(103, abs=0.3)
    assert black[0] / MM > 5
    top = next(y for y in range(middle, 0, -1) if image.getpixel((black[0], y)) > 128)
    end = next(y for y in range(middle, image.height) if image.getpixel((black[0], y)) > 128)
    assert (end - top - 1) / MM == pytest.approx(13, abs=0.3)


def test_a_late_one_asks_by_pix_for_what_it_costs_today(db, clock):
    row = invoice(db, instructions="Não receber depois de 60 dias do vencimento.")
    with clock("2026-12-21 10:00"):
        body = pdf.render(*invoice_html(invoice_paper(row)), {})
    [image] = pixels(body)
    read = codes(image)
    assert (read["ITF"], [read_code(code)["54"] for code in read["QR"]]) == ([row.barcode], ["170.44"])
    [text] = words(body)
    assert "Em 21/12/2026 custa R$ 170,44: é o que o Pix cobra." in text.replace("\u00a0", " ")
    assert "Valor do documento R$ 166,50" in text.replace("\u00a0", " ")


def test_what_changed_since_the_month_before_is_said(db, clock):
    invoice(db)
    with clock("2027-01-01 10:00"):
        run()
    second = db.scalars(select(Invoice).order_by(Invoice.id.desc())).first()
    [text] = words(pdf.render(*invoice_html(invoice_paper(second)), {}))
    assert "O que mudou desde a fatura" in text
    assert "20 dias de uso − R$ 66,60" in text


def test_a_long_sum_flows_past_the_slip_which_is_printed_once(db):
    paper = invoice_paper(invoice(db))
    body = pdf.render(*invoice_html({**paper, "lines": paper["lines"] * 12}), {})
    images = pixels(body)
    assert len(images) > 1
    assert [len(codes(image)["ITF"]) for image in images] == [1] + [0] * (len(images) - 1)


def test_without_a_bank_it_is_paid_by_pix_alone(db):
    row = invoice(db, bank="", fields={})
    body = pdf.render(*invoice_html(invoice_paper(row)), {})
    [image] = pixels(body)
    assert codes(image) == {"ITF": [], "QR": [row.pix_code]}
    assert "Ficha de Compensação" not in words(body)[0]


def test_without_any_account_it_is_paid_at_the_counter(db):
    charged(cast.ze())
    nobody_else(cast.ze())
    run()
    body = pdf.render(*invoice_html(invoice_paper(db.scalars(select(Invoice)).one())), {})
    assert "Pague no balcão" in words(body)[0]
    assert codes(pixels(body)[0]) == {"ITF": [], "QR": []}


@pytest.mark.parametrize(("installments", "sheets"), [(1, 1), (3, 1), (4, 2), (12, 4)])
def test_three_slips_a_sheet_each_read_back(db, installments, sheets):
    booklet = carne(installments)
    images = pixels(pdf.render(*carne_html(carne_paper(booklet)), {}))
    read = [codes(image) for image in images]
    rows = booklet.invoices()
    assert len(images) == sheets
    assert [len(each["ITF"]) for each in read] == [min(3, installments - 3 * sheet) for sheet in range(sheets)]
    assert [code for each in read for code in each["ITF"]] == [row.barcode for row in rows]
    assert [code for each in read for code in each["QR"]] == [row.pix_code for row in rows]


def test_each_slip_says_its_sum_and_each_stub_its_number(db):
    text = " ".join(words(pdf.render(*carne_html(carne_paper(carne())), {})))
    assert "20 dias de uso, 20/11/2026 a 09/12/2026: R$ 99,90 × 20 ÷ 30 = R$ 66,60" in text
    assert "Mensalidade, 10/12/2026 a 09/01/2027: R$ 99,90" in text
    for number in (1, 2, 3, 4):
        assert f"{number} de 4" in text


def test_the_same_values_give_the_same_document_and_the_same_bytes(db):
    booklet = carne()
    document = print_carne(booklet)
    assert print_carne(booklet) is document
    paper = carne_paper(booklet)
    once = pdf.render(*carne_html(paper), {})
    assert pdf.render(*carne_html(json.loads(json.dumps(paper))), {}) == once
    booklet.invoices()[1].move_due(date(2027, 1, 15))
    assert print_carne(booklet) is not document


def test_an_invoice_that_is_closed_is_not_printed(db):
    row = invoice(db)
    document = print_invoice(row)
    assert print_invoice(row) is document
    row.cancel("Emitida em duplicidade")
    with pytest.raises(Refused, match="está cancelada"):
        print_invoice(row)


def test_a_company_without_fine_and_interest_says_so(db):
    row = invoice(db)
    row.fine_bp = row.interest_bp = 0
    db.flush()
    assert invoice_paper(row)["late"] == "Depois do vencimento o valor não muda."


def test_a_payers_name_is_text(db):
    paper = carne_paper(carne(1))
    paper["payer"]["name"] = "<img src=x>Zé"
    assert "&lt;img src=x&gt;Zé" in carne_html(paper)[0]
