"""The Central on the home screen: manifest, worker, and the page for when there is no network."""

import json
import re

from tests import cast

MANIFEST, WORKER, OFFLINE = "/central/manifest.webmanifest", "/central/sw.js", "/central/sem-internet"


def test_manifest_has_the_providers_name_and_colour(anonymous, db):
    cast.vale_claro().brand = "#8a2be2"
    answer = anonymous("portal").get(MANIFEST)
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    said = json.loads(answer.data)
    assert (said["lang"], said["start_url"], said["scope"]) == ("pt-BR", "/central/", "/central/")
    assert (said["short_name"], said["theme_color"]) == ("Vale Claro Telecom", "#8a2be2")
    assert [icon["sizes"] for icon in said["icons"]] == ["192x192", "512x512"]
    for icon in said["icons"]:
        assert anonymous().get(icon["src"]).headers["Content-Type"] == "image/png"


def test_pages_of_the_central_point_at_it_and_those_of_the_panel_do_not(anonymous, central, staff):
    for page in (anonymous("portal").get("/central/entrar"), central("rita").get("/central/")):
        assert page.page.select_one(f'link[rel=manifest][href="{MANIFEST}"]')
    assert not staff("ana.souza").get("/").page.select_one("link[rel=manifest]")


def test_worker_keeps_the_offline_page_and_hashed_files_only(anonymous):
    visitor = anonymous("portal")
    answer = visitor.get(WORKER)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    text = answer.data.decode()
    files = json.loads(re.search(r"FILES = (.+);", text)[1])
    assert json.loads(re.search(r"PAGE = (.+);", text)[1]) == OFFLINE
    assert all(re.match(r"/(static/[0-9a-f]{10}/|estilo/portal-)", file) for file in files)
    for file in files:
        assert "immutable" in visitor.get(file).headers["Cache-Control"]
    wanted = {"portal.js", "icons.svg", "favicon.svg"}
    assert wanted <= {file.rsplit("/", 1)[1] for file in files}


def test_worker_changes_with_what_the_offline_page_says(anonymous, db):
    before = anonymous("portal").get(WORKER).data
    assert anonymous("portal").get(WORKER).data == before
    cast.vale_claro().phone = "3732219999"
    db.commit()
    assert anonymous("portal").get(WORKER).data != before


def test_offline_page_belongs_to_nobody(anonymous, central):
    page = anonymous("portal").get(OFFLINE)
    assert page.h1 == "Seu celular está sem internet"
    for said in ("conte até 10", "dados móveis", "Ligar 0800 000 1234, de graça", "WhatsApp (37) 3000-1234"):
        assert said in page.words
    assert page.page.select_one('a[href="tel:08000001234"]')
    assert page.page.select_one('a[href="https://wa.me/553730001234"]')
    assert "csrf" not in page.html.lower()
    assert not page.headers.getlist("Set-Cookie")
    signed_in = central("rita", level="proved").get(OFFLINE)
    assert signed_in.html == page.html


def test_offline_page_of_a_provider_without_telephones(anonymous, db):
    cast.vale_claro().phone = cast.vale_claro().whatsapp = ""
    page = anonymous("portal").get(OFFLINE)
    assert "Ligar" not in page.words
    assert "WhatsApp" not in page.words


def test_leaving_clears_what_the_browser_keeps(central):
    assert central("rita").post("/central/sair").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_worker_leaves_a_waiting_word_alone(central):
    rita = central("rita", level="proved")
    path = "/central/conta/contatos"
    before = rita.get("/central/sw.js").html
    rita.post(path, {**rita.get(path).form(path), "phone": ""})
    assert rita.get("/central/sw.js").html == before
    assert "Contatos gravados" in rita.get("/central/conta").words
