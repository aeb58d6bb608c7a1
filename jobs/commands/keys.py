"""`flask keys`: the keys that seal secrets in the database."""

import click
from flask.cli import with_appcontext

from models import sealed
from models.base import db
from models.scope import Actor, acting


@click.group()
def keys() -> None:
    """The keys that seal secrets in the database."""


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Put a new key in front and seal every secret with it; the old ones stay in the file, for backups."""
    with acting(Actor("job", None, "Linha de comando"), "job"):
        try:
            done = sealed.rotate()
            db.session.commit()
        except (sealed.SealedError, OSError) as error:
            raise click.ClickException(str(error)) from error
        finally:
            db.session.rollback()
    click.echo(f"{done} secrets sealed with a new key.")
