"""Where a service is installed and where its invoices go (C-29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Mapped

from models.base import db, lock
from models.people.address import Address, address_errors, address_values
from models.refused import Refused, Stale
from models.services.status import Moves

if TYPE_CHECKING:
    from models.services.service import Service

PLACES = {"installation": "da instalação", "billing": "de cobrança"}
ASK = "Este endereço é também de {others}. Diga se a mudança vale para todos."


class HasPlaces(Moves):
    """An address may serve several services of a person; a change says whether it is for all of them."""

    if TYPE_CHECKING:
        person_id: Mapped[int]
        address_id: Mapped[int]
        billing_address_id: Mapped[int]

    def address(self, place: str) -> Address:
        id = self.address_id if place == "installation" else self.billing_address_id
        return db.session.scalars(select(Address).where(Address.id == id)).one()

    def sharing(self, place: str) -> list[Service]:
        """The customer's other services, not cancelled, that stand at the same address."""
        id, service = self.address(place).id, type(self)
        here = or_(service.address_id == id, service.billing_address_id == id)
        others = select(service).where(here, service.id != self.id, service.status != "cancelled")
        return list(db.session.scalars(others.order_by(service.id)))  # type: ignore[arg-type]

    def change_address(self, place: str, typed: dict[str, str], everywhere: bool | None, seen: str) -> None:
        """Correct an address of this service, here alone or in every service that shares it.

        `seen` is the address as the person was shown it. Raises Refused with the fields at fault, for an address
        that others share when `everywhere` says nothing, and Stale when it changed meanwhile (X-18).
        """
        lock(self)  # type: ignore[type-var]
        was = lock(self.address(place))
        if was.text != seen:
            raise Stale("Outra pessoa mudou este endereço enquanto você escrevia. Confira o que está gravado.")
        values, errors = address_values(typed), address_errors(typed)
        others = self.sharing(place)
        if others and everywhere is None:
            errors["everywhere"] = ASK.format(others=" e de ".join(other.label for other in others))
        if errors:
            raise Refused(errors=errors)
        before = was.text
        now = self._corrected(was, values, place, alone=bool(others) and not everywhere)
        if now.text != before:
            self.tell(
                "service.address_changed", plan=self.plan_name, place=PLACES[place], before=before, after=now.text
            )

    def _corrected(self, was: Address, values: dict[str, str], place: str, *, alone: bool) -> Address:
        """The same row rewritten, or a new one for this service when the old one stays with somebody."""
        apart = place == "billing" and self.address_id == was.id
        if not (alone or apart):
            for key, value in values.items():
                setattr(was, key, value)
            db.session.flush()
            return was
        row = Address(person_id=self.person_id, **values)
        db.session.add(row)
        db.session.flush()
        if place == "installation":
            self.address_id = row.id
        if place == "billing" or self.billing_address_id == was.id:
            self.billing_address_id = row.id
        db.session.flush()
        return row
