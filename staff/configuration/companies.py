"""Empresas: data and brand of each company, and the rules it follows (X-01, C-101, D-05, D-11)."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import BooleanField, StringField

from models import wording
from models.base import db
from models.operators import ENTRIES, Company
from models.operators.company import BASES, BRAND, LATE_FROM, ZONES, refusal_to_brand
from models.refused import Refused
from staff.configuration.fields import Number, Percent, words
from staff.configuration.menu import COMPANIES, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web import brand
from web.access import staff
from web.forms import DayField, Form, text
from web.fragments import done

companies = Blueprint("companies", __name__)
PATH = "/configuracao/empresas"
DEFAULT = {
    "light": {"brand": BRAND, "brand-ink": BRAND, "brand-tint": "#e6f0ef", "brand-line": "#b4d3d3"},
    "dark": {"brand": "#1d7a81", "brand-ink": "#6cc9cc", "brand-tint": "#16302f", "brand-line": "#28514f"},
}


class Rules(Form):
    """What TODAS has too: the rules for whoever belongs to every company."""

    due_days = text("Dias de vencimento", 90, default="5,10,15,20,25")
    proration_base = words("Base do pro-rata", BASES, default="30")
    fine_bp = Percent("Multa por atraso", default=200)
    interest_bp = Percent("Juros ao mês", default=100)
    late_from = words("O atraso conta", LATE_FROM, default="business_day")
    issue_lead_days = Number("Emissão antes do vencimento", default=10)
    bills_from = DayField("Faturar a partir de")
    carne_most = Number("Máximo de parcelas do carnê", default=24)
    commission_bp = Percent("Comissão da venda", default=0)
    mails_invoices = BooleanField("Enviar faturas por e-mail", default=True)
    cash_needs_desk = BooleanField("Exigir caixa aberto para receber em dinheiro")
    zone = words("Fuso horário", ZONES, default="America/Sao_Paulo")
    portal_entry = words("Entrada na Central", {"": "Desligada", **ENTRIES}, default="")
    portal_trust_unlock = BooleanField("Desbloqueio em confiança na Central")
    trust_max_days = Number("Máximo de dias da equipe")


class Whole(Rules):
    name = text("Nome", 80)
    legal_name = text("Razão social", 120)
    cnpj = text("CNPJ", 20)
    address = text("Endereço", 200)
    phone = text("Telefone", 20)
    whatsapp = text("WhatsApp", 20)
    site = text("Site", 80)
    brand = StringField("Cor da marca", default=BRAND, filters=[lambda typed: (typed or "").strip().lower()])


@companies.get(PATH)
@staff("operators.admin")
def index() -> ResponseReturnValue:
    return listing()


@companies.get(f"{PATH}/adicionar")
@staff("operators.admin")
def new() -> ResponseReturnValue:
    return form_page(Whole())


@companies.post(f"{PATH}/adicionar")
@staff("operators.admin")
def create() -> ResponseReturnValue:
    form = Whole()
    row = Company(**form.data)
    if form.accepts(row.create):
        return done(COMPANIES.url(), toast_of(row, "adicionad"))
    return form_page(form), form.code


@companies.get(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def edit(id: int) -> ResponseReturnValue:
    row = COMPANIES.load(id)
    return form_page(written(Whole(obj=row)).edits(row), row)


@companies.post(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def update(id: int) -> ResponseReturnValue:
    row = COMPANIES.load(id)
    form = Whole().edits(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(COMPANIES.url(), toast_of(row, "gravad"))
    return form_page(form, row), form.code


@companies.get(f"{PATH}/cor")
@staff("operators.admin")
def show() -> ResponseReturnValue:
    """The colours derived from what is in the field now."""
    typed = request.args.get("brand", "").strip()
    return render_template("staff/configuration/companies/_colours.html", themes=themes(typed))


def listing(refused: Refused | None = None) -> str:
    used, unused = COMPANIES.rows()
    return page("companies/index.html", COMPANIES, used=used, unused=unused, entries=ENTRIES, refused=refused)


_NAMES = select(Company.id, Company.name)


def company_names() -> dict[int, str]:
    """Names by number, also of companies out of use, for the lists that show one."""
    return {row.id: row.name for row in db.session.execute(_NAMES)}


def themes(colour: str) -> dict[str, dict[str, str]]:
    """The colours of both themes; empty for what is no colour."""
    if refusal_to_brand(colour):
        return {}
    return DEFAULT if colour.lower() == BRAND else brand.themes(colour)


def written(form: Rules) -> Rules:
    """What is kept bare, as people write it."""
    form.due_days.data = form.due_days.data.replace(",", ", ")
    if not isinstance(form, Whole):
        return form
    for field, written in ((form.cnpj, wording.tax_id), (form.phone, wording.phone), (form.whatsapp, wording.phone)):
        field.data = written(field.data) if field.data else ""
    return form


def form_page(form: Form, row: Company | None = None) -> str:
    colours = themes(form.brand.data) if "brand" in form else {}
    here = row.name if row else COMPANIES.add
    return page("companies/edit.html", COMPANIES, here, form=form, row=row, themes=colours)


retirement(companies, PATH, "operators.admin", lambda: COMPANIES, listing)
