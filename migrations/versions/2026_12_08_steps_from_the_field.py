"""a technician tells the steps of an order from the field

Revision ID: 0082
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "kind": "kind in ('on_the_way', 'arrived', 'note', 'photo', 'done')",
    "outside": "outside in ('', 'before', 'after')",
    "before": "outside <> 'before' or happened_at < recorded_at",
    "after": "outside <> 'after' or happened_at > recorded_at",
    "text": "(kind = 'note') = (text <> '')",
    "photo": "kind <> 'photo' or attachment_id is not null",
    "attachment": "kind in ('photo', 'done') or attachment_id is null",
    "signed_by": "kind = 'done' or signed_by = ''",
    "signature": "kind <> 'done' or attachment_id is null or signed_by <> ''",
    "key": "length(key) = 36",
}


def upgrade():
    op.create_table(
        "work_order_step",
        sa.Column("id", BIG, nullable=False),
        sa.Column("work_order_id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("outside", sa.String(6), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("attachment_id", BIG),
        sa.Column("signed_by", sa.String(120), nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_work_order_step_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_work_order_step_work_order_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_work_order_step_operator_id")),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_work_order_step_attachment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_step")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_work_order_step_attachment_id")),
        sa.UniqueConstraint("key", name=op.f("uq_work_order_step_key")),
    )
    op.create_index(
        "ix_work_order_step_work_order_id_happened_at", "work_order_step", ["work_order_id", "happened_at"]
    )


def downgrade():
    op.drop_table("work_order_step")
