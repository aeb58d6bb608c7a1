"""Every route by everybody: no failure, nobody where they may not be, no byte of another company (security.md 5).

The routes come from the URL map, so a new one is walked without a line here. Its ids stand for rows of Vale Claro.
"""

import pytest

from models.operators import Role
from tests import cast
from tests.shape.places import inside

PUBLIC_POSTS = {"staff.sessions.create", "portal.sessions.create", "staff.passwords.create"}


def visit(visitor, method, path):
    return visitor.get(path) if method == "GET" else visitor.post(path, {})


def test_a_stranger_is_led_to_the_entrance(places, anonymous):
    visitors = {"staff": anonymous(), "subscriber": anonymous("portal")}
    entrances = {"staff": "/entrar", "subscriber": "/central/entrar"}
    for endpoint, access, method, path in [*inside(places, "staff"), *inside(places, "subscriber")]:
        answer = visit(visitors[access.kind], method, path)
        assert answer.status == 303, endpoint
        assert answer.location.split("?")[0] == entrances[access.kind], endpoint


@pytest.mark.slow
@pytest.mark.parametrize("login", ["bruno.reis", "wagner.luis", "rafael.teixeira", "ana.souza", "silvia.maia"])
def test_operators_do_what_their_role_permits(places, staff, login, db):
    operator = cast.operator(login)
    permissions = set(db.get(Role, operator.role_id).permissions)
    visitor = staff(login, company="Vale Claro Telecom")
    for endpoint, access, method, path in inside(places, "staff"):
        answer = visit(visitor, method, path)
        permitted = not access.permission or access.permission in permissions
        if permitted:
            assert answer.status in (200, 204, 303, 404, 409, 422), f"{endpoint}: {answer}"
        else:
            assert answer.status == 403, f"{endpoint}: {answer}"


@pytest.mark.slow
def test_another_company_sees_nothing(places, staff, db):
    """Célia sells for Serra Azul: rows of Vale Claro do not exist for her."""
    markers = [cast.rita().name, cast.RITA, "Rua das Acácias", "37998120456", "Sebastião Nogueira"]
    celia = staff("celia.prado")
    for endpoint, _, method, path in inside(places, "staff"):
        answer = visit(celia, method, path)
        found = [marker for marker in markers if marker in answer.html]
        assert not found, f"{endpoint} shows {found}"
        if any(path.startswith(f"/{kind}/") and path.split("/")[2].isdigit() for kind in OWNED):
            assert answer.status in (403, 404), f"{endpoint}: {answer}"


OWNED = ("clientes", "servicos", "contratos", "vendas")


@pytest.mark.slow
def test_operators_are_strangers_in_the_central_and_subscribers_in_the_panel(places, staff, central):
    ana, rita = staff("ana.souza"), central("rita")
    for endpoint, access, method, path in [*inside(places, "staff"), *inside(places, "subscriber")]:
        foreigner = rita if access.kind == "staff" else ana
        foreigner.door = "staff" if access.kind == "staff" else "portal"
        foreigner._token = ""
        assert visit(foreigner, method, path).status == 303, endpoint


def test_subscribers_see_only_their_own(places, central, db):
    """Zé asks for what is Rita's; and at level weak not even Rita sees address or contacts (D-11)."""
    ze, rita = central("ze"), central("rita")
    strangers = [cast.rita().name, cast.RITA, "Fibra 500 Mbps"]
    hidden = [cast.RITA, "529.982.247-25", "Rua das Acácias", "37998120456", "99812-0456"]
    for endpoint, _, method, path in inside(places, "subscriber"):
        answer = visit(ze, method, path)
        assert answer.status in ((404,) if "/servicos/" in path else (200, 204, 303, 403, 422)), f"{endpoint}: {answer}"
        assert not [marker for marker in strangers if marker in answer.html], endpoint
        own = visit(rita, method, path)
        assert own.status in (200, 204, 303, 403, 422), f"{endpoint}: {own}"
        assert not [marker for marker in hidden if marker in own.html], endpoint


def test_public_routes_answer_everybody(places, anonymous):
    for endpoint, access, method, path in places:
        if access.kind == "public" and not endpoint.startswith("ui."):  # /ui shows forms that lead nowhere
            visitor = anonymous("portal" if path.startswith("/central") else "staff")
            answer = visitor.get(path, faults=True) if method == "GET" else visitor.post(path, {})
            assert answer.status in ((200, 503) if endpoint.startswith("health.") else (200, 404, 422)), (
                f"{endpoint}: {answer}"
            )
