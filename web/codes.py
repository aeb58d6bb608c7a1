"""What machines read on paper and on screens: the ITF barcode of a boleto and the QR code of a Pix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import segno
from markupsafe import Markup

NARROW, WIDE = 1, 3
WIDE_AT = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010")
QUIET = 4  # modules of white around a QR code, without which a camera does not find it


def barcode_svg(digits: str) -> Markup:
    """Interleaved 2 of 5 as one path, stretched by its style sheet; 405 modules for the 44 digits of a boleto.

    Raises ValueError for anything but an even number of digits.
    """
    widths = list(_itf(digits))
    return Markup(
        '<svg class="itf" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true"><path d="{}"/></svg>'
    ).format(sum(widths), "".join(_bars(widths)))


@lru_cache(500)  # finding the best of its eight patterns is most of the page; somebody who pays looks several times
def qr_svg(text: str, title: str = "QR code do Pix") -> Markup:
    """A QR code for a screen, `|qr` in its templates: black on white in every theme, with its quiet zone."""
    return drawn_qr(text, title)


def drawn_qr(text: str, title: str) -> Markup:
    """The same, of what must not be kept in memory: a secret."""
    drawn = _qr(text).svg_inline(
        border=QUIET, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None, title=title
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno drew it, and escapes the title


def qr_png(text: str) -> str:
    """A QR code for paper, as a data address: WeasyPrint places an image faster than a path."""
    return str(_qr(text).png_data_uri(border=QUIET, scale=4))


def _qr(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")


def _itf(digits: str) -> Iterator[int]:
    """The widths of bars and spaces in turn, beginning with a bar."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) % 2:
        raise ValueError(f"not an even number of digits: {digits!r}")
    yield from (NARROW,) * 4
    for bar, space in zip(digits[::2], digits[1::2], strict=True):
        for pair in zip(WIDE_AT[int(bar)], WIDE_AT[int(space)], strict=True):
            yield from (WIDE if wide == "1" else NARROW for wide in pair)
    yield from (WIDE, NARROW, NARROW)


def _bars(widths: list[int]) -> Iterator[str]:
    x = 0
    for index, width in enumerate(widths):
        if index % 2 == 0:
            yield f"M{x} 0h{width}v1h-{width}z"
        x += width
