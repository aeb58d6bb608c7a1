"""`flask routines`: what happens by itself, listed, run by hand or only rehearsed."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from jobs.timetable import TIMETABLE, by_name
from jobs.timetable import run as run_routine
from models import clock
from models.base import read_only
from models.history import Actor, acting

routines = AppGroup("routines", help="What happens by itself.")


@routines.command("list")
def list_() -> None:
    """Names and how often they run."""
    for routine in TIMETABLE:
        click.echo(f"{routine.name}  every {routine.every}")


@routines.command("run")
@click.argument("name", type=click.Choice([routine.name for routine in TIMETABLE]))
@click.option("--for", "day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were the end of this day.")
@click.option("--dry-run", is_flag=True, help="Only say who would be touched, and why.")
def run(name: str, day: datetime | None, dry_run: bool) -> None:
    """Run a routine now."""
    at = _end_of(day) if day else clock.now()
    if not dry_run:
        click.echo(f"{run_routine(by_name(name), at)} changed")
        return
    with read_only(), acting(Actor("job", None, "Ensaio"), "job"):
        lines = by_name(name).rehearse(at)
    click.echo("\n".join(lines) or "ninguém")


def _end_of(day: datetime) -> datetime:
    return datetime.combine(day.date(), time(23, 59, 59), ZoneInfo(clock.ZONE)).astimezone(UTC)
