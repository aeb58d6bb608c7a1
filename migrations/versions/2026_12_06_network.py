"""the network's own facts: connections with a login, concentrators, accounting as FreeRADIUS writes it, usage, outages

Revision ID: 0040
Revises: 0037

A connection that is there gets a login from its customer's name and the number of its service, which no other has. A
service may have several from now on; on the way back only its first remains. Usage is counted by a trigger on the
accounting: on SQLite a later batch operation on `radius_session` drops it, and has to make it anew.
"""

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0037"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = ("active", "reduced", "blocked", "disabled")
PAIRS = (
    "medium is null or (medium = 'fiber' and technology in ('FTTH', 'FTTB', 'Ethernet')) or "
    "(medium = 'radio' and technology in ('FWA', 'Wi-Fi', 'LTE')) or (medium = 'coaxial' and technology in ('HFC')) or "
    "(medium = 'copper' and technology in ('xDSL', 'Ethernet')) or (medium = 'satellite' and technology in ('VSAT'))"
)
CHECKS = {
    "access_state": f"access_state in {STATES!r}",
    "zone": "zone in ('urban','rural')",
    "login": "login <> ''",
    "medium": PAIRS,
    "technology": "(medium is null) = (technology is null)",
}
MEDIA = {"fiber": ("fiber", "FTTH"), "radio": ("radio", "FWA"), "cable": ("coaxial", "HFC")}
NEW = ("login", "mac", "fixed_ipv4", "concentrator_id", "medium", "technology", "ibge_code", "zone", "access_reason")
GIVEN = {"tickets.read": "network.read", "tickets.attend": "network.change"}

# What grew since the row was last written, never below nothing, into the hour it was told in and into the traffic now.
SQLITE = """
create trigger radius_session_counted_{event} after {event} on radius_session
when new.connection_id is not null
begin
  insert into usage_hour (connection_id, hour, up_bytes, down_bytes, online_seconds)
  values (new.connection_id, strftime('%Y-%m-%d %H:00:00', new.updated_at), {up}, {down}, {seconds})
  on conflict (connection_id, hour) do update set up_bytes = up_bytes + excluded.up_bytes,
    down_bytes = down_bytes + excluded.down_bytes, online_seconds = online_seconds + excluded.online_seconds;
  insert into traffic (session_id, seconds, up_bytes, down_bytes)
  select new.id, {seconds}, {up}, {down} where {seconds} > 0 and new.stopped_at is null
  on conflict (session_id) do update
    set seconds = excluded.seconds, up_bytes = excluded.up_bytes, down_bytes = excluded.down_bytes;
  delete from traffic where session_id = new.id and new.stopped_at is not null;
end
"""
POSTGRESQL = (
    """
create function count_usage() returns trigger language plpgsql security definer set search_path from current as $$
declare
  more_seconds bigint := greatest(new.seconds - case when tg_op = 'UPDATE' then old.seconds else 0 end, 0);
  more_up bigint := greatest(new.up_bytes - case when tg_op = 'UPDATE' then old.up_bytes else 0 end, 0);
  more_down bigint := greatest(new.down_bytes - case when tg_op = 'UPDATE' then old.down_bytes else 0 end, 0);
begin
  insert into usage_hour as known (connection_id, hour, up_bytes, down_bytes, online_seconds)
  values (new.connection_id, date_trunc('hour', new.updated_at, 'UTC'), more_up, more_down, more_seconds)
  on conflict (connection_id, hour) do update set up_bytes = known.up_bytes + excluded.up_bytes,
    down_bytes = known.down_bytes + excluded.down_bytes,
    online_seconds = known.online_seconds + excluded.online_seconds;
  if new.stopped_at is not null then
    delete from traffic where session_id = new.id;
  elsif more_seconds > 0 then
    insert into traffic (session_id, seconds, up_bytes, down_bytes)
    values (new.id, more_seconds, more_up, more_down)
    on conflict (session_id) do update
      set seconds = excluded.seconds, up_bytes = excluded.up_bytes, down_bytes = excluded.down_bytes;
  end if;
  return null;
end $$
""",
    "create trigger radius_session_counted after insert or update on radius_session "
    "for each row when (new.connection_id is not null) execute function count_usage()",
    # Room on each page for the row an interim writes anew, so that it stays where it is (decision 038).
    "alter table radius_session set (fillfactor = 80)",
)


