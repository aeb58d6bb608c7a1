"""Lists whose filters, order and page stand in their address: chips, views kept, acts on the chosen rows (B-09)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from flask import Response, make_response, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField

from models.base import Base, db
from models.keyset import Key, Keyset
from models.operators.idem_key import MISSING
from models.operators.saved_view import View, views
from models.people import refusal_to_tax_id
from models.refused import Refused
from web.access import access_of
from web.doors import me
from web.forms import DayField, Form, whole
from web.fragments import answer
from web.paging import key_of, written

LISTINGS: dict[str, Listing] = {}
ORDER, BEHIND = "ordem", "depois"
LONGEST = 100  # characters of a value in an address
UNKNOWN = "não está entre os seus"
MOST = 100  # rows chosen at once
DOCUMENT = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")


class RowChoice(SelectField):  # type: ignore[misc]
    """A filter by a row of a table, known by its number; of one that whoever looks does not see, it finds nothing.

    Ignoring it, as nonsense is, a view somebody of another company shared would show everything under its name.
    """

    def __init__(self, label: str, *, empty: str = "Todos", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(label, validate_choice=False, choices=[], **kwargs)

    def offer(self, rows: Iterable[tuple[int | str, str]]) -> None:
        """The rows to choose from; what is asked for and not among them is named all the same."""
        choices = [("", self.empty), *((str(id), name) for id, name in rows)]
        if self.may_be(self.data or "") and self.data not in dict(choices):
            choices.append((self.data, UNKNOWN))
        self.choices = choices

    def may_be(self, typed: str) -> bool:
        """Could it be a row, though of somebody else?"""
        return bool(whole(typed)) and str(whole(typed)) == typed


class NameChoice(RowChoice):
    """The same for what is known by its name, as a city is."""

    def may_be(self, typed: str) -> bool:
        return bool(typed)


class BulkAct(NamedTuple):
    """An act for several rows of a list, posted to `endpoint`, else to where the list posts its acts."""

    word: str
    icon: str
    key: str = ""
    endpoint: str = ""


class Chip(NamedTuple):
    """A filter that is on: what it is called, what it is set to, and the list without it."""

    label: str
    words: str
    href: str


@dataclass(frozen=True)
class Listing:
    """What one list may be asked for.

    `filters` draws its form from what an address says; `orders` are the ways it can be sorted, by their name there, the
    first one unasked; `search` is the field that stands open beside the chips, `always` those that are no filter but
    where one is, such as the tab. `alone`: what to say of a search that asks of everything, beside which no filter is
    asked for. `secret`: which searches may not stand in an address; they are posted to `posted`, and ask of everything.
    """

    name: str  # in addresses
    title: str
    endpoint: str
    filters: Callable[[MultiDict[str, str]], Form]
    orders: Collection[str] = ()
    search: str = ""
    always: tuple[str, ...] = ()
    alone: str = ""
    secret: Callable[[str], bool] | None = None
    posted: str = ""

    def __post_init__(self) -> None:
        LISTINGS[self.name] = self

    def asked(self, values: MultiDict[str, str] | None = None) -> Asked:
        """What is asked for, in the address of this request unless `values` say it."""
        return Asked(self, request.args if values is None else values)

    def may_be_read(self) -> bool:
        access = access_of(self.endpoint)
        return access is not None and (not access.permission or me().may(access.permission))


class Asked:
    """A list as somebody asked for it; what makes no sense in it was never said."""

    is_document = False  # was a CPF or CNPJ asked for, which is looked for in Clientes alone

    def __init__(self, listing: Listing, values: MultiDict[str, str]) -> None:
        self.listing = listing
        self.form = listing.filters(values)
        self.form.validate()
        said = {one.name: self._said(one, values)[:LONGEST] for one in self.form}
        self.kept = {name: value for name, value in said.items() if value}
        if self.is_secret and values is request.args:  # it was never asked for
            del self.kept[listing.search]
        if self.is_alone:
            self.kept = {listing.search: self.kept[listing.search]}
        order = values.get(ORDER, "")
        if order in listing.orders and order != next(iter(listing.orders)):
            self.kept[ORDER] = order
        self._behind = values.get(BEHIND)

    def _said(self, one: Field, values: MultiDict[str, str]) -> str:
        """Of a field. What stands in the search is looked for, sense or not: below it is nothing else."""
        if one.name == self.listing.search:
            typed = str(one.data or "")
            self.is_document = not self.listing.secret and is_document(typed, bare=not self.listing.alone)
            return "" if self.is_document else typed
        return str(values[one.name]) if _is_set(one, values) else ""

    def __getitem__(self, name: str) -> str:
        return self.kept.get(name, "")

    @property
    def is_secret(self) -> bool:
        """May what is searched not stand in an address?"""
        return bool(self.listing.secret and self.listing.secret(self[self.listing.search]))

    @property
    def is_alone(self) -> bool:
        """Is it a search beside which there are no filters?"""
        return bool(self.listing.alone and self[self.listing.search]) and (not self.listing.secret or self.is_secret)

    @property
    def told(self) -> dict[str, Any]:
        """What is asked for, as far as it may stand in an address."""
        return {} if self.is_secret else dict(self.kept)

    @property
    def order(self) -> str:
        return self.kept.get(ORDER) or next(iter(self.listing.orders), "")

    def behind(self, order: Keyset) -> Key | None:
        """The row the page begins behind."""
        return key_of(self._behind, order)

    def after(self, key: Key | None) -> str | None:
        """The address of the next page, which begins behind a row."""
        return self.address(**{BEHIND: written(key)}) if key else None

    def address(self, **changes: str | None) -> str:
        """Of this list with some of it asked for otherwise; None takes a filter away. It begins at the first page."""
        values = {name: value for name, value in {**self.told, **changes}.items() if value}
        return url_for(self.listing.endpoint, **values)

    @property
    def query(self) -> str:
        """As it is kept under a name."""
        return urlencode(self.told)

    @property
    def whole_address(self) -> str:
        """To be sent to a colleague."""
        return url_for(self.listing.endpoint, _external=True, **self.told)

    @property
    def filters(self) -> list[Field]:
        beside = (self.listing.search, *self.listing.always)
        return [] if self.is_alone else [one for one in self.form if one.name not in beside]

    @property
    def chips(self) -> list[Chip]:
        on = self.filters_on
        return [Chip(one.label.text, _words(one), self.address(**{one.name: None})) for one in on]

    @property
    def filters_on(self) -> list[Field]:
        return [one for one in self.filters if one.name in self.kept]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips or self[self.listing.search])

    @property
    def bare(self) -> str:
        """The address without filters and search."""
        names = (self.listing.search, *(one.name for one in self.filters))
        return self.address(**dict.fromkeys(names))

    def views(self) -> list[View]:
        """The kept ones of this list."""
        return views(self.listing.name)

    def view_address(self, view: View) -> str:
        return f"{url_for(self.listing.endpoint)}?{view.query}"

    def head(self, label: str, order: str, now: str = "", *, falling: bool = False, **more: Any) -> dict[str, Any]:
        """The head of a column by which the list may be sorted; once more turns it round.

        `now`: how it is sorted, where that does not follow from what is asked. `falling`: first from above.
        """
        now, down = now or self.order, f"-{order}"
        first, second = (down, order) if falling else (order, down)
        turned = second if now == first else first
        sorted_now = {order: "asc", down: "desc"}.get(now)
        unasked = turned == next(iter(self.listing.orders))
        return {
            "label": label,
            "href": self.address(**{ORDER: None if unasked else turned}),
            "sorted": sorted_now,
            **more,
        }


def is_document(typed: str, *, bare: bool) -> bool:
    """Is it a CPF or a CNPJ as it is written, or with `bare` the digits of one? It may not stand in an address."""
    digits = typed.strip()
    if DOCUMENT.search(typed) or not (bare and digits.isdecimal()):
        return DOCUMENT.search(typed) is not None
    return any(refusal_to_tax_id(digits, kind) is None for kind in ("individual", "organization"))


def _is_set(one: Field, values: MultiDict[str, str]) -> bool:
    if not values.get(one.name) or one.errors:
        return False
    return not isinstance(one, SelectField) or any(str(key) == values[one.name] for key, *_ in one.iter_choices())


def _words(one: Field) -> str:
    if isinstance(one, SelectField):
        return next(str(words) for _, words, chosen, *_ in one.iter_choices() if chosen)
    return f"{one.data:%d/%m/%Y}" if isinstance(one, DayField) else str(one.data)


def answer_list(page: str, fragment: str, asked: Asked, **values: Any) -> Response:
    """The page of a list, or its fragment, which brings the address of what it shows."""
    drawn = make_response(answer(page, fragment, asked=asked, views=asked.views(), **values))
    # Of a number the address of the list takes the place of what was typed on the way to it.
    drawn.headers["HX-Replace-Url" if asked.is_secret else "HX-Push-Url"] = asked.address()
    return drawn


Row = TypeVar("Row", bound=Base)


class Outcome(NamedTuple):
    """What became of one chosen row, by its id; `refusal` None: it was done."""

    id: int
    refusal: str | None


def chosen() -> dict[int, int]:
    """The rows somebody ticked, each with the version they saw of it, in the order in which they are locked.

    Raises Refused for more than are done at once: of none it may be said that it was done when it was not.
    """
    ticked = [one.partition(".") for one in set(request.form.getlist("chosen"))]
    if len(ticked) > MOST:
        raise Refused(f"Escolha até {MOST} linhas por vez. Estas são {len(ticked)}, e nada foi feito.")
    return {id: whole(version) for id, version in sorted((whole(id), version) for id, _, version in ticked) if id}


def each(rows: Mapping[int, Row], act: Callable[[Row, int], Any], seen: Mapping[int, int]) -> list[Outcome]:
    """One verb on each row, in a savepoint of its own: who is refused is named, the others are done.

    `act` is called with the row and the version somebody saw, which every box carries: without it a row is refused.
    Raises Refused when there is no row at all.
    """
    if not rows:
        raise Refused("Escolha na lista ao menos uma linha.")
    return [Outcome(id, _refusal(row, act, seen.get(id, 0))) for id, row in rows.items()]


def _refusal(row: Row, act: Callable[[Row, int], Any], version: int) -> str | None:
    if not version:
        return MISSING
    try:
        with db.session.begin_nested():
            act(row, version)
    except Refused as no:
        return no.sentence
    return None
