"""a withdrawal of a cash desk knows the credit it gave back, so the two are undone together; contracts are mailed

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

COLUMN = "credit_entry_id"
NOTICES = ("invoice", "carne", "debt", "paid", "code", "unlock", "ticket", "contest", "receipt")


def upgrade() -> None:
    with op.batch_alter_table("cash_entry") as table:
        table.add_column(sa.Column(COLUMN, sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
        table.create_foreign_key(op.f("fk_cash_entry_credit_entry_id"), "credit_entry", [COLUMN], ["id"])
        table.create_unique_constraint(op.f("uq_cash_entry_credit_entry_id"), [COLUMN])
        table.create_check_constraint(
            op.f("ck_cash_entry_credit_entry_id"), "kind = 'withdrawal' or credit_entry_id is null"
        )
    _notices((*NOTICES, "contract"))


def downgrade() -> None:
    op.execute("delete from notice where kind = 'contract'")
    _notices(NOTICES)
    with op.batch_alter_table("cash_entry") as table:
        table.drop_constraint(op.f("ck_cash_entry_credit_entry_id"), type_="check")
        table.drop_constraint(op.f("uq_cash_entry_credit_entry_id"), type_="unique")
        table.drop_constraint(op.f("fk_cash_entry_credit_entry_id"), type_="foreignkey")
        table.drop_column(COLUMN)


def _notices(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_kind"), type_="check")
        table.create_check_constraint(op.f("ck_notice_kind"), f"kind in {kinds!r}")
