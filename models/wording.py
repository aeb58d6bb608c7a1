"""How values are said in Brazilian Portuguese: money, days, documents. Rules and screens share these (X-12)."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from models import clock

EM_DASH = "—"

# Signs without ink that Unicode calls letters, marks or symbols: fillers of Hangul, the empty Braille cell,
# joiners, the vowels of Khmer that are not written, selectors of variants, blank hieroglyphs; and what stands for an
# object or a sign that was lost.
_BLANK = set(
    "\ufffc\ufffd\U00013441\U00013442\U00016fe4\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159"
)
_BLANK |= {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
_CPF = re.compile(r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b")


def tidy(typed: str | None) -> str:
    """What was typed without invisible signs, on one line with single spaces.

    Empty when nothing of it can be seen: spaces, zero widths, blank letters, or accents without a letter below.
    """
    return re.sub(r"\s+", " ", visible(typed or "")).strip()


def tidy_lines(typed: str | None) -> str:
    """The same for a text of several lines, which stay lines."""
    lines = visible((typed or "").replace("\r\n", "\n")).split("\n")
    return "\n".join(re.sub(r"\s+", " ", line).rstrip() for line in lines).strip()


def visible(typed: str) -> str:
    """The characters that leave ink, and the spaces and lines between them; nothing when only marks are left."""
    kept = "".join(c for c in typed if c not in _BLANK and unicodedata.category(c) not in ("Cf", "Co", "Cs"))
    return kept if any(unicodedata.category(c)[0] in "LNPS" for c in kept) else ""


def brl(cents: int | None) -> str:
    """'R$ 1.234,56', written as Babel would, with its no-break space, in a hundredth of the time."""
    if cents is None:
        return EM_DASH
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}R$\u00a0{whole:,}".replace(",", ".") + f",{rest:02}"


def brl_fine(hundredths: int) -> str:
    """'R$ 3,3300' from hundredths of a centavo: a value per day, shown and never calculated with (C-40)."""
    return format_currency(Decimal(hundredths) / 10_000, "BRL", "¤\xa0#,##0.0000", "pt_BR", currency_digits=False)


def percent(hundredths: int) -> str:
    """'2 %', '1,25 %' from hundredths of a percent."""
    return f"{format_decimal(Decimal(hundredths) / 100, locale='pt_BR')} %"


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else EM_DASH


def short_day(value: date | None) -> str:
    """'25/11', with its year when that is not this one."""
    if value is None:
        return EM_DASH
    return f"{value:%d/%m}" if value.year == clock.today().year else day(value)


def moment(value: datetime | None, zone: str | None = None) -> str:
    return f"{clock.local(value, zone):%d/%m/%Y %H:%M}" if value else EM_DASH


def hour(value: datetime, zone: str | None = None) -> str:
    return f"{clock.local(value, zone):%H:%M}"


def long_day(value: date) -> str:
    """'24 de novembro de 2026'."""
    return format_date(value, "long", locale="pt_BR")


def weekday(value: date) -> str:
    """'terça-feira, 24/11/2026'."""
    return f"{format_date(value, 'EEEE', locale='pt_BR')}, {day(value)}"


def month_name(value: date) -> str:
    return format_date(value, "LLLL", locale="pt_BR")


def near(value: datetime, zone: str | None = None) -> str:
    """'hoje às 14:33', 'amanhã às 14:33', else the day with the hour."""
    days = (clock.local(value, zone).date() - clock.today(zone)).days
    there = clock.local(value, zone)
    this_year = there.year == clock.today(zone).year
    word = {-1: "ontem", 0: "hoje", 1: "amanhã"}.get(days) or f"{there:%d/%m}" + ("" if this_year else f"/{there:%Y}")
    return f"{word} às {hour(value, zone)}"


def tax_id(value: str | None) -> str:
    """CPF or CNPJ with its punctuation."""
    if not value:
        return EM_DASH
    if len(value) == 11:
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"
    return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"


def ended(words: str) -> str:
    """With one full stop, also behind a name that has one: 'Padaria Sol Ltda.'."""
    return words if words.endswith(".") else f"{words}."


def masked(value: str) -> str:
    """What of a CPF may be shown by default; the CNPJ of an organization is public."""
    return f"***.{value[3:6]}.{value[6:9]}-**" if len(value) == 11 else tax_id(value)


def without_cpf(text: str) -> str:
    """A text in which no CPF written as one stands whole."""
    return _CPF.sub(lambda found: masked(re.sub(r"\D", "", found[0])), text)


def phone(value: str | None) -> str:
    if not value or not value.isdigit() or len(value) < 10:
        return value or EM_DASH
    if value.startswith("0800"):
        return f"{value[:4]} {value[4:7]} {value[7:]}"
    return f"({value[:2]}) {value[2:-4]}-{value[-4:]}"


def cep(value: str | None) -> str:
    return f"{value[:5]}-{value[5:]}" if value and len(value) == 8 else value or EM_DASH


def file_size(size: int) -> str:
    """'2,1 MB', '340 KB', '12 bytes', of 1.024 each."""
    for unit, word in ((1024 * 1024, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{format_decimal(Decimal(size) / unit, '0.#' if size < 10 * unit else '0', locale='pt_BR')} {word}"
    return f"{size} bytes"


def volume(size: int) -> str:
    """'188,2 GB', '7 TB', '340 MB', of 1.000 each, as what passes a line is counted."""
    for unit, word in ((10**12, "TB"), (10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            return f"{format_decimal(Decimal(size) / unit, '0.#', locale='pt_BR')} {word}"
    return "menos de 1 MB" if size else "nada"


def rate(size: int, seconds: int) -> str:
    """'41,2 Mbps': bytes that passed in some seconds."""
    return f"{format_decimal(Decimal(size * 8) / (max(seconds, 1) * 10**6), '0.#', locale='pt_BR')} Mbps"


def lasted(seconds: int) -> str:
    """'6 dias 4 h', '5 h 21 min', '3 min'."""
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{counted(minutes // (24 * 60), 'dia')} {minutes // 60 % 24} h"


def counted(count: int, one: str, many: str = "") -> str:
    """'1 dia', '20 dias'; `many` where it is not the word with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def thousands(count: int) -> str:
    """'20.418'."""
    return f"{count:,}".replace(",", ".")


