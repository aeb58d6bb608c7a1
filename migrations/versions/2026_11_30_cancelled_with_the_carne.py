"""an invoice says whether it was cancelled with its carnê or by an act of its own

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The acts of one request carry its number: what was cancelled in the request that cancelled the carnê went with it.
# An instalment without such a number (an act of the command line, history that is gone) is taken to have gone with
# its carnê when that is cancelled, as was said of all of them until now.
WENT = """
update invoice set with_carne = true where status = 'cancelled' and carne_id is not null and (
  exists (
    select 1 from event as its join event as all_of_them on all_of_them.request_id = its.request_id
    where its.action = 'invoice.cancelled' and its.subject_type = 'invoice' and its.subject_id = invoice.id
      and all_of_them.action = 'carne.cancelled' and all_of_them.subject_type = 'carne'
      and all_of_them.subject_id = invoice.carne_id
  )
  or (
    not exists (
      select 1 from event as its where its.action = 'invoice.cancelled' and its.subject_type = 'invoice'
        and its.subject_id = invoice.id and its.request_id is not null
    )
    and exists (select 1 from carne where carne.id = invoice.carne_id and carne.status = 'cancelled')
  )
)
"""


def upgrade():
    with op.batch_alter_table("invoice") as table:
        table.add_column(sa.Column("with_carne", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(WENT)
    with op.batch_alter_table("invoice") as table:
        table.alter_column("with_carne", existing_type=sa.Boolean(), server_default=None)
        table.create_check_constraint(
            op.f("ck_invoice_with_carne"), "not with_carne or (status = 'cancelled' and carne_id is not null)"
        )


def downgrade():
    with op.batch_alter_table("invoice") as table:
        table.drop_constraint(op.f("ck_invoice_with_carne"), type_="check")
        table.drop_column("with_carne")
