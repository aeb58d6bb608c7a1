"""A column of the Planner. Three are the procedure's own; an administrator adds more between them (U-12, U-32)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db, lock
from models.boards.card import Card
from models.history import track
from models.operators import Department, Operator
from models.operators.catalogue_row import CatalogueRow, every
from models.refused import Refused
from models.scope import who
from models.telephony import of
from models.workflows import Procedure

# key: (name, whose duty it is), in the order of responsibility. Out of the last one Comercial takes a card.
FIXED = {
    "orders": ("Pedidos e Alterações", "support"),
    "finance": ("Financeiro", "finance"),
    "done": ("Tudo OK", "sales"),
}
STEP = 100
OF_THE_PROCEDURE = "“{name}” é do procedimento: não muda de nome, nem sai do quadro."
HAS_CARDS = "“{name}” tem cards. Passe os cards adiante antes."


class BoardColumn(CatalogueRow, Base):
    """`key` names those of the procedure; their sector is the one with the duty, that of the others their own."""

    __tablename__ = "board_column"
    kind: ClassVar[str] = "a coluna do Planner"

    id: Mapped[Id]
    key: Mapped[str | None] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True, info={"title": "nome"})
    position: Mapped[int] = mapped_column(unique=True, info={"title": "lugar"})
    duty: Mapped[str | None] = mapped_column(String(10))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), info={"title": "setor responsável"})
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"), info={"title": "procedimento"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "key is null" + "".join(f" or (key = '{key}' and name = '{name}')" for key, (name, _) in FIXED.items()),
            name="fixed_name",
        ),
        CheckConstraint("key is null or inactive_since is null", name="fixed_in_use"),
        CheckConstraint("(key is null) = (duty is null)", name="duty"),
        CheckConstraint("(key is null) = (department_id is not null)", name="department"),
        KEPT_IDS,
    )

    @property
    def is_fixed(self) -> bool:
        return self.key is not None

    @property
    def is_done(self) -> bool:
        return self.key == "done"

    @classmethod
    def of(cls, key: str) -> BoardColumn:
        return db.session.scalars(select(cls).where(cls.key == key)).one()

    @classmethod
    def in_use(cls) -> list[BoardColumn]:
        """From left to right."""
        rows: Select[BoardColumn] = select(cls).where(cls.inactive_since.is_(None))
        return list(db.session.scalars(rows.order_by(cls.position)))

    def department(self) -> Department | None:
        """Whose turn it is when a card stands here; None where nobody has the duty."""
        if self.duty:
            return Department.with_duty(self.duty)
        return db.session.get(Department, self.department_id)

    def refusal_to_rename(self) -> str | None:
        return OF_THE_PROCEDURE.format(name=self.name) if self.is_fixed else None

    def refusal_to_retire(self) -> str | None:
        """A column of the procedure stays, and one with cards too (U-32)."""
        if self.is_fixed:
            return OF_THE_PROCEDURE.format(name=self.name)
        if self._has_cards():
            return HAS_CARDS.format(name=self.name)
        return None

    def _has_cards(self) -> bool:
        here = select(Card.id).where(Card.board_column_id == self.id).limit(1)
        return db.session.scalar(here, execution_options={"every_company": "a column is of all companies"}) is not None

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if self.is_fixed:
            if new.get("name") != self.name:
                errors["name"] = OF_THE_PROCEDURE.format(name=self.name)
            if new.get("department_id") is not None:
                errors["department_id"] = OF_THE_PROCEDURE.format(name=self.name)
            return errors | self._procedure_errors(new)
        wanted = new.get("department_id")
        found = db.session.get(Department, wanted) if isinstance(wanted, int) else None
        if found is None or (found.inactive_since and (self.id is None or found.id != self.department_id)):
            errors["department_id"] = "Escolha o setor responsável, entre os que estão em uso."
        return errors | self._procedure_errors(new)

    def _procedure_errors(self, new: dict[str, Any]) -> dict[str, str]:
        wanted = new.get("procedure_id")
        if wanted is None or (self.id is not None and wanted == self.procedure_id):
            return {}
        found = db.session.get(Procedure, wanted) if isinstance(wanted, int) else None
        return {} if found and not found.inactive_since else {"procedure_id": "Escolha um procedimento em uso."}

    def save(self, after_id: int | None, version: int | None = None, **values: Any) -> None:
        """Add it, or change it: its values, and behind which column it stands; those of the procedure have their place.

        Raises Refused with a sentence for each wrong field, Stale when somebody was faster.
        """
        if self.id is None:
            every(lambda: self.place_after(after_id), lambda: self.checked(self._present()))
            self.create()
            return
        self.require_version(version)
        if self.is_fixed:
            if after_id is not None:
                raise Refused(OF_THE_PROCEDURE.format(name=self.name), field="after_id")
            self.change(version, **values)
            return
        every(lambda: self.stand_after(after_id), lambda: self.change(**values))

    def stands_after(self) -> int | None:
        """The column in use on its left."""
        before = [column.id for column in BoardColumn.in_use() if column.position < self.position]
        return before[-1] if before else None

    def stand_after(self, before_id: int | None) -> None:
        """Another place on the board. Raises Refused for one that is none, and with cards, which stood in its turn."""
        if before_id == self.stands_after():
            return
        if self._has_cards():
            raise Refused(HAS_CARDS.format(name=self.name), field="after_id")
        was = db.session.get(BoardColumn, self.stands_after() or 0)
        self.place_after(before_id)
        self.take()
        names = {"before": was.name if was else "-", "after": db.session.get_one(BoardColumn, before_id).name}
        before, after = ({"after": name} for name in names.values())
        changes = "lugar no quadro"
        track("catalog.changed", self, kind=self.kind, name=self.name, changes=changes, before=before, after=after)

    def place_after(self, before_id: int | None) -> None:
        """Behind one that is not the last. Raises Refused for a place that is not one."""
        columns = [column for column in _all_held() if column is not self]
        among = [column for column in columns if column.inactive_since is None and not column.is_done]
        before = next((column for column in among if column.id == before_id), None)
        if before is None:
            raise Refused("Escolha depois de qual coluna ela fica. «Tudo OK» é sempre a última.", field="after_id")
        at = columns.index(before) + 1
        order = [*columns[:at], self, *columns[at:]]
        for place, column in enumerate(order, start=1):  # away first: no two share a place
            column.position = -place
        db.session.flush()
        for place, column in enumerate(order, start=1):
            column.position = place * STEP
        db.session.flush()

    def retire(self) -> None:
        """As any row of a catalogue; those that move cards wait, so none comes in meanwhile."""
        _all_held()
        super().retire()

    def remove(self) -> None:
        _all_held()
        super().remove()


def _all_held() -> list[BoardColumn]:
    """Every column, held in one order, from left to right; those out of use keep their places."""
    lock(BoardColumn.of("orders"))  # it is always there: of two who arrange at once the second sees the first one's
    found = list(db.session.scalars(select(BoardColumn).order_by(BoardColumn.id)))
    return sorted((lock(column) for column in found), key=lambda column: column.position)


class Place(NamedTuple):
    """A column in use, the sector whose turn it is there, and that of whoever acts."""

    id: int
    key: str | None
    name: str
    position: int
    procedure_id: int | None
    department_id: int | None
    department: str | None
    mine_id: int | None

    @property
    def is_done(self) -> bool:
        return self.key == "done"

    @property
    def is_mine(self) -> bool:
        """Whoever acts may work here. Nobody works in «Tudo OK»."""
        return not self.is_done and self.mine_id is not None and self.mine_id == self.department_id

    @property
    def has_part(self) -> bool:
        """Is this column of the procedure that of whoever acts? Then they take requests (D-01)."""
        return self.key is not None and self.mine_id is not None and self.mine_id == self.department_id

    @property
    def turn(self) -> str:
        """'vez do Suporte'."""
        return f"vez {of(self.department)}" if self.department else "vez de ninguém: diga quem em Configuração, Setores"

    @property
    def what_it_did(self) -> str:
        """'o que o Suporte fez'."""
        return f"o que {of(self.department).removeprefix('d')} fez" if self.department else "o que foi feito"

    @property
    def question(self) -> str:
        """'O que o Suporte fez?'."""
        return f"O{self.what_it_did[1:]}?"


def places() -> list[Place]:
    """The columns in use, from left to right."""
    me = who().actor
    return [Place(*row) for row in db.session.execute(_places(), {"me": me.id if me.kind == "operator" else None})]


@cache
def _places() -> Select[Any]:
    mine = select(Operator.department_id).where(Operator.id == bindparam("me")).scalar_subquery()
    whose = or_(Department.duty == BoardColumn.duty, Department.id == BoardColumn.department_id)
    rows = select(
        BoardColumn.id,
        BoardColumn.key,
        BoardColumn.name,
        BoardColumn.position,
        BoardColumn.procedure_id,
        Department.id,
        Department.name,
        mine,
    )
    rows = rows.outerjoin(Department, whose).where(BoardColumn.inactive_since.is_(None))
    return rows.order_by(BoardColumn.position)
