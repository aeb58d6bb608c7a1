"""Editar dados da conexão: where it enters, by what, and from which city, with what the network needs to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.base import db
from models.history import track
from models.network.access_concentrator import AccessConcentrator, is_ipv4
from models.operators.catalogue_row import plain
from models.operators.versioned import Versioned
from models.refused import Refused
from models.services import Service
from models.workflows.chosen_row import hold

ZONES = {"urban": "Urbana", "rural": "Rural"}
MEDIA = {
    "fiber": "Fibra",
    "radio": "Rádio",
    "coaxial": "Cabo coaxial",
    "copper": "Par metálico",
    "satellite": "Satélite",
}
# How each medium is used, in the words the regulator counts accesses by; the first is the usual one.
TECHNOLOGIES = {
    "fiber": ("FTTH", "FTTB", "Ethernet"),
    "radio": ("FWA", "Wi-Fi", "LTE"),
    "coaxial": ("HFC",),
    "copper": ("xDSL", "Ethernet"),
    "satellite": ("VSAT",),
}
FACTS = {
    "concentrator_id": "concentrador",
    "medium": "meio",
    "technology": "tecnologia",
    "mac": "MAC",
    "fixed_ipv4": "IP fixo",
    "zone": "zona",
    "ibge_code": "código do IBGE",
}


class ChangesFacts(Versioned):
    """A connection whose facts somebody writes; what it may use is never one of them."""

    if TYPE_CHECKING:
        company_id: Any
        service_id: Any
        concentrator_id: Any

    @property
    def label(self) -> str:
        return f"conexão nº {self.id}"

    def describe(self, version: int | None, **typed: Any) -> None:
        """Write facts of FACTS, None or '' for what is not known, and track which changed.

        Raises Stale when somebody was faster, Refused with a sentence for each wrong field, or for an address that
        another connection has.
        """
        self.require_version(version)
        values = {name: typed.get(name) or None for name in FACTS}
        values["mac"] = mac_of(values["mac"]) or values["mac"]
        if errors := self._errors(values):
            raise Refused(errors=errors)
        changed = [name for name, value in values.items() if getattr(self, name) != value]
        if not changed:
            return
        before = plain(self, changed)
        try:
            with db.session.begin_nested():
                self.take(**values)
        except IntegrityError as error:
            raise Refused("Outra conexão já tem este IP fixo. Escolha um livre.", field="fixed_ipv4") from error
        person_id = db.session.scalar(select(Service.person_id).where(Service.id == self.service_id))
        words, after = ", ".join(FACTS[name] for name in changed), plain(self, changed)
        whose: dict[str, Any] = {"person_id": person_id, "company_id": self.company_id}
        track("connection.described", self, changes=words, before=before, after=after, **whose)

    def _errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = {}
        if new["zone"] not in ZONES:
            errors["zone"] = "Diga se é urbana ou rural."
        if new["medium"] is not None and new["medium"] not in MEDIA:
            errors["medium"] = "Escolha o meio."
        elif new["technology"] not in TECHNOLOGIES.get(new["medium"] or "", (None,)):
            errors["technology"] = _fitting(new["medium"])
        if new["mac"] and not mac_of(new["mac"]):
            errors["mac"] = "O MAC tem seis pares de letras e números. Exemplo: 4C:5E:0C:9A:11:F2."
        if new["fixed_ipv4"] and not is_ipv4(new["fixed_ipv4"]):
            errors["fixed_ipv4"] = "O IP tem quatro números com pontos. Exemplo: 100.64.12.87."
        if new["ibge_code"] and not re.fullmatch("[1-5][0-9]{6}", new["ibge_code"]):
            errors["ibge_code"] = "O código do IBGE da cidade tem sete números. Exemplo: 3106200, Belo Horizonte."
        chosen = new["concentrator_id"]
        if chosen is not None and hold(AccessConcentrator, chosen, self.company_id, self.concentrator_id) is None:
            errors["concentrator_id"] = "Escolha um concentrador em uso desta empresa."
        return errors


def _fitting(medium: str | None) -> str:
    """Which technologies a medium has, as a refusal says it."""
    if medium is None:
        return "Escolha também o meio, ou deixe os dois sem escolher."
    return f"Com {MEDIA[medium].lower()}, escolha {' ou '.join(TECHNOLOGIES[medium])}."


def mac_of(typed: str | None) -> str | None:
    """'4C:5E:0C:9A:11:F2' of six pairs however they are written (decision 038); None for what is none."""
    pairs = re.fullmatch("([0-9A-Fa-f]{12})", re.sub("[-:. ]", "", typed or ""))
    return ":".join(re.findall("..", pairs[1].upper())) if pairs else None
