"""What one revision of a procedure says that another does not (U-30)."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from models.workflows.procedure_changes import changes
from staff.procedures.loading import PATH, load, load_revision, page
from web.access import staff
from web.forms import whole

procedure_comparisons = Blueprint("procedure_comparisons", __name__)


@procedure_comparisons.get(f"{PATH}/comparacao")
@staff("procedures.read")
def show(id: int) -> ResponseReturnValue:
    """From one revision to another; when the address does not say, to the newest from the one before."""
    procedure = load(id)
    newest = procedure.newest() or abort(404)
    after = load_revision(procedure, whole(request.args.get("ate", f"{newest.number}")))
    before = load_revision(procedure, whole(request.args.get("de", f"{max(newest.number - 1, 1)}")))
    return page(
        "staff/procedures/comparison.html",
        procedure,
        before=before,
        after=after,
        changes=changes(before.body, after.body),
    )
