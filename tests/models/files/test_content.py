"""What may come in: the attacks with their sentences, and that what comes in is harmless (A-95)."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile

from models.files import KINDS, MOST_BYTES, Incoming, clean_name, incoming
from models.files.content import MOST_PIXELS, turned
from models.refused import Refused
from tests import pictures


def read(name: str, content: bytes) -> Incoming:
    return incoming(name, BytesIO(content))


def opened(file: Incoming) -> Image.Image:
    return Image.open(BytesIO(file.content))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto-vazia.jpg", b"", "O arquivo está vazio (0 bytes)."),
        ("foto.jpg", b"\xff\xd8\xff" + b"x" * (11 * 1024 * 1024), "11 MB passam do limite de 10 MB."),
        ("roteador.jpg", pictures.PROGRAM, "O nome dizia imagem, o conteúdo é um programa."),
        ("roteador.exe", pictures.PROGRAM, "Este tipo de arquivo não entra: é um programa."),
        ("desenho.png", pictures.SVG, "O nome dizia imagem, o conteúdo é uma página ou um desenho SVG."),
        ("conta.pdf", b"PK\x03\x04" + b"x" * 90, "O nome dizia PDF, o conteúdo é um arquivo compactado."),
        ("sala.mp4", b"\x00\x00\x00\x20ftypisom" + b"x" * 90, "é um vídeo"),
        ("praia.heic", b"\x00\x00\x00\x20ftypheic" + b"x" * 90, "é uma foto HEIC"),
        ("gato.gif", pictures.photo(format="GIF"), "é um GIF"),
        ("nota.txt", b"bom dia", "é outra coisa. Mande JPEG, PNG, WebP ou PDF."),
        ("pagina.jpg", pictures.HTML_AS_JPEG, "cortada ou estragada"),
        ("cortada.jpg", pictures.photo((400, 400))[:900], "cortada ou estragada"),
        ("cortada.png", pictures.photo(format="PNG")[:60], "cortada ou estragada"),
        ("cortado.pdf", b"%PDF-1.7\nnada", "O PDF chegou cortado."),
        ("cabecalho.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "cortada ou estragada"),
        ("anda.webp", pictures.animated("WEBP"), "Imagem animada não entra."),
        ("anda.png", pictures.animated("PNG"), "Imagem animada não entra."),
        ("passos.jpg", pictures.scans(500), "travar o servidor"),
        ("foto.png", pictures.photo(), "O nome termina em .png, mas o conteúdo é JPEG. Mude o nome para .jpg."),
        ("foto.pdf", pictures.photo(format="PNG"), "O nome termina em .pdf, mas o conteúdo é PNG."),
        ("foto.jpg", pictures.PDF, "O nome termina em .jpg, mas o conteúdo é PDF."),
        ("foto.jpg.svg", pictures.photo(), "O nome termina em .svg"),
    ],
)
def test_refused(name, content, sentence):
    with pytest.raises(Refused) as no:
        read(name, content)
    assert sentence in no.value.sentence


@pytest.mark.parametrize("side", [7_000, 13_000, 20_000])
def test_a_bomb_is_refused_before_it_is_drawn(side, monkeypatch):
    bomb = pictures.bomb(side)
    assert len(bomb) < 100_000
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)
    with pytest.raises(Refused, match="40 milhões de pontos"):
        read("muro.png", bomb)


def test_forty_million_points_are_the_limit():
    assert MOST_PIXELS == Image.MAX_IMAGE_PIXELS == 40_000_000
    file = read("mapa.png", pictures.bomb(6_300))
    assert file.width * file.height == 6_300**2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_it_was_taken(orientation):
    """The turn of the camera is in the pixels, the rest of EXIF is gone."""
    source = pictures.turned_photo(orientation, gps=True)
    file = read("foto.jpg", source)
    assert (file.width, file.height) == ((60, 40) if orientation < 5 else (40, 60))
    image = opened(file)
    assert not image.getexif()
    assert b"GPS" not in file.content
    assert b"Exif" not in file.content
    assert file.told_where
    corners = {(0, 0): (1, 5), (1, 0): (2, 6), (1, 1): (3, 7), (0, 1): (4, 8)}
    red = next(corner for corner, turns in corners.items() if orientation in turns)
    seen = image.convert("RGB").getpixel((red[0] * (file.width - 1), red[1] * (file.height - 1)))
    assert seen[0] > 200 > seen[2], seen


def test_nothing_rides_behind_an_image():
    """Polyglots: what stands after the end, in comments and in profiles is not there any more."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for format, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        source = pictures.photo(format=format, icc_profile=profile) + b"<script>alert('rabo')</script>PK\x03\x04"
        file = read(name, source)
        assert b"script" not in file.content
        assert "icc_profile" not in opened(file).info
    commented = pictures.photo(comment=b"<script>alert('dentro')</script>")
    assert b"script" in commented
    assert b"script" not in read("a.jpg", commented).content


@pytest.mark.parametrize(
    ("format", "mode", "kept"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "1", "L"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "I;16", "L"),
        ("WEBP", "RGBA", "RGB"),  # opaque, so WebP says
    ],
)
def test_colours_become_those_of_a_browser(format, mode, kept):
    made = Image.new("I;16", (30, 20), 40_000) if mode == "I;16" else None
    source = BytesIO()
    if made:
        made.save(source, format)
    file = read("foto." + format.lower(), source.getvalue() or pictures.photo(format=format, mode=mode))
    assert opened(file).mode == kept


def test_a_thumbnail_fits():
    file = read("foto.jpeg", pictures.photo((1200, 600)))
    thumbnail = Image.open(BytesIO(file.thumbnail))
    assert (thumbnail.format, thumbnail.size) == ("WEBP", (336, 168))
    assert (file.width, file.height) == (1200, 600)


def test_a_pdf_stays_as_it_is():
    file = read("laudo.pdf", pictures.PDF)
    assert (file.content, file.kind, file.thumbnail, file.width) == (pictures.PDF, "application/pdf", None, None)


def test_turned_a_quarter_to_the_right():
    file = turned(pictures.photo(quality=95), "foto.jpg", "image/jpeg")
    assert (file.width, file.height) == (40, 60)
    assert opened(file).getpixel((35, 5))[0] > 200


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/x.png", "x.png"),
        ("C:\\Users\\Rita\\luz vermelha.JPG", "luz vermelha.JPG"),
        ("foto\x00.php.jpg", "foto.php.jpg"),
        ("a\nb\r.pdf", "ab.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ('a<b>"c:|?*.png', "abc.png"),
        ("..", "anexo"),
        ("", "anexo"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("x" * 300, "x" * 120),
        ("poste.da esquina com nome comprido", "poste.da esquina com nome comprido"),
    ],
)
def test_names_lose_what_is_no_name(name, clean):
    assert clean_name(name) == clean
    assert len(clean) <= 120


def test_a_name_without_ending_is_given_one():
    assert read("blob", pictures.photo()).name == "blob.jpg"
    assert read("x" * 300, pictures.PDF).name == "x" * 116 + ".pdf"
    assert {endings[0] for endings in KINDS.values()} == {".jpg", ".png", ".webp", ".pdf"}


def test_the_limit_itself_comes_in():
    pdf = pictures.PDF[:-6] + b" " * (MOST_BYTES - len(pictures.PDF)) + b"%%EOF\n"
    assert len(pdf) == MOST_BYTES
    assert len(read("planta.pdf", pdf).content) == MOST_BYTES
