"""What a button other than Avançar asks of a step: the same page with something changed. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from staff.sales.ceps import fill_in, prefix_of
from staff.sales.forms import Step

Pressed = Mapping[str, str]


def redrawn(slug: str, form: Step, pressed: Pressed) -> dict[str, Any] | None:
    """Change the form as asked and give what its page shows beside it; None when Avançar was pressed."""
    act = REDRAWS.get(slug)
    return act(form, pressed) if act else None


def other_kind(form: Any, pressed: Pressed) -> dict[str, Any] | None:
    """Pessoa Física or Jurídica (C-02)."""
    if "tipo" not in pressed:
        return None
    form.kind.data = "organization" if pressed["tipo"] == "organization" else "individual"
    form.name_by_kind()
    return {}


def looked_up(form: Any, pressed: Pressed) -> dict[str, Any] | None:
    """Buscar CEP, without JavaScript (C-07)."""
    if "procurar" not in pressed:
        return None
    prefix = prefix_of(pressed["procurar"])
    return {f"{prefix}found": fill_in(form, prefix)}


def other_contracts(form: Any, pressed: Pressed) -> dict[str, Any] | None:
    """Adicionar or Tirar (C-12)."""
    chosen, added = form.templates.data, pressed.get("adicionar", "")
    if "tirar" in pressed:
        form.templates.data = [id for id in chosen if str(id) != pressed["tirar"]]
    elif "acao" not in pressed:
        return None
    elif added.isdecimal() and len(added) < 19:
        form.templates.data = sorted({*chosen, int(added)})
    return {}


def with_hours(form: Any, pressed: Pressed) -> dict[str, Any] | None:
    """The hours the technician has taken on the chosen day, without JavaScript; the page draws them itself."""
    return {} if "ver" in pressed else None


REDRAWS: dict[str, Callable[[Any, Pressed], dict[str, Any] | None]] = {
    "dados": other_kind,
    "endereco": looked_up,
    "contrato": other_contracts,
    "instalacao": with_hours,
}
