"""operators have a supervisor

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME = "fk_operator_supervisor_id"


def upgrade():
    with op.batch_alter_table("operator") as table:
        table.add_column(sa.Column("supervisor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
        table.create_foreign_key(NAME, "operator", ["supervisor_id"], ["id"])


def downgrade():
    with op.batch_alter_table("operator") as table:
        table.drop_constraint(NAME, type_="foreignkey")
        table.drop_column("supervisor_id")
