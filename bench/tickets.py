"""`bin/bench tickets`: the list, its search and the page of a ticket, beside bare ones and with twenty times as many.

A provider has as many tickets as customers; Bruno holds thirty, and of the others one in forty is open, so that a list
is a full page in both sizes. Never fails a build.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from bench import bare
from bench.installations import Installation, installations, quiet
from bench.turns import Request, Took, take_turns
from models import clock
from models.base import db, insert_all, reserve_ids
from models.history import Event
from models.history.event import event_values
from models.people import Person
from models.people.person import searchable
from models.services import Service
from models.tickets import Comment, Ticket
from tests import cast

MATTERS = (
    "Sem conexão desde cedo, a luz da ONU pisca em vermelho.",
    "Lentidão à noite, só no Wi-Fi do quarto dos fundos.",
    "Quer a segunda via da fatura com outro vencimento.",
    "Caminhão levou o cabo na esquina, a rua toda caiu.",
    "Vai mudar de endereço no fim do mês e quer levar o plano.",
    "Não lembra a senha do Wi-Fi e o técnico não atende.",
    "O roteador desliga sozinho, diz que já trocou a tomada.",
)
RARE = "Poste caído perto da ponte, fibra pendurada."  # of five that are open, and of five that are finished
RARE_WORD = "ponte"
HELD = 30
PAGES = 200
LISTS = {"mine": ("meus", ""), "all open": ("todos", ""), "finished": ("finalizados", "")}
SEARCHES = {
    "by a rare word": ("todos", RARE_WORD),
    "by protocol": ("todos", ""),  # one it has
    "finished, by name": ("finalizados", "mari"),
    "finished, by a rare word": ("finalizados", RARE_WORD),
}
OURS = {
    "meus": "aba=meus",
    "todos": "aba=todos&status=pending",
    "finalizados": "aba=todos&status=closed",
}
TICKET = "ticket of 50 interactions"
Taken = dict[tuple[int, str], Took]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench tickets", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=40, help="turns of each")
    parser.add_argument("--tickets", type=int, nargs=2, metavar="N", default=[1_000, 20_000], help="two sizes")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), options.tickets, options.db) as made,
    ):
        quiet()
        desks = [Desk(of) for of in made]
        figures = {
            name: take_turns(
                {(desk.size, who): request for desk in desks for who, request in desk.pairs()[name].items()},
                options.rounds,
            )
            for name in (*LISTS, *SEARCHES, TICKET)
        }
        _print(figures, *options.tickets)
        _print_growth(figures, *options.tickets, options.db)
        _print_far(desks[-1], options.rounds)


class Desk:
    """An installation with as many tickets as customers, and Bruno signed in."""

    def __init__(self, of: Installation) -> None:
        self.of, self.size = of, of.size
        with of.app.app_context(), cast.by("bruno.reis"):
            self.bruno = cast.operator("bruno.reis").id
            self.protocol = _fill(of.size)
            self.ticket = _long_talk(of.customer)
            db.session.execute(text("analyze"), execution_options={"every_company": "statistics are of a table"})
            cookie = of.signed_in("staff", self.bruno, "staff")
            db.session.commit()
        self.headers = {"Cookie": cookie}

    def pairs(self) -> dict[str, dict[str, Request]]:
        """Of each page: ours and the bare one."""
        other = bare.make(create_engine(self.of.url), self.of.company_id)
        asked = {**LISTS, **SEARCHES, "by protocol": ("todos", self.protocol)}
        found = {
            name: {
                "ours": self.ask(f"/atendimentos?{OURS[tab]}&q={q}"),
                "bare": Request(other, f"/atendimentos/{self.bruno}/{tab}?q={q}"),
            }
            for name, (tab, q) in asked.items()
        }
        path = f"/atendimentos/{self.ticket}"
        return {**found, TICKET: {"ours": self.ask(path), "bare": Request(other, path)}}

    def ask(self, path: str) -> Request:
        return Request(self.of.app, path, headers=self.headers)

    def far(self) -> Request:
        """Page 200 of the finished ones, reached as a person would."""
        path = f"/atendimentos?{OURS['finalizados']}"
        for _ in range(PAGES - 1):
            found = re.search(r'href="([^"]+depois=[^"]+)"', self.ask(path).send().body.decode())
            if not found:
                raise RuntimeError(f"{path} is the last page")
            path = found[1].replace("&amp;", "&")
        return self.ask(path)


# ---- filling


def _fill(size: int) -> str:
    """So many tickets with what their verbs leave behind, past the verbs; the protocol of one that is open."""
    now, kind, process = clock.now(), cast.ticket_kind(), cast.process()
    first = process.first_step()
    if first is None:
        raise RuntimeError("a process without subprocess")
    common = {
        "kind_id": kind.id,
        "process_id": process.id,
        "step_id": first.id,
        "department_id": first.department_id,
        "sla_type": process.sla_type,
        "sla_table_id": db.session.scalar(select(Ticket.sla_table_id).where(Ticket.sla_table_id.is_not(None)).limit(1)),
        "created_by_id": cast.operator("bruno.reis").id,
    }
    of = select(Service.id, Service.person_id, Service.company_id).where(Service.company_id == cast.vale_claro().id)
    services = list(db.session.execute(of.order_by(Service.id)))
    ids = reserve_ids(Ticket, size)
    rows = [_ticket(number, id, services[number % len(services)], now, common) for number, id in enumerate(ids)]
    insert_all(Ticket, rows)
    comments = [_comment(id, row) for id, row in zip(reserve_ids(Comment, size), rows, strict=True)]
    insert_all(Comment, comments)
    insert_all(Event, [event for of in zip(rows, comments, strict=True) for event in _events(*of)])
    return str(next(row["protocol"] for row in reversed(rows) if row["status"] == "pending"))


def _ticket(number: int, id: int, of: Any, now: datetime, common: dict[str, Any]) -> dict[str, Any]:
    mine = number < HELD
    is_open = mine or number % 40 == 0
    began = now - timedelta(minutes=20 * number + 60)
    due = now + timedelta(minutes=number % 900 - 100) if is_open else began + timedelta(hours=8)
    ended = None if is_open else began + timedelta(minutes=number % 600)
    matter = RARE if number < 5 or 50 < number < 56 else MATTERS[number % len(MATTERS)]
    return {
        **common,
        "id": id,
        "company_id": of.company_id,
        "protocol": f"{began:%Y%m}.{number + 1000}",
        "status": "pending" if is_open else "closed",
        "person_id": of.person_id,
        "service_id": of.id,
        "staged": False,
        "typed": {},
        "report": f"{matter} Ligou às {began:%H:%M}.",
        "search_text": searchable(matter),
        "closing_note": "",
        "assignee_id": common["created_by_id"] if mine else None,
        "held_since": began if mine else None,
        "started_at": began,
        "due_at": due,
        "warns_at": due - timedelta(hours=2),
        "pause_reason": "",
        "pauses": [],
        "closed_at": ended,
        "on_time": None if ended is None else ended <= due,
        "open_orders": 0,
        "created_at": began,
        "saved_at": began,
        "version": 3,
    }


def _comment(id: int, ticket: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id,
        "company_id": ticket["company_id"],
        "ticket_id": ticket["id"],
        "visibility": "internal",
        "body": "Sinal conferido.",
        "author_kind": "operator",
        "author_id": ticket["created_by_id"],
        "author_name": "Bruno Reis",
        "created_at": ticket["started_at"],
        "version": 1,
    }


def _events(ticket: dict[str, Any], comment: dict[str, Any]) -> list[dict[str, Any]]:
    here = ("ticket", ticket["id"], f"atendimento {ticket['protocol']}")
    told = [
        event_values("ticket.opened", here, protocol=ticket["protocol"]),
        event_values("comment.noted", ("comment", comment["id"], "comentário privado")),
    ]
    if ticket["status"] == "closed":
        told.append(event_values("ticket.closed", here, classification="Resolvido", result="no prazo"))
    about = {"ticket_id": ticket["id"], "person_id": ticket["person_id"], "occurred_at": ticket["started_at"]}
    return [event | about for event in told]


def _long_talk(person_id: int) -> int:
    """A ticket of 50 interactions, four in five of them comments, held by Bruno."""
    row = cast.ticket(db.session.get_one(Person, person_id), "Sem acesso à internet", MATTERS[0])
    row.claim()
    for number in range(40):
        row.comment(f"{MATTERS[number % len(MATTERS)]} Vamos ver.", "internal" if number % 2 else "subscriber")
        if number % 10 == 9:
            row.pause("Espera o cliente")
            row.resume()
    return int(row.id)


# ---- saying


def _print(figures: dict[str, Taken], small: int, big: int) -> None:
    print(f"{'server CPU-ms / p50 ms':28}" + "".join(f"{f'{n:,} tickets':^34}" for n in (small, big)))
    print(" " * 28 + f"{'ours':>13}{'bare':>13}{'ratio':>8}" * 2)
    for name, taken in figures.items():
        line = f"{name:28}"
        for size in (small, big):
            ours, other = taken[size, "ours"], taken[size, "bare"]
            both = (f"{took.cpu:.1f} / {took.p50:.1f}" for took in (ours, other))
            line += "".join(f"{each:>13}" for each in both) + f"{ours.cpu / other.cpu:7.1f}x"
        print(line)
    print()
    lists = max(figures[name][small, "ours"].cpu / figures[name][small, "bare"].cpu for name in LISTS)
    page = figures[TICKET][small, "ours"].cpu / figures[TICKET][small, "bare"].cpu
    _say(3, "ticket page to the bare one", page, 2)
    _say(4, "lists to the bare ones", lists, 1.6)


def _print_growth(figures: dict[str, Taken], small: int, big: int, database: str) -> None:
    def growth(name: str) -> float:
        one, other = figures[name][small, "ours"], figures[name][big, "ours"]
        return other.cpu / one.cpu if database == "sqlite" else other.p50 / one.p50

    for name in (*LISTS, TICKET):
        _say(5, f"{name}, growth", growth(name), 1.3)
    for name in SEARCHES:
        _say(5, f"{name}, growth", growth(name), 1.6)


def _print_far(desk: Desk, rounds: int) -> None:
    took = take_turns({"first": desk.ask(f"/atendimentos?{OURS['finalizados']}"), "far": desk.far()}, rounds)
    _say(4, f"page {PAGES} to page 1", took["far"].p50 / took["first"].p50, 1.2)


def _say(row: int, what: str, is_so: float, goal: float) -> None:
    print(f"{row:2}  {what:42}{is_so:>10.2f} x  goal {goal} x   {'met' if is_so <= goal else 'MISSED'}")


if __name__ == "__main__":
    main()
