"""`flask check` on telephony: nothing while a card is at work, and each breach that is planted, on both databases."""

from __future__ import annotations

import pytest

from models import check
from models.base import db as base
from models.boards import cancel, last_move, make, write
from models.check.telephony import TRIGGERS
from tests import phones
from tests.cast import by, joaquim, sol
from tests.jobs.test_check import plant

pytestmark = pytest.mark.postgresql


@pytest.fixture
def at_work(db):
    """One order done, one adjusted in «Financeiro», one cancelled, one waiting; what the ids are."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, first = phones.launched(sol(), 2)
    with by("bruno.reis"):
        phones.to_finance(card)
        last_move(card).undo()
        make(card, phones.column("finance").id, card.version)
    with by("ana.souza"):
        phones.to_done(card)
    with by("rafael.teixeira"):
        _, second = phones.launched(sol(), 1, "outbound_channel")
        _, third = phones.launched(sol(), 1)
        cancel(third, "Desistiu.")
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("rafael.teixeira"):
        _, fourth = phones.launched(sol(), 1)
    with by("ana.souza"):
        second.adjust()
        write(card, "Contrato ajustado.", None)
        phones.asked(sol())
    ids = {"card": card.id, "first": first.id, "second": second.id, "third": third.id, "fourth": fourth.id}
    ids |= {"item": first.items()[0].id, "request": second.request_id, "waiting": fourth.request_id}
    phones.bought(joaquim())
    ids["theirs"], ids["other"] = phones.items(joaquim())[0].id, joaquim().id
    db.commit()
    return ids


def found() -> str:
    base.session.remove()
    lines = [line for question, findings in check.answers() for line in findings]
    return "\n".join(line for line in lines if not line.startswith("banco: restri"))


def test_finds_nothing_while_it_works(at_work):
    assert found() == ""


def to(key: str) -> str:
    return f"(select id from board_column where key = '{key}')"


BREACHES = {
    "ended with orders": (f"update card set board_column_id = {to('done')}", "card {card}: está em Tudo OK com pedido"),
    "nothing under way": (
        "update upgrade_order set status = 'cancelled', noted_at = null where id = {second}",
        "card {card}: está no trabalho sem pedido em andamento",
    ),
    "waits behind the beginning": (
        f"update card set board_column_id = {to('orders')}",
        "card {card}: um pedido espera na fila, e o card está no começo",
    ),
    "an order without a card": ("update card set pabx_id = 0", "pedido de upgrade {fourth}: não está em card nenhum"),
    "a move that left no trace": ("update card set version = version + 1", "card {card}: versão "),
    "a card elsewhere": (
        f"update card set board_column_id = {to('orders')}",
        "card {card}: não está na coluna do último movimento",
    ),
    "a note that nobody wrote": (
        "update upgrade_order set noted_at = '2020-01-01 00:00:00.000000' where id = {second}",
        "pedido de upgrade {second}: consta anotado, e a nota não está no card",
    ),
    "a column that is missing": (
        "update board_column set key = null where key = 'finance'",
        "Planner: falta a coluna Financeiro",
    ),
    "columns out of order": (
        "update board_column set position = 1 where key = 'done'",
        "Planner: as colunas do procedimento não estão na ordem dele",
    ),
    "a card in a column out of use": (
        "update board_column set inactive_since = '2026-01-01 00:00:00.000000' where key = 'finance'",
        "card {card}: está numa coluna fora de uso",
    ),
    "a turn of nobody": (
        "update department set duty = null where duty = 'finance'",
        "setores: nenhum tem o papel finance na telefonia",
    ),
    "a price that is not charged": (
        "update upgrade_order set unit_cents = unit_cents + 1 where id = {second}",
        "pedido de upgrade {second}: consta ajustado, e a composição",
    ),
    "composed no more": (
        "delete from service_item where id = (select service_item_id from upgrade_order where id = {second})",
        "pedido de upgrade {second}: consta ajustado, e a composição",
    ),
    "charged before": (
        "update upgrade_order set service_item_id = 1 where id = {fourth}",
        "pedido de upgrade {fourth}: não foi ajustado, e o contrato já o cobra",
    ),
    "contracted no more": (
        "update pabx_item set contracted_on = null where id = {item}",
        "item {item} do Painel PABX: o contrato o inclui, e o painel não",
    ),
    "contracted too early": (
        "update pabx_item set order_id = {fourth} where id = {item}",
        "item {item} do Painel PABX: consta contratado, e o pedido não foi ajustado",
    ),
    "of a cancelled order": (
        "update pabx_item set order_id = {third} where id = {item}",
        "item {item} do Painel PABX: é de um pedido cancelado",
    ),
    "a name too few": (
        "delete from upgrade_line where order_id = {fourth}",
        "pedido de upgrade {fourth}: os nomes não são tantos quantos os ramais",
    ),
    "an extension that was not made": (
        "update upgrade_line set item_id = null where item_id = {item}",
        "pedido de upgrade {first}: os ramais criados não são os do pedido",
    ),
    "an item of another customer's telephone": (
        "update pabx_item set service_id = (select service_id from pabx_item where id = {theirs}) where id = {item}",
        "item {item} do Painel PABX: o telefone ou o pedido é de outro cliente",
    ),
    "an item of another customer's order": (
        "update pabx_item set order_id = {first} where id = {theirs}",
        "item {theirs} do Painel PABX: o telefone ou o pedido é de outro cliente",
    ),
    "an order somebody else pays": (
        "update upgrade_order set person_id = {other} where id = {second}",
        "pedido de upgrade {second}: o painel, o contrato ou quem pediu é de outro cliente",
    ),
    "a card of another customer": ("update card set person_id = {other}", "card {card}: o painel é de outro cliente"),
    "a spare of another customer": (
        "insert into upgrade_spare (request_id, item_id) values ({request}, {theirs})",
        "pedido de telefonia {request}: confirmou o que é de outro cliente",
    ),
    "sold although it was there": (
        "update upgrade_request set used = wanted where id = {request}",
        "pedido de telefonia {request}: vendeu mais do que faltava",
    ),
    "launched without an order": (
        "update upgrade_request set status = 'agreed' where id = {waiting}",
        "pedido de telefonia {waiting}: está lançado sem pedido no Planner, ou o contrário",
    ),
}


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_says_what_is_broken(at_work, database, breach):
    statement, finding = BREACHES[breach]
    plant(database, statement.format(**at_work))
    assert finding.format(**at_work) in found()


def test_a_note_that_is_no_more(at_work, database):
    """Past its triggers, which are missed as well."""
    on = {"sqlite": "", "postgresql": " on {table}"}[database.name]
    names = sorted(TRIGGERS[database.name])
    drops = [f"drop trigger {name}{on.format(table=name[:9])}" for name in names]
    plant(database, *drops, f"update card_note set text = '  ' where card_id = {at_work['card']}")
    said = found()
    assert f"do card {at_work['card']}: sem nota" in said
    for name in names:
        assert f"banco: falta o gatilho {name} do Planner" in said
