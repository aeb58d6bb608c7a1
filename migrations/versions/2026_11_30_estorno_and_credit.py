"""a payment can be taken back, and what came in too much is a credit with its movements

Revision ID: 0008
Revises: 0007
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("reversed_at is null")
KINDS = "'paid', 'reversed', 'used', 'joined', 'given_back', 'undone'"
PERMISSION, BESIDE = "billing.reverse", {"billing.discount", "billing.cancel"}

# What payments had brought too much until now: the customer's, in the company of the payment.
CREDITS = """
insert into credit (company_id, person_id, balance_cents)
select company_id, person_id, sum(credit_cents) from payment where credit_cents > 0 group by company_id, person_id
"""
MOVEMENTS = """
insert into credit_entry
  (company_id, credit_id, kind, amount_cents, payment_id, happened_on, means, reason, noted_by, created_at)
select payment.company_id, credit.id, 'paid', payment.credit_cents, payment.id, payment.paid_on, '', '',
  payment.received_by, payment.created_at
from payment join credit on credit.person_id = payment.person_id and credit.company_id = payment.company_id
where payment.credit_cents > 0 order by payment.id
"""
# A boleto of «Somente Pix» or «No balcão» that no bank has heard of is none; its number is not given again.
NO_BOLETO = """
update invoice set barcode = '', nosso_numero = null, nosso_numero_printed = '', registration = 'none'
where status = 'open' and registration = 'pending'
and billing_method_id in (select id from billing_method where means <> 'boleto')
"""
# The former house knows neither estorno nor credit that was used. Payments taken back go, a use counts as received at
# the counter, and what had joined an invoice as its first part.
LINES = """
insert into payment (company_id, person_id, invoice_id, means, paid_on, credited_on, amount_cents, principal_cents,
  fine_cents, interest_cents, discount_cents, credit_cents, bank_fee_cents, flag, note, received_by, created_at)
select company_id, person_id, id, 'counter', issued_on, issued_on, credit_cents, credit_cents,
  0, 0, 0, 0, 0, 'under', 'Crédito do cliente', 'Enlace', created_at from invoice where credit_cents > 0
