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
    bars = _read(image, zxingcpp.BarcodeFormat.ITF)
    return {
        "ITF": [text for text in bars if len(text) == 44],  # the dots of a QR code may pass for a few bars
        "QR": _read(image, zxingcpp.BarcodeFormat.QRCode),
    }


def _read(image, kind) -> list[str]:
    found = zxingcpp.read_barcodes(image, kind)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]
