"""Entering with a code from one's e-mail: six digits, ten minutes, one browser, and the same for a stranger (D-11)."""

from __future__ import annotations

import email
import email.policy
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from integrations.mail import FakeMail, MailUnavailable
from models import clock as now
from models.base import db as base
from models.history import Event
from models.notices import Notice
from models.operators import LoginSession, Throttle
from models.outbox import Effect
from models.people import SubscriberCode, SubscriberPassword
from models.wording import tax_id
from tests import cast

ENTRY, CONFIRM = "/central/entrar", "/central/confirmar"
UNKNOWN = "11144477735"
WRONG = "Não conseguimos entrar com estes dados"
MAIL = "rita@exemplo.example"


@pytest.fixture
def rule(db, worker):
    """The code is the rule everywhere, and Rita has an e-mail."""
    worker.drain()
    for company in (cast.vale_claro(), cast.serra_azul(), db.get(type(cast.vale_claro()), 0)):
        company.portal_entry = "cpf_code"
    with_mail(db, cast.rita())


@pytest.fixture
def inbox(app, tmp_path, worker):
    """The worker sends, and the newest code is read from the mail."""
    before = app.extensions["mail"]
    app.extensions["mail"] = FakeMail(tmp_path, app.config["MAIL_SENDER"])

    def newest() -> str:
        worker.drain()
        mails = sorted(tmp_path.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mail = email.message_from_bytes(mails[-1].read_bytes(), policy=email.policy.default)
        assert mail["To"] == MAIL
        return re.search(r"Seu código é (\d{6})\b", mail.get_content())[1]

    newest.folder = tmp_path
    yield newest
    app.extensions["mail"] = before


def with_mail(db, person, address=MAIL):
    person.set_contacts({**person.contacts(), "email": address})
    db.commit()


def ask(visitor, document=cast.RITA):
    return visitor.post(ENTRY, {"document": document})


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.mark.usefixtures("rule")
@pytest.mark.feature("C-102")
def test_the_code_of_the_mail_opens(anonymous, inbox, db):
    phone = anonymous("portal")
    page = ask(phone)
    assert (page.status, page.h1, phone.cookie()) == (200, "Confirme que é você", None)
    assert page.page.find("label", string="Código que mandamos por e-mail")
    assert "Se não chegar em alguns minutos" in page.words
    code = inbox()
    entered = phone.post(ENTRY, {**page.form(), "code": f" {code[:3]} {code[3:]} "})
    assert (entered.status, entered.location) == (303, "/central/")
    assert db.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first().level == "proved"
    proved = db.scalars(select(Event).where(Event.action == "person.proved")).one()
    assert proved.data["means"] == "o código por e-mail"


@pytest.mark.usefixtures("rule")
def test_it_is_worth_one_entry_and_only_the_last(anonymous, inbox):
    phone = anonymous("portal")
    page = ask(phone)
    first = inbox()
    phone.post(ENTRY, {**page.form(f"{ENTRY}"), "question": "code"})
    second = inbox()
    if first != second:
        assert WRONG in phone.post(ENTRY, {"document": cast.RITA, "code": first}).words
    assert phone.post(ENTRY, {"document": cast.RITA, "code": second}).status == 303
    again = anonymous("portal")
    assert WRONG in again.post(ENTRY, {"document": cast.RITA, "code": second}).words


@pytest.mark.usefixtures("rule")
def test_it_is_bound_to_the_browser_that_asked(anonymous, inbox):
    ask(anonymous("portal"))
    code = inbox()
    other = anonymous("portal")
    assert WRONG in other.post(ENTRY, {"document": cast.RITA, "code": code}).words
    assert other.cookie() is None


@pytest.mark.usefixtures("rule")
def test_it_lives_ten_minutes(anonymous, inbox):
    phone = anonymous("portal")
    ask(phone)
    code = inbox()
    with now.set_to(now.now() + timedelta(minutes=11)):
        assert WRONG in phone.post(ENTRY, {"document": cast.RITA, "code": code}).words


@pytest.mark.usefixtures("rule")
def test_five_wrong_tries_are_the_end_of_it(anonymous, inbox, db):
    phone = anonymous("portal")
    ask(phone)
    code = inbox()
    for _ in range(5):
        assert WRONG in phone.post(ENTRY, {"document": cast.RITA, "code": wrong(code)}).words
    db.execute(Throttle.__table__.delete())  # whatever else counts tries
    assert WRONG in phone.post(ENTRY, {"document": cast.RITA, "code": code}).words
    assert db.scalars(select(SubscriberCode)).one().tries == 5


@pytest.mark.usefixtures("rule")
def test_side_by_side_five_guesses_and_no_more_are_compared(app, anonymous, inbox, db, race):
    """Twelve wrong ones at once: the tries are counted by the row itself."""
    phone = anonymous("portal")
    ask(phone)
    inbox()
    whose = db.execute(select(SubscriberCode.person_id, SubscriberCode.browser_hash)).one()

    def guess(index):
        with app.app_context():
            found = SubscriberCode.use(*whose, f"no{index}")
            base.session.commit()
            return found

    assert race(12, guess) == [False] * 12
    db.expire_all()
    assert db.scalars(select(SubscriberCode)).one().tries == 5


@pytest.mark.parametrize("document", [cast.RITA, UNKNOWN])
@pytest.mark.usefixtures("rule")
def test_three_an_hour_for_a_customer_and_for_a_stranger(document, anonymous, clock):
    with clock("2026-11-23 10:01"):
        for _ in range(3):
            assert ask(anonymous("portal"), document).status == 200
        late = ask(anonymous("portal"), document)
    assert (late.status, late.h1) == (429, "Muitas tentativas seguidas")


@pytest.mark.usefixtures("rule")
def test_a_stranger_sees_the_same_and_costs_the_same(anonymous, db, count_queries, worker, inbox):
    """Rita; no customer; no e-mail; a password instead: the page, the statements, a task for the worker each."""
    SubscriberPassword.choose(cast.maria(), "quintal-42-caju", "")
    with_mail(db, cast.maria(), "maria@exemplo.example")
    seen = []
    for document in (cast.RITA, UNKNOWN, cast.ZE, cast.MARIA):
        db.execute(Throttle.__table__.delete())
        db.commit()
        phone = anonymous("portal")
        phone.token()
        with count_queries() as queries:
            asked = ask(phone, document)
            refused = phone.post(ENTRY, {"document": document, "code": "000000"})
        pages = [
            (page.status, page.words.replace(tax_id(document), ""), len(page.page.find_all()))
            for page in (asked, refused)
        ]
        seen.append((pages, list(queries)))
    assert all(one == seen[0] for one in seen)
    assert len(db.scalars(select(Effect).where(Effect.kind == "send_code")).all()) == 4
    worker.drain()
    assert len(list(inbox.folder.glob("*.eml"))) == 1
    assert len(db.scalars(select(SubscriberCode)).all()) == 1


@pytest.mark.usefixtures("rule")
def test_the_code_is_nowhere_but_in_the_mail(anonymous, inbox, db, staff):
    ask(anonymous("portal"))
    code = inbox()
    row = db.scalars(select(Notice).where(Notice.kind == "code")).one()
    assert (row.status, row.address) == ("sent", MAIL)
    effect = db.scalars(select(Effect).where(Effect.kind == "send_code")).one()
    kept = [row.subject, row.body, json.dumps(effect.payload), effect.key]
    kept += [str(value) for value in db.execute(select(SubscriberCode.__table__)).one()]
    kept += [json.dumps(event.data) for event in db.scalars(select(Event).where(Event.person_id == row.person_id))]
    assert not [text for text in kept if re.search(rf"\b{code}\b", text)]
    assert code not in staff("ana.souza").get(f"/clientes/{row.person_id}/avisos").words


@pytest.mark.usefixtures("rule")
def test_with_the_rule_the_birth_date_is_not_enough_but_for_those_without_e_mail(anonymous):
    phone = anonymous("portal")
    assert WRONG in phone.post(ENTRY, {"document": cast.RITA, "birth_date": "22/05/1958"}).words
    other = phone.post(ENTRY, {"document": cast.ZE, "question": "birth_date"})
    assert phone.post(ENTRY, {**other.form(), "birth_date": "30/01/1971"}).status == 303


@pytest.mark.usefixtures("rule")
def test_a_dead_mail_server_changes_no_page(app, anonymous, monkeypatch, worker, db):
    def dead(_):
        raise MailUnavailable("ConnectionRefusedError")

    monkeypatch.setattr(app.extensions["mail"], "send", dead)
    page = ask(anonymous("portal"))
    assert page.status == 200
    assert "Se não chegar em alguns minutos" in page.words
    worker.drain()
    effect = db.scalars(select(Effect).where(Effect.kind == "send_code")).one()
    assert (effect.state, effect.attempts) == ("ready", 1)
    with now.set_to(now.now() + timedelta(minutes=11)):
        monkeypatch.undo()
        worker.drain()
    db.expire_all()
    assert effect.state == "done"
    assert db.scalars(select(Notice).where(Notice.kind == "code")).all() == [], "too late, no code"


@pytest.mark.usefixtures("rule")
def test_an_address_that_does_not_exist_is_told_to_staff(anonymous, worker, db, staff):
    with_mail(db, cast.rita(), "rita@empresa.invalid")
    ask(anonymous("portal"))
    worker.drain()
    assert db.scalars(select(SubscriberCode)).all() == []
    assert "Não entregue" in staff("ana.souza").get(f"/clientes/{cast.rita().id}/avisos").words


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６"])
@pytest.mark.usefixtures("rule")
def test_what_is_no_code_is_not_a_try(typed, anonymous, inbox, db):
    phone = anonymous("portal")
    ask(phone)
    inbox()
    refused = phone.post(ENTRY, {"document": cast.RITA, "code": typed})
    assert refused.status == 422
    assert refused.errors()["code"].endswith("Escreva os 6 números do código.")
    assert db.scalars(select(SubscriberCode)).one().tries == 0


# ---- from inside: Confirmar que é você


@pytest.mark.postgresql
def test_the_code_is_offered_to_confirm_where_there_is_an_e_mail(central, db, worker, inbox):
    worker.drain()
    assert "Receber um código" not in central("rita").get(CONFIRM).words
    with_mail(db, cast.rita())
    phone = central("rita")
    page = phone.get(f"{CONFIRM}?next=/central/faturas/pagas")
    assert "Receber um código por e-mail" in page.words
    assert db.scalars(select(Effect).where(Effect.kind == "send_code")).all() == [], "a page that is opened sends none"
    asked = phone.post(CONFIRM, {"question": "code", "next": "/central/faturas/pagas"})
    assert asked.page.find("label", string="Código que mandamos por e-mail")
    code = inbox()
    refused = phone.post(CONFIRM, {**asked.form(), "code": wrong(code)})
    assert (refused.status, refused.h1) == (422, "Confirmar que é você")
    assert db.scalars(select(SubscriberCode)).one().tries == 1
    entered = phone.post(CONFIRM, {**asked.form(), "code": code})
    assert (entered.status, entered.location) == (303, "/central/faturas/pagas")


def test_a_code_of_somebody_else_confirms_nobody(central, db, worker, inbox):
    """Zé has one mailed to Rita from his own browser, where he is inside."""
    worker.drain()
    with_mail(db, cast.rita())
    with_mail(db, cast.ze(), "ze@exemplo.example")
    phone = central("ze")
    ask_code = {"document": cast.RITA, "question": "code"}
    assert phone.post(ENTRY, ask_code).status == 200
    assert phone.post(CONFIRM, {"code": inbox()}).status == 422
