"""the number of a removed row is never given again on SQLite

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = (
    "bank_account", "billing_method", "charge_kind", "company", "contract_template", "department", "effect",
    "idem_key", "left_out", "login_session", "operator", "origin", "person_group", "plan", "role", "subscriber_code",
    "tag", "work_order_kind",
)


def upgrade():
    if op.get_bind().dialect.name != "sqlite":
        return  # a sequence never goes back
    for name in TABLES:
        _made_again(name, sqlite_autoincrement=True)
        _counts_on(name)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for name in TABLES:
            _made_again(name)


def _made_again(name, **how):
    """The primary key of a table that counts by itself has no name: it gets it back."""
    with op.batch_alter_table(
        name, recreate="always", table_kwargs=how, naming_convention={"pk": "pk_%(table_name)s"}
    ):
        pass


def _counts_on(name):
    """From behind every row there is and every removed one that history names."""
    op.execute(sa.text("delete from sqlite_sequence where name = :name").bindparams(name=name))
    op.execute(
        sa.text(
            "insert into sqlite_sequence (name, seq) select :name, max("
            f"(select coalesce(max(id), 0) from {name}),"
            " (select coalesce(max(subject_id), 0) from event where subject_type = :name))"
        ).bindparams(name=name)
    )
