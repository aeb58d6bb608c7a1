"""A rendered PDF read as a phone and a bank's reader see it: pixels, then barcodes."""

from __future__ import annotations

import pypdfium2
import zxingcpp


def pixels(body: bytes, dpi: int = 200) -> list:
    """Each page as an image in grey."""
    document = pypdfium2.PdfDocument(body)
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    return pages


def codes(image) -> dict[str, list[str]]:
    """What is read on an image, by kind, from the top."""
    found: dict[str, list[str]] = {"ITF": [], "QR": []}
    for code in sorted(zxingcpp.read_barcodes(image), key=lambda code: code.position.top_left.y):
        found["ITF" if code.format == zxingcpp.BarcodeFormat.ITF else "QR"].append(code.text)
    return found
