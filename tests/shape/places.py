"""Every address of the URL map, with rows of Vale Claro in its ids: what the walking tests visit."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.contracts import Contract, ContractPrint
from tests import cast

LEAVES = {"staff.sessions.destroy", "portal.sessions.destroy", "staff.companies.create"}  # they end the session
TEXTS = {
    "slug": ("dados", "endereco", "plano", "contrato", "cobranca", "instalacao"),
    "token": ("nao-existe",),
    "version": ("x",),
    "name": ("css/base.css",),
    "door": ("staff",),
    "colour": ("0b5f66",),
}


def places(app):
    """(endpoint, access, method, address) of every route, with rows of Vale Claro in its ids."""
    rita = cast.rita()
    service = cast.service(rita)
    contract = db.session.scalars(select(Contract).where(Contract.service_id == service.id)).one()
    printed = db.session.scalars(
        select(ContractPrint.document_id).where(ContractPrint.contract_id == contract.id)
    ).first()
    rows = {
        "/clientes": rita.id,
        "/servicos": service.id,
        "/central/servicos": service.id,
        "/contratos": contract.id,
        "/vendas": cast.draft().id,
    }
    numbers = {"document_id": printed, "number": 1}
    return [place for rule in app.url_map.iter_rules() for place in _places(app, rule, rows, numbers)]


def _places(app, rule, rows, numbers):
    of = next((id for prefix, id in rows.items() if rule.rule.startswith(f"{prefix}/")), 1)
    access = app.view_functions[rule.endpoint].access
    converters = rule._converters
    texts = [name for name in converters if name in TEXTS]
    options = TEXTS[texts[0]] if texts else ("",)
    if "slug" in texts and "<any(" in rule.rule:
        options = tuple(converters["slug"].items)
    with app.test_request_context():
        for option in options:
            values = {name: numbers.get(name, of) for name in converters if name not in TEXTS}
            values |= {name: TEXTS[name][0] for name in texts} | dict.fromkeys(texts[:1], option)
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, access, method, app.url_for(rule.endpoint, **values)


def inside(places, kind):
    return [place for place in places if place[1].kind == kind and place[0] not in LEAVES]
