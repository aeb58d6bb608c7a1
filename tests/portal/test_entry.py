"""Entering the Central with a CPF or CNPJ (C-102, D-11, decisions 009 and 010)."""

import pytest
from sqlalchemy import func, select

from models.history import Event
from models.operators import LoginSession, Throttle
from tests import cast

ENTRY, UNKNOWN = "/central/entrar", "11144477735"
NEUTRAL = "Não conseguimos entrar com este número"


def enter(visitor, document, **more):
    return visitor.post(ENTRY, {"document": document}, **more)


@pytest.mark.feature("C-102")
@pytest.mark.parametrize(
    "typed",
    ["52998224725", "529.982.247-25", " 529 982 247 25 ", "21.456.789/0001-60", "21456789000160"],
)
def test_document_of_a_customer_enters(typed, anonymous):
    phone = anonymous("portal")
    page = phone.get(ENTRY)
    assert [button.text.strip() for button in page.page.select("main button")] == ["Login"]
    assert page.page.find("label", string="Seu CPF")
    answer = enter(phone, typed)
    assert (answer.status, answer.location) == (303, "/central/")
    assert "Serviços" in phone.follow(answer).words

    stranger = anonymous("portal")
    refused = enter(stranger, UNKNOWN)
    assert refused.status == 200
    assert NEUTRAL in refused.words
    assert stranger.cookie() is None
    for _ in range(4):
        assert enter(stranger, UNKNOWN).status == 200
    assert enter(stranger, UNKNOWN).status == 429


