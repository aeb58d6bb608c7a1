"""List, add and edit, for every simple catalogue (catalogues.py says which there are)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.refused import Refused
from staff.configuration.catalogues import BY_SLUG
from staff.configuration.companies import company_names
from staff.configuration.menu import page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Form
from web.fragments import done

catalogues = Blueprint("catalogues", __name__)
SLUGS = ",".join(f'"{slug}"' for slug in BY_SLUG)
PATH = f"/configuracao/<any({SLUGS}):slug>"


@catalogues.get(PATH)
@staff("catalog.read")
def index(slug: str) -> ResponseReturnValue:
    return listing(slug)


@catalogues.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new(slug: str) -> ResponseReturnValue:
    return _page(slug, BY_SLUG[slug].asks())


@catalogues.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create(slug: str) -> ResponseReturnValue:
    catalogue = BY_SLUG[slug]
    form = catalogue.asks()
    row = catalogue.table(**form.data)
    if form.accepts(row.create):
        return done(catalogue.url(), toast_of(row, "adicionad"))
    return _page(slug, form), form.code


@catalogues.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(slug: str, id: int) -> ResponseReturnValue:
    row = BY_SLUG[slug].load(id)
    return _page(slug, BY_SLUG[slug].asks(row), row)


@catalogues.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(slug: str, id: int) -> ResponseReturnValue:
    catalogue = BY_SLUG[slug]
    row = catalogue.load(id)
    form = catalogue.asks(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(catalogue.url(), toast_of(row, "gravad"))
    return _page(slug, form, row), form.code


def listing(slug: str, refused: Refused | None = None) -> str:
    catalogue = BY_SLUG[slug]
    used, unused = catalogue.rows(*catalogue.beside)
    companies = company_names() if catalogue.of_company else {}
    return page("catalogues/index.html", catalogue, used=used, unused=unused, companies=companies, refused=refused)


def _page(slug: str, form: Form, row: Any = None) -> str:
    catalogue = BY_SLUG[slug]
    return page("catalogues/edit.html", catalogue, row.name if row else catalogue.add, form=form, row=row)


retirement(catalogues, PATH, "catalog.edit", lambda slug: BY_SLUG[slug], listing)
