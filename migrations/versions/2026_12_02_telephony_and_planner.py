"""telephony and the Planner: panels, requests, orders; columns, cards, notes and moves that are only added to

Revision ID: 0026
Revises: 0025
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back
TABLES = "pabx upgrade_request upgrade_order pabx_item upgrade_line upgrade_spare board_column card card_note card_move"
LOGS = ("card_note", "card_move")
# Sectors of these names have their duty; in another house an administrator says who has it.
DUTIES = {"Comercial": "sales", "Suporte": "support", "Financeiro": "finance"}
COLUMNS = (("orders", "Pedidos e Alterações", "support"), ("finance", "Financeiro", "finance"), ("done", "Tudo OK", "sales"))
# Who may do the one has the others from now on.
BESIDE = {
    "tickets.read": ("telephony.read",),
    "tickets.attend": ("telephony.work",),
    "tickets.reopen": ("telephony.register", "planner.supervise"),
    "operators.admin": ("planner.arrange",),
}


def upgrade():
    with op.batch_alter_table("department", naming_convention=PK, **_again()) as table:
        table.add_column(sa.Column("duty", sa.String(10)))
        table.create_check_constraint(op.f("ck_department_duty"), "duty in ('sales', 'support', 'finance')")
        table.create_check_constraint(op.f("ck_department_duty_in_use"), "duty is null or inactive_since is null")
        table.create_unique_constraint(op.f("uq_department_duty"), ["duty"])
    for name, duty in DUTIES.items():
        giving = sa.text("update department set duty = :duty where name = :name and inactive_since is null")
        op.get_bind().execute(giving, {"duty": duty, "name": name})
    with op.batch_alter_table("plan", naming_convention=PK, **_again()) as table:
        table.add_column(sa.Column("extensions", BIG, nullable=False, server_default="0"))
        table.add_column(sa.Column("outbound_channels", BIG, nullable=False, server_default="0"))
        table.create_check_constraint(op.f("ck_plan_telephone"), "extensions >= 0 and outbound_channels >= 0")
        table.create_check_constraint(
            op.f("ck_plan_only_of_a_telephone"), "technology = 'phone' or (extensions = 0 and outbound_channels = 0)"
        )
    op.create_table(
        "pabx",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_pabx_company_id")),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f("fk_pabx_person_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_pabx")),
        sa.UniqueConstraint('company_id', 'id', name=op.f("uq_pabx_company_id_id")),
        sa.UniqueConstraint('company_id', 'person_id', name=op.f("uq_pabx_company_id_person_id")),
    )
    op.create_table(
        "upgrade_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("ticket_id", BIG),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(10)),
        sa.Column("intention_confirmed", sa.Boolean(), nullable=False),
        sa.Column("wanted", BIG),
        sa.Column("module", sa.String(40), nullable=False),
        sa.Column("line_number", sa.String(20), nullable=False),
        sa.Column("donor", sa.String(60), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("author_department_id", BIG, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("checked_at", MOMENT),
        sa.Column("confirmed_with", sa.String(80), nullable=False),
        sa.Column("used", BIG, nullable=False),
        sa.Column("department_id", BIG),
        sa.Column("forwarded_at", MOMENT),
        sa.Column("forwarded_by_id", BIG),
        sa.Column("forwarded_from_id", BIG),
        sa.Column("agreed_with", sa.String(80), nullable=False),
        sa.Column("agreed_on", sa.Date()),
        sa.Column("agreed_cents", sa.BigInteger()),
        sa.Column("agreed_by_id", BIG),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_reason", sa.String(200), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("status not in ('agreed', 'launched', 'sold') or (agreed_with <> '' and agreed_on is not null and agreed_cents > 0)", name=op.f("ck_upgrade_request_agreed")),
        sa.CheckConstraint("answer in ('advertised', 'device')", name=op.f("ck_upgrade_request_answer")),
        sa.CheckConstraint("status not in ('not_agreed', 'given_up') or end_reason <> ''", name=op.f("ck_upgrade_request_end_reason")),
        sa.CheckConstraint("status not in ('negotiation', 'agreed', 'launched', 'sold', 'not_agreed') or (forwarded_at is not null and department_id is not null)", name=op.f("ck_upgrade_request_forwarded")),
        sa.CheckConstraint("kind <> 'line' or intention_confirmed", name=op.f("ck_upgrade_request_intention_confirmed")),
        sa.CheckConstraint("kind in ('line', 'extension', 'outbound_channel', 'module')", name=op.f("ck_upgrade_request_kind")),
        sa.CheckConstraint("kind not in ('line', 'extension') or answer is not null", name=op.f("ck_upgrade_request_question_asked")),
        sa.CheckConstraint("status in ('triage', 'negotiation', 'agreed', 'launched', 'sold', 'existing', 'not_agreed', 'given_up')", name=op.f("ck_upgrade_request_status")),
        sa.CheckConstraint('used >= 0 and used <= coalesce(wanted, 0)', name=op.f("ck_upgrade_request_used")),
        sa.CheckConstraint('wanted between 1 and 500', name=op.f("ck_upgrade_request_wanted")),
        sa.ForeignKeyConstraint(['agreed_by_id'], ['operator.id'], name=op.f("fk_upgrade_request_agreed_by_id")),
        sa.ForeignKeyConstraint(['author_department_id'], ['department.id'], name=op.f("fk_upgrade_request_author_department_id")),
        sa.ForeignKeyConstraint(['author_id'], ['operator.id'], name=op.f("fk_upgrade_request_author_id")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_upgrade_request_company_id")),
        sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f("fk_upgrade_request_department_id")),
        sa.ForeignKeyConstraint(['forwarded_by_id'], ['operator.id'], name=op.f("fk_upgrade_request_forwarded_by_id")),
        sa.ForeignKeyConstraint(['forwarded_from_id'], ['department.id'], name=op.f("fk_upgrade_request_forwarded_from_id")),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f("fk_upgrade_request_person_id")),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f("fk_upgrade_request_ticket_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_upgrade_request")),
        sa.UniqueConstraint('company_id', 'id', name=op.f("uq_upgrade_request_company_id_id")),
    )
    op.create_index("ix_upgrade_request_person_id", "upgrade_request", ['person_id'])
    op.create_index("ix_upgrade_request_status_forwarded_at", "upgrade_request", ['status', 'forwarded_at', 'id'])
    op.create_table(
        "upgrade_order",
        sa.Column("id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("pabx_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("contract_id", BIG, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("module", sa.String(40), nullable=False),
        sa.Column("line_number", sa.String(20), nullable=False),
        sa.Column("donor", sa.String(60), nullable=False),
        sa.Column("quantity", BIG, nullable=False),
        sa.Column("unit_cents", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("noted_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("launched_by_id", BIG, nullable=False),
        sa.Column("made_at", MOMENT),
        sa.Column("made_by_id", BIG),
        sa.Column("adjusted_at", MOMENT),
        sa.Column("adjusted_by_id", BIG),
        sa.Column("service_item_id", BIG),
        sa.Column("before_cents", sa.BigInteger()),
        sa.Column("after_cents", sa.BigInteger()),
        sa.Column("finished_at", MOMENT),
        sa.Column("cancel_reason", sa.String(200), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint('(adjusted_at is null) = (after_cents is null) and (after_cents is null) = (before_cents is null)', name=op.f("ck_upgrade_order_adjusted")),
        sa.CheckConstraint("status <> 'cancelled' or (cancel_reason <> '' and adjusted_at is null)", name=op.f("ck_upgrade_order_cancelled")),
        sa.CheckConstraint("status <> 'done' or (adjusted_at is not null and finished_at is not null)", name=op.f("ck_upgrade_order_done")),
        sa.CheckConstraint("kind in ('line', 'extension', 'outbound_channel', 'module')", name=op.f("ck_upgrade_order_kind")),
        sa.CheckConstraint("status = 'open' or noted_at is null", name=op.f("ck_upgrade_order_noted_at")),
        sa.CheckConstraint('quantity between 1 and 500', name=op.f("ck_upgrade_order_quantity")),
        sa.CheckConstraint("status in ('queued', 'open', 'done', 'cancelled')", name=op.f("ck_upgrade_order_status")),
        sa.CheckConstraint('unit_cents > 0', name=op.f("ck_upgrade_order_unit_cents")),
        sa.ForeignKeyConstraint(['adjusted_by_id'], ['operator.id'], name=op.f("fk_upgrade_order_adjusted_by_id")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_upgrade_order_company_id")),
        sa.ForeignKeyConstraint(['company_id', 'contract_id'], ['contract.company_id', 'contract.id'], name=op.f("fk_upgrade_order_company_id_contract_id")),
        sa.ForeignKeyConstraint(['company_id', 'pabx_id'], ['pabx.company_id', 'pabx.id'], name=op.f("fk_upgrade_order_company_id_pabx_id")),
        sa.ForeignKeyConstraint(['company_id', 'request_id'], ['upgrade_request.company_id', 'upgrade_request.id'], name=op.f("fk_upgrade_order_company_id_request_id")),
        sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f("fk_upgrade_order_company_id_service_id")),
        sa.ForeignKeyConstraint(['launched_by_id'], ['operator.id'], name=op.f("fk_upgrade_order_launched_by_id")),
        sa.ForeignKeyConstraint(['made_by_id'], ['operator.id'], name=op.f("fk_upgrade_order_made_by_id")),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f("fk_upgrade_order_person_id")),
        sa.ForeignKeyConstraint(['service_item_id'], ['service_item.id'], name=op.f("fk_upgrade_order_service_item_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_upgrade_order")),
        sa.UniqueConstraint('company_id', 'id', name=op.f("uq_upgrade_order_company_id_id")),
        sa.UniqueConstraint('request_id', name=op.f("uq_upgrade_order_request_id")),
    )
    op.create_index("ix_upgrade_order_pabx_id_status", "upgrade_order", ['pabx_id', 'status'])
    op.create_index("ix_upgrade_order_person_id", "upgrade_order", ['person_id'])
    op.create_table(
        "pabx_item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("pabx_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("sector", sa.String(60), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("procedure", sa.String(10)),
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("sent_to", sa.String(80), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("free_since", MOMENT),
        sa.Column("contracted_on", sa.Date()),
        sa.Column("order_id", BIG),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("status <> 'free' or contracted_on is not null", name=op.f("ck_pabx_item_free_is_contracted")),
        sa.CheckConstraint("kind <> 'extension' or status <> 'in_use' or ((device <> '') <> (sent_to <> ''))", name=op.f("ck_pabx_item_how_used")),
        sa.CheckConstraint("kind in ('line', 'extension', 'outbound_channel', 'module')", name=op.f("ck_pabx_item_kind")),
        sa.CheckConstraint("number <> ''", name=op.f("ck_pabx_item_number")),
        sa.CheckConstraint("status in ('ordered', 'free', 'in_use', 'withdrawn')", name=op.f("ck_pabx_item_status")),
        sa.CheckConstraint("(status = 'in_use') = (used_at is not null)", name=op.f("ck_pabx_item_used_at")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_pabx_item_company_id")),
        sa.ForeignKeyConstraint(['company_id', 'pabx_id'], ['pabx.company_id', 'pabx.id'], name=op.f("fk_pabx_item_company_id_pabx_id")),
        sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f("fk_pabx_item_company_id_service_id")),
        sa.ForeignKeyConstraint(['order_id'], ['upgrade_order.id'], name=op.f("fk_pabx_item_order_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_pabx_item")),
        sa.UniqueConstraint('pabx_id', 'kind', 'number', name=op.f("uq_pabx_item_pabx_id_kind_number")),
    )
    op.create_index("ix_pabx_item_order_id", "pabx_item", ['order_id'])
    op.create_table(
        "upgrade_line",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("sector", sa.String(60), nullable=False),
        sa.Column("procedure", sa.String(10), nullable=False),
        sa.Column("item_id", BIG),
        sa.CheckConstraint("name <> '' and sector <> ''", name=op.f("ck_upgrade_line_named")),
        sa.CheckConstraint("procedure in ('install', 'send_data')", name=op.f("ck_upgrade_line_procedure")),
        sa.ForeignKeyConstraint(['item_id'], ['pabx_item.id'], name=op.f("fk_upgrade_line_item_id")),
        sa.ForeignKeyConstraint(['order_id'], ['upgrade_order.id'], name=op.f("fk_upgrade_line_order_id")),
        sa.PrimaryKeyConstraint('order_id', 'position', name=op.f("pk_upgrade_line")),
        sa.UniqueConstraint('item_id', name=op.f("uq_upgrade_line_item_id")),
    )
    op.create_table(
        "upgrade_spare",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['pabx_item.id'], name=op.f("fk_upgrade_spare_item_id")),
        sa.ForeignKeyConstraint(['request_id'], ['upgrade_request.id'], name=op.f("fk_upgrade_spare_request_id")),
        sa.PrimaryKeyConstraint('request_id', 'item_id', name=op.f("pk_upgrade_spare")),
    )
    op.create_table(
        "board_column",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.String(10)),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("duty", sa.String(10)),
        sa.Column("department_id", BIG),
        sa.Column("procedure_id", BIG),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.CheckConstraint('(key is null) = (department_id is not null)', name=op.f("ck_board_column_department")),
        sa.CheckConstraint('(key is null) = (duty is null)', name=op.f("ck_board_column_duty")),
        sa.CheckConstraint('key is null or inactive_since is null', name=op.f("ck_board_column_fixed_in_use")),
        sa.CheckConstraint("key is null or (key = 'orders' and name = 'Pedidos e Alterações') or (key = 'finance' and name = 'Financeiro') or (key = 'done' and name = 'Tudo OK')", name=op.f("ck_board_column_fixed_name")),
        sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f("fk_board_column_department_id")),
        sa.ForeignKeyConstraint(['procedure_id'], ['procedure.id'], name=op.f("fk_board_column_procedure_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_board_column")),
        sa.UniqueConstraint('key', name=op.f("uq_board_column_key")),
        sa.UniqueConstraint('name', name=op.f("uq_board_column_name")),
        sa.UniqueConstraint('position', name=op.f("uq_board_column_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "card",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("pabx_id", BIG, nullable=False),
        sa.Column("board_column_id", BIG, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("moved_by_id", BIG),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(['board_column_id'], ['board_column.id'], name=op.f("fk_card_board_column_id")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_card_company_id")),
        sa.ForeignKeyConstraint(['company_id', 'pabx_id'], ['pabx.company_id', 'pabx.id'], name=op.f("fk_card_company_id_pabx_id")),
        sa.ForeignKeyConstraint(['moved_by_id'], ['operator.id'], name=op.f("fk_card_moved_by_id")),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f("fk_card_person_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_card")),
        sa.UniqueConstraint('company_id', 'id', name=op.f("uq_card_company_id_id")),
        sa.UniqueConstraint('company_id', 'person_id', name=op.f("uq_card_company_id_person_id")),
        sa.UniqueConstraint('pabx_id', name=op.f("uq_card_pabx_id")),
    )
    op.create_index("ix_card_board_column_id_entered_at_id", "card", ['board_column_id', 'entered_at', 'id'])
    op.create_table(
        "card_note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("order_id", BIG),
        sa.Column("board_column_id", BIG, nullable=False),
        sa.Column("department_id", BIG),
        sa.Column("operator_id", BIG),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_card_note_text")),
        sa.ForeignKeyConstraint(['board_column_id'], ['board_column.id'], name=op.f("fk_card_note_board_column_id")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_card_note_company_id")),
        sa.ForeignKeyConstraint(['company_id', 'card_id'], ['card.company_id', 'card.id'], name=op.f("fk_card_note_company_id_card_id")),
        sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f("fk_card_note_department_id")),
        sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f("fk_card_note_operator_id")),
        sa.ForeignKeyConstraint(['order_id'], ['upgrade_order.id'], name=op.f("fk_card_note_order_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_card_note")),
    )
    op.create_index("ix_card_note_card_id_id", "card_note", ['card_id', 'id'])
    op.create_table(
        "card_move",
        sa.Column("id", BIG, nullable=False),
        sa.Column("card_id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("from_column_id", BIG),
        sa.Column("to_column_id", BIG, nullable=False),
        sa.Column("note_id", BIG, nullable=False),
        sa.Column("undoes_id", BIG),
        sa.Column("stood_since", MOMENT),
        sa.Column("operator_id", BIG),
        sa.Column("department_id", BIG),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint('from_column_id is null or from_column_id <> to_column_id', name=op.f("ck_card_move_moves")),
        sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f("fk_card_move_company_id")),
        sa.ForeignKeyConstraint(['company_id', 'card_id'], ['card.company_id', 'card.id'], name=op.f("fk_card_move_company_id_card_id")),
        sa.ForeignKeyConstraint(['department_id'], ['department.id'], name=op.f("fk_card_move_department_id")),
        sa.ForeignKeyConstraint(['from_column_id'], ['board_column.id'], name=op.f("fk_card_move_from_column_id")),
        sa.ForeignKeyConstraint(['note_id'], ['card_note.id'], name=op.f("fk_card_move_note_id")),
        sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f("fk_card_move_operator_id")),
        sa.ForeignKeyConstraint(['to_column_id'], ['board_column.id'], name=op.f("fk_card_move_to_column_id")),
        sa.ForeignKeyConstraint(['undoes_id'], ['card_move.id'], name=op.f("fk_card_move_undoes_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_card_move")),
        sa.UniqueConstraint('card_id', 'version', name=op.f("uq_card_move_card_id_version")),
        sa.UniqueConstraint('undoes_id', name=op.f("uq_card_move_undoes_id")),
    )
    column = sa.table("board_column", *map(sa.column, ("key", "name", "position", "duty", "version")))
    for at, (key, name, duty) in enumerate(COLUMNS, start=1):
        values = {"key": key, "name": name, "position": at * 100, "duty": duty, "version": 1}
        op.get_bind().execute(sa.insert(column).values(**values))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    _permit(lambda codes: codes + [new for has, more in BESIDE.items() if has in codes for new in more if new not in codes])


def downgrade():
    _permit(lambda codes: [code for code in codes if code not in {new for more in BESIDE.values() for new in more}])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in LOGS:
        for what in ("update", "delete") if sqlite else ():
            op.execute(f"drop trigger {table}_no_{what}")
    for name in reversed(TABLES.split()):
        op.drop_table(name)
    if not sqlite:
        op.execute("drop function keep_board()")
    with op.batch_alter_table("plan", naming_convention=PK, **_again()) as table:
        table.drop_constraint(op.f("ck_plan_only_of_a_telephone"), type_="check")
        table.drop_constraint(op.f("ck_plan_telephone"), type_="check")
        table.drop_column("outbound_channels")
        table.drop_column("extensions")
    with op.batch_alter_table("department", naming_convention=PK, **_again()) as table:
        table.drop_constraint(op.f("uq_department_duty"), type_="unique")
        table.drop_constraint(op.f("ck_department_duty_in_use"), type_="check")
        table.drop_constraint(op.f("ck_department_duty"), type_="check")
        table.drop_column("duty")


def _again():
    """SQLite makes the table again, and it counts on as it did."""
    made = {"recreate": "always", "table_kwargs": {"sqlite_autoincrement": True}}
    return made if op.get_bind().dialect.name == "sqlite" else {}


def _permit(changed):
    """Change what roles may do."""
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))


SQLITE = tuple(
    f"create trigger {table}_no_{what} before {what} on {table} "
    "begin select raise(abort, 'the log of the board is append-only'); end"
    for table in LOGS
    for what in ("update", "delete")
)

POSTGRESQL = (
    """
create function keep_board() returns trigger language plpgsql as $$
begin
  raise exception 'the log of the board is append-only';
end $$
""",
    *(
        f"create trigger {table}_kept before update or delete on {table} for each row execute function keep_board()"
        for table in LOGS
    ),
    *(
        f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function keep_board()"
        for table in LOGS
    ),
)
