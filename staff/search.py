"""Procurar: the palette behind Ctrl K, and the same question as a page for who has no JavaScript (X-09)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from urllib.parse import urlsplit

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from models.base import db, reads_from_here
from models.desk import customers
from models.desk.customers import ListedCustomer
from models.desk.document_searches import is_whole_document, refusal_to_search
from models.desk.recent import recent_customers
from models.desk.reports import REPORTS
from models.desk.search import MOST, Answers, find, pattern
from models.desk.search_here import Here, find_here, the_customer
from models.desk.search_numbers import Numbers, find_numbers
from models.people.person import searchable
from models.refused import TooOften
from staff.configuration.menu import GROUPS
from staff.palette_acts import Row, of_here, rows_of, spoken
from staff.searching import missed
from web.access import staff
from web.doors import me
from web.fragments import answer, wants_fragment
from web.navigation import MENUS, Entry

search = Blueprint("search", __name__)
PAGE = re.compile(r"/clientes/(\d{1,9})(?:/|$)", re.ASCII)  # of a customer
MOST_PEOPLE = 4  # for whom acts are offered
ADD = Entry("Adicionar cliente", "plus", "staff.sales.new", "sales.sell")
# Pages that stand in no menu: found by their names, once something is typed.
PAGES = (
    Entry("Tarefas paradas", "alert-circle", "staff.tasks.index", "outbox.retry"),
    Entry("Contratos", "file-text", "staff.all_contracts.index", "contracts.read"),
    Entry("Carnês", "books", "staff.all_carnes.index", "billing.read"),
    Entry("Cobranças", "cash", "staff.all_charges.index", "billing.read"),
    Entry("Abrir caixa", "cash", "staff.cash_desks.new", "billing.cash_desk"),
    Entry("Manual", "books", "staff.manual.index"),
    Entry("Próximos carnês", "receipt", "staff.carne_renewals.index", "billing.read"),
    Entry("Ensaio do faturamento", "receipt", "staff.runs.index", "billing.charge"),
    Entry("Ensaio da noite", "calendar-event", "staff.rehearsals.index", "billing.read"),
    Entry("Nova remessa", "send", "staff.outgoing.new", "billing.files"),
    Entry("Ler retorno", "download", "staff.returns.new", "billing.files"),
)


@search.get("/busca")
@staff()
def index() -> ResponseReturnValue:
    """Before anything is typed: the customers one worked with last, what may be done here, where one may go."""
    here = _here()
    recent = recent_customers(me().id) if me().may("people.read") else []
    return _answer("", recent=recent, acts=of_here(here, "") if here else [], here=here)


@search.post("/busca")
@staff()
def show() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address."""
    q = request.form.get("q", "")[:120].strip()
    if q and not customers.allowed(me().id):
        if not wants_fragment():
            raise TooManyRequests(retry_after=60)
        return _answer(q, refused=True), 429, {"Retry-After": "60"}
    by_part = me().may("people.read_cpf")
    verb, of = spoken(q)
    refusal = refusal_to_search(me().id, of, by_part)
    db.session.commit()
    if refusal and not wants_fragment():
        raise TooOften(refusal)
    if refusal:
        return _answer(q, refused=True, why=refusal), 429
    reads_from_here()
    here = _here()
    if verb and me().may("people.read"):
        people = _whom(of, here, by_part)
        if not people and is_whole_document(of, by_part):
            missed()
        return _answer(q, acts=rows_of([verb], people), here=here)
    found, numbers = find(q, me().may), find_numbers(q, me().may)
    if not found.people.rows and is_whole_document(q, by_part):
        missed()
    mine, acts = [], []
    if here:
        may = me().may
        mine = find_here(here.id, q, money=may("billing.read"), tickets=may("tickets.read"))
        acts = of_here(here, q)
    return _answer(q, found, numbers=numbers, mine=mine, acts=acts, here=here)


def _whom(typed: str, here: ListedCustomer | None, by_part: bool) -> list[ListedCustomer]:
    """For whom an act is: who was typed; else whose page is open; else those one worked with last."""
    if typed:
        return customers.find(typed, size=MOST_PEOPLE, by_part=by_part).people
    return [here] if here else recent_customers(me().id)[:MOST_PEOPLE]


def _here() -> ListedCustomer | None:
    """The customer whose page the palette was opened on."""
    try:
        page = PAGE.match(urlsplit(request.headers.get("HX-Current-URL", "")).path)
    except ValueError:  # no address at all
        return None
    return the_customer(int(page[1])) if page and me().may("people.read") else None


def _answer(
    q: str,
    found: Answers | None = None,
    refused: bool = False,
    why: str = "",
    numbers: Numbers | None = None,
    recent: Sequence[ListedCustomer] = (),
    mine: Sequence[Here] = (),
    acts: Sequence[Row] = (),
    here: ListedCustomer | None = None,
) -> str:
    asked = customers.words(q)
    return answer(
        "staff/search/index.html",
        "staff/search/_found.html",
        q=q,
        found=found or Answers(),
        numbers=numbers or Numbers(),
        recent=recent,
        mine=mine,
        acts=acts,
        here=here,
        most=MOST,
        **_where_to(q, [] if refused else _pages(asked)),
        refused=refused,
        why=why,
        marked=_marking(asked),
        palette=wants_fragment(),
    )


def _where_to(q: str, pages: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The page whose whole name was typed stands first, the others last."""
    named = [page for page in pages if searchable(page["label"]) == searchable(q)]
    return {"named": named, "pages": [page for page in pages if page not in named]}


def _pages(asked: list[str]) -> list[dict[str, str]]:
    """What this operator may open, by its name; the screens of Configuração only when asked for."""
    known = (ADD, *chain(*MENUS["staff"]), *(PAGES if asked else ()))
    entries = [entry for entry in known if not entry.permission or me().may(entry.permission)]
    pages = [{"label": entry.label, "icon": entry.icon, "href": url_for(entry.endpoint)} for entry in entries]
    if asked:
        if me().may("reports.read"):
            for slug, report in REPORTS.items():
                href = url_for("staff.reports.show", report=slug)
                pages.append({"label": f"Relatório: {report.title}", "icon": "chart-bar", "href": href})
        screens = [screen for _, group in GROUPS for screen in group if me().may(screen.permission)]
        pages += [{"label": screen.title, "icon": "settings", "href": screen.url()} for screen in screens]
    return [page for page in pages if all(word in searchable(page["label"]) for word in asked)]


def _marking(asked: list[str]) -> Callable[[str], list[tuple[str, bool]]]:
    """Cuts a text into pieces, each with whether it was typed."""
    typed = re.compile("|".join(f"({pattern(word)})" for word in sorted(asked, key=len, reverse=True)) or "(?!)")

    def cut(text: str) -> list[tuple[str, bool]]:
        pieces: list[tuple[str, bool]] = []
        end = 0
        for match in typed.finditer(text):
            pieces += [(text[end : match.start()], False), (match.group(), True)]
            end = match.end()
        return [*pieces, (text[end:], False)]

    return cut
