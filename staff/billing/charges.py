"""Cobrança: a one-off charge of a service, alone or with its invoice (C-48 to C-52)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.billing import Charge
from models.billing.issue import issue_alone
from models.catalog import ChargeKind
from models.desk import customer_page
from models.sales import offers
from staff.customers.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, MoneyField, text, whole
from web.fragments import done

charges = Blueprint("charges", __name__)


class Charging(Form):
    charge_kind_id = Choice("Tipo de Serviço")
    service_id = Choice("Serviço")
    description = text("Descrição")
    due_on = DayField("Vencimento")
    amount_cents = MoneyField("Valor")
    discount_cents = MoneyField("Desconto")


@charges.get("/clientes/<int:id>/cobrancas/adicionar")
@staff("billing.charge")
def new(id: int) -> ResponseReturnValue:
    load(id)
    form = _form(id)
    wanted, mine = whole(request.args.get("servico")), [key for key, _ in form.service_id.choices[1:]]
    if wanted in mine or len(mine) == 1:
        form.service_id.data = wanted if wanted in mine else mine[0]
    return page("staff/charges/new.html", id, "money", form=form)


@charges.post("/clientes/<int:id>/cobrancas/adicionar")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    load(id)
    form, with_invoice = _form(id), "fatura" in request.form
    if form.accepts(lambda: _charge(id, form, with_invoice)):
        toast = "Cobrança e fatura geradas" if with_invoice else "Cobrança avulsa gerada"
        return done(url_for("staff.money.index", id=id), toast)
    return page("staff/charges/new.html", id, "money", form=form), form.code


def _charge(person_id: int, form: Charging, with_invoice: bool) -> None:
    services = {row.service.id: row.service for row in customer_page.billing(person_id)}
    kinds = {row.id: row for row in db.session.scalars(select(ChargeKind))}
    charge = Charge.add(
        services.get(form.service_id.data),
        kinds.get(form.charge_kind_id.data),
        description=form.description.data or "",
        amount_cents=form.amount_cents.data,
        discount_cents=form.discount_cents.data,
        due_on=form.due_on.data,
        gives_all=me().may("billing.discount"),
    )
    if with_invoice:
        issue_alone(charge)


def _form(person_id: int) -> Charging:
    form = Charging()
    form.charge_kind_id.offer(offers.names(ChargeKind))
    services = [row.service for row in customer_page.billing(person_id) if row.service.status != "cancelled"]
    form.service_id.offer([(row.id, row.label) for row in services])
    return form
