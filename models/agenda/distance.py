"""How near two places are, by what an address says and no map: district, then five digits of the CEP, then city."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from models.people.person import searchable

SAME_DISTRICT, SAME_CEP, SAME_CITY, FAR = range(4)
WORDS = {SAME_DISTRICT: "mesmo bairro", SAME_CEP: "mesmo começo de CEP", SAME_CITY: "mesma cidade", FAR: ""}


class Place:
    """Where a visit goes; what of an address is not known is empty, and equals nothing."""

    def __init__(self, street: str = "", number: str = "", district: str = "", cep: str = "", city: str = "") -> None:
        self.street, self.number, self.district, self.cep, self.city = street, number, district, cep, city

    def __bool__(self) -> bool:
        return bool(self.street or self.district or self.city)

    @property
    def line(self) -> str:
        """'Rua da Matriz, 7'."""
        return ", ".join(filter(None, (self.street, self.number)))

    @cached_property
    def compared(self) -> tuple[Any, str, str]:
        """District with its city, five digits, city: each empty when it is not known."""
        city, district = _plain(self.city), _plain(self.district)
        return (district, city) if district else "", self.cep[:5] if len(self.cep) >= 5 else "", city


def distance(one: Place, other: Place) -> int:
    """From SAME_DISTRICT to FAR; the same both ways."""
    for step, (mine, its) in enumerate(zip(one.compared, other.compared, strict=True)):
        if mine and mine == its:
            return step
    return FAR


@lru_cache(10_000)
def _plain(text: str) -> str:
    return searchable(text)
