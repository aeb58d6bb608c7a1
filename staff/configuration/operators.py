"""Operadores: who enters the staff door, invited by a link that works once (X-02)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField

from models import clock
from models.agenda.to_move import visits_of_operator
from models.base import db
from models.desk.operators import WAITING, waiting
from models.operators import Department, Operator, Role, SecondFactor
from models.operators.catalogue_row import every
from models.operators.in_company import writable_companies
from models.operators.second_factor import refusal_to_reset
from models.refused import Refused
from models.scope import who
from staff.configuration.companies import company_names
from staff.configuration.menu import OPERATORS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Choices, Form, text
from web.fragments import done

operators = Blueprint("operators", __name__)
PATH = "/configuracao/operadores"


class Details(Form):
    name = text("Nome", 80)
    email = text("E-mail", 120)
    role_id = Choice("Perfil")
    department_id = Choice("Setor")
    supervisor_id = Choice("Supervisor", empty="Sem supervisor")
    companies = Choices("Empresas")
    seller = BooleanField("Vende: aparece como vendedor")
    technician = BooleanField("Atende em campo: recebe ordens de serviço")

    def values(self) -> dict[str, Any]:
        return {key: value for key, value in self.data.items() if key != "companies"}


class Invitation(Details):
    login = text("Usuário", 60)


@operators.get(PATH)
@staff("operators.admin")
def index() -> ResponseReturnValue:
    return listing()


@operators.get(f"{PATH}/adicionar")
@staff("operators.admin")
def new() -> ResponseReturnValue:
    return _page(_offered(Invitation()))


@operators.post(f"{PATH}/adicionar")
@staff("operators.admin")
def create() -> ResponseReturnValue:
    form = _offered(Invitation())
    row, tokens = Operator(**form.values()), []
    if form.accepts(lambda: tokens.append(row.invite(form.companies.data))):
        return handed(row, tokens[0])
    return _page(form), form.code


@operators.get(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def edit(id: int) -> ResponseReturnValue:
    row = OPERATORS.load(id)
    form = _offered(Details(obj=row), row)
    form.companies.data = row.company_ids()
    return _page(form, row)


@operators.post(f"{PATH}/<int:id>/editar")
@staff("operators.admin")
def update(id: int) -> ResponseReturnValue:
    row = OPERATORS.load(id)
    form = _offered(Details(), row)
    details = form.values()
    if form.accepts(lambda: every(lambda: row.change(form.seen, **details), lambda: row.work_in(form.companies.data))):
        left = "" if row.technician else _left(row)
        return done(OPERATORS.url(), ". ".join(filter(None, (toast_of(row, "gravad"), left))))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    """Everybody, or those who wait in one of WAITING."""
    asked = request.args.get("mostrar", "")
    shown = asked if asked in WAITING else ""
    loaded = joinedload(Operator.role), joinedload(Operator.department), selectinload(Operator.places)
    used, unused = OPERATORS.rows(*loaded)
    if shown:
        ids = set(db.session.scalars(select(Operator.id).where(*waiting(shown))))
        used, unused = [row for row in used if row.id in ids], []
    names = company_names()
    return page(
        "operators/index.html",
        OPERATORS,
        used=used,
        unused=unused,
        places={row.id: [names[id] for id in row.company_ids()] for row in (*used, *unused)},
        names={row.id: row.name for row in (*used, *unused)},
        proved=set(db.session.scalars(select(SecondFactor.operator_id).where(SecondFactor.secret.is_not(None)))),
        now=clock.now(),
        shown=shown,
        waiting={"": "Todos", **WAITING},
        refused=refused,
    )


def handed(row: Operator, token: str) -> Response:
    """The link is shown once, to whoever invited: only its digest is kept. Who posted twice goes on in the list."""
    path = url_for("staff.passwords.new", token=token, _external=not current_app.config["PUBLIC_URL"])
    link = current_app.config["PUBLIC_URL"].rstrip("/") + path
    body = page("operators/invited.html", OPERATORS, row.name, row=row, link=link, until=row.invite_until)
    return Response(body, headers={"Content-Location": OPERATORS.url()})


def _offered(form: Details, row: Operator | None = None) -> Details:
    form.role_id.offer(_names(Role, row.role_id if row else None))
    form.department_id.offer(_names(Department, row.department_id if row else None))
    others = _names(Operator, row.supervisor_id if row else None)
    form.supervisor_id.offer([(id, name) for id, name in others if row is None or id != row.id])
    form.companies.offer([(company.id, company.name) for company in writable_companies()])
    return form.edits(row, companies=row.company_ids) if row else form


def _names(table: type[Role] | type[Department] | type[Operator], kept: int | None) -> list[tuple[int, str]]:
    found = db.session.execute(_offer(table, who().company_id), {"kept": kept})
    return [(row.id, row.name) for row in found]


@lru_cache(100)
def _offer(table: type[Role] | type[Department] | type[Operator], _company_id: int) -> Select[int, str]:
    offered = or_(and_(table.inactive_since.is_(None), *table.seen()), table.id == bindparam("kept"))
    return select(table.id, table.name).where(offered).order_by(table.name)


def _left(row: Operator) -> str:
    """Whoever goes to no customer any more leaves visits behind: they are listed to be moved, not lost."""
    many = visits_of_operator(row.id)
    words = "fica 1 ordem" if many == 1 else f"ficam {many} ordens"
    return f"{words.capitalize()} de serviço para mover, em Ordens de Serviço, Agenda, Ausências" if many else ""


def _page(form: Details, row: Operator | None = None) -> str:
    here = row.name if row else OPERATORS.add
    factor = SecondFactor.of(row) if row else None
    why = refusal_to_reset(row, factor) if row else None
    return page(
        "operators/edit.html",
        OPERATORS,
        here,
        form=form,
        row=row,
        now=clock.now(),
        factor=factor,
        why_kept=why,
        visits=visits_of_operator(row.id) if row else 0,
    )


# Who acted once stands in history for ever, so an operator is never deleted.
retirement(operators, PATH, "operators.admin", lambda: OPERATORS, listing, removable=False, left=_left)
