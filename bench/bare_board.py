"""The Planner and a move of a card written straight in Flask and SQLAlchemy, as bench/bare.py does its pages.

No session, CSRF, permission, sector or undo: columns with their cards, what is missing and for how long each stands;
and a move that checks the version, with its note and its event.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import Flask, abort, request
from sqlalchemy import Engine, exists, func, insert, select, update

from bench.bare import pages
from models import clock
from models.boards import BoardColumn, Card, CardMove, CardNote
from models.history import Event
from models.operators import Department, Operator
from models.people import Person
from models.telephony import PabxItem, UpgradeOrder

NEWEST = 15


def make(engine: Engine, company_id: int, me: int) -> Flask:
    """The bare application on a database, with what one company sees; whoever moves a card is always the same."""
    app = Flask(__name__)

    @app.route("/planner")
    def index() -> str:
        return board(engine, company_id)

    @app.post("/planner/cards/<int:id>/mudancas")
    def move(id: int) -> str:
        form = request.form
        return moved(engine, company_id, me, id, form)

    return app


def board(engine: Engine, company_id: int) -> str:
    done = select(BoardColumn.id).where(BoardColumn.key == "done").scalar_subquery()
    newest = select(Card.id).where(Card.board_column_id == done, Card.company_id == company_id)
    newest = newest.order_by(Card.entered_at.desc(), Card.id.desc()).limit(NEWEST)
    ended = _orders(UpgradeOrder.finished_at == Card.entered_at).where(Card.id.in_(newest))
    month = clock.now() - timedelta(days=30)
    finished = select(func.count(Card.id)).where(
        Card.board_column_id == done, Card.company_id == company_id, Card.entered_at >= month
    )
    under_way = _orders(UpgradeOrder.status.in_(("open", "queued"))).where(Card.company_id == company_id)
    with engine.connect() as connection:
        columns = connection.execute(_columns()).all()
        cards: dict[int, list[list[Any]]] = {column.id: [] for column in columns}
        for rows in (under_way.order_by(Card.entered_at, Card.id), ended.order_by(Card.entered_at.desc(), Card.id)):
            for _, of in groupby(connection.execute(rows), key=lambda row: row.id):
                orders = list(of)
                cards[orders[0].board_column_id].append(orders)
        return pages.get_template("board.html").render(
            columns=columns, cards=cards, finished=connection.scalar(finished), now=clock.now()
        )


def moved(engine: Engine, company_id: int, me: int, id: int, form: Any) -> str:
    now, to = clock.now(), int(form["coluna"])
    with engine.begin() as connection:
        who = connection.execute(select(Operator.name, Operator.department_id).where(Operator.id == me)).one()
        card = connection.execute(select(Card.board_column_id, Card.person_id).where(Card.id == id)).one()
        taken = update(Card).where(Card.id == id, Card.version == int(form["version"]))
        taken = taken.values(board_column_id=to, entered_at=now, moved_by_id=me, version=Card.version + 1)
        if not connection.execute(taken).rowcount:
            abort(409)
        connection.execute(update(UpgradeOrder).where(UpgradeOrder.id == int(form["order"])).values(noted_at=None))
        by = {"company_id": company_id, "operator_id": me, "department_id": who.department_id, "card_id": id}
        note = insert(CardNote).values(
            **by, order_id=int(form["order"]), board_column_id=card.board_column_id, text=form["note"], written_at=now
        )
        note_id = connection.execute(note).inserted_primary_key[0]  # type: ignore[index]
        connection.execute(
            insert(CardMove).values(
                **by,
                version=int(form["version"]) + 1,
                from_column_id=card.board_column_id,
                to_column_id=to,
                note_id=note_id,
                moved_at=now,
            )
        )
        connection.execute(
            insert(Event).values(
                occurred_at=now,
                action="card.moved",
                subject_type="card",
                subject_id=id,
                subject_label=f"card {id}",
                actor_kind="operator",
                actor_id=me,
                actor_name=who.name,
                channel="staff",
                person_id=card.person_id,
                company_id=company_id,
                visibility="internal",
                data={"before": card.board_column_id, "after": to},
            )
        )
    heads = (
        _columns()
        .add_columns(func.count(Card.id).label("count"))
        .outerjoin(Card, (Card.board_column_id == BoardColumn.id) & (Card.company_id == company_id))
        .where(BoardColumn.id.in_((card.board_column_id, to)))
        .group_by(BoardColumn.id, Department.name)
    )
    with engine.connect() as connection:
        return pages.get_template("board_move.html").render(
            orders=connection.execute(_orders(UpgradeOrder.status == "open").where(Card.id == id)).all(),
            columns=connection.execute(heads).all(),
            to=to,
            now=clock.now(),
        )


def _columns() -> Any:
    whose = (Department.duty == BoardColumn.duty) | (Department.id == BoardColumn.department_id)
    rows = select(BoardColumn.id, BoardColumn.key, BoardColumn.name, Department.name.label("turn"))
    return rows.outerjoin(Department, whose).order_by(BoardColumn.position)


def _orders(which: Any) -> Any:
    """A row for each order of these, with its card."""
    waiting = exists().where(PabxItem.order_id == UpgradeOrder.id, PabxItem.status == "ordered")
    return (
        select(
            Card.id,
            Card.version,
            Card.board_column_id,
            Card.entered_at,
            Person.name.label("customer"),
            Operator.name.label("by"),
            UpgradeOrder.words,
            UpgradeOrder.kind,
            UpgradeOrder.status,
            UpgradeOrder.noted_at,
            UpgradeOrder.made_at,
            UpgradeOrder.adjusted_at,
            UpgradeOrder.after_cents,
            waiting.label("waiting"),
        )
        .join(Person, Person.id == Card.person_id)
        .join(UpgradeOrder, UpgradeOrder.pabx_id == Card.pabx_id)
        .outerjoin(Operator, Operator.id == Card.moved_by_id)
        .where(which)
    )
