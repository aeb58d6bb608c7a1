"""Zerar a verificação em duas etapas of an operator who lost the phone and the recovery codes (B-08)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.operators import Operator, SecondFactor
from models.operators.second_factor import refusal_to_reset, reset
from staff.configuration.menu import OPERATORS, page
from staff.configuration.operators import PATH
from web.access import staff
from web.forms import Form, text
from web.fragments import done

second_factors = Blueprint("second_factors", __name__)


class Resetting(Form):
    reason = text("Motivo", 300)


@second_factors.get(f"{PATH}/<int:id>/segundo-fator")
@staff("operators.admin")
def edit(id: int) -> ResponseReturnValue:
    return _page(OPERATORS.load(id), Resetting())


@second_factors.post(f"{PATH}/<int:id>/segundo-fator")
@staff("operators.admin")
def update(id: int) -> ResponseReturnValue:
    row, form = OPERATORS.load(id), Resetting()
    name = row.name
    if form.accepts(lambda: reset(row, form.reason.data or "")):
        return done(OPERATORS.url("edit", id=id), f"{name} entra com a senha e liga a verificação de novo")
    return _page(row, form), form.code


def _page(row: Operator, form: Resetting) -> str:
    why = refusal_to_reset(row, SecondFactor.of(row))
    return page("operators/second_factor.html", OPERATORS, row.name, row=row, form=form, why=why)
