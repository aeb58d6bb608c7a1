"""what a bank gave back, money in doubt, and whose what was left out is

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RECEIPTS = ("waiting", "settled", "divergent", "unknown")
DOUBTS = ("", "no_payment", "early", "repeated")
NOT_A_PAYMENT = "O banco não chama isto de pagamento, mas a linha traz dinheiro: associe à fatura."
# By the kind of its row: where its company stands. A Pix nobody could read and a table are of nobody alone.
OWNERS = {
    "service": "service", "invoice": "invoice", "person": "person", "sale": "sale", "bank_file": "bank_file",
    "bank_file_record": "bank_file_record",
}


def upgrade():
    with op.batch_alter_table("payment") as table:
        table.add_column(sa.Column("returned_cents", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("payment") as table:
        table.alter_column("returned_cents", server_default=None)
    with op.batch_alter_table("pix_receipt") as table:
        table.add_column(sa.Column("returned_cents", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("pix_key", sa.String(77), nullable=False, server_default=""))
    with op.batch_alter_table("pix_receipt") as table:
        table.alter_column("returned_cents", server_default=None)
        table.alter_column("pix_key", server_default=None)
        table.drop_constraint(op.f("ck_pix_receipt_outcome"), type_="check")
        table.create_check_constraint(op.f("ck_pix_receipt_outcome"), f"outcome in {(*RECEIPTS, 'returned')!r}")
        table.create_check_constraint(
            op.f("ck_pix_receipt_returned_cents"), "returned_cents between 0 and amount_cents"
        )
        table.create_check_constraint(op.f("ck_pix_receipt_returned"), "outcome <> 'returned' or returned_cents > 0")
    with op.batch_alter_table("bank_file_record") as table:
        table.add_column(sa.Column("doubt", sa.String(12), nullable=False, server_default=""))
    told = sa.text("update bank_file_record set doubt = 'no_payment', reasons = '' where reasons = :words")
    op.get_bind().execute(told, {"words": NOT_A_PAYMENT})
    with op.batch_alter_table("bank_file_record") as table:
        table.alter_column("doubt", server_default=None)
        table.create_check_constraint(op.f("ck_bank_file_record_doubt"), f"doubt in {DOUBTS!r}")
    with op.batch_alter_table("left_out") as table:
        table.add_column(sa.Column("company_id", BIG, nullable=False, server_default="0"))
    for kind, owner in OWNERS.items():
        op.execute(
            f"update left_out set company_id = (select o.company_id from {owner} o where o.id = left_out.row_id) "
            f"where row_kind = '{kind}' and exists (select 1 from {owner} o where o.id = left_out.row_id)"
        )
    with op.batch_alter_table("left_out") as table:
        table.alter_column("company_id", server_default=None)
        table.create_foreign_key(op.f("fk_left_out_company_id"), "company", ["company_id"], ["id"])


def downgrade():
    with op.batch_alter_table("payment") as table:
        table.drop_column("returned_cents")
    with op.batch_alter_table("left_out") as table:
        table.drop_constraint(op.f("fk_left_out_company_id"), type_="foreignkey")
        table.drop_column("company_id")
    op.execute("delete from left_out where work = 'pix_returned'")
    told = sa.text("update bank_file_record set reasons = :words where doubt = 'no_payment' and outcome = 'quarantine'")
    op.get_bind().execute(told, {"words": NOT_A_PAYMENT})
    with op.batch_alter_table("bank_file_record") as table:
        table.drop_constraint(op.f("ck_bank_file_record_doubt"), type_="check")
        table.drop_column("doubt")
    # what still stands is settled; the rest waits for a person, as it did before a bank could give back
    stands = "select 1 from payment where payment.e2e_id = pix_receipt.e2e_id and payment.reversed_at is null"
    op.execute(f"update pix_receipt set outcome = 'settled' where outcome = 'returned' and exists ({stands})")
    op.execute("update pix_receipt set outcome = 'divergent' where outcome = 'returned'")
    with op.batch_alter_table("pix_receipt") as table:
        table.drop_constraint(op.f("ck_pix_receipt_returned"), type_="check")
        table.drop_constraint(op.f("ck_pix_receipt_returned_cents"), type_="check")
        table.drop_constraint(op.f("ck_pix_receipt_outcome"), type_="check")
        table.create_check_constraint(op.f("ck_pix_receipt_outcome"), f"outcome in {RECEIPTS!r}")
        table.drop_column("pix_key")
        table.drop_column("returned_cents")
