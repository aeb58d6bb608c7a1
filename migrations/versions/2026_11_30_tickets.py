"""tickets with their comments, stays, watchers and what each operator has of them

Revision ID: 0020
Revises: 0019
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HERE = sa.text("left_at is null")
# Whoever sees the history of customers attends from now on; who attends only reads of a release is a matter of roles.
BESIDE, PERMISSIONS = "history.read", ("tickets.read", "tickets.attend")


def upgrade():
    op.create_table(
        "ticket",
        sa.Column("id", BIG, nullable=False),
        sa.Column("protocol", sa.String(16), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("service_id", BIG),
        sa.Column("contract_id", BIG),
        sa.Column("staged", sa.Boolean(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kind_id", BIG),
        sa.Column("process_id", BIG),
        sa.Column("step_id", BIG),
        sa.Column("contact_origin_id", BIG),
        sa.Column("technician_id", BIG),
        sa.Column("opening_classification_id", BIG),
        sa.Column("closing_classification_id", BIG),
        sa.Column("report", sa.String(4000), nullable=False),
        sa.Column("closing_note", sa.String(4000), nullable=False),
        sa.Column("department_id", BIG),
        sa.Column("assignee_id", BIG),
        sa.Column("held_since", MOMENT),
        sa.Column("sla_type", sa.String(12)),
        sa.Column("sla_table_id", BIG),
        sa.Column("started_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("warns_at", MOMENT),
        sa.Column("paused_at", MOMENT),
        sa.Column("pause_reason", sa.String(200), nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by_id", BIG),
        sa.Column("on_time", sa.Boolean()),
        sa.Column("open_orders", BIG, nullable=False),
        sa.Column("gate", sa.String(12)),
        sa.Column("created_by_id", BIG),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_at is not null)", name=op.f("ck_ticket_closed_at")),
        sa.CheckConstraint("gate in ('supervision', 'delivery', 'contest')", name=op.f("ck_ticket_gate")),
        sa.CheckConstraint(
            "paused_at is null or (pause_reason <> '' and status <> 'closed')", name=op.f("ck_ticket_paused_at")
        ),
        sa.CheckConstraint(
            "sla_type in ('preventive', 'emergency', 'corrective', 'doubt', 'activation', 'other')",
            name=op.f("ck_ticket_sla_type"),
        ),
        sa.CheckConstraint(
            "status <> 'closed' or (open_orders = 0 and gate is null)", name=op.f("ck_ticket_held_open")
        ),
        sa.CheckConstraint(
            "status in ('draft', 'awaiting_analysis', 'pending', 'pending_work_order', 'closed')",
            name=op.f("ck_ticket_status"),
        ),
        sa.CheckConstraint(
            "status in ('draft', 'closed') or (started_at is not null and due_at is not null and report <> '' and process_id is not null and step_id is not null and department_id is not null)",
            name=op.f("ck_ticket_started"),
        ),
        sa.CheckConstraint("open_orders >= 0", name=op.f("ck_ticket_open_orders")),
        sa.ForeignKeyConstraint(["assignee_id"], ["operator.id"], name=op.f("fk_ticket_assignee_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["operator.id"], name=op.f("fk_ticket_closed_by_id")),
        sa.ForeignKeyConstraint(
            ["closing_classification_id"],
            ["ticket_classification.id"],
            name=op.f("fk_ticket_closing_classification_id"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_ticket_company_id")),
        sa.ForeignKeyConstraint(["contact_origin_id"], ["contact_origin.id"], name=op.f("fk_ticket_contact_origin_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_ticket_contract_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["operator.id"], name=op.f("fk_ticket_created_by_id")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_ticket_department_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["ticket_kind.id"], name=op.f("fk_ticket_kind_id")),
        sa.ForeignKeyConstraint(
            ["opening_classification_id"],
            ["ticket_classification.id"],
            name=op.f("fk_ticket_opening_classification_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_ticket_process_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_ticket_service_id")),
        sa.ForeignKeyConstraint(["sla_table_id"], ["sla_table.id"], name=op.f("fk_ticket_sla_table_id")),
        sa.ForeignKeyConstraint(["step_id"], ["process_step.id"], name=op.f("fk_ticket_step_id")),
        sa.ForeignKeyConstraint(["technician_id"], ["operator.id"], name=op.f("fk_ticket_technician_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("protocol", name=op.f("uq_ticket_protocol")),
    )
    op.create_index("ix_ticket_assignee_id_status_due_at_id", "ticket", ["assignee_id", "status", "due_at", "id"])
    op.create_index("ix_ticket_closed_at_id", "ticket", ["closed_at", "id"])
    op.create_index("ix_ticket_department_id_status_due_at_id", "ticket", ["department_id", "status", "due_at", "id"])
    op.create_index("ix_ticket_person_id", "ticket", ["person_id"])
    op.create_index("ix_ticket_status_due_at_id", "ticket", ["status", "due_at", "id"])

    op.create_table(
        "comment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.Column("body", sa.String(4000), nullable=False),
        sa.Column("author_kind", sa.String(10), nullable=False),
        sa.Column("author_id", BIG),
        sa.Column("author_name", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_comment_body")),
        sa.CheckConstraint("visibility in ('internal', 'subscriber')", name=op.f("ck_comment_visibility")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_comment_company_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_comment_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_ticket_id_id", "comment", ["ticket_id", "id"])

    op.create_table(
        "ticket_seen",
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("wrote_at", MOMENT),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.Column("draft", sa.String(4000), nullable=False),
        sa.CheckConstraint("visibility in ('internal', 'subscriber')", name=op.f("ck_ticket_seen_visibility")),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_ticket_seen_operator_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_seen_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "operator_id", name=op.f("pk_ticket_seen")),
    )
    op.create_table(
        "ticket_stay",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("step_id", BIG, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.String(120), nullable=False),
        sa.Column("left_at", MOMENT),
        sa.Column("left_by", sa.String(120), nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_ticket_stay_company_id")),
        sa.ForeignKeyConstraint(["step_id"], ["process_step.id"], name=op.f("fk_ticket_stay_step_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_stay_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_stay")),
    )
    op.create_index("ix_ticket_stay_ticket_id_id", "ticket_stay", ["ticket_id", "id"])
    op.create_index(
        "uq_ticket_stay_one_at_a_time",
        "ticket_stay",
        ["ticket_id"],
        unique=True,
        sqlite_where=HERE,
        postgresql_where=HERE,
    )

    op.create_table(
        "watcher",
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"], name=op.f("fk_watcher_operator_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_watcher_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "operator_id", name=op.f("pk_watcher")),
    )
    op.create_index("ix_watcher_operator_id", "watcher", ["operator_id"])

    op.create_table(
        "comment_version",
        sa.Column("comment_id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("body", sa.String(4000), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_version_comment_id")),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comment_version")),
    )
    with op.batch_alter_table("contract") as table:
        table.add_column(sa.Column("sla_table_id", BIG))
        table.create_foreign_key(op.f("fk_contract_sla_table_id"), "sla_table", ["sla_table_id"], ["id"])
    with op.batch_alter_table("sale") as table:
        table.add_column(sa.Column("sla_table_id", BIG))
        table.create_foreign_key(op.f("fk_sale_sla_table_id"), "sla_table", ["sla_table_id"], ["id"])
    op.create_index("ix_event_ticket_id_id", "event", ["ticket_id", "id"])
    _permit(lambda codes: codes + [code for code in PERMISSIONS if code not in codes] if BESIDE in codes else codes)


def downgrade():
    op.execute("delete from counter where key like 'protocol:%'")
    _permit(lambda codes: [code for code in codes if not code.startswith("tickets.")])
    op.drop_index("ix_event_ticket_id_id", "event")
    for name in ("sale", "contract"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_sla_table_id"), type_="foreignkey")
            table.drop_column("sla_table_id")
    for name in ("comment_version", "watcher", "ticket_stay", "ticket_seen", "comment", "ticket"):
        op.drop_table(name)


def _permit(changed):
    """Change what roles may do."""
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))
