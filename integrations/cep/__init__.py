"""Addresses by postal code (CEP): C-07 and C-08."""

import re

from integrations.breaker import Breaker
from integrations.cep.address import Address, CepUnavailable, Source
from integrations.cep.fake import FakeCep
from integrations.cep.local import LocalCep
from integrations.cep.online import OnlineCep
from integrations.cep.sources import Cached, Chain, make

__all__ = [
    "Address",
    "Breaker",
    "Cached",
    "CepUnavailable",
    "Chain",
    "FakeCep",
    "LocalCep",
    "OnlineCep",
    "Source",
    "lookup",
    "make",
]


def lookup(source: Source, typed: str) -> Address | None:
    """The address of a CEP as people type it, `35500-120` or `35500120`; None for no or an unknown code.

    Raises CepUnavailable when nobody could be asked: the form then says so and is filled by hand (C-07).
    """
    code = re.fullmatch(r"([0-9]{5})-?([0-9]{3})", typed.strip())
    return source.lookup("".join(code.groups())) if code else None
