"""A provider's data survive every upgrade: the demonstration of the first house goes through all migrations."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app import create_app
from models import check, clock
from models.base import Base, db, read_only
from models.scope import Actor, acting

STORED = Path(__file__).parent.parent / "stored"
TAKEN = datetime(2026, 12, 14, 15, tzinfo=UTC)  # when the data were stored: what is late is late since then


@pytest.fixture
def stored(database):
    """An application on the stored database, as it was."""
    url = database.empty()
    script = (STORED / f"first_house_{database.name}.sql").read_text()
    app = create_app(SQLALCHEMY_DATABASE_URI=url)
    with app.app_context():
        if database.name == "sqlite":
            with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
                connection.executescript(script)
        else:
            with db.engine.connect() as connection:
                connection.connection.driver_connection.execute(script)
                connection.connection.driver_connection.commit()
            db.engine.dispose()  # the script leaves its settings in the connection
        yield _revision()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.postgresql
@pytest.mark.slow
def test_the_stored_data_go_up_down_and_up_and_check_finds_nothing(stored):
    for step in (upgrade, lambda: downgrade(revision=stored), upgrade):
        step()
    _holds_what_the_migrations_promise()
    with clock.set_to(TAKEN), acting(Actor("job", None, "Teste"), "job"), read_only():
        assert [finding for _, findings in check.answers() for finding in findings] == []
        db.session.rollback()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def _revision():
    with db.engine.connect() as connection:
        return connection.scalar(text("select version_num from alembic_version"))


def _holds_what_the_migrations_promise():
    """What CHANGELOG says of the rows there were."""
    with db.engine.connect() as connection:
        prints = connection.execute(text("select kind, subject_type, subject_id, title from document")).all()
        assert {(row.kind, row.subject_type) for row in prints} == {
            (kind, kind) for kind in ("contract", "invoice", "carne")
        }
        number = text("select number from invoice where id = :id")
        for row in prints:
            assert row.subject_id
            if row.kind == "invoice":
                assert row.title == f"Fatura {connection.scalar(number, {'id': row.subject_id})}"
        assert connection.execute(text("select noticed_on, cut_on from cut")).all()
        brought = text(
            "select person_id, company_id, sum(credit_cents) from payment where credit_cents > 0 group by 1, 2"
        )
        credits = text("select person_id, company_id, balance_cents from credit")
        assert sorted(connection.execute(brought).all()) == sorted(connection.execute(credits).all())
        sold = text(
            "select s.plan_name, o.name, o.price_cents, (select sum(amount_cents) from service_item i "
            "where i.service_id = s.id and i.starts_on is null) as sold_cents from service s "
            "join offer o on o.id = s.offer_id"
        )
        services = connection.execute(sold).all()
        assert len(services) == connection.scalar(text("select count(*) from service"))
        for row in services:
            assert (row.name, row.price_cents) == (row.plan_name, row.sold_cents)
        on_sale = text("select id from plan where inactive_since is null order by id")
        in_force = text("select plan_id from offer where ended_on is null order by plan_id")
        assert connection.execute(on_sale).all() == connection.execute(in_force).all()
        for name, codes in connection.execute(text("select name, permissions from role")).all():
            assert ("billing.reverse" in codes) is (name in ("Supervisão", "Administrador")), name
