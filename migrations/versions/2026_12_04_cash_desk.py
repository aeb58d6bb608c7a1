"""the counter says with what somebody paid, and an operator's cash desk holds it until it is counted

Revision ID: 0034
Revises: 0033
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Made again on SQLite, a company keeps counting its numbers, and its primary key its name.
COUNTS = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": {"pk": "pk_%(table_name)s"}}
OPEN = sa.text("closed_at is null")
PAID_WITH = ("cash", "debit", "credit_card", "pix", "transfer", "cheque")
KINDS = ("receipt", "reversal", "withdrawal", "supply", "undone")
PAYMENT = {
    "paid_with": f"paid_with in {('', *PAID_WITH)!r}",
    "counter": "means = 'counter' or paid_with = ''",
    "given_cents": "given_cents is null or (paid_with = 'cash' and given_cents >= amount_cents)",
}
ENTRY = {
    "kind": f"kind in {KINDS!r}",
    "paid_with": f"paid_with in {PAID_WITH!r}",
    "in_cash": "paid_with = 'cash' or kind in ('receipt','reversal')",
    "amount_cents": "amount_cents <> 0",
    "sign": "kind = 'undone' or (kind in ('receipt','supply')) = (amount_cents > 0)",
    "payment_id": "(kind in ('receipt','reversal')) = (payment_id is not null)",
    "undoes_id": "(kind = 'undone') = (undoes_id is not null)",
    "reason": "kind = 'receipt' or reason <> ''",
}
DESK = {
    "of_one_company": "company_id <> 0",
    "opening_cents": "opening_cents >= 0",
    "cash_cents": "cash_cents >= 0",
    "counted_cents": "counted_cents >= 0",
    "closed": "(closed_at is null) = (counted_cents is null)",
    "difference": "counted_cents is null or counted_cents = cash_cents or closing_reason <> ''",
}
NOTICES = ("invoice", "carne", "debt", "paid", "code", "unlock", "ticket", "contest")
DOCUMENTS = ("contract", "invoice", "carne")
# Whoever receives has a desk of their own from now on; whoever takes receipts back sees those of others.
GIVEN = {"billing.receive": "billing.cash_desk", "billing.reverse": "billing.cash_supervise"}


def upgrade():
    with op.batch_alter_table("company", **COUNTS) as table:
        table.add_column(sa.Column("cash_needs_desk", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("company", **COUNTS) as table:
        table.alter_column("cash_needs_desk", server_default=None)
    with op.batch_alter_table("payment") as table:
        table.add_column(sa.Column("paid_with", sa.String(12), nullable=False, server_default=""))
        table.add_column(sa.Column("given_cents", sa.BigInteger()))
        table.add_column(sa.Column("operator_id", BIG))
        table.create_foreign_key(op.f("fk_payment_operator_id"), "operator", ["operator_id"], ["id"])
        for name, rule in PAYMENT.items():
            table.create_check_constraint(op.f(f"ck_payment_{name}"), rule)
    with op.batch_alter_table("payment") as table:
        table.alter_column("paid_with", server_default=None)
    _tables()
    _kinds((*NOTICES, "receipt"), (*DOCUMENTS, "receipt", "cash_desk"))
    _permit(lambda codes: [*codes, *(new for old, new in GIVEN.items() if old in codes and new not in codes)])


def downgrade():
    _permit(lambda codes: [code for code in codes if code not in GIVEN.values()])
    op.drop_table("cash_entry")
    op.drop_table("cash_desk")
    op.execute("delete from notice where kind = 'receipt'")
    op.execute("delete from document where kind in ('receipt', 'cash_desk')")
    _kinds(NOTICES, DOCUMENTS)
    with op.batch_alter_table("payment") as table:
        for name in PAYMENT:
            table.drop_constraint(op.f(f"ck_payment_{name}"), type_="check")
        table.drop_constraint(op.f("fk_payment_operator_id"), type_="foreignkey")
        for column in ("operator_id", "given_cents", "paid_with"):
            table.drop_column(column)
    with op.batch_alter_table("company", **COUNTS) as table:
        table.drop_column("cash_needs_desk")


def _kinds(notices, documents):
    for name, kinds in (("notice", notices), ("document", documents)):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_kind"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_kind"), f"kind in {kinds!r}")


def _permit(changed):
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))


def _tables():
    op.create_table(
        "cash_desk",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("operator_name", sa.String(120), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opening_cents", sa.BigInteger(), nullable=False),
        sa.Column("cash_cents", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.String(120), nullable=False),
        sa.Column("counted_cents", sa.BigInteger()),
        sa.Column("closing_reason", sa.String(500), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_cash_desk_{name}")) for name, rule in DESK.items()),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_cash_desk_company_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_cash_desk_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_desk")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_cash_desk_company_id_id")),
    )
    op.create_index(
        "uq_cash_desk_open",
        "cash_desk",
        ["operator_id", "company_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_cash_desk_opened_at", "cash_desk", ["opened_at"])
    op.create_table(
        "cash_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("cash_desk_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("paid_with", sa.String(12), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", BIG),
        sa.Column("undoes_id", BIG),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("noted_by", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_cash_entry_{name}")) for name, rule in ENTRY.items()),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_cash_entry_company_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "cash_desk_id"],
            ["cash_desk.company_id", "cash_desk.id"],
            name=op.f("fk_cash_entry_company_id_cash_desk_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "payment_id"],
            ["payment.company_id", "payment.id"],
            name=op.f("fk_cash_entry_company_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(["undoes_id"], ["cash_entry.id"], name=op.f("fk_cash_entry_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_entry")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_cash_entry_undoes_id")),
        sa.UniqueConstraint("payment_id", "kind", name="uq_cash_entry_payment_kind"),
    )
    op.create_index("ix_cash_entry_cash_desk_id", "cash_entry", ["cash_desk_id"])