def test_entering_is_written_down_and_the_cookie_is_short(anonymous, db):
    phone = anonymous("portal")
    answer = enter(phone, cast.RITA)
    [cookie] = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("central=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie
    row = db.scalars(select(Event).where(Event.action == "person.signed_in")).one()
    assert (row.person_id, row.actor_kind, row.channel, row.ip) == (cast.rita().id, "subscriber", "portal", "127.0.0.1")
    assert db.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first().level == "weak"


def test_refusals_look_and_work_alike(anonymous, db, count_queries):
    """Unknown, without the rule, a former customer, one who entered too often: words, status and statements."""
    cast.service(cast.ze()).move_to("cancelled")
    db.commit()
    for _ in range(11):
        enter(anonymous("portal"), cast.MARIA)
    seen = []
    for document in (UNKNOWN, cast.MAR_AZUL, cast.ZE, cast.MARIA):
        db.execute(Throttle.__table__.delete().where(Throttle.key.notlike("central-cpf:%")))
        phone = anonymous("portal")
        phone.token()
        with count_queries() as queries:
            answer = enter(phone, document)
        statements = [text for text in queries if "FROM person" not in text or "company" in text]  # not the re-read
        words = answer.words.replace(document, "")
        seen.append((answer.status, words, len(answer.page.find_all()), statements))
    assert all(one == seen[0] for one in seen)
    assert seen[0][0] == 200


def test_former_customer_with_another_service_enters(anonymous, db):
    cast.service(cast.sol(), "Telefone fixo 2 ramais").move_to("cancelled")
    assert enter(anonymous("portal"), cast.SOL).status == 303


def test_rule_of_the_company_decides(anonymous, db):
    assert enter(anonymous("portal"), cast.MAR_AZUL).status == 200  # Serra Azul has no entry by CPF
    assert enter(anonymous("portal"), cast.COOPERATIVE).status == 303  # TODAS has rules of its own
    cast.vale_claro().portal_entry = ""
    assert enter(anonymous("portal"), cast.RITA).status == 200
    assert enter(anonymous("portal"), cast.COOPERATIVE).status == 303
    cast.serra_azul().portal_entry = "cpf_only"
    assert enter(anonymous("portal"), cast.MAR_AZUL).status == 303


@pytest.mark.parametrize("typed", ["", "123", "5299822472", "abc"])
def test_what_is_no_document_is_not_counted(typed, anonymous, db):
    phone = anonymous("portal")
    for _ in range(7):
        answer = enter(phone, typed)
    assert answer.status == 422
    assert "Digite os 11 números do CPF" in answer.errors()["document"]
    assert db.scalar(select(func.count()).select_from(Throttle)) == 0


def test_wrong_documents_from_one_address(anonymous, clock):
    with clock("2026-11-23 10:01"):
        for _ in range(5):
            assert enter(anonymous("portal"), UNKNOWN).status == 200
        answer = enter(anonymous("portal"), cast.RITA)
        assert (answer.status, answer.headers["Retry-After"]) == (429, str(14 * 60))
        assert "Tente de novo hoje às 10:15" in answer.words
        assert answer.page.select_one('a[href="tel:08000001234"]')
        assert answer.page.select_one('a[href="https://wa.me/553730001234"]')
        other = anonymous("portal")
        assert enter(other, cast.RITA, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status == 303
    with clock("2026-11-23 10:15"):
        assert enter(anonymous("portal"), cast.RITA).status == 303


def test_wrong_documents_of_a_day(anonymous, clock):
    for quarter in ("10:00", "10:15", "10:30", "10:45"):
        with clock(f"2026-11-23 {quarter}"):
            for _ in range(5):
                assert enter(anonymous("portal"), UNKNOWN).status == 200
    with clock("2026-11-23 11:00"):
        assert enter(anonymous("portal"), cast.RITA).status == 429


def test_entries_of_one_document(anonymous, clock):
    with clock("2026-11-23 10:00"):
        for _ in range(10):
            assert enter(anonymous("portal"), cast.RITA).status == 303
        assert enter(anonymous("portal"), cast.RITA).status == 200


@pytest.mark.slow
def test_after_too_many_wrong_ones_the_birth_date_is_asked_too(anonymous, clock, db):
    """From everywhere together; then the document alone opens to nobody until the hour turns (decision 009)."""
    with clock("2026-11-23 10:20"):
        for number in range(60):
            enter(anonymous("portal"), UNKNOWN, environ_base={"REMOTE_ADDR": f"10.1.{number}.1"})
        for document in (cast.RITA, UNKNOWN, cast.RITA):  # to be asked does not open the door again
            phone = anonymous("portal")
            answer = enter(phone, document, environ_base={"REMOTE_ADDR": "10.9.9.9"})
            assert (answer.status, answer.h1) == (200, "Confirme que é você")
            assert phone.cookie() is None
        answered = enter_with(phone, {**answer.form(), "birth_date": "22/05/1958"})
        assert answered.status == 303
        assert enter(anonymous("portal"), cast.RITA).h1 == "Confirme que é você"
    assert db.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first().level == "proved"
    with clock("2026-11-23 11:00"):
        assert enter(anonymous("portal"), cast.RITA).status == 303


def test_next_leads_back_inside_the_central_only(anonymous):
    phone = anonymous("portal")
    answer = phone.follow(phone.get("/central/servicos"))
    assert "Sua sessão terminou" not in answer.words  # nobody had been here before
    assert enter_with(phone, answer.form()).location == "/central/servicos"
    for target in ("//evil.example", "/clientes", "https://evil.example", "/central/nada"):
        assert enter_with(anonymous("portal"), {"next": target}).location == "/central/"


def enter_with(visitor, values):
    return visitor.post(ENTRY, {**values, "document": cast.RITA})


@pytest.mark.parametrize(("minutes", "step"), [(11, 11), (30, 5)])
def test_session_ends(minutes, step, anonymous, clock):
    """Ten minutes without use, thirty in all; then the entry says so, and htmx is sent there by a header."""
    phone = anonymous("portal")
    with clock("2026-11-23 10:00"):
        enter(phone, cast.RITA)
    for passed in range(step, minutes, step):
        with clock(f"2026-11-23 10:{passed:02}"):
            assert phone.get("/central/servicos").status == 200
    with clock(f"2026-11-23 10:{minutes}"):
        answer = phone.get("/central/servicos")
        assert (answer.status, answer.location) == (303, "/central/entrar?next=/central/servicos")
        assert "Sua sessão terminou. Entre de novo." in phone.follow(answer).words
        swapped = phone.post("/central/servicos/1/desbloqueio-em-confianca", htmx=True)
        assert (swapped.status, swapped.location) == (401, ENTRY)
        assert "Sua sessão terminou. Entre de novo." in phone.get(ENTRY).words


def test_leaving(central):
    phone = central("rita")
    token = phone.cookie().value
    answer = phone.post("/central/sair")
    assert (answer.status, answer.location) == (303, ENTRY)
    assert "Sua sessão terminou" not in phone.follow(answer).words
    phone.http.set_cookie("central", token)
    assert phone.get("/central/").status == 303


def test_a_stricter_rule_holds_for_whoever_is_inside(central, db):
    weak, proved = central("rita"), central("rita", level="proved")
    company = cast.vale_claro()
    company.portal_entry = "cpf_birth"
    db.commit()
    assert weak.get("/central/").status == 303
    assert proved.get("/central/").status == 200
    company.portal_entry = ""
    db.commit()
    assert proved.get("/central/").status == 303


def test_a_good_answer_nobody_was_asked_for_gives_nothing_back(anonymous, clock):
    with clock("2026-11-22 10:00"):
        answers = []
        for number in range(5):
            wrong, own = anonymous("portal"), anonymous("portal")
            answers.append(wrong.post("/central/entrar", {"document": f"1000000{number:04}"}).status)
            own.post("/central/entrar", {"document": cast.RITA, "birth_date": "22/05/1958"})
        assert anonymous("portal").post("/central/entrar", {"document": "20000000000"}).status == 429
    assert answers == [200] * 5
