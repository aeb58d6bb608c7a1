"""Showing who one is: the question at the entry, and Confirmar que é você (D-11, decision 010)."""

from unittest import mock

import pytest
from sqlalchemy import select

from models.history import Event
from models.operators import LoginSession, Throttle, password
from models.people import SubscriberPassword
from models.wording import tax_id
from tests import cast

ENTRY, CONFIRM, PASSWORD_PAGE = "/central/entrar", "/central/confirmar", "/central/conta/senha"
UNKNOWN, BORN, PASSWORD = "11144477735", "22/05/1958", "quintal-42-caju"
WRONG = "Não conseguimos entrar com estes dados"


@pytest.fixture
def rule(db):
    """`rule("cpf_birth")` for every company."""

    def set_rule(wanted):
        for company in (cast.vale_claro(), cast.serra_azul(), db.get(type(cast.vale_claro()), 0)):
            company.portal_entry = wanted
        db.commit()

    return set_rule


@pytest.fixture
def with_password(db):
    """Rita has chosen one."""
    SubscriberPassword.choose(cast.rita(), PASSWORD, "")
    db.commit()


def ask(visitor, document, **more):
    return visitor.post(ENTRY, {"document": document}, **more)


def answer(visitor, document, address="127.0.0.1", **given):
    return visitor.post(ENTRY, {"document": document, **given}, environ_base={"REMOTE_ADDR": address})


def last_session(db):
    return db.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first()


def actions(db, person):
    return list(db.scalars(select(Event.action).where(Event.person_id == person.id).order_by(Event.id.desc()).limit(3)))


@pytest.mark.feature("C-102")
@pytest.mark.parametrize("typed", ["22/05/1958", "22051958", "22/5/1958", " 22.05.1958 "])
def test_cpf_and_birth_date(typed, rule, anonymous, db):
    rule("cpf_birth")
    phone = anonymous("portal")
    page = ask(phone, "529.982.247-25")
    assert (page.status, page.h1, phone.cookie()) == (200, "Confirme que é você", None)
    entered = phone.post(ENTRY, {**page.form(), "birth_date": typed})
    assert (entered.status, entered.location) == (303, "/central/")
    assert "Rua das Acácias" in phone.get("/central/servicos").words
    assert last_session(db).level == "proved"
    assert actions(db, cast.rita())[:2] == ["person.proved", "person.signed_in"]


def test_cnpj_and_mobile(rule, anonymous):
    rule("cpf_birth")
    phone = anonymous("portal")
    page = ask(phone, cast.SOL)
    assert page.page.find("label", string="Celular do cadastro")
    assert phone.post(ENTRY, {**page.form(), "mobile": "(37) 98873-0022"}).status == 200
    assert phone.post(ENTRY, {**page.form(), "mobile": "(37) 98873-0021"}).status == 303


@pytest.mark.feature("C-102")
def test_cpf_and_password(rule, anonymous, db):
    """The first time the record answers, and a password is asked for; from then on only it opens."""
    rule("cpf_password")
    phone = anonymous("portal")
    page = ask(phone, cast.RITA)
    assert page.page.find("label", string="Sua senha")
    assert WRONG in phone.post(ENTRY, {**page.form(), "password": PASSWORD}).words
    other = phone.post(ENTRY, {"document": cast.RITA, "question": "birth_date"})
    entered = phone.post(ENTRY, {**other.form(), "birth_date": BORN})
    assert entered.location == PASSWORD_PAGE
    assert phone.post(PASSWORD_PAGE, {"password": PASSWORD, "again": PASSWORD}).status == 303

    phone = anonymous("portal")
    assert WRONG in answer(phone, cast.RITA, birth_date=BORN).words
    assert WRONG in answer(phone, cast.RITA, password="quintal-42-cajá").words
    entered = answer(phone, cast.RITA, password=PASSWORD)
    assert (entered.status, entered.location) == (303, "/central/")
    assert last_session(db).level == "proved"


