"""Dias sem cobrança through the doors: named, charged, given up, and both taken back (decision 017)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models import clock
from models.billing import Invoice
from models.operators import Company
from models.services import UnchargedDays
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run


@pytest.fixture
def gap(db, clock):
    """The first invoice of Seu Zé, from 20/11/2026 to 09/01/2027, was cancelled by hand."""
    with clock("2026-12-01 10:00"):
        account()
        service = charged(cast.ze())
        nobody_else(cast.ze())
        run()
        db.scalars(select(Invoice)).one().cancel("para fazer o carnê")
        db.commit()
        yield service


def test_named_where_somebody_decides(staff, db, worker, gap):
    ana = staff("ana.souza")
    shown = ana.get(f"/clientes/{gap.person_id}/financeiro").words
    assert "20/11/2026 a 09/01/2027" in shown
    assert "Ninguém cobrou" in shown
    rehearsed = ana.get("/faturamento").words
    assert "20/11/2026 a 09/01/2027" in rehearsed
    worker.routine("billing")
    assert [row.status for row in db.scalars(select(Invoice))] == ["cancelled"]


def test_charged_by_hand(staff, db, gap):
    ana, path = staff("ana.souza"), f"/servicos/{gap.id}/cobranca-de-dias"
    form = ana.get(path).form(path)
    assert (form["starts_on"], form["ends_on"], form["due_on"]) == ("2026-11-20", "2027-01-09", "2026-12-10")
    assert ana.post(path, {**form, "due_on": ""}).errors()["due_on"] == "Erro: Escolha o vencimento."
    assert "já passou" in ana.post(path, {**form, "due_on": "2026-11-30"}).errors()["due_on"]
    assert "Nem todos" in ana.post(path, {**form, "ends_on": "2027-01-20"}).errors()["starts_on"]
    shorter = {**form, "ends_on": "2026-12-09"}
    other = ana.post(path, shorter)
    assert other.status == 422
    assert "Estes dias custam R$\u00a066,60. Confira o valor" in other.html
    calculated = ana.post(path, {**shorter, "calcular": "sim"})
    assert calculated.status == 200
    assert "R$ 66,60" in calculated.page.select_one(".sum-total").get_text(" ").replace("\u00a0", " ").replace(
        "  ", " "
    )
    assert calculated.form(path)["shown"] == "6660"
    assert "Nem todos" in ana.post(path, {**form, "ends_on": "2027-01-20", "calcular": "sim"}).errors()["starts_on"]
    assert db.scalars(select(Invoice).where(Invoice.status == "open")).all() == []
    shown = ana.get(path).page.select_one("dl.sum").get_text(" ")
    assert "20/11/2026 a 09/12/2026" in shown
    assert "166,50" in shown, "what it costs stands there before it is issued"
    assert ana.post(path, form).status == 303
    issued = db.scalars(select(Invoice).where(Invoice.status == "open")).one()
    assert issued.total_cents == 6660 + 9990
    assert ana.get(path).status == 422, "there is nothing left to decide"
    assert "não tem dias sem cobrança" in ana.post(path, form).words


@pytest.mark.parametrize("means", ["Pix mensal", "Balcão"])
def test_charged_as_its_method_is_paid(staff, db, gap, means):
    """«Somente Pix» issues no boleto from this door either."""
    gap.billing_method_id = cast.method(means).id
    db.commit()
    ana, path = staff("ana.souza"), f"/servicos/{gap.id}/cobranca-de-dias"
    assert ana.post(path, ana.get(path).form(path)).status == 303
    issued = db.scalars(select(Invoice).where(Invoice.status == "open")).one()
    assert (issued.barcode, issued.registration) == ("", "none")


def test_given_up_and_taken_back(staff, db, gap):
    ana, path = staff("ana.souza"), f"/servicos/{gap.id}/dias-sem-cobranca"
    form = ana.get(path).form(path)
    assert "Escreva o motivo" in ana.post(path, {**form, "reason": " "}).errors()["reason"]
    assert ana.post(path, {**form, "ends_on": "2026-12-09", "reason": "Cabo partido"}).status == 303
    row = db.scalars(select(UnchargedDays)).one()
    home = f"/clientes/{gap.person_id}/financeiro"
    shown = ana.get(home).words
    assert "Cabo partido" in shown
    assert "10/12/2026 a 09/01/2027" in shown, "the rest still waits"
    undo = f"/dias-sem-cobranca/{row.id}/remover"
    assert ana.post(undo).status == 303
    assert "20/11/2026 a 09/01/2027" in ana.get(home).words
    assert ana.post(undo).status == 422
    history = ana.get(f"/clientes/{gap.person_id}/historicos").words
    assert "decidiu não cobrar 20/11/2026 a 09/12/2026" in history


def test_whoever_only_reads_is_told_and_decides_nothing(staff, gap):
    bruno = staff("bruno.reis")
    assert bruno.get(f"/servicos/{gap.id}/dias-sem-cobranca").status == 403
    assert bruno.get(f"/servicos/{gap.id}/cobranca-de-dias").status == 403


def test_a_company_out_of_use_charges_through_no_door(staff, db, gap):
    """The charge form, the carnê and the run refuse; so does this one, which says why instead of its button."""
    silvia, path = staff("silvia.maia"), f"/servicos/{gap.id}/cobranca-de-dias"
    form, money = silvia.get(path).form(path), f"/clientes/{gap.person_id}/financeiro"
    link = f'a[href^="{path}"]'
    assert silvia.get(money).page.select_one(link)
    db.execute(update(Company).where(Company.id == gap.company_id).values(inactive_since=clock.now()))
    db.commit()
    for answer in (silvia.get(path), silvia.post(path, form)):
        assert answer.status == 422
        assert "está fora de uso. Reative-a" in answer.words
    assert db.scalars(select(Invoice).where(Invoice.status == "open")).first() is None
    assert not silvia.get(money).page.select_one(link)
    assert "está fora de uso. Reative-a" in silvia.get(money).words
