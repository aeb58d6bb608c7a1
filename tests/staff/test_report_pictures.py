"""Reports as picture, table and file: their figures are those of the lists, the file is the table (B-20)."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from models import clock as now
from models.billing import Receipt
from models.desk.periods import Period
from models.services import Service
from tests import cast
from tests.models.dunning.debts import owes

pytestmark = pytest.mark.postgresql

TODAY = "2037-12-28 10:00"
DECEMBER = "inicio=2037-12-01&fim=2037-12-31"
PICTURES = ("recebido", "atraso", "cortes", "vendas")


@pytest.fixture(autouse=True)
def december(clock, db):
    """Five ages of debts and two of nothing, payments of and before the month, sales, cuts and what ended them."""
    ze, sol, rita, maria = (cast.service(one) for one in (cast.ze(), cast.sol(), cast.rita(), cast.maria()))
    for row, sold_on in zip((ze, sol, rita, maria), (1, 1, 12, 24), strict=True):
        db.execute(update(Service).where(Service.id == row.id).values(sold_on=date(2037, 12, sold_on)))
    others = [row.id for row in (ze, sol, rita, maria)]
    db.execute(update(Service).where(Service.id.not_in(others)).values(sold_on=date(2037, 7, 1)))
    at("2037-12-03 09:00", lambda: rita.enable("Pagou no balcão"))  # both are suspended in the cast, on other days
    at("2037-12-03 09:00", lambda: maria.enable("Pagou no balcão"))
    at("2037-12-10 23:30", lambda: ze.suspend("Fatura em aberto", "reduced"))  # the eleventh in UTC
    at("2037-12-12 08:00", lambda: ze.suspend("Fatura em aberto"))
    at("2037-12-14 08:00", lambda: sol.suspend("Fatura em aberto"))
    at("2037-12-15 08:00", lambda: sol.enable("Pagou"))
    at("2037-12-20 08:00", lambda: ze.unlock_in_trust(date(2037, 12, 31), "Paga no dia 31"))
    at("2037-12-26 08:00", lambda: rita.suspend("Fatura em aberto"))
    with clock(TODAY):
        _owed(ze, sol)
        db.commit()
        yield


def _owed(ze, sol):
    with cast.by("ana.souza"):
        for due_on in ((2037, 12, 22), (2037, 12, 18), (2037, 12, 5), (2037, 11, 10), (2037, 10, 10), (2037, 8, 1)):
            owes(ze, date(*due_on), cents=10000 + due_on[1])
        owes(sol, date(2037, 12, 30))  # not yet
        owes(sol, date(2037, 12, 10)).settle(Receipt("pix", 9990, date(2037, 12, 10)))
        owes(sol, date(2037, 11, 20)).settle(Receipt("counter", 9990 + 327, date(2037, 12, 11)))
        owes(sol, date(2037, 12, 10)).cancel("Emitida duas vezes")


def at(moment, act):
    with now.set_to(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(now.ZONE))), cast.by("ana.souza"):
        act()


def cents(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def table(answer) -> list[list[str]]:
    """The rows of all tables as the file writes them, each of several tables behind the name of its first head."""
    found = []
    for one in answer.page.select("main .table"):
        head = one.select_one("thead th").get_text(strip=True)
        for row in one.select("tbody tr:not(.total)"):
            cells = [cell.get_text(" ", strip=True) for cell in row.select("th, td:not(.draw)")]
            found.append([head, *cells] if len(answer.page.select("main .table")) > 1 else cells)
    return [[re.sub(r"^R\$\s*([\d.]+,\d\d)$", lambda n: n[1].replace(".", ""), cell) for cell in row] for row in found]


def figures(answer) -> dict[str, str]:
    shown = answer.page.select(".figures dl > div")
    return {one.dt.text: one.dd.get_text(" ", strip=True).replace("\xa0", " ") for one in shown}


@pytest.mark.parametrize("slug", [*PICTURES, "dinheiro", "comissoes"])
def test_the_file_is_the_table(staff, slug):
    ana = staff("ana.souza")
    page = ana.get(f"/relatorios/{slug}?inicio=2037-07-01&fim=2037-12-31")
    answer = ana.post(f"/relatorios/{slug}/csv", page.form(f"/relatorios/{slug}/csv"))
    _, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    shown = table(page)
    assert shown
    if slug == "comissoes":  # 12/2037 on the page, 2037-12 in the file
        shown = [[row[0], "-".join(reversed(row[1].split("/"))), *row[2:]] for row in shown]
    assert lines == shown


def test_received_against_due_is_what_the_lists_say(staff):
    ana = staff("ana.souza")
    page = ana.get(f"/relatorios/recebido?{DECEMBER}")
    due = ana.get("/faturas?situacao=due&de=2037-12-01&ate=2037-12-31")
    late = ana.get("/faturas?situacao=overdue&de=2037-12-01&ate=2037-12-31")
    told = figures(page)
    assert f"total {told['Vencia no período']}" in due.words
    assert f"falta receber {told['Do período, em atraso']}" in late.words
    received = ana.get(f"/relatorios/dinheiro?{DECEMBER}").page.select("tr.total")
    [came] = [row for row in received if "Recebida" in row.text]
    assert cents(told["Recebido"]) == cents(came.select("td")[3].text) == 9990 + 10317
    assert "Entraram R$ 103,17 de faturas que venciam antes do período" in page.words
    extra = came.select("td")[4].get_text(" ", strip=True).replace("\xa0", " ")
    assert cents(extra) > 0
    assert f"{extra} de multa e juros" in page.words
    for row in page.page.select("main tbody tr:not(.total)"):
        listed = ana.get(row.a["href"]).words
        invoices, owed = row.select("td")[0].text, row.select("td")[1].get_text(" ", strip=True).replace("\xa0", " ")
        assert (f"total {owed}" in listed) if invoices != "0" else ("total R$" not in listed)


def test_the_picture_shows_the_rows_of_the_table(staff):
    page = staff("ana.souza").get(f"/relatorios/recebido?{DECEMBER}").page
    [plot] = page.select("svg.plot")
    columns = plot.select(".plot-col")
    rows = page.select("main tbody tr:not(.total)")
    assert [column["href"] for column in columns] == [row.a["href"] for row in reversed(rows)]
    tenth = columns[9]
    assert tenth["aria-label"].replace("\xa0", " ") == "qui 10/12: vencia R$ 99,90, recebido R$ 99,90"
    hollow, full = tenth.select("rect")[1:]
    assert hollow["height"] == full["height"]
    assert page.find(id=page.select_one(".chart-box > .skip")["href"][1:])


def test_debts_by_age_are_those_of_the_list(staff):
    ana = staff("ana.souza")
    page = ana.get("/relatorios/atraso")
    rows = page.page.select("main tbody tr:not(.total)")
    assert [row.th.text for row in rows] == [
        "1 a 15 dias", "16 a 30 dias", "31 a 60 dias", "61 a 90 dias", "Mais de 90 dias"
    ]  # fmt: skip
    assert [row.select("td.num")[1].text for row in rows] == ["2", "1", "1", "1", "1"]
    summed = 0
    for row in rows:
        owed = row.select_one("td.num").get_text(" ", strip=True).replace("\xa0", " ")
        assert f"falta receber {owed}" in ana.get(row.a["href"]).words
        summed += cents(owed)
    told = figures(page)
    assert cents(told["Em atraso"]) == summed
    assert f"falta receber {told['Em atraso']}" in ana.get("/faturas?situacao=overdue").words
    assert (told["Faturas"], told["Clientes"]) == ("6", "1")
    assert "1 cliente deve metade de tudo" in page.words


def test_cuts_and_releases_by_the_day_of_the_company(staff):
    page = staff("ana.souza").get(f"/relatorios/cortes?{DECEMBER}")
    moved = {row[0][4:9]: row[1:] for row in table(page) if set(row[1:]) != {"0"}}
    assert moved == {
        "03/12": ["0", "0", "2", "0"],
        "10/12": ["0", "1", "0", "0"],
        "12/12": ["1", "0", "0", "0"],  # cut again: what was reduced did not come back
        "14/12": ["1", "0", "0", "0"],
        "15/12": ["0", "0", "1", "0"],
        "20/12": ["0", "0", "0", "1"],
        "26/12": ["1", "0", "0", "0"],
    }
    assert table(page)[0][0] == "seg 28/12/2037"  # nothing can have happened yet behind it
    assert figures(page) == {
        "Cortados": "4",
        "Voltaram": "3",
        "Liberados em confiança": "1",
        "Cortados agora": "1",  # Seu Zé is released in trust, and counts apart
        "Em confiança agora": "1",
    }
    assert "1 em confiança: navega e ainda deve" in page.words


def test_sales_by_origin_and_by_seller_sum_to_the_same(staff):
    page = staff("ana.souza").get(f"/relatorios/vendas?{DECEMBER}")
    origin, seller = page.page.select("main .table")
    sums = [[cell.text for cell in one.select("tr.total td")] for one in (origin, seller)]
    assert sums[0] == sums[1]
    assert figures(page)["Vendas"] == "4"
    longest = max(seller.select("tbody tr:not(.total)"), key=lambda row: int(row.select("td.num")[1].text))
    assert longest.select_one(".row-bar .bar")["width"] == "100.0%"


@pytest.mark.parametrize("slug", PICTURES)
def test_every_company_apart(staff, db, slug):
    """What happens in the other company changes nothing in this one, and TODAS may look at each."""
    hotel, davi, ana = cast.service(cast.mar_azul()), staff("davi.rocha"), staff("ana.souza")
    before, all_before = table(ana.get(f"/relatorios/{slug}")), table(davi.get(f"/relatorios/{slug}"))
    with cast.by("davi.rocha"):
        owes(hotel, date(2037, 12, 15)).settle(Receipt("pix", 5000, date(2037, 12, 16)))
        hotel.suspend("Fatura em aberto")
    db.execute(update(Service).where(Service.id == hotel.id).values(sold_on=date(2037, 12, 16)))
    db.commit()
    assert table(ana.get(f"/relatorios/{slug}")) == before
    assert table(davi.get(f"/relatorios/{slug}")) != all_before
    chosen = davi.get(f"/relatorios/{slug}?{DECEMBER}&empresa={cast.serra_azul().id}")
    assert table(chosen)
    assert not chosen.page.select("main tbody th a")  # the list of invoices has no company to choose
    here = davi.get(f"/relatorios/{slug}?{DECEMBER}&empresa={cast.vale_claro().id}")
    assert table(here) == before
    forged = ana.get(f"/relatorios/{slug}?{DECEMBER}&empresa={cast.serra_azul().id}")
    assert table(forged) == before


@pytest.mark.parametrize("slug", PICTURES)
def test_a_report_asks_the_same_however_much_there_is(staff, db, count_queries, slug):
    ana = staff("ana.souza")
    ana.get(f"/relatorios/{slug}")
    with count_queries() as few:
        ana.get(f"/relatorios/{slug}?inicio=2037-12-10&fim=2037-12-10")
    with cast.by("ana.souza"):
        for day in range(1, 20):
            owes(cast.service(cast.maria()), date(2037, 12, day))
        db.commit()
    with count_queries() as many:
        ana.get(f"/relatorios/{slug}?inicio=2037-01-01&fim=2037-12-31")
    assert len(many) <= max(len(few), 9)


def test_a_long_period_has_weeks_or_months():
    def names(start, end):
        return [step.name for step in Period(start, end).steps()]

    assert names(date(2037, 12, 30), date(2038, 1, 1)) == ["qua 30/12/2037", "qui 31/12/2037", "sex 01/01/2038"]
    weeks = names(date(2037, 10, 1), date(2037, 12, 31))
    assert (len(weeks), weeks[0], weeks[-1]) == (14, "01/10 a 04/10/2037", "28/12 a 31/12/2037")
    months = names(date(2037, 1, 15), date(2038, 1, 15))
    assert (len(months), months[0], months[-1]) == (13, "janeiro/2037", "janeiro/2038")


def test_nothing_is_said_in_its_place(staff, db):
    ana = staff("ana.souza")
    for slug in ("vendas", "cortes"):
        page = ana.get(f"/relatorios/{slug}?inicio=2020-01-01&fim=2020-01-31")
        assert "Nada neste período" in page.words
        assert not page.page.select("svg.plot, .figures, form[action$=csv]")


def test_the_month_the_one_before_and_any_other(staff):
    page = staff("ana.souza").get("/relatorios/recebido")
    links = {link.text: link for link in page.page.select(".view-filter a")}
    assert list(links) == ["Dezembro", "Novembro", "3 meses", "Outro período"]
    assert links["Dezembro"]["aria-current"] == "true"
    assert "parcial até 10:00" in page.words
    assert not page.page.select("input[name=inicio]:not([type=hidden])")
    asked = staff("ana.souza").get(links["Outro período"]["href"])
    assert asked.page.select_one("#inicio").has_attr("data-focus")
    november = staff("ana.souza").get(links["Novembro"]["href"])
    assert "parcial" not in november.words
    assert "Por dia" in november.words
    assert "Por semana" in staff("ana.souza").get(links["3 meses"]["href"]).words