def test_a_password_is_what_counts_under_every_rule(rule, anonymous, with_password):
    rule("cpf_birth")
    phone = anonymous("portal")
    page = ask(phone, cast.RITA)
    assert page.page.find("label", string="Sua data de nascimento")  # the page never says who has a password
    assert WRONG in phone.post(ENTRY, {**page.form(), "birth_date": BORN}).words
    switched = phone.post(ENTRY, {"document": cast.RITA, "question": "password"})
    assert phone.post(ENTRY, {**switched.form(), "password": PASSWORD}).status == 303


def _strangers(db, rule, wanted):
    """Documents that do not open, each for another reason."""
    rule(wanted)
    cast.maria().birth_date = None
    cast.service(cast.ze()).move_to("cancelled")
    cast.serra_azul().portal_entry = ""
    db.commit()
    return (UNKNOWN, cast.RITA, cast.MARIA, cast.ZE)


@pytest.mark.slow
@pytest.mark.parametrize("wanted", ["cpf_birth", "cpf_password"])
@pytest.mark.parametrize("given", [{"birth_date": "01/01/1990"}, {"password": "outra senha 77"}])
def test_strangers_and_customers_get_the_same_page_words_and_work(
    wanted, given, rule, anonymous, db, count_queries, with_password
):
    """Unknown, wrong answer, nothing on file, former customer: both pages, their statements and their hashes."""
    seen = []
    for document in _strangers(db, rule, wanted):
        db.execute(Throttle.__table__.delete())
        phone = anonymous("portal")
        phone.token()
        with count_queries() as queries, mock.patch.object(password, "_hasher", wraps=password._hasher) as hasher:
            asked = ask(phone, document)
            refused = answer(phone, document, **given)
        assert phone.cookie() is None
        written = tax_id(document)
        pages = [(page.status, page.words.replace(written, ""), len(page.page.find_all())) for page in (asked, refused)]
        seen.append((pages, hasher.verify.call_count, list(queries)))
    assert all(one == seen[0] for one in seen)
    assert seen[0][0][0][0] == seen[0][0][1][0] == 200
    assert seen[0][1] == (1 if "password" in given else 0)


def test_a_cnpj_is_asked_alike(rule, anonymous):
    rule("cpf_birth")
    pages = [ask(anonymous("portal"), document) for document in (cast.SOL, "11222333000181")]
    assert pages[0].words.replace("21.456.789/0001-60", "") == pages[1].words.replace("11.222.333/0001-81", "")


def test_where_companies_differ_a_stranger_is_asked_what_the_others_are(anonymous, db):
    """Vale Claro lets in by document alone, Serra Azul asks: who is asked may be anybody."""
    cast.serra_azul().portal_entry = "cpf_birth"
    db.commit()
    assert ask(anonymous("portal"), cast.RITA).status == 303
    for document in (UNKNOWN, cast.MAR_AZUL):
        assert ask(anonymous("portal"), document).h1 == "Confirme que é você"
    for _ in range(3):
        assert ask(anonymous("portal"), UNKNOWN).status == 200
    assert ask(anonymous("portal"), cast.RITA).status == 429  # else documents could be tried without end


def test_a_customer_who_answers_takes_back_what_was_counted(anonymous, db):
    cast.serra_azul().portal_entry = "cpf_birth"
    db.commit()
    for _ in range(8):
        phone = anonymous("portal")
        page = ask(phone, cast.MAR_AZUL)
        assert phone.post(ENTRY, {**page.form(), "mobile": "37996601122"}).status == 303


def test_switched_off_nobody_enters(rule, anonymous):
    rule("")
    assert answer(anonymous("portal"), cast.RITA, birth_date=BORN).status == 200
    assert answer(anonymous("portal"), cast.SOL, mobile="37988730021").status == 200


def test_an_answer_posted_directly_proves_too(anonymous, db):
    """Where the document alone is the rule nobody is asked, but an answer is an answer."""
    assert answer(anonymous("portal"), cast.RITA, birth_date=BORN).status == 303
    assert last_session(db).level == "proved"


