"""Macro: a named list of acts that one press does in a ticket, in order, each by the verb a person would use (B-10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from models.base import KEPT_IDS, Base, Id, db
from models.history import track
from models.operators import Operator
from models.operators.catalogue_row import every, plain
from models.refused import Refused
from models.scope import TODAS
from models.wording import tidy, tidy_lines
from models.workflows.answer_text import refusal_of
from models.workflows.canned_answer import LONGEST, CannedAnswer
from models.workflows.chosen_row import ChosenRow, hold, needs
from models.workflows.process import Process, ProcessStep
from models.workflows.ticket_classification import TicketClassification

ACTS = {  # in the words of the buttons that do the same
    "claim": "Resgatar",
    "comment": "Comentar",
    "forward": "Seguir fluxo normal",
    "step": "Enviar para outro subprocesso",
    "process": "Enviar para outro processo",
    "watch": "Incluir novo visualizador",
    "pause": "Pausar o prazo",
    "close": "Finalizar",
}
MOVES = ("forward", "step", "process")  # afterwards nobody is responsible
SAYING = ("comment", "close")
READERS = {"internal": "só a equipe", "subscriber": "o cliente vê"}
COMMENTED = {"internal": "com um comentário só para a equipe", "subscriber": "com um comentário que o cliente vê"}
# Column of an act: the kind that must name a row there, how that row is spoken of, and what to do without one in use.
NAMED = {
    "canned_answer_id": (
        "",
        "A resposta pronta",
        "Escolha uma resposta pronta em uso, da empresa da macro ou de TODAS.",
    ),
    "step_id": ("step", "O subprocesso", "Escolha um subprocesso em uso, da empresa da macro ou de TODAS."),
    "process_id": ("process", "O processo", "Escolha um processo em uso, da empresa da macro ou de TODAS."),
    "operator_id": ("watch", "O operador", "Escolha quem vai acompanhar, entre quem está em uso."),
    "classification_id": ("close", "A classificação", "Escolha uma classificação de encerramento em uso."),
}
MOST = 8  # acts of one macro


class MacroAct(Base):
    """One act, with what it says or names. What it names may go out of use later: `fault` says so."""

    __tablename__ = "macro_act"

    id: Mapped[Id]
    macro_id: Mapped[int] = mapped_column(ForeignKey("macro.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    visibility: Mapped[str] = mapped_column(String(10), default="")
    text: Mapped[str] = mapped_column(String(LONGEST), default="")  # of a comment, or why the clock stops
    canned_answer_id: Mapped[int | None] = mapped_column(ForeignKey("canned_answer.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("process_step.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    classification_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_classification.id"))

    canned_answer: Mapped[CannedAnswer | None] = relationship(lazy="raise_on_sql", viewonly=True)
    step: Mapped[ProcessStep | None] = relationship(lazy="raise_on_sql", viewonly=True)
    process: Mapped[Process | None] = relationship(lazy="raise_on_sql", viewonly=True)
    operator: Mapped[Operator | None] = relationship(lazy="raise_on_sql", viewonly=True)
    classification: Mapped[TicketClassification | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        UniqueConstraint("macro_id", "position"),
        CheckConstraint(f"kind in {tuple(ACTS)!r}", name="kind"),
        CheckConstraint("visibility in ('', 'internal', 'subscriber')", name="visibility"),
        CheckConstraint("kind <> 'comment' or visibility <> ''", name="comment"),
        CheckConstraint(
            "(visibility <> '' and kind in ('comment', 'close') and (text <> '' or canned_answer_id is not null))"
            " or (visibility = '' and canned_answer_id is null and (kind = 'pause') = (text <> ''))",
            name="said",
        ),
        CheckConstraint("text = '' or canned_answer_id is null", name="one_text"),
        CheckConstraint("(kind = 'step') = (step_id is not null)", name="step"),
        CheckConstraint("(kind = 'process') = (process_id is not null)", name="process"),
        CheckConstraint("(kind = 'watch') = (operator_id is not null)", name="watch"),
        CheckConstraint("(kind = 'close') = (classification_id is not null)", name="close"),
    )

    @property
    def title(self) -> str:
        """'Finalizar: Dúvida', 'Comentar, o cliente vê: Segunda via'."""
        named = [row.name for row in (self.step, self.process, self.operator, self.classification) if row]
        head = f"{ACTS[self.kind]}: {named[0]}" if named else ACTS[self.kind]
        if not self.visibility:
            return head
        said = f", resposta pronta {self.canned_answer.name}" if self.canned_answer else ""
        readers = COMMENTED if self.kind == "close" else READERS
        return f"{head}, {readers[self.visibility]}{said}"

    @property
    def fault(self) -> str | None:
        """Why it can be done in no ticket: what it names is out of use."""
        for column, (_, spoken, _) in NAMED.items():
            row = getattr(self, column.removesuffix("_id"))
            if getattr(self, column) is not None and (row is None or row.inactive_since):
                which = f"{spoken} {row.name}" if row else f"{spoken} deste ato"
                return f"{which} está fora de uso. Peça a quem administra que troque na macro."
        return None

    @property
    def says(self) -> str:
        """The text of its comment, its placeholders not filled yet."""
        if self.kind not in SAYING:
            return ""
        return self.canned_answer.text if self.canned_answer else self.text


class Macro(ChosenRow, Base):
    __tablename__ = "macro"
    kind: ClassVar[str] = "a macro"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), info={"title": "nome"})
    inactive_since: Mapped[datetime | None]

    acts: Mapped[list[MacroAct]] = relationship(
        order_by=MacroAct.position, lazy="raise_on_sql", viewonly=True, foreign_keys=MacroAct.macro_id
    )

    __table_args__ = (UniqueConstraint("company_id", "name"), KEPT_IDS)

    @classmethod
    def whole(cls) -> Any:
        """Load option: its acts, with what they name."""
        named = (getattr(MacroAct, column.removesuffix("_id")) for column in NAMED)
        return selectinload(cls.acts).options(*(joinedload(one) for one in named))

    @classmethod
    def of(cls, company_id: int) -> list[Macro]:
        """Those in use of a company and of TODAS, whole, by name."""
        rows = select(cls).where(cls.inactive_since.is_(None), cls.company_id.in_((TODAS, company_id)))
        return list(db.session.scalars(rows.options(cls.whole()).order_by(cls.name, cls.id)))

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if not errors and self._is_offered_beside(tidy(new.get("name")), new.get("company_id")):
            errors["name"] = "Já há uma macro com este nome, oferecida junto com esta. Escolha outro."
        return errors

    def _is_offered_beside(self, name: str, company_id: Any) -> bool:
        """Another of this name, where both would be offered: in one company, or in TODAS and any."""
        same = select(Macro.id).where(Macro.name == name, Macro.id.is_distinct_from(self.id))
        if company_id != TODAS:
            same = same.where(Macro.company_id.in_((TODAS, company_id)))
        every = {"every_company": "a macro of TODAS stands beside those of each"}
        with db.session.no_autoflush:
            return db.session.scalars(same.limit(1), execution_options=every).first() is not None

    @property
    def faults(self) -> list[str]:
        """What stops it in every ticket."""
        return [act.fault for act in self.acts if act.fault]

    @property
    def in_words(self) -> str:
        return "; ".join(f"{act.position}. {act.title}{f' “{act.text}”' if act.text else ''}" for act in self.acts)

    def save(self, acts: Sequence[dict[str, Any]], version: int | None = None, **values: Any) -> None:
        """Write it with its acts in this order. Raises Stale, Refused with a sentence for each wrong field.

        A field of an act is called `acts-0-step_id`, counted from 0.
        """
        new = self.id is None
        if new:
            for key, value in values.items():
                setattr(self, key, value)
        else:
            self.require_version(version)
        company_id, rows, kept = values.get("company_id", self.company_id), [_tidied(act) for act in acts], dict(values)
        every(lambda: kept.update(self.checked(self._present() if new else values)), lambda: _require(rows, company_id))
        if new:
            self.create()
            self._put(rows)
            return
        altered = [key for key, value in kept.items() if getattr(self, key) != value]
        was, before = self._read().in_words, plain(self, altered)
        self._write_named({key: kept[key] for key in altered})
        self._put(rows)
        now, after = self._read().in_words, plain(self, altered)
        if was != now:
            before, after = before | {"acts": was}, after | {"acts": now}
        if not after:
            return
        self.take()
        words = ", ".join([*self.titles(altered), *(["atos"] if was != now else [])])
        track("catalog.changed", self, kind=self.kind, name=self.name, changes=words, before=before, after=after)

    def refusal_to_restore(self) -> str | None:
        """What its acts name must be in use again."""
        return next(iter(self._read().faults), None)

    def restore(self) -> None:
        """As any row of a catalogue. Raises Refused while an act names what is out of use."""
        for act in self._read().acts:
            _held(act.kind, {column: getattr(act, column) for column in NAMED}, self.company_id)
        super().restore()

    def _put(self, rows: Sequence[dict[str, Any]]) -> None:
        for act in db.session.scalars(select(MacroAct).where(MacroAct.macro_id == self.id)):
            db.session.delete(act)
        db.session.flush()
        db.session.add_all(MacroAct(macro_id=self.id, position=place, **row) for place, row in enumerate(rows, start=1))
        db.session.flush()

    def _read(self) -> Macro:
        """With its acts as they are now."""
        mine = select(Macro).where(Macro.id == self.id).options(Macro.whole())
        return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def _tidied(act: dict[str, Any]) -> dict[str, Any]:
    """The columns of an act; those of other kinds are nothing."""
    kind = act.get("kind") or ""
    says = kind in SAYING
    row = {
        "kind": kind,
        "visibility": (act.get("visibility") or "") if says else "",
        "text": tidy_lines(act.get("text")) if says or kind == "pause" else "",
        "canned_answer_id": act.get("canned_answer_id") if says else None,
    }
    if kind == "close" and not row["text"] and row["canned_answer_id"] is None:
        row["visibility"] = ""  # without a comment nobody reads it
    return row | {column: act.get(column) if kind == of else None for column, (of, _, _) in NAMED.items() if of}


def _require(rows: Sequence[dict[str, Any]], company_id: Any) -> None:
    """Raises Refused for a list that could be done nowhere, with the fields at fault."""
    if not rows:
        raise Refused("Adicione ao menos um ato.", field="acts")
    if len(rows) > MOST:
        raise Refused(f"Use no máximo {MOST} atos. Estes são {len(rows)}.", field="acts")
    errors = dict[str, str]()
    for place, row in enumerate(rows):
        found = {f"acts-{place}-{name}": words for name, words in _errors(row, company_id).items()}
        errors |= found or _order(rows, place)
    if errors:
        raise Refused(errors=errors)


def _order(rows: Sequence[dict[str, Any]], place: int) -> dict[str, str]:
    """What an act before it makes impossible whatever the ticket."""
    before, here = rows[place - 1]["kind"] if place else "", rows[place]["kind"]
    if before == "close":
        return {f"acts-{place}-kind": "Depois de Finalizar nada mais acontece. Ponha Finalizar por último."}
    if before in MOVES and here != "claim":
        words = "Encaminhado, o atendimento fica sem responsável. Ponha Resgatar antes deste ato, ou tire este ato."
        return {f"acts-{place}-kind": words}
    return {}


def _errors(row: dict[str, Any], company_id: Any) -> dict[str, str]:
    kind, errors = row["kind"], dict[str, str]()
    if kind not in ACTS:
        return {"kind": "Escolha o ato na lista."}
    if kind == "comment" and not row["text"] and row["canned_answer_id"] is None:
        errors["text"] = "Escreva o texto, ou escolha uma resposta pronta."
    if kind == "pause" and not row["text"]:
        errors["text"] = "Escreva por que o prazo para."
    if kind == "pause" and len(row["text"]) > 200:
        errors["text"] = "Use no máximo 200 caracteres."
    if row["text"] and row["canned_answer_id"] is not None:
        errors["text"] = "Escolha a resposta pronta ou escreva o texto, não os dois."
    if kind in SAYING and row["text"] and (refusal := refusal_of(row["text"])):
        errors["text"] = refusal
    needs_reader = kind == "comment" or row["text"] or row["canned_answer_id"] is not None
    if kind in SAYING and needs_reader and row["visibility"] not in READERS:
        errors["visibility"] = "Diga quem lê: só a equipe, ou o cliente também."
    return errors | _held(kind, row, company_id)


def _held(kind: str, row: dict[str, Any], company_id: Any) -> dict[str, str]:
    """The rows an act names are held until the commit, in use and of this company or of TODAS; else their sentences."""
    named = {column: row[column] for column, (of, _, _) in NAMED.items() if of == kind or row[column] is not None}
    return {column: NAMED[column][2] for column, id in named.items() if not FINDING[column](id, company_id)}


def _step(id: Any, company_id: Any) -> bool:
    rows = select(ProcessStep).join(Process, Process.id == ProcessStep.process_id).where(ProcessStep.id == id)
    rows = rows.where(ProcessStep.inactive_since.is_(None), Process.company_id.in_((TODAS, company_id)))
    found = isinstance(id, int) and db.session.scalars(rows.with_for_update(of=ProcessStep)).first()
    return bool(found)


def _operator(id: Any, _: Any) -> bool:
    rows = select(Operator.id).where(Operator.id == id, Operator.inactive_since.is_(None), *Operator.seen())
    return isinstance(id, int) and db.session.scalars(rows).first() is not None


def _closing(id: Any, company_id: Any) -> bool:
    found = hold(TicketClassification, id, company_id)
    return found is not None and found.closing


FINDING: dict[str, Callable[[Any, Any], bool]] = {
    "canned_answer_id": lambda id, company_id: hold(CannedAnswer, id, company_id) is not None,
    "step_id": _step,
    "process_id": lambda id, company_id: hold(Process, id, company_id) is not None,
    "operator_id": _operator,
    "classification_id": _closing,
}


def _keeper(column: Any, spoken: str) -> Callable[[int], str | None]:
    """What a macro in use names stays in use. An operator may leave at any hour: then the macro stops there."""

    def refusal(row_id: int) -> str | None:
        used = select(Macro.name).join(MacroAct, MacroAct.macro_id == Macro.id)
        used = used.where(column == row_id, Macro.inactive_since.is_(None)).order_by(Macro.name).limit(1)
        name = db.session.scalars(used).first()
        return f"A macro {name} usa {spoken}. Troque nela antes de inativar." if name else None

    return refusal


needs(CannedAnswer)(_keeper(MacroAct.canned_answer_id, "esta resposta"))
needs(TicketClassification)(_keeper(MacroAct.classification_id, "esta classificação"))
needs(Process)(_keeper(MacroAct.process_id, "este processo"))
needs(ProcessStep)(_keeper(MacroAct.step_id, "este subprocesso"))
