"""Conta at level proved: the record, contacts, password, devices (D-11, X-18)."""

import pytest
from sqlalchemy import select

from models.central.devices import words
from models.history import Event
from models.operators import LoginSession
from models.people import SubscriberPassword
from tests import cast

ACCOUNT, CONTACTS, PASSWORD_PAGE, DEVICES = (
    "/central/conta",
    "/central/conta/contatos",
    "/central/conta/senha",
    "/central/conta/aparelhos",
)
CLOSE = f"{DEVICES}/encerrar"
PASSWORD = "quintal-42-caju"


@pytest.fixture
def rita(central, db):
    """Her phone, after she has shown who she is."""
    return central("rita", level="proved")


def sessions(db, person):
    """Open ones."""
    mine = select(LoginSession).where(LoginSession.kind == "subscriber", LoginSession.principal_id == person.id)
    return list(db.scalars(mine.where(LoginSession.revoked_at.is_(None)).execution_options(populate_existing=True)))


def event(db, action):
    return db.scalars(select(Event).where(Event.action == action).order_by(Event.id.desc())).first()


def test_the_record_with_a_masked_cpf(rita):
    page = rita.get(ACCOUNT)
    assert page.page.h2.text == "Rita Aparecida Moreira"
    for said in ("***.982.247-**", "(37) 99812-0456", "não informado", "Criar uma senha", "30 minutos"):
        assert said in page.words
    assert cast.RITA not in page.html
    assert page.form("/central/sair") == {}


def test_the_cnpj_of_a_company_is_whole(central):
    assert "21.456.789/0001-60" in central("sol", level="proved").get(ACCOUNT).words


def test_contacts_are_changed_and_staff_see_it(rita, staff, db):
    form = rita.get(CONTACTS).form()
    assert form["mobile"] == "(37) 99812-0456"
    saved = rita.post(CONTACTS, {**form, "mobile": "(37) 98888-7777", "email": " Rita@Exemplo.example "})
    assert (saved.status, saved.location) == (303, ACCOUNT)
    page = rita.follow(saved)
    assert "Contatos gravados" in page.words
    assert "(37) 98888-7777" in page.words
    assert cast.rita().contacts() == {"mobile": "37988887777", "email": "rita@exemplo.example"}
    told = event(db, "person.details_changed")
    assert (told.actor_kind, told.channel, told.person_id) == ("subscriber", "portal", cast.rita().id)
    assert told.data["changes"] == "celular, e-mail"
    assert told.data["before"] == {"mobile": "37998120456", "email": ""}
    history = staff("ana.souza").get(f"/clientes/{cast.rita().id}/historicos").words
    assert "alterou o cadastro: celular, e-mail" in history
    assert "Central do Assinante" in history


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("mobile", "", "Escreva o celular com DDD"),
        ("mobile", "3732214321", "Escreva o celular com DDD"),
        ("phone", "123", "Escreva o telefone com DDD"),
        ("email", "rita@", "Confira o e-mail"),
        ("email", "r" * 130 + "@exemplo.example", "Use no máximo 120 caracteres"),
    ],
)
def test_contacts_are_checked_as_staff_are(field, typed, sentence, rita, db):
    refused = rita.post(CONTACTS, {**rita.get(CONTACTS).form(), field: typed})
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert refused.form()[field] == typed
    assert cast.rita().contacts() == {"mobile": "37998120456"}


def test_contacts_of_somebody_who_was_faster_stay(rita, staff, db):
    form, path = rita.get(CONTACTS).form(), f"/clientes/{cast.rita().id}/dados/editar"
    ana = staff("ana.souza")
    assert ana.post(path, {**ana.get(path).form(path), "phone": "3732214321"}).status == 303
    refused = rita.post(CONTACTS, {**form, "mobile": "37988887777"})
    assert refused.status == 409
    assert "Este cadastro mudou depois" in refused.words
    assert refused.page.select_one(f'main a[href="{CONTACTS}"]')
    assert cast.rita().contacts() == {"mobile": "37998120456", "phone": "3732214321"}
    for forged in ({"mobile": "37988887777", "version": ""}, {**form, "version": "x"}, {**form, "version": "9" * 30}):
        assert rita.post(CONTACTS, forged).status in (409, 422)


@pytest.mark.postgresql
def test_nobody_changes_another(rita, db):
    """The form names nobody: whatever is sent along, it is one's own record."""
    form = {**rita.get(CONTACTS).form(), "mobile": "37988887777", "person_id": str(cast.ze().id), "name": "Outra"}
    assert rita.post(CONTACTS, form).status == 303
    assert cast.ze().contacts()["mobile"] == "37991004567"
    assert cast.rita().name == "Rita Aparecida Moreira"


# ---- password


def choose(visitor, password, present=None, again=None):
    return visitor.post(PASSWORD_PAGE, {"present": present, "password": password, "again": again or password})


def test_a_password_ends_the_other_sessions(rita, central, db):
    other = central("rita", level="proved")
    assert "Senha atual" not in rita.get(PASSWORD_PAGE).words
    saved = choose(rita, PASSWORD)
    assert (saved.status, saved.location) == (303, ACCOUNT)
    assert "Mudar a senha" in rita.follow(saved).words
    assert other.get(ACCOUNT).status == 303
    assert len(sessions(db, cast.rita())) == 1
    told = event(db, "person.password_set")
    assert (told.person_id, told.actor_kind, told.data) == (cast.rita().id, "subscriber", {})
    assert PASSWORD not in SubscriberPassword.of(cast.rita()).password_hash


