"""Arquivos do banco: the list, one file with what it does, its bytes, and the order to process it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.collection import DIRECTIONS, FILE_STATUSES, OUTCOMES
from models.collection.file_pages import FILES, LINES, counts, files, lines
from models.collection.outgoing import left_out_titles
from staff.bank_files.loading import load, of_page, place
from web.access import staff
from web.fragments import done
from web.paging import written

bank_files = Blueprint("bank_files", __name__)
PATH = "/arquivos-do-banco"
ASKS_AGAIN = "2"  # seconds, while the worker settles


@bank_files.get(PATH)
@staff("billing.files")
def index() -> ResponseReturnValue:
    rows, more = of_page(files(place(FILES)))
    return render_template(
        "staff/bank_files/index.html",
        rows=rows,
        following=written((rows[-1].file.id,)) if more else None,
        directions=DIRECTIONS,
        statuses=FILE_STATUSES,
    )


@bank_files.get(f"{PATH}/<int:id>")
@staff("billing.files", renews=False)
def show(id: int) -> ResponseReturnValue:
    """A remessa with its numbers; a retorno before, while and after it is settled."""
    found = load(id)
    file = found.file
    if file.direction == "outgoing":
        left = left_out_titles(found.account.id)
        return render_template("staff/bank_files/outgoing.html", file=file, account=found.account, left=left)
    counted, shown = counts(file), request.args.get("situacao")
    shown = shown if shown in counted.by_outcome else None
    rows, more = ([], False) if file.is_settling else of_page(lines(id, shown, place(LINES)))
    body = render_template(
        "staff/bank_files/return.html",
        file=file,
        account=found.account,
        counts=counted,
        outcomes=OUTCOMES,
        rows=rows,
        following=written((rows[-1].row.record.line, rows[-1].row.record.id)) if more else None,
        shown=shown,
        refusal=file.refusal_to_settle(),
    )
    answer = make_response(body)
    if file.is_settling:
        answer.headers["Refresh"] = ASKS_AGAIN
    return answer


@bank_files.post(f"{PATH}/<int:id>")
@staff("billing.files")
def update(id: int) -> ResponseReturnValue:
    """Processar: the worker settles it."""
    load(id).file.settle()
    db.session.commit()
    return done(url_for("staff.bank_files.show", id=id), "O retorno está sendo processado")


@bank_files.get(f"{PATH}/<int:id>/baixar")
@staff("billing.files")
def download(id: int) -> ResponseReturnValue:
    """The bytes as they were made or brought."""
    file = load(id).file
    return Response(
        file.content,
        mimetype="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{_plain(file.name)}"'},
    )


def _plain(name: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in name)
