"""Whose turn it is: each step of the procedure belongs to a sector, whatever its people's roles (U-04, U-05, U-25)."""

from __future__ import annotations

from collections.abc import Callable

from models.operators import DUTIES, Department, own_department
from models.refused import Refused, require

_STEP = {
    "sales": "negocia com o cliente e lança o pedido",
    "support": "cria e instala",
    "finance": "ajusta o contrato",
}
Step = Callable[..., str | None]  # `refusal_to_step`, or what a page of many rows kept of its answers
NO_SECTOR = "Nenhum setor tem o papel «{duty}». Peça a quem administra: Configuração, Setores."


def of(name: str) -> str:
    """'do Suporte', 'da Supervisão'."""
    return f"{'da' if name.endswith(('a', 'ão')) else 'do'} {name}"


def sector(duty: str) -> Department:
    """The sector with this duty. Raises Refused where nobody has it."""
    found = Department.with_duty(duty)
    if found is None:
        raise Refused(NO_SECTOR.format(duty=DUTIES[duty]))
    return found


def refusal_to_step(*duties: str, mine: Department | None = None) -> str | None:
    """Why the sector of whoever acts does not do this step; `mine` where it is known already."""
    mine = mine or own_department()
    if mine is not None and mine.duty in duties:
        return None
    names = [found.name for duty in duties if (found := Department.with_duty(duty))]
    if not names:
        return NO_SECTOR.format(duty=DUTIES[duties[0]])
    does = _STEP[duties[0]] if len(duties) == 1 else "faz isto" if len(names) == 1 else "fazem isto"
    who = f"Só {of(names[0]).removeprefix('d')}" if len(names) == 1 else " ou ".join(names)
    return f"{who} {does}. {_yours(mine)}"


def _yours(mine: Department | None) -> str:
    return f"O seu setor é {mine.name}: aqui você só consulta." if mine else "Aqui você só consulta."


def require_step(*duties: str) -> Department:
    """The sector of whoever acts. Raises Refused unless it has one of these duties."""
    mine = own_department()
    require(refusal_to_step(*duties, mine=mine))
    assert mine is not None  # noqa: S101 — nobody without a sector has a duty
    return mine
