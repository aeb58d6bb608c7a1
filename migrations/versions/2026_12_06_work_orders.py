"""a work order is one record from its opening to its closing, with materials, groups, defects and print profiles

Revision ID: 0050
Revises: 0037
"""

import datetime
import json

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0037"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Made again on SQLite, a type keeps counting its numbers, and its primary key its name.
COUNTS = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": {"pk": "pk_%(table_name)s"}}
IN_USE = sa.text("inactive_since is null")
OPENED = datetime.timedelta(minutes=60)  # what an order of before takes of a day
ORDER = {
    "appointment": "(starts_at is null) = (ends_at is null)",
    "ends_at": "ends_at is null or ends_at > starts_at",
    "scheduled": "status <> 'scheduled' or (technician_id is not null and starts_at is not null)",
    "closed_at": "(status = 'closed') = (closed_at is not null)",
    "done": "(status = 'closed') = (done <> '')",
    "closing": "status = 'closed' or (defect_found = '' and closed_by_id is null)",
    "closed_by": "status <> 'closed' or technician_id is not null",
}
LINKS = {
    "ticket_id": "ticket",
    "group_id": "field_group",
    "defect_id": "defect",
    "created_by_id": "operator",
    "closed_by_id": "operator",
}
SECTIONS = ("shows_place", "shows_visit", "shows_closing", "shows_materials", "shows_signature")
DOCUMENTS = ("contract", "invoice", "carne", "receipt", "cash_desk")
EFFECTS = (
    "apply_access",
    "render_document",
    "review_service",
    "send_notice",
    "send_code",
    "tell_ticket",
    "request_pix",
    "confirm_pix",
    "settle_file",
    "repeat_routine",
)
# Who reads tickets reads their orders, who reopens tickets does all; the roles an installation starts with get their own.
GIVEN = {
    "tickets.read": ("orders.read",),
    "tickets.reopen": ("orders.open", "orders.schedule", "orders.close", "orders.reopen"),
}
BY_ROLE = {
    "Atendimento": ("orders.open", "orders.schedule", "orders.close"),
    "Técnico": ("orders.close",),
    "Comercial": ("orders.open",),
}
CODES = ("orders.read", "orders.open", "orders.schedule", "orders.close", "orders.reopen")


