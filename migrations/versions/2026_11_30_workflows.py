"""processes with their subprocesses, SLA tables and the lists an atendimento uses

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TYPES = ("preventive", "emergency", "corrective", "doubt", "activation", "other")
MINUTES = (4320, 240, 1440, 480, 2880, 1440)
IN_USE = sa.text("inactive_since is null")
TABLES = (
    "attend_settings",
    "ticket_kind",
    "contact_origin",
    "ticket_classification",
    "support_material",
    "process_step",
    "process",
    "sla_table",
    "hours_profile",
)

# What every provider starts with, in TODAS; all of it may be renamed, changed or put out of use.
ORIGINS = ("Telefone", "WhatsApp", "E-mail", "Central do assinante", "Presencial")
BY_TECHNICIAN = "Através de um técnico"
OPENING = ("Sem acesso", "Lentidão", "Financeiro", "Dúvida", "Cadastro")
CLOSING = ("Resolvido", "Resolvido pelo cliente", "Sem defeito", "Cancelado pelo cliente")


def upgrade():
    _of_company("hours_profile", sa.Column("week", sa.JSON(), nullable=False), _bool("holidays"))
    _of_company(
        "sla_table",
        *(sa.Column(f"{type}_minutes", BIG, nullable=False) for type in TYPES),
        sa.Column("hours_profile_id", BIG),
        _key("sla_table", "hours_profile"),
        *(
            sa.CheckConstraint(f"{type}_minutes between 1 and 129600", name=op.f(f"ck_sla_table_{type}_minutes"))
            for type in TYPES
        ),
    )
    types = ", ".join(repr(type) for type in TYPES)
    _of_company(
        "process",
        sa.Column("sla_type", sa.String(12), nullable=False),
        sa.CheckConstraint(f"sla_type in ({types})", name=op.f("ck_process_sla_type")),
    )
    _catalogue(
        "process_step",
        sa.Column("process_id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("department_id", BIG, nullable=False),
        _key("process_step", "process", ondelete="CASCADE"),
        _key("process_step", "department"),
        sa.UniqueConstraint("process_id", "name", name=op.f("uq_process_step_process_id_name")),
    )
    where = {"sqlite_where": IN_USE, "postgresql_where": IN_USE}
    op.create_index("uq_process_step_position", "process_step", ["process_id", "position"], unique=True, **where)
    _catalogue(
        "support_material",
        sa.Column("step_id", BIG, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("text", sa.String(10_000), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["process_step.id"], name=op.f("fk_support_material_step_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("link = '' or link like 'https://%'", name=op.f("ck_support_material_link")),
        sa.CheckConstraint("text <> '' or link <> ''", name=op.f("ck_support_material_content")),
        sa.UniqueConstraint("step_id", "name", name=op.f("uq_support_material_step_id_name")),
    )
    _of_company("ticket_classification", _bool("closing"))
    _of_company("contact_origin", _bool("asks_technician"))
    _of_company(
        "ticket_kind",
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("process_id", BIG),
        _key("ticket_kind", "process"),
        sa.CheckConstraint("code <> ''", name=op.f("ck_ticket_kind_code")),
        sa.CheckConstraint("process_id is not null or inactive_since is not null", name=op.f("ck_ticket_kind_process_id")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_ticket_kind_company_id_code")),
    )
    _settings()
    _seed()


def downgrade():
    for name in TABLES:
        op.drop_table(name)


def _of_company(name, *columns):
    """A catalogue of one company or of TODAS, with the names of its rows."""
    _catalogue(
        name,
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        *columns,
        _key(name, "company"),
        sa.UniqueConstraint("name", name=op.f(f"uq_{name}_name")),
    )


def _catalogue(name, *columns):
    op.create_table(
        name,
        sa.Column("id", BIG, nullable=False),
        *columns,
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )


def _bool(name):
    return sa.Column(name, sa.Boolean(), nullable=False)


def _key(table, of, **more):
    return sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{table}_{of}_id"), **more)


def _settings():
    fields = {
        "sla_table_id": "sla_table",
        "contact_origin_id": "contact_origin",
        "opening_classification_id": "ticket_classification",
        "closing_classification_id": "ticket_classification",
    }
    op.create_table(
        "attend_settings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        *(sa.Column(field, BIG) for field in fields),
        sa.Column("version", BIG, nullable=False),
        _key("attend_settings", "company"),
        *(
            sa.ForeignKeyConstraint([field], [f"{table}.id"], name=op.f(f"fk_attend_settings_{field}"))
            for field, table in fields.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attend_settings")),
        sa.UniqueConstraint("company_id", name=op.f("uq_attend_settings_company_id")),
    )


def _seed():
    _insert("sla_table", name="SLA padrão", **{f"{type}_minutes": time for type, time in zip(TYPES, MINUTES)})
    for name in (*ORIGINS, BY_TECHNICIAN):
        _insert("contact_origin", name=name, asks_technician=name == BY_TECHNICIAN)
    for name in (*OPENING, *CLOSING):
        _insert("ticket_classification", name=name, closing=name in CLOSING)
    op.execute(
        "insert into attend_settings (company_id, sla_table_id, version) "
        "select 0, id, 1 from sla_table where name = 'SLA padrão'"
    )


def _insert(table, **values):
    row = {**values, "company_id": 0, "version": 1}
    target = sa.table(table, *(sa.column(name) for name in row))
    op.execute(sa.insert(target).values(**row))
