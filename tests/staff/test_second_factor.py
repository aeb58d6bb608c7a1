"""The second factor of the staff door (B-08): enrolled by QR code, asked at every entry, lost and recovered."""

import re
from datetime import timedelta

import pyotp
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select, text

from models import clock as real
from models.history import Event
from models.operators import LoginSession, RecoveryCode, Role, SecondFactor
from models.operators.permissions import DEMANDING, STARTING_ROLES
from models.operators.second_factor import WRONG, begin, confirm
from models.refused import Refused
from tests import cast
from tests.authenticator import Phone, enrolled
from tests.shape.places import inside, places

ANA = {"login": "ana.souza", "password": cast.PASSWORD}
DAVI = {**ANA, "login": "davi.rocha"}
NINE = "2026-11-24 09:00"


@pytest.fixture
def strict(shared_app, app, monkeypatch):
    """An installation where the second factor is compulsory, as production is."""
    monkeypatch.setitem(shared_app.config, "SECOND_FACTOR", True)


@pytest.fixture
def ana(db, clock):
    """Ana's phone and recovery codes, confirmed at eight."""
    with clock("2026-11-24 08:00"):
        made = enrolled(cast.operator("ana.souza"))
        db.commit()
    return made


def actions(db, login="ana.souza"):
    of = (Event.subject_type == "operator", Event.subject_id == cast.operator(login).id)
    return list(db.scalars(select(Event.action).where(*of).order_by(Event.id)))


def enrol(browser, at="/seguranca/segundo-fator"):
    """Begin and confirm, reading what the page shows; the phone and the page of recovery codes."""
    browser.follow(browser.post(at, browser.get(at).form(at)))
    shown = browser.get(at)
    phone = Phone(shown.page.find(id="secret").text)
    form = {**shown.form(f"{at}/confirmacao"), "passcode": phone.code()}
    return phone, browser.post(f"{at}/confirmacao", form)


def codes_on(answer):
    return answer.page.find(id="recovery").text.split()


@pytest.mark.feature("B-08")
@pytest.mark.postgresql
def test_enrol_sign_in_lose_the_phone_recover(strict, anonymous, staff, clock, db):
    with clock(NINE):
        browser = anonymous()
        answer = browser.post("/entrar", {**DAVI, "next": "/clientes"})
        assert answer.location.startswith("/seguranca/segundo-fator"), "compulsory: led to enrolment"
        for path in ("/", "/clientes", "/seguranca", "/configuracao/operadores", "/empresa", "/entrar/codigo"):
            assert browser.get(path).location.startswith("/seguranca/segundo-fator"), path
        assert browser.follow(answer).status == 200
        phone, kept = enrol(browser)
        assert kept.status == 200
        codes = codes_on(kept)
        assert len(codes) == len(set(codes)) == 10
        assert browser.get("/").status == 200
        assert browser.get("/configuracao/operadores").status == 200
        assert codes[0] not in browser.get("/seguranca").html
    with clock("2026-11-24 10:05"):  # signs in with a code
        browser = anonymous()
        answer = browser.post("/entrar", {**DAVI, "next": "/clientes"})
        assert answer.location.startswith("/entrar/codigo")
        assert browser.get("/clientes").location.startswith("/entrar/codigo"), "half signed in opens nothing"
        form = browser.follow(answer).form("/entrar/codigo")
        old = browser.post("/entrar/codigo", {**form, "passcode": phone.code(-2)})
        assert (old.status, WRONG in old.words) == (422, True), "an old code"
        used = phone.code()
        inside = browser.post("/entrar/codigo", {**form, "passcode": used})
        assert inside.location == "/empresa?next=/clientes"
        assert browser.get("/clientes").status == 200
        again = anonymous()
        again.post("/entrar", DAVI)
        twice = again.post("/entrar/codigo", {"passcode": used})
        assert (twice.status, WRONG in twice.words) == (422, True), "a code twice"
    with clock("2026-11-24 11:05"):  # the phone is lost: a recovery code, and a new phone with another one
        browser = anonymous()
        browser.post("/entrar", DAVI)
        assert browser.post("/entrar/codigo", {"passcode": codes[0].lower().replace("-", " ")}).status == 303
        wanted = browser.get("/seguranca/segundo-fator").form("/seguranca/segundo-fator")
        refused = browser.post("/seguranca/segundo-fator", {**wanted, "passcode": codes[0]})
        assert refused.status == 422, "a recovery code twice"
        browser.post("/seguranca/segundo-fator", {**wanted, "passcode": codes[1]})
        shown = browser.get("/seguranca/segundo-fator")
        newer = Phone(shown.page.find(id="secret").text)
        kept = browser.post("/seguranca/segundo-fator/confirmacao", {"passcode": newer.code()})
        assert not set(codes_on(kept)) & set(codes)
    with clock("2026-11-24 12:05"):
        browser = anonymous()
        browser.post("/entrar", DAVI)
        assert browser.post("/entrar/codigo", {"passcode": phone.code()}).status == 422, "the lost phone"
        assert browser.post("/entrar/codigo", {"passcode": codes[5]}).status == 422, "a code of the old ten"
        assert browser.post("/entrar/codigo", {"passcode": newer.code()}).status == 303
    assert {"operator.factor_enrolled", "operator.recovery_used", "operator.factor_moved"} <= set(
        actions(db, "davi.rocha")
    )


