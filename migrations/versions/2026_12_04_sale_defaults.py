"""what a new sale of each company begins with; nothing is proposed until somebody chooses

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "sale_defaults"


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("person_kind", sa.String(12), nullable=False),
        sa.Column("billing_method_id", BIG),
        sa.Column("due_day", BIG),
        sa.Column("billing_type", sa.String(10), nullable=False),
        sa.Column("uses_carne", sa.Boolean(), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.CheckConstraint("person_kind in ('individual','organization')", name=op.f(f"ck_{TABLE}_person_kind")),
        sa.CheckConstraint("due_day between 1 and 31", name=op.f(f"ck_{TABLE}_due_day")),
        sa.CheckConstraint("billing_type in ('prepaid','postpaid')", name=op.f(f"ck_{TABLE}_billing_type")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f(f"fk_{TABLE}_company_id")),
        sa.ForeignKeyConstraint(["billing_method_id"], ["billing_method.id"], name=op.f(f"fk_{TABLE}_billing_method_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("company_id", name=op.f(f"uq_{TABLE}_company_id")),
    )


def downgrade():
    op.drop_table(TABLE)
