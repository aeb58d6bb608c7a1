"""procedures, and their revisions, which stay as they were written

Revision ID: 0024
Revises: 0023
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Whoever sees customers reads procedures; whoever changes the lists of the house writes them.
BESIDE = {"people.read": "procedures.read", "catalog.edit": "procedures.write"}


def upgrade():
    op.create_table(
        "procedure",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("name", name=op.f("uq_procedure_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "procedure_revision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("procedure_id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("author_id", BIG),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_procedure_revision_body")),
        sa.ForeignKeyConstraint(["author_id"], ["operator.id"], name=op.f("fk_procedure_revision_author_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_procedure_revision_procedure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_revision")),
        sa.UniqueConstraint("procedure_id", "number", name=op.f("uq_procedure_revision_procedure_id_number")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    _permit(lambda codes: codes + [code for has, code in BESIDE.items() if has in codes and code not in codes])


def downgrade():
    _permit(lambda codes: [code for code in codes if not code.startswith("procedures.")])
    op.drop_table("procedure_revision")
    op.drop_table("procedure")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function keep_revisions()")


def _permit(changed):
    """Change what roles may do."""
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))


SQLITE = tuple(
    f"create trigger procedure_revision_no_{act} before {act} on procedure_revision "
    "begin select raise(abort, 'revisions are append-only'); end"
    for act in ("update", "delete")
)
POSTGRESQL = (
    """
create function keep_revisions() returns trigger language plpgsql as $$
begin
  raise exception 'revisions are append-only';
end $$
""",
    "create trigger procedure_revision_kept before update or delete or truncate on procedure_revision "
    "for each statement execute function keep_revisions()",
)
