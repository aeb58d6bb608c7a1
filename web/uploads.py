"""Files sent to a view: read one by one before anything is locked, answered one by one, served so that they do nothing.

    @attachments.post("/atendimentos/<int:id>/anexos")
    @staff("tickets.attach")
    @takes_files
    def create(id: int) -> ResponseReturnValue:
        ticket = load(id)
        lines = receive(lambda file, sees: Attachment.attach(ticket, file, sees))
        return answer(lines, url_for("staff.attachments.index", id=id), lambda: page("new.html", ticket, lines=lines))

The form posts `files`, several at once, and `visibility`; static/js/uploads.js posts each file by itself (A-95).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from flask import Flask, Response, abort, current_app, g, get_template_attribute, make_response, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from models.base import db, reads_from_here
from models.files import MOST_FILES, Attachment, Incoming, Shown, clean_name, incoming, store
from models.refused import Refused
from models.wording import counted, file_size
from web.fragments import done, wants_fragment
from web.guards import takes

MOST = 12 * 1024 * 1024  # of one post: a file of 10 MiB and the rest of its form
MOST_BESIDE = 64 * 1024 * 1024  # of a post with texts: larger than any photo
POLICY = "sandbox; default-src 'none'"
LOCATION_GONE = "Localização da foto removida"
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Line(NamedTuple):
    """What became of one file."""

    name: str
    fact: str  # of one that came in
    refusal: str = ""


class Arrived(NamedTuple):
    """A file as it was read: what may come in, or why it may not."""

    name: str
    file: Incoming | None
    refusal: str = ""


class Tile(NamedTuple):
    """A file in the grid: its row, its author, the page it opens and the picture of it ("" of a PDF)."""

    row: Attachment
    author: str
    href: str
    src: str


def takes_files(view: View) -> View:
    """A view that is sent files: its posts may be larger, and what they bring is read before the view begins."""
    view.takes_files = True  # type: ignore[attr-defined]
    return takes(MOST)(view)


def may_take_files(view: View) -> View:
    """The same for a form that files may come with.

    Its posts may be much larger than what is let in: a photo that is too large is told beside its field, above what was
    typed, and not by a page that has lost it.
    """
    view.takes_files = True  # type: ignore[attr-defined]
    view.needs_no_file = True  # type: ignore[attr-defined]
    return takes(MOST_BESIDE)(view)


def arrived() -> list[Incoming]:
    """The files of this request. Raises Refused beside the field `files` for the first that may not come in."""
    for one in g.arrived:
        if one.file is None:
            raise Refused(f"{one.name}: {one.refusal}", field="files")
    return [one.file for one in g.arrived]


def signature() -> Incoming | None:
    """The drawn signature of this request, if one came. Raises Refused beside the field `signature`."""
    drawn: Arrived | None = g.signature
    if drawn is None:
        return None
    if drawn.file is None or drawn.file.width is None:
        raise Refused("O desenho da assinatura chegou estragado. Assine de novo.", field="signature")
    return drawn.file


def init_app(app: Flask) -> None:
    """After the doors: only what an operator or a subscriber sends is read."""
    app.before_request(_read)


def receive(attach: Callable[[Incoming, str], object]) -> list[Line]:
    """Let each file in by the verb `attach(file, visibility)`, and commit; a line for each, in their order.

    One that is refused stops no other. Nothing is committed when none came in.
    """
    visibility, lines = request.form.get("visibility", ""), []
    for arrived in g.arrived:
        lines.append(_let_in(arrived, lambda file: attach(file, visibility)))
    if _entered(lines):
        db.session.commit()
    reads_from_here()
    return lines


def answer(lines: list[Line], url: str, page: Callable[[], str]) -> ResponseReturnValue:
    """The lines for the script; else to `url` when all came in, and the page with its lines when not.

    422 when none came in.
    """
    entered = _entered(lines)
    code = 200 if entered else 422
    if wants_fragment():
        return Response(get_template_attribute("components/uploads.html", "upload_lines")(lines), code)
    if entered == len(lines):
        return done(url, counted(entered, "arquivo anexado", "arquivos anexados"))
    response = make_response(page(), code)
    if entered:
        response.headers["Content-Location"] = url  # posted again, it leads there
    return response


def tiles(
    files: Iterable[Shown], page: Callable[[Attachment], str], thumbnail: Callable[[Attachment], str]
) -> list[Tile]:
    """What the grid of templates/components/uploads.html draws, by the addresses of one file."""
    return [Tile(row, author, page(row), thumbnail(row) if row.is_image else "") for row, author in files]


def send_attachment(row: Attachment, *, thumb: bool = False, download: bool = False) -> Response:
    """The bytes of a file somebody may see; an image may open in the browser, and nothing that opens may act.

    404 where the bytes are missing, which `flask check` tells of.
    """
    path = store.path_of(row.sha256, thumb=thumb)
    if not path.is_file() or (thumb and not row.is_image):
        abort(404)
    response = send_file(
        path,
        mimetype="image/webp" if thumb else row.kind,
        as_attachment=download or not row.is_image,
        download_name=f"{row.name}.webp" if thumb else row.name,
        etag=False,
        conditional=False,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _read() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "POST" and getattr(view, "takes_files", False):
        sent = [file for file in request.files.getlist("files") if file.filename]
        g.arrived = [_arrived(file) for file in sent[:MOST_FILES]]
        g.arrived += [_too_many(file) for file in sent[MOST_FILES:]]
        drawn = request.files.get("signature")
        g.signature = _arrived(drawn) if drawn and drawn.filename else None
        if not g.arrived and not getattr(view, "needs_no_file", False):
            g.arrived = [Arrived("Nenhum arquivo", None, "Escolha pelo menos um arquivo.")]


def _arrived(file: FileStorage) -> Arrived:
    try:
        read = incoming(file.filename or "", file.stream)
    except Refused as no:
        return Arrived(clean_name(file.filename or ""), None, no.sentence)
    finally:
        file.stream.seek(0)  # web/once.py reads it as well
    return Arrived(read.name, read)


def _too_many(file: FileStorage) -> Arrived:
    return Arrived(clean_name(file.filename or ""), None, f"São mais de {MOST_FILES} de uma vez. Envie este à parte.")


def _let_in(arrived: Arrived, attach: Callable[[Incoming], object]) -> Line:
    if arrived.file is None:
        return Line(arrived.name, "", arrived.refusal)
    try:
        with db.session.begin_nested():
            attach(arrived.file)
    except Refused as no:
        return Line(arrived.name, "", no.sentence)
    size = file_size(len(arrived.file.content))
    return Line(arrived.name, f"{size}. {LOCATION_GONE}" if arrived.file.told_where else size)


def _entered(lines: list[Line]) -> int:
    return sum(not line.refusal for line in lines)
