"""Telephones and their orders, as the sectors would do it: for the tests and the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from models import clock
from models.base import db
from models.boards import BoardColumn, Card, launch, make
from models.history import Event
from models.operators import Department
from models.people import Person
from models.sales import Sale
from models.telephony import (
    Asked,
    OrderTerms,
    Pabx,
    PabxItem,
    UpgradeOrder,
    UpgradeRequest,
    Use,
    contracts_of,
    items_of,
    telephones,
)


def panel(person: Person) -> Pabx:
    """The panel of a customer's first telephone."""
    phone = telephones(person.id)[0]
    found = Pabx.of(phone.company_id, person.id)
    assert found
    return found


def items(person: Person, kind: str = "extension") -> list[PabxItem]:
    return items_of(panel(person).id, kind)


def put_to_use(person: Person, name: str, sector: str, device: str) -> None:
    """Its first free extension, and every outgoing channel."""
    first = next(row for row in items(person) if row.status == "free")
    first.put_to_use(Use("install", device=device, name=name, sector=sector))
    for channel in items(person, "outbound_channel"):
        if channel.status == "free":
            channel.put_to_use(Use())


def name_free(person: Person, name: str, sector: str) -> None:
    """What a free extension is called."""
    next(row for row in items(person) if row.status == "free").rename(name, sector)


def used_up(person: Person) -> None:
    """Every extension and channel in use, so that more of them has to be sold."""
    for row in items(person):
        if row.status == "free":
            row.put_to_use(Use("install", device="Yealink T31", name=row.name or "Fornos", sector="Produção"))
    for channel in items(person, "outbound_channel"):
        if channel.status == "free":
            channel.put_to_use(Use())


def asked(person: Person, kind: str = "extension", **more: Any) -> UpgradeRequest:
    """A request as it is taken on the telephone."""
    answers = {"extension": "device", "line": "advertised"}
    typed: dict[str, Any] = {"answer": answers.get(kind, ""), "intention_confirmed": kind == "line"}
    typed |= {"module": "Gravação"} if kind == "module" else {}
    return UpgradeRequest.register(person, [kind], **{**typed, **more})


def checked(request: UpgradeRequest, wanted: int, spare: Sequence[int] = ()) -> UpgradeRequest:
    """What the customer has was looked at; without `spare` they use all of it."""
    request.check(wanted, spare, "Eunice Martins", uses_all=not spare and bool(request.free_ones()))
    return request


def agreed(request: UpgradeRequest, cents: int = 2490) -> UpgradeRequest:
    request.agree("Eunice Martins", clock.today(), cents)
    return request


def terms(
    request: UpgradeRequest, names: Sequence[str] = (), starts_on: date | None = None, how: str = "install"
) -> OrderTerms:
    """What an order of this request says; a name for each extension."""
    quantity = request.to_sell
    names = names or [f"Ramal {at}" for at in range(1, quantity + 1)]
    wanted = [Asked(name, "Vendas", how) for name in names] if request.kind == "extension" else []
    return OrderTerms(
        quantity=quantity,
        contract_id=contracts_of(request)[0][0].id,
        unit_cents=request.agreed_cents,
        starts_on=starts_on or clock.today(),
        asked=wanted,
        line_number=request.line_number or "3732211000" if request.kind == "line" else "",
        donor=request.donor,
    )


def launched(
    person: Person, wanted: int = 2, kind: str = "extension", names: Sequence[str] = (), **more: Any
) -> tuple[Card, UpgradeOrder]:
    """From the call to the Planner, all by whoever acts: Comercial."""
    request = asked(person, kind, **more)
    if kind != "line":
        checked(request, wanted)
        request.forward()
    agreed(request)
    return launch(request, terms(request, names))


def launched_sending(person: Person, name: str) -> tuple[Card, UpgradeOrder]:
    """An order of one extension whose data are handed to the customer."""
    request = checked(asked(person), 1)
    request.forward()
    agreed(request)
    return launch(request, terms(request, [name], how="send_data"))


def column(key: str) -> BoardColumn:
    return BoardColumn.of(key)


def card(person: Person) -> Card:
    return db.session.scalars(select(Card).where(Card.person_id == person.id)).one()


def noted(row: Card, text: str = "Feito.") -> dict[int, str]:
    """A note for each order under way."""
    return {order.id: text for order in row.orders("open")}


def to_finance(row: Card) -> None:
    """Support's part: make, install, note, move."""
    for order in row.orders("open"):
        if order.has_extensions and not order.made_at:
            order.make()
        for item in order.unmarked():
            item.put_to_use(Use(item.procedure or "install", device="Yealink T31", sent_to="Eunice"))
    make(row, column("finance").id, row.version, noted(row, "Ramal criado e instalado no cliente."))


def to_done(row: Card) -> None:
    """Finance's part: adjust, note, move."""
    for order in row.orders("open"):
        if not order.adjusted_at:
            order.adjust()
    make(row, column("done").id, row.version, noted(row, "Contrato ajustado conforme upgrade."))


def told(*rows: Any) -> list[str]:
    """What history tells of these rows, oldest first."""
    mine = [(Event.subject_type == row.__tablename__) & (Event.subject_id == row.id) for row in rows]
    return list(db.session.scalars(select(Event.action).where(or_(*mine)).order_by(Event.id)))


def bought(person: Person) -> Pabx:
    """A telephone of its own for somebody who has none yet."""
    from tests import cast  # which needs this file itself

    with cast.by("ana.souza"):
        sale = Sale.start_for(person)
        where = {"address_id": person.addresses()[0].id, "same_billing": True}
        offer = cast._offer("Telefone fixo 2 ramais", "ana.souza")
        cast._answer(sale, where, offer, {**cast._billing(5), "separate_invoice": True})
    return panel(person)


def own_column(name: str, after: str = "orders", sector: str = "Suporte") -> BoardColumn:
    """A column of the house's own, behind one of the procedure."""
    department = db.session.scalars(select(Department).where(Department.name == sector)).one()
    row = BoardColumn(name=name, department_id=department.id)
    row.place_after(column(after).id)
    row.create()
    return row
