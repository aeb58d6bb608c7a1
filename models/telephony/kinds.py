"""The four things a telephone grows by, in the words of the procedure (U-01, U-02, U-15, U-24)."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    title: str  # the type of upgrade, as the procedure names it
    about: str
    one: str
    many: str
    item_kind: str  # of the composition: STFC or SVA
    item_name: str  # in the composition; a module adds its own name

    def counted(self, count: int) -> str:
        return f"{count} {self.one if count == 1 else self.many}"


KINDS = {
    "line": Kind(
        "Linha nova ou nova portabilidade",
        "Um número novo, para os clientes ligarem. Vai sempre para o Comercial",
        "linha",
        "linhas",
        "stfc",
        "Linha adicional",
    ),
    "extension": Kind(
        "Ramal novo",
        "Um aparelho a mais no telefone que já existe",
        "ramal",
        "ramais",
        "stfc",
        "Ramal adicional",
    ),
    "outbound_channel": Kind(
        "Canal de saída adicional",
        "Mais uma ligação ao mesmo tempo",
        "canal de saída",
        "canais de saída",
        "stfc",
        "Canal de saída adicional",
    ),
    "module": Kind("Módulo adicional", "Gravação, URA, fila de espera", "módulo", "módulos", "sva", "Módulo"),
}

# Customers mix up «linha» and «ramal»: this is asked in these words, and the answer decides which it is (U-02).
QUESTION = (
    "Essa nova linha que você quer, será divulgada para seus clientes ligarem ou será um ramal para instalar no "
    "computador ou telefone de mesa IP?"
)
ANSWERS = {"advertised": "Vai ser divulgada", "device": "É para computador ou telefone IP"}
KIND_OF_ANSWER = {"advertised": "line", "device": "extension"}

PROCEDURES = {"install": "Instalar em telefone IP", "send_data": "Disponibilizar dados do ramal para o cliente"}

MOST = 500  # of one kind in a request: beyond it is a slip of the keyboard
FIRST_EXTENSION = 2000  # the number of a panel's first extension, where none is registered