def upgrade():
    _catalogues()
    with op.batch_alter_table("work_order_kind", **COUNTS) as table:
        table.add_column(sa.Column("delivery", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("minutes", BIG, nullable=False, server_default="60"))
        table.create_check_constraint(op.f("ck_work_order_kind_minutes"), "minutes between 5 and 1440")
    with op.batch_alter_table("work_order_kind", **COUNTS) as table:
        table.alter_column("delivery", server_default=None)
        table.alter_column("minutes", server_default=None)
    with op.batch_alter_table("work_order") as table:
        for name in LINKS:
            table.add_column(sa.Column(name, BIG))
        table.add_column(sa.Column("ends_at", MOMENT))
        table.add_column(sa.Column("closed_at", MOMENT))
        table.add_column(sa.Column("defect_found", sa.String(500), nullable=False, server_default=""))
        table.add_column(sa.Column("done", sa.String(4000), nullable=False, server_default=""))
        table.add_column(sa.Column("version", BIG, nullable=False, server_default="1"))
        table.alter_column("technician_id", existing_type=BIG, nullable=True)
        table.alter_column("starts_at", existing_type=MOMENT, nullable=True)
    _end()
    with op.batch_alter_table("work_order") as table:
        for name in ("defect_found", "done", "version"):
            table.alter_column(name, server_default=None)
        for name, target in LINKS.items():
            table.create_foreign_key(op.f(f"fk_work_order_{name}"), target, [name], ["id"])
        for name, rule in ORDER.items():
            table.create_check_constraint(op.f(f"ck_work_order_{name}"), rule)
    op.drop_index("ix_work_order_technician_id_starts_at", "work_order")
    op.create_index(
        "ix_work_order_technician_id_status_starts_at", "work_order", ["technician_id", "status", "starts_at"]
    )
    op.create_index("ix_work_order_ticket_id", "work_order", ["ticket_id"])
    op.create_index(
        "ix_work_order_status_starts_at_id_company_id", "work_order", ["status", "starts_at", "id", "company_id"]
    )
    _materials()
    _kinds((*DOCUMENTS, "work_order"), (*EFFECTS, "order_closed"), "subject_type in ('ticket', 'work_order')")
    _permit(_given)


def downgrade():
    _permit(lambda name, codes: [code for code in codes if code not in CODES])
    for table in ("document", "attachment"):
        op.execute(f"delete from {table} where subject_type = 'work_order'")
    op.execute("delete from effect where kind = 'order_closed'")
    _kinds(DOCUMENTS, EFFECTS, "subject_type in ('ticket')")
    op.drop_table("work_order_material")
    op.execute("update ticket set open_orders = 0 where open_orders > 0")
    # Before there was no such order: what is without appointment gets the moment it was opened, and who opened it.
    op.execute("update work_order set starts_at = created_at where starts_at is null")
    op.execute(
        "update work_order set technician_id = coalesce(created_by_id, (select min(id) from operator))"
        " where technician_id is null"
    )
    op.drop_index("ix_work_order_status_starts_at_id_company_id", "work_order")
    op.drop_index("ix_work_order_ticket_id", "work_order")
    op.drop_index("ix_work_order_technician_id_status_starts_at", "work_order")
    op.create_index("ix_work_order_technician_id_starts_at", "work_order", ["technician_id", "starts_at"])
    with op.batch_alter_table("work_order") as table:
        for name in ORDER:
            table.drop_constraint(op.f(f"ck_work_order_{name}"), type_="check")
        for name in LINKS:
            table.drop_constraint(op.f(f"fk_work_order_{name}"), type_="foreignkey")
    with op.batch_alter_table("work_order") as table:
        for name in (*LINKS, "ends_at", "closed_at", "defect_found", "done", "version"):
            table.drop_column(name)
        table.alter_column("technician_id", existing_type=BIG, nullable=False)
        table.alter_column("starts_at", existing_type=MOMENT, nullable=False)
    with op.batch_alter_table("work_order_kind", **COUNTS) as table:
        table.drop_constraint(op.f("ck_work_order_kind_minutes"), type_="check")
        table.drop_column("minutes")
        table.drop_column("delivery")
    for table in ("print_profile", "field_group_member", "field_group", "defect"):
        op.drop_table(table)


def _end():
    """An order of before ends an hour after it begins; what was closed, had it been possible, would say so."""
    connection = op.get_bind()
    order = sa.table("work_order", sa.column("id", BIG), sa.column("starts_at", MOMENT), sa.column("ends_at", MOMENT))
    for row in connection.execute(sa.select(order.c.id, order.c.starts_at)).all():
        ends_at = row.starts_at + OPENED
        connection.execute(sa.update(order).where(order.c.id == row.id).values(ends_at=ends_at))


def _catalogues():
    op.create_table(
        "defect",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defect")),
        sa.UniqueConstraint("name", name=op.f("uq_defect_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "field_group",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_field_group_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_group")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_field_group_company_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "field_group_member",
        sa.Column("field_group_id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["field_group_id"],
            ["field_group.id"],
            name=op.f("fk_field_group_member_field_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_field_group_member_operator_id")),
        sa.PrimaryKeyConstraint("field_group_id", "operator_id", name=op.f("pk_field_group_member")),
    )
    op.create_index("ix_field_group_member_operator_id", "field_group_member", ["operator_id"])
    op.create_table(
        "print_profile",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("work_order_kind_id", BIG, nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("footer", sa.String(1000), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in SECTIONS),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["work_order_kind_id"], ["work_order_kind.id"], name=op.f("fk_print_profile_work_order_kind_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_profile")),
        sa.UniqueConstraint("name", name=op.f("uq_print_profile_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_print_profile_one_in_use",
        "print_profile",
        ["work_order_kind_id"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )


def _materials():
    op.create_table(
        "work_order_material",
        sa.Column("id", BIG, nullable=False),
        sa.Column("work_order_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("quantity_thousandths", BIG, nullable=False),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.CheckConstraint("item <> ''", name=op.f("ck_work_order_material_item")),
        sa.CheckConstraint("quantity_thousandths > 0", name=op.f("ck_work_order_material_quantity_thousandths")),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_work_order_material_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_material")),
        sa.UniqueConstraint("work_order_id", "position", name=op.f("uq_work_order_material_work_order_id_position")),
    )


def _kinds(documents, effects, subjects):
    # On SQLite a table that is made again keeps counting its numbers.
    for name, rule, more in (
        ("document", f"kind in {documents!r}", {}),
        ("effect", f"kind in {effects!r}", COUNTS),
    ):
        with op.batch_alter_table(name, **more) as table:
            table.drop_constraint(op.f(f"ck_{name}_kind"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_kind"), rule)
    with op.batch_alter_table("attachment") as table:
        table.drop_constraint(op.f("ck_attachment_subject_type"), type_="check")
        table.create_check_constraint(op.f("ck_attachment_subject_type"), subjects)


def _given(name, codes):
    new = [code for old, given in GIVEN.items() if old in codes for code in given]
    return [*codes, *dict.fromkeys(code for code in (*new, *BY_ROLE.get(name, ())) if code not in codes)]


def _permit(changed):
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("name", sa.String), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(row.name, codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(row.name, codes)))
