"""Signing in and out of the staff door, and what a session may open."""

import pytest
from sqlalchemy import select

from models.history import Event
from models.operators import LoginSession, within
from staff.sessions import FAILURES, WINDOW
from tests import cast

GOOD = {"login": "ana.souza", "password": cast.PASSWORD}
WRONG = "Usuário ou senha não conferem"

NOWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/%0d%0aLocation:%20//evil.example",
    "/clientes\n",
    "/nada-aqui",
    "/central/servicos",
    "/sair",
    "",
]


def test_good_password(anonymous, db):
    answer = anonymous().post("/entrar", GOOD)
    assert answer.status == 303
    assert answer.location == "/"
    ana = cast.operator("ana.souza")
    last = db.scalars(select(Event).where(Event.action == "operator.signed_in").order_by(Event.id.desc())).first()
    assert (last.actor_id, last.channel, last.company_id) == (ana.id, "staff", cast.vale_claro().id)
    assert last.ip == "127.0.0.1"


def test_the_cookie_opens_the_panel(anonymous):
    browser = anonymous()
    assert browser.get("/").location == "/entrar?next=/"
    browser.post("/entrar", GOOD)
    assert browser.get("/").status == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "ana.souza", "password": "outra frase qualquer"},
        {"login": "ninguem", "password": cast.PASSWORD},
        {"login": "", "password": ""},
        {"login": "ana.souza", "password": "x" * 5000},
        {},
    ],
)
def test_wrong_and_unknown_read_alike(anonymous, typed):
    answer = anonymous().post("/entrar", typed)
    assert answer.status == 422
    assert WRONG in answer.words
    assert "staff=" not in str(answer.headers.getlist("Set-Cookie"))


def test_login_in_capitals_and_by_mail(anonymous, db):
    cast.operator("ana.souza").change(email="ana@valeclaro.example")
    for login in ("ANA.SOUZA", " ana.souza ", "Ana@ValeClaro.example"):
        assert anonymous().post("/entrar", {**GOOD, "login": login}).status == 303


def test_retired_operators_do_not_enter(anonymous, staff, db):
    inside = staff("ana.souza")
    cast.operator("ana.souza").retire()
    assert anonymous().post("/entrar", GOOD).status == 422
    assert inside.get("/").location == "/entrar?next=/"


def test_the_sixth_failure_waits(anonymous, clock):
    with clock("2026-11-24 09:00"):
        browser = anonymous()
        for _ in range(5):
            assert browser.post("/entrar", {**GOOD, "password": "errada, de novo"}).status == 422
        held = browser.post("/entrar", GOOD)
        assert held.status == 429
        assert "Retry-After" in held.headers
        assert browser.post("/entrar", {**GOOD, "login": "bruno.reis"}).status == 303, "others are not held"
    with clock("2026-11-24 09:16"):
        assert browser.post("/entrar", GOOD).status == 303


def test_one_address_cannot_try_everybody(anonymous, clock, db):
    with clock("2026-11-24 09:00"):
        for _ in range(19):
            within("staff-ip:127.0.0.1", FAILURES * 4, WINDOW)
        browser = anonymous()
        codes = [browser.post("/entrar", {"login": f"pessoa{i}", "password": "x"}).status for i in range(2)]
    assert codes == [422, 429]


@pytest.mark.parametrize("target", NOWHERE)
def test_next_stays_inside(anonymous, target):
    assert anonymous().post("/entrar", {**GOOD, "next": target}).location == "/"


def test_next_leads_to_the_page_that_was_asked_for(anonymous):
    browser = anonymous()
    asked = browser.get("/clientes?pagina=2")
    form = browser.follow(asked).form()
    assert browser.post("/entrar", {**form, **GOOD}).location == "/clientes?pagina=2"


def test_somebody_of_several_companies_chooses(anonymous):
    browser = anonymous()
    answer = browser.post("/entrar", {**GOOD, "login": "silvia.maia"})
    assert answer.location.startswith("/empresa")
    page = browser.follow(answer)
    for name in ("TODAS", "Vale Claro Telecom", "Serra Azul Net"):
        assert name in page.words


def test_a_foreign_company_cannot_be_chosen(staff, db):
    answer = staff("ana.souza").post("/empresa", {"company": cast.serra_azul().id})
    assert answer.status == 422


def test_switching_company_ends_the_old_session(staff, db):
    silvia = staff("silvia.maia")
    old = silvia.cookie().value
    assert silvia.post("/empresa", {"company": cast.serra_azul().id}).status == 303
    assert silvia.cookie().value != old
    assert silvia.get("/").status == 200
    silvia.http.set_cookie("staff", old)
    assert silvia.get("/").location == "/entrar?next=/"


