"""Comercial launches the order of an agreed request: what support makes and finance charges (U-13 to U-17, U-24).

There is a row for each extension; another quantity draws them anew and keeps what is typed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.boards import launch, still_to_add, waits_behind
from models.operators import today_of
from models.refused import require
from models.telephony import (
    MOST,
    PROCEDURES,
    Asked,
    OrderTerms,
    UpgradeOrder,
    UpgradeRequest,
    contracts_of,
    known_names,
    refusal_to_launch,
)
from models.wording import brl
from staff.telephony.loading import ORDERS, edits, load_request, page
from web.access import staff
from web.forms import Choice, DayField, Form, MoneyField, text, whole
from web.fragments import done

launches = Blueprint("launches", __name__)
PATH = "/planner/pedidos/<int:id>/lancamento"
OF_EACH = {"extension": "por ramal", "line": "da linha", "outbound_channel": "por canal", "module": "por módulo"}
ALL_OF = {
    "extension": "Quantidade de novos ramais",
    "line": "Quantidade",
    "outbound_channel": "Quantidade de canais",
    "module": "Quantidade",
}


class Launching(Form):
    """What an order says; `name-1`, `sector-1` and `procedure-1` of each extension are added by `of`."""

    quantity = text("Quantidade", 10)
    line_number = text("Número da linha", 20)
    donor = text("Operadora doadora", 60)
    contract_id = Choice("Contrato")
    unit_cents = MoneyField("Preço")
    starts_on = DayField("Começa em")
    rows = 0

    @classmethod
    def of(cls, row: UpgradeRequest) -> Launching:
        """As posted, or as the request has it; sector and procedure are typed once and repeat the first."""
        form, fields = cls(data=_stored(row)), dict[str, Any]()
        form.rows = _rows(row, form.quantity.data)
        for at in range(1, form.rows + 1):
            fields[f"name-{at}"] = text("Nome do ramal", 60)
            fields[f"sector-{at}"] = text("Setor de uso", 60)
            fields[f"procedure-{at}"] = RadioField(
                "Procedimento necessário", choices=list(PROCEDURES.items()), validate_choice=False
            )
        form.ask_more(fields, _stored(row))
        for at in range(2, form.rows + 1):
            for name in ("sector", "procedure"):
                form[f"{name}-{at}"].data = form[f"{name}-{at}"].data or form[f"{name}-1"].data
        form.unit_cents.label.text, form.quantity.label.text = f"Preço {OF_EACH[row.kind]}", ALL_OF[row.kind]
        contracts = contracts_of(row)
        form.contract_id.offer([(contract.id, f"nº {contract.number}, {of.plan_name}") for contract, of in contracts])
        if len(contracts) == 1 and not form.is_submitted():
            form.contract_id.data = contracts[0][0].id
        return edits(form, row)

    def terms(self) -> OrderTerms:
        asked = [
            Asked(*(self[f"{name}-{at}"].data or "" for name in ("name", "sector", "procedure")))
            for at in range(1, self.rows + 1)
        ]
        return OrderTerms(
            quantity=whole(self.quantity.data) or None,
            contract_id=self.contract_id.data,
            unit_cents=self.unit_cents.data,
            starts_on=self.starts_on.data,
            asked=asked,
            line_number=self.line_number.data,
            donor=self.donor.data,
        )


class Change(NamedTuple):
    """What the contract comes to, per month; `ahead` is what other orders under way still add to it, in cents."""

    number: int
    plan_name: str
    before: int
    unit: int
    quantity: int
    ahead: int

    @property
    def added(self) -> int:
        return self.unit * self.quantity

    @property
    def formula(self) -> str:
        return f"{brl(self.unit)} × {self.quantity}"


def _stored(row: UpgradeRequest) -> dict[str, Any]:
    return {
        "quantity": str(row.to_sell),
        "unit_cents": row.agreed_cents,
        "starts_on": today_of(row),
        "line_number": row.line_number,
        "donor": row.donor,
    }


def _rows(row: UpgradeRequest, quantity: str | None) -> int:
    """As many as are wanted; of an order that is posted no name is left out, so that it is refused by its rule."""
    if row.kind != "extension":
        return 0
    wanted = whole(quantity)
    wanted = wanted if 1 <= wanted <= MOST else 0
    if wanted and "redesenhar" in request.form:
        return wanted
    posted = [at for at in range(1, MOST + 1) if f"name-{at}" in request.form]
    named = [at for at in posted if request.form[f"name-{at}"].strip()]
    return max([wanted, *(named if wanted else posted)])


@launches.get(PATH)
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(refusal_to_launch(row), fix=row)
    return _page(row, Launching.of(row))


@launches.post(PATH)
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row, made = load_request(id), list[tuple[int, UpgradeOrder]]()
    form = Launching.of(row)
    if "redesenhar" in request.form:
        return _page(row, form)

    def act() -> None:
        card, order = launch(row, form.terms(), form.seen)
        made.append((card.id, order))

    if form.accepts(act):
        card_id, order = made[0]
        where = "na fila do card" if order.is_queued else "em Pedidos e Alterações"
        return done(url_for("staff.cards.show", id=card_id), f"Pedido lançado, {where}")
    return _page(row, form), form.code


def _page(row: UpgradeRequest, form: Launching) -> str:
    terms, known = form.terms(), known_names(row) if row.kind == "extension" else {}
    chosen = next((pair for pair in contracts_of(row) if pair[0].id == terms.contract_id), None)
    change = None
    if chosen and terms.unit_cents and terms.unit_cents > 0 and 1 <= (terms.quantity or 0) <= MOST:
        contract, service = chosen
        change = Change(
            contract.number,
            service.plan_name,
            service.price_cents,
            terms.unit_cents,
            terms.quantity or 0,
            still_to_add(row.person_id, contract.id),
        )
    return page(
        "staff/launches/new.html",
        row,
        ORDERS,
        form=form,
        change=change,
        waits_behind=waits_behind(row),
        known={at: known.get(one.name.casefold()) for at, one in enumerate(terms.asked, start=1)},
    )
