"""Tarefas paradas: effects that were given up, rows that were left out, routines that fail; all wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.desk.stopped import OF_FIX, dead, existing, visible
from models.dunning.hours import words_now
from models.history import track
from models.outbox import ROUTINES, TASKS, Effect, LeftOut, enqueue
from models.people import Person
from models.refused import Refused, require

ROWS = {
    "service": "Serviço nº {id}",
    "invoice": "Fatura {id}",
    "person": "Cliente nº {id}",
    "sale": "Rascunho nº {id}",
    "bank_file": "Arquivo do banco nº {id}",
    "pix_receipt": "Pix recebido nº {id}",
    "bank_file_record": "Linha de retorno nº {id}",
    "pix": "Pix",
    "table": "Tabela",
    "file": "Arquivo",
}


@dataclass(frozen=True)
class LeftRow:
    """What was left out, beside whom it touches; `person` is empty where whoever looks does not see them.

    `mends`: what mends it is there for whoever looks.
    """

    row: LeftOut
    about: str
    person: str
    mends: bool


def stopped(limit: int = 100) -> list[Effect]:
    """The dead effects whoever acts may see, the oldest first."""
    return list(db.session.scalars(select(Effect).where(dead()).order_by(Effect.id).limit(limit)))


def find_effect(id: int) -> Effect | None:
    """An effect, in whatever state, as far as whoever acts may see it."""
    effect = db.session.get(Effect, id)
    return effect if effect and visible({id: effect.payload}) else None


def left_out(status: str = "open", limit: int = 100) -> list[LeftRow]:
    """What was left out, the oldest first. Some questions, or one when there is none."""
    found = select(LeftOut).where(LeftOut.status == status, *LeftOut.seen())
    rows = db.session.scalars(found.order_by(LeftOut.id).limit(limit)).all()
    if not rows:
        return []
    wanted = select(Person.id, Person.name).where(Person.id.in_({row.person_id for row in rows if row.person_id}))
    names = dict(db.session.execute(wanted).all())
    numbers = _numbers(rows)
    there = existing((OF_FIX, row.fix_kind, row.fix_id) for row in rows)
    return [
        LeftRow(row, about(row, numbers), names.get(row.person_id or 0, ""), (row.fix_kind, row.fix_id) in there)
        for row in rows
    ]


def find_left_out(id: int) -> LeftOut | None:
    """One of them, as far as whoever acts sees it."""
    return db.session.scalars(select(LeftOut).where(LeftOut.id == id, *LeftOut.seen())).first()


def about(row: LeftOut, numbers: dict[int, int] | None = None) -> str:
    """The row by its number, as people call it; never by a name."""
    id = (_numbers([row]) if numbers is None else numbers).get(row.row_id, row.row_id)
    number = id if row.row_kind == "invoice" else row.row_id
    return " ".join(filter(None, (ROWS.get(row.row_kind, "Linha {id}").format(id=number), row.part)))


def stopped_words(dead: int, left_out: int) -> str:
    """What Início says of them; empty when nothing waits."""
    words = []
    if dead:
        tasks = "1 tarefa não foi concluída" if dead == 1 else f"{dead} tarefas não foram concluídas"
        words.append(f"{tasks} depois de 12 tentativas.")
    if left_out:
        one = "1 linha ficou de fora de uma rotina ou arquivo."
        words.append(one if left_out == 1 else f"{left_out} linhas ficaram de fora de rotinas ou arquivos.")
    return " ".join(words)


def retry(effect: Effect) -> None:
    """Try a dead effect again, as if it were new. Raises Refused, Stale."""
    effect.retry()
    track("effect.retried", effect, number=effect.id, task=TASKS[effect.kind])


def repeat(name: str, company_id: int | None = None) -> str:
    """Repetir agora: the worker runs a routine once more, harmless at any hour. Raises Refused.

    What to tell whoever asked: the ladder waits for the working hours, of one company or of all.
    """
    if name not in ROUTINES:
        raise Refused("Esta rotina não existe mais.")
    key = uuid4().hex[:12]
    enqueue("repeat_routine", f"{name}:{key}", {"routine": name, "key": key})
    db.session.flush()
    effect = db.session.scalars(select(Effect).where(Effect.key == f"repeat_routine:{name}:{key}")).one()
    track("routine.repeated", effect, routine=ROUTINES[name][0])
    night = words_now(company_id) if name == "dunning" else ""
    return night or "A rotina vai rodar de novo em instantes"


def repeat_left_out(row: LeftOut) -> str:
    """The routine that left it out runs once more. Raises Refused where a person has to do it."""
    require(row.refusal_to_repeat())
    return repeat(row.routine, row.company_id)


def see(row: LeftOut, reason: str) -> None:
    """Marcar como vista, with a reason. Raises Refused, Stale."""
    row.see(reason)
    track("left_out.seen", row, work=row.work_name, about=about(row), reason=row.reason)


def reopen(row: LeftOut) -> None:
    """Devolver à lista. Raises Refused, Stale."""
    row.reopen()
    track("left_out.reopened", row, work=row.work_name, about=about(row))


def _numbers(rows: Sequence[LeftOut]) -> dict[int, int]:
    """The numbers of the invoices among them, by id."""
    ids = {row.row_id for row in rows if row.row_kind == "invoice"}
    return dict(db.session.execute(select(Invoice.id, Invoice.number).where(Invoice.id.in_(ids))).all())
