"""bin/bench writers: sixteen people writing at once through the staff door. Never fails a build.

On SQLite, on PostgreSQL, and on PostgreSQL with two web machines and two workers, each of which is killed once and
started again. Every write somebody was told of must be there (counted by version, by row and by event), nobody may
meet "database is locked"; then the same people at 5 requests a second together, and `flask check`.
"""

from __future__ import annotations

import argparse
import html
import http.client
import itertools
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import func, select

from bench.installations import Installation, installations, quiet
from bench.machines import Process, kill_each_once, running
from jobs.worker import Worker
from models import clock
from models.base import db
from models.billing import Payment
from models.catalog import ChargeKind
from models.history import Event
from models.people import Person
from models.scope import Actor, acting
from models.services import Service
from tests import cast

CLIENTS, SHARED = 16, 4  # so many share each customer whose record they change
TOGETHER = 5  # requests a second of all of them, when paced
GOAL_MS = 150
PRICE_CENTS = 1234
EVENTS = {
    "change": "person.details_changed",
    "charge": "charge.created",
    "receive": "charge.paid",
    "suspend": "service.suspended",
    "unlock": "service.trust_unlocked",
    "enable": "service.enabled",
}
Form = dict[str, Any]


class Unanswered(Exception):
    """A post whose answer never came: it may be written or not."""


# ---- the people


class Seat(NamedTuple):
    """Where somebody sits: their cookie, a customer they share, a customer and service of their own."""

    cookie: str
    shared: int
    person: int
    service: int


class Heard(NamedTuple):
    """What the people were told. Of each act: how often it was done, how often nobody knows, and other statuses."""

    done: Counter[str]
    unanswered: Counter[str]
    statuses: Counter[int]
    waited: list[float]  # seconds of each request
    seconds: float = 0  # that all this took


class Client(threading.Thread):
    """Somebody at a browser, who opens a form, fills it in and sends it, until it is time to go."""

    def __init__(
        self, number: int, seat: Seat, ports: list[int], kind: int, over: threading.Event, pause: float
    ) -> None:
        super().__init__(daemon=True)
        self.number, self.seat, self.kind, self.over, self.pause = number, seat, kind, over, pause
        self.ports = itertools.cycle(ports[number % len(ports) :] + ports[: number % len(ports)])
        self.port = next(self.ports)
        self.cookies = dict([seat.cookie.split("=", 1)])
        self.next = time.monotonic() + pause * number / CLIENTS
        self.heard = Heard(Counter(), Counter(), Counter(), [])

    def run(self) -> None:
        acts: list[Callable[[str], None]] = [
            self._change,
            self._charge,
            self._suspend,
            self._change,
            self._unlock,
            self._enable,
        ]
        began = int(time.time())  # so that no two acts of all rounds write the same
        for turn, act in enumerate(itertools.cycle(acts)):
            if self.over.is_set():
                return
            with suppress(Unanswered, LookupError):  # a lookup: the page had no such form, for it was refused
                act(f"{began % 100_000}.{self.number}.{turn}")

    def _change(self, mark: str) -> None:
        path = f"/clientes/{self.seat.shared}/dados/editar"
        self._post("change", path, {**_fields(self._get(path)), "rg": mark})

    def _charge(self, mark: str) -> None:
        path = f"/clientes/{self.seat.person}/cobrancas/adicionar"
        asked = {
            **_fields(self._get(path)),
            "charge_kind_id": self.kind,
            "service_id": self.seat.service,
            "description": mark,
            "due_on": (clock.today() + timedelta(days=10)).isoformat(),
            "amount_cents": f"{PRICE_CENTS / 100:.2f}".replace(".", ","),
        }
        self._post("charge", path, asked)
        waiting = re.findall(
            r'href="(/cobrancas/\d+/recebimento)"', self._get(f"/clientes/{self.seat.person}/financeiro")
        )
        self._post("receive", waiting[0], _fields(self._get(waiting[0])))

    def _suspend(self, mark: str) -> None:
        path = f"/servicos/{self.seat.service}/suspensao"
        self._post("suspend", path, {**_fields(self._get(path)), "to": "suspended_for_debt", "reason": mark})

    def _unlock(self, mark: str) -> None:
        path = f"/servicos/{self.seat.service}/desbloqueio-em-confianca"
        self._post("unlock", path, {**_fields(self._get(path)), "reason": mark})

    def _enable(self, mark: str) -> None:
        path = f"/servicos/{self.seat.service}/habilitacao"
        self._post("enable", path, {**_fields(self._get(path)), "reason": mark})

    def _get(self, path: str) -> str:
        """A page; from the other machine when this one does not answer, as nginx would."""
        for _ in range(100):
            with suppress(OSError, http.client.HTTPException):
                return self._ask("GET", path)[1]
            self.port = next(self.ports)
            time.sleep(0.1)
        raise RuntimeError(f"nobody answers {path}")

    def _post(self, act: str, path: str, form: Form) -> None:
        try:
            status, _ = self._ask("POST", path, form)
        except (OSError, http.client.HTTPException) as error:
            self.heard.unanswered[act] += 1
            self.port = next(self.ports)
            raise Unanswered from error
        if status == 303:
            self.heard.done[act] += 1

    def _ask(self, method: str, path: str, form: Form | None = None) -> tuple[int, str]:
        if self.pause:
            time.sleep(max(0, self.next - time.monotonic()))
            self.next = max(self.next + self.pause, time.monotonic())
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self.heard.waited.append(time.monotonic() - began)
        self.heard.statuses[answer.status] += 1
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text


