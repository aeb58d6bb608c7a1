"""Resposta pronta: a text of a sector, inserted into a comment by its code after a bar (B-10)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import KEPT_IDS, Base, Id, db
from models.operators import Department
from models.scope import TODAS
from models.wording import tidy, tidy_lines
from models.workflows.answer_text import refusal_of
from models.workflows.chosen_row import ChosenRow

LONGEST = 2000


class CannedAnswer(ChosenRow, Base):
    """Without sector it is everybody's."""

    __tablename__ = "canned_answer"
    kind: ClassVar[str] = "a resposta pronta"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), info={"title": "nome"})
    code: Mapped[str] = mapped_column(String(20), info={"title": "código"})
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), info={"title": "setor"})
    text: Mapped[str] = mapped_column(String(LONGEST), info={"title": "texto"})
    inactive_since: Mapped[datetime | None]

    department: Mapped[Department | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        UniqueConstraint("company_id", "code"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("text <> ''", name="text"),
        KEPT_IDS,
    )

    @classmethod
    def of_sectors(cls, company_id: int, departments: Collection[int]) -> list[CannedAnswer]:
        """Those in use of a company and of TODAS, of these sectors and of every one, by name."""
        rows = select(cls).where(cls.inactive_since.is_(None), cls.company_id.in_((TODAS, company_id)))
        rows = rows.where(or_(cls.department_id.is_(None), cls.department_id.in_(departments)))
        return list(db.session.scalars(rows.order_by(cls.name, cls.id)))

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        ways = {"text": tidy_lines, "code": _code}
        return {name: ways[name](value) if name in ways else value for name, value in values.items()}

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        code = new.get("code") or ""
        if not re.fullmatch(r"[0-9a-z-]{1,20}", code):
            errors["code"] = "Escreva o código com até 20 letras sem acento, números ou traços. Exemplo: 2via."
        elif other := self._other_with(code, new.get("company_id")):
            errors["code"] = f"O código {code} já é da resposta {other}. Escolha outro."
        if not new.get("text"):
            errors["text"] = "Escreva o texto da resposta."
        elif refusal := refusal_of(new["text"]):
            errors["text"] = refusal
        wanted = new.get("department_id")
        found = db.session.get(Department, wanted) if isinstance(wanted, int) else None
        kept = self.id is not None and wanted == self.department_id
        if wanted is not None and (found is None or (found.inactive_since and not kept)):
            errors["department_id"] = "Escolha um setor em uso, ou todos."
        return errors

    def _other_with(self, code: str, company_id: Any) -> str | None:
        """The name of another with this code where both would be offered: in one company, or in TODAS and any."""
        same = select(CannedAnswer.name).where(CannedAnswer.code == code, CannedAnswer.id.is_distinct_from(self.id))
        if company_id != TODAS:
            same = same.where(or_(CannedAnswer.company_id == company_id, CannedAnswer.company_id == TODAS))
        every = {"every_company": "a code of TODAS stands beside those of each"}
        with db.session.no_autoflush:
            return db.session.scalars(same.limit(1), execution_options=every).first()


def _code(typed: str | None) -> str:
    return tidy(typed).lower().removeprefix("/")