class Count(int):
    """A number that a sentence counts with: f"{Count(1):parcela}" is '1 parcela', f"{Count(3):parcela}" '3 parcelas'.

    A word whose plural is another is written with both: `{:mês,meses}`.
    """

    def __format__(self, spec: str) -> str:
        one, _, many = spec.partition(",")
        return counted(int(self), one, many) if one[:1].isalpha() and len(one) > 1 else format(int(self), spec)


def duration(minutes: int) -> str:
    """'4h', '1h30', '45min': hours and minutes, for a day of work is not 24 hours."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}min"
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


def waited(since: timedelta) -> str:
    """'agora', 'há 2 min', 'há 5 h', '1 dia', '6 dias': how long something has been where it is."""
    minutes = max(int(since.total_seconds() // 60), 0)
    if minutes < 60:
        return f"há {minutes} min" if minutes else "agora"
    return f"há {minutes // 60} h" if minutes < 24 * 60 else counted(minutes // (24 * 60), "dia")


def listed(words: list[str]) -> str:
    """'a, b e c'."""
    return " e ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))


def named_invoices(due: Sequence[date]) -> str:
    """'fatura de outubro', 'faturas de setembro e outubro', '4 faturas, a mais antiga de julho', by their due days."""
    months = [month_name(on) if on.year == clock.today().year else f"{month_name(on)} de {on.year}" for on in due]
    if len(months) == 1:
        return f"fatura de {months[0]}"
    if len(months) <= 3 and len(set(months)) == len(months):
        return f"faturas de {listed(months)}"
    return f"{counted(len(months), 'fatura')}, a mais antiga de {months[0]}"


def speed(mbps: int) -> str:
    """'500 Mbps', from 1000 on '1 Gbps', '2,5 Gbps'."""
    return f"{mbps} Mbps" if mbps < 1000 else f"{format_decimal(Decimal(mbps) / 1000, locale='pt_BR')} Gbps"


def speeds(download_mbps: int, upload_mbps: int) -> str:
    """'500 Mbps, 250 de envio', the unit said again only when it is another: '1 Gbps, 500 Mbps de envio'."""
    down, up = speed(download_mbps), speed(upload_mbps)
    return f"{down}, {up if up[-4:] != down[-4:] else up[:-5]} de envio"
