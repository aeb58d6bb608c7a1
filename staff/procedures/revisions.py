"""One revision of a procedure as it was, and what it changed (U-30)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.workflows.procedure_changes import changes
from models.workflows.procedure_text import parse
from staff.procedures.loading import PATH, load, load_revision, page
from web.access import staff

procedure_revisions = Blueprint("procedure_revisions", __name__)


@procedure_revisions.get(f"{PATH}/revisoes/<int:number>")
@staff("procedures.read")
def show(id: int, number: int) -> ResponseReturnValue:
    procedure = load(id)
    revision, before = load_revision(procedure, number), procedure.revision(number - 1)
    changed = changes(before.body, revision.body) if before else []
    return page(
        "staff/procedures/revision.html",
        procedure,
        revision=revision,
        before=before,
        blocks=parse(revision.body),
        changes=changed,
    )