@pytest.mark.feature("B-08")
@pytest.mark.parametrize("login", ["davi.rocha", "ana.souza", "silvia.maia"])
def test_compulsory_for_who_administers_supervises_or_handles_money(strict, anonymous, login):
    answer = anonymous().post("/entrar", {**ANA, "login": login})
    assert answer.location.startswith("/seguranca/segundo-fator")


@pytest.mark.parametrize("login", ["bruno.reis", "rafael.teixeira", "wagner.luis"])
def test_the_others_may_do_without(strict, anonymous, login):
    browser = anonymous()
    assert browser.post("/entrar", {**ANA, "login": login}).location == "/"
    assert browser.get("/").status == 200
    assert browser.get("/seguranca").status == 200


def test_which_roles_it_is_compulsory_for():
    demanding = {name for name, permitted in STARTING_ROLES.items() if permitted & DEMANDING}
    assert demanding == {"Financeiro", "Supervisão", "Administrador"}


def test_without_the_setting_the_password_is_enough(anonymous):
    assert anonymous().post("/entrar", DAVI).location.startswith("/empresa")


def test_a_setting_and_a_role_reach_who_is_inside(strict, staff, db):
    """Nobody stays in with the password alone because they were in already."""
    ana, bruno = staff("ana.souza"), staff("bruno.reis")
    assert ana.get("/clientes").location.startswith("/seguranca/segundo-fator")
    assert bruno.get("/clientes").status == 200
    role = db.get_one(Role, cast.operator("bruno.reis").role_id)
    role.permissions = [*role.permissions, "billing.receive"]
    assert bruno.get("/clientes").location.startswith("/seguranca/segundo-fator")
    assert bruno.get("/clientes", htmx=True).headers["HX-Redirect"].startswith("/seguranca/segundo-fator")
    assert bruno.post("/sair").location == "/entrar"


def test_half_a_session_may_do_nothing(app, anonymous, ana, clock, db):
    """Every view of the staff door, got and posted: only the code and the way out are open."""
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        half = db.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first()
        assert half.level == "half"
        open_ones = set()
        for place in inside(places(app, {}), "staff"):
            answer = browser.get(place.path) if place.method == "GET" else browser.post(place.path)
            if not (answer.location or "").startswith("/entrar/codigo"):
                open_ones.add(f"{place.method} {place.endpoint}")
        assert open_ones == {"GET staff.codes.new", "POST staff.codes.create"}


def test_who_has_a_phone_does_not_enrol_another_with_the_password_alone(anonymous, ana, clock):
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        for path in (
            "/seguranca/segundo-fator",
            "/seguranca/segundo-fator/confirmacao",
            "/seguranca/segundo-fator/remover",
        ):
            assert browser.post(path, {"passcode": "1"}).location.startswith("/entrar/codigo")


