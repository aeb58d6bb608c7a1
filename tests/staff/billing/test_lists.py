"""Lists of invoices, over the cast with its money: filters, totals, pages, queries."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from sqlalchemy import select

from models.billing import Invoice, Receipt
from models.wording import brl
from tests import cast

pytestmark = [pytest.mark.usefixtures("db", "billed"), pytest.mark.postgresql]


def test_filters_and_total(staff, db):
    ana = staff("ana.souza")
    opened, late, paid = (ana.get(f"/faturas?situacao={shown}&carne=tudo") for shown in ("open", "overdue", "paid"))
    assert "Rita Aparecida Moreira" in late.words
    assert "José Antônio Ferreira" not in late.words
    assert "José Antônio Ferreira" in opened.words
    assert "Paga" in paid.words
    hers = Invoice.company_id != cast.serra_azul().id
    owed = sum(db.scalars(select(Invoice.total_cents).where(Invoice.status == "open", hers)))
    assert brl(owed).replace("\u00a0", " ") in opened.words
    with_boleto = Invoice.nosso_numero.is_not(None)
    one = db.scalars(select(Invoice).where(Invoice.status == "paid", with_boleto).order_by(Invoice.id)).first()
    for number in (one.number, one.nosso_numero):
        found = ana.get(f"/faturas?numero={number}")
        assert found.page.select_one(f'a[href="/faturas/{one.id}"]')
    due = one.due_on.isoformat()
    of_a_day = ana.get(f"/faturas?situacao=all&de={due}&ate={due}").page.select("tbody tr")
    assert len(of_a_day) == db.query(Invoice).filter(Invoice.due_on == one.due_on, hers).count()
    assert "Nenhuma fatura assim" in ana.get("/faturas?numero=99999").words


@pytest.mark.parametrize("asked", ["abc", "12a", "0", "#10", "1 2", "9" * 21])
def test_a_number_that_is_none_finds_none(staff, asked):
    ana = staff("ana.souza")
    page = ana.get(f"/faturas?situacao=all&numero={quote(asked)}")
    assert not page.page.select("tbody tr")
    assert "Nenhuma fatura assim" in page.words
    assert page.page.select_one("#numero")["value"] == asked
    assert ana.post("/faturas/planilha", {"situacao": "all", "numero": asked}).data.count(b"\r\n") == 1  # its head


@pytest.mark.parametrize("filters", ["situacao=paid", "situacao=all&de=2099-01-01", "situacao=overdue&ate=2001-01-01"])
def test_a_number_is_looked_for_everywhere_and_no_filter_is_shown_beside_it(staff, db, filters):
    here = (Invoice.status == "open", Invoice.company_id == cast.vale_claro().id)
    one = db.scalars(select(Invoice).where(*here)).first()
    ana = staff("ana.souza")
    page = ana.get(f"/faturas?{filters}&numero={one.number}&ordem=-valor")
    assert page.page.select(f'tbody th a[href="/faturas/{one.id}"]')
    assert not page.page.select("a.chip, .view-filter [aria-current], #filters [type=date]")
    assert "O número procura em todas as situações e datas" in page.words
    form = page.form("/faturas/planilha")
    assert {name for name in form if name in ("situacao", "numero", "de", "ate", "ordem")} == {"numero", "ordem"}
    line = ana.post("/faturas/planilha", form).data.decode("utf-8-sig").split("\r\n")[1]
    assert line.split(";")[0] == str(one.number)
    bare = page.page.select_one("a.list-clear")["href"]
    assert bare == "/faturas?ordem=-valor"


def test_a_company_sees_and_sums_its_own(staff, db):
    celia = staff("celia.prado", company="Serra Azul Net").get("/faturas?situacao=all")
    assert "Hotel Mar Azul" in celia.words
    assert "Rita" not in celia.words
    mine = select(Invoice.total_cents).where(Invoice.company_id.in_((0, cast.serra_azul().id)))
    totals = list(db.scalars(mine))
    assert f"{len(totals)} faturas" in celia.words


def test_pages_follow_one_another(staff, db, monkeypatch):
    monkeypatch.setattr("models.desk.invoices.PAGE", 4)
    ana, seen, path = staff("ana.souza"), [], "/faturas?situacao=all"
    while path:
        page = ana.get(path)
        seen += [link["href"] for link in page.page.select("tbody th a")]
        following = page.page.select_one('a[rel="next"]')
        path = following["href"] if following else None
    visible = db.query(Invoice).filter(Invoice.company_id.in_((0, cast.vale_claro().id))).count()
    assert len(seen) == len(set(seen)) == visible


def test_the_customer_pages_too(staff, db, monkeypatch):
    monkeypatch.setattr("models.desk.invoices.ENDED_PER_PAGE", 2)
    ana, ze = staff("ana.souza"), cast.ze()
    first = ana.get(f"/clientes/{ze.id}/financeiro")
    older = ana.get(first.page.select_one('a[rel="next"]')["href"])
    links = [[link["href"] for link in page.page.select("tbody th a")] for page in (first, older)]
    assert links[0][-1] not in links[1]
    assert ana.get(f"/clientes/{ze.id}/financeiro?antes=nada").status == 200


def test_credit_is_told(staff, db):
    paid = db.scalars(select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "paid")).first()
    paid.settle(Receipt("pix", paid.total_cents, paid.due_on))
    page = staff("ana.souza").get(f"/clientes/{cast.ze().id}/financeiro")
    assert "Crédito R$ 79,90" in page.words, "in the head"
    assert [cell.get_text(" ", strip=True) for cell in page.page.select("section[id^=credito] tbody td")][:2] == [
        "Pago a mais",
        str(paid.number),
    ]


def test_a_fixed_number_of_queries(staff, db, count_queries):
    ana, counted = staff("ana.souza"), {}
    few = db.scalars(select(Invoice.id).where(Invoice.person_id == cast.maria().id)).first()
    many = db.scalars(select(Invoice.id).where(Invoice.person_id == cast.cooperative().id)).first()
    groups = {
        "list": ("/faturas?situacao=overdue", "/faturas?situacao=all"),
        "customer": (f"/clientes/{cast.maria().id}/financeiro", f"/clientes/{cast.sol().id}/financeiro"),
        "invoice": (f"/faturas/{few}", f"/faturas/{many}"),
    }
    for name, paths in groups.items():
        for path in paths:
            ana.get(path)
            with count_queries() as queries:
                ana.get(path)
            counted.setdefault(name, set()).add(len(queries))
    assert all(len(sizes) == 1 for sizes in counted.values()), counted
    assert max(size for sizes in counted.values() for size in sizes) <= 17, counted
