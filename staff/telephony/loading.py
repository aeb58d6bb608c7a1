"""The request, the panel and the customer of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from flask import render_template, url_for
from sqlalchemy import select

from models.base import db
from models.contracts import Contract
from models.people import Person
from models.services import Service
from models.telephony import KINDS, PabxItem, UpgradeRequest, count, last_change_of, panel_of
from staff.loading import load_row
from web.differences import told
from web.forms import Form

F = TypeVar("F", bound=Form)

ASKS, HAS, AGREES, ORDERS = "O que o cliente quer", "O que já tem", "Acordo", "Pedido"
STEPS = (ASKS, HAS, AGREES, ORDERS)


def load_request(id: int) -> UpgradeRequest:
    return load_row(UpgradeRequest, id)


def load_item(id: int) -> tuple[PabxItem, Person]:
    """An item of a panel, and whose it is."""
    row = load_row(PabxItem, id)
    service = load_row(Service, row.service_id)
    return row, load_row(Person, service.person_id)


def edits(form: F, row: UpgradeRequest, now: Callable[[], F] | None = None) -> F:
    """The form carries the version of its request; a 409 says who was faster, also who launched it."""
    return form.edits(row, now, who=lambda: told(last_change_of(row)))


def panel_facts(panel: Mapping[str, Sequence[PabxItem]]) -> list[tuple[str, str]]:
    """The Painel PABX in few words, for a rail."""
    counts = {kind: count(rows) for kind, rows in panel.items()}
    extensions, channels, modules = (counts[kind] for kind in ("extension", "outbound_channel", "module"))
    return [
        ("Ramais contratados", str(extensions.contracted)),
        ("Em uso", str(extensions.in_use)),
        ("A instalar", str(extensions.to_install or "")),
        ("Livres", str(extensions.free)),
        ("Em pedido", str(extensions.on_order or "")),
        ("Canais de saída", f"{channels.contracted}, {channels.in_use} em uso" if channels.contracted else "nenhum"),
        ("Módulos", f"{modules.contracted}, {modules.in_use} em uso" if modules.contracted else "nenhum"),
    ]


def page(template: str, request: UpgradeRequest, step: str = "", **values: Any) -> str:
    """A page of a request: every one knows its customer, their panel and the step it stands at."""
    person = load_row(Person, request.person_id)
    return render_template(
        template,
        asked=request,
        kind=KINDS[request.kind],
        person=person,
        facts=panel_facts(panel_of(person.id, request.company_id)),
        **steps_of(step, request),
        **values,
    )


def steps_of(step: str, request: UpgradeRequest | None = None) -> dict[str, Any]:
    """The steps as components/wizard.html draws them, with the number of this one; a line skips what there is."""
    order = [title for title in STEPS if not (request and request.is_line and title == HAS)]
    at = order.index(step) if step else 0
    done = url_for("staff.upgrade_requests.show", id=request.id) if request else None
    drawn = [
        {"label": title, "state": "done" if n < at else "current" if n == at else "next", "href": done}
        for n, title in enumerate(order)
    ]
    return {"steps": drawn, "step_words": f"Passo {at + 1} de {len(order)}."}


class Telephone(NamedTuple):
    """A telephone of a customer, with the number of its contract in force."""

    service: Service
    contract: int | None

    @property
    def words(self) -> str:
        return f"{self.service.plan_name}, contrato nº {self.contract}" if self.contract else self.service.plan_name


def telephones_of(person_id: int) -> list[Telephone]:
    """Those that are not cancelled, oldest first, in one question."""
    rows = select(Service, Contract.number).outerjoin(
        Contract, (Contract.service_id == Service.id) & (Contract.status == "active")
    )
    rows = rows.where(Service.person_id == person_id, Service.technology == "phone", Service.status != "cancelled")
    found: dict[int, Telephone] = {}
    for service, number in db.session.execute(rows.order_by(Service.id, Contract.number)):
        found.setdefault(service.id, Telephone(service, number))
    return list(found.values())
