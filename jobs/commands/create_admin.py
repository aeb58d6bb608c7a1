"""`flask create-admin`: the first company and the first person of an empty installation."""

import click
from flask import current_app
from flask.cli import with_appcontext

from models.base import db
from models.operators.first_run import begin, invite_again, refusal_to_begin
from models.refused import Refused, require
from models.scope import Actor, acting

FIELDS = {"company": "--company", "cnpj": "--cnpj", "name": "--name", "login": "--login"}
TO_TYPE = """
  Ainda não há operadores. Crie a empresa e quem a administra:
    .venv/bin/flask create-admin --company "Meu Provedor" --cnpj 12.345.678/0001-95 \\
      --name "Maria Lima" --login maria.lima
"""


@click.command("create-admin")
@click.option("--company", help="The name subscribers know.")
@click.option("--cnpj", help="The CNPJ of the company.")
@click.option("--name", help="Who administers Enlace.")
@click.option("--login", help="What they type to enter; small letters, digits, dot.")
@with_appcontext
def create_admin(company: str | None, cnpj: str | None, name: str | None, login: str | None) -> None:
    """Create the first company and administrator, and print their one-time link.

    Without options it says what to type. With --login alone it makes a new link, while nobody has entered yet.
    """
    with acting(Actor("job", None, "Instalação"), "job"):
        try:
            if company and cnpj and name and login:
                _hand_over(begin(company.strip(), cnpj, name.strip(), login))
            elif login and not (company or cnpj or name):
                _hand_over(invite_again(login))
            else:
                require(refusal_to_begin())
                click.echo(TO_TYPE, nl=False)
        except Refused as refused:
            raise click.ClickException(_refusal_text(refused)) from refused
        finally:
            db.session.rollback()


def _hand_over(token: str) -> None:
    """The link is shown once: the database keeps only its digest."""
    db.session.commit()
    click.echo("Abra este link em até 3 dias e escolha a senha. Ele vale uma vez:")
    click.echo(f"  {current_app.config['PUBLIC_URL'].rstrip('/')}/convite/{token}")


def _refusal_text(refused: Refused) -> str:
    wrong = [f"{FIELDS.get(field, field)}: {sentence}" for field, sentence in refused.errors.items()]
    return "\n".join(wrong) or refused.sentence
