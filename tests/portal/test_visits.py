"""Visita marcada in the Central: day and part of it, as long as it stands, for whoever proved who they are (X-14)."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests import cast, field

TUESDAY = date(2026, 11, 24)
PAGES = ("/central/", "/central/servicos")


@pytest.fixture(autouse=True)
def saturday(clock):
    with clock("2026-11-21 09:00"):
        yield


def put(db, at, on=TUESDAY, row=None):
    with cast.by("bruno.reis"):
        row = row or field.order(cast.ze())
        row.schedule(on, time.fromisoformat(at), cast.operator("joao.alcantara").id, row.version, confirmed=True)
    db.commit()
    return row


@pytest.mark.parametrize("path", PAGES)
def test_the_visit_is_told_changes_when_moved_and_goes_when_cancelled(central, db, path):
    phone = central("ze", "proved")
    assert "Visita marcada" not in phone.get(path).words
    row = put(db, "10:00")
    told = phone.get(path).words
    assert "Visita marcada: terça-feira, 24/11, de manhã" in told
    assert "entre 8h e 12h" in told
    assert "João" not in told
    assert "10:00" not in told
    put(db, "15:30", date(2026, 11, 22), row)
    assert "Visita marcada: amanhã, 22/11, à tarde" in phone.get(path).words
    with cast.by("silvia.maia"):
        row.unschedule("O cliente pediu.", row.version)
    db.commit()
    assert "Visita marcada" not in phone.get(path).words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("07:30", "de manhã"),
        ("11:59", "de manhã"),
        ("12:00", "à tarde"),
        ("17:59", "à tarde"),
        ("18:00", "à noite"),
    ],
)
def test_the_part_of_the_day(central, db, at, words):
    put(db, at)
    assert f"Visita marcada: terça-feira, 24/11, {words}" in central("ze", "proved").get("/central/").words


@pytest.mark.parametrize("path", PAGES)
def test_a_cpf_alone_is_not_told_when_somebody_waits_at_home(central, db, path):
    put(db, "10:00")
    assert "Visita" not in central("ze", "weak").get(path).words


def test_nobody_elses_and_none_that_is_over(central, db, clock):
    row = put(db, "10:00")
    assert "Visita" not in central("rita", "proved").get("/central/").words
    with clock("2026-11-24 22:00"):
        assert "Visita marcada: hoje, 24/11" in central("ze", "proved").get("/central/").words
    with clock("2026-11-25 08:00"):
        assert "Visita" not in central("ze", "proved").get("/central/").words
    with clock("2026-11-24 12:00"):
        with cast.by("silvia.maia"):
            field.close(row)
        db.commit()
        assert "Visita" not in central("ze", "proved").get("/central/").words
