"""history is append-only, and TODAS exists

Revision ID: 0002
Revises: 0001

Two doors stay open: the data of an event may be blanked once, when a person is erased, and events past their
five years may go. A later migration that rebuilds the table on SQLite has to make these triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = (
    "id occurred_at action subject_type subject_id subject_label actor_kind actor_id actor_name channel person_id "
    "ticket_id company_id visibility request_id session_id ip port"
).split()


def upgrade():
    op.execute(
        sa.text(
            "insert into company (id, name, legal_name, cnpj, address, phone, whatsapp, site, brand, zone, due_days, "
            "proration_base, portal_entry, portal_trust_unlock) values (0, 'TODAS', '', '', '', '', '', '', '#0b5f66', "
            "'America/Sao_Paulo', '5,10,15,20,25', '30', '', false)"
        )
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop trigger event_no_update")
        op.execute("drop trigger event_no_delete")
    else:
        op.execute("drop trigger event_kept on event")
        op.execute("drop trigger event_no_truncate on event")
        op.execute("drop function keep_history()")
    op.execute("delete from company where id = 0")


def same(prefix):
    return ", ".join(f"{prefix}.{column}" for column in KEPT)


SQLITE = (
    f"""
create trigger event_no_update before update on event
when old.erased_at is not null or new.erased_at is null or ({same("new")}) is not ({same("old")})
begin select raise(abort, 'history is append-only'); end
""",
    """
create trigger event_no_delete before delete on event
when old.occurred_at > datetime('now', '-5 years')
begin select raise(abort, 'history is append-only'); end
""",
)

POSTGRESQL = (
    f"""
create function keep_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'history is append-only';
  elsif tg_op = 'DELETE' then
    if old.occurred_at > now() - interval '5 years' then raise exception 'history is append-only'; end if;
    return old;
  elsif old.erased_at is not null or new.erased_at is null
    or ({same("new")}) is distinct from ({same("old")}) then
    raise exception 'history is append-only';
  end if;
  return new;
end $$
""",
    "create trigger event_kept before update or delete on event for each row execute function keep_history()",
    "create trigger event_no_truncate before truncate on event for each statement execute function keep_history()",
)
