"""The house drawn: no circle of files, no room that has become a house of its own."""

import ast
import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from models.base import Base

ROOT = Path(__file__).resolve().parent.parent.parent
SIDES = ("models", "web", "staff", "portal", "webhooks", "jobs", "integrations")
FILES = {
    path: ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for side in SIDES
    for path in (ROOT / side).rglob("*.py")
}
# Where a row below names the one above it: an event-like proof that the row below is about.
UPWARDS = {("payment", "bank_file_record"), ("notice", "invoice"), ("left_out", "company")}


def imports():
    """File -> the files it imports, also those it names for the type checker alone."""
    names = set(FILES.values())
    found = {}
    for path, name in FILES.items():
        if path.name == "__init__.py":
            continue  # it hands names on
        asked = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        each = {f"{node.module}.{alias.name}" for node in asked for alias in node.names}
        found[name] = ((each | {node.module for node in asked}) & names) - {name}
    return found


def test_no_circle_of_files():
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as circle:
        pytest.fail(f"files that import each other: {' -> '.join(circle.args[1])}")


def test_a_planted_circle_is_found():
    planted = imports()
    planted["models.clock"] = {"models.services.service"}
    with pytest.raises(CycleError):
        TopologicalSorter(planted).prepare()


def test_no_room_is_above_a_fifth_of_models():
    lines = {}
    for path, name in FILES.items():
        if name.startswith("models."):
            room = name.split(".")[1]
            lines[room] = lines.get(room, 0) + len(path.read_text().splitlines())
    most = sum(lines.values()) / 5
    assert {room: count for room, count in lines.items() if count > most} == {}


def test_foreign_keys_point_down_or_stay_in_the_room():
    room = {mapper.local_table.name: mapper.class_.__module__.split(".")[1] for mapper in Base.registry.mappers}
    floors = floor_of_rooms()
    found = {
        (table.name, key.column.table.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if floors[room[table.name]] < floors[room[key.column.table.name]]
    }
    assert found == UPWARDS


def floor_of_rooms():
    """The floors that import-linter keeps, the ground floor 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["name"] == "floors of models")
    return {name: floor for floor, layer in enumerate(reversed(layers)) for name in re.findall(r"\w+", layer)}
