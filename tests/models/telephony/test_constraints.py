"""What must never be in the tables is refused by the database itself, written past every verb (proven on both)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.boards import write
from tests import phones
from tests.cast import by, serra_azul, sol

pytestmark = pytest.mark.postgresql


@pytest.fixture
def refuses(db):
    """`refuses("update ...", "ck_name")`: the database says no, and names the rule that does."""

    def ask(statement: str, name: str, **values) -> None:
        sqlite = db.get_bind().dialect.name == "sqlite"
        with pytest.raises(DBAPIError) as no, db.begin_nested():
            db.execute(text(statement), values, execution_options={"every_company": "past every rule"})
        said = str(no.value.orig)
        if not sqlite:
            assert name in said, said
        else:  # which names the columns of a UNIQUE, and no foreign key
            assert "constraint failed" in said or "append-only" in said or "fixed" in said, said

    return ask


@pytest.fixture
def at_work(db):
    """A card with an order of one extension, made."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, order = phones.launched(sol(), 1)
    with by("bruno.reis"):
        order.make()
        write(card, "Ramal criado.", None)
    db.flush()
    return card, order


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("status = 'free', used_at = null, contracted_on = null", "ck_pabx_item_free_is_contracted"),
        ("status = 'in_use', used_at = null, device = 'x'", "ck_pabx_item_used_at"),
        ("used_at = '2026-12-01 00:00:00'", "ck_pabx_item_used_at"),
        ("status = 'in_use', used_at = '2026-12-01 00:00:00', device = '', sent_to = ''", "ck_pabx_item_how_used"),
        ("status = 'in_use', used_at = '2026-12-01 00:00:00', device = 'x', sent_to = 'y'", "ck_pabx_item_how_used"),
        ("status = 'lost'", "ck_pabx_item_status"),
        ("kind = 'fax'", "ck_pabx_item_kind"),
        ("number = ''", "ck_pabx_item_number"),
        ("number = '2000'", "uq_pabx_item_pabx_id_kind_number"),
        ("company_id = :other", "fk_pabx_item"),
        ("service_id = 1000000", "fk_pabx_item"),
    ],
)
def test_an_item(at_work, refuses, what, name):
    (item,) = at_work[1].items()
    refuses(f"update pabx_item set {what} where id = :id", name, id=item.id, **of(what))


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("kind = 'line', intention_confirmed = false", "ck_upgrade_request_intention_confirmed"),
        ("answer = null", "ck_upgrade_request_question_asked"),
        ("answer = 'perhaps'", "ck_upgrade_request_answer"),
        ("wanted = 0", "ck_upgrade_request_wanted"),
        ("used = 2", "ck_upgrade_request_used"),
        ("used = -1", "ck_upgrade_request_used"),
        ("forwarded_at = null", "ck_upgrade_request_forwarded"),
        ("agreed_with = ''", "ck_upgrade_request_agreed"),
        ("agreed_cents = 0", "ck_upgrade_request_agreed"),
        ("status = 'not_agreed', end_reason = ''", "ck_upgrade_request_end_reason"),
        ("status = 'lost'", "ck_upgrade_request_status"),
    ],
)
def test_a_request(at_work, refuses, what, name):
    refuses(f"update upgrade_request set {what} where id = :id", name, id=at_work[1].request_id)


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("status = 'done'", "ck_upgrade_order_done"),
        ("status = 'cancelled'", "ck_upgrade_order_cancelled"),
        ("status = 'queued'", "ck_upgrade_order_noted_at"),
        ("adjusted_at = '2026-12-01 00:00:00'", "ck_upgrade_order_adjusted"),
        ("after_cents = 1", "ck_upgrade_order_adjusted"),
        ("quantity = 0", "ck_upgrade_order_quantity"),
        ("unit_cents = 0", "ck_upgrade_order_unit_cents"),
        ("company_id = :other", "fk_upgrade_order"),
        ("contract_id = 1000000", "fk_upgrade_order"),
        ("request_id = 1000000", "fk_upgrade_order"),
    ],
)
def test_an_order(at_work, refuses, what, name):
    refuses(f"update upgrade_order set {what} where id = :id", name, id=at_work[1].id, **of(what))


