"""how operators ask for lists, kept under a name

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "saved_view",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("listing", sa.String(80), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_saved_view_operator_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_saved_view_company_id")),
        sa.UniqueConstraint("operator_id", "listing", "company_id", "name", name="uq_saved_view_once"),
        sqlite_autoincrement=True,
    )


def downgrade():
    op.drop_table("saved_view")
