"""A card moves in the order of responsibility, noted by each sector; back only by a supervisor (U-20 to U-26)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock as real
from models.base import db as base
from models.boards import CardMove, CardNote, cancel, last_move, make, write
from models.operators import Department
from models.refused import Refused, Stale
from models.telephony import Use
from tests import phones
from tests.cast import by, sol

INVISIBLE = " \u200b\u2800 "


@pytest.fixture
def card(db):
    """One card in «Pedidos e Alterações», with one order of two channels: nothing has to be made for it."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        row, _ = phones.launched(sol(), 2, "outbound_channel")
    return row


def to(key):
    return phones.column(key).id


def test_a_note_lets_it_go_on_and_history_tells_both(card):
    with by("bruno.reis"):
        move = make(card, to("finance"), card.version, phones.noted(card, "Ajuste técnico feito."))
    assert card.board_column_id == to("finance")
    assert (move.from_column_id, move.to_column_id, move.version) == (to("orders"), to("finance"), card.version)
    assert phones.told(card) == ["card.noted", "card.moved"]
    assert card.orders("open")[0].noted_at is None  # a stage of its own, to be noted anew


@pytest.mark.parametrize("login", ["rafael.teixeira", "ana.souza", "silvia.maia", "davi.rocha"])
def test_only_the_sector_whose_turn_it_is_moves_it_forward(card, login):
    with by(login), pytest.raises(Refused, match=r"Agora é a vez do Suporte\. Só esse setor passa o card adiante\."):
        make(card, to("finance"), card.version, phones.noted(card), supervises=login in ("silvia.maia", "davi.rocha"))
    assert last_move(card).version == 1


def test_a_routine_has_no_turn(card):
    with pytest.raises(Refused, match="vez do Suporte"):
        make(card, to("finance"), card.version, phones.noted(card))


def test_finance_is_not_skipped(card):
    with by("bruno.reis"), pytest.raises(Refused, match="Passa antes pelo Financeiro"):
        make(card, to("done"), card.version, phones.noted(card))


@pytest.mark.parametrize("text", ["", INVISIBLE, "\n\n", "x" * 1001])
def test_without_a_text_that_can_be_read_it_stays(card, text):
    with by("bruno.reis"), pytest.raises(Refused) as no:
        make(card, to("finance"), card.version, phones.noted(card, text))
    assert list(no.value.errors) == [f"note-{card.orders('open')[0].id}"]
    assert no.value.sentence.startswith("A nota passa de 1000" if "x" in text else "Escreva o que o Suporte fez")
    with by("bruno.reis"), pytest.raises(Refused):
        write(card, text, None)


def test_a_note_written_before_counts(card):
    with by("bruno.reis"):
        note = write(card, "Canais configurados.", None)
        move = make(card, to("finance"), card.version)
    assert move.note_id == note.id


def test_a_note_of_another_sector_is_a_remark(card):
    order = card.orders("open")[0]
    for login in ("ana.souza", "rafael.teixeira", "silvia.maia"):
        with by(login):
            assert write(card, "Já está feito, disse o cliente.", order.id).order_id is None
    assert order.noted_at is None
    with by("bruno.reis"), pytest.raises(Refused, match="Escreva o que o Suporte fez"):
        make(card, to("finance"), card.version)


def test_a_note_of_an_earlier_stay_does_not_count(card):
    with by("bruno.reis"):
        make(card, to("finance"), card.version, phones.noted(card))
    with by("silvia.maia"):
        make(card, to("orders"), card.version, reason="Faltou um canal.", supervises=True)
    with by("bruno.reis"), pytest.raises(Refused, match="Escreva o que o Suporte fez"):
        make(card, to("finance"), card.version)


def test_a_note_of_supports_stage_does_not_finish_finances(card):
    with by("bruno.reis"):
        make(card, to("finance"), card.version, phones.noted(card))
    with by("ana.souza"):
        card.orders("open")[0].adjust()
        with pytest.raises(Refused, match="Escreva o que o Financeiro fez"):
            make(card, to("done"), card.version)


def test_the_note_of_one_order_does_not_count_for_the_other(card):
    with by("rafael.teixeira"):
        _, second = phones.launched(sol(), 1, "module")
    first = card.orders("open")[0]
    with by("bruno.reis"):
        with pytest.raises(Refused, match="Diga de qual pedido é a nota"):
            write(card, "Feito.", None)
        with pytest.raises(Refused, match="Diga de qual pedido é a nota"):
            write(card, "Feito.", 10**6)
        write(card, "Canais configurados.", first.id)
        with pytest.raises(Refused, match="no pedido de 1 módulo Gravação") as no:
            make(card, to("finance"), card.version)
        assert list(no.value.errors) == [f"note-{second.id}"]
        make(card, to("finance"), card.version, {second.id: "Gravação ligada."})
    assert card.board_column_id == to("finance")


