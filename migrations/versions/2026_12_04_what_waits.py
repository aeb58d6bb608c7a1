"""indexes for what waits: boletos the bank refused, lines of a retorno that nobody tied

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_invoice_rejected": ("invoice", "due_on", "registration = 'rejected'"),
    "ix_bank_file_record_quarantine": ("bank_file_record", "bank_file_id", "outcome = 'quarantine'"),
}


def upgrade() -> None:
    for name, (table, column, where) in INDEXES.items():
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
