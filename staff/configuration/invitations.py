"""Novo convite: another link for an operator who lost theirs, or forgot the password."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from staff.configuration.menu import OPERATORS
from staff.configuration.operators import PATH, handed, listing
from web.access import staff
from web.forms import Form

invitations = Blueprint("invitations", __name__)


@invitations.post(f"{PATH}/<int:id>/convite")
@staff("operators.admin")
def create(id: int) -> ResponseReturnValue:
    row, form, tokens = OPERATORS.load(id), Form(), []
    if form.accepts(lambda: tokens.append(row.invite(row.company_ids()))):
        return handed(row, tokens[0])
    return listing(form.refused), form.code
