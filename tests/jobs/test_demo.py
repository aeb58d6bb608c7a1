"""`flask demo --customers N`: a crowd that keeps every rule, on an empty database and around the cast."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import func, select

from app import create_app
from models.base import db as base
from models.collection import BankFile, PixReceipt
from models.collection.file_pages import lines
from models.collection.outgoing import waiting_titles
from models.contracts import Contract
from models.people import Person
from models.scope import acting
from models.services import Service
from tests import cast


def people(db) -> int:
    return db.scalar(select(func.count()).select_from(Person))


@pytest.mark.postgresql
def test_a_crowd_around_the_cast_keeps_every_rule(db, worker, staff):
    before = people(db)
    for size in (1203, 40):
        added = worker.command("demo", "--customers", str(size))
        assert added.exit_code == 0, added.output
    assert people(db) == before + 1243
    checked = worker.command("check")
    assert checked.exit_code == 0, checked.output
    statuses = set(db.scalars(select(Service.status).where(Service.person_id > before)))
    assert statuses == {"active", "suspended_for_debt", "reduced", "cancelled"}

    id = db.scalar(select(func.max(Person.id)))
    name = db.scalar(select(Person.name).where(Person.id == id))
    silvia = staff("silvia.maia")
    page = silvia.get(f"/clientes/{id}")
    assert page.h1 == name
    assert silvia.get(f"/clientes/{id}/historicos").status == 200
    contract = db.scalar(select(func.max(Contract.id)))
    assert silvia.get(f"/contratos/{contract}").status == 200


@pytest.fixture
def empty(database, tmp_path):
    """An application on a database in which nobody is."""
    app = create_app(SQLALCHEMY_DATABASE_URI=database.blank(), FILES=str(tmp_path / "files"))
    yield app
    with app.app_context():
        base.engine.dispose()


MORE = [pytest.param(day, marks=pytest.mark.long) for day in ("2026-12-15", "2026-12-28")]


@pytest.mark.parametrize("day", ["2026-12-01", "2027-01-31", *MORE])
def test_the_first_evening_has_files_and_pix_to_look_at(day, empty, clock):
    """On any day of a month, a Sunday too."""
    with clock(f"{day} 19:00"), empty.app_context():
        for command in (["db", "upgrade"], ["demo"], ["check"]):
            done = empty.test_cli_runner().invoke(args=command)
            assert done.exit_code == 0, done.output
        with acting(cast.INSTALLER, "job"):
            files = select(BankFile.direction, BankFile.status).order_by(BankFile.id)
            assert base.session.execute(files).all() == [
                ("outgoing", "made"),
                ("return", "settled"),
                ("return", "read"),
            ]
            waits = base.session.scalars(select(BankFile.id).where(BankFile.status == "read")).one()
            said = [line.words for line in lines(waits, None, None)]
            assert said == ["Vai baixar", "Vai baixar em parte", "Já está paga", "Título desconhecido"]
            outcomes = set(base.session.scalars(select(PixReceipt.outcome)))
            assert outcomes == {"settled", "divergent", "unknown"}
            assert [row.titles for row in waiting_titles()] > [0], "another remessa can be made"


def test_what_the_next_seller_gets_follows(db, worker):
    """The numbers the crowd took are taken: the next contract has the next one."""
    worker.command("demo", "--customers", "30")
    last = db.scalar(select(func.max(Contract.number)))
    contract = Contract.issue(cast.service(cast.ze()), cast.template("Telefone, sem fidelidade"), cast.clock.today())
    assert contract.number == last + 1


def test_without_a_number_a_full_database_stays_as_it_is(db, worker):
    before = people(db)
    assert "nothing was changed" in worker.command("demo").output
    assert people(db) == before


def test_only_around_the_demonstration_provider(db, worker):
    cast.operator("ana.souza").login = "outra.ana"
    db.commit()
    refused = worker.command("demo", "--customers", "5")
    assert refused.exit_code == 1
    assert "not the demonstration provider" in refused.output


@pytest.mark.long
def test_twenty_thousand_in_less_than_a_minute(db, worker):
    began = time.monotonic()
    assert worker.command("demo", "--customers", "20000").exit_code == 0
    assert time.monotonic() - began < 60
    assert worker.command("check").exit_code == 0
    base.session.rollback()


def test_production_has_no_demonstration(make_app):
    result = make_app(MODE="production").test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    assert "not in production" in result.output
