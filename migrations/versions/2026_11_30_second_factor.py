"""operators may have a second factor

Revision ID: 0009
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "second_factor",
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("secret", sa.String(400), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_step", BIG, nullable=False),
        sa.Column("pending", sa.String(400), nullable=True),
        sa.Column("pending_at", MOMENT, nullable=True),
        sa.CheckConstraint("(secret is null) = (confirmed_at is null)", name=op.f("ck_second_factor_secret")),
        sa.CheckConstraint("(pending is null) = (pending_at is null)", name=op.f("ck_second_factor_pending")),
        sa.CheckConstraint("last_step >= 0", name=op.f("ck_second_factor_last_step")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_second_factor_operator_id")),
        sa.PrimaryKeyConstraint("operator_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("spent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_recovery_code_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_index("ix_recovery_code_operator_id", "recovery_code", ["operator_id"])
    _levels("level in ('staff','half','weak','proved')")


def downgrade():
    op.execute("delete from login_session where level = 'half'")
    _levels("level in ('staff','weak','proved')")
    op.drop_table("recovery_code")
    op.drop_table("second_factor")


def _levels(rule):
    with op.batch_alter_table("login_session") as table:
        table.drop_constraint(op.f("ck_login_session_level"), type_="check")
        table.create_check_constraint("level", rule)
