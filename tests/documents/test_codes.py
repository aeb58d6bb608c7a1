"""The barcode and the QR code, read back by another program."""

from __future__ import annotations

import base64
import io
import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from web.codes import barcode_svg, qr_png, qr_svg

DIGITS = "34193165600000099901090000200140057123457000"
PIX = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal"


def drawn(svg: str) -> Image.Image:
    """The bars of a barcode, two pixels a module, with white around."""
    wide = int(re.search(r'viewBox="0 0 (\d+) 1"', svg)[1])
    image = Image.new("L", (2 * (wide + 40), 120), 255)
    for x, width in re.findall(r"M(\d+) 0h(\d+)v1", svg):
        left = 2 * (int(x) + 20)
        ImageDraw.Draw(image).rectangle((left, 20, left + 2 * int(width) - 1, 100), fill=0)
    return image


def test_a_boleto_has_405_modules():
    assert 'viewBox="0 0 405 1"' in barcode_svg(DIGITS)
    assert barcode_svg(DIGITS).count("<path") == 1


@given(st.integers(0, 10**44 - 1))
@settings(max_examples=25)
def test_every_barcode_is_read_back(number):
    digits = f"{number:044}"
    [code] = zxingcpp.read_barcodes(drawn(barcode_svg(digits)))
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.ITF, digits)


@pytest.mark.parametrize("wrong", ["123", "12a4", "１２"])
def test_what_is_no_even_number_of_digits(wrong):
    with pytest.raises(ValueError, match="even number"):
        barcode_svg(wrong)


def test_the_qr_code_for_paper_is_read_back():
    png = base64.b64decode(qr_png(PIX).removeprefix("data:image/png;base64,"))
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    assert code.text == PIX


def test_the_qr_code_for_screens_is_white_around_in_every_theme():
    svg = qr_svg(PIX, "Pix <da> fatura")
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    assert f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>' in svg
    assert 'd="M4 4.5h7' in svg  # the first mark, behind four modules of white
    assert "Pix &lt;da&gt; fatura" in svg
