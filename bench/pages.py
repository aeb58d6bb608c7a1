"""bin/bench pages: what every page of the demonstration costs, beside a bare list; worst first. Never fails a build.

Server CPU-ms are the least of many turns in this process, which neighbours on the machine disturb least; on SQLite,
nothing compressed: the demonstration provider with enough customers to fill a list. The bare list (bench/bare.py)
shows the same customers in the same turns.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, render_template
from sqlalchemy import create_engine, event, select

from bench import bare
from bench.installations import Installation, installations, quiet
from bench.turns import Request, take_turns
from models.base import db
from models.billing import Carne, Charge, Invoice
from models.collection import BankFile, BankFileRecord, PixReceipt
from models.contracts import Contract
from models.documents import Document
from models.people import Person
from models.sales import Sale
from models.scope import Actor, acting
from tests import cast
from tests.conftest import NOT_QUERIES
from tests.shape.places import places
from web.access import staff, subscriber

CUSTOMERS = 60  # a list shows 50
GOAL, OWN_GOAL = 3.0, 1.5
DOORS = {"staff": "/bench", "portal": "/central/bench"}
NO_PAGES = ("assets", "health", "ui")
BARE = "bare list"


class Page(NamedTuple):
    """A page and what it costs: server CPU-ms, statements, CPU-ms to those of the bare list."""

    path: str
    cpu: float
    statements: int
    ratio: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="turns of each page")
    parser.add_argument("--only", default="", metavar="PATH", help="pages whose address contains this")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), [CUSTOMERS], "sqlite") as (of,),
    ):
        quiet()
        _put_empty_pages(of.app)
        of.admin, of.proved = of.token("/clientes", of.admin)[1], of.token("/central/conta/contatos", of.proved)[1]
        measured, left_out = _measured(of, options.only, options.rounds)
        _print_pages(measured, left_out)
        _print_own_part(of, options.rounds)


# ---- which pages


def _requests(of: Installation, only: str) -> Iterator[tuple[Request, Request]]:
    """Every GET address of the URL map, as an administrator or as a subscriber who proved who they are.

    Each with a row of Dona Rita, whose service is suspended, and with one of Seu Zé, where all is in order.
    """
    with of.app.app_context(), acting(Actor("job", None, "bin/bench"), "job", of.company_id):
        both = [places(of.app, _rows(person)) for person in (cast.rita(), cast.ze())]
    for pair in zip(*both, strict=True):
        room = pair[0].endpoint.split(".")[0]
        if pair[0].method == "GET" and room not in NO_PAGES and only in pair[0].path:
            headers = {"Cookie": of.proved if room == "portal" else of.admin}
            hers, his = (Request(of.app, place.path, headers=headers) for place in pair)
            yield hers, his


def _rows(person: Person) -> dict[str, int]:
    """The row of the demonstration that stands below each address; of invoices, the first one that is owed."""
    service = cast.service(person)
    invoice = _first(Invoice.id, Invoice.person_id == person.id, Invoice.status == "open")
    return {
        "/clientes": person.id,
        "/servicos": service.id,
        "/central/servicos": service.id,
        "/central/faturas": invoice,
        "/faturas": invoice,
        "/contratos": _first(Contract.id, Contract.service_id == service.id),
        "/contratos/impressao": _first(Document.id),
        "/cobrancas": _first(Charge.id, Charge.status == "open", Charge.invoice_id.is_(None)),
        "/arquivos-do-banco": _first(BankFile.id, BankFile.direction == "return"),
        "/arquivos-do-banco/linhas": _first(BankFileRecord.id, BankFileRecord.outcome == "quarantine"),
        "/pix-recebidos": _first(PixReceipt.id, PixReceipt.outcome == "divergent"),
        "/carnes": _first(Carne.id),
        "/vendas": _first(Sale.id, Sale.status == "draft"),
        "/configuracao/empresas": cast.vale_claro().id,
        "/configuracao/regua-de-cobranca": cast.vale_claro().id,
        "/configuracao/modelos-de-contrato": cast.template().id,
        "/configuracao/planos": cast.plan("Fibra 500 Mbps").id,
        "/configuracao/operadores": cast.operator("ana.souza").id,
    }


def _first(column: Any, *which: Any) -> int:
    return db.session.scalars(select(column).where(*which).order_by(column).limit(1)).first() or 1


# ---- measuring


def _measured(of: Installation, only: str, rounds: int) -> tuple[list[Page], list[str]]:
    """The pages, worst first, and the addresses that gave none: files, and what is refused or leads elsewhere."""
    statements, left_out, turns = {}, [], {}
    for pair in _requests(of, only):
        for request in pair:
            try:
                with counting(of.app) as sent:
                    answer = request.send()
            except RuntimeError:
                continue
            if answer.headers["Content-Type"].startswith("text/html"):
                turns[request.path], statements[request.path] = request, len(sent)
                break
        else:
            left_out.append(pair[0].path)
    turns[BARE] = Request(bare.make(create_engine(of.url), of.company_id), "/clientes")
    took = take_turns(turns, rounds, min)
    base = took.pop(BARE).cpu
    pages = [Page(path, times.cpu, statements[path], times.cpu / base) for path, times in took.items()]
    return [Page(BARE, base, 2, 1), *sorted(pages, key=lambda page: -page.cpu)], left_out


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.split(maxsplit=1)[0].upper() not in NOT_QUERIES:
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _put_empty_pages(app: Flask) -> None:
    """Behind each door a page with nothing of its own."""
    for door, allowed in (("staff", staff("people.read")), ("portal", subscriber("proved"))):
        empty = app.jinja_env.from_string(f'{{% extends "{door}/base.html" %}}')
        view = allowed(lambda empty=empty: render_template(empty))
        app.add_url_rule(DOORS[door], f"{door}.bench", view)


# ---- saying


def _print_pages(measured: list[Page], left_out: list[str]) -> None:
    print(f"{'page':56}{'CPU-ms':>8}{'statements':>12}{'to bare':>9}")
    for page in measured:
        print(f"{page.path:56}{page.cpu:8.1f}{page.statements:12}{page.ratio:7.1f} x")
    above = sum(page.ratio > GOAL for page in measured)
    print(
        f"\n{above} of {len(measured) - 1} pages above {GOAL:.0f} x. Not measured: {', '.join(left_out) or 'nothing'}"
    )


def _print_own_part(of: Installation, rounds: int) -> None:
    """Session, permission, company, base template and teardown: an empty page of ours less an empty one of Flask."""
    other = Flask(__name__)
    other.add_url_rule("/", "index", lambda: "<!doctype html><title>Bare</title>")
    turns = {"": Request(other, "/")}
    for door, cookie in (("staff", of.admin), ("portal", of.proved)):
        turns[door] = Request(of.app, DOORS[door], headers={"Cookie": cookie})
    took = take_turns(turns, rounds * 10, min)
    for door in DOORS:
        own = took[door].cpu - took[""].cpu
        word = "met" if own <= OWN_GOAL else "MISSED"
        print(f"the framework's own part, {door:8}{own:6.2f} ms  goal {OWN_GOAL} ms  {word}")


if __name__ == "__main__":
    main()
