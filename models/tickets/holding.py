"""Resgatar: who answers for a ticket, and why nobody else acts in it (A-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import clock
from models.base import db, lock
from models.operators import Operator, OperatorCompany, Role
from models.operators.permissions import GROUPS, READING
from models.refused import Refused, Stale, require
from models.scope import TODAS, who
from models.wording import near

DRAFT = "Este atendimento ainda é um rascunho. Termine a abertura dele antes."
OF_ANOTHER = "Este rascunho é de outra pessoa. Peça a ela que o salve, ou abra outro atendimento."
SAVED = "Este atendimento já foi salvo. Abra o atendimento para continuar nele."
CLOSED = "Este atendimento está finalizado. Para agir nele de novo, reabra."
NO_OPERATOR = "Só um operador é responsável por um atendimento. Peça a alguém da equipe que resgate."
FREE = "Ninguém resgatou este atendimento. Clique em Resgatar para agir."


class IsHeld:
    if TYPE_CHECKING:
        id: Any
        version: Any
        status: Any
        assignee_id: Any
        created_by_id: Any
        held_since: Any
        record: Any
        take: Any

    def refusal_to_go_on(self) -> str | None:
        """Why whoever acts cannot go on with the opening: it is over, or somebody else began it."""
        if self.status != "draft":
            return SAVED
        return OF_ANOTHER if self.created_by_id not in (None, _me()) else None

    def refusal_to_claim(self) -> str | None:
        """Why whoever acts cannot become responsible for it."""
        if self.status in ("draft", "closed"):
            return DRAFT if self.status == "draft" else CLOSED
        if _me() is None:
            return NO_OPERATOR
        return "Você já é responsável por este atendimento." if self.assignee_id == _me() else None

    def claim(self, version: int | None = None, *, only_free: bool = False) -> None:
        """Become responsible, also for what somebody else holds, unless `only_free` of many at once.

        Raises Refused; Stale when somebody was faster.
        """
        lock(self)
        if version not in (None, self.version) and self.assignee_id not in (None, _me()):
            raise Stale(f"{holder(self.assignee_id)} resgatou antes de você, {near(self.held_since)}.", fix=self)
        require(self.refusal_to_claim())
        before = holder(self.assignee_id)
        if before and only_free:
            raise Refused(f"Está com {before} desde {near(self.held_since)}. Para assumir, abra o atendimento.")
        self.take(None, assignee_id=_me(), held_since=clock.now())
        if before:
            self.record("ticket.taken_over", holder=before)
        else:
            self.record("ticket.claimed")

    def refusal_to_act(self, holder_name: str | None = None) -> str | None:
        """Why whoever acts may not act in it. `holder_name` of who is responsible, where a page knows it already."""
        if self.status == "draft":
            return self.refusal_to_go_on() or DRAFT
        if self.status == "closed":
            return CLOSED
        if self.assignee_id is None:
            return FREE
        if self.assignee_id == _me():
            return None
        name = holder_name or holder(self.assignee_id)
        return f"Este atendimento está com {name} desde {near(self.held_since)}. Para agir nele, clique em Resgatar."

    def refusal_to_use(self, permission: str, holder_name: str | None = None) -> str | None:
        """Why whoever acts may not do to its customer, from inside it, what needs this permission (A-46).

        Reading needs no rescue, and its own acts have their own questions.
        """
        return None if permission in READING | set(GROUPS["Atendimento"]) else self.refusal_to_act(holder_name)

    def require_held(self) -> None:
        """Raises Refused unless whoever acts is responsible for it."""
        require(self.refusal_to_act())

    def release(self, **values: Any) -> None:
        """Nobody is responsible any more; the sector finds it in its queue."""
        self.take(None, assignee_id=None, held_since=None, **values)


def holder(operator_id: int | None) -> str:
    """The name of who is responsible; empty when nobody is. Raises Refused for an operator who is none."""
    if operator_id is None:
        return ""
    name = db.session.scalar(select(Operator.name).where(Operator.id == operator_id))
    if name is None:
        raise Refused("Esta pessoa não está entre os operadores. Escolha outra.")
    return name


def receivers(company_id: int, permission: str = "tickets.attend") -> list[Operator]:
    """The operators in use who work in a company and may do this there, by name."""
    rows = select(Operator, Role.permissions).join(Role, Role.id == Operator.role_id)
    rows = rows.where(Operator.inactive_since.is_(None)).order_by(Operator.name)
    if company_id != TODAS:
        here = select(OperatorCompany.operator_id).where(OperatorCompany.company_id.in_((TODAS, company_id)))
        rows = rows.where(Operator.id.in_(here))
    return [row for row, permitted in db.session.execute(rows) if permission in permitted]


def _me() -> int | None:
    actor = who().actor
    return actor.id if actor.kind == "operator" else None
