"""Material de Apoio: what helps whoever has an atendimento in a subprocess, as a text or a link (A-117)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import CatalogueRow
from models.wording import tidy, tidy_lines
from models.workflows.process import ProcessStep

LONGEST = 10_000
_ADDRESS = re.compile(r"https://[^\s/?#@\\]+\.[^\s/?#@\\]+([/?#]\S*)?", re.ASCII)


class SupportMaterial(CatalogueRow, Base):
    __tablename__ = "support_material"
    kind: ClassVar[str] = "o material de apoio"

    id: Mapped[Id]
    step_id: Mapped[int] = mapped_column(ForeignKey("process_step.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120), info={"title": "título"})
    text: Mapped[str] = mapped_column(String(LONGEST), default="", info={"title": "texto"})
    link: Mapped[str] = mapped_column(String(300), default="", info={"title": "link"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("step_id", "name"),
        CheckConstraint("link = '' or link like 'https://%'", name="link"),
        CheckConstraint("text <> '' or link <> ''", name="content"),
        KEPT_IDS,
    )

    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        """Those of the subprocesses that whoever acts sees."""
        return [cls.step_id.in_(select(ProcessStep.id).where(*ProcessStep.seen()))]

    @classmethod
    def of(cls, step_id: int, in_use: bool = True) -> list[SupportMaterial]:
        """The material in use of a subprocess, or all, by title."""
        mine = select(cls).where(cls.step_id == step_id, *cls.seen())
        mine = mine.where(cls.inactive_since.is_(None)) if in_use else mine
        return list(db.session.scalars(mine.order_by(cls.name)))

    def refusal_to_change(self) -> str | None:
        """Whoever may change the subprocess."""
        return db.session.get_one(ProcessStep, self.step_id).refusal_to_change()

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        ways = {"text": tidy_lines, "link": tidy}
        return {name: ways[name](value) if name in ways else value for name, value in values.items()}

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        link = new.get("link", "")
        if link and not _ADDRESS.fullmatch(link):
            errors["link"] = "Escreva o endereço inteiro, começando por https://"
        if not link and not new.get("text"):
            errors["text"] = "Escreva o texto, ou cole um link."
        return errors
