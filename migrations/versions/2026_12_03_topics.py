"""topics of the Central: which type of atendimento a request of the subscriber becomes

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back
TOPICS = "('no_internet', 'slow', 'phone', 'billing', 'contest', 'other')"
IN_USE = sa.text("inactive_since is null")


def upgrade():
    with op.batch_alter_table("ticket_kind", naming_convention=PK, **_again()) as table:
        table.add_column(sa.Column("topic", sa.String(20)))
        table.create_check_constraint(op.f("ck_ticket_kind_topic"), f"topic in {TOPICS}")
    op.create_index(
        "uq_ticket_kind_company_id_topic",
        "ticket_kind",
        ["company_id", "topic"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )


def downgrade():
    op.drop_index("uq_ticket_kind_company_id_topic", "ticket_kind")
    with op.batch_alter_table("ticket_kind", naming_convention=PK, **_again()) as table:
        table.drop_constraint(op.f("ck_ticket_kind_topic"), type_="check")
        table.drop_column("topic")


def _again():
    """SQLite makes the table again, and it counts on as it did."""
    made = {"recreate": "always", "table_kwargs": {"sqlite_autoincrement": True}}
    return made if op.get_bind().dialect.name == "sqlite" else {}
