"""the subscriber's side of tickets: what they ask, are told, have seen and think of it

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back
TOPICS = "('no_internet', 'slow', 'phone', 'billing', 'contest', 'other')"
LEVELS = "('none', 'ends', 'all')"
EFFECTS = (
    "apply_access", "render_document", "review_service", "send_notice", "send_code", "request_pix", "confirm_pix",
    "settle_file", "repeat_routine",
)
NOTICES = ("invoice", "carne", "debt", "paid", "code", "unlock")


def upgrade():
    # A ticket that is there already was begun without a level: nobody chose to tell its customer, so nobody is told.
    with op.batch_alter_table("ticket") as table:
        table.add_column(sa.Column("topic", sa.String(20)))
        table.add_column(sa.Column("previous_id", BIG))
        table.add_column(sa.Column("notify_level", sa.String(5), nullable=False, server_default="none"))
        table.add_column(sa.Column("rating_asked", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_check_constraint(op.f("ck_ticket_topic"), f"topic in {TOPICS}")
        table.create_check_constraint(op.f("ck_ticket_notify_level"), f"notify_level in {LEVELS}")
        table.create_foreign_key(op.f("fk_ticket_previous_id"), "ticket", ["previous_id"], ["id"])
    # A company that has defaults, or follows those of TODAS, tells of start and end from now on.
    with op.batch_alter_table("attend_settings") as table:
        table.add_column(sa.Column("notify_level", sa.String(5), nullable=False, server_default="ends"))
        table.create_check_constraint(op.f("ck_attend_settings_notify_level"), f"notify_level in {LEVELS}")
    for name, column in (("ticket", "notify_level"), ("ticket", "rating_asked"), ("attend_settings", "notify_level")):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)
    op.create_table(
        "ticket_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("kind in ('start', 'end', 'order', 'moved')", name=op.f("ck_ticket_notice_kind")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_notice_ticket_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_ticket_notice_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_notice")),
        sa.UniqueConstraint("event_id", name=op.f("uq_ticket_notice_event_id")),
    )
    op.create_index("ix_ticket_notice_ticket_id_event_id", "ticket_notice", ["ticket_id", "event_id"])
    op.create_table(
        "rating",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("stars", BIG, nullable=False),
        sa.Column("why", sa.String(1000), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("stars between 1 and 5", name=op.f("ck_rating_stars")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_rating_ticket_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_rating_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_rating_ticket_id")),
    )
    op.create_table(
        "customer_seen",
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_customer_seen_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_customer_seen")),
    )
    # What was said before there was a page to read it on is no news.
    op.execute(
        "insert into customer_seen (ticket_id, event_id, seen_at, mailed) "
        "select ticket_id, max(id), null, false from event where ticket_id in (select id from ticket) group by ticket_id"
    )
    _kinds("effect", (*EFFECTS, "tell_ticket"))
    _kinds("notice", (*NOTICES, "ticket"))


def downgrade():
    op.execute("delete from effect where kind = 'tell_ticket'")
    op.execute("delete from notice where kind = 'ticket'")
    _kinds("notice", NOTICES)
    _kinds("effect", EFFECTS)
    for name in ("customer_seen", "rating", "ticket_notice"):
        op.drop_table(name)
    with op.batch_alter_table("attend_settings") as table:
        table.drop_constraint(op.f("ck_attend_settings_notify_level"), type_="check")
        table.drop_column("notify_level")
    with op.batch_alter_table("ticket") as table:
        table.drop_constraint(op.f("fk_ticket_previous_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_ticket_notify_level"), type_="check")
        table.drop_constraint(op.f("ck_ticket_topic"), type_="check")
        for column in ("rating_asked", "notify_level", "previous_id", "topic"):
            table.drop_column(column)


def _kinds(table, kinds):
    counts = {"table_kwargs": {"sqlite_autoincrement": True}, "naming_convention": PK} if table == "effect" else {}
    name, listed = op.f(f"ck_{table}_kind"), ", ".join(repr(kind) for kind in kinds)
    with op.batch_alter_table(table, **counts) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind in ({listed})")
