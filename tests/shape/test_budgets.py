"""How much a phone on a poor line must fetch, measured as it travels."""

import re

import pytest

from tests import cast
from web.assets import STYLES, script, stylesheet

FIRST_LOAD = 45 * 1024
REQUESTS = 6
BUDGETS = {
    "portal": (28, 20),
    "help": (28, 20),
    "phone": (30, 15.5),  # the Central's sheet and 2 KB; 11 KB of script of its own beside base.js
    "staff": (40, 16),
    "bare": (40, 16),
    "lists": (48, 22),
    "charts": (48, 22),
    "counter": (40, 17),
    "customer": (44, 16),
    "ticket": (50, 22),
    "diagnosis": (54, 22),  # the quick form with the charts of its diagnostics
    "express": (50, 22),  # the second stage, and a kept query beside today's
    "attachments": (50, 22),  # a ticket's page of files
    "procedures": (42, 22),
    "board": (48, 22),
    "field": (44, 16),
    "agenda": (50, 18),  # a list beside the table
    "ui": (61, 30),  # where we look at components, nobody's page
}  # KB of style and script before compression


def test_each_family_has_a_budget():
    assert set(BUDGETS) == set(STYLES)


@pytest.mark.parametrize("family", BUDGETS)
def test_style_and_script_before_compression(app, anonymous, db, family):
    """Of a provider with a colour of its own, whose sheet is the longer one; htmx is not counted."""
    colour = cast.serra_azul().brand
    with app.test_request_context():
        addresses = stylesheet(family, colour), script(family, "staff")
    for address, most in zip(addresses, BUDGETS[family], strict=True):
        assert len(anonymous().get(address).data) <= most * 1024, address


@pytest.mark.parametrize("path", ["/central/entrar", "/central/", "/central/ajuda", "/central/ajuda/sem-internet"])
def test_first_load_of_the_central(central, path):
    phone = central("rita", "proved")
    page = phone.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert page.headers["Content-Encoding"] in ("br", "gzip")
    html = phone.get(path).html
    fetched = set(re.findall(r'(?:src|href)="(/(?:static|estilo)/[^"#]+)', html)) - _only_on_the_home_screen(html)
    sizes = [len(page.data)]
    for address in sorted(fetched):
        answer = phone.get(address, headers={"Accept-Encoding": "br, gzip"})
        assert answer.status == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address
        sizes.append(len(answer.data))
    assert sum(sizes) <= FIRST_LOAD, sizes
    assert len(sizes) <= REQUESTS, fetched


def _only_on_the_home_screen(html):
    """Fetched when somebody puts the Central on the home screen of the phone, not to show the page."""
    return set(re.findall(r'rel="(?:apple-touch-icon|manifest)" href="([^"]+)"', html))


def test_compressed_pages_are_the_same(staff):
    ana = staff("ana.souza")
    packed = ana.get("/entrar", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_unknown_files_are_a_404(anonymous):
    for path in ("/static/x/nada.css", "/static/x/../app.py", "/estilo/staff-zzzzzz-1.css"):
        assert anonymous().get(path).status == 404
