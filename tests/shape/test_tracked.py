"""Every act that is tracked by name gives exactly the data its action declares; what no test reaches, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from models.history import ACTIONS
from tests.shape.test_files import ROOT

WRITERS = ("track", "record", "event_values")
BESIDE = {"person_id", "company_id"}  # of the event itself
ROOMS = ("models", "staff", "portal", "jobs", "web", "webhooks")


def calls(source: str) -> Iterator[tuple[int, str, set[str]]]:
    """Line, action and data keys of each call that writes them all down."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        named = isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value
        if name in WRITERS and named and all(keyword.arg for keyword in node.keywords):
            yield node.lineno, first.value, {keyword.arg or "" for keyword in node.keywords} - BESIDE


def wrong(source: str) -> list[str]:
    found = ((line, action, keys, ACTIONS.get(action)) for line, action, keys in calls(source))
    return [f"{line}: {action} {sorted(keys)}" for line, action, keys, of in found if of is None or keys != of.keys]


@pytest.mark.parametrize("room", ROOMS)
def test_data_are_those_of_the_action(room):
    faults = {str(path.relative_to(ROOT)): wrong(path.read_text()) for path in (ROOT / room).rglob("*.py")}
    assert {path: lines for path, lines in faults.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("track('operator.left', row)", False),
        ("track('operator.changed', row, name=1, changes=2)", True),
        ("track('operator.nothing', row)", True),
        ("row.record('carne.ended', number=1)", False),
    ],
)
def test_a_planted_call_is_found(line, fault):
    assert bool(wrong(line)) is fault
