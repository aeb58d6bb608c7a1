"""A provider bills its first month: from the first run to Dona Rita's way back online, through the doors only.

Mail goes to a real server and Pix to a bank behind https with certificates of both sides, both on loopback.
"""

from __future__ import annotations

import json
import ssl
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from unittest import mock

import pytest
from sqlalchemy import select

from app import create_app
from integrations.pix import FakeBank, PixAccess, PixClient, Session
from integrations.pix.fake_server import serving
from models import clock as real
from models.banking import read
from models.base import db as base
from models.billing import Invoice
from models.catalog import BillingMethod
from models.network import Outage
from models.outages import OutageAnswer
from models.services import Service
from tests import bank, cast
from tests.databases import BLANK
from tests.documents.reading import codes, pixels
from tests.integrations.test_pix import Certificates
from tests.mailbox import mailbox
from tests.portal.test_invoices import copied

KEY = "financeiro@valeclaro.example"
TOKEN = "t" * 32
CUSTOMERS = 100
FILES, PIX, REHEARSAL = "/arquivos-do-banco", "/pix-recebidos", "/financeiro/regua/ensaio"


@pytest.fixture
def post():
    """A mail server: `post.received`, `post.url`."""
    with mailbox() as (box, port):
        box.url = f"smtp+plain://127.0.0.1:{port}"
        yield box


@pytest.fixture
def pix(tmp_path):
    """The bank of Pix, and our way to it."""
    made, secret = Certificates(tmp_path), tmp_path / "secret"
    secret.write_text("segredo")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=made.authority)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(*made.sign("localhost"))
    there = FakeBank(tmp_path / "pix.json", real.now)
    with serving(there, tls, "cliente", "segredo") as server:
        urls = (f"{server.url}/v2", f"{server.url}/oauth/token")
        access = PixAccess(*urls, "cliente", str(secret), *made.sign("provedor"), KEY, made.authority)
        there.client = PixClient(Session(access, private=True).send, KEY)
        yield there


@pytest.fixture
def app(database, post, pix, tmp_path):
    """An installation of its own, still without tables, that knows this post and this bank."""
    own = {"SQLALCHEMY_DATABASE_URI": database.empty(), "FILES": str(tmp_path / "files")}
    app = create_app(**own, MAIL_URL=post.url, PIX_WEBHOOK_TOKEN=TOKEN)
    app.extensions["pix"] = pix.client
    yield app
    with app.app_context():
        base.engine.dispose()


@pytest.fixture
def at(clock, pix):
    """`at("2026-12-01 09:00")`: it is that moment until the next one, at the bank too, which answers in threads."""
    with ExitStack() as now:

        def move(to):
            now.close()
            now.enter_context(clock(to))
            moment = real.now()
            pix.now = lambda: moment

        yield move


@pytest.mark.slow
@pytest.mark.feature("C-45", "C-107")
def test_a_provider_bills_its_first_month(at, db, worker, staff, central, anonymous, post, pix):
    at("2026-12-01 09:00")
    provider_of(CUSTOMERS, worker)
    with cast.by("silvia.maia"):  # what the demonstration has down is back by then
        for outage in db.scalars(select(Outage).where(Outage.closed_at.is_(None))):
            OutageAnswer.end(outage, None, None, None)
    db.commit()
    ana, rita = staff("ana.souza"), cast.service(cast.rita())
    receive_old_debts(ana, worker, rita, db)
    assert "Habilitado" in ana.get(f"/clientes/{rita.person_id}").words

    # The month is run and mailed; every code is registered at the bank.
    assert worker.routine("billing") > CUSTOMERS / 3
    worker.routine("invoice_mails")
    worker.routine("pix_requests")
    worker.drain()
    assert len(post.received) > CUSTOMERS / 6
    assert sum("Pix copia e cola" in mail.get_content() for mail in post.received) > CUSTOMERS / 10

    # A carnê is printed and mailed, and a boleto printed; a reader of codes sees on paper what the screens say.
    carne = generated(ana, customer_with_carne(db))
    booklet = printed(ana, worker, f"{carne}/impressao")
    slips = invoices_of(db, carne)
    assert [code for page in pixels(booklet) for code in codes(page)["ITF"]] == [slip.barcode for slip in slips]
    assert ana.post(f"{carne}/envio").status == 303
    worker.drain()
    [attached] = post.received[-1].iter_attachments()
    assert attached.get_content() == booklet
    owed = invoice_due(db, rita, date(2026, 12, 10))
    [paper] = pixels(printed(ana, worker, f"/faturas/{owed.id}/impressao"))
    screen = central("rita").get(f"/central/faturas/{owed.id}")
    line, code = copied(screen, "Copiar linha digitável"), copied(screen, "Copiar código Pix")
    assert codes(paper) == {"ITF": [read(line, real.today()).barcode], "QR": [code]}

    # The bank is told of the boletos and answers: three of four are paid.
    remessa = ana.post(f"{FILES}/remessa", ana.get(f"{FILES}/remessa").form())
    content = ana.get(f"{remessa.location}/baixar").data
    at("2026-12-04 14:00")
    ana = staff("ana.souza")
    paying = sent_to_three_of_four(db, but=[rita.person_id, cast.sol().id, slips[0].person_id])
    told = bank.answer(content, date(2026, 12, 4), lambda number: paying.get(number, 0))
    retorno = ana.post(
        f"{FILES}/retorno",
        {**ana.get(f"{FILES}/retorno").form(), "file": (BytesIO(told), "CB041226.RET")},
        content_type="multipart/form-data",
    )
    assert "Nada foi baixado ainda" in ana.follow(retorno).words
    assert ana.post(retorno.location).status == 303
    worker.drain()
    assert f"Baixadas {len(paying)}" in ana.get(retorno.location).words

    # Padaria Sol copies the code from its Central and pays; the bank tells, and is asked.
    e2e_id = pay_by_pix(central("sol"), anonymous(), pix)
    worker.drain()
    [row] = [row.get_text() for row in ana.get(PIX).page.select("tbody tr") if e2e_id in row.get_text()]
    assert "Baixado" in row

    # Dona Rita lets the day pass, is told of it, and stands in the rehearsal of the night.
    at("2026-12-11 09:00")
    assert worker.routine("dunning")
    worker.drain()
    at("2026-12-27 21:00")
    ana = staff("ana.souza")
    assert "segunda-feira, 28/12/2026" in ana.get(REHEARSAL).words
    assert cast.rita().name in ana.get(f"{REHEARSAL}/suspensoes").words
    at("2026-12-28 09:00")
    assert worker.routine("dunning")
    worker.drain()
    why = staff("ana.souza").get(f"/servicos/{rita.id}/regua").words
    assert "Por que está bloqueado?" in why
    assert f"A fatura {owed.number} venceu em 10/12/2026, foi avisada em 11/12/2026" in why
    home = central("rita").get("/central/")
    assert home.h1 == "Sua internet está suspensa"
    assert "Avisamos em 11/12/2026" in home.words
    assert "R$ 99,90 + multa R$ 2,00 + juros R$ 0,60" in home.words.replace("\u00a0", " ")

    # She pays, and is back online without anybody touching anything.
    at("2026-12-28 12:00")
    phone = central("rita")
    pay_by_pix(phone, anonymous(), pix)
    worker.drain()
    assert phone.get("/central/").h1 == "Sua internet está ativa"
    assert "liberado (simulado)" in staff("ana.souza").get(f"/clientes/{rita.person_id}").words
    assert worker.routine("trust_unlock_ends")  # neighbours had been released until before this day
    worker.drain()
    checked = worker.command("check")
    assert checked.exit_code == 0, checked.output


