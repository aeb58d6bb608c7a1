"""the key of a posted form; a version on every row that people edit

Old code runs on this schema: it names neither the table nor the columns, which begin at 1.

Revision ID: 0012
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VERSIONED = (
    "bank_account",
    "billing_method",
    "charge",
    "charge_kind",
    "company",
    "contract_template",
    "department",
    "dunning_rule",
    "operator",
    "origin",
    "person_group",
    "plan",
    "role",
    "tag",
    "work_order_kind",
)


def upgrade():
    op.create_table(
        "idem_key",
        sa.Column("id", BIG, nullable=False),
        sa.Column("principal", sa.String(40), nullable=False),
        sa.Column("route", sa.String(80), nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idem_key")),
        sa.UniqueConstraint("principal", "route", "key", name="uq_idem_key_once"),
    )
    op.create_index("ix_idem_key_created_at", "idem_key", ["created_at"])
    for table in VERSIONED:  # not by a batch: nothing of the table is made anew
        op.add_column(table, sa.Column("version", BIG, nullable=False, server_default="1"))


def downgrade():
    for table in VERSIONED:
        op.drop_column(table, "version")
    op.drop_table("idem_key")
