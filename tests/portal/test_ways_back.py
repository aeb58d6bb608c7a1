"""What brings a suspended service back is what the desk and the Central say brings it back (X-07, D-24)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock as now
from models.billing import Invoice
from models.desk.blocked import why_blocked
from models.dunning import climb
from models.wording import named_invoices
from tests import cast

pytestmark = [pytest.mark.usefixtures("billed")]
NOBODY = "volta quando alguém habilitar"


def late(db, person) -> list[Invoice]:
    mine = select(Invoice).where(Invoice.person_id == person.id, Invoice.status == "open").order_by(Invoice.due_on)
    return [row for row in db.scalars(mine) if row.due_today().days_late]


def holding(db) -> list[Invoice]:
    """Of what Rita owes, what keeps her blocked: what she was told of long enough ago. On some days not all is."""
    [blocked] = why_blocked([cast.service(cast.rita()).id]).values()
    return [db.get(Invoice, debt.invoice_id) for debt in blocked.holding]


def said(page) -> str:
    return " ".join(page.page.select_one(".work .note-body").get_text(" ").split())


def press(visitor, path, **typed):
    answer = visitor.post(path, {**visitor.get(path).form(path), **typed})
    assert answer.status == 303, answer.errors()


@pytest.fixture
def silvia(staff):
    return staff("silvia.maia")


@pytest.fixture
def cut(db, worker):
    """Rita's service, suspended by the ladder and not by a person."""
    worker.drain()
    service = cast.service(cast.rita())
    with cast.by("silvia.maia"):
        service.enable("teste")
    db.commit()
    days = (now.today() + timedelta(days=ahead) for ahead in range(1, 10))  # on the eve of a weekend nothing is cut
    assert any(climb(service.id, day) == "suspend" for day in days)
    db.commit()
    worker.drain()
    db.expire_all()
    return service


def end_debts(way, db, silvia, central):
    rita = central("rita", "proved")
    for row in late(db, cast.rita()):
        if way == "contestacao":
            amount = f"{row.open_cents // 100},{row.open_cents % 100:02}"
            press(rita, f"/central/faturas/{row.id}/contestacao", amount_cents=amount, reason="Não reconheço")
        elif way == "vencimento":
            later = (now.today() + timedelta(days=7)).isoformat()
            press(silvia, f"/faturas/{row.id}/vencimento", due_on=later, reason="acordo")
        else:
            press(silvia, f"/faturas/{row.id}/{way}", reason="erro nosso")


@pytest.mark.postgresql
@pytest.mark.parametrize("way", ["cancelamento", "baixa", "vencimento", "contestacao"])
def test_what_the_ladder_cut_is_on_its_way_back_however_the_debt_ended(way, silvia, central, db, worker, cut):
    end_debts(way, db, silvia, central)
    page = f"/clientes/{cut.person_id}"
    answer = said(silvia.get(page))
    assert answer.startswith("Voltando: não há mais débito que segure. Leva até 2 minutos.")
    assert NOBODY not in answer
    ladder = silvia.get(f"/servicos/{cut.id}/regua").words
    assert "Não há mais débito que o segure: o serviço está voltando." in ladder
    home = central("rita").get("/central/")
    assert home.h1 == "Sua internet está voltando"
    assert "Não há mais débito que a segure. Não precisa fazer mais nada." in home.words
    worker.drain()
    db.expire_all()
    assert cut.status == "active"
    assert NOBODY not in said(silvia.get(page))


def test_the_central_promises_what_paying_does(central, silvia, db, worker):
    """An open invoice that is not late holds nothing: paying it brings nobody back."""
    worker.drain()
    rita = central("rita", "proved")
    owed = holding(db)
    before = rita.get("/central/").words
    article = "as" if len(owed) > 1 else "a"
    assert f"Falta pagar {article} {named_invoices([row.due_on for row in owed])}. Com Pix, ela volta" in before
    end_debts("cancelamento", db, silvia, central)
    worker.drain()
    home = rita.get("/central/")
    assert home.h1 == "Sua internet está suspensa"
    assert "volta em poucos minutos" not in home.words
    assert "Falta pagar" not in home.words
    assert "fale com a Vale Claro Telecom." in home.words
    coming = db.scalars(select(Invoice).where(Invoice.person_id == cast.rita().id, Invoice.status == "open")).first()
    if coming is None:  # between the day it fell due and the next run
        return
    assert home.page.select_one(".amount"), "what is not late may be paid all the same"
    assert "Não dá para pagar hoje?" not in home.words
    asked = rita.get("/central/ajuda/sem-internet").words
    assert "volta sozinho" not in asked
    press(silvia, f"/faturas/{coming.id}/recebimento", paid_with="pix")
    worker.drain()
    db.expire_all()
    assert cast.service(cast.rita()).status == "suspended_for_debt"


def test_released_in_trust_it_says_the_same(central, silvia, db, worker):
    worker.drain()
    rita, path = central("rita", "proved"), f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca"
    assert rita.post(path).status == 303
    assert "Sem pagamento até lá, suspende de novo." in rita.get("/central/").words
    assert "Pague até amanhã" in rita.get(path).words
    end_debts("cancelamento", db, silvia, central)
    worker.drain()
    home, release = rita.get("/central/").words, rita.get(path)
    assert "Sem pagamento" not in home + release.words
    assert "Depois disso, suspende de novo. Fale antes com a Vale Claro Telecom." in home
    assert "Fale com a Vale Claro Telecom até amanhã" in release.words
    assert release.page.select_one(".amount") is None


def test_released_in_trust_and_paid_it_goes_on(central, silvia, db, worker):
    worker.drain()
    rita, path = central("rita", "proved"), f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca"
    assert rita.post(path).status == 303
    for row in late(db, cast.rita()):
        press(silvia, f"/faturas/{row.id}/recebimento", paid_with="pix")
    words = rita.get(path).words
    assert "Não há mais débito que o segure" in words
    assert "suspende de novo" not in words + rita.get("/central/").words


def test_when_all_of_them_are_paid_it_is_back_as_was_promised(central, silvia, db, worker):
    worker.drain()
    rita, owed = central("rita"), holding(db)
    for row in owed:
        assert "Com Pix, ela volta em poucos minutos." in rita.get("/central/").words
        press(silvia, f"/faturas/{row.id}/recebimento", paid_with="pix")
    assert "Recebemos o seu pagamento. Não precisa fazer mais nada." in rita.get("/central/").words
    worker.drain()
    assert rita.get("/central/").h1 == "Sua internet está ativa"


@pytest.mark.postgresql
def test_what_a_person_suspended_waits_for_a_person_when_the_invoice_is_cancelled(silvia, central, db, worker):
    worker.drain()
    end_debts("cancelamento", db, silvia, central)
    page = f"/clientes/{cast.rita().id}"
    assert NOBODY in said(silvia.get(page))
    worker.drain()
    db.expire_all()
    assert cast.service(cast.rita()).status == "suspended_for_debt"
    assert NOBODY in said(silvia.get(page))
