"""The customer of a ticket is mailed of an answer once until they look, without its text (A-39, A-93)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock
from models.notices import Notice
from tests import asked, cast

MAIL = "ze@example.com"


@pytest.fixture
def row(db):
    """A request of Seu Zé, who has an e-mail, held by Bruno; nothing is told by itself."""
    person = cast.ze()
    person.set_contacts({**person.contacts(), "email": MAIL})
    row = asked.ask(person)
    row.notify_level = "none"
    with cast.by("bruno.reis"):
        row.claim()
    db.commit()
    return row


def answer(db, row, text, visibility="subscriber"):
    with cast.by("bruno.reis"):
        row.comment(text, visibility)
    db.commit()


def mails(db, worker, row, minutes=2):
    with clock.set_to(clock.now() + timedelta(minutes=minutes)):
        worker.drain()
    db.expire_all()
    mine = select(Notice).where(Notice.kind == "ticket", Notice.subject.contains(row.protocol)).order_by(Notice.id)
    return [mail for mail in db.scalars(mine) if "Resposta" in mail.subject]


def test_the_first_answer_is_mailed_without_its_text(db, worker, row):
    answer(db, row, "Vou olhar agora.")
    answer(db, row, "Só entre nós.", "internal")
    answer(db, row, "Achei o defeito.")
    assert mails(db, worker, row, minutes=0) == []  # whoever has the page open is given a minute
    [mail] = mails(db, worker, row)
    assert (mail.address, mail.subject) == (MAIL, f"Resposta no atendimento {row.protocol}")
    assert "Bruno respondeu para você." in mail.body
    for text in ("Vou olhar", "Só entre nós", "Achei", "Reis"):
        assert text not in mail.body
    assert mail.status == "sent"


def test_who_reads_it_in_the_central_gets_no_mail_and_the_next_answer_is_mailed(db, worker, row):
    answer(db, row, "Vou olhar agora.")
    asked.looked(row)
    db.commit()
    assert mails(db, worker, row) == []
    answer(db, row, "Achei o defeito.")
    assert len(mails(db, worker, row)) == 1


def test_without_an_address_nothing_is_written(db, worker):
    row = asked.ask(cast.rita())
    with cast.by("bruno.reis"):
        row.claim()
    answer(db, row, "Vou olhar agora.")
    assert mails(db, worker, row) == []


def test_the_end_asks_for_the_rating(db, worker, row):
    row.notify_level = "ends"
    with cast.by("bruno.reis"):
        row.close(cast.closing_classification(), None, ask_rating=True)
    db.commit()
    worker.drain()
    mine = select(Notice).where(Notice.subject == f"Seu atendimento {row.protocol}").order_by(Notice.id.desc())
    mail = db.scalars(mine).first()
    assert f"O atendimento {row.protocol} terminou." in mail.body
    assert "Conte como foi" in mail.body
