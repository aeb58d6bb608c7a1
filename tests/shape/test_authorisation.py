"""Every view by everybody, against tests/shape/matrix.txt: who may, may; who may not changes nothing.

The addresses come from the URL map. A row of the other company is a 404, and no byte of it is answered. Each role is
asked about each view in process; over HTTP walk the role that may do most and the one that may do least, and with
--long all six.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import NamedTuple

import pytest
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from models.operators import Role
from models.operators.permissions import STARTING_ROLES
from tests import cast
from tests.browsing import HTMX, outside
from tests.shape import places as addresses
from tests.shape.places import COMPANIES, LEAVES, MARKERS, OTHER, inside
from web.access import check
from web.doors import principals
from web.once import new_key
from web.settings import ROOT

ENTRANCES = {"staff": "/entrar", "subscriber": "/central/entrar"}
PROOF = "/central/confirmar"  # where a view for level proved leads at level weak
ENDS = ("retire", "restore", "destroy", "remove")  # the last things to be done with a row
WORKED = (200, 204, 302, 303, 409, 422)
OF_ONE = ("/tecnico/ordens/", "/tecnico/fotos/")  # rows of one operator, whatever another one may
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST, LEAST = "Administrador", "Técnico"
FIRST = (MOST, next(iter(COMPANIES)))
WALKERS = [
    pytest.param(*FIRST, marks=pytest.mark.postgresql),
    *(pytest.param(role, company) for role in (MOST, LEAST) for company in COMPANIES if (role, company) != FIRST),
    *(
        pytest.param(role, company, marks=pytest.mark.long)
        for role in STARTING_ROLES
        if role not in (MOST, LEAST)
        for company in COMPANIES
    ),
]


class Line(NamedTuple):
    method: str
    endpoint: str
    who: str


def matrix() -> list[Line]:
    lines = (ROOT / "tests/shape/matrix.txt").read_text().splitlines()
    return [Line(*line.split(maxsplit=2)) for line in lines if line and not line.startswith("#")]


WHO = {(line.method, line.endpoint): line.who for line in matrix()}


def may(place, permissions=frozenset(), level="staff") -> bool:
    who = WHO[place.method, place.endpoint]
    return who in ("public", "any operator", "weak", *permissions) or who == level


def ask(visitor, place, headers=None):
    """One request, with the CSRF token of the visitor; nothing is parsed, since there are thousands."""
    data = {"csrf_token": visitor.token(), "idem": new_key()} if place.method == "POST" else None
    return outside(lambda: visitor.http.open(place.path, method=place.method, data=data, headers=headers))


def text_of(answer) -> str:
    """What may be read in it; a picture may not."""
    return answer.get_data().decode(errors="replace")


def in_order(places):
    """Reading before writing, and what ends a row at the end."""
    return sorted(
        places,
        key=lambda place: (
            place.method == "POST",
            place.endpoint.split(".")[-1] in ENDS and ENDS.index(place.endpoint.split(".")[-1]) + 1,
            place.endpoint == "staff.configuration.companies.retire",  # everybody is signed out of it
        ),
    )


def of_both(app, company, kind):
    """The addresses of rows of the other company and of TODAS, and all the rest."""
    own, other = (inside(addresses.places(app, addresses.rows(name)), kind) for name in (company, OTHER[company]))
    of_todas = [place for place in own if "/todas/" in place.path]
    foreign = [place for place in other if place.owned] + of_todas
    return foreign, in_order([place for place in own if place not in of_todas])


@pytest.fixture
def written(count_queries):
    """Asks, and gives the answer with the statements that wrote; the key of a form goes with the refusal."""

    def asking(visitor, place, headers=None):
        visitor.token()
        with count_queries() as queries:
            answer = ask(visitor, place, headers)
        return answer, [query for query in queries if query.startswith(WRITES) and "idem_key" not in query]

    return asking


# ---- the table


def test_the_matrix_names_every_view(app):
    found = set()
    for rule in app.url_map.iter_rules():
        access = app.view_functions[rule.endpoint].access
        who = {"public": "public", "subscriber": access.level}.get(access.kind, access.permission or "any operator")
        found |= {Line(method, rule.endpoint, who) for method in rule.methods - {"HEAD", "OPTIONS"}}
    missing = sorted(f"{line.method:<5} {line.endpoint:<42} {line.who}" for line in found - set(matrix()))
    stale = sorted(" ".join(line) for line in set(matrix()) - found)
    assert not missing, "add to tests/shape/matrix.txt, if this is what you mean:\n" + "\n".join(missing)
    assert not stale, "no view is like this; take out of tests/shape/matrix.txt:\n" + "\n".join(stale)


def test_the_matrix_is_in_order():
    keys = [(line.endpoint, line.method) for line in matrix()]
    assert keys == sorted(set(keys)), "one line per view and method, by the name of the view"


# ---- operators


@pytest.mark.parametrize("role", STARTING_ROLES)
def test_a_role_may_use_what_the_matrix_says(app, db, staff, role):
    """Each role, each view: what every request of theirs is asked before its view."""
    cast.operator("davi.rocha").role_id = db.scalars(select(Role.id).where(Role.name == role)).one()
    davi, _ = principals.find("staff", staff("davi.rocha").cookie().value)
    assert davi.permissions == STARTING_ROLES[role]
    for line in matrix():
        access = app.view_functions[line.endpoint].access
        if access.kind == "staff":
            with nullcontext() if line.who in ("any operator", *STARTING_ROLES[role]) else pytest.raises(Forbidden):
                check(access, davi)


@pytest.mark.slow
@pytest.mark.parametrize(("role", "company"), WALKERS)
def test_a_role_does_what_the_matrix_says(app, db, staff, written, role, company):
    login = COMPANIES[company][2]
    cast.operator(login).role_id = db.scalars(select(Role.id).where(Role.name == role)).one()
    foreign, own = of_both(app, company, "staff")
    operator = staff(login, company=company)
    for place in [*foreign, *own]:
        permitted = may(place, STARTING_ROLES[role])
        answer, wrote = written(operator, place)
        asked = f"{role} of {company}: {place.method} {place.path} ({place.endpoint})"
        if not permitted:
            assert answer.status_code == 403, f"{asked} is {answer.status_code}, wanted 403"
        elif place in foreign:
            assert answer.status_code == 404, f"{asked} of another company is {answer.status_code}, wanted 404"
        else:
            assert answer.status_code in WORKED, f"{asked} is {answer.status_code}, may use it; see rows() of places.py"
        assert not wrote or (permitted and place not in foreign), f"{asked} wrote: {wrote}"
        told = [marker for marker in MARKERS[OTHER[company]] if marker in text_of(answer)]
        assert not told, f"{asked} tells {told}"


@pytest.mark.slow
@pytest.mark.parametrize("company", COMPANIES)
def test_in_todas_both_companies_are_served(app, db, staff, company):
    davi = staff("davi.rocha")
    first = company == next(iter(COMPANIES))  # what is of no company is asked for once
    served = inside(addresses.places(app, addresses.rows(company)), "staff")
    for place in in_order(place for place in served if place.owned or first):
        answer = ask(davi, place)
        worked = (404,) if place.path.startswith(OF_ONE) else WORKED
        assert answer.status_code in worked, f"{place.method} {place.path}: {answer.status_code}"


@pytest.mark.parametrize("endpoint", LEAVES)
def test_leaving_and_switching(app, db, places, staff, central, endpoint):
    place = next(place for place in places if place.endpoint == endpoint)
    visitor = staff("wagner.luis") if place.access.kind == "staff" else central("rita")
    assert ask(visitor, place).status_code in WORKED


# ---- subscribers


@pytest.mark.slow
@pytest.mark.parametrize("level", ["weak", "proved"])
@pytest.mark.parametrize(("who", "company"), [("rita", "Vale Claro Telecom"), ("mar_azul", "Serra Azul Net")])
def test_a_subscriber_does_what_the_matrix_says(app, db, central, written, who, company, level):
    foreign, own = of_both(app, company, "subscriber")
    cast.serra_azul().portal_entry = "cpf_only"
    subscriber = central(who, level)
    for place in [*foreign, *own]:
        permitted = may(place, level=level)
        answer, wrote = written(subscriber, place)
        asked = f"{who}, {level}: {place.method} {place.path} ({place.endpoint})"
        wanted = (404,) if place in foreign else WORKED
        assert answer.status_code in (wanted if permitted else (303,)), f"{asked} is {answer.status_code}"
        assert permitted or answer.location.split("?")[0] == "/central/confirmar", asked
        assert not wrote or (permitted and place not in foreign), f"{asked} wrote: {wrote}"
        assert not [marker for marker in MARKERS[OTHER[company]] if marker in text_of(answer)], asked


@pytest.mark.slow
def test_a_neighbour_of_the_same_company_sees_nothing_either(places, central, written):
    """Zé asks for what is Rita's; and at level weak not even Rita sees address or contacts (D-11)."""
    ze, rita = central("ze"), central("rita")
    hidden = (cast.RITA, "529.982.247-25", "das Acácias", "37998120456", "99812-0456")
    for place in in_order(inside(places, "subscriber")):
        answer, wrote = written(ze, place)
        wanted = (404,) if place.owned and place.access.level == "weak" else WORKED  # else he is asked for proof
        assert answer.status_code in wanted, f"{place.endpoint}: {answer.status_code}"
        assert not (place.owned and wrote), f"{place.endpoint} wrote: {wrote}"
        assert not [told for told in ("Rita", "Fibra 500 Mbps", *hidden) if told in text_of(answer)], place.endpoint
        assert not [told for told in hidden if told in text_of(ask(rita, place))], place.endpoint


