"""Choosing in which company to work; those in TODAS see every one (X-01)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.history import track
from models.operators import LoginSession
from models.operators.operator import Operator
from models.refused import Refused
from web.access import staff
from web.doors import hand_token, me, open_session, safe_next
from web.forms import Choice, Form

companies = Blueprint("companies", __name__)


class ChooseCompany(Form):
    company = Choice("Empresa", empty=None)


@companies.get("/empresa")
@staff()
def new() -> ResponseReturnValue:
    form = _form()
    form.company.data = me().company_id
    return render_template("staff/companies/new.html", form=form, next=request.args.get("next"))


@companies.post("/empresa")
@staff()
def create() -> ResponseReturnValue:
    form = _form()
    tokens: list[str] = []
    if not form.accepts(lambda: tokens.append(_switch(form.company.data))):
        return render_template("staff/companies/new.html", form=form, next=request.form.get("next")), form.code
    target = request.form.get("next")
    return hand_token(redirect(safe_next(target) if target else url_for("staff.home.index"), 303), tokens[0])


def _form() -> ChooseCompany:
    form = ChooseCompany()
    operator = db.session.get_one(Operator, me().id)
    form.company.offer([(company.id, company.name) for company in operator.companies()])
    return form


def _switch(company_id: int) -> str:
    """A new session, so that an old page cannot act in the other company."""
    operator = db.session.get_one(Operator, me().id)
    chosen = next((row for row in operator.companies() if row.id == company_id), None)
    if chosen is None:
        raise Refused("Escolha uma das suas empresas.", field="company")
    LoginSession.revoke(me().session_id)
    _, token = open_session(operator.id, "staff", chosen.id)
    track("operator.switched_company", operator, company=chosen.name)
    return token
