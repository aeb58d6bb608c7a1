"""The field tool outside: one contract, kept by the fake in this process and behind http on loopback."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime

import pytest

from integrations.iclass import (
    FakeIclass,
    FieldOrder,
    IclassAccess,
    IclassClient,
    IclassRefused,
    IclassTrouble,
    Session,
    make,
    session,
)
from integrations.iclass.fake import serving

TOKEN = "segredo-de-teste"
AT = datetime(2026, 12, 2, 13, 30, tzinfo=UTC)


def order(**changes):
    usual = {
        "key": "enlace-os-1187",
        "number": 1187,
        "kind": "Corretiva",
        "description": "Fibra partida na esquina.",
        "customer": "Maria Aparecida",
        "phones": ("(37) 99771-5520",),
        "address": "Rua dos Ipês, 1402, Jardim Alvorada, Vale Claro/MG",
        "starts_at": AT,
        "ends_at": AT.replace(hour=15, minute=0),
        "technician": "João Pedro",
        "protocol": "202611.482",
    }
    return FieldOrder(**{**usual, **changes})


@pytest.fixture
def token(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return str(file)


@pytest.fixture
def tool(tmp_path):
    return FakeIclass(tmp_path / "iclass")


@pytest.fixture(params=["in process", "over http"])
def client(request, tool, token):
    if request.param == "in process":
        yield IclassClient(tool.answer, tool)
        return
    with serving(tool, TOKEN) as server:
        yield IclassClient(Session(IclassAccess(server.url, token), private=True).send)


def test_an_order_is_handed_over_once_under_its_key(client, tool):
    assert client.distribute(order()) == "IC-001187"
    assert client.distribute(order(description="Outra coisa.")) == "IC-001187"
    [kept] = tool.orders()
    assert kept["descricao"] == "Fibra partida na esquina."
    assert kept["agendamento"] == {
        "inicio": "2026-12-02T13:30:00+00:00",
        "fim": "2026-12-02T15:00:00+00:00",
        "tecnico": "João Pedro",
    }
    assert kept["cliente"]["nome"] == "Maria Aparecida"
    assert client.distribute(order(key="enlace-os-1188", number=1188, starts_at=None)) == "IC-001188"
    assert [one["agendamento"] is None for one in tool.orders()] == [False, True]


def test_a_refusal_has_a_reason(client, tool):
    with pytest.raises(IclassRefused, match="endereço do cliente não informado"):
        client.distribute(order(address=""))
    assert tool.orders() == []
    assert client.distribute(order()) == "IC-001187"  # under the same key, once it is mended


def test_a_token_it_does_not_take_is_tried_again_later(tool, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("outro")
    with serving(tool, TOKEN) as server, pytest.raises(IclassTrouble, match="401"):
        IclassClient(Session(IclassAccess(server.url, str(wrong)), private=True).send).distribute(order())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((500, b"<html>"), IclassTrouble),
        ((429, b""), IclassTrouble),
        ((302, b""), IclassTrouble),
        ((200, b"[]"), IclassTrouble),
        ((200, b'{"codigo": ""}'), IclassTrouble),
        ((200, b'{"codigo": "' + b"9" * 61 + b'"}'), IclassTrouble),
        ((200, b"[" * 100_000), IclassTrouble),
        ((400, b"<html>nada</html>"), IclassRefused),
        ((409, b'{"mensagem": 12}'), IclassRefused),
    ],
)
def test_what_it_may_answer_instead(answer, error):
    with pytest.raises(error):
        IclassClient(lambda *_: answer).distribute(order())


def test_a_refusal_says_nothing_of_a_page_of_somebody_else():
    with pytest.raises(IclassRefused) as no:
        IclassClient(lambda *_: (400, b"<html>Maria</html>")).distribute(order())
    assert str(no.value) == "sem motivo, resposta 400"
    long = json.dumps({"mensagem": "x" * 900}).encode()
    with pytest.raises(IclassRefused) as no:
        IclassClient(lambda *_: (422, long)).distribute(order())
    assert len(str(no.value)) == 200


def test_one_that_does_not_answer_is_left(token, monkeypatch):
    monkeypatch.setattr(session, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(IclassTrouble, match="no answer"):
            IclassClient(Session(IclassAccess(url, token), private=True).send).distribute(order())


@pytest.mark.parametrize(
    "url", ["http://iclass.example", "ftp://iclass.example", "https://a@iclass.example", "https://"]
)
def test_addresses_that_are_refused(url, token):
    with pytest.raises(ValueError, match="field tool"):
        Session(IclassAccess(url, token))


def test_inner_addresses_are_not_called(tool, token):
    with pytest.raises(IclassTrouble, match="WireTrouble"):
        Session(IclassAccess("https://127.0.0.1:9", token)).send("PUT", "/x", b"{}")


def test_each_mode_has_its_tool(tmp_path, token):
    assert make("production", str(tmp_path), None) is None
    assert not make("production", str(tmp_path), IclassAccess("https://iclass.example/api", token)).simulated
    assert make("demo", str(tmp_path), None).simulated
