"""Every page as a browser reads it: sound HTML, in a family that has the style and script it asks for."""

import re
from functools import cache
from pathlib import Path

import html5lib
import pytest

from tests.page import is_page
from tests.shape.places import inside
from web.assets import SCRIPTS, STATIC, STYLES

TEMPLATES = Path(__file__).parents[2] / "templates"
DECIDES = re.compile(r"\.status\s*(?:==|!=|in\b|not\s+in\b)|attr\('status'")


@pytest.mark.slow
def test_pages_are_sound_html_and_of_the_right_family(places, staff, central):
    visitors = {"staff": staff("davi.rocha"), "subscriber": central("rita")}
    pages = [(endpoint, visitors[kind].get(path).html) for kind in visitors for endpoint, path in gets(places, kind)]
    found = {endpoint: faults(html) + missing(html) for endpoint, html in pages if is_page(html)}
    assert not {endpoint: faulty for endpoint, faulty in found.items() if faulty}


def gets(places, kind):
    return [(place.endpoint, place.path) for place in inside(places, kind) if place.method == "GET"]


def faults(html):
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [(where, code, about) for where, code, about in parser.errors]


def missing(html):
    """Classes and data attributes that some part of static/ serves, but none of those this page fetches."""
    family = re.search(r'"/estilo/([a-z]+)-', html)[1]
    name = re.search(r'"/static/\w+/([a-z]+)\.js"', html)[1]
    classes = {word for found in re.findall(r'class="([^"]*)"', html) for word in found.split()}
    hooks = set(re.findall(r" (data-[a-z-]+)", html))
    return [
        *(classes & known("css") - known("css", STYLES[family])),
        *(hooks & known("js") - known("js", SCRIPTS[name])),
    ]


@cache
def known(kind, parts=None):
    """What these parts know; without them, all but the Central's own, whose words the Painel uses for other things."""
    every = (path.stem for path in (STATIC / kind).iterdir() if path.stem != "portal")
    names = every if parts is None else parts.split()
    text = "".join((STATIC / kind / f"{name}.{kind}").read_text() for name in names)
    return set(re.findall({"css": r"\.([a-z][\w-]*)", "js": r"\[(data-[a-z-]+)"}[kind], text))


def test_no_template_decides_from_a_status():
    """What a status means is said in models/; a button asks its `refusal_to_`, so that both always agree."""
    found = {str(path.relative_to(TEMPLATES)): DECIDES.findall(path.read_text()) for path in TEMPLATES.rglob("*.html")}
    assert len(found) > 100
    assert not {name: decides for name, decides in found.items() if decides}
