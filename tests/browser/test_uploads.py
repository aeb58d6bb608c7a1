"""Files as a person brings them: chosen, dropped, pasted, on a poor line, without scripts."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from models.files import Attachment
from tests import attached, pictures

DROPPED = """([name, bytes, event]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  const dropped = new DragEvent("drop", { dataTransfer: files, cancelable: true, bubbles: true });
  const pasted = new ClipboardEvent("paste", { clipboardData: files, bubbles: true });
  document.dispatchEvent(event === "drop" ? dropped : pasted);
}"""


@pytest.fixture
def app(make_app):
    with attached.door(make_app()) as made:
        yield made


def file(name, content, mime="image/jpeg"):
    return {"name": name, "mimeType": mime, "buffer": content}


def count(db):
    db.commit()
    return db.scalar(select(func.count()).select_from(Attachment))


def test_each_file_has_its_line(ana, db):
    opened = ana("bruno.reis")
    opened.goto(attached.PLACE)
    page = opened.page
    expect(page.locator("text=Enviar arquivos")).to_be_hidden()
    page.set_input_files(
        "#files",
        [
            file("antena.jpg", pictures.turned_photo(6, gps=True)),
            file("roteador.jpg", pictures.PROGRAM),
            file("foto-vazia.jpg", b""),
            file("video-sala.mp4", b"\0" * (11 * 1024 * 1024), "video/mp4"),
        ],
    )
    expect(page.locator(".uploads > .is-in")).to_have_count(1)
    expect(page.locator(".uploads > .is-bad")).to_have_count(3)
    lines = page.locator(".uploads").inner_text()
    assert "Localização da foto removida" in lines
    assert "O nome dizia imagem, o conteúdo é um programa" in lines
    assert "O arquivo está vazio (0 bytes)" in lines
    assert "Vídeo não entra, e 11 MB passam do limite de 10 MB" in lines
    expect(page.locator("[data-upload-count]")).to_contain_text("1 de 4 entrou.")
    opened.check()
    page.locator(".is-bad button").first.click()
    expect(page.locator("[data-upload-count]")).to_contain_text("1 de 3 entrou.")
    assert count(db) == 1


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_dropped_anywhere_or_pasted(ana, db, event):
    opened = ana("bruno.reis")
    opened.goto(attached.PLACE)
    opened.page.check("[value=subscriber]")
    opened.page.evaluate(DROPPED, ["image.png", list(pictures.photo(format="PNG")), event])
    expect(opened.page.locator(".uploads > .is-in")).to_have_count(1)
    db.commit()
    assert db.scalars(select(Attachment.visibility)).all() == ["subscriber"]
    opened.page.click("text=Pronto, ver os anexos")
    expect(opened.page.locator(".thumb")).to_contain_text("image.png")
    expect(opened.page.locator(".thumb img").first).to_have_js_property("naturalWidth", 60)


def test_a_lost_connection_is_tried_again_and_nothing_comes_twice(ana, db):
    """The answer is lost, not the file: the second try has the same key."""
    opened = ana("bruno.reis")
    opened.goto(attached.PLACE)
    page, lost = opened.page, []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{attached.PLACE}", lose)
    page.set_input_files("#files", [file("antena.jpg", pictures.photo())])
    page.click("text=Tentar de novo")
    expect(page.locator(".uploads > .is-in")).to_have_count(1)
    assert lost == [200]
    assert count(db) == 1


def test_without_scripts_it_is_a_plain_form(ana, db):
    opened = ana("bruno.reis", scripts=False)
    opened.goto(attached.PLACE)
    opened.page.set_input_files("#files", [file("antena.jpg", pictures.photo()), file("vazia.jpg", b"")])
    opened.page.click("text=Enviar arquivos")
    expect(opened.page.locator(".uploads > .is-bad")).to_contain_text("0 bytes")
    expect(opened.page.locator(".uploads > .is-in")).to_contain_text("antena.jpg")
    assert count(db) == 1
