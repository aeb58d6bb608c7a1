"""The printed invoice and the carnê: what stands on them, how large, and that machines read it (C-45)."""

from __future__ import annotations

import io
import json
from datetime import date

import pypdfium2
import pytest
import zxingcpp
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
    middle = round(image.height - 17 * MM)  # 12 mm above the lower edge of the ficha, which is 5 above the paper's
    black = [x for x in range(image.width) if image.getpixel((x, middle)) < 128]
    assert (black[-1] - black[0] + 1) / MM == pytest.approx(103, abs=0.3)
    assert black[0] / MM > 10
    top = next(y for y in range(middle, 0, -1) if image.getpixel((black[0], y)) > 128)
    end = next(y for y in range(middle, image.height) if image.getpixel((black[0], y)) > 128)
    assert (end - top - 1) / MM == pytest.approx(13, abs=0.3)
    assert (image.height - end) / MM > 10


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


LONG = {
    "name": "Cooperativa Agropecuária e de Eletrificação Rural dos Produtores do Vale e da Serra Azul Limitada, Leste",
    "address": "Rodovia Estadual Governador Magalhães Pinto, km 12, galpão 3, sala dos fundos, ao lado da balança, "
    "Distrito Industrial Oeste, Vale Claro/MG, CEP 35500-120",
}


def test_every_barcode_of_a_booklet_stands_where_printers_reach(db):
    [image] = pixels(pdf.render(*carne_html(carne_paper(carne(3))), {}))
    tops = bars(image)
    assert len(tops) == 3
    for left, right, bottom in tops:
        assert left / MM > 10
        assert (image.width - right) / MM > 10
        assert (image.height - bottom) / MM > 10


@pytest.mark.parametrize("payer", [LONG, LONG | {"name": "W" * 120}], ids=["long", "one word"])
@pytest.mark.parametrize("kind", ["invoice", "carne"])
def test_the_payers_address_is_whole_below_a_name_of_two_lines(db, kind, payer):
    """Nothing of it lies under the barcode, or beyond the edge that printers reach."""
    paper, draw = (
        (invoice_paper(invoice(db)), invoice_html) if kind == "invoice" else (carne_paper(carne(1)), carne_html)
    )
    paper["payer"] |= payer
    body = pdf.render(*draw(paper), {})
    [image] = pixels(body)
    assert len(codes(image)["ITF"]) == 1, "what lies over the barcode makes it unreadable"
    [(_, _, bottom)] = bars(image)
    top = bottom / MM - 13
    ends = lower_edges(body, "35500-120")
    assert any(top - 15 < y <= top for y in ends), "the end of the address stands above the barcode"
    edge = image.crop((image.width - round(5 * MM), 0, image.width, image.height))
    assert edge.getextrema()[0] > 60, "no letter at the edge; a cut line is lighter"


def lower_edges(body: bytes, said: str) -> list[float]:
    """How far below the upper edge of the first sheet each place ends where this is said, in mm."""
    document = pypdfium2.PdfDocument(body)
    page = document[0]
    text = page.get_textpage()
    search, edges = text.search(said), []
    while found := search.get_next():
        edges.append((page.get_height() - text.get_charbox(found[0])[1]) / 72 * 25.4)
    return edges


def bars(image) -> list[tuple[int, int, int]]:
    """Left, right and lower edge of each barcode, in pixels, from the top."""
    found = [
        code.position for code in zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormat.ITF) if len(code.text) == 44
    ]
    edges = []
    for at in sorted(found, key=lambda place: place.top_left.y):
        middle = (at.top_left.y + at.bottom_left.y) // 2
        black = [x for x in range(at.top_left.x - 20, at.top_right.x + 20) if image.getpixel((x, middle)) < 128]
        bottom = next(y for y in range(middle, image.height) if image.getpixel((black[0], y)) > 128)
        edges.append((black[0], black[-1], bottom))
    return edges


def test_the_empty_third_says_what_was_paid_and_how_to_reach_us(db, clock):
    first = invoice(db)
    with clock("2026-12-09 10:00"), cast.by("ana.souza"):
        first.receive(first.total_cents, date(2026, 12, 9), None, may_discount=False)
    with clock("2027-01-01 10:00"):
        run()
        second = db.scalars(select(Invoice).order_by(Invoice.id.desc())).first()
        [text] = words(pdf.render(*invoice_html(invoice_paper(second)), {}))
    for said in ("Seus últimos meses", "10/12/2026 R$ 166,50 paga em 09/12/2026", "Como pagar com Pix", "Se atrasar"):
        assert said in text.replace("\u00a0", " ")
    assert "Telefone 0800 000 1234" in text
    assert "Esta é a sua primeira fatura." not in text


def test_the_rest_never_costs_a_second_sheet(db):
    """Whatever the length of the sum: the rest stands beside it, or is left out."""
    paper = invoice_paper(invoice(db))
    paper["past"] = [["10/12/2026", "R$ 1.166,50", "falta pagar R$ 1.000,00"]] * 6
    sheets = [
        len(pixels(pdf.render(*invoice_html({**paper, "lines": paper["lines"] * n}), {}), 20)) for n in (1, 2, 3, 4)
    ]
    bare = [
        len(pixels(pdf.render(*invoice_html({**_without_rest(paper), "lines": paper["lines"] * n}), {}), 20))
        for n in (1, 2, 3, 4)
    ]
    assert sheets == bare


def _without_rest(paper):
    return {name: value for name, value in paper.items() if name not in ("past", "reach")}


def test_what_was_asked_for_before_an_upgrade_is_still_drawn(db):
    """A document that waits for the worker has the values of the version that issued it."""
    [text] = words(pdf.render(*invoice_html(_without_rest(invoice_paper(invoice(db)))), {}))
    assert "multa de 2 % e juros de 1 % ao mês" in text.replace("\u00a0", " ")