def test_leaving_revokes_the_session(staff, db):
    ana = staff("ana.souza")
    replayed = ana.cookie().value
    answer = ana.post("/sair")
    assert (answer.status, answer.location) == (303, "/entrar")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert ana.cookie() is None
    ana.http.set_cookie("staff", replayed)
    assert ana.get("/").location == "/entrar?next=/"
    assert all(row.revoked_at for row in db.scalars(select(LoginSession)))


def test_leaving_is_a_post(staff):
    assert staff("ana.souza").get("/sair").status == 405


def test_flags_of_the_cookies(anonymous):
    answer = anonymous().post("/entrar", GOOD)
    cookies = {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
    assert {"staff"} <= set(cookies) <= {"staff", "staff_form"}
    for line in cookies.values():
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line
        assert "Path=/" in line
        assert "Domain" not in line
    assert "Max-Age" not in cookies["staff"]
    assert "Expires" not in cookies["staff"]


def test_cookies_over_https(make_app, anonymous):
    app = make_app(HTTPS=True, SESSION_COOKIE_SECURE=True)
    secure = {"base_url": "https://enlace.example", "headers": {"Referer": "https://enlace.example/entrar"}}
    browser = anonymous("staff", app)
    browser.get("/entrar", base_url="https://enlace.example")
    answer = browser.post("/entrar", GOOD, **secure)
    assert answer.status == 303
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    for line in answer.headers.getlist("Set-Cookie"):
        assert line.startswith("__Host-")
        assert "Secure" in line


def test_each_door_has_its_own_cookie(staff, central):
    ana, rita = staff("ana.souza"), central("rita")
    assert ana.get("/central/").location == "/central/entrar?next=/central/"
    assert rita.get("/clientes").location.startswith("/entrar")
    ana.http.set_cookie("central", ana.cookie().value)
    assert ana.get("/central/").status == 303
    rita.http.set_cookie("staff", rita.cookie("central").value)
    assert rita.get("/clientes").status == 303


def test_htmx_is_led_to_the_entrance(anonymous):
    for path in ("/clientes", "/"):
        answer = anonymous().get(path, htmx=True)
        assert answer.status == 401
        assert answer.headers["HX-Redirect"] == "/entrar"
        assert not answer.html
    answer = anonymous("portal").get("/central/servicos", htmx=True)
    assert (answer.status, answer.headers["HX-Redirect"]) == (401, "/central/entrar")


def test_from_the_entrance_back_to_the_page_one_was_on(anonymous):
    """A save that finds the session dead leads back to its page, never to the address it asked, nor abroad."""
    somebody, page = anonymous(), "http://localhost/atendimentos/12?mostrar=comentarios#interacoes"
    saved = somebody.post("/atendimentos/12/texto", {"body": "x"}, htmx=True, headers={"HX-Current-URL": page})
    assert (saved.status, saved.location) == (401, "/entrar?next=/atendimentos/12?mostrar%3Dcomentarios")
    sent = somebody.post("/atendimentos/12/comentarios", {"body": "x"}, headers={"Referer": page})
    assert (sent.status, sent.location) == (303, "/entrar?next=/atendimentos/12?mostrar%3Dcomentarios")
    abroad = {"HX-Current-URL": "https://golpe.example/atendimentos/12"}
    assert somebody.post("/atendimentos/12/texto", {}, htmx=True, headers=abroad).location == "/entrar"
    assert somebody.post("/entrar", {**GOOD, "next": "//golpe.example/atendimentos"}).location == "/"


def test_idle_and_old_sessions_end(staff, clock):
    with clock("2026-11-24 08:00"):
        ana = staff("ana.souza")
    with clock("2026-11-24 08:59"):
        assert ana.get("/").status == 200
    with clock("2026-11-24 09:58"):
        assert ana.get("/").status == 200, "using it renews it"
    with clock("2026-11-24 10:59"):
        assert ana.get("/").status == 303, "an hour without use ends it"


def test_nobody_stays_for_more_than_twelve_hours(staff, clock):
    with clock("2026-11-24 06:00"):
        ana = staff("ana.souza")
    for hour in range(6, 18):
        for minute in (20, 59):
            with clock(f"2026-11-24 {hour:02d}:{minute}"):
                assert ana.get("/").status == 200
    with clock("2026-11-24 18:00"):
        assert ana.get("/").status == 303


def test_signing_in_makes_a_new_session(staff):
    """Fixation: a cookie that was there before is not the one of the person who signs in."""
    ana = staff("ana.souza")
    before = ana.cookie().value
    assert ana.post("/entrar", GOOD).status == 303
    assert ana.cookie().value != before
