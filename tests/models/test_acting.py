"""Whatever the form of a statement, it sees the rows of the acting company and of TODAS, or it is refused (X-01)."""

import re
from datetime import date

import pytest
from sqlalchemy import (
    and_,
    bindparam,
    case,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    table,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.orm import aliased, join

from models.base import db as base
from models.operators import Company
from models.people import Contact, Person, Tag
from models.scope import TODAS, Actor, NobodyActing, Unfiltered, acting
from models.services import Service
from tests import cast
from web.settings import ROOT

BARE = Person.__table__
MINE, OTHER = aliased(Person), aliased(Person)


def _ids():
    return select(Person.id)


def _tree():
    first = _ids().where(Person.name != "").cte(recursive=True)
    return first.union(select(Person.id).join(first, first.c.id == Person.id))


# Every form answers with ids of persons.
REACHED = {
    "class": select(Person).with_only_columns(Person.id),
    "entity": select(Person),
    "column": _ids(),
    "alias": select(MINE.id),
    "alias of a subquery": select(aliased(Person, select(Person).subquery()).id),
    "subquery": select(_ids().subquery().c.id),
    "subquery joined": select(_ids().subquery().c.id).join(Company, Company.id >= 0).distinct(),
    "cte": select(_ids().cte().c.id),
    "recursive cte": select(_tree().c.id),
    "union": union(_ids(), _ids()),
    "union inside": select(union_all(_ids(), _ids().where(literal(False))).subquery().c.id),
    "union of entities": select(Person).from_statement(union(select(Person), select(Person))),
    "inner join": select(Person.id).join(Company, Company.id == Person.company_id),
    "joined to": select(Person.id).select_from(Company).join(Person, Person.company_id == Company.id),
    "outer join": select(Person.id)
    .select_from(Company)
    .outerjoin(Person, and_(Person.company_id == Company.id, or_(Person.id > 0, Person.name != "")))
    .where(Person.id.is_not(None)),
    "two aliases": select(MINE.id).join(OTHER, OTHER.id == MINE.id),
    "the class and its table": select(Person.id).where(BARE.c.id == Person.id),
}

# Every form answers with how many persons there are, or with one row for each.
COUNTED = {
    "count": select(func.count(Person.id)),
    "count of a class": select(func.count()).select_from(Person),
    "count by condition": select(func.count()).where(Person.id > 0),
    "count of a subquery": select(func.count()).select_from(_ids().subquery()),
    "scalar subquery": select(select(func.count(Person.id)).scalar_subquery()),
    "scalar subquery of another": select(select(func.count(Person.id)).scalar_subquery()).where(Company.id == 0),
    "sum of a case": select(func.sum(case((Person.id > 0, 1), else_=0))),
    "in": select(func.count(Contact.person_id.distinct())).where(Contact.person_id.in_(_ids())),
    "exists": select(func.count(Contact.person_id.distinct())).where(exists().where(Person.id == Contact.person_id)),
}

WRITTEN = {
    "update": update(Person).values(since=date(2026, 1, 1)),
    "update by another": update(Person).where(Person.company_id == Company.id).values(search_text=Company.name),
    "update of another": update(Contact)
    .where(Contact.kind == "mobile", Contact.person_id.in_(_ids()))
    .values(value="9"),
    "delete of another": delete(Contact).where(Contact.kind == "mobile", Contact.person_id.in_(_ids())),
    "insert from": insert(Tag).from_select(["name"], select(Person.document)),
}

REFUSED = {
    "table": select(BARE),
    "column of a table": select(BARE.c.id),
    "alias of a table": select(BARE.alias().c.id),
    "count of a table": select(func.count()).select_from(BARE),
    "table by its name": select(table("person", column("id"))),
    "cte of a table": select(select(BARE.c.id).cte().c.id),
    "table joined to a class": select(Company.id).select_from(join(Company, BARE, BARE.c.company_id == Company.id)),
    "table beside a class": select(Service.id).join(BARE, BARE.c.id == Service.person_id),
    "table beside an alias of its class": select(MINE.id).join(BARE, BARE.c.id == MINE.id),
    "table in a subquery of a class": select(Service.id).where(Service.person_id.in_(select(BARE.c.id))),
    "table that exists": select(Company.id).where(exists().where(BARE.c.company_id == Company.id)),
    "insert from a table": insert(Contact).from_select(["person_id"], select(BARE.c.id)),
    "update of a table": update(BARE).values(name="x"),
    "update from another class": update(Company).where(Person.company_id == Company.id).values(name=Person.name),
    "updates by id": update(Person),
    "updates of a table": update(BARE).where(BARE.c.id == bindparam("one")),
    "delete in a table": delete(BARE),
    "text": text("select id from person"),
    "text as a table": select(column("id")).select_from(text("person")),
    "text of entities": select(Person).from_statement(text("select * from person")),
}
ROWS = {"updates by id": [{"id": 1, "name": "x"}], "updates of a table": [{"one": 1, "name": "x"}]}


def _in(company_id):
    return acting(Actor("job", None, "Teste"), "job", company_id)


def _scopes(db):
    """Each company, then TODAS, then one again: with what each may see. A statement is compiled for each anew."""
    rows = db.execute(select(Person.id, Person.company_id)).all()
    first, second = cast.vale_claro().id, cast.serra_azul().id
    for company in (first, second, TODAS, first):
        yield company, sorted(row.id for row in rows if TODAS in (company, row.company_id) or row.company_id == company)


def test_a_statement_sees_what_its_company_may(db):
    for company, seen in _scopes(db):
        with _in(company):
            for form, statement in REACHED.items():
                rows = db.scalars(statement).all()
                assert sorted(getattr(row, "id", row) for row in rows) == seen, (form, company)


def test_a_statement_counts_what_its_company_may_see(db):
    for company, seen in _scopes(db):
        with _in(company):
            for form, statement in COUNTED.items():
                assert db.scalar(statement) == len(seen), (form, company)


@pytest.mark.postgresql
def test_a_statement_writes_what_its_company_may(db):
    for company, seen in _scopes(db):
        with _in(company):
            for form, statement in WRITTEN.items():
                written = db.execute(statement, execution_options={"preserve_rowcount": True})
                assert written.rowcount == len(seen), (form, company)
                db.rollback()


def test_where_the_filter_does_not_reach_it_is_refused(db):
    company = cast.vale_claro().id
    for form, statement in REFUSED.items():
        if statement.is_select:
            db.execute(statement).all()  # what was put together for TODAS is not used again for a company
        with _in(company):
            for _ in range(2):
                with pytest.raises(Unfiltered, match="every_company="):
                    pytest.fail(f"{form}: {db.execute(statement, ROWS.get(form))}")


def test_a_statement_may_say_why_it_sees_every_company(db):
    everybody = db.scalars(_ids()).all()
    with _in(cast.vale_claro().id):
        for rows in (_ids(), select(BARE.c.id), text("select id from person")):
            told = rows.execution_options(every_company="who is asked about may be anywhere")
            assert sorted(db.scalars(told)) == sorted(everybody)
            assert sorted(db.scalars(rows, execution_options={"every_company": "the same"})) == sorted(everybody)
        assert len(db.scalars(_ids()).all()) < len(everybody)


def test_where_nobody_acts_nothing_is_seen(app):
    for form, statement in (REACHED | COUNTED).items():
        with app.app_context(), pytest.raises(NobodyActing):
            pytest.fail(f"{form}: {base.session.execute(statement)}")


def test_where_nobody_acts_what_belongs_to_no_company_is_seen(app):
    with app.app_context():
        assert base.session.scalar(select(func.count(Company.id))) > 1


def test_a_row_of_another_company_is_not_loaded_and_a_loaded_one_is_read_again(db):
    theirs = cast.mar_azul()
    id = theirs.id
    with _in(cast.vale_claro().id):
        db.refresh(theirs)
        db.expunge_all()
        assert db.get(Person, id) is None


def test_nothing_goes_round_the_session():
    """What the filter cannot see: connections, rows by their mappings, columns that are written as text."""
    passing = re.compile(r"session\.connection\(|engine\.(connect|begin)\(|\.bulk_\w+\(|literal_column\(")
    found = {
        str(path.relative_to(ROOT))
        for room in ("models", "web", "staff", "portal", "webhooks", "jobs")
        for path in (ROOT / room).rglob("*.py")
        if passing.search(path.read_text())
    }
    about_all = {"jobs/backups/postgresql.py", "jobs/commands/check.py", "models/check/database.py"}
    filters = {"models/scope/company_filter.py"}
    assert found <= about_all | filters, f"{found - about_all}: ask through the session, which knows the company"