@pytest.mark.postgresql
def test_to_change_it_one_must_know_it(rita, db):
    choose(rita, PASSWORD)
    for present in (None, "", "outra frase qualquer"):
        refused = choose(rita, "varanda-77-pitanga", present)
        assert refused.status == 422
        assert "A senha atual não confere" in refused.errors()["present"]
    assert choose(rita, "varanda-77-pitanga", PASSWORD).status == 303
    assert choose(rita, PASSWORD, PASSWORD).status == 422


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Use ao menos 8 caracteres"),
        ("caju-42", "Use ao menos 8 caracteres"),
        ("12345678", "fácil de adivinhar"),
        ("internet1", "fácil de adivinhar"),
        ("moreira-42-caju", "Não use na senha seu nome"),
        (cast.RITA, "Não use na senha seu nome"),
        ("22051958", "Não use na senha seu nome"),
        ("529982247", "Não use na senha seu nome"),
        ("tel 998120456", "Não use na senha seu nome"),
        ("caju37998120456", "Não use na senha seu nome"),
        ("caju " * 30, "Use no máximo 128"),
    ],
)
def test_passwords_that_are_easily_guessed(password, sentence, rita, db):
    refused = choose(rita, password)
    assert refused.status == 422
    assert sentence in refused.errors()["password"]
    assert SubscriberPassword.of(cast.rita()) is None


def test_the_two_must_be_the_same(rita, db):
    refused = choose(rita, PASSWORD, again="quintal-42-cajá")
    assert "As duas senhas são diferentes" in refused.errors()["again"]
    assert SubscriberPassword.of(cast.rita()) is None


def test_only_wrong_present_passwords_are_counted(central, clock):
    with clock("2026-11-23 10:01"):
        rita = central("rita", level="proved")
        choose(rita, PASSWORD)
        for _ in range(7):
            assert choose(rita, "curta", PASSWORD).status == 422
        for _ in range(5):
            assert choose(rita, "varanda-77-pitanga", "errada").status == 422
        late = choose(rita, "varanda-77-pitanga", PASSWORD)
        assert (late.status, late.headers["Retry-After"]) == (429, str(14 * 60))


@pytest.mark.postgresql
def test_staff_remove_a_forgotten_password(rita, staff, central, db):
    choose(rita, PASSWORD)
    ana, path = staff("ana.souza"), f"/clientes/{cast.rita().id}/dados"
    page = ana.get(path)
    assert "Tem senha desde" in page.words
    removal = f"/clientes/{cast.rita().id}/senha-da-central/remover"
    done = ana.post(removal, page.form(removal))
    assert (done.status, done.location) == (303, path)
    assert "Tem senha desde" not in ana.get(path).words
    assert rita.get(ACCOUNT).status == 303
    assert event(db, "person.password_removed").actor_kind == "operator"
    assert central("rita").post("/central/confirmar", {"birth_date": "22/05/1958"}).status == 303
    refused = ana.post(removal)
    assert refused.status == 422
    assert "não tem senha da Central" in refused.words


def test_who_may_remove_it(rita, staff, db):
    choose(rita, PASSWORD)
    removal = f"/clientes/{cast.rita().id}/senha-da-central/remover"
    assert staff("wagner.luis").post(removal).status == 403
    assert staff("celia.prado").post(removal).status == 404
    assert "Remover senha" not in staff("wagner.luis").get(f"/clientes/{cast.rita().id}/dados").words
    assert SubscriberPassword.of(cast.rita())


# ---- devices


def test_devices_are_listed_and_closed(rita, central, db, clock):
    other, stranger = central("rita"), central("ze", level="proved")
    page = rita.get(DEVICES)
    assert len(page.page.select("main section")) == 2
    assert page.words.count("Este aparelho") == 1
    assert "só com o CPF ou CNPJ" in page.words
    closed = rita.post(CLOSE, page.form(CLOSE))
    assert (closed.status, closed.location) == (303, DEVICES)
    assert "saiu da Central" in rita.follow(closed).words
    assert other.get("/central/").status == 303
    assert rita.get(ACCOUNT).status == 200
    assert stranger.get(ACCOUNT).status == 200


def test_all_the_others_are_closed_at_once(rita, central, db):
    others = [central("rita"), central("rita", level="proved")]
    stranger = central("ze")
    assert "Tirar os outros" in rita.get(DEVICES).words
    assert rita.post(CLOSE).status == 303
    assert [other.get("/central/").status for other in others] == [303, 303]
    assert rita.get(DEVICES).status == stranger.get("/central/").status == 200
    assert "Tirar os outros" not in rita.get(DEVICES).words


def test_a_session_of_somebody_else_is_a_404(rita, central, db):
    stranger = central("ze")
    theirs = sessions(db, cast.ze())[-1].id
    for id in (str(theirs), "0", "x", "9" * 30, ""):
        assert rita.post(CLOSE, {"device": id}).status == 404
    assert stranger.get("/central/").status == 200


def test_sessions_that_are_over_are_not_listed(central, clock):
    with clock("2026-11-23 09:00"):
        central("rita")
    with clock("2026-11-23 10:00"):
        assert len(central("rita", level="proved").get(DEVICES).page.select("main section")) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-A15) Chrome/131.0 Mobile Safari/537.36", "Celular Android, Chrome"),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/27 Chrome/125 Safari/537",
            "Celular Android, Samsung Internet",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18 Safari/604", "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131 Safari/537 Edg/131", "Computador Windows, Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Computador Linux, Firefox"),
        ("curl/8", "Outro aparelho"),
        ("", "Outro aparelho"),
    ],
)
def test_devices_in_words(agent, said):
    assert words(agent) == said
