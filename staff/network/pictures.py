"""The pictures of a connection: what it used by hour or day, its traffic now, its tries to enter of a week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from babel.dates import format_date

from models import clock
from models.desk.outage_reach import Fall
from models.network.counted import Tries, Used
from models.wording import counted, hour, lasted, listed, rate, volume
from web.charts import Chart, Column, day_words

IN_RAIL = 96  # px
LATE = 3900  # seconds: more than an hour was told in one, after a silence


def consumption(rows: Sequence[Used], zone: str, by_hour: bool) -> Chart:
    """Download above the line, upload below it; what is not over yet is hollow, what was not told of is dashed."""
    down, up = sum(row.down_bytes for row in rows), sum(row.up_bytes for row in rows)
    finding = f"{volume(down)} recebidos, {volume(up)} enviados" if down or up else "Nada contado neste período"
    days = [row.begins.date() for row in rows]
    words = [hour(row.begins, zone) for row in rows] if by_hour else day_words(days, clock.today(zone))
    columns = [
        Column(
            _name(row, zone, by_hour),
            _says(row, zone, by_hour),
            row.down_bytes if row.counted else None,
            row.up_bytes,
            word=word if not by_hour or number % 6 == 5 else "",
            tone="part" if row is rows[-1] else "",
        )
        for number, (row, word) in enumerate(zip(rows, words, strict=True))
    ]
    name = "Consumo por hora" if by_hour else "Consumo por dia"
    return Chart(name, finding, columns, ("download", "upload"), "below", "bytes", 140)


def _name(row: Used, zone: str, by_hour: bool) -> str:
    there = clock.local(row.begins, zone)
    return (
        f"{there:%d/%m, %H} h" if by_hour else f"{format_date(there, 'EEE', locale='pt_BR').strip('.')}, {there:%d/%m}"
    )


def _says(row: Used, zone: str, by_hour: bool) -> str:
    name = _name(row, zone, by_hour)
    if not row.counted:
        return f"{name}: sem dados. Não quer dizer que o cliente ficou offline"
    several = f" ({lasted(row.online_seconds)} em uma barra)" if by_hour and row.online_seconds > LATE else ""
    return f"{name}: {volume(row.down_bytes)} recebidos, {volume(row.up_bytes)} enviados{several}"


def traffic(rows: Sequence[Used], zone: str) -> Chart:
    """What was received in each of the last hours, on the mean."""
    columns = [
        Column(
            _name(row, zone, True),
            f"{_name(row, zone, True)}: média de {rate(row.down_bytes, row.online_seconds)}"
            if row.counted
            else "sem dados",
            row.down_bytes * 8 // max(row.online_seconds, 1) // 1000 if row.counted else None,
            word=word,
            tone="strong" if row is rows[-1] else "",
        )
        for row, word in zip(rows, ["há 11 h", *[""] * (len(rows) - 2), "agora"], strict=True)
    ]
    return Chart("Tráfego das últimas horas", "", columns, ("recebidos",), unit="kbps", height=IN_RAIL)


def authentications(week: Sequence[Tries]) -> Chart:
    """Let in above the line, turned away below it."""
    columns = [
        Column(
            f"{tries.on:%d/%m}",
            f"{tries.on:%d/%m}: {told_of(tries)}",
            tries.accepted,
            tries.turned_away,
            word="hoje" if tries is week[-1] else format_date(tries.on, "EEE", locale="pt_BR").strip("."),
        )
        for tries in week
    ]
    return Chart(
        "Autenticações na Última Semana", finding_of(week), columns, ("aceitas", "recusadas"), "below", height=IN_RAIL
    )


def told_of(tries: Tries) -> str:
    """'2 aceitas, 3 recusadas: senha errada'."""
    accepted = counted(tries.accepted, "aceita") if tries.accepted or not tries.refused else ""
    refused = f"{counted(tries.turned_away, 'recusada')}: {listed(list(tries.refused))}" if tries.refused else ""
    return ", ".join(filter(None, (accepted, refused)))


def finding_of(week: Sequence[Tries]) -> str:
    """'9, todas aceitas', '24 recusadas: senha errada', '' when nobody tried."""
    accepted, refused = sum(tries.accepted for tries in week), sum(tries.turned_away for tries in week)
    if not refused:
        return f"{accepted}, todas aceitas" if accepted > 1 else "1, aceita" if accepted else ""
    reasons = listed(sorted({reason for tries in week for reason in tries.refused}))
    return (f"{counted(accepted, 'aceita')}, " if accepted else "") + f"{counted(refused, 'recusada')}: {reasons}"


def fall(found: Fall, zone: str | None = None) -> Chart:
    """How many were online along an outage: a line with a dot for each moment that was asked about."""
    points = found.points
    highest, last = max(point.online for point in points), points[-1]
    lowest = min(points, key=lambda point: point.online)
    fell = next((b.at for a, b in pairwise(points) if a.online > 0 and b.online * 2 <= a.online), None)
    if found.stopped:
        finding = f"Parou às {hour(found.stopped, zone)}, a maioria junta"
    elif fell and last.online * 2 > highest:
        finding = f"Caiu até as {hour(fell, zone)} e voltou: {last.online} de {highest}"
    elif fell:
        finding = f"Caiu até as {hour(fell, zone)}: de {highest} para {lowest.online}"
    else:
        finding = "Nenhuma queda de muitos ao mesmo tempo" if highest else "Ninguém esteve online neste tempo"
    columns = [
        Column(
            hour(point.at, zone),
            f"{hour(point.at, zone)}: {point.online} online",
            point.online,
            word=hour(point.at, zone) if number in (0, len(points) - 1) or point.at == fell else "",
        )
        for number, point in enumerate(points)
    ]
    return Chart("Sessões no ponto", finding, columns, ("online",), height=IN_RAIL)
