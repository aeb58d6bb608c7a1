"""`flask check`: every invariant asked of the live data, without changing anything."""

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect, text

from models.base import db, read_only
from models.check import answers
from models.scope import Actor, acting

MOST = 50  # findings of one question that are listed; a broken table would fill the screen


@click.command()
@with_appcontext
def check() -> None:
    """Verify every rule on all data; exit code 1 when something is found. Changes nothing."""
    with read_only(), acting(Actor("job", None, "Conferência"), "job"):
        _one_snapshot()
        if not inspect(db.session.connection()).has_table("company"):
            raise click.ClickException("O banco não tem as tabelas do Enlace: rode flask db upgrade.")
        asked, found = 0, 0
        for _, findings in answers():
            asked, found = asked + 1, found + len(findings)
            _list(findings)
        db.session.rollback()
    click.echo(f"{asked} conferências, {found} achados")
    if found:
        raise click.exceptions.Exit(1)


def _list(findings: list[str]) -> None:
    for line in findings[:MOST]:
        click.echo(line)
    if len(findings) > MOST:
        click.echo(f"... e mais {len(findings) - MOST} como estes")


def _one_snapshot() -> None:
    """All questions see the same moment, so that a write in between is no finding. SQLite does so by itself."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        db.session.execute(text("set local statement_timeout = 0"))
