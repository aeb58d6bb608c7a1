"""An offer: an edition of a plan as it was made public. It never changes; whatever the public buys makes a new one.

Every service keeps the offer it was sold with, and its code stands on the contract and on the invoices (B-18).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, case, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Cents, Id, db
from models.operators.company import Company
from models.scope import OfCompany
from models.wording import listed

INDEXES = {"IST": "IST, o índice dos serviços de telecomunicações", "IPCA": "IPCA", "IGP-M": "IGP-M"}
LEAST_MONTHS = 12  # between two readjustments (Res. Anatel 765/2023)
PUBLIC_YEARS = 3  # an offer that ended stays public (the same)
LETTERS = frozenset("ABCDEFGHJKMNPQRSTUVWXYZ")  # without I, L and O, which read as digits
IN_FORCE = "ended_on is null"  # the condition of the index, the same words on both databases


class PublicTerms(NamedTuple):
    """What the public buys: a change of any of it makes a new edition (decision 036). Money in cents a month."""

    company_id: int
    name: str
    technology: str
    download_mbps: int
    upload_mbps: int
    extensions: int
    outbound_channels: int
    price_cents: int
    items: list[list[Any]]  # kind, name, cents
    installation_fee_cents: int | None  # None: agreed at the sale
    loyalty_months: int
    benefit: str
    benefit_cents: int
    readjust_index: str
    readjust_months: int


CHANGES = {
    "company_id": "a empresa",
    "name": "o nome",
    "technology": "a tecnologia",
    "download_mbps": "o download",
    "upload_mbps": "o upload",
    "extensions": "os ramais",
    "outbound_channels": "os canais de saída",
    "price_cents": "o preço",
    "items": "a composição",
    "installation_fee_cents": "a taxa de instalação",
    "loyalty_months": "a fidelidade",
    "benefit": "o benefício",
    "benefit_cents": "o valor do benefício",
    "readjust_index": "o índice do reajuste",
    "readjust_months": "os meses até o reajuste",
}


class Offer(OfCompany, Base):
    __tablename__ = "offer"

    id: Mapped[Id]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="SET NULL"))  # None: it was removed
    edition: Mapped[int]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    technology: Mapped[str] = mapped_column(String(10))
    download_mbps: Mapped[int]
    upload_mbps: Mapped[int]
    extensions: Mapped[int]
    outbound_channels: Mapped[int]
    price_cents: Mapped[Cents]
    items: Mapped[list[list[Any]]] = mapped_column(JSON)
    installation_fee_cents: Mapped[Cents | None]
    loyalty_months: Mapped[int]
    benefit: Mapped[str] = mapped_column(String(120))
    benefit_cents: Mapped[Cents]
    readjust_index: Mapped[str] = mapped_column(String(10))
    readjust_months: Mapped[int]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]  # the last day it was offered

    __table_args__ = (
        UniqueConstraint("plan_id", "edition"),
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("price_cents > 0", name="price_cents"),
        CheckConstraint(f"readjust_months >= {LEAST_MONTHS}", name="readjust_months"),
        CheckConstraint(f"readjust_index in {tuple(INDEXES)!r}", name="readjust_index"),
        CheckConstraint("ended_on is null or ended_on >= valid_from", name="ended_on"),
        CheckConstraint("ended_on is not null or plan_id is not null", name="removed"),
        Index(
            "uq_offer_in_force",
            "plan_id",
            unique=True,
            sqlite_where=text(IN_FORCE),
            postgresql_where=text(IN_FORCE),
        ),
        Index("ix_offer_ended_on", "ended_on"),
    )

    @property
    def terms(self) -> PublicTerms:
        return PublicTerms(*(getattr(self, name) for name in PublicTerms._fields))

    @property
    def is_phone(self) -> bool:
        return self.technology == "phone"

    def is_public(self, on: date) -> bool:
        """In force, or ended no longer than three years before this day of its company."""
        return self.ended_on is None or self.ended_on >= public_since(on)

    @classmethod
    def publish(cls, plan_id: int, terms: PublicTerms, on: date) -> bool:
        """The edition of a plan from this day on, unless the one in force says the same; whoever calls holds the plan.

        The one before ends the same day. Answers whether there is a new edition. None begins before the one before it
        ended, though the day may go back: the zone of its company moved west.
        """
        last = cls.last_of(plan_id)
        if last and last.ended_on is None and last.terms == terms:
            return False
        cls.end(plan_id, on)
        edition = last.edition + 1 if last else 1
        name = db.session.get_one(Company, terms.company_id).name
        since = max(on, last.ended_on) if last and last.ended_on else on
        row = cls(plan_id=plan_id, edition=edition, code=code_of(name, plan_id, edition), valid_from=since)
        for field, value in terms._asdict().items():
            setattr(row, field, value)
        db.session.add(row)
        db.session.flush()
        return True

    @classmethod
    def end(cls, plan_id: int, on: date) -> None:
        """The edition in force, if any, ends on this day, or on its first: the only thing that ever changes of it."""
        last_day = case((cls.valid_from > on, cls.valid_from), else_=on)
        ending = update(cls).where(cls.plan_id == plan_id, cls.ended_on.is_(None)).values(ended_on=last_day)
        db.session.execute(ending.execution_options(synchronize_session="fetch"))

    @classmethod
    def last_of(cls, plan_id: int) -> Offer | None:
        """The newest edition of a plan, ended or not."""
        mine = select(cls).where(cls.plan_id == plan_id).order_by(cls.edition.desc()).limit(1)
        return db.session.scalars(mine).first()

    @classmethod
    def editions(cls, plan_id: int) -> Sequence[Offer]:
        """Every edition of a plan, the newest first."""
        return db.session.scalars(select(cls).where(cls.plan_id == plan_id).order_by(cls.edition.desc())).all()


def code_of(company: str, plan_id: int, edition: int) -> str:
    """'VC2-3': two letters of the company, the plan, its edition. The number of a plan is never given again.

    Always two letters and then digits, and no letter that reads as one: it can be said on the telephone.
    """
    plain = unicodedata.normalize("NFKD", company.upper())
    words = ["".join(letter for letter in word if letter in LETTERS) for word in plain.split()]
    letters = [*(word[0] for word in words if word), *chain(*(word[1:] for word in words[:1])), "X", "X"]
    return f"{''.join(letters[:2])}{plan_id}-{edition}"


def public_since(on: date) -> date:
    """An offer that ended before this day is public no more on `on`."""
    year = on.year - PUBLIC_YEARS
    return date(year, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def changed_words(before: int, now: int) -> str:
    """What two editions say differently: 'a fidelidade e o benefício'. Empty when they say the same."""
    old, new = (db.session.get_one(Offer, id).terms for id in (before, now))
    return listed([words for field, words in CHANGES.items() if getattr(old, field) != getattr(new, field)])


def code_by_id(offer_id: int) -> str:
    """The code that papers print for what a service was sold with."""
    return db.session.execute(select(Offer.code).where(Offer.id == offer_id)).scalar_one()
