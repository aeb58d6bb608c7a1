"""Planos: what is sold, with the composition that makes its price (C-10, X-16)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload
from wtforms import FieldList, FormField

from models.base import db
from models.catalog import ITEM_KINDS, TECHNOLOGIES, ContractTemplate, Offer, Plan
from models.catalog.offer import INDEXES
from models.operators import today_of
from models.refused import Refused
from models.scope import TODAS
from staff.configuration.companies import company_names
from staff.configuration.fields import Number, company_choices, words
from staff.configuration.menu import PLANS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, MoneyField, text
from web.fragments import done

plans = Blueprint("plans", __name__)
PATH = "/configuracao/planos"
ROWS = 5  # of the composition, without anything having to grow in the browser


class Item(Form):
    kind = Choice("Tipo", empty="Tipo")
    name = text("Nome do item", 80)
    amount_cents = MoneyField("Valor")


class PlanForm(Form):
    name = text("Nome", 60)
    company_id = Choice("Empresa", empty=None)
    technology = words("Tecnologia", TECHNOLOGIES)
    extensions = Number("Ramais", default=0, description="Quantos o plano traz. Só telefone.")
    outbound_channels = Number("Canais de saída", default=0, description="Ligações ao mesmo tempo.")
    download_mbps = Number("Download", default=0)
    upload_mbps = Number("Upload", default=0)
    price_cents = MoneyField("Preço por mês")
    installation_fee_cents = MoneyField("Taxa de instalação", description="Vazio: combinada na venda.")
    readjust_index = words("Índice do reajuste", {key: key for key in INDEXES}, default="IST")
    readjust_months = Number("Meses até o reajuste", default=12, description="Ao menos 12 (Anatel).")
    rows = FieldList(FormField(Item), "Composição", min_entries=ROWS, max_entries=12)
    contract_template_id = Choice("Modelo de contrato", empty="Sem modelo")

    def items(self) -> list[dict[str, Any]]:
        """The rows in which something was typed."""
        return [row.data for row in self.rows if row.data["name"] or row.data["amount_cents"] is not None]

    def amounts(self) -> list[int]:
        """What the rows sum up, in cents."""
        return [item["amount_cents"] for item in self.items() if item["amount_cents"]]

    def values(self) -> dict[str, Any]:
        return {key: value for key, value in self.data.items() if key not in ("rows", "price_cents")}


@plans.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@plans.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _page(_form())


@plans.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form, plan = _form(), Plan()
    if form.accepts(lambda: plan.save(form.price_cents.data, form.items(), **form.values())):
        return done(PLANS.url(), toast_of(plan, "adicionad"))
    return _page(form), form.code


@plans.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    plan = _load(id)
    return _page(_form(plan), plan)


@plans.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    plan = _load(id)
    form = _form(plan)
    if form.accepts(lambda: plan.save(form.price_cents.data, form.items(), form.seen, **form.values())):
        return done(PLANS.url(), toast_of(plan, "gravad"))
    return _page(form, plan), form.code


@plans.post(f"{PATH}/soma")
@staff("catalog.edit")
def show() -> ResponseReturnValue:
    """The sum of what stands in the rows now; writes nothing."""
    form = _form()
    form.validate()
    return render_template("staff/configuration/plans/_sum.html", form=form)


def listing(refused: Refused | None = None) -> str:
    used, unused = PLANS.rows(joinedload(Plan.contract_template))
    return page(
        "plans/index.html",
        PLANS,
        used=used,
        unused=unused,
        companies=company_names(),
        technologies=TECHNOLOGIES,
        refused=refused,
    )


def _load(id: int) -> Plan:
    plan: Plan = PLANS.load(id, selectinload(Plan.items))
    return plan


def _form(plan: Plan | None = None) -> PlanForm:
    rows = (
        [{key: getattr(item, key) for key in ("kind", "name", "amount_cents")} for item in plan.items] if plan else []
    )
    form = PlanForm(obj=plan, rows=rows + [{}] * (ROWS - len(rows)))
    for row in form.rows:
        row.form.kind.offer(list(ITEM_KINDS.items()))
    form.company_id.offer(company_choices(plan))
    form.contract_template_id.offer(_template_choices(plan))
    return form.edits(plan) if plan else form


def _template_choices(plan: Plan | None) -> list[tuple[int, str]]:
    """Templates in use and the one the plan has; the company stands beside the name, since it must fit."""
    names, kept = company_names(), plan.contract_template_id if plan else None
    offered = or_(ContractTemplate.inactive_since.is_(None), ContractTemplate.id == kept)
    rows = db.session.scalars(select(ContractTemplate).where(offered).order_by(ContractTemplate.name))
    return [(row.id, f"{row.name} · {names.get(row.company_id, names.get(TODAS, 'TODAS'))}") for row in rows]


def _page(form: PlanForm, plan: Plan | None = None) -> str:
    editions = Offer.editions(plan.id) if plan else []
    told = {"editions": editions, "today": today_of(plan) if plan else None}
    return page("plans/edit.html", PLANS, plan.name if plan else PLANS.add, form=form, row=plan, **told)


retirement(plans, PATH, "catalog.edit", lambda: PLANS, listing)
