"""Relatórios: the figures of a period, by seller, origin and day; whose they are; the file (C-06, X-15)."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update

from models.billing import Receipt
from models.billing.commission import Commission
from models.history import Event
from models.operators import Company
from models.people import Origin, Person
from models.services import Service
from tests import cast
from tests.models.dunning.debts import owes
from tests.staff.selling import save, walk

pytestmark = pytest.mark.postgresql

TODAY = "2026-12-28 10:00"
DECEMBER = "inicio=2026-12-01&fim=2026-12-31"


@pytest.fixture(autouse=True)
def late_december(clock, db):
    """What the cast sold, on days that depend on the real one, was sold in July."""
    db.execute(update(Service).values(sold_on=date(2026, 7, 1)))
    db.execute(update(Commission).values(month="2026-07"))
    with clock(TODAY):
        yield


def rows(answer) -> list[list[str]]:
    """The table as text, the totals last."""
    found = answer.page.select("main tbody tr")
    return [[cell.get_text(" ", strip=True).replace("\xa0", " ") for cell in row.select("th, td")] for row in found]


@pytest.fixture
def moneys(db):
    """Of Seu Zé: one overdue, one to come, one received with fine and interest; of the other company: one overdue."""
    ze, mar_azul = cast.service(cast.ze()), cast.service(cast.mar_azul())
    owes(ze, date(2026, 12, 10))
    owes(ze, date(2026, 12, 30))
    paid = owes(ze, date(2026, 11, 10))
    paid.settle(Receipt("pix", 10000 + 327, date(2026, 12, 21)))
    owes(mar_azul, date(2026, 12, 15))
    db.commit()


def test_money_by_day_and_method(staff, moneys):
    found = rows(staff("ana.souza").get("/relatorios/dinheiro"))
    assert [row[:2] for row in found if row[0] != "Total"] == [
        ["10/12/2026", "Vencida"],
        ["21/12/2026", "Recebida"],
        ["30/12/2026", "Em aberto"],
    ]
    assert found[1][2:] == ["Pix", "1", "R$ 103,27", "R$ 3,37"]
    totals = {row[1]: row[3:5] for row in found if row[0] == "Total"}
    assert totals == {
        "Vencida": ["1", "R$ 99,90"],
        "Recebida": ["1", "R$ 103,27"],
        "Em aberto": ["1", "R$ 99,90"],
    }


def test_what_fell_due_on_a_closed_day_is_not_overdue_before_the_next(staff, db, clock):
    owes(cast.service(cast.ze()), date(2026, 12, 26))  # a Saturday: payable until Monday
    db.commit()
    assert rows(staff("ana.souza").get("/relatorios/dinheiro"))[0][:2] == ["26/12/2026", "Em aberto"]
    with clock("2026-12-29 10:00"):
        assert rows(staff("ana.souza").get("/relatorios/dinheiro"))[0][:2] == ["26/12/2026", "Vencida"]


def test_each_company_reads_its_own(staff, db, moneys):
    davi, serra = staff("davi.rocha"), cast.serra_azul().id
    assert ["15/12/2026", "Vencida"] in [row[:2] for row in rows(davi.get("/relatorios/dinheiro"))]
    chosen = rows(davi.get(f"/relatorios/dinheiro?{DECEMBER}&empresa={serra}"))
    assert [row[0] for row in chosen] == ["15/12/2026", "Total"]
    ana = staff("ana.souza")
    for path in ("/relatorios/dinheiro", f"/relatorios/dinheiro?{DECEMBER}&empresa={serra}"):
        answer = ana.get(path)
        assert "15/12/2026" not in [row[0] for row in rows(answer)]
        assert not answer.page.select("select[name=empresa]")
    assert "15/12/2026" not in ana.post("/relatorios/dinheiro/csv", {"inicio": "2026-12-01", "fim": "2026-12-31"}).text


@pytest.mark.feature("C-06")
def test_sales_by_origin_and_period(staff, db):
    shop, ana = db.scalars(select(Origin.id).where(Origin.name == "Loja")).one(), staff("ana.souza")
    path = f"/relatorios/vendas?{DECEMBER}"
    assert "Nada neste período" in ana.get(path).words
    assert save(ana, walk(ana, dados={"origin_id": str(shop)}, plano={"sold_on": "2026-12-28"})).status == 303
    db.execute(update(Service).where(Service.person_id == cast.ze().id).values(sold_on=date(2026, 12, 1)))
    db.execute(update(Person).where(Person.id == cast.ze().id).values(origin_id=None))
    db.commit()
    found = rows(ana.get(path))
    assert [row[:1] + row[2:4] for row in found] == [
        *(["Loja", "1", "1"], ["Sem origem", "1", "1"], ["Total", "2", "2"]),
        *(["Ana Souza", "1", "1"], ["Rafael Teixeira", "1", "1"], ["Total", "2", "2"]),
    ]
    later = rows(ana.get("/relatorios/vendas?inicio=2026-12-02&fim=2026-12-31"))
    assert [row[0] for row in later] == ["Loja", "Total", "Rafael Teixeira", "Total"]


def test_a_sale_leaves_its_commission(staff, db):
    """Half a monthly fee; a percentage that changes later does not rewrite it."""
    rate = update(Company).where(Company.name == "Vale Claro Telecom")
    db.execute(rate.values(commission_bp=5000))
    ana = staff("ana.souza")
    assert save(ana, walk(ana)).status == 303
    db.execute(rate.values(commission_bp=1000))
    db.commit()
    service = db.scalars(select(Service).order_by(Service.id.desc()).limit(1)).one()
    kept = db.scalars(select(Commission).where(Commission.service_id == service.id)).one()
    assert (kept.seller_id, kept.base_cents, kept.rate_bp) == (service.seller_id, service.price_cents, 5000)
    assert kept.amount_cents == (service.price_cents + 1) // 2
    [first, total] = rows(ana.get(f"/relatorios/comissoes?{DECEMBER}"))
    seller = next(name for login, (name, *_) in cast.OPERATORS.items() if cast.operator(login).id == service.seller_id)
    assert first[:3] == [seller, "12/2026", "1"]
    assert total[4] == first[4]


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("inicio=2026-12-31&fim=2026-12-01", "fim", "vem antes do primeiro"),
        ("inicio=2020-01-01&fim=2026-12-31", "fim", "no máximo um ano"),
        ("inicio=&fim=2026-12-31", "inicio", "Escolha o primeiro dia"),
        ("inicio=2026-12-01", "fim", "Escolha o último dia"),
        ("inicio=2026-02-31&fim=2026-12-31", "inicio", "Escreva a data como"),
    ],
)
def test_a_period_that_is_none(staff, moneys, query, field, sentence):
    answer = staff("ana.souza").get(f"/relatorios/dinheiro?{query}")
    assert answer.status == 422
    assert sentence in answer.errors()[field]
    assert not answer.page.select("main table")


def test_the_file(staff, db, moneys):
    ana = staff("ana.souza")
    form = ana.get("/relatorios/dinheiro").form("/relatorios/dinheiro/csv")
    answer = ana.post("/relatorios/dinheiro/csv", form)
    assert 'filename="dinheiro-2026-12-01-2026-12-31.csv"' in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head == ["Dia", "Situação", "Forma", "Quantas", "Valor", "Multa e juros"]
    assert lines[1] == ["21/12/2026", "Recebida", "Pix", "1", "103,27", "3,37"]
    event = db.scalars(select(Event).where(Event.action == "report.exported")).one()
    assert event.data["report"] == "Em aberto, vencidas e recebidas, 01/12/2026 a 31/12/2026"
    assert ana.post("/relatorios/dinheiro/csv", {"inicio": "2026-12-31", "fim": "2026-12-01"}).status == 422
    assert len(db.scalars(select(Event).where(Event.action == "report.exported")).all()) == 1


def test_who_may(staff, db):
    ana = staff("ana.souza")
    menu = ana.get("/").page.select_one('nav a[href="/relatorios"]')
    assert menu
    assert len(ana.get("/relatorios").page.select('main a[href^="/relatorios/"]')) == 7
    assert ana.get("/relatorios/nada").status == 404
    bruno = staff("bruno.reis")
    assert bruno.get("/relatorios").status == 403
    assert bruno.get("/relatorios/dinheiro").status == 403
    assert bruno.post("/relatorios/vendas/csv").status == 403


@pytest.mark.parametrize("report", ["atraso", "creditos"])
def test_what_is_so_today_has_no_days_to_be_wrong(staff, report):
    ana = staff("ana.souza")
    turned = {"inicio": "2026-12-31", "fim": "2020-01-01"}
    assert ana.get(f"/relatorios/{report}?{urlencode(turned)}").status == 200
    assert ana.post(f"/relatorios/{report}/csv", turned).status == 200