# ---- nobody, and people at the wrong door


@pytest.mark.slow
@pytest.mark.parametrize("kind", ENTRANCES)
@pytest.mark.parametrize("who", ["nobody", "somebody of the other door"])
def test_who_is_not_signed_in_here_is_led_to_the_entrance(places, anonymous, staff, central, written, kind, who):
    door = "staff" if kind == "staff" else "portal"
    visitor = anonymous(door)
    if who != "nobody":
        visitor = central("rita", "proved") if kind == "staff" else staff("davi.rocha")
        visitor.door = door
    for place in (place for place in places if place.access.kind == kind):
        answer, wrote = written(visitor, place)
        assert answer.status_code == 303, f"{place.endpoint}: {answer.status_code}"
        assert answer.location.split("?")[0] == ENTRANCES[kind], place.endpoint
        fragment, wrote_too = written(visitor, place, HTMX)
        assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, ENTRANCES[kind]), place.endpoint
        assert not [*wrote, *wrote_too], place.endpoint


def test_public_views_answer_everybody(places, anonymous):
    """The address of a file, an invitation that does not exist: a 404 is an answer, too."""
    for place in (place for place in places if place.access.kind == "public"):
        visitor = anonymous("portal" if place.path.startswith("/central") else "staff")
        status = ask(visitor, place).status_code
        assert status in ((200, 503) if place.endpoint == "health.ready" else (200, 404, 422)), place.endpoint
