"""Commands of `flask`: the worker, the routines, the demo provider."""

from flask import Flask

from jobs.commands import demo, routines, worker


def init_app(app: Flask) -> None:
    app.cli.add_command(worker.worker)
    app.cli.add_command(routines.routines)
    app.cli.add_command(demo.demo)
