"""`flask backup` and `flask restore`: a copy while everything runs, and the way back into an empty place."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from jobs.backups import BackupError, back_up
from jobs.backups import restore as put_back
from models.base import db


@click.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Default: backups/ beside it.")
@with_appcontext
def backup(folder: Path | None) -> None:
    """Copy database, secret and files into one dated file; may run while people work."""
    target = folder or Path(current_app.config["INSTANCE"]) / "backups"
    try:
        file = back_up(db.engine.url, current_app.config["SECRET_KEY"], target)
    except (BackupError, OSError) as error:
        raise click.ClickException(_error_text(error)) from error
    click.echo(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", required=True, help="A new folder (SQLite) or the address of an empty database (PostgreSQL).")
@click.option("--files", type=click.Path(path_type=Path), help="An empty folder for the attached files (PostgreSQL).")
def restore(file: Path, into: str, files: Path | None) -> None:
    """Bring a backup back into an empty place; refuses one that is not empty."""
    try:
        done = put_back(file, into, files)
    except (BackupError, OSError) as error:
        raise click.ClickException(_error_text(error)) from error
    click.echo(f"{done}\nDepois confira: flask check")


def _error_text(error: BackupError | OSError) -> str:
    if isinstance(error, BackupError):
        return str(error)
    return f"Não foi possível escrever: {error}. Confira a pasta, a permissão e o espaço."
