"""The procedure of an address, its revisions, and the page around them."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from sqlalchemy import select

from models.base import db
from models.workflows import Procedure, ProcedureRevision

PATH = "/procedimentos/<int:id>"


def load(id: int) -> Procedure:
    return db.session.scalars(select(Procedure).where(Procedure.id == id)).first() or abort(404)


def load_revision(procedure: Procedure, number: int) -> ProcedureRevision:
    return procedure.revision(number) or abort(404)


def page(template: str, procedure: Procedure, **values: Any) -> str:
    """With the list of its revisions, which every page of a procedure has in its rail."""
    revisions = procedure.revisions()
    return render_template(template, procedure=procedure, revisions=revisions, **values)