and status <> 'cancelled'
"""
BACK = (
    "delete from payment where reversed_at is not null",
    "update payment set means = 'counter', note = 'Crédito do cliente' where means = 'credit'",
    LINES,
    "update invoice set total_cents = total_cents + credit_cents, paid_cents = paid_cents + credit_cents "
    "where credit_cents > 0 and status <> 'cancelled'",
    "update invoice set total_cents = total_cents + credit_cents where credit_cents > 0 and status = 'cancelled'",
)


def upgrade():
    with op.batch_alter_table("payment") as table:
        table.add_column(sa.Column("reversed_at", sa.DateTime(timezone=True)))
        table.drop_constraint("uq_payment_e2e_id", type_="unique")
        table.drop_constraint("uq_payment_bank_file_record_id", type_="unique")
        table.create_unique_constraint(op.f("uq_payment_company_id_id"), ["company_id", "id"])
        table.drop_constraint(op.f("ck_payment_means"), type_="check")
        table.create_check_constraint(op.f("ck_payment_means"), "means in ('counter','boleto','pix','credit')")
        table.create_index("ix_payment_charge_id", ["charge_id"])
    for column in ("e2e_id", "bank_file_record_id"):
        where = {"sqlite_where": STANDS, "postgresql_where": STANDS}
        op.create_index(f"uq_payment_{column}", "payment", [column], unique=True, **where)
    with op.batch_alter_table("invoice") as table:
        table.add_column(sa.Column("credit_cents", sa.BigInteger(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("ck_invoice_total_cents"), type_="check")
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_invoice_{name}"), rule)
    with op.batch_alter_table("invoice") as table:
        table.alter_column("credit_cents", server_default=None)
    _tables()
    for statement in (CREDITS, MOVEMENTS, NO_BOLETO):
        op.execute(statement)
    _permit(lambda codes: [*codes, PERMISSION] if BESIDE <= set(codes) else codes)


def downgrade():
    _permit(lambda codes: [code for code in codes if code != PERMISSION])
    for name in ("debt_release", "reversal", "credit_entry", "credit"):
        op.drop_table(name)
    for statement in BACK:
        op.execute(statement)
    with op.batch_alter_table("invoice") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_invoice_{name}"), type_="check")
        rule = "total_cents > 0 and paid_cents between 0 and total_cents"
        table.create_check_constraint(op.f("ck_invoice_total_cents"), rule)
        table.drop_column("credit_cents")
    op.drop_index("uq_payment_e2e_id", "payment")
    op.drop_index("uq_payment_bank_file_record_id", "payment")
    with op.batch_alter_table("payment") as table:
        table.drop_index("ix_payment_charge_id")
        table.drop_constraint(op.f("ck_payment_means"), type_="check")
        table.create_check_constraint(op.f("ck_payment_means"), "means in ('counter','boleto','pix')")
        table.drop_constraint(op.f("uq_payment_company_id_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_payment_e2e_id"), ["e2e_id"])
        table.create_unique_constraint(op.f("uq_payment_bank_file_record_id"), ["bank_file_record_id"])
        table.drop_column("reversed_at")


CHECKS = {
    "total_cents": "total_cents >= 0 and paid_cents between 0 and total_cents",
    "credit_cents": "credit_cents >= 0 and total_cents + credit_cents > 0",
    "nothing_to_pay": "status <> 'open' or total_cents > 0",
}


def _permit(changed):
    """Whoever may give discounts and cancel may take back from now on."""
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))


def _tables():
    op.create_table(
        "credit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance_cents >= 0", name=op.f("ck_credit_balance_cents")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_credit_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_credit_company_id_id")),
        sa.UniqueConstraint("person_id", "company_id", name="uq_credit_person_company"),
    )
    op.create_table(
        "credit_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("credit_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", BIG),
        sa.Column("invoice_id", BIG),
        sa.Column("undoes_id", BIG),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("noted_by", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind in ({KINDS})", name=op.f("ck_credit_entry_kind")),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_credit_entry_amount_cents")),
        sa.CheckConstraint("(kind in ('paid','undone')) = (amount_cents > 0)", name=op.f("ck_credit_entry_sign")),
        sa.CheckConstraint(
            "(kind = 'undone') = (undoes_id is not null)", name=op.f("ck_credit_entry_undoes_id")
        ),
        sa.CheckConstraint(
            "(kind in ('paid','reversed','used')) = (payment_id is not null)", name=op.f("ck_credit_entry_payment_id")
        ),
        sa.CheckConstraint("kind <> 'joined' or invoice_id is not null", name=op.f("ck_credit_entry_invoice_id")),
        sa.CheckConstraint(
            "kind <> 'given_back' or (means in ('pix','transfer','cash') and reason <> '')",
            name=op.f("ck_credit_entry_given"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_credit_entry_company_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "credit_id"],
            ["credit.company_id", "credit.id"],
            name=op.f("fk_credit_entry_company_id_credit_id"),
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_credit_entry_payment_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_credit_entry_invoice_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["credit_entry.id"], name=op.f("fk_credit_entry_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_credit_entry_undoes_id")),
        sa.UniqueConstraint("payment_id", "kind", name="uq_credit_entry_payment_kind"),
    )
    op.create_index("ix_credit_entry_credit_id", "credit_entry", ["credit_id"])
    op.create_index("ix_credit_entry_invoice_id", "credit_entry", ["invoice_id"])
    op.create_table(
        "reversal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("payment_id", BIG, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("reversed_by", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reversal_reason")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_reversal_company_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "payment_id"],
            ["payment.company_id", "payment.id"],
            name=op.f("fk_reversal_company_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reversal")),
        sa.UniqueConstraint("payment_id", name="uq_reversal_once"),
    )
    op.create_index("ix_reversal_created_at", "reversal", ["created_at"])
    op.create_table(
        "debt_release",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("suspension_id", BIG, nullable=False),
        sa.Column("invoice_id", BIG, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_debt_release_company_id")),
        sa.ForeignKeyConstraint(["suspension_id"], ["suspension.id"], name=op.f("fk_debt_release_suspension_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_debt_release_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debt_release")),
        sa.UniqueConstraint("suspension_id", name="uq_debt_release_once"),
    )
    op.create_index("ix_debt_release_invoice_id", "debt_release", ["invoice_id"])
