"""offers: every published edition of a plan has a code and never changes; services keep what they were sold with

Revision ID: 0033
Revises: 0032

What was sold before gets its offers from the name, speeds and composition the services have: an edition for each that
differs, ended on the day it was sold last, and one in force for each plan on sale. On SQLite a later batch operation
on `offer` drops the triggers, and has to make them anew.
"""

import json
import unicodedata
from datetime import UTC, datetime
from itertools import chain
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PK = {"pk": "pk_%(table_name)s"}  # the primary key of a table that counts by itself has no name: it gets it back
INDEXES = ("IST", "IPCA", "IGP-M")
IN_FORCE = sa.text("ended_on is null")
LETTERS = frozenset("ABCDEFGHJKMNPQRSTUVWXYZ")
KEPT = (
    "id company_id edition code name technology download_mbps upload_mbps extensions outbound_channels price_cents "
    "installation_fee_cents loyalty_months benefit benefit_cents readjust_index readjust_months valid_from"
).split()


def upgrade():
    with op.batch_alter_table("plan", naming_convention=PK, **_again(sqlite_autoincrement=True)) as table:
        table.add_column(sa.Column("installation_fee_cents", sa.BigInteger()))
        table.add_column(sa.Column("readjust_index", sa.String(10), nullable=False, server_default="IST"))
        table.add_column(sa.Column("readjust_months", BIG, nullable=False, server_default="12"))
        table.create_check_constraint(op.f("ck_plan_installation_fee_cents"), "installation_fee_cents >= 0")
        table.create_check_constraint(op.f("ck_plan_readjust_index"), f"readjust_index in {INDEXES!r}")
        table.create_check_constraint(op.f("ck_plan_readjust_months"), "readjust_months >= 12")
    op.create_table(
        "offer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("plan_id", BIG),
        sa.Column("edition", BIG, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("technology", sa.String(10), nullable=False),
        sa.Column("download_mbps", BIG, nullable=False),
        sa.Column("upload_mbps", BIG, nullable=False),
        sa.Column("extensions", BIG, nullable=False),
        sa.Column("outbound_channels", BIG, nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("installation_fee_cents", sa.BigInteger()),
        sa.Column("loyalty_months", BIG, nullable=False),
        sa.Column("benefit", sa.String(120), nullable=False),
        sa.Column("benefit_cents", sa.BigInteger(), nullable=False),
        sa.Column("readjust_index", sa.String(10), nullable=False),
        sa.Column("readjust_months", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("company_id", BIG, nullable=False),
        sa.CheckConstraint("edition > 0", name=op.f("ck_offer_edition")),
        sa.CheckConstraint("price_cents > 0", name=op.f("ck_offer_price_cents")),
        sa.CheckConstraint("readjust_months >= 12", name=op.f("ck_offer_readjust_months")),
        sa.CheckConstraint(f"readjust_index in {INDEXES!r}", name=op.f("ck_offer_readjust_index")),
        sa.CheckConstraint("ended_on is null or ended_on >= valid_from", name=op.f("ck_offer_ended_on")),
        sa.CheckConstraint("ended_on is not null or plan_id is not null", name=op.f("ck_offer_removed")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_offer_plan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_offer_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("code", name=op.f("uq_offer_code")),
        sa.UniqueConstraint("plan_id", "edition", name=op.f("uq_offer_plan_id_edition")),
    )
    op.create_index(
        "uq_offer_in_force", "offer", ["plan_id"], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
    )
    op.create_index("ix_offer_ended_on", "offer", ["ended_on"])
    with op.batch_alter_table("service") as table:
        table.add_column(sa.Column("offer_id", BIG))
    _offers_of_what_was_sold()
    with op.batch_alter_table("service") as table:
        table.alter_column("offer_id", existing_type=BIG, nullable=False)
        table.create_foreign_key(op.f("fk_service_offer_id"), "offer", ["offer_id"], ["id"])
    op.create_index("ix_service_offer_id", "service", ["offer_id"])
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade():
    if _is_sqlite():
        op.execute("drop trigger offer_no_update")
        op.execute("drop trigger offer_no_delete")
    else:
        op.execute("drop trigger offer_kept on offer")
        op.execute("drop trigger offer_no_truncate on offer")
        op.execute("drop function keep_offers()")
    op.drop_index("ix_service_offer_id", "service")
    with op.batch_alter_table("service") as table:
        table.drop_constraint(op.f("fk_service_offer_id"), type_="foreignkey")
        table.drop_column("offer_id")
    op.drop_table("offer")
    with op.batch_alter_table("plan", naming_convention=PK, **_again(sqlite_autoincrement=True)) as table:
        for name in ("installation_fee_cents", "readjust_index", "readjust_months"):
            table.drop_constraint(op.f(f"ck_plan_{name}"), type_="check")
            table.drop_column(name)


def _is_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def _again(**how):
    """SQLite makes the table again, so that it counts as said."""
    return {"recreate": "always", "table_kwargs": how} if _is_sqlite() else {}


def _offers_of_what_was_sold():
    """An edition for each way a plan was sold, the first sold first; the one it is sold in now comes last."""
    bind = op.get_bind()
    companies = {row.id: row for row in bind.execute(sa.text("select id, name, zone from company"))}
    plans = bind.execute(
        sa.text(
            "select p.id, p.company_id, p.name, p.technology, p.download_mbps, p.upload_mbps, p.extensions, "
            "p.outbound_channels, p.inactive_since, coalesce(t.loyalty_months, 0) as loyalty_months, "
            "coalesce(t.benefit, '') as benefit, coalesce(t.benefit_cents, 0) as benefit_cents "
            "from plan p left join contract_template t on t.id = p.contract_template_id order by p.id"
        ).columns(inactive_since=sa.DateTime(timezone=True))
    ).all()
    items = _items("select plan_id, kind, name, amount_cents from plan_item order by plan_id, position")
    sold = _items(
        "select service_id, kind, name, amount_cents from service_item where starts_on is null "
        "order by service_id, position"
    )
    services = {}
    for row in bind.execute(
        sa.text(
            "select id, plan_id, plan_name as name, technology, download_mbps, upload_mbps, sold_on from service "
            "order by sold_on, id"
        ).columns(sold_on=sa.Date())
    ):
        services.setdefault(row.plan_id, []).append(row)
    for plan in plans:
        company = companies[plan.company_id]
        today = datetime.now(ZoneInfo(company.zone)).date()
        now = (plan.name, plan.technology, plan.download_mbps, plan.upload_mbps, json.dumps(items.get(plan.id, [])))
        ways = {}
        for row in services.get(plan.id, []):
            way = (row.name, row.technology, row.download_mbps, row.upload_mbps, json.dumps(sold.get(row.id, [])))
            ways.setdefault(way, []).append(row)
        current = ways.pop(now, [])
        for number, (way, rows) in enumerate([*ways.items(), (now, current)], 1):
            is_current = way == now
            last = max((row.sold_on for row in rows), default=today)
            if is_current:
                last = _day(plan.inactive_since, company.zone) if plan.inactive_since else None
            first = min((row.sold_on for row in rows), default=last or today)
            _publish(plan, company, number, way, first, max(last, first) if last else None, [row.id for row in rows])


def _publish(plan, company, number, way, first, last, service_ids):
    name, technology, download, upload, items = way
    price = sum(cents for _, _, cents in json.loads(items))
    if not price:  # nothing that could be sold
        if service_ids:
            raise RuntimeError(f"services without composition: {service_ids[:10]}")
        return
    bind = op.get_bind()
    values = {
        "plan_id": plan.id,
        "company_id": plan.company_id,
        "edition": number,
        "code": _code(company.name, plan.id, number),
        "name": name,
        "technology": technology,
        "download_mbps": download,
        "upload_mbps": upload,
        "extensions": plan.extensions,
        "outbound_channels": plan.outbound_channels,
        "price_cents": price,
        "items": items,
        "loyalty_months": plan.loyalty_months,
        "benefit": plan.benefit,
        "benefit_cents": plan.benefit_cents,
        "readjust_index": "IST",
        "readjust_months": 12,
        "valid_from": first.isoformat(),
        "ended_on": last.isoformat() if last else None,
    }
    columns = ", ".join(values)
    binds = ", ".join(_bind(name) for name in values)
    offer_id = bind.execute(sa.text(f"insert into offer ({columns}) values ({binds}) returning id"), values).scalar_one()
    tell = sa.text("update service set offer_id = :offer where id = :service")
    if service_ids:
        bind.execute(tell, [{"offer": offer_id, "service": id} for id in service_ids])


def _bind(name):
    kinds = {"items": "json", "valid_from": "date", "ended_on": "date"}
    return f":{name}" if _is_sqlite() or name not in kinds else f"cast(:{name} as {kinds[name]})"


def _items(query):
    found = {}
    for of, kind, name, cents in op.get_bind().execute(sa.text(query)):
        found.setdefault(of, []).append([kind, name, cents])
    return found


def _day(moment, zone):
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(ZoneInfo(zone)).date()


def _code(company, plan_id, edition):
    plain = unicodedata.normalize("NFKD", company.upper())
    words = ["".join(letter for letter in word if letter in LETTERS) for word in plain.split()]
    letters = [*(word[0] for word in words if word), *chain(*(word[1:] for word in words[:1])), "X", "X"]
    return f"{''.join(letters[:2])}{plan_id}-{edition}"


def _same(prefix, items):
    return ", ".join([f"{prefix}.{column}" for column in KEPT] + [items.format(prefix)])


# Two things may happen to an offer: it ends, once, and its plan may be removed after that.
SQLITE = (
    f"""
create trigger offer_no_update before update on offer
when ({_same("new", "{}.items")}) is not ({_same("old", "{}.items")})
  or (old.ended_on is not null and new.ended_on is not old.ended_on)
  or (new.plan_id is not old.plan_id and new.plan_id is not null)
begin select raise(abort, 'an offer never changes'); end
""",
    "create trigger offer_no_delete before delete on offer begin select raise(abort, 'an offer never changes'); end",
)
POSTGRESQL = (
    f"""
create function keep_offers() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'an offer never changes';
  elsif ({_same("new", "{}.items::text")}) is distinct from ({_same("old", "{}.items::text")})
    or (old.ended_on is not null and new.ended_on is distinct from old.ended_on)
    or (new.plan_id is distinct from old.plan_id and new.plan_id is not null) then
    raise exception 'an offer never changes';
  end if;
  return new;
end $$
""",
    "create trigger offer_kept before update or delete on offer for each row execute function keep_offers()",
    "create trigger offer_no_truncate before truncate on offer for each statement execute function keep_offers()",
)
