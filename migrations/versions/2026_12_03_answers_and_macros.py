"""canned answers, and macros with their acts

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = "('claim', 'comment', 'forward', 'step', 'process', 'watch', 'pause', 'close')"
# Column of an act: the table it names.
NAMED = {
    "canned_answer_id": "canned_answer",
    "step_id": "process_step",
    "process_id": "process",
    "operator_id": "operator",
    "classification_id": "ticket_classification",
}
CHECKS = {
    "kind": f"kind in {KINDS}",
    "visibility": "visibility in ('', 'internal', 'subscriber')",
    "comment": "kind <> 'comment' or visibility <> ''",
    "said": "(visibility <> '' and kind in ('comment', 'close') and (text <> '' or canned_answer_id is not null))"
    " or (visibility = '' and canned_answer_id is null and (kind = 'pause') = (text <> ''))",
    "one_text": "text = '' or canned_answer_id is null",
    "step": "(kind = 'step') = (step_id is not null)",
    "process": "(kind = 'process') = (process_id is not null)",
    "watch": "(kind = 'watch') = (operator_id is not null)",
    "close": "(kind = 'close') = (classification_id is not null)",
}


def upgrade():
    op.create_table(
        "canned_answer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("department_id", BIG),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_canned_answer_code")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_canned_answer_text")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_canned_answer_company_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_canned_answer_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answer")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_canned_answer_company_id_code")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_canned_answer_company_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "macro",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_macro_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_macro")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_macro_company_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "macro_act",
        sa.Column("id", BIG, nullable=False),
        sa.Column("macro_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        *(sa.Column(column, BIG) for column in NAMED),
        *(sa.CheckConstraint(check, name=op.f(f"ck_macro_act_{name}")) for name, check in CHECKS.items()),
        sa.ForeignKeyConstraint(["macro_id"], ["macro.id"], name=op.f("fk_macro_act_macro_id"), ondelete="CASCADE"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_macro_act_{column}"))
            for column, table in NAMED.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_macro_act")),
        sa.UniqueConstraint("macro_id", "position", name=op.f("uq_macro_act_macro_id_position")),
    )


def downgrade():
    op.drop_table("macro_act")
    op.drop_table("macro")
    op.drop_table("canned_answer")
