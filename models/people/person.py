"""A person, natural (PF) or legal (PJ). One CPF or CNPJ, one person, in the whole installation (C-04)."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.banking import has_letters
from models.base import Base, Id, db, insert_all
from models.history import track
from models.operators import LoginSession
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.people.address import Address
from models.people.contact import KINDS as CONTACTS
from models.people.contact import Contact, contact_errors, digits
from models.people.listed import Origin, PersonGroup, PersonTag, Tag
from models.people.person_part import add_parts, keep_parts
from models.people.tax_id import cleaned, refusal_to_tax_id
from models.refused import Refused
from models.scope import OfCompany
from models.wording import ended, tidy

PERSON_KINDS = {"individual": "Pessoa Física", "organization": "Pessoa Jurídica"}
CONTACT_TITLES = {"mobile": "celular", "phone": "telefone", "email": "e-mail"}
DETAILS = {
    "name": "nome",
    "trade_name": "nome fantasia",
    "state_registration": "inscrição estadual",
    "contact_person": "pessoa de contato",
    "rg": "RG",
    "birth_date": "nascimento",
    "group_id": "grupo",
    "origin_id": "origem",
}

ONLY_OF = {
    "individual": ("birth_date", "rg"),
    "organization": ("trade_name", "state_registration", "contact_person"),
}


def called(kind: str, name: str, trade_name: str, contact_person: str) -> str:
    """`Person.called` of somebody of whom only these are at hand."""
    somebody = name if kind == "individual" else contact_person
    return somebody.split(maxsplit=1)[0] if somebody else trade_name or name


class Person(Versioned, OfCompany, Base):
    __tablename__ = "person"
    stale = "Este cadastro mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(12))
    document: Mapped[str] = mapped_column(String(14), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    trade_name: Mapped[str] = mapped_column(String(120), default="")
    state_registration: Mapped[str] = mapped_column(String(20), default="")
    contact_person: Mapped[str] = mapped_column(String(80), default="")
    rg: Mapped[str] = mapped_column(String(20), default="")
    birth_date: Mapped[date | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("person_group.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("origin.id"))
    search_text: Mapped[str] = mapped_column(String(300))
    since: Mapped[date]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("kind in ('individual','organization')", name="kind"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("document <> ''", name="document"),
        Index("ix_person_search_text", "search_text"),
        Index("ix_person_company_id_search_text", "company_id", "search_text"),
    )

    @property
    def label(self) -> str:
        return f"cliente {self.id}"  # history names persons by number, so that it can forget their names

    @property
    def called(self) -> str:
        """What a letter calls them: a person by the first name, an organization by who answers for it or its name."""
        return called(self.kind, self.name, self.trade_name, self.contact_person)

    @classmethod
    def register(
        cls, details: dict[str, Any], contacts: dict[str, str], company_id: int, sale_id: int | None = None
    ) -> Person:
        """Add a person with contacts, in a sale or without one.

        Raises Refused with the fields at fault, or when the document exists. Of two registrations at once the UNIQUE of
        the document lets one through (C-04).
        """
        errors = person_errors(details, contacts)
        if errors:
            raise Refused(errors=errors)
        now, since = clock.now(), clock.today(zone_by_id(company_id))
        person = cls(company_id=company_id, since=since, created_at=now, version=1, **details)
        person.document = cleaned(person.document)
        person._index_name()
        try:
            with db.session.begin_nested():
                db.session.add(person)
        except IntegrityError as error:
            raise already_registered(details["document"], details["kind"]) from error
        person._add_contacts(contacts)
        telephones = (digits(contacts.get(kind) or "") for kind in CONTACTS if kind != "email")
        add_parts(person.id, person.search_text.split(), telephones, new=True)
        track("person.created", person, person_id=person.id, company_id=company_id, sale=sale_id)
        return person

    def set_contacts(self, contacts: dict[str, str]) -> None:
        db.session.execute(delete(Contact).where(Contact.person_id == self.id))
        self._add_contacts(contacts)
        self.index_parts()

    def _add_contacts(self, contacts: dict[str, str]) -> None:
        typed = {kind: (contacts.get(kind) or "").strip() for kind in CONTACTS}
        values = {kind: value.lower() if kind == "email" else digits(value) for kind, value in typed.items() if value}
        insert_all(Contact, [{"person_id": self.id, "kind": kind, "value": value} for kind, value in values.items()])

    def change_details(self, details: dict[str, Any], contacts: dict[str, str], version: int) -> None:
        """Change the record. Raises Refused with the fields at fault, Stale when it changed meanwhile (X-18)."""
        details = {**details, "kind": self.kind, "document": self.document}
        errors = person_errors(details, contacts) | self._list_errors(details)
        if errors:
            raise Refused(errors=errors)
        self._change(details, contacts, version)

    def document_errors(self, typed: str, kind: str) -> dict[str, str]:
        """What is wrong with a document typed for this record, by field."""
        if kind not in PERSON_KINDS:
            return {"kind": "Escolha Pessoa Física ou Pessoa Jurídica."}
        if refusal := refusal_to_tax_id(typed, kind):
            return {"document": refusal}
        if cleaned(typed) == self.document:
            return {"document": "Este já é o documento do cadastro. Escreva o certo, ou volte."}
        if kind == "individual" and len(self.name.split()) < 2:
            return {"kind": "Antes, escreva o nome e o sobrenome em Dados, Editar."}
        return {}

    def correct_document(self, typed: str, kind: str, reason: str, version: int) -> None:
        """Replace the CPF or CNPJ; with another kind, what only the former has goes. Every session of the person ends.

        Of two who register and correct at once the UNIQUE of the document lets one through. Raises Refused, Stale.
        Asked for by models/changes, which knows whether anything was contracted.
        """
        if errors := self.document_errors(typed, kind):
            raise Refused(errors=errors)
        if find_by_document(typed):
            raise already_registered(typed, kind)
        self.take(version)
        was, before = {"kind": self.kind, **self._record()}, self.document
        try:
            with db.session.begin_nested():
                if kind != self.kind:
                    self._forget_what_is_of_the_other_kind(kind)
                self.kind, self.document = kind, cleaned(typed)
                self.index_parts()
        except IntegrityError as error:
            raise already_registered(typed, kind) from error
        LoginSession.revoke_all("subscriber", self.id)
        now = {"kind": self.kind, **self._record()}
        changed = [key for key in now if now[key] != was[key]]
        track(
            "person.document_corrected",
            self,
            person_id=self.id,
            company_id=self.company_id,
            reason=reason,
            before_document=before,
            after_document=self.document,
            before={key: was[key] for key in changed},
            after={key: now[key] for key in changed},
        )

    def _forget_what_is_of_the_other_kind(self, kind: str) -> None:
        for name in ONLY_OF[self.kind]:
            setattr(self, name, None if name == "birth_date" else "")
        self._index_name()

    def change_contacts(self, contacts: dict[str, str], version: int) -> None:
        """Change only how to reach the person, as a subscriber may. Raises as change_details does."""
        errors = contact_errors(contacts)
        if errors:
            raise Refused(errors=errors)
        self._change({}, contacts, version)

    def _change(self, details: dict[str, Any], contacts: dict[str, str], version: int) -> None:
        self.take(version)
        was = self._record()
        for key in DETAILS:
            if key in details:
                setattr(self, key, details[key])
        self._index_name()
        self.set_contacts(contacts)
        db.session.flush()
        self._record_change(was, self._record())

    def _record(self) -> dict[str, Any]:
        """The record as history keeps it: by field, contacts too."""
        values = {key: getattr(self, key) for key in DETAILS} | dict.fromkeys(CONTACTS, "") | self.contacts()
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    def _record_change(self, was: dict[str, Any], now: dict[str, Any]) -> None:
        changed = [key for key in now if was[key] != now[key]]
        if changed:
            track(
                "person.details_changed",
                self,
                person_id=self.id,
                company_id=self.company_id,
                changes=", ".join((DETAILS | CONTACT_TITLES)[key] for key in changed),
                before={key: was[key] for key in changed},
                after={key: now[key] for key in changed},
            )

    def _list_errors(self, details: dict[str, Any]) -> dict[str, str]:
        """Group and origin must be in use, or be the ones the person has already."""
        errors = {}
        for field, table in (("group_id", PersonGroup), ("origin_id", Origin)):
            wanted = details.get(field)
            if wanted is not None and wanted != getattr(self, field) and wanted not in _in_use(table):
                errors[field] = "Escolha um item da lista."
        return errors

    def contacts(self) -> dict[str, str]:
        return dict(db.session.execute(_contacts(), {"person": self.id}).all())

    def set_tags(self, tag_ids: list[int], version: int | None = None) -> None:
        """Put exactly these tags on the person (C-111). Raises Stale, Refused for one that does not exist."""
        self.require_version(version)
        has = set(db.session.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == self.id)))
        wanted = set(tag_ids)
        if not wanted <= _in_use(Tag) | has:
            raise Refused("Escolha etiquetas da lista.", field="tags")
        if wanted == has:
            return
        self.take()
        db.session.execute(delete(PersonTag).where(PersonTag.person_id == self.id))
        db.session.add_all(PersonTag(person_id=self.id, tag_id=id) for id in sorted(wanted))
        names = ", ".join(db.session.scalars(select(Tag.name).where(Tag.id.in_(wanted)).order_by(Tag.name)))
        track("person.tags_changed", self, person_id=self.id, company_id=self.company_id, tags=names or "nenhuma")

    def add_tag(self, tag_id: int, version: int) -> None:
        """Put one tag more on the person; harmless when it has it. Raises as set_tags does."""
        self.require_version(version)  # before its tags are read
        has = list(db.session.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == self.id)))
        self.set_tags([*has, tag_id])

    def reveal_document(self) -> str:
        """The whole CPF or CNPJ; that it was seen is written down."""
        track("person.document_read", self, person_id=self.id, company_id=self.company_id)
        return self.document

    def addresses(self) -> list[Address]:
        return list(db.session.scalars(select(Address).where(Address.person_id == self.id).order_by(Address.id)))

    def index_parts(self) -> None:
        """Keep by what it is found now: its name, its telephones, the streets of its addresses.

        Every verb that changes one of them calls it, in its transaction; what is only added is added by `add_parts`.
        """
        db.session.flush()
        streets = db.session.scalars(select(Address.street).where(Address.person_id == self.id))
        words = f"{self.search_text} {searchable(' '.join(streets))}".split()
        keep_parts(self.id, words, (value for kind, value in self.contacts().items() if kind != "email"))

    def _index_name(self) -> None:
        self.search_text = searchable(f"{self.name} {self.trade_name}")[:300]


def searchable(text: str) -> str:
    """Lower case without accents: what names are found by (X-09)."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def person_errors(details: dict[str, Any], contacts: dict[str, str]) -> dict[str, str]:
    """What is missing or wrong in a typed record, by field (C-02, C-03)."""
    errors = {}
    kind = details.get("kind")
    if kind not in PERSON_KINDS:
        return {"kind": "Escolha Pessoa Física ou Pessoa Jurídica."}
    refusal = refusal_to_tax_id(details.get("document") or "", kind)
    if refusal:
        errors["document"] = refusal
    if len(tidy(details.get("name")).split()) < (2 if kind == "individual" else 1):
        errors["name"] = (
            "Escreva o nome e o sobrenome." if kind == "individual" else "Escreva a razão social, como está no CNPJ."
        )
    elif not has_letters(details["name"]):
        errors["name"] = "Escreva o nome com letras de A a Z: é assim que o boleto e o banco o mostram."
    born = details.get("birth_date")
    if born and not (date(1900, 1, 1) <= born <= clock.today()):
        errors["birth_date"] = "Confira o nascimento: a data não pode estar no futuro."
    return errors | contact_errors(contacts)


def find_by_document(typed: str) -> int | None:
    """The id of whoever has this CPF or CNPJ, in any company: only whether it exists may be said (C-04)."""
    known = select(Person.id).where(Person.document == cleaned(typed))
    return db.session.scalar(known.execution_options(every_company="one document, one person (C-04)"))


class Registered(Refused):
    """Somebody has this CPF or CNPJ already."""


def already_registered(typed: str, kind: str) -> Registered:
    """The refusal of a second registration, with a link when the person is in the operator's scope."""
    person = db.session.scalars(select(Person).where(Person.document == cleaned(typed))).first()
    name = "CPF" if kind == "individual" else "CNPJ"
    if person is None:
        return Registered(f"Este {name} já está cadastrado em outra empresa. Peça à supervisão.", field="document")
    sentence = f"{ended(f'Este {name} é de {person.name}')} Abra o cadastro ou use Adicionar Serviço."
    return Registered(sentence, field="document", fix=person)


def _in_use(table: Any) -> set[int]:
    return set(db.session.scalars(select(table.id).where(table.inactive_since.is_(None))))


@cache
def _contacts() -> Select[str, str]:
    return select(Contact.kind, Contact.value).where(Contact.person_id == bindparam("person"))
