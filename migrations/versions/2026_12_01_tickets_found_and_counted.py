"""tickets are found by the beginning of their report, and counted without being read

Revision ID: 0023
Revises: 0022
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# A list shows rows of one company and of TODAS: without the company in it, an index leads to every row all the same.
COUNTED = (["assignee_id", "status", "due_at", "id"], ["department_id", "status", "due_at", "id"], ["status", "due_at", "id"])


def upgrade():
    op.add_column("ticket", sa.Column("search_text", sa.String(300), nullable=False, server_default=""))
    connection = op.get_bind()
    columns = (sa.column("id", BIG), sa.column("report"), sa.column("typed", sa.JSON()), sa.column("search_text"))
    ticket = sa.table("ticket", *columns)
    for id, report, typed in connection.execute(sa.select(ticket.c.id, ticket.c.report, ticket.c.typed)).all():
        found_by = {"search_text": _searchable(report or (typed or {}).get("report") or "")[:300]}
        connection.execute(sa.update(ticket).where(ticket.c.id == id).values(**found_by))
    for columns in COUNTED:
        op.drop_index(_name(columns), "ticket")
        op.create_index(_name([*columns, "company_id"]), "ticket", [*columns, "company_id"])


def downgrade():
    for columns in COUNTED:
        op.drop_index(_name([*columns, "company_id"]), "ticket")
        op.create_index(_name(columns), "ticket", columns)
    op.drop_column("ticket", "search_text")


def _name(columns):
    return f"ix_ticket_{'_'.join(columns)}"


def _searchable(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
