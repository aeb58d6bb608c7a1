"""the ladder of a debt becomes a catalogue; contracts and drafts of sales may name one

Each ladder there was is the default of its company. TODAS gets one, with what everybody without one followed. Going
back keeps the defaults.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMES = """
update dunning_rule set name = 'Régua de cobrança' ||
  case when company_id = 0 then '' else (select ' ' || name from company where company.id = company_id) end
"""
SEED = """
insert into dunning_rule (company_id, name, is_default, notifies, notice_days, reduces, reduce_days, suspends,
  suspend_days, business_days_only, termination_days, version)
select 0, 'Régua de cobrança', (1 = 1), (1 = 1), 1, (1 = 0), 15, (1 = 1), 15, (1 = 1), 60, 1
where not exists (select 1 from dunning_rule where company_id = 0)
"""
DEFAULT, NAMED = sa.text("is_default"), sa.text("dunning_rule_id is not null")


def upgrade():
    with op.batch_alter_table("dunning_rule") as table:
        table.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))
        table.add_column(sa.Column("is_default", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("inactive_since", sa.DateTime(timezone=True), nullable=True))
        table.drop_constraint(op.f("uq_dunning_rule_company_id"), type_="unique")
    op.execute(NAMES)
    op.execute(SEED)
    # The primary key of a table that counts by itself has no name: it gets it back.
    counts = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": {"pk": "pk_%(table_name)s"}}
    with op.batch_alter_table("dunning_rule", recreate="auto", **counts) as table:
        table.alter_column("name", server_default=None)
        table.alter_column("is_default", server_default=None)
        table.create_unique_constraint(op.f("uq_dunning_rule_name"), ["name"])
        table.create_check_constraint(
            op.f("ck_dunning_rule_default_in_use"), "not is_default or inactive_since is null"
        )
    op.create_index(
        "uq_dunning_rule_default",
        "dunning_rule",
        ["company_id"],
        unique=True,
        sqlite_where=DEFAULT,
        postgresql_where=DEFAULT,
    )
    for name in ("contract", "sale"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("dunning_rule_id", BIG, nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_dunning_rule_id"), "dunning_rule", ["dunning_rule_id"], ["id"])
    op.add_column("contract", sa.Column("version", BIG, nullable=False, server_default="1"))
    op.create_index(
        "ix_contract_service_id_number",
        "contract",
        ["service_id", "number"],
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )


def downgrade():
    op.drop_index("ix_contract_service_id_number", "contract")
    op.drop_column("contract", "version")
    for name in ("sale", "contract"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_dunning_rule_id"), type_="foreignkey")
            table.drop_column("dunning_rule_id")
    op.execute("delete from dunning_rule where not is_default")
    op.drop_index("uq_dunning_rule_default", "dunning_rule")
    with op.batch_alter_table("dunning_rule", naming_convention={"pk": "pk_%(table_name)s"}) as table:
        table.drop_constraint(op.f("ck_dunning_rule_default_in_use"), type_="check")
        table.drop_constraint(op.f("uq_dunning_rule_name"), type_="unique")
        for column in ("inactive_since", "is_default", "name"):
            table.drop_column(column)
        table.create_unique_constraint(op.f("uq_dunning_rule_company_id"), ["company_id"])
