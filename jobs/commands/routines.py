"""`flask routines`: what happens by itself, listed, run by hand or only rehearsed."""

from datetime import datetime

import click
from flask.cli import AppGroup

from jobs.timetable import TIMETABLE, by_name
from jobs.timetable import run as run_routine
from models import clock
from models.base import read_only
from models.dunning.hours import words_now
from models.scope import Actor, acting

routines = AppGroup("routines", help="What happens by itself.")


@routines.command("list")
def list_() -> None:
    """Names and how often they run."""
    for routine in TIMETABLE:
        click.echo(f"{routine.name}  every {routine.every}")


@routines.command("run")
@click.argument("name", type=click.Choice([routine.name for routine in TIMETABLE]))
@click.option(
    "--for",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As if it were the end of this day; for the ladder, its noon.",
)
@click.option("--dry-run", is_flag=True, help="Only say who would be touched, and why.")
def run(name: str, day: datetime | None, dry_run: bool) -> None:
    """Run a routine now."""
    if day and not clock.now().year - 10 <= day.year <= clock.now().year + 10:
        raise click.BadParameter("check the year: it is more than ten years away.")
    at = by_name(name).moment_of(day.date()) if day else clock.now()
    if not dry_run:
        if day and day.date() > clock.today():
            raise click.BadParameter("a day that is still to come can only be rehearsed, with --dry-run.")
        if day and name == "dunning" and (night := _night()):
            raise click.BadParameter(night)
        # today is not over yet
        click.echo(f"{run_routine(by_name(name), min(at, clock.now()))} changed")
        return
    with read_only(), clock.set_to(at), acting(Actor("job", None, "Ensaio"), "job"):
        lines = by_name(name).rehearse(at)
    click.echo("\n".join(lines) or "ninguém")


def _night() -> str:
    """Why the ladder makes up for no day at this moment; empty while it is day everywhere."""
    with read_only(), acting(Actor("job", None, "Ensaio"), "job"):
        return words_now()