def upgrade():
    _concentrators()
    with op.batch_alter_table("connection") as table:
        table.drop_constraint(op.f("uq_connection_service_id"), type_="unique")
        table.drop_constraint(op.f("ck_connection_applied_access"), type_="check")
        table.alter_column("applied_access", new_column_name="access_state")
        table.alter_column("applied_at", new_column_name="access_since")
        table.add_column(sa.Column("access_reason", sa.String(500), nullable=False, server_default=""))
        table.add_column(sa.Column("login", sa.String(64)))
        table.add_column(sa.Column("mac", sa.String(17)))
        table.add_column(sa.Column("fixed_ipv4", sa.String(15)))
        table.add_column(sa.Column("concentrator_id", BIG))
        table.add_column(sa.Column("medium", sa.String(10)))
        table.add_column(sa.Column("technology", sa.String(10)))
        table.add_column(sa.Column("ibge_code", sa.String(7)))
        table.add_column(sa.Column("zone", sa.String(5), nullable=False, server_default="urban"))
        table.add_column(sa.Column("created_at", MOMENT))
        table.add_column(sa.Column("version", BIG, nullable=False, server_default="1"))
    _name_connections()
    with op.batch_alter_table("connection") as table:
        for column, kind in (("login", sa.String(64)), ("created_at", MOMENT)):
            table.alter_column(column, existing_type=kind, nullable=False)
        for column in ("access_reason", "zone", "version"):
            table.alter_column(column, server_default=None)
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_connection_{name}"), rule)
        table.create_unique_constraint(op.f("uq_connection_login"), ["login"])
        table.create_unique_constraint(op.f("uq_connection_fixed_ipv4"), ["fixed_ipv4"])
        table.create_unique_constraint(op.f("uq_connection_company_id_id"), ["company_id", "id"])
        table.create_foreign_key(
            op.f("fk_connection_concentrator_id"), "access_concentrator", ["concentrator_id"], ["id"]
        )
    op.create_index("ix_connection_service_id", "connection", ["service_id"])
    op.create_index("ix_connection_concentrator_id", "connection", ["concentrator_id"])
    _accounting()
    _usage()
    _outages()
    _permit(lambda codes: [*codes, *(new for old, new in GIVEN.items() if old in codes and new not in codes)])


def downgrade():
    _permit(lambda codes: [code for code in codes if code not in GIVEN.values()])
    op.drop_table("outage")
    op.execute("delete from counter where key = 'outage'")
    op.drop_table("traffic")
    op.drop_table("usage_day")
    op.drop_table("usage_hour")
    op.drop_table("radius_auth_log")
    op.drop_table("radius_session")
    if not _is_sqlite():
        op.execute("drop function count_usage()")
    op.execute(
        "delete from connection where id not in (select min(id) from connection group by service_id)"
    )
    op.drop_index("ix_connection_concentrator_id", "connection")
    op.drop_index("ix_connection_service_id", "connection")
    with op.batch_alter_table("connection") as table:
        table.drop_constraint(op.f("fk_connection_concentrator_id"), type_="foreignkey")
        for name in ("login", "fixed_ipv4", "company_id_id"):
            table.drop_constraint(op.f(f"uq_connection_{name}"), type_="unique")
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_connection_{name}"), type_="check")
        for column in (*NEW, "created_at", "version"):
            table.drop_column(column)
        table.alter_column("access_state", new_column_name="applied_access")
        table.alter_column("access_since", new_column_name="applied_at")
    with op.batch_alter_table("connection") as table:
        table.create_check_constraint(op.f("ck_connection_applied_access"), f"applied_access in {STATES!r}")
        table.create_unique_constraint(op.f("uq_connection_service_id"), ["service_id"])
    op.drop_table("access_concentrator")


