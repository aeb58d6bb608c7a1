"""An operator: one of the provider's people, with a role, a department and the companies they work in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Select, String, and_, bindparam, delete, inspect, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models import clock
from models.base import Base, Id, db, reading
from models.history import track
from models.operators.catalogue_row import CatalogueRow, every, plain
from models.operators.company import Company
from models.operators.department import Department
from models.operators.login_session import LoginSession
from models.operators.password import hashed, matches, refusal_to_password
from models.operators.role import ADMIN, Role, administrators
from models.operators.token import digest, new_token
from models.refused import Refused
from models.scope import TODAS, Actor, acting, who

INVITATION = timedelta(days=3)


class OperatorCompany(Base):
    """Where an operator may work. Company 0 means: in all of them."""

    __tablename__ = "operator_company"

    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True)


class Operator(CatalogueRow, Base):
    __tablename__ = "operator"
    kind: ClassVar[str] = "o operador"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80), info={"title": "nome"})
    login: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "usuário"})
    email: Mapped[str] = mapped_column(String(120), default="", info={"title": "e-mail"})
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), info={"title": "perfil"})
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), info={"title": "setor"})
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"), info={"title": "supervisor"})
    seller: Mapped[bool] = mapped_column(default=False, info={"title": "vendedor"})
    technician: Mapped[bool] = mapped_column(default=False, info={"title": "técnico"})
    invite_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invite_until: Mapped[datetime | None]
    inactive_since: Mapped[datetime | None]

    role: Mapped[Role] = relationship(lazy="raise_on_sql")
    department: Mapped[Department] = relationship(lazy="raise_on_sql")
    places: Mapped[list[OperatorCompany]] = relationship(  # for lists, which ask it of every row
        viewonly=True, lazy="raise_on_sql", order_by=OperatorCompany.company_id
    )

    def invite(self, company_ids: list[int]) -> str:
        """Add the operator (once) and return the token of a link, good for three days, to choose a password.

        Raises Refused for whatever is wrong in the details, without a company, or when inactive.
        """
        if self.inactive_since:
            raise Refused(f"{self.name} está inativo. Reative antes de enviar um convite.")
        every(self._write, lambda: self.work_in(company_ids))
        token = new_token()
        self.invite_hash, self.invite_until = digest(token), clock.now() + INVITATION
        track("operator.invited", self, name=self.name)
        return token

    def _write(self) -> None:
        for key, value in self.checked(self._present()).items():
            setattr(self, key, value)
        db.session.add(self)
        db.session.flush()

    def work_in(self, company_ids: list[int]) -> None:
        """Set the companies; TODAS stands alone. Every open session ends, since its scope has changed."""
        if not company_ids:
            raise Refused("Escolha ao menos uma empresa.", field="companies")
        if refusal := refusal_to_reach(company_ids):
            raise Refused(refusal, field="companies")
        if self.id is None:
            return  # its details were refused
        wanted = [TODAS] if TODAS in company_ids else sorted(set(company_ids))
        if len(_names(wanted)) < len(wanted):
            raise Refused("Escolha empresas da lista.", field="companies")
        if TODAS not in wanted and (refusal := self._refusal_to_leave_todas()):
            raise Refused(refusal, field="companies")
        had = self.company_ids()
        if wanted == had:
            return
        db.session.execute(delete(OperatorCompany).where(OperatorCompany.operator_id == self.id))
        db.session.add_all(OperatorCompany(operator_id=self.id, company_id=id) for id in wanted)
        if had:
            self.take()
            before, after = {"companies": _names(had)}, {"companies": _names(wanted)}
            track("operator.changed", self, name=self.name, changes="empresas", before=before, after=after)
        LoginSession.revoke_all("staff", self.id)

    def company_ids(self) -> list[int]:
        if "places" not in inspect(self).unloaded:
            return [place.company_id for place in self.places]
        mine = select(OperatorCompany.company_id).where(OperatorCompany.operator_id == self.id)
        return list(db.session.scalars(mine.order_by(OperatorCompany.company_id)))

    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        """In one company: those who work there."""
        mine = who().company_id
        here = select(OperatorCompany.operator_id).where(OperatorCompany.company_id.in_((TODAS, mine)))
        return [] if mine == TODAS else [cls.id.in_(here)]

    def refusal_to_change(self) -> str | None:
        """Whoever works in one company administers those who work only there."""
        return refusal_to_reach(self.company_ids()) if self.id is not None else None

    def refusal_to_retire(self) -> str | None:
        actor = who().actor
        if actor.kind == "operator" and actor.id == self.id:
            return "Você não pode inativar a si mesmo. Peça a outra pessoa que administra o Enlace."
        return None

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            key: (value or "").strip().lower() if key in ("login", "email") else value for key, value in values.items()
        }

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new) | self._name_errors(new.get("login", ""), new.get("email", ""))
        for field, table, sentence in (
            ("role_id", Role, "Escolha o perfil."),
            ("department_id", Department, "Escolha o setor."),
        ):
            kept = self.id is not None and new.get(field) == getattr(self, field)
            if not kept and not _in_use(table, new.get(field)):
                errors[field] = sentence
        if refusal := self._refusal_to_supervisor(new.get("supervisor_id")):
            errors["supervisor_id"] = refusal
        if "role_id" not in errors and (refusal := self._refusal_to_role(new["role_id"])):
            errors["role_id"] = refusal
        return errors

    def _name_errors(self, login: str, email: str) -> dict[str, str]:
        errors = {}
        if not re.fullmatch(r"[a-z0-9._-]{3,60}", login):
            errors["login"] = "Use de 3 a 60 letras, números, ponto ou traço. Exemplo: ana.souza"
        elif self._another(Operator.login == login):
            errors["login"] = "Este usuário já existe. Escolha outro."
        if email and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}", email):
            errors["email"] = "Confira o e-mail. Exemplo: ana@exemplo.com.br"
        elif email and (other := self._another(Operator.email == email)):
            errors["email"] = f"Este e-mail já é de {other}. Cada operador entra com o seu."
        return errors

    def _another(self, bears: ColumnElement[bool]) -> str | None:
        """The name of another operator who bears this login or e-mail."""
        with db.session.no_autoflush:
            rows = db.session.execute(select(Operator.id, Operator.name).where(bears))
            return next((row.name for row in rows if row.id != self.id), None)

    def _refusal_to_supervisor(self, id: int | None) -> str | None:
        """Another operator in use, who does not answer to this one, however far."""
        if id is None or (self.id is not None and id == self.supervisor_id):
            return None
        offered = select(Operator).where(Operator.id == id, Operator.inactive_since.is_(None), *Operator.seen())
        above = db.session.scalars(offered).first() if isinstance(id, int) else None
        if above is None:
            return "Escolha o supervisor na lista."
        if not reading.get():
            db.session.execute(select(Operator.id).with_for_update()).all()  # two edits at once would close a ring
        met: set[int] = set()
        while above is not None and self.id is not None and above.id not in met:
            if above.id == self.id:
                return f"{self.name} não pode responder a si, nem a quem responde a {self.name}. Escolha outra pessoa."
            met.add(above.id)
            above = db.session.get(Operator, above.supervisor_id) if above.supervisor_id else None
        return None

    def _refusal_to_leave_todas(self) -> str | None:
        """Roles, companies and TODAS itself are administered from TODAS alone."""
        mine = db.session.get_one(Role, self.role_id)
        if ADMIN not in mine.permissions or TODAS not in self.company_ids() or administrators(but_operator=self.id):
            return None
        return f"{self.name} é a única pessoa que administra o Enlace em TODAS. Dê antes TODAS e o perfil a outra."

    def _refusal_to_role(self, role_id: int) -> str | None:
        """The last one who administers the house keeps a role that may."""
        if self.id is None or role_id == self.role_id or self.inactive_since:
            return None
        old, new = db.session.get_one(Role, self.role_id), db.session.get_one(Role, role_id)
        if ADMIN not in old.permissions or ADMIN in new.permissions or administrators(but_operator=self.id):
            return None
        return f"{self.name} é a única pessoa que administra o Enlace. Dê antes um perfil que administra a outra."

    def change(self, version: int | None = None, **values: Any) -> None:
        """Change details. A new role ends every open session.

        Raises Stale when somebody was faster, Refused with the sentence of every wrong field.
        """
        self.require_version(version)
        values = self.checked(values)
        changed = [key for key, value in values.items() if getattr(self, key) != value]
        if not changed:
            return
        before = plain(self, changed)
        for key in changed:
            setattr(self, key, values[key])
        self.take()
        if "role_id" in changed:
            LoginSession.revoke_all("staff", self.id)
        words, after = ", ".join(self.titles(changed)), plain(self, changed)
        track("operator.changed", self, name=self.name, changes=words, before=before, after=after)

    def retire(self) -> None:
        """Every open session ends. Raises Refused for oneself."""
        super().retire()
        LoginSession.revoke_all("staff", self.id)

    def set_password(self, password: str) -> None:
        """Raises Refused for a password that is short, common or contains the login. Ends every session."""
        require_password(password, [self.login, self.name])
        self.password_hash, self.invite_hash, self.invite_until = hashed(password), None, None
        LoginSession.revoke_all("staff", self.id)
        with acting(Actor("operator", self.id, self.name), "staff"):
            track("operator.password_set", self)

    def companies(self) -> list[Company]:
        """Where the operator may work now; those in TODAS may also choose a single company."""
        mine = select(OperatorCompany.company_id).where(OperatorCompany.operator_id == self.id)
        ids = set(db.session.scalars(mine))
        every = select(Company).where(Company.inactive_since.is_(None)).order_by(Company.id)
        return [company for company in db.session.scalars(every) if TODAS in ids or company.id in ids]


def _names(company_ids: list[int]) -> list[str]:
    rows = select(Company.name).where(Company.id.in_(company_ids)).order_by(Company.id)
    return list(db.session.scalars(rows, execution_options={"every_company": "the companies of one operator"}))


def who_may(permission: str, company_id: int, most: int = 2) -> list[str]:
    """The names of the first people who may do something in a company: whom somebody who may not has to ask."""
    here = select(OperatorCompany.operator_id).where(OperatorCompany.company_id.in_((TODAS, company_id)))
    rows = select(Operator.name, Role.permissions).join(Role, Role.id == Operator.role_id)
    rows = rows.where(Operator.inactive_since.is_(None), Operator.password_hash.is_not(None), Operator.id.in_(here))
    every = {"every_company": "asked when a page is refused, before anybody acts"}
    found = db.session.execute(rows.order_by(Operator.name), execution_options=every)
    return [row.name for row in found if permission in row.permissions][:most]


def refusal_to_reach(company_ids: list[int]) -> str | None:
    """Why whoever acts may not decide about operators of these companies (X-01)."""
    mine = who().company_id
    if mine == TODAS or set(company_ids) <= {mine}:
        return None
    return "Você trabalha em uma só empresa. Para administrar as outras, troque para TODAS no menu do seu nome."


def _in_use(table: type[Role] | type[Department], id: Any) -> bool:
    wanted = select(table.id).where(table.id == id, table.inactive_since.is_(None))
    return isinstance(id, int) and db.session.scalar(wanted) is not None


def require_password(password: str, words: list[str]) -> None:
    refusal = refusal_to_password(password, words)
    if refusal:
        raise Refused(refusal, field="password")


def by_login(typed: str) -> Operator | None:
    """The active operator with this login or e-mail."""
    typed = typed.strip().lower()
    known = or_(Operator.login == typed, and_(Operator.email == typed, Operator.email != ""))
    return db.session.scalars(select(Operator).where(known, Operator.inactive_since.is_(None))).first()


def opens(operator: Operator | None, password: str) -> bool:
    """Is this their password? Nobody's costs the same work as somebody's."""
    return matches(operator.password_hash if operator else None, password)


def by_invitation(token: str) -> Operator:
    """The operator of a link that still works. Raises Refused when it was used or is older than three days."""
    found = db.session.scalars(select(Operator).where(Operator.invite_hash == digest(token))).first()
    if found is None or found.inactive_since or found.invite_until is None or found.invite_until < clock.now():
        raise Refused("Este convite já foi usado ou venceu. Peça outro a quem administra o Enlace.")
    return found


def at_work(company_id: int, *which: ColumnElement[bool]) -> Select[int, str]:
    """Number and name of the active operators of a company; for TODAS of every company."""
    rows = select(Operator.id, Operator.name).where(Operator.inactive_since.is_(None), *which)
    if company_id == TODAS:
        return rows
    there = OperatorCompany.company_id.in_((TODAS, company_id))
    return rows.where(Operator.id.in_(select(OperatorCompany.operator_id).where(there)))


def own_department() -> Department | None:
    """The sector of whoever acts; None for a routine, an integration or a subscriber."""
    actor = who().actor
    if actor.kind != "operator" or actor.id is None:
        return None
    return db.session.scalars(_department_of(), {"id": actor.id}).first()


@cache
def _department_of() -> Select[Any]:
    mine = select(Department).join(Operator, Operator.department_id == Department.id)
    return mine.where(Operator.id == bindparam("id"))
