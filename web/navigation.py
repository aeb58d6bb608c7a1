"""What every page of a door carries: its menu, its name and colour, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, has_request_context, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from models.base import db
from models.operators import Company
from models.operators.company import BRAND, first_company
from web import access, assets
from web.doors import door


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    endpoint: str
    rooms: str  # endpoints that begin with one of these words light this entry
    permission: str = ""


@dataclass(frozen=True)
class Brand:
    name: str
    phone: str
    whatsapp: str
    colour: str


CUSTOMERS = (
    "customers details tags tax_ids histories notices money paper orders commercial_tasks services addresses "
    "enablings suspensions trust_unlocks holds service_contracts prints sales.new sales.create sales.review "
    "sales.update steps ceps carnes carne_previews carne_prints carne_invoices carne_cancellations carne_histories "
    "previews charges charge_receipts charge_closings billings"
)
BANK_FILES = "bank_files outgoing returns bank_lines"
INVOICES = "invoices receipts due_dates closings runs"

STAFF = (
    (Entry("Início", "home", "staff.home.index", "home"),),
    (
        Entry("Clientes", "users", "staff.customers.index", CUSTOMERS, "people.read"),
        Entry("Vendas em rascunho", "file-text", "staff.sales.index", "sales.index", "sales.sell"),
    ),
    (
        Entry("Faturas", "receipt", "staff.invoices.index", INVOICES, "billing.read"),
        Entry("Arquivos do banco", "barcode", "staff.bank_files.index", BANK_FILES, "billing.files"),
        Entry("Pix recebidos", "qrcode", "staff.pix_receipts.index", "pix_receipts", "billing.files"),
    ),
    (
        Entry("Régua de cobrança", "calendar-event", "staff.rehearsals.index", "rehearsals", "billing.read"),
        Entry("Relatórios", "chart-bar", "staff.reports.index", "reports", "reports.read"),
    ),
    (Entry("Configuração", "settings", "staff.configuration.index", "configuration", "catalog.read"),),
)
PORTAL = (
    Entry("Início", "home", "portal.home.index", "home"),
    Entry("Faturas", "receipt", "portal.invoices.index", "invoices paid_invoices clearings invoice_prints"),
    Entry("Serviços", "wifi", "portal.services.index", "services trust_unlocks"),
    Entry("Conta", "user", "portal.account.show", "account contacts passwords devices confirmations"),
)


def context() -> dict[str, Any]:
    """Names every template may use. Asks nothing of the database for pages of failure."""
    if not has_request_context():
        return {}
    principal = _principal()
    here = door()
    brand = brand_here()
    return {
        "door": here,
        "me": principal,
        "brand": brand,
        "stylesheet": lambda family: assets.stylesheet(family or here, brand.colour),
        "script": lambda family: assets.script(family or here, here),
        "navigation": [_drawn(group, principal) for group in STAFF] if here == "staff" and principal else [],
        "tabs": _drawn(PORTAL, principal) if here == "portal" and principal else [],
        "may": lambda permission: bool(principal and principal.may(permission)),
        "simulated": current_app.extensions["radius"].simulated,
        "mail_simulated": current_app.extensions["mail"].simulated,
    }


def _principal() -> Any:
    wanted = access.access_of(request.endpoint)
    if wanted is None or wanted.kind == "public" or "stack" not in g:
        return None
    return getattr(current_user, "principal", None)


def brand_here() -> Brand:
    """Name and colour of the company; our own when the database does not answer."""
    try:
        company = _company()
        return Brand(company.name, company.phone, company.whatsapp, company.brand)
    except SQLAlchemyError:
        db.session.rollback()
        return Brand("Enlace", "", "", BRAND)


def _company() -> Company:
    principal = _principal()
    mine = db.session.get(Company, principal.company_id) if principal and principal.company_id else None
    return mine or first_company()


def _drawn(group: tuple[Entry, ...], principal: Any) -> list[dict[str, Any]]:
    here = (request.endpoint or "").partition(".")[2]
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "href": url_for(entry.endpoint),
            "current": here.startswith(tuple(f"{room}." if "." not in room else room for room in entry.rooms.split())),
        }
        for entry in group
        if not entry.permission or principal.may(entry.permission)
    ]
