"""kill -9 of the worker while it settles a retorno, draws a carnê, hands over mails: each is done once, by the next.

What SMTP cannot know: whether a server that took the last byte keeps the mail, when we die before its "250". It is
sent again then, with the same Message-ID, so that a mailbox that looks shows it once; nothing else is done twice.
"""

from __future__ import annotations

import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from integrations.mail import SmtpServer
from models import clock as real
from models.base import read_only
from models.billing import Carne, Invoice, Payment
from models.billing.carne_plan import proposal
from models.billing.issue import Draft, NewCharge, issue
from models.collection import BankFile, BankFileRecord
from models.documents import Document
from models.history import Event
from models.notices import Notice
from models.operators import company_of
from models.outbox import Effect
from tests import bank, cast
from tests.jobs.test_kill import STARTS, Process
from tests.mailbox import mailbox
from tests.models.billing.money import account, charged

FILES = "/arquivos-do-banco"
ADDRESS = "ze.ferreira@exemplo.example"


@pytest.fixture
def box(app):
    """A mail server on loopback, for the process that is killed and for the one that takes over."""
    before = app.extensions["mail"]
    with mailbox() as (box, port):
        box.url = f"smtp+plain://127.0.0.1:{port}"
        app.extensions["mail"] = SmtpServer(box.url, app.config["MAIL_SENDER"])
        yield box
    app.extensions["mail"] = before


@pytest.fixture
def victim(database, box, tmp_path):
    """A worker in a process of its own."""
    made = Process(database, tmp_path / "worker.log", "flask", "worker")
    made.env["ENLACE_MAIL_URL"] = box.url
    yield made
    made.kill()


def killed(victim, db, when):
    """Start it and kill it at the first moment when `when()` is true; its lease runs out.

    The looking only reads: one that stood in line with the victim's writing would be let in when all is done.
    """
    victim.start()
    began = time.monotonic()
    db.rollback()
    with read_only():
        while not when():
            db.rollback()
            assert time.monotonic() - began < 6 * STARTS, victim.log.read_text()[-2000:]
            time.sleep(0.02)
    victim.kill()
    db.rollback()
    db.execute(update(Effect).where(Effect.state == "ready").values(lease_until=None))
    db.commit()


def finished(worker, db):
    """The next worker does all there is to do."""
    with real.set_to(real.now() + timedelta(minutes=3)):  # a mail that waited for its document is tried again
        worker.drain()
        checked = worker.command("check")
    assert checked.exit_code == 0, checked.output
    assert count(db, Effect, Effect.state != "done") == 0


def count(db, table, *where) -> int:
    db.expire_all()
    return db.scalar(select(func.count()).select_from(table).where(*where))


# ---- a retorno


@pytest.fixture
def retorno(db, staff):
    """So many boletos of Seu Zé, sent to the bank and paid there all on one day; the file was told to be processed."""

    def processed(lines):
        itau, ze = account(pix_key="", pix_city=""), cast.service(cast.ze())
        charge = NewCharge(ze.id, "one_off", "Visita técnica", 9990, (("one_off", "Visita técnica", 9990),))
        company, due = company_of(ze), real.today() + timedelta(days=5)
        draft = Draft(company, ze.person_id, ze.billing_method_id, itau, due, (charge,))
        ids = issue([draft] * lines, real.today())
        db.commit()
        ana = staff("ana.souza")
        remessa = ana.post(f"{FILES}/remessa", {"account_id": str(itau.id)})
        told = bank.answer(ana.get(f"{remessa.location}/baixar").data, real.today(), lambda _: 9990)
        form = {"account_id": str(itau.id), "file": (BytesIO(told), "a.ret")}
        read = ana.post(f"{FILES}/retorno", form, content_type="multipart/form-data")
        assert ana.post(read.location).status == 303
        return ids

    return processed


