"""A subscriber with several services reads of which one each sentence, invoice and carnê is (C-103, C-107)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from models.billing import Carne, Charge, Invoice
from models.scope import acting
from models.services import Service
from tests import cast, heavy


@pytest.fixture
def services(billed, db):
    """The fourteen of the largest customer, of which two are cut and one is released in trust."""
    with acting(cast.INSTALLER, "job"):
        heavy.load()
    mine = select(Service).where(Service.person_id == cast.cooperative().id).order_by(Service.id)
    return list(db.scalars(mine))


def label(service):
    return f"{service.plan_name}, nº\u00a0{service.id}"


@pytest.mark.postgresql
def test_the_title_counts_those_that_stopped_and_names_them(central, services):
    stopped = [row for row in services if row.status == "suspended_for_debt"]
    assert (len(services), len(stopped)) == (14, 2)
    page = central("cooperative").get("/central/")
    assert page.h1 == "2 dos seus 14 serviços estão suspensos"
    sentence = page.page.select_one(".state p").text
    assert sentence.startswith("; ".join(label(row) for row in stopped) + ".")
    assert "Falta pagar" in sentence
    assert "Com Pix, eles voltam em poucos minutos." in sentence
    assert "suspensos" not in central("rita").get("/central/").words


def test_one_of_several_and_all_of_them(central, services, db):
    first, second, *_ = [row for row in services if row.status == "suspended_for_debt"]
    with cast.by("silvia.maia"):
        first.enable("teste")
    db.commit()
    page = central("cooperative").get("/central/")
    assert page.h1 == "1 dos seus 14 serviços está suspenso"
    assert page.page.select_one(".state p").text.startswith(f"{label(second)}. Falta pagar ")
    with cast.by("silvia.maia"):
        for row in services:
            if row.status == "active":
                row.suspend("teste")
            elif row.status != "suspended_for_debt":
                row.move_to("cancelled")
    db.commit()
    page = central("cooperative").get("/central/")
    assert re.fullmatch(r"Seus \d+ serviços estão suspensos", page.h1)
    assert "Sobre os outros, fale com a Vale Claro Telecom." in page.words


@pytest.mark.postgresql
def test_each_invoice_and_carne_is_named_by_its_service(central, services, db):
    page = central("cooperative").get("/central/faturas").page
    for section in page.select('main section[aria-labelledby^="fatura-"]'):
        id = int(section["aria-labelledby"].split("-")[1])
        charged = set(db.scalars(select(Charge.service_id).where(Charge.invoice_id == id)))
        named = [label(row) for row in services if row.id in charged]
        assert (named[0] if len(named) == 1 else f"{len(named)} serviços") in section.text
    summaries = [summary.text for summary in page.select("main details summary")]
    carnes = db.scalars(select(Carne).where(Carne.person_id == cast.cooperative().id)).all()
    assert summaries
    assert len(summaries) <= len(carnes)
    assert all(re.match(r"Carnê \d+ \(.+, nº\xa0\d+\): ", summary) for summary in summaries)


def test_an_instalment_of_another_year_is_said_with_its_year(central, billed, db):
    carne = db.scalars(select(Carne).order_by(Carne.id)).first()
    who = next(name for name, find in cast.SUBSCRIBERS.items() if find().id == carne.person_id)
    rows = db.scalars(select(Invoice).where(Invoice.carne_id == carne.id, Invoice.status == "open")).all()
    for row in rows:
        row.due_on = row.due_on.replace(year=row.due_on.year + 2, day=10)
    db.commit()
    summary = central(who).get("/central/faturas").page.select_one("main details summary").text
    assert re.search(r"próxima 10/\d\d/\d{4}$", summary)


def test_the_rule_of_the_release_stands_where_something_stopped(central, services):
    page = central("cooperative").get("/central/servicos").page
    said = {int(card["id"].split("-")[1]): card.text for card in page.select("article")}
    assert set(said) == {row.id for row in services}
    for row in services:
        if row.status == "active" and "Em confiança" not in said[row.id]:
            assert "liberação" not in said[row.id].lower()
            assert "Desbloqueio" not in said[row.id]
    assert "O desbloqueio vale para" not in page.text
    assert any("Desbloqueio em Confiança" in text for text in said.values())
    calm = central("sol").get("/central/servicos")
    assert calm.words.count("O desbloqueio vale para") == 1, "once, where nothing stopped, and under no service"
    assert not [card for card in calm.page.select("article") if "desbloqueio" in card.text.lower()]
