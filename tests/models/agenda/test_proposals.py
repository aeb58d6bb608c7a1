"""The order of proposals and the nearness of places, whatever they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.agenda import Place, Proposal, distance, in_order
from models.agenda.distance import FAR, SAME_CEP, SAME_CITY, SAME_DISTRICT
from models.agenda.proposals import Neighbour

START = datetime(2026, 11, 24, 11, tzinfo=UTC)
hours = st.integers(0, 160).map(lambda half: START + timedelta(minutes=30 * half))
neighbours = st.none() | st.builds(Neighbour, hours, st.just("Rua da Matriz"), st.integers(SAME_DISTRICT, FAR))
late = st.none() | st.integers(0, 90).map(lambda hour: timedelta(hours=hour))
words = st.sampled_from(["", "Centro", "centro", "Boa Vista"])
places = st.builds(Place, words, words, words, st.sampled_from(["", "35500100", "35500999", "35990000"]), words)


@st.composite
def lists(draw):
    rows = st.builds(
        Proposal, st.integers(1, 9), st.just("João"), st.booleans(), hours, hours, neighbours, st.booleans(), late
    )
    return draw(st.lists(rows, max_size=12))


@given(lists(), st.randoms(use_true_random=False))
def test_the_same_comes_out_whatever_the_order(rows, random):
    shuffled = rows[:]
    random.shuffle(shuffled)
    ranked = [(one.in_group, one.is_late, one.distance, one.starts_at, one.technician_id) for one in in_order(rows)]
    assert ranked == [
        (one.in_group, one.is_late, one.distance, one.starts_at, one.technician_id) for one in in_order(shuffled)
    ]


@given(lists())
def test_the_group_comes_first_then_the_deadline_then_who_is_near_then_the_earliest(rows):
    found = in_order(rows)
    assert sorted(map(repr, found)) == sorted(map(repr, rows))
    for before, after in pairwise(found):
        assert before.in_group >= after.in_group
        if before.in_group != after.in_group:
            continue
        assert before.is_late <= after.is_late
        if before.is_late != after.is_late:
            continue
        if before.is_late:
            assert before.starts_at <= after.starts_at
        else:
            assert (before.distance, before.starts_at) <= (after.distance, after.starts_at)


@given(places, places)
def test_nearness_is_the_same_both_ways_and_nothing_known_is_far(one, other):
    assert distance(one, other) == distance(other, one)
    assert distance(one, Place()) == FAR


def test_nearness_by_district_then_cep_then_city():
    here = Place("Rua A", "1", "Boa Vista", "35500100", "Divinópolis")
    assert distance(here, Place("Rua B", "2", "boa  vista", "35999000", "DIVINOPOLIS")) == SAME_DISTRICT
    assert distance(here, Place("Rua B", "2", "Boa Vista", "35999000", "Itaúna")) == FAR  # of another city
    assert distance(here, Place("Rua B", "2", "Centro", "35500999", "Divinópolis")) == SAME_CEP
    assert distance(here, Place("Rua B", "2", "Centro", "35501000", "Divinópolis")) == SAME_CITY


def test_a_proposal_says_why():
    near = Neighbour(START, "Rua da Matriz", SAME_DISTRICT)
    one = Proposal(1, "João", True, START, START + timedelta(hours=1), near, False, timedelta())
    zone = "America/Sao_Paulo"
    assert one.reasons("Campo Centro", zone) == [
        "do grupo Campo Centro",
        "já está em Rua da Matriz às 08:00, mesmo bairro",
        "cabe no prazo",
    ]
    alone = one._replace(in_group=False, neighbour=None, is_first=True, late=timedelta(hours=2, minutes=10))
    assert alone.reasons("Campo Centro", zone) == [
        "fora do grupo Campo Centro",
        "primeira visita do dia",
        "passa do prazo em 2h",
    ]
    assert alone._replace(late=None).reasons("", zone) == ["primeira visita do dia"]
    assert alone._replace(late=timedelta(minutes=0, seconds=20)).deadline == "passa do prazo em 1min"
    assert alone._replace(late=timedelta(days=2)).deadline == "passa do prazo em 2 dias"
