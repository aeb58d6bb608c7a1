"""What files may be called and contain: templates without inline code, one clock, no commit in models/, house words."""

import ast
import hashlib
import re
from pathlib import Path

import pytest

import app  # noqa: F401 - the doors declare their menus
from models.history import ACTIONS
from web import navigation

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ROOMS = ("models", "web", "staff", "portal", "webhooks", "jobs", "integrations")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
REFUSED_WORDS = {"utils", "util", "helpers", "helper", "core", "common", "manager", "managers", "misc"}
COMMITS = {
    "models/outbox/routine_run.py",
    "models/base.py",
}  # take_slot: others must see at once that a slot is taken; Work.commit is the session's own

FORBIDDEN = {
    r"\|\s*safe\b": "|safe",
    r"<script(?![^>]*\ssrc=)": "inline script",
    r"<style": "inline style sheet",
    r"\sstyle\s*=": "inline style",
    r"\shx-on": "hx-on needs eval",
    r"\son[a-z]+\s*=": "inline handler",
    r"=\s*[\"']\s*(js|javascript):": "js: needs eval",
    r"hx-trigger=\"[^\"]*\[": "a filter in hx-trigger needs eval",
    r"(src|href)=\"(https?:)?//": "nothing comes from another address",
    r"hx-(put|patch|delete)\b": "changes are posts",
}


def relative(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_hold_nothing_the_browser_would_refuse(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    found = {why for pattern, why in FORBIDDEN.items() if re.search(pattern, text)}
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_use_the_macros_they_import(path):
    text = path.read_text()
    if _is_parent(path):
        return
    for names in re.findall(r"\{%-?\s*from\s+\"[^\"]+\"\s+import\s+(.+?)(?:\s+with context)?\s*-?%\}", text):
        for name in names.split(","):
            used = name.split(" as ")[-1].strip()
            assert len(re.findall(rf"\b{used}\b", text)) > 1, f"{used} is imported and not used"


def _is_parent(path):
    """Its imports are for the pages that extend it, too."""
    name = path.relative_to(ROOT / "templates").as_posix()
    return any(re.search(rf"extends\s[^%]*\"{re.escape(name)}\"", other.read_text()) for other in TEMPLATES)


def test_fragments_stand_alone():
    for path in TEMPLATES:
        if path.name.startswith("_"):
            assert "{% extends" not in path.read_text(), f"{relative(path)} is a fragment and extends a page"


def test_every_template_is_used():
    """Rendered by a view, included, imported or extended."""
    text = "\n".join(path.read_text() for path in [*SOURCES, *TEMPLATES])
    composed = ("templates/staff/sales/", "templates/ui/", "templates/documents/", "templates/staff/configuration/")
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        if not relative(path).startswith(composed):  # those are named in pieces
            assert f'"{name}"' in text or f"'{name}'" in text, f"nobody uses {name}"


def test_autoescape_is_not_evaded_in_python():
    reviewed = {"web/codes.py", "web/documents.py", "web/fragments.py", "web/manual.py"}
    for path in SOURCES:
        if relative(path) not in reviewed:
            assert not re.search(r"\bMarkup\(|render_template_string", path.read_text()), relative(path)


def test_the_clock_is_read_in_one_place():
    reads = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    readers = {relative(path) for path in SOURCES if reads.search(path.read_text())}
    assert readers <= {"models/clock.py"}


def test_verbs_never_commit():
    committing = {relative(path) for path in SOURCES if re.search(r"\.commit\(\)", path.read_text())}
    assert {name for name in committing if name.startswith("models/")} == COMMITS


def test_house_words():
    for path in ROOT.rglob("*.py"):
        inside = relative(path)
        if inside.startswith((".", "migrations/")):
            continue
        assert not REFUSED_WORDS & set(inside.removesuffix(".py").split("/")), inside
    assert not (ROOT / "services").exists(), "a service is what a subscriber pays for"


def test_small_files():
    """An aim, no gate, until a file is twice as long as one likes to read."""
    long = {relative(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in long.items() if lines > 400}


def test_htmx_is_the_file_we_chose():
    digest = hashlib.sha256((ROOT / "static/vendor/htmx-4.0.1.min.js").read_bytes()).hexdigest()
    assert digest == "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


def test_icons_that_are_used_exist():
    sprite = set(re.findall(r'id="i-([a-z0-9-]+)"', (ROOT / "static/icons.svg").read_text()))
    used = {action.icon for action in ACTIONS.values()}
    used |= {entry.icon for menu in navigation.MENUS.values() for group in menu for entry in group}
    for path in [*TEMPLATES, *SOURCES]:
        used |= set(re.findall(r"#i-([a-z0-9-]+)", path.read_text()))
        used |= set(re.findall(r"\bicon\('([a-z0-9-]+)'", path.read_text()))
        used |= set(re.findall(r"\bicon=['\"]([a-z0-9-]+)['\"]", path.read_text()))
    assert used <= sprite, f"not in static/icons.svg: {sorted(used - sprite)}"


def test_nothing_prints():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "breakpoint"), relative(path)
