"""How a service is charged from now on: what Alterar cobrança writes (C-25, C-26, C-27, C-38)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.base import db, lock
from models.billing.charge import Charge
from models.catalog import BillingMethod
from models.operators import Company
from models.refused import Refused, Stale, require
from models.services import BILLING_TYPES, Service
from models.services.billing_terms import billing_errors
from models.wording import brl

TITLES = {
    "billing_method_id": "forma de cobrança",
    "due_day": "dia do vencimento",
    "billing_type": "tipo de cobrança",
    "uses_carne": "carnê",
    "separate_invoice": "fatura separada",
    "separate_tax_note": "nota fiscal separada",
    "installation_fee_cents": "taxa de instalação",
    "installation_fee_text": "descrição da taxa",
}


def was_charged(service: Service) -> bool:
    """Has this service had an invoice of its use? Its installation fee went, or did not go, with the first one."""
    monthly = select(Charge.id).where(Charge.service_id == service.id, Charge.kind == "monthly")
    return db.session.scalar(monthly.limit(1)) is not None


def due_days(service: Service) -> list[int]:
    """The due days its company offers, and the one it has."""
    company = db.session.get_one(Company, service.company_id)
    return sorted({*company.days, service.due_day})


def refusal_to_change_billing(service: Service) -> str | None:
    return "Este serviço está cancelado: não há mais o que cobrar." if service.status == "cancelled" else None


def change_billing(service: Service, terms: dict[str, Any], version: int) -> None:
    """Charge a service otherwise from the next invoice on; what was issued stays.

    `terms` has the columns of BillingTerms and `charge_fee`. Once something was charged the fee is settled and what
    is said of it is passed over. Raises Refused with the fields at fault, Stale when the service moved meanwhile.
    """
    lock(service)
    require(refusal_to_change_billing(service))
    if service.version != version:
        raise Stale("Outra pessoa mudou este serviço enquanto você escrevia. Confira o que está gravado.")
    methods = {row.id: row.name for row in BillingMethod.offered(service.company_id, service.billing_method_id)}
    fee = {} if was_charged(service) else {key: terms.get(key) for key in ("charge_fee", *_FEE)}
    asked = {**terms, "charge_fee": False, **fee}
    if errors := billing_errors(asked, due_days(service), set(methods)):
        raise Refused(errors=errors)
    new = {key: terms[key] for key in TITLES if key not in _FEE}
    new |= {"separate_invoice": bool(new["separate_invoice"]), "separate_tax_note": bool(new["separate_tax_note"])}
    if new["uses_carne"] or fee:  # a carnê never carries the fee (C-27)
        keeps = bool(fee.get("charge_fee"))
        new["installation_fee_cents"] = (fee["installation_fee_cents"] or 0) if keeps else 0
        new["installation_fee_text"] = (fee["installation_fee_text"] or "") if keeps else ""
    changed = [key for key, value in new.items() if getattr(service, key) != value]
    told = [
        f"{TITLES[key]} de {_said(key, getattr(service, key), methods)} para {_said(key, new[key], methods)}"
        for key in changed
    ]
    for key in changed:
        setattr(service, key, new[key])
    if changed:
        service.version += 1
        db.session.flush()
        service.tell("service.billing_changed", plan=service.plan_name, changes=", ".join(told))


_FEE = ("installation_fee_cents", "installation_fee_text")


def _said(key: str, value: Any, methods: dict[int, str]) -> str:
    if key == "billing_method_id":
        return methods.get(value, "outra")
    if key == "billing_type":
        return BILLING_TYPES[value]
    if key == "installation_fee_cents":
        return brl(value)
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    return str(value) or "vazia"
