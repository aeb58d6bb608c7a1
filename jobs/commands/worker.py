"""`flask worker`: effects and routines, until it is told to stop."""

import click
from flask.cli import with_appcontext

from jobs.worker import Worker
from web import pdf


@click.command()
@click.option("--drain", is_flag=True, help="Do what is due now and leave.")
@with_appcontext
def worker(drain: bool) -> None:
    """Carry out effects and routines."""
    if drain:
        click.echo(f"{Worker().drain()} effects")
        return
    pdf.warm()
    Worker().run()
