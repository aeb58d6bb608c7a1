"""`flask demo`: the demonstration provider, the same people the tests know, and a crowd around them."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from models.base import db
from models.operators import Operator
from models.scope import acting


@click.command()
@click.option("--customers", type=click.IntRange(1, 1_000_000), help="Add so many customers more.")
@with_appcontext
def demo(customers: int | None) -> None:
    """Load the demonstration provider into an empty database; with --customers add a crowd to it."""
    if current_app.config["MODE"] == "production":
        raise click.ClickException("The demonstration has a password that everybody knows: not in production.")
    from tests import (
        agenda,
        at_home,
        billed,
        cast,
        contested,
        crowd,
        drawers,
        expressed,
        field,
        heavy,
        listed,
        networked,
        on_site,
        outages,
        planner,
        reported,
        visited,
    )

    logins = _logins()
    if not logins:
        cast.load()
        billed.load(with_bank=True)
        with acting(cast.INSTALLER, "job"):
            planner.load()
            contested.load()
            listed.load()
            reported.load()
            drawers.load()
            heavy.load()
        with acting(cast.INSTALLER, "job"):
            cast.picture()
            cast.dearer()
            cast.second_factor()
            at_home.load()
            field.load()
            visited.load()
            agenda.load()
            on_site.load()
            networked.place()
            networked.load()
            expressed.load()
            outages.load()
            db.session.commit()
        click.echo("Demonstration provider loaded.")
    elif not customers:
        click.echo("The database already has operators: nothing was changed.")
    elif not logins >= set(cast.OPERATORS):
        raise click.ClickException("This is not the demonstration provider: nothing was changed.")
    if customers:
        crowd.load(customers)
        click.echo(f"{customers} customers added.")


def _logins() -> set[str]:
    logins = set(db.session.scalars(select(Operator.login)))
    db.session.rollback()
    return logins
