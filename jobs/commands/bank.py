"""`flask bank`: the arithmetic of banks, proved against worked cases."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from jobs.conformance import Report, report
from jobs.conformance.case import Wrong, shown

bank = AppGroup("bank", help="Boletos, Pix and bank files.")


@bank.command()
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))
def conformance(file: Path) -> None:
    """Calculate every case of FILE.json again from its inputs. Exit code 1 when one diverges, or none is there."""
    found = _report(file)
    for line in (*found.lines, f"{found.checked} conferidos, {found.divergent} divergentes"):
        click.echo(line.encode("utf-8", "replace").decode())  # the file may hold what no terminal can write
    if not found.agrees:
        raise click.exceptions.Exit(1)


def _report(file: Path) -> Report:
    try:
        return report(json.loads(file.read_text("utf-8-sig"), object_pairs_hook=_without_repetition))
    except OSError:
        no = "não consegui abrir. Confira o nome do arquivo."
    except UnicodeDecodeError:
        no = "não está em UTF-8. Grave o arquivo de novo."
    except json.JSONDecodeError as trouble:
        no = f"não é JSON na linha {trouble.lineno}, coluna {trouble.colno}. Corrija o arquivo."
    except Wrong as wrong:
        no = f"{wrong}. Corrija o arquivo."
    except (ValueError, RecursionError):
        no = "tem um número longo demais ou estruturas demais, uma dentro da outra. Corrija o arquivo."
    unread = Report()
    unread.add([f"{file}: {no}"])
    return unread


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, unless a key stands in it twice: the first one would never be looked at."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Wrong(f"a chave {shown(key)} está repetida")
        found[key] = value
    return found
