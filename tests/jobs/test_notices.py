"""Notices go out by themselves, once; a dead or slow mail server is the worker's trouble, never a page's (X-07)."""

from __future__ import annotations

import email
import email.policy
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from integrations.mail import FakeMail, SmtpServer
from integrations.mail import smtp as client
from jobs import invoice_mails
from models import clock as now
from models.billing import Invoice, Receipt
from models.history import Event
from models.notices import Notice
from models.outbox import Effect
from models.papers import print_invoice
from tests import cast
from tests.mailbox import mailbox
from tests.models.billing.money import account, charged, nobody_else, run

ADDRESS = "ze.ferreira@exemplo.example"
ISSUED = "2026-12-01 10:00"


@pytest.fixture
def post(app, tmp_path):
    """The simulator, in a folder of this test; `post()` reads what it kept."""
    before = app.extensions["mail"]
    app.extensions["mail"] = FakeMail(tmp_path, app.config["MAIL_SENDER"])
    yield lambda: [read(file) for file in sorted(tmp_path.glob("*.eml"))]
    app.extensions["mail"] = before


@pytest.fixture
def real(app):
    """A mail server on loopback in place of the simulator."""
    before = app.extensions["mail"]
    with mailbox() as (box, port):
        app.extensions["mail"] = SmtpServer(f"smtp+plain://127.0.0.1:{port}", app.config["MAIL_SENDER"])
        yield box
    app.extensions["mail"] = before


@pytest.fixture
def invoice(db, clock, worker):
    """Seu Zé has an e-mail and one invoice of R$ 166,50; nothing else waits."""
    worker.drain()
    with clock(ISSUED):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        cast.ze().set_contacts({**cast.ze().contacts(), "email": ADDRESS})
        run()
    return db.scalars(select(Invoice)).one()


def read(file: Path):
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def notices(db):
    db.expire_all()
    return list(db.scalars(select(Notice).order_by(Notice.id)))


def tell(db, **more):
    row = Notice.send_later("debt", cast.ze().id, cast.ze().company_id, ADDRESS, "Fatura em aberto", "Olá.\n", **more)
    db.commit()
    return row


def effect(db):
    db.expire_all()
    return db.scalars(select(Effect).where(Effect.kind == "send_notice").order_by(Effect.id.desc())).first()


# ---- what is written


def test_an_invoice_is_mailed_once_with_all_it_takes_to_pay(db, clock, worker, invoice, post):
    with clock("2026-12-01 10:05"):
        assert worker.routine("invoice_mails") == 1
        assert worker.routine("invoice_mails") == 0
        worker.drain()
    [mail] = post()
    text = mail.get_content()
    assert mail["Subject"] == f"Fatura {invoice.number}: R$ 166,50, vence em 10/12/2026"
    for said in ("Olá, José.", invoice.pix_code, invoice.line, "Vale Claro Telecom", "0800 000 1234"):
        assert said in text
    [row] = notices(db)
    assert (row.kind, row.status, row.invoice_id, row.address) == ("invoice", "sent", invoice.id, ADDRESS)
    assert row.body.split() == text.split()


def test_a_payment_is_thanked_for_with_its_parts(db, clock, worker, invoice, post):
    with clock("2026-12-14 10:00"):  # four days late: R$ 3,33 and R$ 0,22
        invoice.settle(Receipt("pix", 16650 + 333 + 22, date(2026, 12, 14)))
        db.commit()
        assert worker.routine("invoice_mails") == 1, "paid, and too old for the other"
        worker.drain()
    [mail] = post()
    assert mail["Subject"] == f"Recebemos o pagamento da fatura {invoice.number}"
    for said in ("R$\u00a0170,05 em 14/12/2026, por Pix", "multa de R$\u00a03,33", "juros de R$\u00a00,22"):
        assert said in mail.get_content()


def test_who_gets_none(db, clock, worker, invoice):
    """Without an e-mail, cancelled before it was told, or three days old."""
    cast.ze().set_contacts({**cast.ze().contacts(), "email": ""})
    db.commit()
    with clock("2026-12-01 11:00"):
        assert worker.routine("invoice_mails") == 0
    cast.ze().set_contacts({**cast.ze().contacts(), "email": ADDRESS})
    db.commit()
    with clock("2026-12-04 11:00"):
        assert worker.routine("invoice_mails") == 0
    with clock("2026-12-02 10:00"):
        invoice.cancel("Emitida em duplicidade")
        db.commit()
        assert worker.routine("invoice_mails") == 0


def test_a_company_that_mails_no_invoices(db, clock, worker, invoice):
    company = cast.vale_claro()
    company.mails_invoices = False
    db.commit()
    with clock("2026-12-02 10:00"):
        assert invoice_mails.rehearse(now.now()) == []
        assert worker.routine("invoice_mails") == 0
        company.mails_invoices = True
        db.commit()
        assert worker.routine("invoice_mails") == 1, "switched on again, it tells what is three days old at most"


