"""`flask worker`: effects and routines, until it is told to stop."""

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from jobs.worker import Worker
from models.base import db
from models.outbox import Effect
from web import pdf


@click.command()
@click.option("--drain", is_flag=True, help="Do what is due now and leave.")
@with_appcontext
def worker(drain: bool) -> None:
    """Carry out effects and routines."""
    if _has_no_tables():
        raise click.ClickException("This database has no tables yet: run `flask db upgrade` first.")
    if drain:
        click.echo(f"{Worker().drain()} effects")
        return
    pdf.warm()
    Worker().run()


def _has_no_tables() -> bool:
    """A database that does not answer is another matter: the worker waits for it."""
    try:
        return not inspect(db.engine).has_table(Effect.__tablename__)
    except DBAPIError:
        return False
