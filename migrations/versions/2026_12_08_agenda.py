"""the agenda of the field: its hours and travel gap, local holidays, absences of technicians

Revision ID: 0081
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0060"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REASONS = ("vacation", "sick", "course", "other")


def upgrade():
    op.create_table(
        "agenda_settings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("hours_profile_id", BIG),
        sa.Column("travel_minutes", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("travel_minutes between 0 and 240", name=op.f("ck_agenda_settings_travel_minutes")),
        sa.ForeignKeyConstraint(
            ["hours_profile_id"], ["hours_profile.id"], name=op.f("fk_agenda_settings_hours_profile_id")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_agenda_settings_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_settings")),
        sa.UniqueConstraint("company_id", name=op.f("uq_agenda_settings_company_id")),
    )
    op.create_table(
        "local_holiday",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_local_holiday_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_holiday")),
        sa.UniqueConstraint("company_id", "name", "day", name=op.f("uq_local_holiday_company_id_name_day")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "absence",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.CheckConstraint(f"reason in {REASONS!r}", name=op.f("ck_absence_reason")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_absence_ends_at")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_absence_operator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_operator_id_ends_at", "absence", ["operator_id", "ends_at"])


def downgrade():
    op.drop_table("absence")
    op.drop_table("local_holiday")
    op.drop_table("agenda_settings")
