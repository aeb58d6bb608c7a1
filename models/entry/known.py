"""Who may enter the Central by a document, and who has shown more than a document (C-102, D-11)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, or_, select

from models import clock
from models.base import db
from models.operators import ENTRIES, Company
from models.operators.password import matches
from models.outbox import enqueue
from models.people import Contact, Person, SubscriberCode, SubscriberPassword
from models.people.subscriber_code import LIFE
from models.services import Service

NOBODY = 0  # the number of no person

# What may be asked: how history names it.
MEANS = {
    "birth_date": "a data de nascimento",
    "mobile": "o celular do cadastro",
    "password": "a senha",
    "code": "o código por e-mail",
}


@dataclass(frozen=True, repr=False)
class Known:
    """What the provider knows of a customer and a stranger does not. It is compared, never shown."""

    person_id: int
    company_id: int
    document: str
    rule: str
    birth_date: date | None
    mobile: str | None
    email: str | None
    password_hash: str | None

    def enters_alone(self, rules: set[str]) -> bool:
        """By the document, with nothing more asked."""
        return self.rule == "cpf_only" and self.rule in rules

    @property
    def owes_password(self) -> bool:
        return self.rule == "cpf_password" and not self.password_hash

    @property
    def questions(self) -> tuple[str, ...]:
        """What shows who they are, the first of them asked first.

        Whoever has chosen a password shows it by that alone; where the code is the rule, the record is only for
        those without an e-mail.
        """
        fact = fact_of(self.document)
        if self.password_hash:
            return ("password",)
        if not self.email:
            return (fact,)
        return ("code",) if self.rule == "cpf_code" else (fact, "code")

    @property
    def fact(self) -> str:
        """The digits of what the record knows; empty when it does not."""
        if fact_of(self.document) == "mobile":
            return self.mobile or ""
        return f"{self.birth_date:%d%m%Y}" if self.birth_date else ""

    @classmethod
    def by_document(cls, document: str) -> Known | None:
        """Whoever has this document and may enter at all; else None, after one and the same query.

        The rule is that of the person's company; for a person in TODAS that of Regras de TODAS. A former customer, all
        of whose services are cancelled, is not let in.
        """
        mine = select(Service.id).where(Service.person_id == Person.id)
        customer = or_(mine.where(Service.status != "cancelled").exists(), ~mine.exists())
        rows = _known().where(Person.document == document, Company.portal_entry.in_(ENTRIES), customer)
        row = db.session.execute(rows).first()
        return cls(**row._mapping) if row else None

    @classmethod
    def of(cls, person_id: int) -> Known:
        """Somebody who is inside already."""
        return cls(**db.session.execute(_known().where(Person.id == person_id)).one()._mapping)


def fact_of(document: str) -> str:
    """What the record is asked about: the birth date of a person; of a company, whose dates are public, the mobile."""
    return "mobile" if len(document) == 14 else "birth_date"


def rules_in_use(guarded: bool) -> set[str]:
    """The rules of all companies. `guarded`: nobody enters by the document alone, whatever the rule says."""
    rules = set(db.session.scalars(select(Company.portal_entry).where(Company.inactive_since.is_(None))))
    return {"cpf_birth" if guarded and rule == "cpf_only" else rule for rule in rules}


def question_after(document: str, rules: set[str]) -> str | None:
    """What is asked after a document; None when no company asks anything.

    It depends on the installation, never on the person, so that a stranger sees what a customer sees.
    """
    if "cpf_password" in rules:
        return "password"
    if "cpf_code" in rules:
        return "code"
    return fact_of(document) if "cpf_birth" in rules else None


def others(document: str, question: str) -> list[str]:
    """What may be asked instead, for everybody alike."""
    return [other for other in ("code", "password", fact_of(document)) if other != question]


def proves(known: Known | None, question: str, answer: str, browser: str) -> bool:
    """Does the answer show who it is? The same work for everybody. A try at a code is written: commit it."""
    accepted = known is not None and question in known.questions
    if question == "password":
        return matches(known.password_hash if known else None, answer)
    if question == "code":
        return SubscriberCode.use(known.person_id if known and accepted else NOBODY, browser, answer)
    fact = known.fact if known and accepted else ""
    return hmac.compare_digest(fact, answer) and fact != ""


def send_code(known: Known | None, browser: str) -> None:
    """Have a code mailed to whoever may show who they are by one; for anybody else the same work, and no mail."""
    to = known.person_id if known and "code" in known.questions else NOBODY
    until = (clock.now() + LIFE).isoformat()
    enqueue("send_code", uuid4().hex, {"person_id": to, "browser": browser, "until": until})


def _known() -> Select[*tuple[Any, ...]]:
    contact = {
        kind: select(Contact.value).where(Contact.person_id == Person.id, Contact.kind == kind).limit(1)
        for kind in ("mobile", "email")
    }
    return (
        select(
            Person.id.label("person_id"),
            Person.company_id,
            Person.document,
            Company.portal_entry.label("rule"),
            Person.birth_date,
            *(value.scalar_subquery().label(kind) for kind, value in contact.items()),
            SubscriberPassword.password_hash,
        )
        .join(Company, Company.id == Person.company_id)
        .outerjoin(SubscriberPassword, SubscriberPassword.person_id == Person.id)
    )
