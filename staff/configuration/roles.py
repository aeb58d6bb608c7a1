"""Perfis e permissões: the matrix of who may do what, and each role on its own (X-02)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField

from models.operators import PERMISSIONS, Role
from models.refused import Refused
from staff.configuration.menu import ROLES, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Form, text
from web.fragments import done

roles = Blueprint("roles", __name__)
PATH = "/configuracao/perfis"


class RoleForm(Form):
    name = text("Nome", 60)
    permissions = SelectMultipleField("Pode", choices=list(PERMISSIONS.items()), validate_choice=False)


@roles.get(PATH)
@staff("operators.admin")
def index() -> ResponseReturnValue:
    return listing()


@roles.get(f"{PATH}/adicionar")
@staff("operators.admin")
def new() -> ResponseReturnValue:
    return _page(RoleForm())


@roles.post(f"{PATH}/adicionar")
@staff("operators.admin")
def create() -> ResponseReturnValue:
    form = RoleForm()
    row = Role(**form.data)
    if form.accepts(row.create):
        return done(ROLES.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@roles.get(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def edit(id: int) -> ResponseReturnValue:
    row = ROLES.load(id)
    return _page(RoleForm(obj=row).edits(row), row)


@roles.post(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def update(id: int) -> ResponseReturnValue:
    row = ROLES.load(id)
    form = RoleForm().edits(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(ROLES.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = ROLES.rows()
    return page("roles/index.html", ROLES, used=used, unused=unused, permissions=PERMISSIONS, refused=refused)


def _page(form: RoleForm, row: Role | None = None) -> str:
    return page("roles/edit.html", ROLES, row.name if row else ROLES.add, form=form, row=row)


retirement(roles, PATH, "operators.admin", lambda: ROLES, listing)
