"""Where a service is installed and where its invoices go (C-29)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import or_, select
from sqlalchemy.orm import Mapped

from models.base import db, lock
from models.people.address import Address, address_errors, address_values
from models.people.person import Person
from models.refused import Refused
from models.services.status import Moves

PLACES = {"installation": "da instalação", "billing": "de cobrança"}
COLUMNS = {"installation": "address_id", "billing": "billing_address_id"}
ASK = "Este endereço é também de {others}. Diga se a mudança vale para todos."


class HasPlaces(Moves):
    """An address may serve several services of a person; a change says whether it is for all of them."""

    if TYPE_CHECKING:
        person_id: Mapped[int]
        address_id: Mapped[int]
        billing_address_id: Mapped[int]

        @property
        def label(self) -> str: ...
        def require_version(self, version: int | None) -> None: ...
        def take(self, version: int | None = None, **values: Any) -> None: ...

    def address(self, place: str) -> Address:
        return db.session.scalars(select(Address).where(Address.id == getattr(self, COLUMNS[place]))).one()

    def sharing(self, place: str) -> list[Self]:
        """The customer's other services, not cancelled and of the acting companies, that have this very address."""
        service = type(self)
        column = getattr(service, COLUMNS[place])
        others = select(service).where(column == self.address(place).id, service.id != self.id)
        return list(db.session.scalars(others.where(service.status != "cancelled").order_by(service.id)))

    def change_address(self, place: str, typed: dict[str, str], everywhere: bool | None, version: int) -> None:
        """Correct an address of this service, here alone or in every service that shares it.

        Raises Refused with the fields at fault, for an address that others share when `everywhere` says nothing, and
        Stale when the service changed since whoever acts was shown this version of it (X-18, B-05).
        """
        self.require_version(version)
        was = lock(self.address(place))
        values, errors = address_values(typed), address_errors(typed)
        others = self.sharing(place)
        if others and everywhere is None:
            errors["everywhere"] = ASK.format(others=" e de ".join(other.label for other in others))
        if errors:
            raise Refused(errors=errors)
        before = was.whole
        movers = [self, *others] if everywhere else [self]
        now = self._corrected(was, values, place, movers)
        db.session.get_one(Person, self.person_id).index_parts()
        if now.whole != before:
            for mover in movers:
                mover.take()
            facts = {"place": PLACES[place], "before": before, "after": now.whole}
            self.record("service.address_changed", plan=self.plan_name, **facts)

    def _corrected(self, was: Address, values: dict[str, str], place: str, movers: Sequence[HasPlaces]) -> Address:
        """The same row rewritten; or, when it stays with somebody, a new one for those that move.

        Billing goes along with the installation while both are one. Who stays is asked of every company.
        """
        alike = ("address_id", "billing_address_id") if place == "installation" else ("billing_address_id",)
        moved = {(mover.id, name) for mover in movers for name in alike if getattr(mover, name) == was.id}
        table = type(self).__table__  # type: ignore[attr-defined]
        columns = ("address_id", "billing_address_id")
        who_stays = select(table).where(or_(*(table.c[name] == was.id for name in columns)))
        users = db.session.execute(who_stays.execution_options(every_company="an address is never moved from anybody"))
        standing = {(row.id, name) for row in users for name in columns if getattr(row, name) == was.id}
        if standing <= moved:
            for key, value in values.items():
                setattr(was, key, value)
            db.session.flush()
            return was
        row = Address(person_id=self.person_id, **values)
        db.session.add(row)
        db.session.flush()
        for mover in movers:
            for name in alike:
                if (mover.id, name) in moved:
                    setattr(mover, name, row.id)
        db.session.flush()
        return row
