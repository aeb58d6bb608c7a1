"""Perfil de O.S.: how the orders of a type are printed; without one nothing is printed (A-86, A-87)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import CatalogueRow
from models.refused import Refused
from models.wording import tidy, tidy_lines
from models.work_orders.kind import WorkOrderKind

IN_USE = text("inactive_since is null")
MOST_FOOTER = 1000
# Column: what of an order is printed beside number, type, customer and reported defect.
SECTIONS = {
    "shows_place": "Endereço e contato",
    "shows_visit": "Agenda e técnico",
    "shows_closing": "Encerramento",
    "shows_materials": "Materiais usados",
    "shows_signature": "Linha para a assinatura do cliente",
}


class PrintProfile(CatalogueRow, Base):
    __tablename__ = "print_profile"
    kind: ClassVar[str] = "o perfil de OS"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    work_order_kind_id: Mapped[int] = mapped_column(ForeignKey("work_order_kind.id"), info={"title": "tipo de OS"})
    title: Mapped[str] = mapped_column(String(80), info={"title": "título"})
    footer: Mapped[str] = mapped_column(String(MOST_FOOTER), default="", info={"title": "rodapé"})
    shows_place: Mapped[bool] = mapped_column(default=True, info={"title": "endereço e contato"})
    shows_visit: Mapped[bool] = mapped_column(default=True, info={"title": "agenda e técnico"})
    shows_closing: Mapped[bool] = mapped_column(default=True, info={"title": "encerramento"})
    shows_materials: Mapped[bool] = mapped_column(default=True, info={"title": "materiais usados"})
    shows_signature: Mapped[bool] = mapped_column(default=True, info={"title": "assinatura"})
    inactive_since: Mapped[datetime | None]

    work_order_kind: Mapped[WorkOrderKind] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        Index(
            "uq_print_profile_one_in_use",
            "work_order_kind_id",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
        KEPT_IDS,
    )

    @classmethod
    def of(cls, kind_id: int) -> PrintProfile | None:
        """The one in use of a type of order."""
        mine = (cls.work_order_kind_id == kind_id, cls.inactive_since.is_(None))
        return db.session.scalars(select(cls).where(*mine)).first()

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        ways = {"title": tidy, "footer": tidy_lines}
        return {name: ways[name](value) if name in ways else value for name, value in values.items()}

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if not new.get("title"):
            errors["title"] = "Escreva o título que sai no alto da folha. Exemplo: Ordem de Serviço."
        if len(new.get("footer") or "") > MOST_FOOTER:
            errors["footer"] = f"Use no máximo {MOST_FOOTER} caracteres."
        kind_id = new.get("work_order_kind_id")
        kept = self.id is not None and kind_id == self.work_order_kind_id
        kind = db.session.get(WorkOrderKind, kind_id) if isinstance(kind_id, int) else None
        if kind is None or (kind.inactive_since and not kept):
            errors["work_order_kind_id"] = "Escolha um tipo de OS em uso."
        elif not new.get("inactive_since") and (other := self._other(kind_id)):
            errors["work_order_kind_id"] = f"O perfil {other} já imprime este tipo. Inative-o antes, ou altere nele."
        return errors

    def refusal_to_restore(self) -> str | None:
        other = self._other(self.work_order_kind_id)
        return f"O perfil {other} já imprime este tipo. Inative-o antes de reativar este." if other else None

    def _other(self, kind_id: Any) -> str | None:
        rows = select(PrintProfile.name).where(PrintProfile.work_order_kind_id == kind_id)
        rows = rows.where(PrintProfile.inactive_since.is_(None), PrintProfile.id.is_distinct_from(self.id))
        return db.session.scalar(rows.limit(1))

    def _write_named(self, values: dict[str, Any]) -> None:
        """Of two that take a type at once the second hears of the type: its name is not what was taken."""
        try:
            super()._write_named(values)
        except Refused:
            if other := self._other(values.get("work_order_kind_id", self.work_order_kind_id)):
                sentence = f"O perfil {other} já imprime este tipo. Inative-o antes, ou altere nele."
                raise Refused(sentence, field="work_order_kind_id") from None
            raise
