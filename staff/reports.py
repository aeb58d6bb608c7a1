"""Relatórios: each is one page with its figures, its picture and its table, and a CSV file of that table (B-20)."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from models import clock
from models.desk.periods import Period
from models.desk.reports import REPORTS, Report, companies
from models.desk.told import Told
from models.refused import Refused
from models.scope import TODAS
from models.wording import day, hour
from web.access import staff
from web.charts import Chart, Column, day_words, share
from web.csv import FEWER, download
from web.doors import me
from web.forms import Choice, DayField, Form

reports = Blueprint("reports", __name__)


class Asking(Form):
    inicio = DayField("De")
    fim = DayField("até")
    empresa = Choice("Empresa", empty="Todas as empresas")

    def period(self) -> Period:
        """Raises Refused."""
        if not self.validate():
            raise Refused(errors={})
        chosen = self.empresa.data
        of_one = me().company_id == TODAS and isinstance(chosen, int)
        return Period.of(self.inicio.data, self.fim.data, chosen if of_one else None)


class Line(NamedTuple):
    """A row of a table: the list it sums up, when there is one, and the width of its bar in per cent."""

    row: Any
    href: str
    width: float
    is_bad: bool


@reports.get("/relatorios")
@staff("reports.read")
def index() -> ResponseReturnValue:
    return render_template("staff/reports/index.html", reports=REPORTS)


@reports.get("/relatorios/<report>")
@staff("reports.read")
def show(report: str) -> ResponseReturnValue:
    asked = REPORTS.get(report) or abort(404)
    form = _asked(asked, request.args)
    rows: Any = []
    told, period = Told(), Period.this_month()
    try:
        period = form.period()
        rows = asked.rows(period)
        told = asked.told(period, rows) if asked.told and rows else told
    except Refused as no:
        form.refuse(no)
    return render_template(
        "staff/reports/show.html",
        report=asked,
        slug=report,
        form=form,
        period=period,
        offered=Period.offered(),
        about=_about(asked, period, form),
        told=told,
        chart=_chart(asked, report, rows, told, period) if asked.picture and rows else None,
        parts={name: _lines(asked, report, part, period) for name, part in asked.parts(rows).items()},
        totals={name: asked.totals(part) for name, part in asked.parts(rows).items()},
        everywhere=TODAS,
    ), form.code


@reports.post("/relatorios/<report>/csv")
@staff("reports.read")
def create(report: str) -> ResponseReturnValue:
    """Baixar CSV."""
    asked = REPORTS.get(report) or abort(404)
    period = _asked(asked, request.form).period()
    days = f", {day(period.start)} a {day(period.end)}" if asked.dated else ""
    title = f"{asked.title}{days}"
    ways = ["um período menor"] * asked.dated + ["uma empresa"] * (me().company_id == TODAS and not period.company_id)
    fewer = f"Escolha {' ou '.join(ways)}." if ways else FEWER
    return download(title, f"{report}-{period.start}-{period.end}", asked.heads, lambda: asked.rows(period), fewer)


def _asked(report: Report, typed: Any) -> Asking:
    """What was asked for; without a period, this month. One of what is so today has no days to be wrong."""
    month = Period.this_month()
    if not report.dated:
        typed = MultiDict({**typed, "inicio": month.start.isoformat(), "fim": month.end.isoformat()})
    form = Asking(typed if "inicio" in typed else None, data={"inicio": month.start, "fim": month.end})
    form.empresa.offer(companies())
    return form


def _about(asked: Report, period: Period, form: Asking) -> str:
    """Which days, whose, and until when they are known."""
    now = clock.local(clock.now())
    whose = dict(form.empresa.choices).get(period.company_id) if period.company_id else me().company_name
    if not asked.dated:
        return f"{day(now.date())} às {hour(clock.now())} · {whose}"
    partial = f" · parcial até {hour(clock.now())}" if period.start <= now.date() <= period.end else ""
    return f"{day(period.start)} a {day(period.end)} · {whose}{partial}"


def _lines(asked: Report, slug: str, rows: Any, period: Period) -> list[Line]:
    longest = max((getattr(row, asked.bar) for row in rows), default=0) if asked.bar else 0
    return [
        Line(
            row,
            _list_of(slug, row, period),
            share(getattr(row, asked.bar), longest) if asked.bar else 0,
            getattr(row, "is_bad", False),
        )
        for row in rows
    ]


def _chart(asked: Report, slug: str, rows: Any, told: Told, period: Period) -> Chart | None:
    picture, oldest_first = asked.picture, rows[::-1]
    if picture is None:
        return None
    words = day_words([row.step.start for row in oldest_first], clock.today())
    columns = [
        Column(
            row.name,
            row.says,
            getattr(row, picture.first),
            getattr(row, picture.second),
            _list_of(slug, row, period),
            row.step.word or word,
        )
        for row, word in zip(oldest_first, words, strict=True)
    ]
    return Chart(asked.title, told.finding, columns, picture.series, picture.place, picture.unit)


def _list_of(slug: str, row: Any, period: Period) -> str:
    """Where the invoices that a row sums up are listed; that list has no company to choose."""
    if period.company_id or not me().may("billing.read"):
        return ""
    if slug == "recebido":
        return url_for("staff.invoices.index", situacao="due", de=row.step.start, ate=row.step.end)
    if slug == "atraso" and row.due:
        first, last = row.due
        return url_for("staff.invoices.index", situacao="overdue", de=first, ate=last)
    return ""