@pytest.mark.parametrize(
    "given",
    [
        {"mobile": "37998120456"},  # hers, but not what a person is asked
        {"password": ""},
        {"password": "x" * 5000},
        {"birth_date": ""},
        {"birth_date": "ontem"},
        {"birth_date": "1958"},
        {"birth_date": "22/05/58"},
        {"birth_date": "22/05/1985"},
        {"birth_date": "２２/０５/１９５８"},
    ],
)
def test_forged_and_wrong_answers(given, rule, anonymous):
    rule("cpf_birth")
    phone = anonymous("portal")
    refused = answer(phone, cast.RITA, **given)
    assert refused.status in (200, 422)
    assert phone.cookie() is None


def test_what_cannot_be_read_is_not_counted(rule, anonymous, db):
    rule("cpf_birth")
    phone = anonymous("portal")
    for _ in range(7):
        refused = answer(phone, cast.RITA, birth_date="5/1958")
    assert refused.status == 422
    assert "Escreva dia, mês e ano" in refused.errors()["birth_date"]
    assert db.scalars(select(Throttle)).all() == []
    assert answer(phone, cast.RITA, password="").errors()["password"] == "Erro: Escreva a senha."


@pytest.mark.parametrize("document", [cast.RITA, UNKNOWN])
def test_five_wrong_answers_about_one_document(document, rule, anonymous, clock):
    """From wherever they come; a stranger's document waits as a customer's does."""
    rule("cpf_birth")
    with clock("2026-11-23 10:01"):
        for number in range(5):
            assert answer(anonymous("portal"), document, f"10.2.{number}.1", birth_date="01/01/1990").status == 200
        late = answer(anonymous("portal"), document, "10.2.9.1", birth_date=BORN)
        assert (late.status, late.headers["Retry-After"]) == (429, str(14 * 60))
        assert "Tente de novo hoje às 10:15" in late.words
    with clock("2026-11-23 10:15"):
        assert answer(anonymous("portal"), cast.RITA, birth_date=BORN).status == 303


@pytest.mark.slow
def test_twenty_wrong_answers_a_day(rule, anonymous, clock):
    rule("cpf_birth")
    for hour in range(8, 12):
        with clock(f"2026-11-23 {hour:02}:00"):
            for number in range(5):
                answer(anonymous("portal"), cast.RITA, f"10.{hour}.{number}.1", birth_date="01/01/1990")
    with clock("2026-11-23 12:00"):
        assert answer(anonymous("portal"), cast.RITA, "10.9.9.9", birth_date=BORN).status == 429


def test_guesses_side_by_side_do_not_slip_through(rule, anonymous, race):
    rule("cpf_birth")
    phones = [anonymous("portal") for _ in range(12)]
    for phone in phones:
        phone.token()
    answers = race(12, lambda i: answer(phones[i], cast.RITA, f"10.3.{i}.1", birth_date="01/01/1990"))
    assert sorted(one.status for one in answers) == [200] * 5 + [429] * 7


def test_good_answers_are_not_counted(rule, anonymous):
    rule("cpf_birth")
    for _ in range(8):
        assert answer(anonymous("portal"), cast.RITA, birth_date=BORN).status == 303


def test_the_other_question_and_the_way_on_are_kept(rule, anonymous):
    rule("cpf_birth")
    phone = anonymous("portal")
    page = phone.post(ENTRY, {"document": cast.RITA, "next": "/central/conta"})
    other = phone.post(ENTRY, {"document": cast.RITA, "next": "/central/conta", "question": "password"})
    assert page.form()["next"] == other.form()["next"] == "/central/conta"
    assert phone.post(ENTRY, {**page.form(), "birth_date": BORN}).location == "/central/conta"
    for target in ("//evil.example", "/clientes", "https://evil.example"):
        answered = answer(anonymous("portal"), cast.RITA, birth_date=BORN, next=target)
        assert answered.location == "/central/"


