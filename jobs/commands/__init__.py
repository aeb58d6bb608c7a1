"""Commands of `flask`: worker and routines, the first run, the demo provider, the care of the database."""

from flask import Flask

from jobs.commands import backup, bank, check, create_admin, demo, keys, operators, pix, routines, worker


def init_app(app: Flask) -> None:
    app.cli.add_command(worker.worker)
    app.cli.add_command(routines.routines)
    app.cli.add_command(demo.demo)
    app.cli.add_command(check.check)
    app.cli.add_command(backup.backup)
    app.cli.add_command(backup.restore)
    app.cli.add_command(create_admin.create_admin)
    app.cli.add_command(operators.operators)
    app.cli.add_command(keys.keys)
    app.cli.add_command(bank.bank)
    app.cli.add_command(pix.pix)