def test_the_step_up_makes_a_new_session(anonymous, ana, clock):
    phone, _ = ana
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        half = browser.cookie().value
        browser.post("/entrar/codigo", {"passcode": phone.code()})
        assert browser.cookie().value != half
        browser.http.set_cookie("staff", half)
        assert browser.get("/").location.startswith("/entrar?")


def test_half_a_session_ends_soon(anonymous, ana, clock):
    phone, _ = ana
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
    with clock("2026-11-24 09:11"):
        assert browser.post("/entrar/codigo", {"passcode": phone.code()}).location.startswith("/entrar")
        assert browser.get("/").location == "/entrar?next=/"


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_one_step_early_or_late_is_good(anonymous, ana, clock, steps, status):
    phone, _ = ana
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        assert browser.post("/entrar/codigo", {"passcode": phone.code(steps)}).status == status


def test_a_code_older_than_one_that_was_used_is_refused(anonymous, ana, clock):
    phone, _ = ana
    with clock(NINE):
        for steps, status in ((0, 303), (-1, 422), (0, 422), (1, 303)):
            browser = anonymous()
            browser.post("/entrar", ANA)
            assert browser.post("/entrar/codigo", {"passcode": phone.code(steps)}).status == status, steps


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_the_same_code_at_once_lets_one_in(anonymous, ana, clock, race, kind):
    phone, recovery = ana
    with clock(NINE):
        typed = phone.code() if kind == "app" else recovery[0]
        browsers = [anonymous() for _ in range(4)]
        for browser in browsers:
            browser.post("/entrar", ANA)
            browser.get("/entrar/codigo")
        answers = race(4, lambda i: browsers[i].post("/entrar/codigo", {"passcode": typed}))
        assert sorted(answer.status for answer in answers) == [303, 422, 422, 422]


@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abcdef", "０００000", "x" * 61, "0' or 1=1", None])
def test_junk_is_refused_with_its_sentence(anonymous, ana, clock, typed):
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        answer = browser.post("/entrar/codigo", {"passcode": typed})
        assert answer.status == 422
        assert answer.errors()["passcode"]


def test_the_sixth_wrong_code_waits(anonymous, ana, clock):
    phone, recovery = ana
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        for _ in range(5):
            assert browser.post("/entrar/codigo", {"passcode": "000000"}).status == 422
        held = browser.post("/entrar/codigo", {"passcode": phone.code()})
        assert held.status == 429
        assert "Retry-After" in held.headers
        assert browser.post("/entrar/codigo", {"passcode": recovery[0]}).status == 429
    with clock("2026-11-24 09:16"):
        browser = anonymous()
        browser.post("/entrar", ANA)
        assert browser.post("/entrar/codigo", {"passcode": phone.code()}).status == 303


INSIDE = ("", "/confirmacao", "/remover")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "path", [*(f"/seguranca/segundo-fator{end}" for end in INSIDE), "/seguranca/codigos-de-recuperacao"]
)
def test_wrong_codes_are_counted_wherever_one_is_asked_for(ana, staff, clock, path):
    with clock(NINE):
        browser = staff("ana.souza")
        assert [browser.post(path, {"passcode": f"{n:06}"}).status for n in range(6)] == [422] * 5 + [429]


def test_confirmed_twice_says_that_it_is_on(db, staff, clock):
    with clock(NINE):
        bruno = staff("bruno.reis")
        begin(operator := cast.operator("bruno.reis"), "")
        secret = SecondFactor.of(operator).shown
        code = pyotp.TOTP(secret).at(real.now())
        assert len(confirm(operator, code)) == 10
        with pytest.raises(Refused, match="já está ligada"):
            confirm(operator, code)
        assert bruno.get("/seguranca").status == 303, "its sessions ended"


def test_good_codes_are_not_counted(anonymous, ana, clock):
    phone, _ = ana
    with clock(NINE):
        start = real.now()
    for minute in range(8):
        with clock(start + timedelta(minutes=minute)):
            browser = anonymous()
            browser.post("/entrar", ANA)
            assert browser.post("/entrar/codigo", {"passcode": phone.code()}).status == 303


