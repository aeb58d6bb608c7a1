"""One card per customer: a second order joins it, waits behind it, or starts it again (U-11, U-28, U-33, D-30)."""

import pytest
from sqlalchemy import func, select

from models.base import db as base
from models.boards import Card, CardMove, cancel, last_move, launch, make, refusal_to_cancel, write
from models.refused import Refused, Stale
from models.telephony import UpgradeOrder
from tests import phones
from tests.cast import by, joaquim, sol


def to(key):
    return phones.column(key).id


def cards() -> int:
    return base.session.scalar(select(func.count()).select_from(Card)) or 0


@pytest.fixture
def first(db):
    """A card with an order of two channels, in «Pedidos e Alterações»."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        return phones.launched(sol(), 2, "outbound_channel")


@pytest.fixture
def second(first):
    """`second()`: one more order of the same customer; it makes no second card."""

    def launched() -> UpgradeOrder:
        with by("rafael.teixeira"):
            card, order = phones.launched(sol(), 1, "module")
        assert card.id == first[0].id
        assert cards() == 1
        return order

    return launched


def finish(card):
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        phones.to_done(card)


def test_in_orders_it_joins(first, second):
    card, order = first
    with by("bruno.reis"):
        write(card, "Canais configurados.", order.id)
    other = second()
    assert (other.status, other.noted_at) == ("open", None)
    assert order.noted_at, "the note of the first stays"
    assert card.version == 1, "nothing moved"
    finish(card)
    assert (order.status, other.status) == ("done", "done")


def test_in_finance_it_waits_and_starts_by_itself(first, second):
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    other = second()
    assert (other.status, card.board_column_id) == ("queued", to("finance"))
    with by("bruno.reis"), pytest.raises(Refused, match=r"Este pedido não está em andamento\."):
        other.make() if other.has_extensions else other.adjust()
    with by("ana.souza"):
        phones.to_done(card)
    assert (order.status, other.status, card.board_column_id) == ("done", "open", to("orders"))
    assert [move.to_column_id for move in moves(card)] == [to("orders"), to("finance"), to("done"), to("orders")]
    assert phones.told(card)[-1] == "card.queue_started"
    finish(card)
    assert other.status == "done"


def test_in_a_column_of_the_house_it_waits_too(first, second):
    card, _ = first
    with by("davi.rocha"):
        testing = phones.own_column("Testes")
    with by("bruno.reis"):
        make(card, testing.id, card.version, phones.noted(card))
    assert second().status == "queued"


def test_several_wait_and_start_together(first, second):
    card, _ = first
    with by("bruno.reis"):
        phones.to_finance(card)
    waiting = [second(), second()]
    with by("ana.souza"):
        phones.to_done(card)
    assert [order.status for order in waiting] == ["open", "open"]
    assert card.version == 4, "one move for all of them"


def test_at_the_end_it_starts_again(first, second):
    card, order = first
    finish(card)
    other = second()
    assert (order.status, other.status, card.board_column_id) == ("done", "open", to("orders"))
    assert phones.told(card)[-1:] == ["card.moved"]


def test_given_back_to_the_beginning_the_queue_joins(first, second):
    """A card in «Pedidos e Alterações» has nothing waiting behind it."""
    card, _ = first
    with by("bruno.reis"):
        phones.to_finance(card)
    other = second()
    with by("silvia.maia"):
        make(card, to("orders"), card.version, reason="Faltou um canal.", supervises=True)
    assert other.status == "open"
    assert phones.told(card)[-1] == "card.queue_joined"
    with by("silvia.maia"), pytest.raises(Refused, match="Um pedido novo entrou no card"):
        last_move(card).undo()


def test_undone_to_the_beginning_the_queue_joins(first, second):
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    other = second()
    with by("bruno.reis"):
        last_move(card).undo()
        assert (other.status, other.noted_at) == ("open", None)
        with pytest.raises(Refused, match="no pedido de 1 módulo Gravação") as no:
            make(card, to("finance"), card.version)
    assert list(no.value.errors) == [f"note-{other.id}"]
    assert order.noted_at


def test_an_order_that_joined_is_not_carried_past_support(first, second):
    """Given back, then an order came, then the return is undone: the order would stand in «Financeiro» undone."""
    card, _ = first
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("silvia.maia"):
        move = make(card, to("orders"), card.version, reason="Engano.", supervises=True)
    second()
    with by("silvia.maia"), pytest.raises(Refused, match=r"Um pedido novo entrou no card\. Passe o card adiante"):
        move.undo()


def test_what_waits_begins_when_the_return_from_the_end_is_undone(first, second):
    """It came while the card stood in «Financeiro» again, by mistake."""
    card, order = first
    finish(card)
    with by("silvia.maia"):
        move = make(card, to("finance"), card.version, reason="Engano.", supervises=True)
    other = second()
    assert other.status == "queued"
    with by("silvia.maia"):
        move.undo()
    assert (order.status, other.status, card.board_column_id) == ("done", "open", to("orders"))
    assert card.version == len(moves(card))


def test_a_return_alone_is_undone(first):
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        write(card, "Contrato conferido.", None)
    with by("silvia.maia"):
        make(card, to("orders"), card.version, reason="Engano.", supervises=True).undo()
    assert card.board_column_id == to("finance")
    assert order.noted_at, "finance had noted it in the stay that is back"


def test_another_customer_has_a_card_of_their_own(first):
    phones.bought(joaquim())
    with by("rafael.teixeira"):
        phones.used_up(joaquim())
        card, _ = phones.launched(joaquim(), 1)
    assert (cards(), card.person_id) == (2, joaquim().id)


@pytest.mark.parametrize("login", ["bruno.reis", "ana.souza", "silvia.maia"])
def test_only_comercial_launches(db, login):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        request = phones.agreed(sent(phones.checked(phones.asked(sol()), 1)))
    with by(login), pytest.raises(Refused, match=r"^Só o Comercial negocia com o cliente e lança o pedido\."):
        launch(request, phones.terms(request))
    base.session.rollback()
    assert cards() == 0


def sent(request):
    request.forward()
    return request


# ---- cancel


def test_cancelled_before_support_began(first, second):
    card, order = first
    other = second()
    with by("rafael.teixeira"):
        for reason in ("", " \u200b"):
            with pytest.raises(Refused, match="Escreva o motivo") as no:
                cancel(other, reason)
            assert list(no.value.errors) == ["reason"]
        with pytest.raises(Stale):
            cancel(other, "Desistiu.", other.version + 1)
        cancel(other, "Desistiu.", other.version)
        with pytest.raises(Refused, match=r"Este pedido está cancelado\."):
            cancel(other, "Desistiu.")
    assert (other.status, other.cancel_reason, order.status) == ("cancelled", "Desistiu.", "open")
    assert card.board_column_id == to("orders")
    assert phones.told(other) == ["upgrade_order.launched", "upgrade_order.cancelled"]


def test_the_last_one_cancelled_brings_the_card_to_rest(first):
    card, order = first
    with by("rafael.teixeira"):
        cancel(order, "Desistiu.")
    assert (card.board_column_id, card.version) == (to("done"), 2)
    with by("silvia.maia"), pytest.raises(Refused, match=r"Não há pedido concluído a devolver\."):
        make(card, to("orders"), card.version, reason="Engano.", supervises=True)
    with by("rafael.teixeira"):
        phones.launched(sol(), 1, "module")
    assert card.board_column_id == to("orders")


def test_cancelled_while_others_wait_they_begin(first, second):
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    other = second()
    with by("silvia.maia"):
        cancel(order, "Desistiu.", supervises=True)
    assert (order.status, other.status, card.board_column_id) == ("cancelled", "open", to("orders"))
    assert card.version == len(moves(card)) == 4


def test_a_waiting_order_is_cancelled_without_a_move(first, second):
    card, _ = first
    with by("bruno.reis"):
        phones.to_finance(card)
    other = second()
    with by("rafael.teixeira"):
        cancel(other, "Desistiu.")
    assert (other.status, card.board_column_id, card.version) == ("cancelled", to("finance"), 2)


def test_once_support_began_only_a_supervisor_cancels(db):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, order = phones.launched(sol(), 2)
    with by("bruno.reis"):
        made = order.make()
    with by("rafael.teixeira"), pytest.raises(Refused, match=r"O Suporte já começou\. Peça à supervisão\."):
        cancel(order, "Desistiu.")
    with by("silvia.maia"):
        cancel(order, "Desistiu.", supervises=True)
    assert [item.status for item in made] == ["withdrawn", "withdrawn"]
    assert order.items() == []
    assert card.board_column_id == to("done")


def test_past_support_only_a_supervisor_cancels(first):
    """What support did for a channel stands in no panel, yet it was done."""
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("rafael.teixeira"):
        assert "já passou do Suporte" in (refusal_to_cancel(order, phones.column("finance")) or "")
        with pytest.raises(Refused, match=r"O card já passou do Suporte\. Peça à supervisão\."):
            cancel(order, "Desistiu.")


@pytest.mark.parametrize("login", ["bruno.reis", "ana.souza"])
def test_others_do_not_cancel(first, login):
    with by(login), pytest.raises(Refused, match="Só o Comercial"):
        cancel(first[1], "Desistiu.")


def test_what_is_charged_is_not_cancelled(first):
    card, order = first
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        order.adjust()
    with by("silvia.maia"), pytest.raises(Refused, match=r"O contrato já foi ajustado\. Desfaça o ajuste antes\."):
        cancel(order, "Desistiu.", supervises=True)


def moves(card) -> list[CardMove]:
    return list(base.session.scalars(select(CardMove).where(CardMove.card_id == card.id).order_by(CardMove.version)))
