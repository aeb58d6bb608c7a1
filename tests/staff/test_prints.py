"""Whoever is shown an invoice, a carnê or a contract as PDF stands in history, at every door (decision 017)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as now
from models.billing import Carne, Invoice
from models.contracts import Contract
from models.documents import Document
from models.history import Event
from models.papers import mail_carne
from tests import cast


def printed(db, action):
    return db.scalar(select(func.count()).where(Event.action == action))


@pytest.fixture
def invoice(db, billed):
    mine = select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "open", Invoice.paid_cents == 0)
    return db.scalars(mine.limit(1)).one()


def test_an_invoice_at_both_doors(staff, central, db, invoice):
    assert staff("ana.souza").post(f"/faturas/{invoice.id}/impressao").status == 303
    assert staff("silvia.maia").post(f"/faturas/{invoice.id}/impressao").status == 303
    assert printed(db, "invoice.printed") == 2, "the same bytes, but printed twice"
    ze = central("ze", level="proved")
    assert ze.post(f"/central/faturas/{invoice.id}/pdf").status == 303
    last = db.scalars(select(Event).where(Event.action == "invoice.printed").order_by(Event.id.desc())).first()
    assert (last.channel, last.actor_kind) == ("portal", "subscriber")


def test_a_carne_printed_and_mailed(staff, db, billed):
    carne = db.scalars(select(Carne)).first()
    for login in ("ana.souza", "silvia.maia"):
        assert staff(login).post(f"/carnes/{carne.id}/impressao").status == 303
    assert printed(db, "carne.printed") == 2
    for _ in range(2):
        mail_carne(carne, "Seu carnê", "Segue.")
    assert (printed(db, "carne.printed"), printed(db, "carne.mailed")) == (2, 2)


@pytest.mark.parametrize("kind", ["invoice", "carne", "contract"])
def test_only_a_post_opens_what_was_printed_and_it_is_told(staff, db, billed, worker, kind):
    """bruno.reis lacks people.read_cpf, and the slip shows it whole."""
    row = {
        "invoice": lambda: db.scalars(select(Invoice).where(Invoice.status == "open", Invoice.paid_cents == 0)).first(),
        "carne": lambda: db.scalars(select(Carne)).first(),
        "contract": lambda: db.scalars(select(Contract)).first(),
    }[kind]()
    start = f"/{ {'invoice': 'faturas', 'carne': 'carnes', 'contract': 'contratos'}[kind] }/{row.id}/impressao"
    staff("silvia.maia").post(start)
    worker.drain()
    db.expire_all()
    document = db.scalars(select(Document).where(Document.of(row)).order_by(Document.id.desc())).first()
    path, before = f"{start}/{document.id}", printed(db, f"{kind}.printed")
    reader = staff("ana.souza" if kind == "contract" else "bruno.reis")

    ready = reader.get(path)
    assert ready.headers["Content-Type"].startswith("text/html")
    assert "está pronto" in ready.h1
    assert ready.page.select_one("form[data-goes]")["action"] == path
    assert printed(db, f"{kind}.printed") == before, "nothing was shown yet"

    for _ in range(2):  # once in a minute
        assert reader.post(path).headers["Content-Type"] == "application/pdf"
        assert printed(db, f"{kind}.printed") == before + 1
    told = db.scalars(select(Event).where(Event.action == f"{kind}.printed").order_by(Event.id.desc())).first()
    assert told.subject_id == row.id
    assert told.actor_id == cast.operator("ana.souza" if kind == "contract" else "bruno.reis").id

    with now.set_to(now.now() + timedelta(minutes=2)):
        assert reader.post(path).headers["Content-Type"] == "application/pdf"
    assert printed(db, f"{kind}.printed") == before + 2


def test_another_edition_in_the_same_minute_is_told(staff, db):
    ana, contract = staff("ana.souza"), db.scalars(select(Contract)).first()
    ana.post(f"/contratos/{contract.id}/impressao")
    last = db.scalars(select(Event).where(Event.action == "contract.printed").order_by(Event.id.desc())).first()
    before, edit = printed(db, "contract.printed"), f"/clientes/{last.person_id}/dados/editar"
    assert ana.post(edit, {**ana.get(edit).form(edit), "name": "Outro Nome de Teste"}).status == 303
    ana.post(f"/contratos/{contract.id}/impressao")
    assert printed(db, "contract.printed") == before + 1


def test_what_is_not_ready_is_not_shown(staff, db, invoice):
    ana = staff("ana.souza")
    waiting = ana.post(f"/faturas/{invoice.id}/impressao").location
    before = printed(db, "invoice.printed")
    assert ana.post(waiting).location == waiting
    assert printed(db, "invoice.printed") == before


def test_a_contract(staff, db):
    contract = db.scalars(select(Contract)).first()
    before = printed(db, "contract.printed")
    for login in ("ana.souza", "silvia.maia"):
        staff(login).post(f"/contratos/{contract.id}/impressao")
    assert printed(db, "contract.printed") == before + 2
