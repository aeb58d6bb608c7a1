"""`flask bank`: the arithmetic of banks, proved against worked cases."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from jobs.conformance import report

bank = AppGroup("bank", help="Boletos, Pix and bank files.")


@bank.command()
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))
def conformance(file: Path) -> None:
    """Calculate every case of FILE.json again from its inputs; exit code 1 when one diverges. Changes nothing."""
    found = report(_document(file))
    for line in (*found.lines, f"{found.checked} conferidos, {found.divergent} divergentes"):
        click.echo(line.encode("utf-8", "replace").decode())  # the file may hold what no terminal can write
    if found.divergent:
        raise click.exceptions.Exit(1)


def _document(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8-sig"), object_pairs_hook=_without_repetition)
    except OSError:
        raise click.ClickException(f"Não consegui abrir {file}. Confira o nome do arquivo.") from None
    except (ValueError, RecursionError) as trouble:
        raise click.ClickException(f"{file} não é um JSON que se possa ler ({trouble}). Corrija o arquivo.") from None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, unless a key stands in it twice: the first one would never be looked at."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"a chave {key!r} está repetida")
        found[key] = value
    return found
