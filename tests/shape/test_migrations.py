"""Only migrations make the schema: what the models promise must be in it, and history stays as it was written."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect, select, text
from sqlalchemy.exc import DatabaseError

from app import create_app
from jobs.retention import PAST
from models import clock
from models.base import Base
from models.base import db as base
from models.history import Event
from models.operators.catalogue_row import CatalogueRow

pytestmark = pytest.mark.postgresql

TABLES = Base.metadata.sorted_tables


@pytest.fixture
def schema(db):
    return inspect(base.engine)


def test_checks_of_the_models_are_in_the_schema(schema):
    found = schema.get_multi_check_constraints()
    for table in TABLES:
        wanted = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
        assert wanted <= {check["name"] for check in found[None, table.name]}, table.name


def test_unique_constraints_and_indexes_are_in_the_schema(schema):
    constraints, found = schema.get_multi_unique_constraints(), schema.get_multi_indexes()
    for table in TABLES:
        unique = {constraint["name"] for constraint in constraints[None, table.name]}
        indexes = {index["name"]: bool(index["unique"]) for index in found[None, table.name]}
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                assert constraint.name in unique | set(indexes), constraint.name
        for index in table.indexes:
            assert indexes.get(index.name) == index.unique, index.name


def test_partial_indexes_are_partial(db, database):
    for index in (index for table in TABLES for index in table.indexes):
        condition = index.dialect_options[database.name]["where"]
        if condition is not None:
            made = db.scalar(text(_definition(database.name)), {"name": index.name})
            assert re.search(r"\bwhere\b", made, re.I), f"{index.name}: {made}"


def _definition(dialect):
    if dialect == "sqlite":
        return "select sql from sqlite_master where type = 'index' and name = :name"
    return "select indexdef from pg_indexes where indexname = :name"


def test_everything_has_a_name(schema):
    for table in TABLES:
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"


@pytest.mark.slow
def test_up_down_up_and_no_difference(database):
    """Both directions of every migration, then a schema that equals the models."""
    app = create_app(SQLALCHEMY_DATABASE_URI=database.empty())
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(base.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        with base.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        base.engine.dispose()


@pytest.mark.slow
def test_a_brand_that_is_no_colour_becomes_the_usual_one(database):
    app = create_app(SQLALCHEMY_DATABASE_URI=database.empty())
    with app.app_context():
        upgrade(revision="0005")
        for found, kept in (("azul", "#0b5f66"), ("#0B5F6g", "#0b5f66"), ("#8A2BE2", "#8A2BE2")):
            with base.engine.begin() as connection:
                connection.execute(text("update company set brand = :brand"), {"brand": found})
            upgrade(revision="0006")
            with base.engine.connect() as connection:
                assert connection.scalar(text("select brand from company")) == kept
            downgrade(revision="0005")
        base.engine.dispose()


# ---- history


@pytest.fixture
def written(db):
    """The id of an event."""
    return db.scalar(select(Event.id).order_by(Event.id).limit(1))


REFUSED = (
    "update event set reason = 'outra coisa' where id = :id",
    "update event set data = '{}' where id = :id",
    "update event set actor_name = 'Ninguém', erased_at = :now where id = :id",
    "delete from event where id = :id",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_history_may_not_be_changed(db, written, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(text(statement), {"id": written, "now": clock.now().replace(tzinfo=None)})
    db.rollback()


def test_history_may_not_be_replaced_or_emptied(db, database, written):
    columns = ", ".join(column.name for column in Event.__table__.columns)
    if database.name == "sqlite":
        statements = [f"insert or replace into event ({columns}) select {columns} from event where id = {written}"]
    else:
        statements = ["truncate event", "truncate event cascade"]
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"):
            db.execute(text(statement))
        db.rollback()


def test_the_data_of_an_erased_person_go_once(db, written):
    erase = text("update event set data = '{}', erased_at = :now where id = :id")
    values = {"id": written, "now": clock.now().replace(tzinfo=None)}
    db.execute(erase, values)
    db.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(erase, values)
    db.rollback()


def test_what_is_past_its_years_may_go(db, clock):
    from models.history import track
    from tests import cast

    with clock("2020-03-01 10:00"):
        old = track("person.document_read", cast.rita())
        db.commit()
    db.execute(text("delete from event where id = :id"), {"id": old.id})
    db.commit()


# ---- numbers of rows that can be removed


def test_the_number_of_a_removed_row_is_not_given_again(db, database):
    """Every row with a door to remove it, and what the retention clears: an old page would speak of another row."""
    goes = [table for table in TABLES if table.primary_key.columns.keys() == ["id"] and _may_go(table)]
    assert len(goes) > 15
    for table in goes:
        assert table.dialect_options["sqlite"]["autoincrement"], table.name
        if database.name == "sqlite":
            made = db.scalar(text("select sql from sqlite_master where name = :name"), {"name": table.name})
            assert "AUTOINCREMENT" in made, table.name


def _may_go(table):
    mapped = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    return issubclass(mapped, CatalogueRow) or table.name in PAST


@pytest.mark.slow
def test_numbers_go_on_behind_what_history_names(database):
    if database.name != "sqlite":
        pytest.skip("a sequence never goes back")
    app = create_app(SQLALCHEMY_DATABASE_URI=database.empty())
    with app.app_context():
        upgrade(revision="0013")
        with base.engine.begin() as connection:
            connection.execute(text("insert into tag (id, name, version) values (3, 'Fidelidade', 1)"))
            connection.execute(text(_removed(7)))
        upgrade()
        with base.engine.begin() as connection:
            added = "insert into tag (name, version) values ('VIP', 1) returning id"
            assert connection.scalar(text(added)) == 8
            connection.execute(text("delete from tag where id = 8"))
        downgrade(revision="0013")
        upgrade()
        base.engine.dispose()


def _removed(id):
    columns = {column.name: "''" for column in Event.__table__.columns if not column.nullable and column.name != "id"}
    columns |= {"actor_kind": "'job'", "channel": "'job'", "visibility": "'internal'", "company_id": 0}
    columns |= {"occurred_at": "'2026-11-20 12:00:00'", "subject_type": "'tag'", "subject_id": id, "data": "'{}'"}
    return f"insert into event ({', '.join(columns)}) values ({', '.join(map(str, columns.values()))})"
