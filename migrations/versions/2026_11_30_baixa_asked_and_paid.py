"""a boleto whose baixa was asked is not one that was taken off, nor one that was paid

Revision ID: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REGISTRATIONS = ("none", "pending", "sent", "registered", "rejected", "closed")
STANDINGS = ("never", "standing", "asked", "closed")
# Of the others it is not known whether the bank has answered: they stay as they were.
PAID = """
update invoice set registration = 'paid'
where registration = 'closed' and exists (
  select 1 from payment
  where payment.invoice_id = invoice.id and payment.means = 'boleto' and payment.reversed_at is null
) and not exists (select 1 from replaced_slip where replaced_slip.invoice_id = invoice.id)
"""


def upgrade():
    _may_be("invoice", "registration", (*REGISTRATIONS, "asked", "paid"))
    _may_be("replaced_slip", "at_bank", (*STANDINGS, "paid"))
    op.execute(PAID)


def downgrade():
    op.execute("update invoice set registration = 'closed' where registration in ('asked', 'paid')")
    op.execute("update replaced_slip set at_bank = 'closed' where at_bank = 'paid'")
    _may_be("replaced_slip", "at_bank", STANDINGS)
    _may_be("invoice", "registration", REGISTRATIONS)


def _may_be(name, column, values):
    with op.batch_alter_table(name) as table:
        table.drop_constraint(op.f(f"ck_{name}_{column}"), type_="check")
        table.create_check_constraint(op.f(f"ck_{name}_{column}"), f"{column} in {values!r}")
