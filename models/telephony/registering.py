"""What a contract includes already, written into the Painel PABX: with the sale, or later by hand (U-06)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.history import track
from models.operators import today_of
from models.refused import Refused
from models.services import Service
from models.telephony.kinds import KINDS
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import DIGITS, OWN_DIGITS, PabxItem, Use, items_of, next_numbers, unnamed
from models.wording import tidy


def register(
    service: Service | None,
    kind: str,
    number: str = "",
    name: str = "",
    sector: str = "",
    use: Use | None = None,
) -> PabxItem:
    """Write down what a contract includes already, as at the first day of this system; no price changes.

    Without `use` it is free; a number is given where none is typed. What was withdrawn comes back under its number.
    Raises Refused with the fields at fault. Its undo is `withdraw`.
    """
    if service is None:
        raise Refused(refusal_of_telephone(service) or "", field="service_id")
    pabx = Pabx.held(service.company_id, service.person_id)
    number, name, sector = tidy(number), tidy(name), tidy(sector)
    known = next((row for row in items_of(pabx.id, kind) if number and row.number == number), None)
    if errors := _registering_errors(service, known, kind, number, name, sector, use):
        raise Refused(errors=errors)
    values: dict[str, Any] = {
        "service_id": service.id,
        "name": name,
        "sector": sector,
        "status": "free",
        "free_since": clock.now(),
        "contracted_on": today_of(service),
    }
    row = known or PabxItem(
        company_id=service.company_id,
        pabx_id=pabx.id,
        kind=kind,
        number=number or next_numbers(pabx, kind, 1)[0],
        created_at=clock.now(),
        version=1,
        **values,
    )
    if known:  # it was withdrawn: no number stands twice in a panel, so the same row is back
        row.take(**values, order_id=None)
    db.session.add(row)
    db.session.flush()
    db.session.refresh(row)  # what follows finds every column, the empty ones too
    row.record("pabx_item.registered", item=row.called, service=service.label)
    if use is not None:
        row.take(**row.used_as(use))
        row.record("pabx_item.used", item=row.called, how=row.how())
    return row


def _registering_errors(
    service: Service, known: PabxItem | None, kind: str, number: str, name: str, sector: str, use: Use | None
) -> dict[str, str]:
    if kind not in KINDS:
        return {"kind": "Escolha o que registrar."}
    errors = {}
    if refusal := refusal_of_telephone(service):
        errors["service_id"] = refusal
    if kind in ("line", "extension") and not number:
        errors["number"] = "Escreva o número."
    elif number and (not number.isascii() or not number.isdigit() or len(number) > DIGITS):
        errors["number"] = "Escreva só os algarismos do número."
    elif kind == "extension" and len(number) >= OWN_DIGITS:
        errors["number"] = f"Um ramal tem no máximo {OWN_DIGITS - 1} algarismos. Confira o número."
    elif known and known.status != "withdrawn":
        errors["number"] = f"O número {number} já está neste painel."
    if kind in ("extension", "module"):
        errors |= unnamed(name, sector if kind == "extension" else "-")
    if kind == "extension" and use is not None:
        errors |= use.errors()
    return errors


def refusal_of_telephone(service: Service | None) -> str | None:
    """Why a service has no Painel PABX of its own."""
    if service is None:
        return "Escolha o telefone do cliente."
    if service.technology != "phone":
        return f"{service.plan_name} não é telefone. Escolha um serviço de telefone."
    return "Este telefone está cancelado. Escolha outro." if service.status == "cancelled" else None


def telephones(person_id: int) -> Sequence[Service]:
    """The telephone services of a customer that are not cancelled, oldest first."""
    rows = select(Service).where(Service.person_id == person_id, Service.technology == "phone")
    return list(db.session.scalars(rows.where(Service.status != "cancelled").order_by(Service.id)))


def include(service: Service, extensions: int, channels: int) -> None:
    """What the plan of a new telephone brings: its channels in use, an extension free until it is put to use (U-06)."""
    if service.technology != "phone" or not (extensions or channels):
        return
    pabx, now = Pabx.held(service.company_id, service.person_id), clock.now()
    for kind, how_many in (("extension", extensions), ("outbound_channel", channels)):
        for number in next_numbers(pabx, kind, how_many):
            db.session.add(
                PabxItem(
                    company_id=service.company_id,
                    pabx_id=pabx.id,
                    service_id=service.id,
                    kind=kind,
                    number=number,
                    name="",
                    status="free" if kind == "extension" else "in_use",
                    free_since=now if kind == "extension" else None,
                    used_at=None if kind == "extension" else now,
                    contracted_on=today_of(service),
                    created_at=now,
                    version=1,
                )
            )
    db.session.flush()
    who_pays = f"{service.label}: {KINDS['extension'].counted(extensions)}"
    track(
        "pabx.included",
        service,
        person_id=service.person_id,
        company_id=service.company_id,
        what=f"{who_pays}, {KINDS['outbound_channel'].counted(channels)}",
    )
