"""the express check of a ticket, kept as it was; the priority a ticket began with; since when a contract is cancelled

Revision ID: 0070
Revises: 0040

Tickets that are there began before groups gave a priority, so they are normal. A run is never rewritten: only the
company it stands in follows its ticket.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0040"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLE = "express_check"
KEPT = "id, ticket_id, person_id, kind, taken_at, matters, findings"
REFUSED = "an express check is append-only"
SQLITE = (
    f"create trigger {TABLE}_no_update before update of {KEPT} on {TABLE} "
    f"begin select raise(abort, '{REFUSED}'); end",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} begin select raise(abort, '{REFUSED}'); end",
)
POSTGRESQL = (
    "create function keep_express_check() returns trigger language plpgsql as $$ "
    f"begin raise exception '{REFUSED}'; end $$",
    f"create trigger {TABLE}_no_update before update of {KEPT} on {TABLE} "
    "for each row execute function keep_express_check()",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} for each row execute function keep_express_check()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} "
    "for each statement execute function keep_express_check()",
)


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("matters", BIG, nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("kind in ('express','diagnosis')", name=op.f(f"ck_{TABLE}_kind")),
        sa.CheckConstraint("matters between 0 and 9", name=op.f(f"ck_{TABLE}_matters")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f(f"fk_{TABLE}_ticket_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{TABLE}_person_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f(f"fk_{TABLE}_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_ticket_id_id", TABLE, ["ticket_id", "id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    with op.batch_alter_table("ticket") as table:
        table.add_column(sa.Column("priority", BIG, nullable=False, server_default="0"))
        table.create_check_constraint(op.f("ck_ticket_priority"), "priority between 0 and 2")
    with op.batch_alter_table("attend_settings") as table:
        table.add_column(sa.Column("overdue_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, column in (("ticket", "priority"), ("attend_settings", "overdue_only")):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)
    with op.batch_alter_table("contract") as table:
        table.add_column(sa.Column("cancelled_on", sa.Date()))
        table.create_check_constraint(op.f("ck_contract_cancelled_on"), "cancelled_on is null or status = 'cancelled'")


def downgrade():
    with op.batch_alter_table("contract") as table:
        table.drop_constraint(op.f("ck_contract_cancelled_on"), type_="check")
        table.drop_column("cancelled_on")
    with op.batch_alter_table("attend_settings") as table:
        table.drop_column("overdue_only")
    with op.batch_alter_table("ticket") as table:
        table.drop_constraint(op.f("ck_ticket_priority"), type_="check")
        table.drop_column("priority")
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function keep_express_check()")