@pytest.mark.slow
@pytest.mark.parametrize("lines", [300, pytest.param(2000, marks=pytest.mark.long)])
def test_killed_while_it_settles(lines, retorno, victim, worker, db):
    ids = retorno(lines)
    for part in (6, 4):
        killed(victim, db, lambda part=part: count(db, Payment) > lines // part)
        assert lines // part < count(db, Payment) < lines
    finished(worker, db)
    assert sorted(db.scalars(select(Payment.invoice_id))) == sorted(ids)
    assert count(db, Invoice, Invoice.id.in_(ids), Invoice.status == "paid") == lines
    assert count(db, BankFileRecord, BankFileRecord.outcome == "settled") == lines
    assert count(db, Event, Event.action == "bank_file.settled") == 1
    assert db.scalar(select(BankFile.status).where(BankFile.direction == "return")) == "settled"


# ---- a carnê


@pytest.fixture
def carne(db, staff):
    """Twelve slips of Seu Zé that were told to be printed and mailed."""
    account()
    made = Carne.generate(charged(cast.ze(), uses_carne=True), *proposal(cast.service(cast.ze())), 12, email=ADDRESS)
    db.commit()
    assert staff("ana.souza").post(f"/carnes/{made.id}/envio").status == 303
    return made


@pytest.mark.slow
def test_killed_while_it_draws_a_carne(carne, victim, worker, box, db):
    drawing = (Effect.kind == "render_document") & (Effect.state == "ready") & (Effect.attempts == 1)
    helpers = []

    def draws():
        helpers[:] = children(victim.process.pid)
        return helpers and count(db, Effect, drawing)

    killed(victim, db, draws)
    document = db.scalars(select(Document).where(Document.kind == "carne")).one()
    assert document.content is None
    finished(worker, db)
    db.refresh(document, ["content"])
    assert document.content.startswith(b"%PDF")
    [mail] = to_ze(box)
    assert [part.get_content() for part in mail.iter_attachments()] == [document.content]
    assert count(db, Document, Document.kind == "carne") == 1
    assert gone(helpers), "the process that drew for the dead worker goes, too"


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pids):
    began = time.monotonic()
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() - began > STARTS:
            return False
        time.sleep(0.05)
    return True


# ---- mails


def to_ze(box):
    return [mail for mail in box.received if mail["To"] == ADDRESS]


def sent(db) -> int:
    """How many stand as sent, each with its one line of history."""
    told = count(db, Event, Event.action == "notice.sent", Event.person_id == cast.ze().id)
    assert told == count(db, Notice, Notice.address == ADDRESS, Notice.status == "sent")
    return told


@pytest.fixture
def mails(db):
    """As many to Seu Zé."""

    def waiting(number):
        ze = cast.ze()
        for index in range(number):
            Notice.send_later("paid", ze.id, ze.company_id, ADDRESS, f"Pagamento {index}", "Recebemos.")
        db.commit()

    return waiting


@pytest.mark.slow
@pytest.mark.parametrize(("behave", "taken"), [("slow", 0), ("hangs", 1)], ids=["before", "after"])
def test_killed_while_it_hands_over_a_mail(behave, taken, mails, victim, worker, box, db):
    """Before the server has it, it arrives once; after, twice, and can be known as the same."""
    mails(1)
    box.behave = behave
    killed(victim, db, lambda: box.spoken_to and len(to_ze(box)) == taken)
    assert sent(db) == 0
    box.behave = ""
    finished(worker, db)
    assert len(to_ze(box)) == 1 + taken
    assert len({mail["Message-ID"] for mail in to_ze(box)}) == sent(db) == 1


@pytest.mark.slow
def test_killed_among_many_mails(mails, victim, worker, box, db):
    mails(60)
    killed(victim, db, lambda: len(to_ze(box)) > 20)
    assert sent(db) < 60
    finished(worker, db)
    assert len({mail["Message-ID"] for mail in to_ze(box)}) == sent(db) == 60
    assert len(to_ze(box)) <= 61, "at most the one in hand"
