"""The pictures of Início: what each shows, its finding in a sentence, and where a column leads (B-15)."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from flask import url_for

from models import clock
from models.wording import brl, counted, day
from models.worklist.events import Blocked, Hour
from models.worklist.money import Money
from models.worklist.sales import Sold
from web.charts import Chart, Column, day_words
from web.doors import me

HEIGHT = 96


def _month() -> str:
    return format_date(clock.today(), "MMMM", locale="pt_BR")


def money(found: Money) -> Chart:
    """Due against received, day by day."""
    today, days = clock.today(), [row.on for row in found.days]
    missing = found.due_cents - found.settled_cents
    rest = f"; faltam {brl(missing)}" if missing else ""
    finding = f"{brl(found.settled_cents)} de {brl(found.due_cents)} que já venceram{rest}"
    columns = [
        Column(
            day(row.on),
            f"{row.on:%d/%m}: {_came(row.received_cents, row.due_cents)}",
            row.received_cents,
            row.due_cents,
            href=_report("dinheiro", row.on),
            word=word,
            tone="strong" if row.on == today else "",
        )
        for row, word in zip(found.days, day_words(days, today), strict=True)
    ]
    nothing = "Nada venceu ainda neste mês"
    said = finding if found.due_cents else nothing
    return Chart(f"Recebido em {_month()}", said, columns, ("recebido", "vence"), "inside", "cents", HEIGHT)


def _came(received: int, due: int) -> str:
    return f"recebido {brl(received)}" + (f", vencem {brl(due)}" if due else "")


def blocked(days: list[Blocked]) -> Chart:
    """Blocked above the line, let back below it."""
    down, back = sum(row.blocked for row in days), sum(row.back for row in days)
    finding = (
        f"{counted(down, 'bloqueado')}, {counted(back, 'voltou', 'voltaram')} no mês; em confiança não conta"
        if down or back
        else "Ninguém no mês"
    )
    today = clock.today()
    columns = [
        Column(
            day(row.on),
            f"{row.on:%d/%m}: {counted(row.blocked, 'bloqueado')}, {counted(row.back, 'voltou', 'voltaram')}",
            row.blocked,
            row.back,
            word=word,
            tone="strong" if row.on == today else "",
        )
        for row, word in zip(days, day_words([row.on for row in days], today), strict=True)
    ]
    return Chart("Bloqueados e liberados", finding, columns, ("bloqueados", "voltaram"), "below", height=HEIGHT)


def hours(found: list[Hour]) -> Chart:
    """Tickets opened in each hour of today, within those of a common day like this one."""
    now = clock.local(clock.now())
    kind = format_date(now.date(), "EEEE", locale="pt_BR").removesuffix("-feira")
    past = [row for row in found if row.hour <= now.hour]
    came, usual = sum(row.today for row in past), sum(row.usual for row in past)
    columns = [
        Column(
            f"{row.hour} h",
            f"{row.hour} h: {counted(row.today, 'atendimento')}, {row.usual} {_in_a(kind)}",
            row.today,
            row.usual,
            word="agora" if row.hour == now.hour else f"{row.hour} h" if row in (found[0], found[-1]) else "",
            tone="part" if row.hour == now.hour else "",
        )
        for row in found
    ]
    finding = f"{came} até agora; {_in_a(kind)}, {usual}"
    return Chart("Atendimentos por hora", finding, columns, ("hoje", f"{kind} comum"), "inside", height=HEIGHT)


def _in_a(kind: str) -> str:
    """'numa terça comum', 'num sábado comum'."""
    return f"{'num' if kind in ('sábado', 'domingo') else 'numa'} {kind} comum"


def sales(found: Sold) -> Chart:
    today, more = clock.today(), found.total - found.before
    before = f"{abs(more)} a {'mais' if more > 0 else 'menos'} que" if more else "tantas quantas"
    days = [on for on, _ in found.days]
    columns = [
        Column(
            day(on),
            f"{on:%d/%m}: {counted(many, 'venda')}",
            many,
            href=_report("vendas", on),
            word=word,
            tone="strong" if on == today else "",
        )
        for (on, many), word in zip(found.days, day_words(days, today), strict=True)
    ]
    finding = f"{found.total} até hoje, {before} até este dia do mês passado"
    return Chart("Vendas por dia", finding, columns, ("vendas",), height=HEIGHT)


def _report(slug: str, on: date) -> str:
    """The report of one day, for whoever may read it."""
    if not me().may("reports.read"):
        return ""
    return url_for("staff.reports.show", report=slug, inicio=on.isoformat(), fim=on.isoformat())