def test_how_a_letter_begins(db):
    assert cast.rita().called == "Rita"
    assert cast.sol().called == "Eunice", "who answers for the bakery"
    cast.sol().contact_person = ""
    assert cast.sol().called == "Padaria Sol"
    cast.sol().trade_name = ""
    assert cast.sol().called == "Padaria e Confeitaria Sol Ltda."


def test_the_rehearsal_says_who(clock, worker, invoice):
    with clock("2026-12-01 11:00"):
        said = [f"cliente {invoice.person_id}: fatura {invoice.number}, emitida"]
        assert invoice_mails.rehearse(now.now()) == said
        assert worker.routine("invoice_mails") == 1


def test_two_workers_tell_once(app, db, clock, race, invoice):
    from jobs.timetable import by_name
    from jobs.timetable import run as run_routine

    def work(_):
        with app.app_context():
            return run_routine(by_name("invoice_mails"), now.now())

    with clock("2026-12-01 10:05"):
        race(2, work)
    assert len(notices(db)) == 1


# ---- how it goes


@pytest.mark.postgresql
def test_the_document_goes_with_it_when_it_is_printed(db, clock, worker, invoice, real):
    with clock(ISSUED):
        document = print_invoice(invoice)
        waiting = db.scalars(select(Effect).where(Effect.key == f"render_document:{document.id}")).one()
        waiting.due_at = now.now() + timedelta(seconds=30)
        tell(db, document_id=document.id)
        assert worker.drain() == 1
        assert (effect(db).state, real.received) == ("ready", [])
        assert "NotReady" in effect(db).last_error
    with clock("2026-12-01 10:02"):
        assert worker.drain() == 2
    [pdf] = real.received[0].iter_attachments()
    assert pdf.get_filename() == f"Fatura {invoice.number}.pdf"
    assert pdf.get_content().startswith(b"%PDF")


def test_it_stands_in_the_history_and_among_the_notices(db, worker, real, staff):
    tell(db)
    worker.drain()
    ana = staff("ana.souza")
    assert "enviou «Fatura em aberto» por e-mail" in ana.get(f"/clientes/{cast.ze().id}/historicos").words
    page = ana.get(f"/clientes/{cast.ze().id}/avisos")
    for said in ("Fatura em aberto", ADDRESS, "Enviado", "Olá."):
        assert said in page.words
    assert staff("celia.prado").get(f"/clientes/{cast.ze().id}/avisos").status in (403, 404)


@pytest.mark.parametrize("behave", ["busy", "cut", "slow"])
def test_what_goes_wrong_for_now_is_tried_again_as_the_same_mail(behave, db, worker, real, monkeypatch):
    monkeypatch.setattr(client, "READ", 0.4)
    worker.drain()
    real.behave = behave
    row = tell(db)
    worker.drain()
    assert (notices(db)[0].status, effect(db).state, effect(db).attempts) == ("waiting", "ready", 1)
    assert ADDRESS not in effect(db).last_error
    real.behave = ""
    with now.set_to(now.now() + timedelta(minutes=2)):
        worker.drain()
    assert notices(db)[0].status == "sent"
    assert {mail["Message-ID"].split("-")[1] for mail in real.received} == {str(row.id)}
    assert len({mail["Message-ID"] for mail in real.received}) == 1


@pytest.mark.parametrize("behave", ["refuses", "full"])
def test_what_is_refused_for_good_is_not_tried_again(behave, db, worker, real, staff):
    worker.drain()
    real.behave = behave
    tell(db)
    worker.drain()
    assert (notices(db)[0].status, effect(db).state) == ("failed", "done")
    assert db.scalars(select(Event).where(Event.action == "notice.failed")).one().person_id == cast.ze().id
    assert "Não entregue" in staff("ana.souza").get(f"/clientes/{cast.ze().id}/avisos").words


def test_one_that_was_sent_is_not_sent_again(db, worker, real):
    row = tell(db)
    worker.drain()
    effect(db).state, effect(db).lease_until = "ready", None
    db.commit()
    worker.drain()
    assert len(real.received) == 1
    assert db.get(Notice, row.id).status == "sent"


def test_whoever_proved_who_they_are_needs_no_word_of_their_own_release(db, central):
    cast.rita().set_contacts({**cast.rita().contacts(), "email": "rita@exemplo.example"})
    db.commit()
    rita = central("rita", level="proved")
    assert rita.post(f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca").status == 303
    assert notices(db) == []


def test_no_page_waits_for_a_server_that_is_down(app, db, central, monkeypatch):
    """The release of Dona Rita is told to her e-mail; nobody asks the server before the page is there."""
    asked = []
    monkeypatch.setattr(app.extensions["mail"], "send", asked.append)
    cast.rita().set_contacts({**cast.rita().contacts(), "email": "rita@exemplo.example"})
    db.commit()
    done = central("rita").post(f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca")
    assert (done.status, asked) == (303, [])
    [row] = notices(db)
    assert (row.kind, row.status, row.address) == ("unlock", "waiting", "rita@exemplo.example")
    assert "Não foi você? Fale com a gente." in row.body
