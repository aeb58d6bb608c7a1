"""Colunas do Planner: three of the procedure, and those that the house adds between them (U-12, U-32)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select

from models.base import db
from models.boards import BoardColumn
from models.operators import Department
from models.refused import Refused
from models.workflows import Procedure
from staff.configuration.menu import BOARD_COLUMNS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done

board_columns = Blueprint("board_columns", __name__)
PATH = "/configuracao/colunas-do-planner"
ARRANGE = "planner.arrange"


class FixedForm(Form):
    """Of a column of the procedure."""

    procedure_id = Choice("Procedimento", empty="Nenhum", description="A página que diz como se trabalha aqui.")


class ColumnForm(FixedForm):
    name = text("Nome", 40)
    department_id = Choice("Setor responsável", description="Só ele passa o card adiante.")
    after_id = Choice("Fica depois de")


@board_columns.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@board_columns.get(f"{PATH}/adicionar")
@staff(ARRANGE)
def new() -> ResponseReturnValue:
    return _page(_form())


@board_columns.post(f"{PATH}/adicionar")
@staff(ARRANGE)
def create() -> ResponseReturnValue:
    form = _form()
    values, after = _values(form)
    row = BoardColumn(**values)
    if form.accepts(lambda: row.save(after)):
        return done(BOARD_COLUMNS.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@board_columns.get(f"{PATH}/<int:id>/editar")
@staff(ARRANGE)
def edit(id: int) -> ResponseReturnValue:
    row = BOARD_COLUMNS.load(id)
    return _page(_form(row), row)


@board_columns.post(f"{PATH}/<int:id>/editar")
@staff(ARRANGE)
def update(id: int) -> ResponseReturnValue:
    row = BOARD_COLUMNS.load(id)
    form = _form(row)
    values, after = _values(form)
    if form.accepts(lambda: row.save(after, form.seen, **values)):
        return done(BOARD_COLUMNS.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    rows = list(db.session.scalars(select(BoardColumn).order_by(BoardColumn.position)))
    return page(
        "board_columns/index.html",
        BOARD_COLUMNS,
        used=[row for row in rows if not row.inactive_since],
        unused=[row for row in rows if row.inactive_since],
        sectors=_sectors(),
        procedures=dict(db.session.execute(select(Procedure.id, Procedure.name)).all()),
        refused=refused,
    )


def _sectors() -> dict[int | str, str]:
    """By id, and by duty where they have one: whose turn it is in a column."""
    rows = db.session.scalars(select(Department))
    return {key: row.name for row in rows for key in (row.id, row.duty) if key}


def _values(form: FixedForm) -> tuple[dict[str, object], int | None]:
    values = dict(form.data)
    return values, values.pop("after_id", None)


def _form(row: BoardColumn | None = None) -> FixedForm:
    form = _asks(row)
    kept = row.procedure_id if row else None
    offered = select(Procedure).where(or_(Procedure.inactive_since.is_(None), Procedure.id == kept))
    procedures = db.session.scalars(offered.order_by(Procedure.name))
    form.procedure_id.offer([(procedure.id, procedure.name) for procedure in procedures])
    if not isinstance(form, ColumnForm):
        return form.edits(row) if row else form
    of = or_(Department.inactive_since.is_(None), Department.id == (row.department_id if row else None))
    sectors = db.session.scalars(select(Department).where(of).order_by(Department.name))
    form.department_id.offer([(sector.id, sector.name) for sector in sectors])
    before = [column for column in BoardColumn.in_use() if not column.is_done and column is not row]
    form.after_id.offer([(column.id, column.name) for column in before])
    return form.edits(row, after_id=row.stands_after) if row else form


def _asks(row: BoardColumn | None) -> FixedForm:
    if row is None:
        return ColumnForm()
    return FixedForm(obj=row) if row.is_fixed else ColumnForm(obj=row, after_id=row.stands_after())


def _page(form: FixedForm, row: BoardColumn | None = None) -> str:
    here = row.name if row else BOARD_COLUMNS.add
    return page("board_columns/edit.html", BOARD_COLUMNS, here, form=form, row=row, sectors=_sectors())


retirement(board_columns, PATH, ARRANGE, lambda: BOARD_COLUMNS, listing)
