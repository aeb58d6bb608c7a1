"""`flask demo`: the demonstration provider, the same people the tests know."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from models.base import db
from models.operators import Operator


@click.command()
@with_appcontext
def demo() -> None:
    """Load the demonstration provider into an empty database; does nothing otherwise."""
    if db.session.scalar(select(Operator.id).limit(1)):
        click.echo("The database already has operators: nothing was changed.")
        return
    db.session.rollback()
    from tests import cast

    cast.load()
    click.echo("Demonstration provider loaded.")