def test_enrolling_by_choice_and_the_qr_code(staff, db, clock):
    with clock(NINE):
        bruno, elsewhere = staff("bruno.reis"), staff("bruno.reis")
        at = "/seguranca/segundo-fator"
        assert bruno.get("/seguranca").status == 200
        bruno.post(at)
        shown = bruno.get(at)
        secret = shown.page.find(id="secret").text.replace(" ", "")
        svg = shown.page.find("svg", class_="qr")
        assert svg
        assert (
            _read(shown)
            == f"otpauth://totp/Vale%20Claro%20Telecom:bruno.reis?secret={secret}&issuer=Vale%20Claro%20Telecom"
        )
        assert bruno.post(f"{at}/confirmacao", {"passcode": "000000"}).status == 422
        kept = bruno.post(f"{at}/confirmacao", {"passcode": Phone(secret).code()})
        assert kept.status == 200
        assert bruno.get("/").status == 200
        assert elsewhere.get("/").location.startswith("/entrar"), "other sessions end"
        assert "Ligada" in bruno.get("/seguranca").words


def _read(shown):
    """What a camera reads of the QR code as the page draws it: rows of runs, moved and drawn."""
    drawn = shown.page.find("svg", class_="qr")
    side = int(float(drawn["viewbox"].split()[2]))
    picture = [[255] * side for _ in range(side)]
    path = drawn.find_all("path")[-1]["d"]
    x = y = 0.0
    for letter, typed in re.findall(r"([MmhH])([^MmhHz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", typed)]
        if letter == "M":
            x, y = numbers
        elif letter == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            for at in range(int(x), int(x + numbers[0])):
                picture[int(y)][at] = 0
            x += numbers[0]
    large = [[value for value in row for _ in range(4)] for row in picture for _ in range(4)]
    image = Image.new("L", (side * 4, side * 4))
    image.putdata([value for row in large for value in row])
    return zxingcpp.read_barcode(image).text


def test_turning_off_and_what_it_needs(staff, ana, clock, db):
    phone, _ = ana
    with clock(NINE):
        browser = staff("ana.souza")
        at = "/seguranca/segundo-fator/remover"
        assert browser.post(at, {"passcode": "000000"}).status == 422
        assert browser.post(at, {"passcode": phone.code()}).status == 303
        assert "Desligada" in browser.get("/seguranca").words
        assert "operator.factor_turned_off" in actions(db)


def test_where_it_is_compulsory_it_is_not_turned_off(strict, staff, ana, clock):
    phone, _ = ana
    with clock(NINE):
        browser = staff("ana.souza")
        assert "Seu perfil exige" in browser.get("/seguranca").words
        answer = browser.post("/seguranca/segundo-fator/remover", {"passcode": phone.code()})
        assert (answer.status, "Seu perfil exige" in answer.words) == (422, True)


def test_new_recovery_codes(staff, ana, clock, db):
    phone, before = ana
    with clock(NINE):
        browser, at = staff("ana.souza"), "/seguranca/codigos-de-recuperacao"
        assert browser.get(at).status == 200
        assert browser.post(at, {"passcode": "000000"}).status == 422
        made = codes_on(browser.post(at, {"passcode": phone.code()}))
        assert len(made) == 10
        assert not set(made) & set(before)
        assert RecoveryCode.left(cast.operator("ana.souza").id) == 10
        assert browser.post(at, {"passcode": before[0]}).status == 422
    assert staff("bruno.reis").get(at).location == "/seguranca"


def test_reset_by_who_administers(staff, anonymous, ana, clock, db):
    with clock(NINE):
        davi, inside = staff("davi.rocha"), staff("ana.souza")
        id = cast.operator("ana.souza").id
        at = f"/configuracao/operadores/{id}/segundo-fator"
        assert at in davi.get(f"/configuracao/operadores/{id}/editar").html
        assert davi.get(at).status == 200
        without = davi.post(at, {"reason": "  "})
        assert (without.status, "Escreva o motivo" in without.words) == (422, True)
        assert davi.post(at, {"reason": "Celular roubado, veio ao balcão"}).status == 303
        assert inside.get("/").location.startswith("/entrar"), "sessions end"
        assert anonymous().post("/entrar", ANA).location == "/", "the password alone"
        again = davi.post(at, {"reason": "outra vez"})
        assert (again.status, "entra só com a senha" in again.words) == (422, True)
    event = db.scalars(select(Event).where(Event.action == "operator.factor_reset")).one()
    assert (event.reason, event.actor_name) == ("Celular roubado, veio ao balcão", "Davi Rocha")


