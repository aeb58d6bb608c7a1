"""contests: what somebody calls wrong rests on its invoice until the answer, in a ticket of its own

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back
LIVES = sa.text("status <> 'withdrawn'")
STATUSES = ("open", "paid", "cancelled", "written_off")
INVOICE = {
    "contest": "contest in ('open', 'granted', 'upheld', 'withdrawn')",
    "contested_cents": "contested_cents >= 0 and contested_paid_cents >= 0"
    " and (contested_cents + contested_paid_cents = 0 or contest is not null)",
    "contested": "status <> 'contested' or (contest = 'open' and paid_cents = 0)",
}
KINDS = ("paid", "reversed", "used", "joined", "given_back", "undone")
NOTICES = ("invoice", "carne", "debt", "paid", "code", "unlock", "ticket")
# The rules of a movement of credit: before, and with what a granted contest gives and its answer taken back takes.
MOVEMENTS = {
    "kind": (f"kind in {KINDS!r}", f"kind in {(*KINDS, 'refunded', 'taken_back')!r}"),
    "sign": (
        "(kind in ('paid','undone')) = (amount_cents > 0)",
        "(kind in ('paid','undone','refunded')) = (amount_cents > 0)",
    ),
    "undoes_id": (
        "(kind = 'undone') = (undoes_id is not null)",
        "(kind in ('undone','taken_back')) = (undoes_id is not null)",
    ),
    "invoice_id": (
        "kind <> 'joined' or invoice_id is not null",
        "kind not in ('joined','refunded','taken_back') or invoice_id is not null",
    ),
}


def upgrade():
    with op.batch_alter_table("invoice") as table:
        table.add_column(sa.Column("contested_cents", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("contested_paid_cents", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("contest", sa.String(10)))
        table.drop_constraint(op.f("ck_invoice_status"), type_="check")
        table.create_check_constraint(
            op.f("ck_invoice_status"), "status in ('open', 'contested', 'paid', 'cancelled', 'written_off')"
        )
        for name, rule in INVOICE.items():
            table.create_check_constraint(op.f(f"ck_invoice_{name}"), rule)
    with op.batch_alter_table("invoice") as table:
        table.alter_column("contested_cents", server_default=None)
        table.alter_column("contested_paid_cents", server_default=None)
    op.create_table(
        "contest",
        sa.Column("id", BIG, nullable=False),
        sa.Column("invoice_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("resting_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(120), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.String(120), nullable=False),
        sa.Column("refunded_cents", sa.BigInteger(), nullable=False),
        sa.Column("again_id", BIG),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint(
            "status in ('open', 'granted', 'upheld', 'withdrawn')", name=op.f("ck_contest_status")
        ),
        sa.CheckConstraint(
            "amount_cents > 0 and resting_cents >= 0 and paid_cents >= 0"
            " and resting_cents + paid_cents <= amount_cents",
            name=op.f("ck_contest_amount_cents"),
        ),
        sa.CheckConstraint("not whole or resting_cents > 0", name=op.f("ck_contest_whole")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_contest_reason")),
        sa.CheckConstraint("(status = 'open') = (answered_on is null)", name=op.f("ck_contest_answered_on")),
        sa.CheckConstraint("refunded_cents = 0 or status = 'granted'", name=op.f("ck_contest_refunded_cents")),
        sa.CheckConstraint(
            "again_id is null or status in ('upheld', 'withdrawn')", name=op.f("ck_contest_again_id")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_contest_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contest_person_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "invoice_id"],
            ["invoice.company_id", "invoice.id"],
            name=op.f("fk_contest_company_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "again_id"], ["invoice.company_id", "invoice.id"], name="fk_contest_again"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
        sa.UniqueConstraint("company_id", "id", name=op.f("uq_contest_company_id_id")),
    )
    op.create_index("ix_contest_again_id", "contest", ["again_id"])
    op.create_index("ix_contest_invoice_id", "contest", ["invoice_id"])
    op.create_index(
        "uq_contest_invoice", "contest", ["invoice_id"], unique=True, sqlite_where=LIVES, postgresql_where=LIVES
    )
    with op.batch_alter_table("ticket") as table:
        table.add_column(sa.Column("contest_id", BIG))
        table.create_foreign_key(op.f("fk_ticket_contest_id"), "contest", ["contest_id"], ["id"])
        table.create_unique_constraint(op.f("uq_ticket_contest_id"), ["contest_id"])
        table.create_check_constraint(
            op.f("ck_ticket_contest_gate"), "gate is null or gate <> 'contest' or contest_id is not null"
        )
    _movements(1)
    _notices((*NOTICES, "contest"))


def downgrade():
    op.execute("update ticket set gate = null where gate = 'contest'")
    with op.batch_alter_table("ticket") as table:
        table.drop_constraint(op.f("ck_ticket_contest_gate"), type_="check")
        table.drop_constraint(op.f("uq_ticket_contest_id"), type_="unique")
        table.drop_constraint(op.f("fk_ticket_contest_id"), type_="foreignkey")
        table.drop_column("contest_id")
    op.drop_table("contest")
    _keep_what_was_contested()
    with op.batch_alter_table("invoice") as table:
        for name in INVOICE:
            table.drop_constraint(op.f(f"ck_invoice_{name}"), type_="check")
        table.drop_constraint(op.f("ck_invoice_status"), type_="check")
        table.create_check_constraint(op.f("ck_invoice_status"), f"status in {STATUSES!r}")
        for column in ("contest", "contested_cents", "contested_paid_cents"):
            table.drop_column(column)
    _take_refunds_back()
    _movements(0)
    op.execute("delete from notice where kind = 'contest'")
    _notices(NOTICES)


def _movements(which):
    with op.batch_alter_table("credit_entry") as table:
        for name, rules in MOVEMENTS.items():
            table.drop_constraint(op.f(f"ck_credit_entry_{name}"), type_="check")
            table.create_check_constraint(op.f(f"ck_credit_entry_{name}"), rules[which])


def _notices(kinds):
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_kind"), type_="check")
        table.create_check_constraint(op.f("ck_notice_kind"), f"kind in {kinds!r}")


def _keep_what_was_contested():
    """What rested whole is owed again; a part that left an invoice stays out of it, as a discount of its charges."""
    op.execute("update invoice set status = 'open' where status = 'contested'")
    connection = op.get_bind()
    parts = sa.text("select id, contested_cents from invoice where contested_cents > 0 order by id")
    for invoice_id, left in connection.execute(parts).all():
        mine = sa.text(
            "select id, amount_cents - discount_cents as net from charge "
            "where invoice_id = :invoice and status <> 'cancelled' order by id"
        )
        for charge_id, net in connection.execute(mine, {"invoice": invoice_id}).all():
            off = min(left, net)
            giving = sa.text("update charge set discount_cents = discount_cents + :off where id = :charge")
            connection.execute(giving, {"off": off, "charge": charge_id})
            left -= off


def _take_refunds_back():
    """What was given in double goes, as far as nobody has used it; the rest the older house has no word for."""
    given = "select coalesce(sum(amount_cents), 0) from credit_entry e where e.credit_id = credit.id"
    given += " and e.kind in ('refunded', 'taken_back')"
    op.execute(f"update credit set balance_cents = balance_cents - ({given})")
    op.execute("delete from credit_entry where kind = 'taken_back'")
    op.execute("delete from credit_entry where kind = 'refunded'")
