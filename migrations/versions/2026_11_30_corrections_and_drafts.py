"""drafts keep an unfinished step and hold on to what they name; history is read by its moment; who corrects records

Revision ID: 0011
Revises: 0007
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# column of the sale: its table, the step that answers it, and the name of the answer
HELD = {
    "plan_id": ("plan", "plano", "plan_id"),
    "group_id": ("person_group", "dados", "group_id"),
    "origin_id": ("origin", "dados", "origin_id"),
    "billing_method_id": ("billing_method", "cobranca", "billing_method_id"),
    "work_order_kind_id": ("work_order_kind", "instalacao", "kind_id"),
}
PERMISSION, ADMIN = "people.correct", "operators.admin"


def upgrade():
    with op.batch_alter_table("sale") as table:
        table.add_column(sa.Column("unfinished", sa.JSON(), nullable=False, server_default="{}"))
        for column, (named, _, _) in HELD.items():
            table.add_column(sa.Column(column, BIG, nullable=True))
            table.create_foreign_key(op.f(f"fk_sale_{column}"), named, [column], ["id"])
    with op.batch_alter_table("sale") as table:
        table.alter_column("unfinished", server_default=None)
    op.create_table(
        "sale_tag",
        sa.Column("sale_id", BIG, nullable=False),
        sa.Column("tag_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_tag_sale_id")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_sale_tag_tag_id")),
        sa.PrimaryKeyConstraint("sale_id", "tag_id", name=op.f("pk_sale_tag")),
    )
    _hold()
    op.drop_index("ix_event_person_id_id", table_name="event")
    op.create_index("ix_event_person_id_occurred_at_id", "event", ["person_id", "occurred_at", "id"])
    op.create_index("ix_event_action_occurred_at_id", "event", ["action", "occurred_at", "id"])
    _permissions(lambda has: has + [PERMISSION] if ADMIN in has and PERMISSION not in has else has)


def downgrade():
    _permissions(lambda has: [code for code in has if code != PERMISSION])
    op.drop_index("ix_event_action_occurred_at_id", table_name="event")
    op.drop_index("ix_event_person_id_occurred_at_id", table_name="event")
    op.create_index("ix_event_person_id_id", "event", ["person_id", "id"])
    op.drop_table("sale_tag")
    with op.batch_alter_table("sale") as table:
        for column in HELD:
            table.drop_constraint(op.f(f"fk_sale_{column}"), type_="foreignkey")
            table.drop_column(column)
        table.drop_column("unfinished")


def _hold():
    """What the drafts of before name, where it is still there."""
    connection = op.get_bind()
    known = {table: _ids(table) for table in ("tag", *(table for table, _, _ in HELD.values()))}
    for id, kept in connection.execute(sa.text("select id, answers from sale where status = 'draft'")).all():
        answers = json.loads(kept) if isinstance(kept, str) else kept
        held = {column: answers.get(step, {}).get(name) for column, (_, step, name) in HELD.items()}
        if not answers.get("instalacao", {}).get("open_order"):
            held["work_order_kind_id"] = None
        held = {column: row if row in known[HELD[column][0]] else None for column, row in held.items()}
        to = ", ".join(f"{column} = :{column}" for column in HELD)
        connection.execute(sa.text(f"update sale set {to} where id = :id"), {"id": id, **held})
        for tag in sorted(set(answers.get("dados", {}).get("tags") or []) & known["tag"]):
            connection.execute(sa.text("insert into sale_tag values (:sale, :tag)"), {"sale": id, "tag": tag})


def _ids(table):
    return set(op.get_bind().execute(sa.text(f"select id from {table}")).scalars())


def _permissions(change):
    """Whoever administers the house may correct its records; other roles are for them to decide."""
    connection = op.get_bind()
    role = sa.table("role", sa.column("id"), sa.column("permissions", sa.JSON))
    for id, has in connection.execute(sa.select(role.c.id, role.c.permissions)).all():
        if change(has) != has:
            connection.execute(sa.update(role).where(role.c.id == id).values(permissions=change(has)))
