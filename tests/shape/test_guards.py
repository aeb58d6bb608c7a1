"""What is refused before anybody is asked who they are."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError

from models.base import read_only
from models.operators import Throttle
from models.operators.company import BRAND
from models.people import Tag
from tests import cast

pytestmark = pytest.mark.postgresql

HUGE = 2**63
PRODUCTION = {
    "MODE": "production",
    "HTTPS": True,
    "SESSION_COOKIE_SECURE": True,
    "TRUSTED_HOSTS": ["enlace.example"],
}


@pytest.mark.parametrize(
    "path",
    [
        "/clientes?depois=%00",
        "/clientes?depois=%FF",
        "/clientes?%00=1",
        "/clientes?tipo=%1b",
        "/convite/%00",
        "/convite/%ff",
    ],
)
def test_broken_text_in_addresses(staff, path):
    assert staff("ana.souza").get(path).status == 400


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "\x08"])
def test_broken_text_in_forms(staff, typed):
    assert staff("ana.souza").post("/clientes", {"q": typed}).status == 400
    assert staff("ana.souza").post("/clientes", {"q": "x", typed: "x"}).status == 400


def test_invalid_utf8_in_forms(staff):
    ana = staff("ana.souza")
    body = b"csrf_token=" + ana.token().encode() + b"&q=%FF%FE"
    answer = ana.post("/clientes", body, content_type="application/x-www-form-urlencoded")
    assert answer.status == 400


def test_lines_and_tabs_are_text(staff):
    answer = staff("ana.souza").post("/clientes", {"q": "rita\r\n\tmoreira"}, htmx=True)
    assert answer.status == 200


@pytest.mark.parametrize("id", [0, -1, HUGE, HUGE * 10, "abc", "1.0", "１"])
def test_ids_out_of_bounds(staff, id):
    ana = staff("ana.souza")
    for path in (f"/clientes/{id}", f"/servicos/{id}", f"/vendas/{id}/plano", f"/contratos/1/impressao/{id}"):
        assert ana.get(path).status == 404, path


def test_the_biggest_id(staff):
    assert staff("ana.souza").get(f"/clientes/{HUGE - 1}").status == 404


@pytest.mark.slow
def test_ids_in_forms_may_be_anything(staff, db):
    ana, sale = staff("rafael.teixeira"), cast.draft()
    for value in ("0", "-1", str(HUGE), "abc", "", "9" * 400, "9" * 5000, "1e9", "１", "²", "٣"):
        answer = ana.post(f"/vendas/{sale.id}/plano", {"plan_id": value, "seller_id": value, "version": value})
        assert answer.status in (409, 422), value
        assert ana.post(f"/vendas/{sale.id}/conferir", {"version": value}).status in (303, 409, 422), value
        assert ana.get(f"/clientes?depois={value}").status == 200, value
        assert ana.post("/clientes", {"q": value, "depois": value}).status in (200, 303), value
        form = {"version": value, "group_id": value, "name": "Rita Moreira", "mobile": "37998120456"}
        assert ana.post(f"/clientes/{cast.rita().id}/dados/editar", form).status in (409, 422), value


def test_oversized_bodies(staff):
    ana = staff("ana.souza")
    assert ana.post("/clientes", {"q": "x" * 600_000}).status == 413
    assert ana.post("/clientes", {f"campo{i}": "x" for i in range(60_000)}).status == 413
    assert ana.post("/clientes", {f"campo{i}": "x" for i in range(10_000)}).status == 303


def test_many_fields_in_parts(staff):
    data = {"q": "x", **{f"campo{i}": "x" for i in range(400)}}
    assert staff("ana.souza").post("/clientes", data, content_type="multipart/form-data").status == 413


def test_a_style_sheet_is_made_for_colours_in_use(anonymous, db):
    """Each takes work and stays in memory: a stranger may not have sixteen million of them made."""
    for colour in (BRAND, cast.serra_azul().brand):
        assert anonymous().get(f"/estilo/staff-{colour[1:]}-x.css").status == 200, colour
        assert anonymous().get(f"/estilo/staff-{colour[1:].upper()}-x.css").status == 200, colour
    for colour in ("0b5f67", "000000", "b8420", "zzzzzz"):
        assert anonymous().get(f"/estilo/staff-{colour}-x.css").status == 404, colour


def test_other_sites_may_not_post(staff, db):
    ana = staff("ana.souza")
    answer = ana.post("/clientes", {"q": "rita"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert ana.post("/clientes", {"q": "rita"}, headers={"Sec-Fetch-Site": "same-origin"}).status == 303


def test_a_post_needs_its_token(staff, central):
    ana, rita = staff("ana.souza"), central("rita")
    for token in ("", "errado", rita.token()):
        answer = ana.post("/clientes", {"q": "rita"}, token=token)
        assert answer.status == 400
        assert "Recarregue" in answer.words
    assert ana.post("/clientes", {"q": "rita"}, token="", htmx=True).headers["HX-Retarget"] == "#notices"


def test_the_token_may_come_in_a_header(staff):
    ana = staff("ana.souza")
    answer = ana.post("/clientes", {"q": "rita"}, token="", headers={"X-CSRFToken": ana.token()}, htmx=True)
    assert answer.status == 200


def test_a_forged_host_is_refused_in_production(make_app, anonymous):
    visitor = anonymous("staff", make_app(**PRODUCTION))
    assert visitor.get("/entrar", base_url="https://enlace.example").status == 200
    for host in ("evil.example", "enlace.example.evil.example", "127.0.0.1"):
        assert visitor.get("/entrar", base_url=f"https://{host}").status == 400, host


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "a b", "", "[::1", "localhost:x"])
def test_a_host_that_is_none(anonymous, host):
    """Nothing can be drawn without addresses, so it is refused before anything else is (crawler)."""
    visitor = anonymous()
    for path in ("/entrar", "/entrar?next=%00", "/nada"):
        assert visitor.get(path, headers={"Host": host}).status in (200, 400, 404), path
    assert visitor.post("/entrar", {}, token="", headers={"Host": host}).status == 400


def test_a_forwarded_address_is_believed_only_behind_a_proxy(anonymous, make_app, db):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"}
    anonymous().post("/entrar", {"login": "x", "password": "y"}, headers=forged)
    assert _throttled(db, "staff-ip:127.0.0.1")
    anonymous("staff", make_app(PROXIES=1)).post("/entrar", {"login": "x", "password": "y"}, headers=forged)
    assert _throttled(db, "staff-ip:203.0.113.9")


def _throttled(db, key):
    return db.query(Throttle).filter(Throttle.key.startswith(key)).count()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods(staff, method):
    ana = staff("ana.souza")
    assert ana._ask(method, "/clientes", False, False).status in (400, 405)


def test_options_tells_little(anonymous):
    answer = anonymous()._ask("OPTIONS", "/entrar", False, False)
    assert answer.status in (200, 204, 303, 405)


def test_a_get_never_writes(staff, db):
    """Proven by the database: a page is read in a transaction that may not write."""
    with read_only(), pytest.raises(DatabaseError, match=r"(?i)read.?only"):
        db.execute(insert(Tag).values(name="Nova"))
    db.rollback()
