"""The database itself: whole, with its constraints, the triggers of history and the company TODAS."""

from __future__ import annotations

from sqlalchemy import inspect, select, text

from models.base import Base, db
from models.operators import Company
from models.operators.operator import Operator
from models.operators.role import administrators
from models.scope import TODAS

TRIGGERS = {"sqlite": {"event_no_update", "event_no_delete"}, "postgresql": {"event_kept", "event_no_truncate"}}

_KNOWN_TRIGGERS = {
    "sqlite": "select name from sqlite_master where type = 'trigger' and tbl_name = 'event'",
    "postgresql": "select tgname from pg_trigger where tgrelid = 'event'::regclass and tgenabled in ('O', 'A')",
}
_BROKEN_POSTGRESQL = """
select 'restrição ' || conname || ' de ' || conrelid::regclass || ' não validada' from pg_constraint
where not convalidated and connamespace = current_schema()::regnamespace
union all
select 'índice ' || indexrelid::regclass || ' inválido' from pg_index where not indisvalid
union all
select 'gatilho ' || tgname || ' de ' || tgrelid::regclass || ' desligado' from pg_trigger where tgenabled = 'D'
"""


def is_sound() -> list[str]:
    """SQLite: integrity_check and foreign_key_check. PostgreSQL: nothing was left unvalidated or switched off."""
    if _dialect() == "postgresql":
        return [f"banco: {line}" for line in db.session.scalars(text(_BROKEN_POSTGRESQL))]
    broken = [line for line in db.session.scalars(text("PRAGMA integrity_check")) if line != "ok"]
    orphans = db.session.execute(text("PRAGMA foreign_key_check"))
    return [f"banco: {line}" for line in broken] + [
        f"banco: {row[0]} {row[1]} aponta para {row[2]}, que não existe" for row in orphans
    ]


def has_its_indexes() -> list[str]:
    """Unique indexes carry rules (one open suspension, one release a month), so each of them must be there."""
    schema, missing = inspect(db.session.connection()), []
    for table in Base.metadata.sorted_tables:
        known = {index["name"] for index in schema.get_indexes(table.name)}
        missing += [f"banco: falta o índice {index.name}" for index in table.indexes if index.name not in known]
    return sorted(missing)


def history_is_append_only() -> list[str]:
    known = set(db.session.scalars(text(_KNOWN_TRIGGERS[_dialect()])))
    return [f"banco: falta o gatilho {name} do histórico" for name in sorted(TRIGGERS[_dialect()] - known)]


def todas_exists() -> list[str]:
    """Row 0 stands for every company; without it nothing of all companies could be written (X-01)."""
    name = db.session.scalar(select(Company.name).where(Company.id == TODAS))
    return [] if name == "TODAS" else ["empresa 0: TODAS não existe"]


def somebody_administers() -> list[str]:
    """Unless nobody was ever let in, an active operator may administer the house (X-02)."""
    empty = db.session.scalar(select(Operator.id).limit(1)) is None
    return [] if empty or administrators() else ["operadores: nenhum ativo administra o Enlace"]


def _dialect() -> str:
    return db.engine.dialect.name


QUESTIONS = (is_sound, has_its_indexes, history_is_append_only, todas_exists, somebody_administers)