def test_who_may_not_reset(staff, ana, clock, db):
    with clock(NINE):
        id = cast.operator("ana.souza").id
        at = f"/configuracao/operadores/{id}/segundo-fator"
        assert staff("silvia.maia").post(at, {"reason": "x"}).status == 403
        davi = cast.operator("davi.rocha")
        enrolled(davi)
        db.commit()
        own = staff("davi.rocha").post(f"/configuracao/operadores/{davi.id}/segundo-fator", {"reason": "meu"})
        assert (own.status, "Minha segurança" in own.words) == (422, True)


def test_an_invitation_does_not_take_the_phone_away(staff, anonymous, ana, clock, db):
    with clock(NINE):
        id = cast.operator("ana.souza").id
        handed = staff("davi.rocha").post(f"/configuracao/operadores/{id}/convite")
        link = re.search(r"/convite/[\w-]+", handed.page.find(id="link").text)[0]
        new = "quatro cavalos amarelos na varanda"
        assert anonymous().post(link, {"password": new, "again": new}).status == 303
        assert anonymous().post("/entrar", {**ANA, "password": new}).location.startswith("/entrar/codigo")


def test_reset_from_the_machine(worker, ana, anonymous, clock, db):
    with clock(NINE):
        refused = worker.command("operators", "reset-second-factor", "ninguem", "--reason", "x")
        assert (refused.exit_code, "Ninguém tem este usuário" in refused.output) == (1, True)
        done = worker.command("operators", "reset-second-factor", "ana.souza", "--reason", "Único administrador")
        assert done.exit_code == 0, done.output
        assert anonymous().post("/entrar", ANA).location == "/"


@pytest.mark.postgresql
def test_what_is_stored_says_nothing(ana, db):
    phone, recovery = ana
    stored = db.execute(text("select secret from second_factor")).scalar_one()
    assert phone.app.secret not in stored
    assert re.fullmatch(r"[0-9a-f]{8}:gAAAA[\w=-]+", stored)
    hashes = " ".join(db.execute(text("select code_hash from recovery_code")).scalars())
    assert not any(code in hashes for code in recovery)
    assert phone.app.secret not in repr(SecondFactor.of(cast.operator("ana.souza")).secret)


@pytest.mark.postgresql
def test_keys_rotate_and_old_codes_still_open(worker, ana, anonymous, clock, db):
    phone, _ = ana
    before = db.execute(text("select secret from second_factor")).scalar_one()
    done = worker.command("keys", "rotate")
    assert done.exit_code == 0, done.output
    db.expire_all()
    after = db.execute(text("select secret from second_factor")).scalar_one()
    assert before.partition(":")[0] != after.partition(":")[0]
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        assert browser.post("/entrar/codigo", {"passcode": phone.code()}).status == 303


def test_a_lost_key_says_what_to_do(ana, anonymous, clock, db, worker):
    phone, recovery = ana
    db.execute(text("update second_factor set secret = 'ffffffff:gAAAAABnada'"))
    with clock(NINE):
        browser = anonymous()
        browser.post("/entrar", ANA)
        answer = browser.post("/entrar/codigo", {"passcode": phone.code()})
        assert (answer.status, "não tem mais a chave" in answer.words) == (422, True)
        assert browser.post("/entrar/codigo", {"passcode": recovery[0]}).status == 303
        assert "second_factor.secret" in worker.command("check").output


def test_the_verbs_refuse_without_a_secret(db):
    from models.operators.second_factor import confirm, prove

    bruno = cast.operator("bruno.reis")
    with pytest.raises(Refused, match="venceu"):
        confirm(bruno, "123456")
    with pytest.raises(Refused, match="ainda não ligou"):
        prove(bruno, "123456")