def test_what_the_log_says_of_a_move_is_a_note_of_its_stage(card):
    """Not the newest entry whatsoever: Comercial took an order back after support had noted the other."""
    with by("rafael.teixeira"):
        _, second = phones.launched(sol(), 1, "module")
    with by("bruno.reis"):
        note = write(card, "Canais configurados.", card.orders("open")[0].id)
    with by("rafael.teixeira"):
        cancel(second, "Desistiu do módulo.")
    with by("bruno.reis"):
        assert make(card, to("finance"), card.version).note_id == note.id


def test_back_only_by_a_supervisor_with_a_reason(card):
    with by("bruno.reis"):
        make(card, to("finance"), card.version, phones.noted(card))
    for login in ("ana.souza", "bruno.reis", "rafael.teixeira"):
        with by(login), pytest.raises(Refused, match=r"Só a Supervisão devolve um card, com motivo\."):
            make(card, to("orders"), card.version, reason="Faltou.")
    with by("silvia.maia"):
        for reason in ("", INVISIBLE):
            with pytest.raises(Refused, match="Escreva por que o card volta para Pedidos e Alterações") as no:
                make(card, to("orders"), card.version, reason=reason, supervises=True)
            assert list(no.value.errors) == ["reason"]
        make(card, to("orders"), card.version, reason="Faltou um canal.", supervises=True)
    assert card.board_column_id == to("orders")
    assert phones.told(card)[-1] == "card.sent_back"
    assert [note.text for note in notes(card)][-1] == "Faltou um canal."


def test_back_from_the_end_reopens_what_ended_with_it(card):
    with by("bruno.reis"):
        make(card, to("finance"), card.version, phones.noted(card))
    with by("ana.souza"):
        phones.to_done(card)
    order = card.orders("done")[0]
    with by("silvia.maia"):
        make(card, to("finance"), card.version, reason="O preço está errado.", supervises=True)
    assert (order.status, order.finished_at, order.noted_at) == ("open", None, None)
    with by("ana.souza"):
        order.take_back_adjustment("Preço errado.")
        with pytest.raises(Refused, match="Ajuste antes o contrato"):
            make(card, to("done"), card.version, phones.noted(card))
        phones.to_done(card)
    assert order.status == "done"


def test_columns_that_are_none(card, db):
    with by("davi.rocha"):
        gone = phones.own_column("Testes")
        gone.retire()
    for id in (0, -1, 10**6, None, gone.id):
        with (
            by("bruno.reis"),
            pytest.raises(Refused, match=r"Esta coluna não está mais no quadro\. Atualize a página\."),
        ):
            make(card, id, card.version, phones.noted(card))
    with by("bruno.reis"), pytest.raises(Refused, match="O card já está em Pedidos e Alterações"):
        make(card, to("orders"), card.version, phones.noted(card))


def test_a_column_of_the_house_is_a_stage_like_any_other(card):
    with by("davi.rocha"):
        testing = phones.own_column("Testes", sector="Comercial")
    with by("bruno.reis"):
        make(card, testing.id, card.version, phones.noted(card))
        with pytest.raises(Refused, match="vez do Comercial"):
            make(card, to("finance"), card.version, phones.noted(card))
    with by("rafael.teixeira"):
        with pytest.raises(Refused, match="Escreva o que o Comercial fez"):
            make(card, to("finance"), card.version)
        with pytest.raises(Refused, match="Passa antes pelo Financeiro"):
            make(card, to("done"), card.version, phones.noted(card))
        make(card, to("finance"), card.version, phones.noted(card, "Cliente testou."))


def test_extensions_are_made_and_marked_on_their_way(db):
    with by("rafael.teixeira"):
        card, order = phones.launched(sol(), 1)
    with by("davi.rocha"):
        testing = phones.own_column("Testes")
    with by("bruno.reis"):
        make(card, testing.id, card.version, phones.noted(card))
        with pytest.raises(Refused, match="Crie antes os ramais no Painel PABX: 1 ramal novo"):
            make(card, to("finance"), card.version, phones.noted(card))
        order.make()
        make(card, to("finance"), card.version, phones.noted(card))
    with by("ana.souza"):
        order.adjust()
        with pytest.raises(Refused, match="Ainda não está instalado nem com dados enviados: 2002, Ramal 1"):
            make(card, to("done"), card.version, phones.noted(card))
    with by("bruno.reis"):
        order.unmarked()[0].put_to_use(Use("install", device="Yealink T31"))
    with by("ana.souza"):
        make(card, to("done"), card.version, phones.noted(card))


def test_who_comes_second_hears_who_was_faster(card, clock):
    seen = card.version
    with by("bruno.reis"):
        make(card, to("finance"), seen, phones.noted(card))
        with pytest.raises(Stale, match=r"^Bruno Reis já moveu este card para Financeiro .+\. Ele está lá\.$"):
            make(card, to("finance"), seen, phones.noted(card))
        for version in (None, 0, card.version + 1):
            with pytest.raises(Stale):
                make(card, to("done"), version, phones.noted(card))
    assert [move.version for move in moves(card)] == [1, 2]


# ---- undo


@pytest.fixture
def in_finance(card):
    with by("bruno.reis"):
        return make(card, to("finance"), card.version, phones.noted(card))


