"""A procedure as it is now: listed, read, begun, written anew, put out of use (U-30)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from models.base import db
from models.workflows import Procedure, ProcedureRevision
from models.workflows.procedure import LONGEST_NOTE
from models.workflows.procedure_text import parse, tidy_text
from staff.procedures.loading import PATH, load, page
from web.access import staff
from web.forms import Form, text
from web.fragments import done

procedures = Blueprint("procedures", __name__)


class Beginning(Form):
    name = text("Nome", 120)
    body = TextAreaField("Texto", filters=[tidy_text])


class Writing(Beginning):
    note = text("O que mudou", LONGEST_NOTE)


@procedures.get("/procedimentos")
@staff("procedures.read")
def index() -> ResponseReturnValue:
    """Those in use; those that are not are asked for."""
    rows, unused = Procedure.listed(), request.args.get("situacao") == "fora-de-uso"
    shown = [row for row in rows if bool(row.inactive_since) is unused]
    return render_template("staff/procedures/index.html", rows=shown, others=len(rows) - len(shown), unused=unused)


@procedures.get("/procedimentos/novo")
@staff("procedures.write")
def new() -> ResponseReturnValue:
    return render_template("staff/procedures/new.html", form=Beginning(formdata=None))


@procedures.post("/procedimentos/novo")
@staff("procedures.write")
def create() -> ResponseReturnValue:
    form, begun = Beginning(), list[Procedure]()
    if form.accepts(lambda: begun.append(Procedure.begin(form.name.data or "", form.body.data or ""))):
        return done(url_for("staff.procedures.show", id=begun[0].id), f"{begun[0].name}: revisão 1 gravada")
    return render_template("staff/procedures/new.html", form=form), form.code


@procedures.get(PATH)
@staff("procedures.read")
def show(id: int) -> ResponseReturnValue:
    procedure = load(id)
    newest = procedure.newest() or abort(404)
    return page(
        "staff/procedures/show.html", procedure, newest=newest, blocks=parse(newest.body), acts=procedure.acts()
    )


@procedures.get(f"{PATH}/texto")
@staff("procedures.write")
def edit(id: int) -> ResponseReturnValue:
    procedure = load(id)
    form = Writing(formdata=None, name=procedure.name, body=_body(procedure))
    return page("staff/procedures/edit.html", procedure, form=form.edits(procedure))


@procedures.post(f"{PATH}/texto")
@staff("procedures.write")
def update(id: int) -> ResponseReturnValue:
    """Another text is the next revision; another name alone is none."""
    procedure = load(id)
    form = Writing().edits(procedure, body=lambda: _body(procedure))
    written: list[ProcedureRevision | None] = []
    name, body, note = form.name.data or "", form.body.data or "", form.note.data or ""
    if form.accepts(lambda: written.append(procedure.edit(name, body, note, form.seen))):
        what = f"revisão {written[0].number} gravada" if written[0] else "o nome mudou, o texto é o mesmo"
        return done(url_for("staff.procedures.show", id=id), f"{procedure.name}: {what}")
    return page("staff/procedures/edit.html", procedure, form=form), form.code


@procedures.post(f"{PATH}/inativacao")
@staff("procedures.write")
def retire(id: int) -> ResponseReturnValue:
    procedure = load(id)
    procedure.retire()
    db.session.commit()
    return done(url_for("staff.procedures.show", id=id), f"{procedure.name} está fora de uso")


@procedures.post(f"{PATH}/reativacao")
@staff("procedures.write")
def restore(id: int) -> ResponseReturnValue:
    procedure = load(id)
    procedure.restore()
    db.session.commit()
    return done(url_for("staff.procedures.show", id=id), f"{procedure.name} está em uso")


def _body(procedure: Procedure) -> str:
    newest = procedure.newest()
    return newest.body if newest else ""