def test_one_order_of_a_request_and_one_item_of_a_line(at_work, refuses):
    order = at_work[1]
    columns = (
        "company_id, request_id, person_id, pabx_id, service_id, contract_id, kind, module, line_number, donor,"
        " quantity, unit_cents, starts_on, words, status, created_at, launched_by_id, cancel_reason, version"
    )
    again = f"insert into upgrade_order ({columns}) select {columns} from upgrade_order where id = :id"
    refuses(again, "uq_upgrade_order_request_id", id=order.id)
    line = "insert into upgrade_line (order_id, position, name, sector, procedure, item_id)"
    refuses(f"{line} select order_id, 2, name, sector, procedure, item_id from upgrade_line", "uq_upgrade_line_item_id")
    refuses(f"{line} values (:id, 3, '', 'x', 'install', null)", "ck_upgrade_line_named", id=order.id)
    refuses(f"{line} values (:id, 3, 'x', 'x', 'fly', null)", "ck_upgrade_line_procedure", id=order.id)


def test_one_panel_and_one_card_for_each_customer(at_work, refuses):
    refuses(
        "insert into pabx (company_id, person_id) select company_id, person_id from pabx",
        "uq_pabx_company_id_person_id",
    )
    columns = "company_id, person_id, pabx_id, board_column_id, entered_at, created_at, version"
    refuses(f"insert into card ({columns}) select {columns} from card", "uq_card")
    refuses("update card set company_id = :other", "fk_card", other=serra_azul().id)


@pytest.mark.parametrize("table", ["card_note", "card_move"])
def test_the_log_is_append_only(at_work, refuses, table):
    refuses(f"delete from {table}", "append-only")
    refuses(f"update {table} set operator_id = operator_id", "append-only")
    refuses(f"update {table} set id = id where id = (select max(id) from {table})", "append-only")


def test_the_log_is_not_replaced_nor_emptied(at_work, refuses, db):
    if db.get_bind().dialect.name == "sqlite":
        refuses("insert or replace into card_note select * from card_note", "append-only")
        return
    for table in ("card_note, card_move", "card_move"):
        refuses(f"truncate {table}", "append-only")


def test_an_entry_of_the_log(at_work, refuses):
    note = "insert into card_note (company_id, card_id, board_column_id, text, written_at)"
    refuses(f"{note} select company_id, card_id, board_column_id, '', written_at from card_note", "ck_card_note_text")
    refuses(
        f"{note} select :other, card_id, board_column_id, text, written_at from card_note",
        "fk_card_note",
        other=serra_azul().id,
    )
    move = (
        "insert into card_move (company_id, card_id, version, from_column_id, to_column_id, note_id, moved_at) select"
        " company_id, card_id, {version}, {came}, to_column_id, {note}, moved_at from card_move"
    )
    same = {"version": "version", "came": "from_column_id", "note": "note_id"}
    refuses(move.format(**same), "uq_card_move_card_id_version")
    refuses(move.format(**same | {"version": 9, "came": "to_column_id"}), "ck_card_move_moves")
    refuses(move.format(**same | {"version": 9, "note": "null"}), "note_id")


@pytest.mark.parametrize("key", ["orders", "finance", "done"])
def test_the_three_columns_keep_their_names(db, refuses, key):
    refuses("update board_column set name = 'Outra' where key = :key", "ck_board_column_fixed_name", key=key)
    refuses("update board_column set key = 'other' where key = :key", "ck_board_column_fixed_name", key=key)
    refuses(
        "update board_column set inactive_since = '2026-12-01 00:00:00' where key = :key",
        "ck_board_column_fixed_in_use",
        key=key,
    )
    refuses("update board_column set duty = null where key = :key", "ck_board_column_duty", key=key)
    refuses("update board_column set department_id = 1 where key = :key", "ck_board_column_department", key=key)


def test_a_column_with_cards_is_not_deleted(at_work, refuses):
    refuses("delete from board_column where key = 'orders'", "fk_card")


def test_no_place_is_taken_twice(db, refuses):
    refuses("update board_column set position = 1", "uq_board_column_position")


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("duty = 'sales' where duty is null", "uq_department_duty"),
        ("duty = 'cook' where duty = 'sales'", "ck_department_duty"),
        ("inactive_since = '2026-12-01 00:00:00' where duty = 'sales'", "ck_department_duty_in_use"),
    ],
)
def test_one_sector_has_a_duty(db, refuses, what, name):
    refuses(f"update department set {what}", name)


def of(what: str) -> dict[str, int]:
    return {"other": serra_azul().id} if ":other" in what else {}