def test_undo_puts_it_back_as_it_was(card, in_finance, db):
    stood = in_finance.stood_since
    with by("bruno.reis"):
        back = in_finance.undo()
    assert (card.board_column_id, card.entered_at, back.undoes_id) == (to("orders"), stood, in_finance.id)
    assert card.orders("open")[0].noted_at is not None
    assert phones.told(card)[-1] == "card.move_undone"
    with by("bruno.reis"):
        with pytest.raises(Refused, match="já foi movido de novo"):
            in_finance.undo()
        with pytest.raises(Refused, match="Isto não se desfaz"):
            back.undo()
        make(card, to("finance"), card.version)  # what was noted stays noted


@pytest.mark.parametrize(("seconds", "may"), [(0, True), (15, True), (16, False)])
def test_undo_within_fifteen_seconds(card, db, clock, seconds, may):
    now = real.now()
    with clock(now), by("bruno.reis"):
        move = make(card, to("finance"), card.version, phones.noted(card))
    with clock(now + timedelta(seconds=seconds)), by("bruno.reis"):
        assert (move.refusal_to_undo(card) is None) is may
        if not may:
            with pytest.raises(Refused, match=r"Passou o tempo de desfazer\."):
                move.undo()


@pytest.mark.parametrize("login", ["ana.souza", "silvia.maia", "joao.alcantara"])
def test_undo_only_by_whoever_moved_it(in_finance, login):
    with by(login), pytest.raises(Refused, match=r"Só quem moveu desfaz\."):
        in_finance.undo()


def test_nothing_is_undone_once_something_followed(card, in_finance):
    with by("ana.souza"):
        phones.to_done(card)
    with by("bruno.reis"), pytest.raises(Refused, match="já foi movido de novo"):
        in_finance.undo()


def test_undo_of_the_end_opens_its_orders(card, in_finance):
    with by("ana.souza"):
        phones.to_done(card)
        last_move(card).undo()
    order = card.orders("open")[0]
    assert (card.board_column_id, order.finished_at) == (to("finance"), None)
    assert order.noted_at


def test_undo_of_a_return_from_the_end_closes_them_again(card, in_finance):
    with by("ana.souza"):
        phones.to_done(card)
    order, ended = card.orders("done")[0], card.entered_at
    with by("silvia.maia"):
        make(card, to("finance"), card.version, reason="Engano.", supervises=True)
        last_move(card).undo()
    assert (card.board_column_id, order.status, order.finished_at) == (to("done"), "done", ended)


def test_a_return_is_not_undone_once_the_contract_is_what_it_was(card, in_finance):
    with by("ana.souza"):
        phones.to_done(card)
    with by("silvia.maia"):
        move = make(card, to("finance"), card.version, reason="Preço errado.", supervises=True)
    with by("ana.souza"):
        card.orders("open")[0].take_back_adjustment("Preço errado.")
    with by("silvia.maia"), pytest.raises(Refused, match="Ajuste antes o contrato"):
        move.undo()


def test_the_first_move_is_not_undone(card):
    with by("rafael.teixeira"), pytest.raises(Refused, match="Isto não se desfaz"):
        last_move(card).undo()


def test_a_launch_that_started_it_again_is_not_undone(card, in_finance):
    """Else the card stood at its end with an order under way."""
    with by("ana.souza"):
        phones.to_done(card)
    with by("rafael.teixeira"):
        phones.launched(sol(), 1, "module")
        with pytest.raises(Refused, match="Isto não se desfaz"):
            last_move(card).undo()
    assert card.board_column_id == to("orders")


def test_a_cancellation_that_ended_it_is_not_undone(card):
    """Else the card stood in the work without any order."""
    with by("rafael.teixeira"):
        cancel(card.orders("open")[0], "Desistiu.")
        assert card.board_column_id == to("done")
        with pytest.raises(Refused, match="Isto não se desfaz"):
            last_move(card).undo()


def test_into_a_column_that_is_gone_nothing_is_undone(card):
    with by("davi.rocha"):
        testing = phones.own_column("Testes")
    with by("bruno.reis"):
        make(card, testing.id, card.version, phones.noted(card))
        move = make(card, to("finance"), card.version, phones.noted(card))
    with by("davi.rocha"):
        testing.retire()
    with by("bruno.reis"), pytest.raises(Refused, match=r"Testes saiu do quadro\."):
        move.undo()


# ---- the log


def notes(card):
    return list(base.session.scalars(select(CardNote).where(CardNote.card_id == card.id).order_by(CardNote.id)))


def moves(card):
    return list(base.session.scalars(select(CardMove).where(CardMove.card_id == card.id).order_by(CardMove.version)))


def test_the_log_says_who_of_which_sector_from_where_to_where(card, in_finance):
    first, second = moves(card)
    assert (first.from_column_id, first.to_column_id) == (None, to("orders"))
    assert (second.from_column_id, second.to_column_id) == (to("orders"), to("finance"))
    assert [base.session.get_one(Department, row.department_id).name for row in moves(card)] == [
        "Comercial",
        "Suporte",
    ]
    launched, done = notes(card)
    assert launched.text.startswith("Pedido lançado: 2 canais de saída adicionais. R$")
    assert (done.text, done.board_column_id) == ("Feito.", to("orders"))
