"""Pix at a bank: one contract, kept by the fake in this process and behind https with two certificates."""

import json
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from integrations.pix import (
    ChargeTerms,
    FakeBank,
    Payer,
    PixAccess,
    PixClient,
    PixRefused,
    PixTrouble,
    Session,
    fake_server,
    make,
    read_webhook,
    session,
)
from integrations.pix.fake_server import serving
from models import banking

EXAMPLES = json.loads((Path(__file__).parents[1] / "examples.json").read_text())
AT = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
TXID = "EN0123456789ABCDEF01234567D"
KEY = "financeiro@provedor.example"
RITA = Payer("52998224725", "Rita Aparecida Moreira", "Rua das Acácias, 120", "Vale Claro", "MG", "35500120")
TERMS = ChargeTerms(KEY, date(2026, 12, 10), 9990, 200, 100, 60, RITA, "Fatura 101")


class Hours:
    """A clock for the bank, whose server answers in threads of its own."""

    def __init__(self):
        self.now = AT

    def __call__(self):
        return self.now

    def to(self, day):
        self.now = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


# --- Certificates ---


class Certificates:
    """An authority and what it signed, as files."""

    def __init__(self, folder):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridade de teste")])
        self.authority = self._written("authority", self._signed(self.name, self.key.public_key(), authority=True))

    def sign(self, who):
        """Certificate and private key of somebody."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)])
        private = self.folder / f"{who}.key"
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return self._written(who, self._signed(subject, key.public_key())), str(private)

    def _signed(self, subject, public, authority=False):
        now = datetime.now(UTC)
        names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        building = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
        )
        return building.sign(self.key, hashes.SHA256())

    def _written(self, who, certificate):
        path = self.folder / f"{who}.pem"
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def files(certificates, tmp_path_factory):
    """What the bank gave us, and the context its own server stands on."""
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text("segredo\n")
    certificate, private = certificates.sign("provedor")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=certificates.authority)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(*certificates.sign("localhost"))
    access = PixAccess("", "", "cliente", str(secret), certificate, private, KEY, certificates.authority)
    return access, tls


@pytest.fixture
def hours():
    return Hours()


@pytest.fixture
def bank(tmp_path, hours):
    return FakeBank(tmp_path / "pix.json", hours)


@pytest.fixture
def server(bank, files):
    with serving(bank, files[1], "cliente", "segredo") as server:
        yield server


@pytest.fixture
def access(server, files):
    return replace(files[0], url=f"{server.url}/v2", token_url=f"{server.url}/oauth/token")


@pytest.fixture(params=["in process", "over https"])
def client(request, bank):
    if request.param == "in process":
        return PixClient(bank.answer, KEY, bank)
    session = Session(request.getfixturevalue("access"), private=True)
    return PixClient(session.send, KEY)


# --- The contract ---


def test_a_charge_from_its_birth_to_its_payment(client, bank):
    assert client.charge(TXID) is None
    made = client.put(TXID, TERMS)
    assert (made.txid, made.active, made.due_on, made.cents) == (TXID, True, date(2026, 12, 10), 9990)
    assert banking.read_code(made.code)["26"]["25"].startswith("pix.simulado.example/")
    assert client.charge(TXID) == made
    e2e_id = bank.pay(TXID)
    assert client.charge(TXID).paid
    received = client.received(e2e_id)
    assert (received.txid, received.cents, received.at, len(received.e2e_id)) == (TXID, 9990, AT, 32)
    assert read_webhook(bank.webhook_body(e2e_id)) == ([received], [])


def test_a_charge_is_made_once(client):
    client.put(TXID, TERMS)
    with pytest.raises(PixRefused, match="taken"):
        client.put(TXID, TERMS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_on": date(2026, 11, 30)}, "passed"),
        ({"cents": 0}, "zero"),
        ({"payer": replace(RITA, document="123")}, "cnpj"),
        ({"payer": replace(RITA, name="")}, "nome"),
        ({"key": ""}, "chave"),
        ({"valid_days": -1}, "validade"),
    ],
)
def test_what_a_bank_does_not_take(client, wrong, said):
    with pytest.raises(PixRefused, match=said):
        client.put(TXID, replace(TERMS, **wrong))
    assert client.charge(TXID) is None


@pytest.mark.parametrize("txid", ["X" * 25, "X" * 36, "com-hifen" * 3])
def test_txids_that_are_none(client, txid):
    with pytest.raises(PixRefused, match="txid"):
        client.put(txid, TERMS)


def test_a_charge_changes_while_it_is_active(client):
    first = client.put(TXID, TERMS)
    changed = client.change(TXID, replace(TERMS, cents=5000, due_on=date(2026, 12, 15)))
    assert (changed.cents, changed.due_on, changed.code) == (5000, date(2026, 12, 15), first.code)
    assert not client.remove(TXID).active
    for act in (lambda: client.change(TXID, TERMS), lambda: client.remove(TXID)):
        with pytest.raises(PixRefused, match="REMOVIDA"):
            act()


def test_part_of_an_overdue_charge_was_paid_elsewhere(client, hours):
    client.put(TXID, TERMS)
    hours.to(date(2026, 12, 20))
    assert client.change(TXID, replace(TERMS, cents=5000)).cents == 5000
    with pytest.raises(PixRefused, match="passed"):
        client.change(TXID, replace(TERMS, due_on=date(2026, 12, 19)))


def test_nobody_pays_what_was_removed_or_paid(client, bank):
    client.put(TXID, TERMS)
    bank.pay(TXID)
    with pytest.raises(ValueError, match="cannot be paid"):
        bank.pay(TXID)
    other = TXID[:-1] + "E"
    client.put(other, TERMS)
    client.remove(other)
    with pytest.raises(ValueError, match="cannot be paid"):
        bank.pay(other)


def test_fine_and_interest_are_those_of_our_arithmetic(client, bank, hours):
    """R$ 99,90 due on a Saturday: in time on Monday (Lei 7.089/1983), then late by the days since."""
    terms = replace(TERMS, due_on=date(2026, 12, 12))
    late = banking.LateTerms(2, 1, "business_day")
    for number, day in enumerate((date(2026, 12, 14), date(2026, 12, 15), date(2027, 1, 11))):
        hours.now, txid = AT, f"{TXID[:-2]}{number:02}"
        client.put(txid, terms)
        hours.to(day)
        owed = banking.amount_due(9990, terms.due_on, day, late).total_cents
        assert client.received(bank.pay(txid)).cents == owed
    assert owed > 9990


@pytest.mark.parametrize("case", EXAMPLES["cobv_validade"], ids=lambda case: case["dataDeVencimento"])
def test_the_last_payable_day(client, bank, hours, case):
    due, last = date.fromisoformat(case["dataDeVencimento"]), date.fromisoformat(case["ultimo_dia_pagavel"])
    hours.to(due - timedelta(days=3))
    client.put(TXID, replace(TERMS, due_on=due, valid_days=case["validadeAposVencimento"]))
    hours.to(last + timedelta(days=1))
    with pytest.raises(ValueError, match="any more"):
        bank.pay(TXID)
    hours.to(last)
    assert client.received(bank.pay(TXID))


def test_what_came_in_page_by_page(client, bank, hours):
    sent = [bank.receive(f"EN{number:023}", 100 + number) for number in range(205)]
    bank.receive("", 5)  # somebody typed the key: nothing of ours
    pages = [page for page, _ in client.received_between(AT - timedelta(days=3), AT)]
    assert [len(page) for page in pages] == [100, 100, 5]
    assert [pix.e2e_id for page in pages for pix in page] == sent
    assert list(client.received_between(AT - timedelta(days=3), AT - timedelta(seconds=1))) == [([], [])]
    with pytest.raises(PixRefused):
        list(client.received_between(AT, AT - timedelta(days=1)))


def test_a_pix_nobody_knows(client):
    assert client.received("E" + "0" * 31) is None


def test_the_webhook_is_registered_with_https_only(client, bank):
    client.register_webhook("https://painel.example.com.br/webhooks/pix/x")
    assert json.loads(bank.path.read_text())["webhook"] == {KEY: "https://painel.example.com.br/webhooks/pix/x"}
    with pytest.raises(PixRefused):
        client.register_webhook("http://painel.example.com.br/webhooks/pix/x")


# --- The way there ---


def test_a_token_is_used_until_the_bank_forgets_it(server, access):
    client = PixClient(Session(access, private=True).send, KEY)
    client.charge(TXID)
    client.charge(TXID)
    assert len(server.tokens) == 1
    server.tokens.clear()
    assert client.charge(TXID) is None
    assert len(server.tokens) == 1


def test_a_wrong_secret(access, tmp_path):
    (tmp_path / "wrong").write_text("outro")
    session = Session(replace(access, secret_file=str(tmp_path / "wrong")), private=True)
    with pytest.raises(PixTrouble, match="no token: 401"):
        PixClient(session.send, KEY).charge(TXID)


def failing(access, **changes):
    """What a client says when it does not get through."""
    private = changes.pop("private", True)
    client = PixClient(Session(replace(access, **changes), private=private).send, KEY)
    with pytest.raises(PixTrouble) as trouble:
        client.charge(TXID)
    return str(trouble.value)


def test_a_slow_bank(access, bank, monkeypatch):
    monkeypatch.setattr(session, "SECONDS", 0.3)
    monkeypatch.setattr(bank, "answer", lambda *_: time.sleep(2) or (200, b"{}"))
    assert "did not answer: TimeoutError" in failing(access)


@pytest.mark.parametrize("end", ["null", '"soon"', "[1]", "[" * 60_000])
def test_a_token_that_ends_at_no_time(access, monkeypatch, end):
    answer = b'{"access_token": "%s", "expires_in": ' + end.encode() + b"}"
    monkeypatch.setattr(fake_server, "TOKEN", answer)
    assert "did not answer" in failing(access)


def test_both_sides_show_a_certificate(access, certificates, tmp_path):
    stranger = Certificates(tmp_path)
    certificate, private = stranger.sign("estranho")
    assert "did not answer" in failing(access, certificate=certificate, private_key=private)
    assert "SSLCertVerificationError" in failing(access, authority=stranger.authority)


def test_inner_addresses_are_not_called(access, server):
    assert "WireTrouble" in failing(access, private=False)
    assert not server.tokens


def test_only_https(access):
    for name in ("url", "token_url"):
        with pytest.raises(ValueError, match="https"):
            Session(replace(access, **{name: "http://localhost/v2"}), private=True)


def test_a_bank_that_is_down(server, access):
    server.shutdown()
    server.server_close()
    assert "did not answer" in failing(access)


def test_a_redirect_is_not_followed(server, access, bank, monkeypatch):
    monkeypatch.setattr(bank, "answer", lambda *_: (302, b"{}"))
    assert "GET 302" in failing(access)


@contextmanager
def answering(status, body):
    yield PixClient(lambda *_: (status, body), KEY)


@pytest.mark.parametrize("status", [200, 201])
@given(body=st.one_of(st.binary(max_size=60), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
def test_nonsense_is_one_kind_of_trouble(status, body):
    body = body.encode() if isinstance(body, str) else body
    with answering(status, body) as client:
        for ask in (lambda: client.charge(TXID), lambda: list(client.received_between(AT, AT))):
            with pytest.raises(PixTrouble):
                ask()


@pytest.mark.parametrize("status", [500, 503, 429, 408, 401, 302])
def test_trouble_may_be_tried_again_and_a_refusal_not(status):
    with answering(status, b"<html>") as client, pytest.raises(PixTrouble) as trouble:
        client.put(TXID, TERMS)
    assert not isinstance(trouble.value, PixRefused)


# --- What is posted to us ---


GOOD = {
    "endToEndId": "E" + "1" * 31,
    "txid": TXID,
    "valor": "99.90",
    "horario": "2026-12-01T10:00:00-03:00",
    "chave": KEY,
}


def test_the_key_it_came_in_by(client, bank):
    at_another, unsaid = bank.receive(TXID, 100, "outra@chave.example"), bank.receive(TXID, 200)
    assert client.received(at_another).key == "outra@chave.example"
    assert client.received(unsaid).key == KEY, "the one that was asked about"
    [(page, _)] = client.received_between(AT - timedelta(days=1), AT)
    assert [pix.key for pix in page] == ["outra@chave.example", KEY]
    assert [pix.key for pix in read_webhook(bank.webhook_body(at_another, unsaid))[0]] == ["outra@chave.example", ""]


def test_pages_without_end():
    said = b'{"parametros": {"paginacao": {"quantidadeDePaginas": 1e999}}, "pix": []}'
    with pytest.raises(PixTrouble, match="pages"):
        list(PixClient(lambda *_: (200, said), KEY).received_between(AT, AT))


def test_several_pix_at_once():
    told, _ = read_webhook(json.dumps({"pix": [GOOD, {**GOOD, "infoPagador": "x"}]}).encode())
    assert [(pix.cents, pix.at) for pix in told] == [(9990, AT)] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"endToEndId": "E1"},
        {"endToEndId": None},
        {"txid": 7},
        {"valor": 99.9},
        {"valor": "99,90"},
        {"valor": "99.9"},
        {"valor": "-1.00"},
        {"valor": "99999999999.00"},
        {"valor": "0.00"},
        {"horario": "ontem"},
        {"horario": "2026-12-01T10:00:00"},
        {"horario": 5},
        {"horario": "2019-12-31T23:59:59-03:00"},
        {"horario": "9999-12-31T23:59:59-03:00"},
        {"chave": 7},
        {"chave": "x" * 78},
        {"chave": "a b"},
    ],
)
def test_a_pix_that_is_none_takes_no_other_along(wrong):
    bad = {**GOOD, **wrong}
    found, [odd] = read_webhook(json.dumps({"pix": [GOOD, bad]}).encode())
    assert [pix.cents for pix in found] == [9990]
    assert odd.e2e_id == (bad["endToEndId"] or "")
    assert odd.why
    with pytest.raises(PixTrouble):
        read_webhook(json.dumps({"pix": [bad]}).encode())


@pytest.mark.parametrize(("txid", "kept"), [("QRS1-F5CMM", "QRS1-F5CMM"), ("a b", "ab"), ("x" * 36, "x" * 35)])
def test_a_txid_of_another_system_is_kept_as_far_as_it_fits(txid, kept):
    [pix], odd = read_webhook(json.dumps({"pix": [{**GOOD, "txid": txid}]}).encode())
    assert (pix.txid, odd) == (kept, [])


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"pix": {}}', b'{"pix": "x"}', b"[" * 60_000, b"\xff"])
def test_bodies_that_are_none(body):
    with pytest.raises(PixTrouble):
        read_webhook(body)


# --- The fake and the choice ---


def test_what_the_fake_knows_is_shared_between_processes(bank, hours):
    client = PixClient(bank.answer, None, bank)
    charges = [f"{TXID[:-2]}{number:02}" for number in range(8)]
    threads = [threading.Thread(target=client.put, args=(txid, TERMS)) for txid in charges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = PixClient(FakeBank(bank.path, hours).answer, None)
    assert all(again.charge(txid) for txid in charges)


def test_the_bank_of_a_mode(tmp_path, files):
    assert make("demo", str(tmp_path), None, lambda: AT).simulated
    assert make("production", str(tmp_path), None, lambda: AT) is None
    real = make("production", str(tmp_path), replace(files[0], url="https://x", token_url="https://x"), lambda: AT)
    assert (real.simulated, real.key) == (False, KEY)
