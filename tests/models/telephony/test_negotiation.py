"""Comercial's queue and its ends: launched, sold as a line, or not agreed, with a reason (U-10, U-34, D-29)."""

from datetime import timedelta

import pytest

from models import clock as real
from models.boards import launch
from models.refused import Refused, Stale
from models.telephony import Use
from tests import phones
from tests.cast import by, sol

INVISIBLE = " \u200b "


@pytest.fixture
def waiting(db):
    """Two extensions, forwarded by support: it waits for Comercial."""
    with by("bruno.reis"):
        phones.used_up(sol())
        row = phones.checked(phones.asked(sol()), 2)
        row.forward()
    return row


def test_the_agreement_says_whom_when_and_how_much(waiting):
    today = real.today()
    cases = (
        (("", today, 2490), "agreed_with"),
        ((INVISIBLE, today, 2490), "agreed_with"),
        (("Eunice", None, 2490), "agreed_on"),
        (("Eunice", today + timedelta(days=1), 2490), "agreed_on"),
        (("Eunice", today - timedelta(days=91), 2490), "agreed_on"),
        (("Eunice", today, None), "agreed_cents"),
        (("Eunice", today, 0), "agreed_cents"),
        (("Eunice", today, -5), "agreed_cents"),
        (("Eunice", today, 1_000_001), "agreed_cents"),
    )
    with by("rafael.teixeira"):
        for typed, field in cases:
            with pytest.raises(Refused) as no:
                waiting.agree(*typed)
            assert list(no.value.errors) == [field]
        waiting.agree("Eunice", today, 2490, waiting.version)
        assert (waiting.status, waiting.agreed_cents) == ("agreed", 2490)
        waiting.agree("Eunice Martins", today, 1990)  # recorded again, which corrects it
        with pytest.raises(Stale):
            waiting.agree("Eunice", today, 2490, waiting.version - 1)
    assert (waiting.agreed_with, waiting.agreed_cents) == ("Eunice Martins", 1990)
    assert phones.told(waiting)[-2:] == ["upgrade_request.agreed"] * 2


@pytest.mark.parametrize("login", ["bruno.reis", "ana.souza", "silvia.maia"])
def test_only_comercial_negotiates(waiting, login):
    with by(login):
        for act in (lambda: phones.agreed(waiting), lambda: waiting.not_agreed("Caro."), waiting.check_again):
            with pytest.raises(Refused, match="Só o Comercial negocia com o cliente e lança o pedido"):
                act()


def test_before_it_is_forwarded_there_is_nothing_to_agree(db):
    with by("rafael.teixeira"):
        row = phones.asked(sol())
        for act in (lambda: phones.agreed(row), lambda: row.not_agreed("Caro.")):
            with pytest.raises(Refused, match="ainda está em triagem"):
                act()


def test_not_agreed_and_taken_up_again(waiting):
    with by("rafael.teixeira"):
        for reason in ("", INVISIBLE):
            with pytest.raises(Refused, match="Escreva por que não fechou") as no:
                waiting.not_agreed(reason)
            assert list(no.value.errors) == ["reason"]
        waiting.not_agreed("Achou caro.")
        with pytest.raises(Refused, match="A negociação deste pedido já terminou"):
            waiting.not_agreed("Achou caro.")
        with pytest.raises(Refused, match="A negociação deste pedido já terminou"):
            launch(waiting, phones.terms(waiting))
    with by("bruno.reis"), pytest.raises(Refused, match="Só o Comercial"):
        waiting.take_up_again()
    with by("rafael.teixeira"):
        waiting.take_up_again()
    assert (waiting.status, waiting.ended_at, waiting.end_reason) == ("negotiation", None, "")
    assert phones.told(waiting)[-2:] == ["upgrade_request.ended", "upgrade_request.taken_up"]


def test_nothing_is_launched_without_an_agreement(waiting):
    with by("rafael.teixeira"), pytest.raises(Refused, match="Sem acordo o pedido não é lançado"):
        launch(waiting, phones.terms(waiting))


def test_only_a_line_ends_as_a_sale(waiting):
    with by("rafael.teixeira"):
        phones.agreed(waiting)
        with pytest.raises(Refused, match="Só uma linha fecha como venda"):
            waiting.sell()
        line = phones.asked(sol(), "line")
        with pytest.raises(Refused, match="Registre o acordo antes"):
            line.sell()
        with pytest.raises(Refused, match="Uma linha não sai do que o cliente já tem"):
            line.check_again()
        phones.agreed(line).sell()
        assert line.status == "sold"
        with pytest.raises(Refused, match="já terminou"):
            line.sell()
        line.take_up_again()
    assert line.status == "negotiation"


def test_what_came_free_meanwhile_is_asked_about_first(waiting, clock):
    """Free at the agreement, not only at the check: it is used before anything is sold."""
    with clock(real.now() + timedelta(minutes=1)), by("rafael.teixeira"):
        phones.agreed(waiting)
        one = phones.items(sol())[0]
        one.free("A mesa saiu.")
        with pytest.raises(Refused, match="Ficou sem uso depois da conferência: 2000, Recepção"):
            launch(waiting, phones.terms(waiting))
    with clock(real.now() + timedelta(minutes=2)), by("rafael.teixeira"):
        waiting.check_again()
        waiting.check(2, [one.id], "Eunice")
        waiting.use_existing({one.id: Use("send_data", sent_to="Eunice")}, sell_the_rest=True)
        with pytest.raises(Refused, match="Sem acordo o pedido não é lançado"):
            launch(waiting, phones.terms(waiting))
        phones.agreed(waiting)
        _, order = launch(waiting, phones.terms(waiting))
    assert order.quantity == 1
