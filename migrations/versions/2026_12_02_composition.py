"""a composition grows: how many of an item, and from which day on; the number of one taken out is not given again

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back


def upgrade():
    with op.batch_alter_table("service_item") as table:
        table.add_column(sa.Column("quantity", BIG, nullable=False, server_default="1"))
        table.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
    with op.batch_alter_table("service_item", naming_convention=PK, **_again(sqlite_autoincrement=True)) as table:
        table.alter_column("quantity", existing_type=BIG, server_default=None)
        table.create_check_constraint(op.f("ck_service_item_quantity"), "quantity >= 1")
        table.create_check_constraint(op.f("ck_service_item_unit_cents"), "amount_cents % quantity = 0")


def downgrade():
    """An item that came later becomes one that was always there."""
    with op.batch_alter_table("service_item", naming_convention=PK, **_again()) as table:
        table.drop_constraint(op.f("ck_service_item_unit_cents"), type_="check")
        table.drop_constraint(op.f("ck_service_item_quantity"), type_="check")
        table.drop_column("starts_on")
        table.drop_column("quantity")


def _again(**how):
    """SQLite makes the table again, so that it counts as said."""
    return {"recreate": "always", "table_kwargs": how} if op.get_bind().dialect.name == "sqlite" else {}