def _fields(page: str) -> Form:
    """What the form of a page would send as it stands: its inputs with a name; a choice only where it was made."""
    form, fields = page[page.index("<main") : page.index("</main>")], {}
    for tag in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in told and (told.get("type") not in ("radio", "checkbox") or " checked" in tag):
            fields[told["name"]] = html.unescape(told.get("value", ""))
    if "csrf_token" not in fields:
        raise LookupError("no form on this page")
    return fields


# ---- counting


class Kept(NamedTuple):
    """What the database holds: versions of the shared customers, events by act, money of received charges."""

    versions: int
    events: Counter[str]
    payments: int
    cents: int


def _kept(of: Installation, seats: list[Seat]) -> Kept:
    with of.app.app_context(), acting(Actor("job", None, "bin/bench"), "job"):
        shared = {seat.shared for seat in seats}
        versions = db.session.scalar(select(func.sum(Person.version)).where(Person.id.in_(shared))) or 0
        written = (
            select(Event.action, func.count().label("count"))
            .where(Event.actor_kind == "operator")
            .group_by(Event.action)
        )
        events = {row.action: row.count for row in db.session.execute(written)}
        mine = Payment.person_id.in_([seat.person for seat in seats])
        of_charges = select(func.count(), func.sum(Payment.amount_cents)).where(mine, Payment.charge_id.is_not(None))
        payments, cents = db.session.execute(of_charges).one()
        db.session.rollback()
    return Kept(versions, Counter({act: events.get(action, 0) for act, action in EVENTS.items()}), payments, cents or 0)


