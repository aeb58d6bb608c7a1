"""The hidden key of a drawn form: what was posted with it happens once, and a second post hears what became of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Id, changed, db, upsert
from models.refused import Refused

MISSING = "A página está incompleta. Recarregue e envie de novo."
ANOTHER = "Esta página já foi enviada com outros dados. Recarregue, confira o que está gravado e envie de novo."


class IdemKey(Base):
    """Written in the transaction of the act, so it stands if and only if the act does (B-04, decision 014)."""

    __tablename__ = "idem_key"

    id: Mapped[Id]
    principal: Mapped[str] = mapped_column(String(40))  # staff:3
    route: Mapped[str] = mapped_column(String(80))  # the endpoint
    key: Mapped[str] = mapped_column(String(36))
    body_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(
        String(500), default=""
    )  # where the first answer led; empty: it was a fragment
    created_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("principal", "route", "key", name="uq_idem_key_once"), KEPT_IDS)

    @classmethod
    def claim(cls, principal: str, route: str, key: str, body_hash: str) -> tuple[int, str | None]:
        """Its id and the address where the first answer led; None for the address: this is the first, the act is ours.

        Of many at once one gets it; the others wait for its transaction, and find the row or get it in their turn.
        Raises Refused without a key, and for a key that was used for something else.
        """
        try:
            key = str(uuid.UUID(key))
        except ValueError:
            raise Refused(MISSING) from None
        mine = {"principal": principal, "route": route, "key": key}
        row = {**mine, "body_hash": body_hash, "address": "", "created_at": clock.now()}
        new = db.session.scalar(upsert(cls).values(**row).on_conflict_do_nothing().returning(cls.id))
        if new is not None:
            return new, None
        known = db.session.scalars(select(cls).filter_by(**mine)).one()
        if known.body_hash != body_hash:
            raise Refused(ANOTHER)
        return known.id, known.address

    @classmethod
    def keep(cls, id: int, address: str | None) -> None:
        """Note where the answer leads, if anywhere. None: the act was refused after all, and the key may come back."""
        if address == "":
            return
        row = cls.id == id
        changed(delete(cls).where(row) if address is None else update(cls).where(row).values(address=address))
