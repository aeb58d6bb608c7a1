"""Every page as a browser reads it: no element that HTML would silently move or close (ui.md 14)."""

import re
from pathlib import Path

import html5lib
import pytest

from tests.page import is_page
from tests.shape.places import inside

TEMPLATES = Path(__file__).parents[2] / "templates"
DECIDES = re.compile(r"\.status\s*(?:==|!=|in\b|not\s+in\b)|attr\('status'")


@pytest.mark.slow
@pytest.mark.once
def test_pages_are_sound_html(places, staff, central):
    visitors = {"staff": staff("davi.rocha"), "subscriber": central("rita")}
    pages = [(endpoint, visitors[kind].get(path).html) for kind in visitors for endpoint, path in gets(places, kind)]
    found = {endpoint: faults(html) for endpoint, html in pages if is_page(html)}
    assert not {endpoint: faulty for endpoint, faulty in found.items() if faulty}


def gets(places, kind):
    return [(place.endpoint, place.path) for place in inside(places, kind) if place.method == "GET"]


def faults(html):
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [(where, code, about) for where, code, about in parser.errors]


def test_no_template_decides_from_a_status():
    """What a status means is said in models/; a button asks its `refusal_to_`, so that both always agree."""
    found = {str(path.relative_to(TEMPLATES)): DECIDES.findall(path.read_text()) for path in TEMPLATES.rglob("*.html")}
    assert len(found) > 100
    assert not {name: decides for name, decides in found.items() if decides}
