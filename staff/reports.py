"""Relatórios: what is due, overdue and received, sales by origin, commissions; each as a page and as a CSV file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from models.desk.reports import REPORTS, Period, companies
from models.refused import Refused
from models.scope import TODAS
from web.access import staff
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


@reports.get("/relatorios")
@staff("reports.read")
def index() -> ResponseReturnValue:
    return render_template("staff/reports/index.html", reports=REPORTS)


@reports.get("/relatorios/<report>")
@staff("reports.read")
def show(report: str) -> ResponseReturnValue:
    asked, form = REPORTS.get(report) or abort(404), _asked(request.args)
    rows: Any = []
    try:
        rows = asked.rows(form.period())
    except Refused as no:
        form.refuse(no)
    return render_template(
        "staff/reports/show.html", report=asked, slug=report, form=form, rows=rows, everywhere=TODAS
    ), form.code


@reports.post("/relatorios/<report>/csv")
@staff("reports.read")
def create(report: str) -> ResponseReturnValue:
    """Baixar CSV."""
    asked, period = REPORTS.get(report) or abort(404), _asked(request.form).period()
    days = f", {period.start:%d/%m/%Y} a {period.end:%d/%m/%Y}" if asked.dated else ""
    title = f"{asked.title}{days}"
    ways = ["um período menor"] * asked.dated + ["uma empresa"] * (me().company_id == TODAS and not period.company_id)
    fewer = f"Escolha {' ou '.join(ways)}." if ways else FEWER
    return download(title, f"{report}-{period.start}-{period.end}", asked.heads, lambda: asked.rows(period), fewer)


def _asked(typed: Any) -> Asking:
    """What was asked for; without a period, this month."""
    month = Period.this_month()
    form = Asking(typed if "inicio" in typed else None, data={"inicio": month.start, "fim": month.end})
    form.empresa.offer(companies())
    return form
