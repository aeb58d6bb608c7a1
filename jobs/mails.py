"""Mails that go: a notice with its document, and the code of somebody who enters the Central."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy.orm import undefer

from integrations.mail import MailRefused, Message
from models import clock
from models.base import db, read_only
from models.documents import Document
from models.notices import Notice
from models.operators import company_of
from models.people import Person, SubscriberCode
from models.people.subscriber_code import LIFE, new_code
from web.messages import written

Done = Callable[[], None]


class NotReady(Exception):
    """The document is still being printed; the mail goes with it, later."""


def send_notice(payload: dict[str, Any]) -> Done:
    """Hand a notice to the mail server. Refused for good, it is marked so; anything else is tried again later."""
    id = payload["notice_id"]
    with read_only():
        notice = db.session.get_one(Notice, id)
        waits, message = notice.status == "waiting", _message(notice)
    if not waits:
        return lambda: None
    try:
        current_app.extensions["mail"].send(message)
    except MailRefused:
        return lambda: db.session.get_one(Notice, id).failed()
    return lambda: db.session.get_one(Notice, id).sent()


def send_code(payload: dict[str, Any]) -> Done:
    """Mail a fresh code to somebody who asked for one; nobody, under number 0, gets none.

    The code stands in the mail alone, so a second try makes another one; too late, it makes none.
    """
    until = datetime.fromisoformat(payload["until"])
    with read_only():
        person = db.session.get(Person, payload["person_id"])
        address = person.contacts().get("email", "") if person else ""
        company = company_of(person) if person else None
        if not (person and company and address) or until <= clock.now():
            return lambda: None
        code, minutes = new_code(), int(LIFE.total_seconds()) // 60
        subject, body = written("code", person, company, code=code, minutes=minutes)
        notice = (person.id, person.company_id, address, subject, body.replace(code, "••••••"))
    try:
        current_app.extensions["mail"].send(Message(f"code-{uuid4().hex}", address, subject, body))
    except MailRefused:
        return lambda: Notice.write("code", *notice).failed()

    def keep() -> None:
        SubscriberCode.give(payload["person_id"], payload["browser"], code, until)
        Notice.write("code", *notice).sent()

    return keep


def _message(notice: Notice) -> Message:
    """The moment is in the key too: a database made anew counts its notices from 1 again."""
    key = f"notice-{notice.id}-{notice.created_at:%Y%m%d%H%M%S}"
    if notice.document_id is None:
        return Message(key, notice.address, notice.subject, notice.body)
    document = db.session.get_one(Document, notice.document_id, options=[undefer(Document.content)])
    if document.content is None:
        raise NotReady(document.label)
    return Message(key, notice.address, notice.subject, notice.body, document.content, f"{document.title}.pdf")
