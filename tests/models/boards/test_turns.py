"""Whose turn the work of a card is, and what stands in the way of taking it back."""

import unicodedata
from datetime import timedelta

import pytest

from models import clock as real
from models.boards import adjust_contract, last_move, make, make_extensions, take_back_adjustment, write
from models.refused import Refused
from models.telephony import Use
from tests import phones
from tests.cast import by, sol


def to(key):
    return phones.column(key).id


@pytest.fixture
def ordered(db):
    """Two extensions ordered, their card in «Pedidos e Alterações»."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        return phones.launched(sol(), 2)


@pytest.fixture
def channels(db):
    """Two channels ordered: nothing has to be made for them."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        return phones.launched(sol(), 2, "outbound_channel")


def test_made_only_while_it_is_supports_turn(ordered):
    card, order = ordered
    with by("davi.rocha"):
        between = phones.own_column("Conferência", sector="Supervisão")
    card.take(board_column_id=between.id)
    with by("bruno.reis"), pytest.raises(Refused, match=r"^Agora é a vez da Supervisão\. Espere o card voltar"):
        make_extensions(order, order.version)
    assert order.items() == []


def test_an_adjustment_is_taken_back_only_where_it_is_made(channels):
    card, order = channels
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        adjust_contract(order, order.version)
    with by("silvia.maia"):
        make(card, to("orders"), card.version, reason="Canal trocado.", supervises=True)
    with by("ana.souza"), pytest.raises(Refused, match="O card está em Pedidos e Alterações"):
        take_back_adjustment(order, "Preço errado.", order.version)
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        take_back_adjustment(order, "Preço errado.", order.version)
    assert order.adjusted_at is None


@pytest.mark.parametrize("follows", ["note", "adjustment"])
def test_no_move_is_undone_once_its_next_sector_worked(channels, follows, clock):
    card, order = channels
    now = real.now()
    with clock(now), by("bruno.reis"):
        phones.to_finance(card)
    with clock(now + timedelta(seconds=2)), by("ana.souza"):
        write(card, "Conferido.", order.id) if follows == "note" else adjust_contract(order, order.version)
    with (
        clock(now + timedelta(seconds=3)),
        by("bruno.reis"),
        pytest.raises(Refused, match=r"Já houve registro depois\. A Supervisão devolve o card"),
    ):
        last_move(card).undo()
    assert card.board_column_id == to("finance")


def test_what_another_order_uses_by_now_is_not_taken_out_of_the_contract(ordered):
    """An extension of this order was freed, and a later request took it instead of buying one."""
    card, order = ordered
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        adjust_contract(order, order.version)
    one = order.items()[0]
    with by("rafael.teixeira"):
        one.free("Não usa mais.")
        row = phones.asked(sol())
        row.check(1, [one.id], "Eunice Martins")
        row.use_existing({one.id: Use("install", device="Yealink T31")}, sell_the_rest=False)
    with by("ana.souza"), pytest.raises(Refused, match="Outro pedido já usa"):
        take_back_adjustment(order, "Preço errado.", order.version)
    assert order.adjusted_at


def test_an_order_gone_from_the_panel_keeps_its_adjustment(channels):
    card, order = channels
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        adjust_contract(order, order.version)
    with by("rafael.teixeira"):
        gone = order.items()[0]
        gone.free("Engano.")
        gone.withdraw("Engano.")
    with by("ana.souza"), pytest.raises(Refused, match="O Painel PABX mudou depois do ajuste"):
        take_back_adjustment(order, "Preço errado.", order.version)


@pytest.fixture
def module(db):
    """A module Gravação that the contract includes and nobody uses any more."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, _ = phones.launched(sol(), 1, "module")
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        phones.to_done(card)
    with by("rafael.teixeira"):
        module = phones.items(sol(), "module")[0]
        module.free("Não usa.")
    return module


def test_a_module_is_the_same_however_its_name_is_typed(module):
    with by("rafael.teixeira"):
        asked = phones.asked(sol(), "module", module=unicodedata.normalize("NFD", "GRAVAÇÃO"))
        assert [row.id for row in asked.free_ones()] == [module.id]


def test_a_free_module_that_becomes_another_came_free_just_now(module):
    """A request of that name, checked before, asks the customer again before anything is sold (D-02)."""
    with by("rafael.teixeira"):
        other = phones.checked(phones.asked(sol(), "module", module="URA"), 1)
        assert other.became_free() == []
        module.rename("Gravação", "Diretoria")
        assert other.became_free() == []
        module.rename("URA", "")
        assert [row.id for row in other.became_free()] == [module.id]