def _lost(before: Kept, after: Kept, heard: Heard) -> list[str]:
    """Where what is kept is not what was told; what nobody was told of may be there or not."""
    counted = {
        **{f"events of {act}": (after.events[act] - before.events[act], act) for act in EVENTS},
        "versions of the shared customers": (after.versions - before.versions, "change"),
        "payments": (after.payments - before.payments, "receive"),
        "money": ((after.cents - before.cents) // PRICE_CENTS, "receive"),
    }
    return [
        f"{what}: {found} kept, {heard.done[act]} told, {heard.unanswered[act]} unanswered"
        for what, (found, act) in counted.items()
        if not heard.done[act] <= found <= heard.done[act] + heard.unanswered[act]
    ]


def _seats(of: Installation) -> tuple[list[Seat], int]:
    """Sixteen sessions of Ana's, each with an active service of its own; and the type of what they charge."""
    with of.app.app_context(), acting(Actor("job", None, "bin/bench"), "job"):
        active = select(Service.person_id, Service.id).where(Service.status == "active")
        active = active.where(Service.company_id == of.company_id).order_by(Service.id)
        own = db.session.execute(active.limit(CLIENTS + CLIENTS // SHARED)).all()
        shared, ana = [row.person_id for row in own[CLIENTS:]], cast.operator("ana.souza").id
        seats = [
            Seat(of.signed_in("staff", ana, "staff"), shared[number // SHARED], row.person_id, row.id)
            for number, row in enumerate(own[:CLIENTS])
        ]
        kind = db.session.scalars(select(ChargeKind.id).order_by(ChargeKind.id)).first() or 1
        db.session.commit()
    return seats, kind


# ---- one round


def _write(of: Installation, root: Path, machines: int, seconds: float, paced: float, kills: bool) -> None:
    seats, kind = _seats(of)
    _drain(of)  # the papers of the demonstration, which would be made meanwhile
    with running(of, root, machines) as (processes, ports):
        _together(seats, ports, kind, seconds / 2, 0, [])  # processes that have just begun compile their templates
        before = _kept(of, seats)
        heard = _together(seats, ports, kind, seconds, 0, processes if kills else [])
        lost = _lost(before, _kept(of, seats), heard)
        calm = _together(seats, ports, kind, paced, CLIENTS / TOGETHER, [])
    locked = sum(log.read_text(errors="replace").count("database is locked") for log in root.glob("*.log"))
    asked, done = len(heard.waited), sum(heard.done.values())
    waited = sorted(calm.waited)
    p99 = waited[int(len(waited) * 0.99)] * 1000
    _drain(of)
    checked = of.app.test_cli_runner().invoke(args=["check"]).output.strip()
    print(f"  {asked / heard.seconds:.0f} requests a second, {done} writes told: {dict(heard.done)}")
    print(f"  statuses {dict(sorted(heard.statuses.items()))}, unanswered {sum(heard.unanswered.values())}")
    print(f"  lost: {'; '.join(lost) or 0}. Database is locked: {locked}")
    word = "met" if p99 <= GOAL_MS else "MISSED"
    print(f"  {len(waited)} requests, {TOGETHER} a second: p99 {p99:.0f} ms, goal {GOAL_MS} ms  {word}")
    print(f"  flask check: {checked}")


def _drain(of: Installation) -> None:
    """What is left to the workers is done now."""
    with of.app.app_context():
        Worker().drain()
        db.session.remove()


def _together(
    seats: list[Seat], ports: list[int], kind: int, seconds: float, pause: float, victims: list[Process]
) -> Heard:
    """Everybody at once for so long, while the victims are killed; what all of them heard."""
    over = threading.Event()
    clients = [Client(number, seat, ports, kind, over, pause) for number, seat in enumerate(seats)]
    began = time.monotonic()
    for client in clients:
        client.start()
    kill_each_once(victims, seconds)
    over.set()
    for client in clients:
        client.join(120)
    every = [client.heard for client in clients]
    return Heard(
        sum((heard.done for heard in every), Counter()),
        sum((heard.unanswered for heard in every), Counter()),
        sum((heard.statuses for heard in every), Counter()),
        [waited for heard in every for waited in heard.waited],
        time.monotonic() - began,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench writers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="of writing without pause")
    parser.add_argument("--paced", type=float, default=30, help="seconds of writing at 5 requests a second")
    options = parser.parse_args()
    rounds = (
        ("SQLite", "sqlite", 1, False),
        ("PostgreSQL", "postgresql", 1, False),
        ("PostgreSQL, two web machines and two workers, each killed once", "postgresql", 2, True),
    )
    for words, database, machines, kills in rounds:
        with tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder:
            root = Path(folder)
            with installations(root, [4 * CLIENTS], database) as (of,):
                quiet()
                print(words, flush=True)
                _write(of, root, machines, options.seconds, options.paced, kills)


if __name__ == "__main__":
    main()