def _is_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def _concentrators():
    op.create_table(
        "access_concentrator",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("vendor", sa.String(10), nullable=False),
        sa.Column("address", sa.String(15), nullable=False),
        sa.Column("inactive_since", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint(
            "vendor in ('mikrotik', 'huawei', 'juniper', 'cisco', 'other')", name=op.f("ck_access_concentrator_vendor")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_access_concentrator_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_concentrator")),
        sa.UniqueConstraint("name", name=op.f("uq_access_concentrator_name")),
        sa.UniqueConstraint("address", name=op.f("uq_access_concentrator_address")),
        sqlite_autoincrement=True,
    )


def _name_connections():
    """A login for each connection, by what it was called for before: customer and service."""
    bind = op.get_bind()
    connection = sa.table("connection", *(sa.column(name) for name in ("id", *NEW, "created_at")))
    rows = bind.execute(
        sa.text(
            "select c.id, s.id as service_id, s.technology, s.created_at, p.name, p.trade_name, u.reason, "
            "c.access_state from connection c join service s on s.id = c.service_id join person p on p.id = s.person_id "
            "left join suspension u on u.service_id = s.id and u.ended_at is null order by c.id"
        )
    ).all()
    values = [
        {
            "of": row.id,
            "new_login": _login(row.trade_name or row.name, row.service_id),
            "new_medium": MEDIA.get(row.technology, (None, None))[0],
            "new_technology": MEDIA.get(row.technology, (None, None))[1],
            "new_reason": (row.reason or "") if row.access_state != "active" else "",
            "new_created": row.created_at,
        }
        for row in rows
    ]
    if values:
        bind.execute(
            sa.update(connection)
            .where(connection.c.id == sa.bindparam("of"))
            .values(
                login=sa.bindparam("new_login"),
                medium=sa.bindparam("new_medium"),
                technology=sa.bindparam("new_technology"),
                access_reason=sa.bindparam("new_reason"),
                created_at=sa.bindparam("new_created"),
            ),
            values,
        )


def _login(name, service_id):
    plain = unicodedata.normalize("NFKD", name.lower())
    words = re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    words = [word for word in words if word not in ("ltda", "me", "epp", "eireli", "sa")] or ["cliente"]
    return f"{words[0][:20]}{'.' + words[-1][:20] if len(words) > 1 else ''}.{service_id}"


def _accounting():
    op.create_table(
        "radius_session",
        sa.Column("id", BIG, nullable=False),
        sa.Column("unique_id", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("connection_id", BIG),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("nas_address", sa.String(15), nullable=False),
        sa.Column("nas_port_id", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(17)),
        sa.Column("ipv4", sa.String(15)),
        sa.Column("ipv6_prefix", sa.String(43)),
        sa.Column("delegated_prefix", sa.String(43)),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT),
        sa.Column("seconds", BIG, nullable=False, server_default="0"),
        sa.Column("up_bytes", BIG, nullable=False, server_default="0"),
        sa.Column("down_bytes", BIG, nullable=False, server_default="0"),
        sa.Column("stop_cause", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_radius_session")),
        sa.UniqueConstraint("unique_id", name=op.f("uq_radius_session_unique_id")),
        sqlite_autoincrement=True,
    )
    still = sa.text("stopped_at is null")
    for name, column in (("open", "connection_id"), ("open_nas", "nas_address")):
        op.create_index(f"ix_radius_session_{name}", "radius_session", [column], sqlite_where=still, postgresql_where=still)
    for first in ("connection_id", "ipv4"):
        op.create_index(f"ix_radius_session_{first}_started_at", "radius_session", [first, "started_at"])
    op.create_table(
        "radius_auth_log",
        sa.Column("id", BIG, nullable=False),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False, server_default=""),
        sa.Column("nas_address", sa.String(15), nullable=False),
        sa.Column("mac", sa.String(17)),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("result in ('Access-Accept','Access-Reject')", name=op.f("ck_radius_auth_log_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_radius_auth_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_radius_auth_log_login_at", "radius_auth_log", ["login", "at"])


def _usage():
    for name, period, kind in (("usage_hour", "hour", MOMENT), ("usage_day", "day", sa.Date())):
        op.create_table(
            name,
            sa.Column("connection_id", BIG, autoincrement=False, nullable=False),
            sa.Column(period, kind, nullable=False),
            *(sa.Column(column, BIG, nullable=False) for column in ("up_bytes", "down_bytes", "online_seconds")),
            sa.PrimaryKeyConstraint("connection_id", period, name=op.f(f"pk_{name}")),
        )
    op.create_table(
        "traffic",
        sa.Column("session_id", BIG, autoincrement=False, nullable=False),
        *(sa.Column(column, BIG, nullable=False) for column in ("seconds", "up_bytes", "down_bytes")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_traffic")),
    )
    bind = op.get_bind()
    if not _is_sqlite():
        for statement in POSTGRESQL:
            bind.exec_driver_sql(statement)
        return
    for event in ("insert", "update"):
        old = "old.{}" if event == "update" else "0"
        grew = {
            name: f"max(new.{column} - {old.format(column)}, 0)"
            for name, column in (("up", "up_bytes"), ("down", "down_bytes"), ("seconds", "seconds"))
        }
        bind.exec_driver_sql(SQLITE.format(event=event, **grew))


def _outages():
    op.create_table(
        "outage",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", BIG, nullable=False),
        sa.Column("concentrator_id", BIG, nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("forecast", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("version", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("cause <> ''", name=op.f("ck_outage_cause")),
        sa.CheckConstraint("closed_at >= opened_at", name=op.f("ck_outage_closed_at")),
        sa.CheckConstraint("forecast > opened_at", name=op.f("ck_outage_forecast")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_outage_company_id")),
        sa.ForeignKeyConstraint(
            ["concentrator_id"], ["access_concentrator.id"], name=op.f("fk_outage_concentrator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
        sa.UniqueConstraint("code", name=op.f("uq_outage_code")),
    )
    still = sa.text("closed_at is null")
    op.create_index(
        "uq_outage_open", "outage", ["concentrator_id"], unique=True, sqlite_where=still, postgresql_where=still
    )
    op.create_index("ix_outage_concentrator_id_opened_at", "outage", ["concentrator_id", "opened_at"])


def _permit(changed):
    connection = op.get_bind()
    role = sa.table("role", sa.column("id", BIG), sa.column("permissions", sa.JSON))
    for row in connection.execute(sa.select(role)).all():
        codes = row.permissions if isinstance(row.permissions, list) else json.loads(row.permissions)
        if changed(codes) != codes:
            connection.execute(sa.update(role).where(role.c.id == row.id).values(permissions=changed(codes)))
