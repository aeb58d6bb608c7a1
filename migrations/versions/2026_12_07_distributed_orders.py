"""an order is handed to the field tool outside, once

Revision ID: 0060
Revises: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0070"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Made again on SQLite, a type keeps counting its numbers, and its primary key its name.
COUNTS = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": {"pk": "pk_%(table_name)s"}}
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
    "order_closed",
)


def upgrade():
    op.create_table(
        "distribution",
        sa.Column("id", BIG, nullable=False),
        sa.Column("work_order_id", BIG, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempt", BIG, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("refusal", sa.String(200), nullable=False),
        sa.CheckConstraint("state in ('queued', 'sent', 'refused')", name=op.f("ck_distribution_state")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_distribution_attempt")),
        sa.CheckConstraint("(state = 'queued') = (answered_at is null)", name=op.f("ck_distribution_answered_at")),
        sa.CheckConstraint("(state = 'sent') = (code <> '')", name=op.f("ck_distribution_code")),
        sa.CheckConstraint("(state = 'refused') = (refusal <> '')", name=op.f("ck_distribution_refusal")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_distribution_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution")),
        sa.UniqueConstraint("work_order_id", name=op.f("uq_distribution_work_order_id")),
    )
    _kinds((*EFFECTS, "distribute_order"))


def downgrade():
    op.execute("delete from effect where kind = 'distribute_order'")
    _kinds(EFFECTS)
    op.drop_table("distribution")


def _kinds(effects):
    with op.batch_alter_table("effect", **COUNTS) as table:
        table.drop_constraint(op.f("ck_effect_kind"), type_="check")
        table.create_check_constraint(op.f("ck_effect_kind"), f"kind in {effects!r}")
