"""Mail: the simulator and a real SMTP conversation keep one contract, and no server can hold the worker up."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

from integrations.breaker import Breaker
from integrations.mail import FakeMail, MailRefused, MailUnavailable, Message, SmtpServer, make
from integrations.mail import smtp as client
from tests.mailbox import PASSWORD, USER, mailbox

SENDER = "Vale Claro Telecom <cobranca@valeclaro.example>"
TEXT = "Olá, Conceição.\n\nSua fatura de R$ 99,90 vence amanhã.\n"


def message(**changes):
    usual = {"key": "notice-7-20261201", "to": "rita@exemplo.example", "subject": "Fatura nº 7: pré-aviso"}
    return Message(**{**usual, "body": TEXT, **changes})


@pytest.fixture(params=["smtp", "fake"])
def server(request, tmp_path):
    """(server, what arrived): the simulator's folder read as a mailbox reads."""
    if request.param == "fake":
        fake = FakeMail(tmp_path / "mail", SENDER)
        yield (
            fake,
            lambda: [
                email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                for file in sorted(tmp_path.glob("mail/*.eml"))
            ],
        )
        return
    with mailbox() as (box, port):
        yield SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER), lambda: box.received


# ---- the contract of both


def test_it_arrives_as_it_was_written(server):
    post, arrived = server
    post.send(message())
    [mail] = arrived()
    assert (mail["To"], mail["From"], mail["Subject"]) == ("rita@exemplo.example", SENDER, "Fatura nº 7: pré-aviso")
    assert mail["Message-ID"] == "<notice-7-20261201@valeclaro.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"]
    assert mail.get_content().replace("\r\n", "\n") == TEXT


def test_a_document_goes_with_it(server):
    post, arrived = server
    post.send(message(attachment=b"%PDF-1.7 \x00\xff", attachment_name="Carnê 12.pdf"))
    [mail] = arrived()
    [pdf] = mail.iter_attachments()
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "Carnê 12.pdf")
    assert pdf.get_content() == b"%PDF-1.7 \x00\xff"
    assert "Conceição" in mail.get_body().get_content()


def test_sent_again_it_is_the_same_mail(server):
    post, arrived = server
    post.send(message())
    post.send(message())
    assert len({mail["Message-ID"] for mail in arrived()}) == 1


@pytest.mark.parametrize("address", ["ninguem@empresa.invalid", "rita@exemplo.example\nBcc: todos@exemplo.example", ""])
def test_what_is_no_address_is_refused_for_good(server, address):
    post, arrived = server
    with pytest.raises(MailRefused):
        post.send(message(to=address))
    assert arrived() == []


def test_a_subject_stays_one_line(server):
    post, arrived = server
    post.send(message(subject="Fatura\r\nBcc: todos@exemplo.example"))
    [mail] = arrived()
    assert mail["Subject"] == "Fatura Bcc: todos@exemplo.example"
    assert mail["Bcc"] is None


# ---- a server in trouble


@pytest.mark.parametrize(
    ("behave", "raised"), [("busy", MailUnavailable), ("refuses", MailRefused), ("full", MailRefused)]
)
def test_for_now_and_for_good(behave, raised):
    with mailbox() as (box, port):
        box.behave = behave
        with pytest.raises(raised) as caught:
            SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER).send(message())
    assert "exemplo" not in str(caught.value), "the words of the server hold the address"


def test_cut_off_after_the_last_byte_it_may_have_arrived_and_is_tried_again():
    with mailbox() as (box, port):
        server = SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER)
        box.behave = "cut"
        with pytest.raises(MailUnavailable):
            server.send(message())
        box.behave = ""
        server.send(message())
        assert len(box.received) == 2
        assert len({mail["Message-ID"] for mail in box.received}) == 1


def test_down(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(MailUnavailable):
        SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER).send(message())


def test_a_server_that_says_nothing_is_left_after_its_time(monkeypatch):
    monkeypatch.setattr(client, "READ", 0.4)
    with mailbox() as (box, port):
        box.behave = "slow"
        began = time.monotonic()
        with pytest.raises(MailUnavailable):
            SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER).send(message())
        assert time.monotonic() - began < 5  # when it would say something


def test_garbage_is_no_conversation():
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk():
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"\x00\xffHTTP/1.1 200 OK\r\n\r\n")

        threading.Thread(target=talk, daemon=True).start()
        with pytest.raises(MailUnavailable):
            SmtpServer(f"smtp+plain://127.0.0.1:{listening.getsockname()[1]}", SENDER).send(message())


def test_after_five_failures_nobody_asks_for_a_minute():
    now = [0.0]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = SmtpServer(f"smtp+plain://127.0.0.1:{port}", SENDER, breaker=Breaker(clock=lambda: now[0]))
    for _ in range(5):
        with pytest.raises(MailUnavailable, match="ConnectionRefusedError"):
            server.send(message())
    with pytest.raises(MailUnavailable, match="paused"):
        server.send(message())
    now[0] = 61
    with pytest.raises(MailUnavailable, match="ConnectionRefusedError"):
        server.send(message())


# ---- encryption and who we are


@pytest.fixture(scope="module")
def certificate(tmp_path_factory, require_component):
    """A context for the server; OpenSSL trusts its certificate while SSL_CERT_FILE says so."""
    if shutil.which("openssl") is None:
        require_component("openssl")
    folder = tmp_path_factory.mktemp("tls")
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem"
    command = [*make.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, str(folder / "cert.pem")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_encrypted_and_signed_in(scheme, certificate, monkeypatch):
    context, trusted = certificate
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    with mailbox(context, starttls=scheme == "smtp", auth=True) as (box, port):
        SmtpServer(f"{scheme}://{USER}@127.0.0.1:{port}", SENDER, PASSWORD).send(message())
        assert len(box.received) == 1
        with pytest.raises(MailUnavailable):  # ours to mend, not the customer's address
            SmtpServer(f"{scheme}://{USER}@127.0.0.1:{port}", SENDER, "errada").send(message())
        assert len(box.received) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_nobody_vouches_for(scheme, certificate):
    context, _ = certificate
    with mailbox(context, starttls=scheme == "smtp") as (box, port):
        with pytest.raises(MailUnavailable):
            SmtpServer(f"{scheme}://127.0.0.1:{port}", SENDER).send(message())
        assert box.received == []


def test_without_starttls_nothing_is_sent():
    with mailbox() as (box, port):
        with pytest.raises(MailUnavailable):
            SmtpServer(f"smtp://127.0.0.1:{port}", SENDER).send(message())
        assert box.received == []


def test_which_server(tmp_path):
    assert make("", SENDER, "", str(tmp_path)).simulated
    real = make("smtp://maria%40x.example@mail.example", SENDER, "s", str(tmp_path))
    assert (real.simulated, real.host, real.port, real.user) == (False, "mail.example", 587, "maria@x.example")
    for wrong in ("http://mail.example", "smtp://", "mail.example"):
        with pytest.raises(ValueError, match="not a mail server"):
            make(wrong, SENDER, "", str(tmp_path))