# ---- at the doors


def provider_of(customers, worker):
    """The demonstration provider with so many customers; the contracts of its past are not worth their drawing."""
    for command in (["db", "upgrade"], ["demo", "--customers", str(customers)]):
        done = worker.command(*command)
        assert done.exit_code == 0, done.output
    with mock.patch("web.pdf.render", return_value=BLANK):
        worker.drain()


def receive_old_debts(ana, worker, service, db):
    late = select(Invoice.id).where(Invoice.person_id == service.person_id, Invoice.due_on < real.today())
    for id in db.scalars(late.where(Invoice.status == "open")).all():
        path = f"/faturas/{id}/recebimento"
        assert ana.post(path, ana.get(path).form(path)).status == 303
    worker.drain()


def generated(ana, person_id):
    """The address of a carnê of twelve instalments, as the form proposes it."""
    path = f"/clientes/{person_id}/carnes/adicionar"
    made = ana.post(path, {**ana.get(path).form(path), "email": "carne@exemplo.example"})
    assert made.status == 303, made.words
    return made.location


def printed(ana, worker, path):
    """What opens when the worker has drawn it."""
    waiting = ana.post(path)
    worker.drain()
    opened = ana.post(waiting.location)
    assert opened.headers["Content-Type"] == "application/pdf"
    return opened.data


def pay_by_pix(phone, machine, pix):
    """Somebody copies the code in the Central and pays it; the bank posts that to us. Its endToEndId."""
    code = copied(phone.get("/central/"), "Copiar código Pix")
    charges = json.loads(pix.path.read_text())["cobv"]
    [txid] = [txid for txid, charge in charges.items() if charge["pixCopiaECola"] == code]
    e2e_id = pix.pay(txid)
    told = machine.post(f"/webhooks/pix/{TOKEN}/pix", pix.webhook_body(e2e_id), content_type="application/json")
    assert told.status == 200
    return e2e_id


# ---- who and what they are


def customer_with_carne(db):
    """Somebody of the crowd who pays a carnê of boletos."""
    mine = select(Service.person_id).join(BillingMethod, BillingMethod.id == Service.billing_method_id)
    mine = mine.where(Service.uses_carne, Service.status == "active", BillingMethod.means == "boleto")
    return db.scalars(mine.where(Service.company_id == cast.vale_claro().id).order_by(Service.id)).first()


def invoices_of(db, carne):
    mine = select(Invoice).where(Invoice.carne_id == int(carne.rpartition("/")[2]))
    return db.scalars(mine.order_by(Invoice.installment)).all()


def invoice_due(db, service, day):
    return db.scalars(select(Invoice).where(Invoice.person_id == service.person_id, Invoice.due_on == day)).one()


def sent_to_three_of_four(db, but):
    """Invoices of whoever pays by boleto, with their amounts."""
    sent = select(Invoice.number, Invoice.total_cents).where(Invoice.registration == "sent", Invoice.number % 4 != 0)
    return dict(db.execute(sent.where(Invoice.status == "open", Invoice.person_id.not_in(but))).all())
