"""An action of history: its pt-BR sentence, its exact data keys and who may read it.

A key ending in `_at` holds an ISO moment, `_on` an ISO day, `_cents` centavos, `_document` a CPF or CNPJ;
web/history.py formats them. A number that counts says what: `{titles:boleto}` is '1 boleto' or '12 boletos'.
Sentences begin with a verb: the screen puts the actor's name in front.
"""

from dataclasses import dataclass
from functools import cached_property
from string import Formatter

INTERNAL, SUBSCRIBER = "internal", "subscriber"


@dataclass(frozen=True)
class Action:
    sentence: str
    kind: str  # the filter of Históricos under which it stands
    visibility: str = INTERNAL
    icon: str = "info-circle"
    more: tuple[str, ...] = ()  # data kept but not said in the sentence
    changes: bool = True  # False: its subject stays as it was; read, printed, sent

    @cached_property
    def keys(self) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(self.sentence) if name} | set(self.more)


KINDS = {
    "record": "Cadastro",
    "service": "Serviços",
    "contract": "Contratos",
    "release": "Liberações",
    "money": "Financeiro",
    "ticket": "Atendimentos",
    "order": "Ordens de serviço",
    "phone": "Telefonia e Planner",
    "access": "Acessos",
}
