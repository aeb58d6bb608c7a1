"""What may come in as a file, decided by its bytes: JPEG, PNG and WebP drawn anew, PDF as it is (A-95).

An image that was decoded and encoded again holds what is seen and nothing else: no place where it was taken, no second
file behind its end. A PDF is never drawn nor opened here.
"""

from __future__ import annotations

import re
import threading
import warnings
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from PIL import ExifTags, Image, ImageOps

from models.refused import Refused
from models.wording import file_size, tidy

KINDS = {  # the endings that agree with each; the first one is given to a name without one
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_SCANS = 100  # of a progressive JPEG; one of thousands is made to keep a processor busy
THUMBNAIL = (336, 336)
MOST_NAME = 120
WHAT_MAY = "Mande JPEG, PNG, WebP ou PDF."

# What people send by mistake or on purpose, by how it begins.
_OTHERS = (
    (re.compile(rb"MZ|\x7fELF|#!|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe"), "um programa"),
    (re.compile(rb"....ftyp(heic|heix|hevc|mif1|msf1|avif)", re.S), "uma foto HEIC"),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.S), "um vídeo"),
    (re.compile(rb"PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b"), "um arquivo compactado"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "um documento do Office"),
    (re.compile(rb"GIF8"), "um GIF"),
    (re.compile(rb"\s*<(\?xml|!doctype|html|svg|script)", re.I), "uma página ou um desenho SVG"),
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)  # Pillow alone only warns, up to the double
_one_at_a_time = threading.Lock()  # an image of 40 million pixels takes 240 MB while it is turned


@dataclass(frozen=True)
class Incoming:
    """A file that may come in: its clean name, what it is, and the bytes to keep. Pixels only of images."""

    name: str
    kind: str
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None  # WebP
    told_where: bool = False  # it came with the place where it was taken, which is not kept


def incoming(name: str, stream: IO[bytes]) -> Incoming:
    """Read a file somebody sends. Raises Refused with what is wrong and what to do, about this file alone (A-95)."""
    name = clean_name(name)
    content = stream.read(MOST_BYTES + 1)
    if not content:
        raise Refused("O arquivo está vazio (0 bytes). Confira no aparelho e envie de novo.")
    if len(content) > MOST_BYTES:
        size = file_size(stream.seek(0, 2))
        raise Refused(f"{size} passam do limite de 10 MB. Mande um print ou um arquivo menor.")
    kind = _kind_of(content)
    if kind is None:
        raise Refused(_not_ours(name, content))
    name = _agreeing(name, kind)
    if kind == "application/pdf":
        if b"%%EOF" not in content[-1024:]:
            raise Refused("O PDF chegou cortado. Abra-o no aparelho, salve de novo e envie.")
        return Incoming(name, kind, content)
    return _drawn(name, kind, content)


def turned(content: bytes, name: str, kind: str) -> Incoming:
    """A kept image, a quarter to the right. Raises Refused when its bytes are no longer an image."""
    return _drawn(name, kind, content, Image.Transpose.ROTATE_270)


def clean_name(name: str) -> str:
    """The name of a file without folders, controls and invisible signs, at most 120 characters with its ending."""
    last = re.split(r"[/\\]", name)[-1]
    clean = tidy(_UNSAFE.sub("", last)).strip(". ")
    stem, ending = PurePosixPath(clean).stem, PurePosixPath(clean).suffix
    if len(ending) > 10:
        stem, ending = clean, ""
    return (stem[: MOST_NAME - len(ending)] + ending) or "anexo"


def _kind_of(content: bytes) -> str | None:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if content.startswith(b"%PDF-") else None


def _not_ours(name: str, content: bytes) -> str:
    is_really = next((words for begins, words in _OTHERS if begins.match(content)), "outra coisa")
    claimed = next((kind for kind, endings in KINDS.items() if name.lower().endswith(endings)), None)
    if claimed:
        word = "PDF" if claimed == "application/pdf" else "imagem"
        return f"Este tipo de arquivo não entra. O nome dizia {word}, o conteúdo é {is_really}. {WHAT_MAY}"
    return f"Este tipo de arquivo não entra: é {is_really}. {WHAT_MAY}"


def _agreeing(name: str, kind: str) -> str:
    """The name, which ends as the bytes say; one without any ending is given it."""
    if name.lower().endswith(KINDS[kind]):
        return name
    ending = PurePosixPath(name).suffix
    if not ending:
        return name[: MOST_NAME - len(KINDS[kind][0])] + KINDS[kind][0]
    is_really = FORMATS.get(kind, "PDF")
    raise Refused(f"O nome termina em {ending}, mas o conteúdo é {is_really}. Mude o nome para {KINDS[kind][0]}.")


def _drawn(name: str, kind: str, content: bytes, turn: Image.Transpose | None = None) -> Incoming:
    if kind == "image/jpeg" and content.count(b"\xff\xda") > MOST_SCANS:
        raise Refused("Esta imagem foi feita para travar o servidor. Tire um print dela e envie o print.")
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=(FORMATS[kind],)) as image:
            _require_still_and_small(image, kind)
            image.load()
            told_where = bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
            plain = _plain(ImageOps.exif_transpose(image), kind)
            drawn = _encoded(name, kind, plain.transpose(turn) if turn is not None else plain)
            return replace(drawn, told_where=told_where)
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused(_too_many_pixels()) from error
    except Exception as error:  # of what hostile bytes raise inside Pillow there is no list
        raise Refused("A imagem chegou cortada ou estragada. Abra-a no aparelho, salve de novo e envie.") from error


def _require_still_and_small(image: Image.Image, kind: str) -> None:
    """Asked of the head of the file, before a pixel is drawn."""
    if image.width * image.height > MOST_PIXELS:
        raise Refused(_too_many_pixels())
    # A telephone's JPEG may carry a second picture; the first is the photo.
    if kind != "image/jpeg" and getattr(image, "is_animated", False):
        raise Refused("Imagem animada não entra. Tire um print do quadro que importa e envie o print.")


def _too_many_pixels() -> str:
    return "A imagem passa do limite de 40 milhões de pontos. Diminua-a no aparelho e envie de novo."


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """In grey, RGB or RGBA, as every browser shows it; a CMYK of a printer becomes RGB."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("L")
    is_transparent = kind != "image/jpeg" and image.has_transparency_data
    mode = "RGBA" if is_transparent else "L" if image.mode in ("1", "L") else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.info = {}  # comments and profiles, which the encoders would write again
    return plain


def _encoded(name: str, kind: str, image: Image.Image) -> Incoming:
    content = _bytes_of(image, FORMATS[kind], quality=90)
    if len(content) > MOST_BYTES:
        raise Refused("A imagem passa do limite de 10 MB depois de aberta. Diminua-a no aparelho e envie de novo.")
    width, height = image.size
    image.thumbnail(THUMBNAIL)
    return Incoming(name, kind, content, width, height, _bytes_of(image, "WEBP", quality=80))


def _bytes_of(image: Image.Image, format: str, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, format, **({} if format == "PNG" else {"quality": quality}))
    return out.getvalue()
