"""Clientes: what its list may be asked for, and what may be done with several of its rows (B-09, C-22, X-09)."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from models.desk import customer_list as questions
from models.desk.invoices import Days, days_by_company
from web.doors import me
from web.forms import Form, text, whole
from web.lists import Asked, BulkAct, Chip, Listing, NameChoice, RowChoice

SECRET_DIGITS = 6  # so many may be those of a CPF, a CNPJ or a telephone


def is_secret(typed: str) -> bool:
    """May it be a document or a telephone, which never stand in an address?"""
    return sum(sign.isdigit() for sign in typed) >= SECRET_DIGITS


class Filtering(Form):
    q = text("Nome, CPF, telefone, rua ou código", 120)
    situacao = SelectField("Situação", choices=[("", "Todas"), *questions.STATES.items()], validate_choice=False)
    atraso = SelectField("Em atraso", choices=[("", "Todos"), *questions.LATENESS.items()], validate_choice=False)
    plano = RowChoice("Plano")
    cidade = NameChoice("Cidade", empty="Todas")
    grupo = RowChoice("Grupo")
    etiqueta = RowChoice("Etiqueta", empty="Todas")


def _filters(values: MultiDict[str, str]) -> Form:
    """Who does not see the money of customers is not offered who is late."""
    form = Filtering(values)
    offered = questions.choices()
    for one in (form.plano, form.cidade, form.grupo, form.etiqueta):
        one.offer((choice.key, choice.name) for choice in offered[one.name])
    if not me().may("billing.read"):
        del form.atraso
    return form


CUSTOMERS = Listing(
    "clientes",
    "Clientes",
    "staff.customers.index",
    _filters,
    tuple(questions.KEYS),
    search="q",
    alone="O número procura entre todos os clientes",
    secret=is_secret,
    posted="staff.customers.search",
)


def wanted(asked: Asked, *, without: str = "", days: Days = ()) -> questions.Wanted:
    """What the list is asked for; `without` a filter, by its name in the address, on `days` that are known already."""
    asks = {name: value for name, value in asked.kept.items() if name != without}
    sort = asked.order if me().may("billing.read") else "nome"
    return questions.Wanted(
        text=asks.get("q", ""),
        state=asks.get("situacao", ""),
        plan=whole(asks.get("plano", "")),
        city=asks.get("cidade", ""),
        group=whole(asks.get("grupo", "")),
        tag=whole(asks.get("etiqueta", "")),
        late=asks.get("atraso", ""),
        sort=sort,
        by_part=me().may("people.read_cpf"),
        days=days or days_by_company(),
    )


def acts() -> dict[str, BulkAct]:
    """Those that whoever looks may do."""
    found = {"exportar": BulkAct("Exportar", "download", endpoint="staff.customer_sheets.create")}
    if me().may("people.tag"):
        found = {"etiqueta": BulkAct("Pôr etiqueta", "tag", endpoint="staff.chosen_tags.create"), **found}
    return found


def ways_out(asked: Asked, days: Days) -> list[tuple[Chip, int]]:
    """Of a list that finds nobody: each filter that is on, with how many there are without it; the most first."""
    on = [(one.name, chip) for one, chip in zip(asked.filters_on, asked.chips, strict=True)]
    counts = questions.how_many([wanted(asked, without=name, days=days) for name, _ in on])
    found = [(chip, count) for (_, chip), count in zip(on, counts, strict=True) if count]
    return sorted(found, key=lambda way: -way[1])
