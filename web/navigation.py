"""What every page of a door carries: its menu, its name and colour, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flask import current_app, g, has_request_context, request, url_for
from jinja2.environment import TemplateModule
from sqlalchemy.exc import SQLAlchemyError

from models.base import db
from models.operators import Principal
from models.operators.company import Brand, first_company
from web import assets
from web import brand as colour
from web.doors import door


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    endpoint: str
    rooms: str  # endpoints that begin with one of these words light this entry
    permission: str = ""


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
    principal: Principal | None = g.get("me")
    here = door()
    brand = brand_here()
    return {
        "door": here,
        "me": principal,
        "brand": brand,
        "stylesheet": lambda: assets.stylesheet(here, brand.colour),
        "navigation": _menu(principal) if here == "staff" and principal else "",
        "tabs": _drawn(PORTAL, principal) if here == "portal" and principal else [],
        "simulated": current_app.extensions["radius"].simulated,
        "mail_simulated": current_app.extensions["mail"].simulated,
    }


def may(permission: str) -> bool:
    """Whether whoever sees this page may do something; nobody may on a public one."""
    principal: Principal | None = g.get("me")
    return principal is not None and principal.may(permission)


def brand_here() -> Brand:
    """Name and colour of the company; our own when the database does not answer."""
    principal: Principal | None = g.get("me")
    if principal and principal.brand:
        return principal.brand
    try:
        company = first_company()
        return Brand(company.name, company.phone, company.whatsapp, company.brand)
    except SQLAlchemyError:
        db.session.rollback()
        return Brand("Enlace", "", "", colour.DEFAULT)


def _menu(principal: Principal) -> TemplateModule:
    here = (request.endpoint or "").partition(".")[2]
    lit = next((entry for group in STAFF for entry in group if here.startswith(_lit_by(entry))), None)
    return _drawn_menu(request.root_path, lit and lit.endpoint, principal.permissions)


@lru_cache(1000)  # it stands on every page: drawn once for each role and each place in it
def _drawn_menu(_root: str, lit: str | None, permissions: frozenset[str]) -> TemplateModule:
    groups = [[entry for entry in group if not entry.permission or entry.permission in permissions] for group in STAFF]
    return current_app.jinja_env.get_template("staff/_menu.html").make_module({"groups": groups, "lit": lit})


def _drawn(group: tuple[Entry, ...], principal: Principal) -> list[dict[str, Any]]:
    here = (request.endpoint or "").partition(".")[2]
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "href": _address(request.root_path, entry.endpoint),
            "current": here.startswith(_lit_by(entry)),
        }
        for entry in group
        if not entry.permission or principal.may(entry.permission)
    ]


@cache  # the menu stands on every page
def _address(_root: str, endpoint: str) -> str:
    return url_for(endpoint)


@cache
def _lit_by(entry: Entry) -> tuple[str, ...]:
    """What the endpoints begin with that light an entry."""
    return tuple(f"{room}." if "." not in room else room for room in entry.rooms.split())
