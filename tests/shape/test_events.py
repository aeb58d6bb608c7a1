"""The catalogue of history: every action is written by some verb, and reads as a sentence."""

import ast
from string import Formatter

import pytest
from sqlalchemy import select

from models.history import ACTIONS, Event, track
from models.history.action import KINDS
from tests import cast
from tests.shape.test_files import SOURCES
from web.history import icon, sentence

SAMPLES = {"_at": "2026-11-22T17:33:00+00:00", "_on": "2026-11-22", "_cents": 9990}


def test_every_action_is_written_by_a_verb():
    written = {
        node.value
        for path in SOURCES
        if path.name != "actions.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in ACTIONS
    }
    assert set(ACTIONS) - written == set()


def test_every_tracked_action_is_in_the_catalogue():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _called(node) in ("track", "tell") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    assert first.value in ACTIONS, f"{path}: {first.value}"


def _called(call):
    return getattr(call.func, "id", None) or getattr(call.func, "attr", None)


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_reads_as_a_sentence(name):
    action = ACTIONS[name]
    data = {key: next((value for end, value in SAMPLES.items() if key.endswith(end)), "x") for key in action.keys}
    data |= dict.fromkeys((key for _, key, spec, _ in Formatter().parse(action.sentence) if spec), 1)
    said = sentence(Event(action=name, data=data))
    assert said
    assert "{" not in said
    assert said[0].islower(), "the actor's name stands in front"
    assert action.kind in {*KINDS, "config"}
    assert icon(Event(action=name, data=data))


def test_events_of_the_cast_read_as_sentences(db):
    events = list(db.scalars(select(Event)))
    assert events
    for event in events:
        assert sentence(event)


def test_wrong_data_raise(db):
    person = cast.rita()
    with pytest.raises(KeyError):
        track("person.created", person, person_id=person.id, wrong=1)
    with pytest.raises(KeyError):
        track("person.flew", person)


def test_history_names_no_person(db):
    names = {find().name for find in cast.SUBSCRIBERS.values()}
    for event in db.scalars(select(Event)):
        said = f"{event.subject_label} {event.actor_name}"
        assert not any(name in said for name in names)
