"""`bin/bench board`: the Planner, a move and the page of a card, beside bare ones and with twenty times as many ended.

200 cards are under way in both sizes; of those in «Tudo OK» one ended every twenty minutes, each with its order, three
notes, three moves and their events. A move is Bruno's, from «Pedidos e Alterações» to Financeiro, with a note. Never
fails a build.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import create_engine, select, text

from bench import bare_board
from bench.installations import Installation, installations, quiet
from bench.pages import counting
from bench.turns import Answer, Request, Took, take_turns
from models import clock
from models.base import Base, db, insert_all, reserve_ids
from models.boards import BoardColumn, Card, CardMove, CardNote
from models.contracts import Contract
from models.history import Event
from models.history.event import event_values
from models.operators import Operator
from models.people import Person
from models.services import Service
from models.telephony import Pabx, PabxItem, UpgradeOrder, UpgradeRequest
from models.telephony.upgrade_order import UpgradeLine
from models.wording import brl
from tests import cast
from web.once import new_key

UNDER_WAY = 200
KINDS = ("extension", "extension", "extension", "outbound_channel", "module")
CENTS = 2490
KB = 1024
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
BOARD, MOVE = "board of 200 cards", "a move"
GROWTH = {
    BOARD: 1.3,
    MOVE: 1.3,
    "card page": 1.3,
    "ended, page 1": 1.3,
    "ended, page 2": 1.3,
    "ended, page 3": 1.3,
    "ended, page 4": 1.3,
    "board search, a common name": 1.6,
    "board search, a rare name": 1.6,
    "board search, nobody": 1.6,
}
Row = dict[str, Any]
Taken = dict[tuple[int, str], Took]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench board", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=25, help="turns of each; 30 at most, for so many cards may move")
    parser.add_argument("--cards", type=int, nargs=2, metavar="N", default=[1_000, 20_000], help="ended, two sizes")
    options = parser.parse_args()
    crowds = [(size + UNDER_WAY) * 3 // 2 for size in options.cards]  # not everybody of the crowd has a contract here
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), crowds, options.db) as made,
    ):
        quiet()
        desks = [Desk(of, size) for of, size in zip(made, options.cards, strict=True)]
        figures = {
            name: take_turns(
                {(desk.size, who): request for desk in desks for who, request in desk.asked[name].items()},
                min(options.rounds, 30),
            )
            for name in GROWTH
        }
        _print(figures, *options.cards)
        _print_growth(figures, *options.cards, options.db)
        _print_once(desks[-1])


class Desk:
    """An installation with so many ended cards, and Bruno signed in."""

    def __init__(self, of: Installation, size: int) -> None:
        self.of, self.size = of, size
        with of.app.app_context(), cast.by("bruno.reis"):
            self.bruno = cast.operator("bruno.reis").id
            filled = Filling(size)
            filled.write()
            db.session.execute(text("analyze"), execution_options={"every_company": "statistics are of a table"})
            cookie = of.signed_in("staff", self.bruno, "staff")
            db.session.commit()
        self.token, cookie = of.token("/planner", cookie)
        self.headers = {"Cookie": cookie}
        waiting = filled.waiting
        self.moves = Moves(self, deque(waiting[::2]), filled.finance)
        other = bare_board.make(create_engine(of.url), of.company_id, self.bruno)
        self.asked: dict[str, dict[str, Any]] = {
            BOARD: {"ours": self.ask("/planner"), "bare": Request(other, "/planner")},
            MOVE: {"ours": self.moves, "bare": BareMoves(other, deque(waiting[1::2]), filled.finance)},
            "card page": {"ours": self.ask(f"/planner/cards/{filled.cards[1]['id']}")},
            "board search, a common name": {"ours": self.ask("/planner?q=maria")},
            "board search, a rare name": {"ours": self.ask(f"/planner?q={filled.rare}")},
            "board search, nobody": {"ours": self.ask("/planner?q=zzyzx")},
            **{f"ended, page {page}": {"ours": request} for page, request in enumerate(self.pages(4), start=1)},
        }

    def ask(self, path: str) -> Request:
        return Request(self.of.app, path, headers=self.headers)

    def pages(self, many: int) -> list[Request]:
        """The first pages of «Tudo OK», reached as a person would."""
        found, path = [], "/planner/concluidos"
        for _ in range(many):
            found.append(self.ask(path))
            link = re.search(r'href="([^"]+apos=[^"]+)"', found[-1].send().body.decode())
            if not link:
                raise RuntimeError(f"{path} is the last page")
            path = link[1].replace("&amp;", "&")
        return found


class Waiting(NamedTuple):
    """A card that may go to Financeiro once it is noted."""

    card_id: int
    order_id: int
    version: int


@dataclass
class Moves:
    """A move of another card at each turn, since a card moves on only once."""

    desk: Desk
    waiting: deque[Waiting]
    finance: int

    def send(self) -> Answer:
        one = self.waiting.popleft()
        form = {
            "coluna": str(self.finance),
            "version": str(one.version),
            f"note-{one.order_id}": "Ramal criado e instalado no cliente.",
            "csrf_token": self.desk.token,
            "idem": new_key(),
        }
        path = f"/planner/cards/{one.card_id}/mudancas"
        return Request(self.desk.of.app, path, form, {**self.desk.headers, **HTMX}).send()


@dataclass
class BareMoves:
    app: Any
    waiting: deque[Waiting]
    finance: int

    def send(self) -> Answer:
        one = self.waiting.popleft()
        form = {"coluna": str(self.finance), "version": str(one.version), "order": str(one.order_id), "note": "Feito."}
        return Request(self.app, f"/planner/cards/{one.card_id}/mudancas", form).send()


# ---- filling


class Filling:
    """Cards with what their verbs leave behind, past the verbs: those under way, then those that ended."""

    def __init__(self, ended: int, under_way: int = UNDER_WAY) -> None:
        self.under_way = under_way
        self.now, self.columns = clock.now(), {key: BoardColumn.of(key).id for key in ("orders", "finance", "done")}
        self.finance = self.columns["finance"]
        self.rows: dict[type[Base], list[Row]] = {}
        contracts = self._contracts(under_way + ended)
        many = len(contracts)
        tables = (Pabx, UpgradeRequest, UpgradeOrder, Card)
        ids = list(zip(*(reserve_ids(table, many) for table in tables), strict=True))
        self.staff = {
            login: db.session.scalars(select(Operator).where(Operator.login == login)).one()
            for login in ("rafael.teixeira", "bruno.reis", "ana.souza")
        }
        self.items = iter(reserve_ids(PabxItem, 2 * many))
        self.notes = iter(reserve_ids(CardNote, 3 * many))
        self.waiting: list[Waiting] = []
        for number, (contract, of) in enumerate(zip(contracts, ids, strict=True)):
            self._add(number, contract, of)
        self.cards = self.rows[Card]
        rare = select(Person.search_text).where(Person.id == self.cards[-1]["person_id"])
        self.rare = (db.session.scalar(rare) or "").replace(" ", "+")

    def write(self) -> None:
        for table in (Pabx, UpgradeRequest, UpgradeOrder, PabxItem, UpgradeLine, Card, CardNote, CardMove, Event):
            insert_all(table, self.rows[table])

    def _contracts(self, many: int) -> list[Any]:
        """Of customers who have no panel yet, one each."""
        rows = select(Contract.id, Contract.number, Contract.service_id, Contract.company_id, Service.person_id)
        rows = rows.join(Service, Service.id == Contract.service_id)
        rows = rows.where(Contract.company_id == cast.vale_claro().id, Contract.status == "active")
        rows = rows.where(Service.person_id.not_in(select(Pabx.person_id))).order_by(Contract.id)
        found = {row.person_id: row for row in db.session.execute(rows)}
        if len(found) < many:
            raise RuntimeError(f"{len(found)} contracts for {many} cards")
        return list(found.values())[:many]

    def _put(self, table: type[Base], **values: Any) -> Row:
        self.rows.setdefault(table, []).append(values)
        return values

    def _add(self, number: int, contract: Any, ids: tuple[int, ...]) -> None:
        pabx_id, request_id, order_id, card_id = ids
        ended = number >= self.under_way
        key = "done" if ended else ("orders", "finance")[number % 2]
        entered = self.now - (
            timedelta(minutes=20 * (number - self.under_way) + 60) if ended else timedelta(minutes=53 * number + 3)
        )
        began = entered - timedelta(days=3)
        of = {"company_id": contract.company_id, "person_id": contract.person_id}
        self._put(Pabx, id=pabx_id, **of)
        order = self._order(number, contract, key, entered, began, (order_id, request_id, pabx_id))
        self._extensions(order)
        version = ("orders", "finance", "done").index(key) + 1
        self._put(
            Card,
            id=card_id,
            pabx_id=pabx_id,
            board_column_id=self.columns[key],
            entered_at=entered,
            moved_by_id=self.staff["rafael.teixeira" if version == 1 else "bruno.reis"].id,
            created_at=began,
            version=version,
            **of,
        )
        self._told(card_id, order, contract, version, began, entered)
        if key == "orders" and order["made_at"] and not order["noted_at"]:
            self.waiting.append(Waiting(card_id, order_id, version))

    def _order(
        self, number: int, contract: Any, key: str, entered: datetime, began: datetime, ids: tuple[int, ...]
    ) -> Row:
        """An agreed request that was launched, and its order."""
        order_id, request_id, pabx_id = ids
        of = {"company_id": contract.company_id, "person_id": contract.person_id}
        kind = KINDS[number % len(KINDS)]
        quantity = 2 if kind == "extension" else 1
        adjusted = key == "done" or (key == "finance" and number % 4 == 1)
        made = key != "orders" or number % 16 > 0
        sales, support = self.staff["rafael.teixeira"], self.staff["bruno.reis"]
        self._put(
            UpgradeRequest,
            id=request_id,
            kind=kind,
            answer="device" if kind == "extension" else None,
            wanted=quantity,
            module="Gravação" if kind == "module" else "",
            status="launched",
            author_id=support.id,
            author_department_id=support.department_id,
            created_at=began,
            checked_at=began,
            confirmed_with="Eunice",
            department_id=sales.department_id,
            forwarded_at=began,
            forwarded_by_id=support.id,
            forwarded_from_id=support.department_id,
            agreed_with="Eunice",
            agreed_on=began.date(),
            agreed_cents=CENTS,
            agreed_by_id=sales.id,
            ended_at=began,
            version=5,
            **of,
        )
        words = {
            "extension": "2 ramais: Balcão e Escritório. Instalar em telefone IP",
            "outbound_channel": "1 canal de saída",
            "module": "1 módulo Gravação",
        }
        return self._put(
            UpgradeOrder,
            id=order_id,
            request_id=request_id,
            pabx_id=pabx_id,
            service_id=contract.service_id,
            contract_id=contract.id,
            kind=kind,
            module="Gravação" if kind == "module" else "",
            quantity=quantity,
            unit_cents=CENTS,
            starts_on=began.date(),
            words=words[kind],
            status="done" if key == "done" else "open",
            noted_at=entered if key != "done" and number % 5 == 0 else None,
            created_at=began,
            launched_by_id=sales.id,
            made_at=entered - timedelta(days=1) if made else None,
            made_by_id=support.id if made else None,
            adjusted_at=entered if adjusted else None,
            adjusted_by_id=self.staff["ana.souza"].id if adjusted else None,
            before_cents=4980 if adjusted else None,
            after_cents=4980 + CENTS * quantity if adjusted else None,
            finished_at=entered if key == "done" else None,
            version=4,
            **of,
        )

    def _extensions(self, order: Row) -> None:
        for position, name in enumerate(("Balcão", "Escritório"), start=1):
            if order["kind"] != "extension":
                return
            id = next(self.items) if order["made_at"] else None
            line = {"order_id": order["id"], "position": position, "item_id": id}
            self._put(UpgradeLine, name=name, sector="Vendas", procedure="install", **line)
            if id is None:
                continue
            self._put(
                PabxItem,
                id=id,
                company_id=order["company_id"],
                pabx_id=order["pabx_id"],
                service_id=order["service_id"],
                kind="extension",
                number=str(1999 + position),
                name=name,
                sector="Vendas",
                status="in_use",
                procedure="install",
                device="Yealink T31",
                used_at=order["made_at"],
                contracted_on=order["adjusted_at"] and order["adjusted_at"].date(),
                order_id=order["id"],
                created_at=order["made_at"],
                version=2,
            )

    def _told(self, card_id: int, order: Row, contract: Any, version: int, began: datetime, entered: datetime) -> None:
        """Notes, moves and events of the stages it went through."""
        names = ("Pedidos e Alterações", "Financeiro", "Tudo OK")
        columns, about = list(self.columns.values()), {"person_id": order["person_id"]}
        card = ("card", card_id, f"card {card_id}")
        launched = {
            "order": order["words"],
            "price": brl(order["unit_cents"] * order["quantity"]),
            "number": contract.number,
            "how": "em Pedidos e Alterações",
        }
        told = [(began, event_values("card.launched", card, **launched))]
        for stage, who in enumerate(list(self.staff.values())[:version]):
            at = began + stage * (entered - began) / max(version - 1, 1)
            sector = ("Comercial", "Suporte", "Financeiro")[stage]
            note = self._put(
                CardNote,
                id=next(self.notes),
                company_id=order["company_id"],
                card_id=card_id,
                order_id=order["id"],
                board_column_id=columns[max(stage - 1, 0)],
                department_id=who.department_id,
                operator_id=who.id,
                text="Feito como combinado.",
                written_at=at,
            )
            self._put(
                CardMove,
                company_id=order["company_id"],
                card_id=card_id,
                version=stage + 1,
                from_column_id=columns[stage - 1] if stage else None,
                to_column_id=columns[stage],
                note_id=note["id"],
                stood_since=began if stage else None,
                operator_id=who.id,
                department_id=who.department_id,
                moved_at=at,
            )
            if stage:
                way = {"before": names[stage - 1], "after": names[stage], "sector": sector}
                told.append(
                    (at, event_values("card.noted", card, text=note["text"], sector=sector, order=order["words"]))
                )
                told.append((at, event_values("card.moved", card, **way)))
        self.rows.setdefault(Event, []).extend({**event, **about, "occurred_at": at} for at, event in told)


# ---- saying


def _print(figures: dict[str, Taken], small: int, big: int) -> None:
    print(f"{'server CPU-ms / p50 ms':28}" + "".join(f"{f'{n:,} ended':^34}" for n in (small, big)))
    print(" " * 28 + f"{'ours':>13}{'bare':>13}{'ratio':>8}" * 2)
    for name, taken in figures.items():
        line = f"{name:28}"
        for size in (small, big):
            ours, other = taken[size, "ours"], taken.get((size, "bare"))
            line += f"{f'{ours.cpu:.1f} / {ours.p50:.1f}':>13}"
            line += f"{f'{other.cpu:.1f} / {other.p50:.1f}':>13}{ours.cpu / other.cpu:7.1f}x" if other else " " * 21
        print(line)
    print()
    for row, name, goal in ((1, BOARD, 1.5), (2, MOVE, 2)):
        _say(row, f"{name} to the bare one", max(_ratio(figures[name], size) for size in (small, big)), goal)


def _ratio(taken: Taken, size: int) -> float:
    return taken[size, "ours"].cpu / taken[size, "bare"].cpu


def _print_growth(figures: dict[str, Taken], small: int, big: int, database: str) -> None:
    for name, goal in GROWTH.items():
        one, other = figures[name][small, "ours"], figures[name][big, "ours"]
        _say(5, f"{name}, growth", other.cpu / one.cpu if database == "sqlite" else other.p50 / one.p50, goal)


def _print_once(desk: Desk) -> None:
    """What does not depend on the machine: statements and bytes."""
    with counting(desk.of.app) as sent:
        page = desk.ask("/planner").send()
    with counting(desk.of.app) as moving:
        move = desk.moves.send()
    _count(1, "statements of the board", len(sent), 6)
    _count(1, "bytes of the board, gzip", len(gzip.compress(page.body, 5)), 15 * KB)
    _count(2, "bytes of a move, gzip", len(gzip.compress(move.body, 5)), 4 * KB)
    print(f" 2  statements of a move: {len(moving)}")


def _say(row: int, what: str, is_so: float, goal: float) -> None:
    print(f"{row:2}  {what:42}{is_so:>10.2f} x  goal {goal} x   {'met' if is_so <= goal else 'MISSED'}")


def _count(row: int, what: str, is_so: int, goal: int) -> None:
    print(f"{row:2}  {what:42}{is_so:>10,}    goal {goal:,}   {'met' if is_so <= goal else 'MISSED'}")


if __name__ == "__main__":
    main()
