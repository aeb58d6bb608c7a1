"""an outage may be of a district, gathers tickets, answers them at once, and proposes credits for its hours

Revision ID: 0083
Revises: 0060
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Made again on SQLite, a type keeps counting its numbers, and its primary key its name.
COUNTS = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": {"pk": "pk_%(table_name)s"}}
GIVEN = {"orders.schedule": "network.outages"}
TOLD = "Há uma falha no ponto que atende você. A equipe já está cuidando do conserto."
STILL = sa.text("closed_at is null")
EFFECTS = (
    "apply_access",
    "render_document",
    "review_service",
    "send_notice",
    "send_code",
    "tell_ticket",
    "request_pix",
    "confirm_pix",
    "settle_file",
    "repeat_routine",
    "order_closed",
    "distribute_order",
)
KINDS = ("paid", "reversed", "used", "joined", "given_back", "undone", "refunded", "taken_back")
MOVEMENTS = {
    "kind": (f"kind in {KINDS!r}", f"kind in {(*KINDS, 'outage', 'outage_off')!r}"),
    "sign": (
        "(kind in ('paid','undone','refunded')) = (amount_cents > 0)",
        "(kind in ('paid','undone','refunded','outage')) = (amount_cents > 0)",
    ),
    "undoes_id": (
        "(kind in ('undone','taken_back')) = (undoes_id is not null)",
        "(kind in ('undone','taken_back','outage_off')) = (undoes_id is not null)",
    ),
}
ONCE = "uq_outage_credit_once"
TWICE = "a moment of a service is credited once"


def upgrade():
    _places()
    _tickets()
    _answers()
    _credits()
    _movements(1)
    _kinds((*EFFECTS, "gather_tickets", "answer_outage"))
    _permit(lambda codes: [*codes, *(new for old, new in GIVEN.items() if old in codes and new not in codes)])


def downgrade():
    _permit(lambda codes: [code for code in codes if code not in GIVEN.values()])
    op.execute("delete from effect where kind in ('gather_tickets', 'answer_outage')")
    _kinds(EFFECTS)
    op.drop_table("outage_credit")
    # What an outage gave goes, as far as nobody has used it; the older house has no word for it.
    given = "select coalesce(sum(amount_cents), 0) from credit_entry e where e.credit_id = credit.id"
    given += " and e.kind in ('outage', 'outage_off')"
    enough = f"update credit set balance_cents = balance_cents - ({given}) where balance_cents >= ({given})"
    op.execute(enough)
    op.execute("delete from credit_entry where kind = 'outage_off'")
    op.execute("delete from credit_entry where kind = 'outage'")
    _movements(0)
    op.drop_table("outage_reply")
    op.drop_table("outage_answer")
    op.drop_table("outage_ticket")
    # Those of a district, and the second of a concentrator, have no place in the older house.
    op.execute("delete from outage where concentrator_id is null")
    op.execute(
        "delete from outage where closed_at is null and id not in "
        "(select min(id) from outage where closed_at is null group by concentrator_id)"
    )
    op.drop_index("uq_outage_open", "outage")
    with op.batch_alter_table("outage") as table:
        for name in ("told", "place", "cancelled"):
            table.drop_constraint(op.f(f"ck_outage_{name}"), type_="check")
        table.alter_column("concentrator_id", existing_type=BIG, nullable=False)
        for name in ("place", "name", "district", "city", "state", "told", "credits", "noted_at", "cancelled"):
            table.drop_column(name)
    op.create_index(
        "uq_outage_open", "outage", ["concentrator_id"], unique=True, sqlite_where=STILL, postgresql_where=STILL
    )


def _is_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def _places():
    op.drop_index("uq_outage_open", "outage")
    with op.batch_alter_table("outage") as table:
        table.alter_column("concentrator_id", existing_type=BIG, nullable=True)
        table.add_column(sa.Column("place", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("name", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("district", sa.String(80), nullable=False, server_default=""))
        table.add_column(sa.Column("city", sa.String(80), nullable=False, server_default=""))
        table.add_column(sa.Column("state", sa.String(2), nullable=False, server_default=""))
        table.add_column(sa.Column("told", sa.String(1000), nullable=False, server_default=TOLD))
        table.add_column(sa.Column("credits", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("noted_at", MOMENT))
        table.add_column(sa.Column("cancelled", sa.String(300), nullable=False, server_default=""))
    op.execute(
        "update outage set noted_at = opened_at, place = 'c:' || concentrator_id, "
        "name = (select name from access_concentrator c where c.id = outage.concentrator_id)"
    )
    with op.batch_alter_table("outage") as table:
        table.alter_column("noted_at", existing_type=MOMENT, nullable=False)
        for name in ("place", "name", "district", "city", "state", "told", "credits", "cancelled"):
            table.alter_column(name, server_default=None)
        table.create_check_constraint(op.f("ck_outage_told"), "told <> ''")
        table.create_check_constraint(op.f("ck_outage_place"), "(concentrator_id is null) = (district <> '')")
        table.create_check_constraint(op.f("ck_outage_cancelled"), "cancelled = '' or closed_at is not null")
    op.create_index(
        "uq_outage_open", "outage", ["place", "company_id"], unique=True, sqlite_where=STILL, postgresql_where=STILL
    )


def _tickets():
    op.create_table(
        "outage_ticket",
        sa.Column("id", BIG, nullable=False),
        sa.Column("outage_id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("state", sa.String(4), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("state in ('in', 'out', 'over')", name=op.f("ck_outage_ticket_state")),
        sa.CheckConstraint("how in ('opening', 'itself', 'person')", name=op.f("ck_outage_ticket_how")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_outage_ticket_company_id")),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_outage_ticket_outage_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_outage_ticket_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_ticket")),
        sa.UniqueConstraint("outage_id", "ticket_id", name=op.f("uq_outage_ticket_outage_id_ticket_id")),
    )
    inside = sa.text("state = 'in'")
    op.create_index(
        "uq_outage_ticket_in", "outage_ticket", ["ticket_id"], unique=True, sqlite_where=inside, postgresql_where=inside
    )


def _answers():
    op.create_table(
        "outage_answer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("outage_id", BIG, nullable=False),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.Column("body", sa.String(4000), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=False),
        sa.Column("finishes_id", BIG),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("author_name", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("visibility in ('internal', 'subscriber')", name=op.f("ck_outage_answer_visibility")),
        sa.CheckConstraint("body <> ''", name=op.f("ck_outage_answer_body")),
        sa.CheckConstraint("finishes_id is null or ends", name=op.f("ck_outage_answer_finishes_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_outage_answer_company_id")),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_outage_answer_outage_id")),
        sa.ForeignKeyConstraint(
            ["finishes_id"], ["ticket_classification.id"], name=op.f("fk_outage_answer_finishes_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["operator.id"], name=op.f("fk_outage_answer_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_answer")),
    )
    op.create_index("ix_outage_answer_outage_id_id", "outage_answer", ["outage_id", "id"])
    op.create_table(
        "outage_reply",
        sa.Column("id", BIG, nullable=False),
        sa.Column("answer_id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("finishes", sa.Boolean(), nullable=False),
        sa.Column("comment_id", BIG),
        sa.Column("event_id", BIG),
        sa.Column("refusal", sa.String(300), nullable=False),
        sa.CheckConstraint("state in ('waiting', 'sent', 'refused')", name=op.f("ck_outage_reply_state")),
        sa.CheckConstraint("(state = 'sent') = (comment_id is not null)", name=op.f("ck_outage_reply_comment_id")),
        sa.CheckConstraint("state <> 'refused' or refusal <> ''", name=op.f("ck_outage_reply_refusal")),
        sa.ForeignKeyConstraint(["answer_id"], ["outage_answer.id"], name=op.f("fk_outage_reply_answer_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_outage_reply_ticket_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_outage_reply_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_reply")),
        sa.UniqueConstraint("answer_id", "ticket_id", name=op.f("uq_outage_reply_answer_id_ticket_id")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_outage_reply_comment_id")),
    )
    op.create_index("ix_outage_reply_ticket_id", "outage_reply", ["ticket_id"])


def _credits():
    op.create_table(
        "outage_credit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("outage_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("minutes", BIG, nullable=False),
        sa.Column("days", BIG, nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("credit_entry_id", BIG),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("status in ('proposed', 'confirmed', 'refused')", name=op.f("ck_outage_credit_status")),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("ck_outage_credit_ends_at")),
        sa.CheckConstraint(
            "amount_cents > 0 and minutes > 0 and days between 28 and 31", name=op.f("ck_outage_credit_amount_cents")
        ),
        sa.CheckConstraint(
            "(status = 'confirmed') = (credit_entry_id is not null)", name=op.f("ck_outage_credit_credit_entry_id")
        ),
        sa.CheckConstraint("status <> 'refused' or reason <> ''", name=op.f("ck_outage_credit_reason")),
        sa.CheckConstraint("status = 'proposed' or decided_at is not null", name=op.f("ck_outage_credit_decided_at")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_outage_credit_company_id")),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_outage_credit_outage_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outage_credit_person_id")),
        sa.ForeignKeyConstraint(
            ["company_id", "service_id"],
            ["service.company_id", "service.id"],
            name=op.f("fk_outage_credit_company_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["credit_entry_id"], ["credit_entry.id"], name=op.f("fk_outage_credit_credit_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_credit")),
        sa.UniqueConstraint("credit_entry_id", name=op.f("uq_outage_credit_credit_entry_id")),
        sa.UniqueConstraint(
            "outage_id", "service_id", "begins_at", name=op.f("uq_outage_credit_outage_id_service_id_begins_at")
        ),
    )
    op.create_index("ix_outage_credit_outage_id_status_id", "outage_credit", ["outage_id", "status", "id"])
    op.create_index("ix_outage_credit_service_id_begins_at", "outage_credit", ["service_id", "begins_at"])
    if not _is_sqlite():
        op.execute(
            f"alter table outage_credit add constraint {ONCE} exclude using gist "
            "(int8range(service_id, service_id, '[]') with &&, tstzrange(begins_at, ends_at) with &&) "
            "where (status <> 'refused')"
        )
        return
    for event in ("insert", "update"):
        op.execute(
            f"create trigger {ONCE}_{event} before {event} on outage_credit when new.status <> 'refused' and exists "
            "(select 1 from outage_credit o where o.service_id = new.service_id and o.status <> 'refused' "
            "and o.id is not new.id and o.begins_at < new.ends_at and o.ends_at > new.begins_at) "
            f"begin select raise(abort, '{TWICE}'); end"
        )


def _movements(which):
    with op.batch_alter_table("credit_entry") as table:
        for name, rules in MOVEMENTS.items():
            table.drop_constraint(op.f(f"ck_credit_entry_{name}"), type_="check")
            table.create_check_constraint(op.f(f"ck_credit_entry_{name}"), rules[which])


def _kinds(effects):
    with op.batch_alter_table("effect", **COUNTS) as table:
        table.drop_constraint(op.f("ck_effect_kind"), type_="check")
        table.create_check_constraint(op.f("ck_effect_kind"), f"kind in {effects!r}")


def _permit(changed):
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))
