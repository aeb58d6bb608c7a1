"""a carnê ends as Quitado, days without charge are rows, issued titles keep what they were issued with

Revision ID: 0010
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ISSUED = ("invoice", "replaced_slip", "pix_charge")
STANDING = sa.text("undone_at is null")

# An instalment that was paid, and none that is open: the carnê is over.
PAID_CARNES = """
update carne set status = 'paid' where status = 'open'
  and exists (select 1 from invoice where invoice.carne_id = carne.id and invoice.status = 'paid')
  and not exists (select 1 from invoice where invoice.carne_id = carne.id and invoice.status = 'open')
"""
# What an account is today is its first edition; every title it issued is taken to be of that one.
FIRST_EDITIONS = """
insert into account_edition (bank_account_id, number, bank, fields, pix_key, pix_city, instructions, created_at)
select id, 1, bank, fields, pix_key, pix_city, instructions, current_timestamp from bank_account order by id
"""
LATE_TERMS = """
update invoice set
  fine_bp = (select fine_bp from company where company.id = invoice.company_id),
  interest_bp = (select interest_bp from company where company.id = invoice.company_id),
  late_from = (select late_from from company where company.id = invoice.company_id)
"""


def upgrade():
    with op.batch_alter_table("carne") as table:
        table.drop_constraint(op.f("ck_carne_status"), type_="check")
        table.create_check_constraint(op.f("ck_carne_status"), "status in ('open', 'paid', 'cancelled')")
    op.execute(PAID_CARNES)
    _uncharged_days()
    _editions()
    with op.batch_alter_table("invoice") as table:
        table.add_column(sa.Column("fine_bp", BIG, nullable=False, server_default="0"))
        table.add_column(sa.Column("interest_bp", BIG, nullable=False, server_default="0"))
        table.add_column(sa.Column("late_from", sa.String(12), nullable=False, server_default="business_day"))
    op.execute(LATE_TERMS)
    with op.batch_alter_table("invoice") as table:
        for name in ("fine_bp", "interest_bp", "late_from"):
            table.alter_column(name, server_default=None)
        table.create_check_constraint(op.f("ck_invoice_fine_bp"), "fine_bp between 0 and 200")
        table.create_check_constraint(op.f("ck_invoice_interest_bp"), "interest_bp between 0 and 100")
        table.create_check_constraint(op.f("ck_invoice_late_from"), "late_from in ('business_day','due_date')")
        table.create_unique_constraint("uq_invoice_installment", ["carne_id", "installment"])


def downgrade():
    with op.batch_alter_table("invoice") as table:
        table.drop_constraint("uq_invoice_installment", type_="unique")
        for name in ("fine_bp", "interest_bp", "late_from"):
            table.drop_constraint(op.f(f"ck_invoice_{name}"), type_="check")
            table.drop_column(name)
    for name in reversed(ISSUED):
        with op.batch_alter_table(name) as table:
            if name == "invoice":
                table.drop_constraint(op.f("ck_invoice_edition"), type_="check")
            table.drop_constraint(op.f(f"fk_{name}_bank_account_id_account_edition"), type_="foreignkey")
            table.drop_column("account_edition")
    with op.batch_alter_table("bank_account") as table:
        table.drop_column("edition")
    op.drop_table("account_edition")
    op.drop_table("uncharged_days")
    op.execute("update carne set status = 'open' where status = 'paid'")
    with op.batch_alter_table("carne") as table:
        table.drop_constraint(op.f("ck_carne_status"), type_="check")
        table.create_check_constraint(op.f("ck_carne_status"), "status in ('open','cancelled')")


def _uncharged_days():
    op.create_table(
        "uncharged_days",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_uncharged_days_ends_on")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_uncharged_days_reason")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_uncharged_days_company_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "service_id"],
            ["service.company_id", "service.id"],
            name=op.f("fk_uncharged_days_company_id_service_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncharged_days")),
    )
    op.create_index(
        "uq_uncharged_days_standing",
        "uncharged_days",
        ["service_id", "starts_on"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def _editions():
    with op.batch_alter_table("bank_account") as table:
        table.add_column(sa.Column("edition", BIG, nullable=False, server_default="1"))
    with op.batch_alter_table("bank_account") as table:
        table.alter_column("edition", server_default=None)
    op.create_table(
        "account_edition",
        sa.Column("bank_account_id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("bank", sa.String(3), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("pix_key", sa.String(77), nullable=False),
        sa.Column("pix_city", sa.String(15), nullable=False),
        sa.Column("instructions", sa.String(300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_account_id"],
            ["bank_account.id"],
            name=op.f("fk_account_edition_bank_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bank_account_id", "number", name=op.f("pk_account_edition")),
    )
    op.execute(FIRST_EDITIONS)
    for name in ISSUED:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("account_edition", BIG, nullable=True))
        op.execute(f"update {name} set account_edition = 1 where bank_account_id is not null")
        with op.batch_alter_table(name) as table:
            if name == "invoice":
                both = "(bank_account_id is null) = (account_edition is null)"
                table.create_check_constraint(op.f("ck_invoice_edition"), both)
            else:
                table.alter_column("account_edition", existing_type=BIG, nullable=False)
            table.create_foreign_key(
                op.f(f"fk_{name}_bank_account_id_account_edition"),
                "account_edition",
                ["bank_account_id", "account_edition"],
                ["bank_account_id", "number"],
            )
