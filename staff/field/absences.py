"""Ausências: when a technician goes to nobody, and whose visits have to be moved for it (B-21)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import clock
from models.agenda.to_move import orders_to_move
from models.base import db
from models.operators import Operator
from models.refused import require
from models.scope import who
from models.work_orders import REASONS, Absence, technicians_of
from web.access import staff
from web.forms import Choice, DayField, Form, HourField
from web.fragments import done

absences = Blueprint("absences", __name__)
PATH = "/ordens-de-servico/ausencias"
MOST = 100


class Marking(Form):
    technician_id = Choice("Técnico")
    reason = Choice("Motivo")
    start_on = DayField("De")
    start_time = HourField("Hora", description="Vazia, o dia todo.")
    end_on = DayField("Até")
    end_time = HourField("Hora", description="Vazia, o dia todo.")


@absences.get(PATH)
@staff("orders.schedule")
def index() -> ResponseReturnValue:
    """Those that are not over, and every order that has to be moved."""
    rows = select(Absence, Operator.name).join(Operator, Operator.id == Absence.operator_id)
    rows = rows.where(Absence.undone_at.is_(None), Absence.ends_at > clock.now(), *Operator.seen())
    found = db.session.execute(rows.order_by(Absence.starts_at, Absence.id).limit(MOST)).all()
    return render_template(
        "staff/absences/index.html", rows=found, reasons=REASONS, now=clock.now(), to_move=orders_to_move()
    )


@absences.get(f"{PATH}/nova")
@staff("orders.schedule")
def new() -> ResponseReturnValue:
    return _page(Marking(formdata=None, data={"start_on": clock.today()}))


@absences.post(f"{PATH}/nova")
@staff("orders.schedule")
def create() -> ResponseReturnValue:
    form = Marking()
    kept: list[Absence] = []
    if form.accepts(lambda: kept.append(Absence.mark(**form.data))):
        moved = [one for one in orders_to_move() if one.absence_id == kept[0].id]
        many = f". {'1 visita' if len(moved) == 1 else f'{len(moved)} visitas'} para mover" if moved else ""
        return done(url_for("staff.absences.index"), f"Ausência gravada{many}")
    return _page(form), form.code


@absences.get(f"{PATH}/<int:id>/fim")
@staff("orders.schedule")
def edit(id: int) -> ResponseReturnValue:
    row, name = _load(id)
    require(row.refusal_to_end())
    return _ending(row, name, Form(formdata=None).edits(row))


@absences.post(f"{PATH}/<int:id>/fim")
@staff("orders.schedule")
def update(id: int) -> ResponseReturnValue:
    row, name = _load(id)
    form = Form().edits(row)
    if form.accepts(lambda: row.end(form.seen)):
        words = "desfeita" if row.undone_at else "encerrada"
        return done(url_for("staff.absences.index"), f"Ausência de {name} {words}")
    return _ending(*_load(id), form), form.code


def _load(id: int) -> tuple[Absence, str]:
    """An absence of a technician whoever acts sees, with his name."""
    rows = select(Absence, Operator.name).join(Operator, Operator.id == Absence.operator_id)
    found = db.session.execute(rows.where(Absence.id == id, *Operator.seen())).first()
    return (found[0], found[1]) if found else abort(404)


def _page(form: Marking) -> str:
    form.technician_id.offer(list(technicians_of(who().company_id).items()))
    form.reason.offer(list(REASONS.items()))
    return render_template("staff/absences/new.html", form=form)


def _ending(row: Absence, name: str, form: Form) -> str:
    return render_template(
        "staff/absences/edit.html", row=row, name=name, form=form, begun=row.starts_at < clock.now(), reasons=REASONS
    )
