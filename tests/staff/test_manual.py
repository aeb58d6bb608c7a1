"""The manual, read in the Painel."""

from urllib.parse import unquote

import pytest

from web.manual import FOLDER, pages

ADDRESSES = ["/manual", *(f"/manual/{name}" for name in pages() if name != "index")]


def test_every_page_that_was_written_is_shown_and_every_link_in_it_leads_somewhere(staff):
    joao = staff("joao.alcantara")
    shown = {address: joao.get(address).page for address in ADDRESSES}
    assert set(pages()) == {path.stem for path in FOLDER.glob("*.md")}
    anchors = {address: {one["id"] for one in page.select("[id]")} for address, page in shown.items()}
    led = 0
    for address, page in shown.items():
        for link in page.select("article a[href]"):
            to, _, part = unquote(link["href"]).partition("#")
            if to.startswith("https://"):
                continue
            to = {"": address, "/manual/index": "/manual"}.get(to, to)
            assert to in anchors, f"{address}: {link['href']}"
            assert not part or part in anchors[to], f"{address}: {link['href']}"
            led += 1
    assert led > 20


def test_the_list_of_keys_leads_to_it(staff):
    bruno = staff("bruno.reis")
    assert bruno.get("/").page.select_one("#help a[href='/manual']")
    financeiro = bruno.get("/manual/financeiro").page
    assert financeiro.select_one("h1").get_text() == "Financeiro"
    assert financeiro.select_one("article table th")


@pytest.mark.parametrize("name", ["nada", "Financeiro", "..%2foperacao", "operacao"])
def test_nothing_else_is_read(staff, name):
    assert staff("bruno.reis").get(f"/manual/{name}").status == 404


def test_only_who_is_signed_in_reads_it(anonymous):
    assert anonymous().get("/manual").status == 303