@pytest.mark.postgresql
def test_a_proved_session_lasts_half_an_hour_without_use(rule, anonymous, clock):
    rule("cpf_birth")
    phone = anonymous("portal")
    with clock("2026-11-23 10:00"):
        answer(phone, cast.RITA, birth_date=BORN)
    with clock("2026-11-23 10:29"):
        assert phone.get("/central/conta").status == 200
    with clock("2026-11-23 11:00"):
        assert phone.get("/central/conta").status == 303


# ---- from a session that is inside by the document alone


def test_what_needs_proof_asks_for_it_and_goes_on(central, db):
    phone = central("rita")
    before = phone.cookie().value
    answered = phone.get("/central/conta/contatos")
    assert (answered.status, answered.location) == (303, f"{CONFIRM}?next=/central/conta/contatos")
    page = phone.follow(answered)
    assert page.h1 == "Confirmar que é você"
    wrong = phone.post(CONFIRM, {**page.form(CONFIRM), "birth_date": "22/05/1959"})
    assert wrong.status == 422
    assert "ou fale com a gente" in wrong.errors()["birth_date"]
    assert phone.cookie().value == before
    confirmed = phone.post(CONFIRM, {**wrong.form(CONFIRM), "birth_date": BORN})
    assert (confirmed.status, confirmed.location) == (303, "/central/conta/contatos")
    assert "(37) 99812-0456" in str(phone.follow(confirmed).form())
    assert phone.cookie().value != before  # nobody who knew the old one is taken along
    old = central("rita")
    old.http.set_cookie("central", before)
    assert old.get("/central/").status == 303
    assert actions(db, cast.rita())[0] == "person.proved"
    assert phone.get(f"{CONFIRM}?next=/central/servicos").location == "/central/servicos"
    assert phone.post(CONFIRM, {"next": "/central/servicos"}).location == "/central/servicos"


def test_a_post_that_needs_proof_writes_nothing(central, db):
    phone = central("rita")
    for path in ("/central/conta/contatos", PASSWORD_PAGE, "/central/conta/aparelhos/encerrar"):
        refused = phone.post(path, {"mobile": "37999990000", "password": PASSWORD, "again": PASSWORD})
        assert (refused.status, refused.location) == (303, CONFIRM)
        swapped = phone.post(path, htmx=True)
        assert (swapped.status, swapped.location) == (401, CONFIRM)
    assert cast.rita().contacts()["mobile"] == "37998120456"
    assert SubscriberPassword.of(cast.rita()) is None


def test_without_a_birth_date_on_file_the_words_are_the_same(central, db):
    cast.ze().birth_date = None
    db.commit()
    seen = []
    for who in ("ze", "maria"):
        phone = central(who)
        asked = phone.get(CONFIRM)
        refused = phone.post(CONFIRM, {"birth_date": "01/01/1990"})
        seen.append([page.words.replace("José", "").replace("Maria", "") for page in (asked, refused)])
    assert seen[0] == seen[1]


def test_whoever_has_a_password_confirms_with_it(central, with_password):
    phone = central("rita")
    assert phone.get(CONFIRM).page.find("label", string="Sua senha")
    assert phone.post(CONFIRM, {"birth_date": BORN}).status == 422
    assert phone.post(CONFIRM, {"password": "quintal"}).status == 422
    assert phone.post(CONFIRM, {"password": PASSWORD}).status == 303


def test_a_company_confirms_with_its_mobile(central):
    phone = central("sol")
    assert phone.get(CONFIRM).page.find("label", string="Celular do cadastro")
    assert phone.post(CONFIRM, {"mobile": "37988730021"}).status == 303


def test_confirming_waits_after_five_wrong_answers(central, clock):
    with clock("2026-11-23 10:01"):
        phone = central("rita")
        for _ in range(5):
            assert phone.post(CONFIRM, {"birth_date": "01/01/1990"}).status == 422
        late = phone.post(CONFIRM, {"birth_date": BORN})
        assert late.status == 429
        assert late.headers["Retry-After"] == str(14 * 60)


def test_next_stays_inside(central):
    for target in ("//evil.example", "/clientes", "/central/nada"):
        confirmed = central("rita").post(CONFIRM, {"birth_date": BORN, "next": target})
        assert confirmed.location == "/central/"
