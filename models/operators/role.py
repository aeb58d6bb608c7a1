"""A role: a named set of permissions. One of them always leaves somebody who administers the house (X-02)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, db, reading
from models.operators.catalogue_row import CatalogueRow
from models.operators.permissions import PERMISSIONS
from models.scope import TODAS, who

ADMIN = "operators.admin"


class Role(CatalogueRow, Base):
    __tablename__ = "role"
    kind: ClassVar[str] = "o perfil"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    permissions: Mapped[list[str]] = mapped_column(JSON, default=list, info={"title": "permissões"})
    inactive_since: Mapped[datetime | None]

    def refusal_to_change(self) -> str | None:
        """Roles are the same in every company."""
        if who().company_id == TODAS:
            return None
        return "Os perfis valem para todas as empresas. Para alterar, troque para TODAS no menu do seu nome."

    def refusal_to_retire(self) -> str | None:
        return self._refusal_to_lose_admin()

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        """Permissions in the order of the list, so that the same set is the same value."""
        if "permissions" not in values:
            return values
        wanted = values["permissions"] or []
        unknown = [code for code in wanted if code not in PERMISSIONS]
        return {**values, "permissions": [code for code in PERMISSIONS if code in wanted] + unknown}

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors, wanted = super().errors(new), new.get("permissions", [])
        if any(code not in PERMISSIONS for code in wanted):
            errors["permissions"] = "Escolha permissões da lista."
        elif ADMIN not in wanted and (refusal := self._refusal_to_lose_admin()):
            errors["permissions"] = refusal
        return errors

    def _refusal_to_lose_admin(self) -> str | None:
        if self.id is None or ADMIN not in self.permissions or administrators(but_role=self.id):
            return None
        return (
            f"Sem este perfil ninguém mais administra empresas, operadores e perfis. "
            f"Antes, dê “{PERMISSIONS[ADMIN]}” a outro perfil que tenha operador ativo."
        )


def roles_with(permissions: Iterable[str]) -> dict[str, list[str]]:
    """For each of these permissions the names of the roles in use that have it: whom to ask, no person is named."""
    rows = db.session.execute(
        select(Role.name, Role.permissions).where(Role.inactive_since.is_(None)).order_by(Role.name)
    )
    roles = [(name, set(permitted)) for name, permitted in rows]
    return {code: [name for name, permitted in roles if code in permitted] for code in permissions}


def administrators(but_role: int | None = None, but_operator: int | None = None) -> int:
    """How many people administer the house, in TODAS and with a password, but for this role or this operator.

    Whoever writes holds the roles until the commit: of two people who give up at once, one stays.
    """
    wanted = select(Role) if reading.get() else select(Role).with_for_update()
    admins = {role.id for role in db.session.scalars(wanted) if ADMIN in role.permissions and role.id != but_role}
    operator, works = (Base.metadata.tables[name].c for name in ("operator", "operator_company"))  # they stand above
    entered = (operator.inactive_since.is_(None), operator.password_hash.is_not(None))
    everywhere = select(works.operator_id).where(works.company_id == TODAS)
    people = db.session.execute(select(operator.id, operator.role_id).where(*entered, operator.id.in_(everywhere)))
    return sum(row.role_id in admins and row.id != but_operator for row in people)
