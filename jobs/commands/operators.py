"""`flask operators`: the way in for who administers alone and lost phone and recovery codes (B-08)."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from models.base import db
from models.operators import Operator
from models.operators.second_factor import reset
from models.refused import Refused
from models.scope import Actor, acting


@click.group()
def operators() -> None:
    """The provider's people, from the machine itself."""


@operators.command("reset-second-factor")
@click.argument("login")
@click.option("--reason", required=True, help="Why, as history will say it.")
@with_appcontext
def reset_second_factor(login: str, reason: str) -> None:
    """Take the second factor of LOGIN away: they enter with the password and enrol anew. Every session ends."""
    with acting(Actor("job", None, "Linha de comando"), "job"):
        try:
            row = db.session.scalars(select(Operator).where(Operator.login == login.strip().lower())).first()
            if row is None:
                raise Refused("Ninguém tem este usuário.", field="login")
            name = row.name
            reset(row, reason)
            db.session.commit()
        except Refused as refused:
            raise click.ClickException(refused.sentence) from refused
        finally:
            db.session.rollback()
    click.echo(f"{name} entra com a senha e liga a verificação de novo.")
