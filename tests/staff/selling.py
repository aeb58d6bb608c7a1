"""A sale as an operator makes it, page by page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models import clock
from tests import cast
from tests.browsing import Answer, Visitor

STEPS = ("dados", "endereco", "plano", "contrato", "cobranca", "instalacao")
ADDRESS = {
    "cep": "35500-120",
    "street": "Rua das Acácias",
    "number": "77",
    "district": "Centro",
    "city": "Vale Claro",
    "state": "MG",
}


def answers(step: str, **changes: Any) -> dict[str, Any]:
    """What somebody types in a step; `changes` replace fields, None leaves one out."""
    return {**_USUAL[step](), **changes}


def begin(visitor: Visitor, **person: Any) -> Answer:
    return visitor.post("/clientes/adicionar", answers("dados", **person))


def walk(visitor: Visitor, until: str = "conferir", **changed: dict[str, Any]) -> int:
    """Answer every step before `until` and return the number of the sale.

    Only the page that proposes something is opened: with all of them every test of a sale would take twice as long.
    """
    started = begin(visitor, **changed.get("dados", {}))
    assert started.status == 303, started.errors()
    sale = int(started.location.split("/")[2])
    for version, step in enumerate(STEPS[1:], 1):
        if step == until:
            break
        path, typed = f"/vendas/{sale}/{step}", answers(step, **changed.get(step, {}))
        shown = visitor.get(path).form(path) if step == "contrato" else {"version": version}
        _accepted(visitor.post(path, {**shown, **typed}), step)
    return sale


def answer(visitor: Visitor, sale: int, step: str, **changes: Any) -> Answer:
    path = f"/vendas/{sale}/{step}"
    shown = visitor.get(path).form(path)
    return _accepted(visitor.post(path, {**shown, **answers(step, **changes)}), step)


def _accepted(done: Answer, step: str) -> Answer:
    assert done.status == 303, (step, done.errors(), done.words[:300])
    return done


def save(visitor: Visitor, sale: int) -> Answer:
    """Press Salvar on the review page."""
    path = f"/vendas/{sale}/conferir"
    return visitor.post(path, visitor.get(path).form(path))


def _person() -> dict[str, Any]:
    return {
        "kind": "individual",
        "document": cast.STRANGER,
        "name": "Helena Prado Batista",
        "mobile": "(37) 98888-1234",
        "email": "helena@exemplo.com",
        "company_id": cast.vale_claro().id,
    }


def _plan() -> dict[str, Any]:
    return {
        "plan_id": cast.plan("Fibra 500 Mbps").id,
        "seller_id": cast.operator("rafael.teixeira").id,
        "sold_on": clock.today().isoformat(),
    }


def _billing() -> dict[str, Any]:
    return {
        "billing_method_id": cast.method("Boleto mensal").id,
        "due_day": "10",
        "billing_type": "prepaid",
        "uses_carne": "no",
        "charge_fee": "no",
        "installation_fee_text": "Taxa de instalação",
    }


def order(**changes: Any) -> dict[str, Any]:
    """The installation order somebody asks for."""
    usual = {
        "open_order": "yes",
        "kind_id": cast.order_kind("Instalação").id,
        "status": "scheduled",
        "technician_id": cast.operator("joao.alcantara").id,
        "start_on": (clock.today() + timedelta(days=5)).isoformat(),
        "start_time": "08:00",
        "description": "Instalar fibra e ONU na sala",
    }
    return {**usual, **changes}


_USUAL = {
    "dados": _person,
    "endereco": lambda: {**ADDRESS, "same_billing": "yes"},
    "plano": _plan,
    "contrato": dict,
    "cobranca": _billing,
    "instalacao": lambda: {"open_order": "no"},
}
