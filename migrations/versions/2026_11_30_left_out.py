"""what a run left out is kept, and what stopped a routine; a line of a retorno may be unreadable

Revision ID: 0013
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "apply_access", "render_document", "review_service", "send_notice", "send_code", "request_pix", "confirm_pix",
    "settle_file",
)
OUTCOMES = ("waiting", "settled", "registered", "rejected", "closed", "quarantine", "twice", "info")


def upgrade():
    op.create_table(
        "left_out",
        sa.Column("id", BIG, nullable=False),
        sa.Column("work", sa.String(30), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("row_kind", sa.String(40), nullable=False),
        sa.Column("row_id", BIG, nullable=False),
        sa.Column("part", sa.String(60), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("sentence", sa.String(300), nullable=False),
        sa.Column("fix_kind", sa.String(40), nullable=False),
        sa.Column("fix_id", BIG, nullable=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("times", BIG, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.CheckConstraint("status in ('open', 'seen', 'solved')", name=op.f("ck_left_out_status")),
        sa.CheckConstraint("(status = 'open') = (ended_at is null)", name=op.f("ck_left_out_ended_at")),
        sa.CheckConstraint("status <> 'seen' or reason <> ''", name=op.f("ck_left_out_reason")),
        sa.CheckConstraint("sentence <> '' and times > 0", name=op.f("ck_left_out_sentence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out")),
        sa.UniqueConstraint("work", "key", name="uq_left_out_once"),
    )
    op.create_index("ix_left_out_status_work", "left_out", ["status", "work"])
    with op.batch_alter_table("routine_run") as table:
        table.add_column(sa.Column("error", sa.String(300), nullable=False, server_default=""))
    with op.batch_alter_table("routine_run") as table:
        table.alter_column("error", server_default=None)
        table.create_check_constraint(
            op.f("ck_routine_run_error"), "error = '' or (finished_at is not null and changed is null)"
        )
    _check("effect", "kind", (*KINDS, "repeat_routine"))
    _check("bank_file_record", "outcome", (*OUTCOMES, "unread"))


def downgrade():
    op.execute("delete from effect where kind = 'repeat_routine'")
    op.execute("update bank_file_record set outcome = 'info' where outcome = 'unread'")
    _check("bank_file_record", "outcome", OUTCOMES)
    _check("effect", "kind", KINDS)
    with op.batch_alter_table("routine_run") as table:
        table.drop_constraint(op.f("ck_routine_run_error"), type_="check")
        table.drop_column("error")
    op.drop_table("left_out")


def _check(name, column, values):
    with op.batch_alter_table(name) as table:
        table.drop_constraint(op.f(f"ck_{name}_{column}"), type_="check")
        table.create_check_constraint(op.f(f"ck_{name}_{column}"), f"{column} in {values!r}")
