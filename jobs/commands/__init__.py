"""Commands of `flask`: the worker, the routines, the demo provider, the care of the database."""

from flask import Flask

from jobs.commands import backup, check, demo, routines, worker


def init_app(app: Flask) -> None:
    app.cli.add_command(worker.worker)
    app.cli.add_command(routines.routines)
    app.cli.add_command(demo.demo)
    app.cli.add_command(check.check)
    app.cli.add_command(backup.backup)
    app.cli.add_command(backup.restore)
