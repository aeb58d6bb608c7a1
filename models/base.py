"""The engine, the session and the column types. The only file of models/ that knows Flask-SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    BigInteger,
    DateTime,
    Delete,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Update,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.refused import Gone

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def read_only() -> Iterator[None]:
    """Transactions begun inside may not write, on both databases; GET requests run like this.

    Where writing is allowed outside, what was read is let go at the end, so that the next transaction may write. Enter
    it before anything is written.
    """
    before = reading.get()
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)
        if not before:
            db.session.rollback()


@contextmanager
def may_write() -> Iterator[None]:
    """Transactions begun inside may write; posts run like this."""
    token = reading.set(False)
    try:
        yield
    finally:
        reading.reset(token)


def reads_from_here() -> None:
    """Whatever follows in this request only reads: pages are drawn after the commit. The door puts it back."""
    reading.set(True)


class Utc(TypeDecorator[datetime]):
    """Aware UTC in and out, whole seconds. On SQLite the text is the one FreeRADIUS writes."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(DATETIME(truncate_microseconds=True))  # type: ignore[no-untyped-call]
        return super().load_dialect_impl(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        value = value.astimezone(UTC).replace(microsecond=0)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A BIGINT primary key does not count up on SQLite; INTEGER does.
BigInt = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigInt, primary_key=True)]
# A table whose rows can be removed gives no number twice: SQLite would give that of the last row to the next.
KEPT_IDS = {"sqlite_autoincrement": True}
Cents = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Utc, int: BigInt},
    )


class Work(Session):
    """The session. Inside `one_commit` what is committed waits for its end, so that it is one transaction with more."""

    held = asked = False

    def commit(self) -> None:
        if not self.held:
            super().commit()
            return
        self.flush()
        self.expire_all()  # as after any commit
        self.asked = True

    def rollback(self) -> None:
        """What waited is gone, and with it the reason to wait: what follows is committed as it comes."""
        self.held = self.asked = False
        super().rollback()


class Database(SQLAlchemy):
    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Any) -> Engine:
        options = dict(options)
        return make_engine(make_url(options.pop("url")), **options)


db = Database(model_class=Base, disable_autonaming=True, session_options={"class_": Work})


@contextmanager
def one_commit() -> Iterator[Work]:
    """Hold commits back: whoever enters commits, after adding to the same transaction.

    `asked` of what it gives says whether a commit was asked for and nothing was rolled back since.
    """
    session: Any = db.session()
    session.held, session.asked = True, False
    try:
        yield session
    finally:
        session.held = False


def commit_now() -> None:
    """Commit what has to stay whatever follows, such as a counted try. Raises RuntimeError where commits wait."""
    if db.session().held:  # type: ignore[attr-defined]
        raise RuntimeError("what must stay would go with a refusal: this view belongs to web.once.MAKES_NOTHING")
    db.session.commit()


Row = TypeVar("Row")  # a mapped row, or an ability of one


def lock(row: Row) -> Row:
    """Read the row again and hold it until the commit: the anchor of a decision over several rows.

    SQLite needs no row lock, its writing transactions begin immediate. Raises Gone when somebody removed the row.
    """
    db.session.flush()  # refresh would forget what is still unwritten on the row
    try:
        # Not against its key: a row that only points at it, as who looks at a ticket, need not wait, and cannot cross.
        db.session.refresh(row, with_for_update={"key_share": True})
    except InvalidRequestError as error:
        if row not in db.session:
            raise
        raise Gone from error
    return row


def upsert(table: type[Base]) -> postgresql.Insert:
    """An INSERT that may say what happens ON CONFLICT; both databases have the same words for it."""
    of: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement: postgresql.Insert = of.insert(table)
    return statement


def changed(statement: Update | Delete) -> int:
    """Carry out a conditional UPDATE or DELETE; how many rows met its conditions.

    Rows that are loaded already keep what they say: read them again where it matters.
    """
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


def insert_all(table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by their columns, thousands at once. All of them name the same columns."""
    if rows:
        db.session.execute(insert(table.metadata.tables[table.__tablename__]), rows)


def reserve_ids(table: type[Base], count: int) -> list[int]:
    """Ids for rows this transaction is about to insert.

    To have them back with RETURNING, SQLite is sent row by row, and psycopg takes three times as long.
    """
    name = table.__tablename__
    all_rows = {"every_company": "ids are counted over all companies"}
    if db.engine.dialect.name == "sqlite":  # nobody else writes until we commit
        kept = text("select coalesce(max(seq), 0) from sqlite_sequence where name = :name")  # 0: may be given again
        last = max(
            db.session.scalar(select(func.max(table.metadata.tables[name].c.id)), execution_options=all_rows) or 0,
            db.session.scalar(kept, {"name": name}, execution_options=all_rows) or 0,
        )
        return list(range(last + 1, last + 1 + count))
    taken = text("select nextval(pg_get_serial_sequence(:name, 'id')) from generate_series(1, :count)")
    return list(db.session.scalars(taken, {"name": name, "count": count}, execution_options=all_rows))


def make_engine(url: URL, **options: Any) -> Engine:
    """The only engine factory: web, worker, commands and tests."""
    return _sqlite(url, options) if url.get_backend_name() == "sqlite" else _postgresql(url, options)


def _driver(conn: Connection) -> Any:
    """The connection of sqlite3 or psycopg itself."""
    return conn.connection.driver_connection


def _sqlite(url: URL, options: dict[str, Any]) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30}, **options)

    @event.listens_for(engine, "connect")
    def _pragmas(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None  # we send BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",  # else INSERT OR REPLACE passes by the delete trigger of history
            "busy_timeout=30000",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        reads = reading.get()
        if conn.info.get("reads") is not reads:  # most connections do again what they did before
            conn.exec_driver_sql(f"PRAGMA query_only={int(reads)}")
            conn.info["reads"] = reads
        if reads:  # waits for nobody, so there is no error to translate
            _driver(conn).execute("BEGIN")
        else:
            conn.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, options: dict[str, Any]) -> Engine:
    settings = "-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=5000"
    settings += " -c idle_in_transaction_session_timeout=30000"
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args={"options": settings}, **options)

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        driver = _driver(conn)
        if driver.read_only is not reading.get():  # said with BEGIN, not in a statement of its own
            driver.read_only = reading.get()

    return engine
