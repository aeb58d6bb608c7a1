"""Lists of tickets: mine, those of my sector, followed, drafts, late, all; by the time left (A-02, C-63)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, join, load_only

from models import clock
from models.base import Utc, db
from models.desk.exports import MOST
from models.desk.ticket_signs import Clock
from models.history import Event
from models.keyset import By, Key, Keyset
from models.operators import Company, Department, Operator
from models.people import Person
from models.people.person import searchable
from models.scope import TODAS
from models.tickets import OPEN, STATUSES, Ticket, TicketSeen, Watcher
from models.wording import waited
from models.workflows import SLA_TYPES, Process, ProcessStep

PAGE = 25
# Of its forty columns, what a row of a list or of its file says.
_OF_TICKET = (
    Ticket.company_id,
    Ticket.protocol,
    Ticket.status,
    Ticket.version,
    Ticket.report,
    Ticket.typed,
    Ticket.sla_type,
    Ticket.started_at,
    Ticket.due_at,
    Ticket.warns_at,
    Ticket.paused_at,
    Ticket.closed_at,
    Ticket.on_time,
    Ticket.open_orders,
    Ticket.priority,
    Ticket.created_at,
    Ticket.saved_at,
)
_OF_EVENT = (Event.actor_kind, Event.actor_id, Event.actor_name, Event.occurred_at)
HEADS = {
    "ticket.protocol": "Protocolo",
    "ticket.subject": "Atendimento",
    "customer": "Cliente",
    "status": "Status do Atendimento",
    "ticket.urgency": "Prioridade",
    "process": "Processo",
    "step": "Subprocesso",
    "matter": "SLA",
    "department": "Setor",
    "holder": "Com quem",
    "ticket.created_at": "Aberto em",
    "ticket.due_at": "Vence em",
    "ticket.closed_at": "Finalizado em",
    "ticket.ended": "Prazo",
}
TABS = {
    "meus": "Meus",
    "setor": "Meu setor",
    "acompanho": "Acompanho",
    "rascunhos": "Rascunhos",
    "vencidos": "Vencidos",
    "todos": "Todos",
}
# What a ticket asks of who holds it.
ASKS = {
    "agora": "Vencidos, perto do prazo ou respondidos",
    "vencido": "Vencidos",
    "breve": "Vencem em breve",
    "resposta": "O cliente respondeu",
    "espera": "Podem esperar",
}
URGENT = Keyset(By(Ticket.due_at, nullable=True), By(Ticket.id))
LATEST = Keyset(By(Ticket.saved_at, descending=True), By(Ticket.id, descending=True))
ENDED = Keyset(By(Ticket.closed_at, descending=True), By(Ticket.id, descending=True))
BY_PROTOCOL = Keyset(By(Ticket.id))  # numbers are given one after the other
# The most pressing group on top, and among its equals the most urgent.
BY_PRIORITY = Keyset(By(Ticket.priority, descending=True), By(Ticket.due_at, nullable=True), By(Ticket.id))
ORDERS = {
    "prazo": URGENT,
    "-prazo": URGENT.turned(),
    "protocolo": BY_PROTOCOL,
    "-protocolo": BY_PROTOCOL.turned(),
    "prioridade": BY_PRIORITY,
    "-prioridade": BY_PRIORITY.turned(),
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list; `me` and `my_department` are of whoever asks."""

    tab: str
    me: int
    my_department: int
    status: str = ""
    department: int = 0
    process: int = 0
    sla_type: str = ""
    text: str = ""
    sort: str = "prazo"
    free: bool = False  # of those nobody has rescued
    asks: str = ""  # one of ASKS

    @property
    def finished(self) -> bool:
        """Finished ones are shown only where their status is asked for."""
        return self.status == "closed"

    @property
    def order(self) -> Keyset:
        """As asked; by the time left otherwise, which neither a draft nor a finished one has."""
        if self.sort != "prazo":
            return ORDERS[self.sort]
        return LATEST if self.tab == "rascunhos" else ENDED if self.finished else URGENT

    def conditions(self) -> list[ColumnElement[bool]]:
        found = [*_of_tab(self.tab, closed=self.finished)]
        if self.status:
            found.append(Ticket.status == self.status)
        if self.free:
            found.append(Ticket.assignee_id.is_(None))
        if self.asks:
            found.append(_that_asks(self.asks))
        if self.department:
            found.append(Ticket.department_id == self.department)
        if self.process:
            found.append(Ticket.process_id == self.process)
        if self.sla_type:
            found.append(Ticket.sla_type == self.sla_type)
        words = searchable(self.text).split()
        if self.text.strip() and not words:
            found.append(false())  # accents alone are folded away, in reports as well
        for word in words:
            # Asked of the customers of the tickets in question, not of all there are.
            of_ticket = select(1).where(Person.id == Ticket.person_id).correlate(Ticket)
            named = of_ticket.where(Person.search_text.contains(word, autoescape=True)).exists()
            about = Ticket.search_text.contains(word, autoescape=True)
            found.append(or_(Ticket.protocol.startswith(word, autoescape=True), about, named))
        return found


class Listed(NamedTuple):
    ticket: Ticket
    customer: str
    step: str | None
    process: str | None
    department: str | None
    holder: str | None
    seen_at: datetime | None
    last: Event | None
    me: int
    company_zone: str

    @property
    def zone(self) -> str | None:
        """In which its moments are said, as on its own page: that of its company; of TODAS, that of whoever looks."""
        return None if self.ticket.company_id == TODAS else self.company_zone

    @property
    def clock(self) -> Clock:
        return Clock.of(self.ticket)

    @property
    def status(self) -> str:
        """In words; what waits for an order to be opened says so."""
        waits = self.ticket.status == "pending_work_order" and not self.ticket.open_orders
        return "OS por abrir" if waits else STATUSES[self.ticket.status]

    @property
    def matter(self) -> str:
        return SLA_TYPES.get(self.ticket.sla_type or "", "")

    @property
    def is_news(self) -> bool:
        """Somebody else acted since whoever looks was here."""
        last = self.last
        if last is None or (last.actor_kind, last.actor_id) == ("operator", self.me):
            return False
        return self.seen_at is None or last.occurred_at > self.seen_at


@dataclass(frozen=True)
class Page:
    rows: list[Listed]
    more: bool

    def last(self, order: Keyset) -> Key | None:
        """The key of the last row shown, behind which the next page begins."""
        return order.of(self.rows[-1].ticket) if self.more else None


def find(wanted: Wanted, after: Key | None = None, size: int = 0) -> Page:
    """One page of tickets in one question, the most urgent on top; drafts the latest first."""
    size = size or PAGE
    rows = _listed(wanted, after, size)
    found = [Listed._make(row) for row in db.session.execute(rows, _asking(wanted))]
    return Page(found[:size], len(found) > size)


def lines(wanted: Wanted) -> list[Listed]:
    """All that is asked for, as far as one file goes, in its order."""
    return [Listed._make(row) for row in db.session.execute(_listed(wanted, None, MOST), _asking(wanted))]


@lru_cache(200)
def _listed(wanted: Wanted, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    """Its tickets are picked first, by number alone: what else a row shows is looked up for those of the page."""
    ids = wanted.order.page(select(Ticket.id).where(*wanted.conditions()), after, size)
    return wanted.order.page(_rows(ids.subquery()), None)


def _rows(picked: Subquery | None = None) -> Select[*tuple[Any, ...]]:
    """The columns of Listed; of the tickets picked, which come first: PostgreSQL joins so many tables as written."""
    newest = select(func.max(Event.id)).where(Event.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    mine = and_(TicketSeen.ticket_id == Ticket.id, TicketSeen.operator_id == bindparam("me"))
    holder = aliased(Operator)
    return (
        select(
            Ticket,
            Person.name,
            ProcessStep.name,
            Process.name,
            Department.name,
            holder.name,
            TicketSeen.seen_at,
            Event,
            bindparam("me"),
            Company.zone,
        )
        .select_from(Ticket if picked is None else join(picked, Ticket, Ticket.id == picked.c.id))
        .join(Person, Person.id == Ticket.person_id)
        .join(Company, Company.id == Ticket.company_id)
        .outerjoin(ProcessStep, ProcessStep.id == Ticket.step_id)
        .outerjoin(Process, Process.id == Ticket.process_id)
        .outerjoin(Department, Department.id == Ticket.department_id)
        .outerjoin(holder, holder.id == Ticket.assignee_id)
        .outerjoin(TicketSeen, mine)
        .outerjoin(Event, Event.id == newest)
        .options(load_only(*_OF_TICKET, raiseload=True), load_only(*_OF_EVENT, raiseload=True))
    )


# What Início shows of tickets: which, and how many at most.
AT_HOME = {
    "now": (Wanted("meus", 0, 0, asks="agora"), 8),
    "later": (Wanted("meus", 0, 0, asks="espera"), 5),
    "queue": (Wanted("setor", 0, 0, free=True), 5),
    "followed": (Wanted("acompanho", 0, 0), 5),
}


class AtHome(NamedTuple):
    """A ticket of Início, and whether its customer had the last word."""

    listed: Listed
    answered: bool

    @property
    def why(self) -> str:
        """What it asks of its holder now."""
        if self.answered:
            return "Cliente respondeu"
        return {"bad": "Prazo vencido", "warn": "Prazo perto"}.get(self.listed.clock.tone, "Em andamento")

    @property
    def since(self) -> str:
        """How long ago, where the customer's word is the last there is."""
        last = self.listed.last
        return waited(clock.now() - last.occurred_at) if self.answered and last else ""


def at_home(me: int, my_department: int) -> dict[str, list[AtHome]]:
    """The first of each of AT_HOME, the most urgent on top; one question."""
    found: dict[str, list[AtHome]] = {part: [] for part in AT_HOME}
    asked = {"me": me, "my_department": my_department, "now": clock.now()}
    for row in db.session.execute(_at_home(), asked):
        *listed, part, answered = row
        found[part].append(AtHome(Listed._make(listed), bool(answered)))
    return found


@lru_cache(1)
def _at_home() -> Select[*tuple[Any, ...]]:
    picks = []
    for part, (wanted, most) in AT_HOME.items():
        ids = URGENT.page(select(Ticket.id).where(*wanted.conditions(), is_of_somebody()), None).limit(most).subquery()
        picks.append(select(literal(part).label("part"), ids.c.id))
    picked = union_all(*picks).subquery()
    return URGENT.page(_rows(picked).add_columns(picked.c.part, answered()), None)


def counts(me: int, my_department: int) -> dict[str, int]:
    """How many stand in each tab, and of mine how many are late or soon are; one question."""
    now = clock.now()
    found = db.session.execute(_counts(), {"me": me, "my_department": my_department, "now": now}).one()
    return dict(found._mapping)


@lru_cache(1)
def _counts() -> Select[*tuple[Any, ...]]:
    """Each by itself, for which there is an index; together they would read every ticket."""

    def how_many(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        return select(func.count()).select_from(Ticket).where(*conditions, of_somebody).scalar_subquery()

    of_somebody = is_of_somebody()
    tabs = [how_many(*_of_tab(tab)).label(tab) for tab in TABS if tab not in ("todos", "acompanho")]
    followed = select(func.count()).select_from(Watcher).join(Ticket, Ticket.id == Watcher.ticket_id)
    followed = followed.where(Watcher.operator_id == bindparam("me"), Ticket.status.in_(OPEN), of_somebody)
    mine = [Ticket.assignee_id == bindparam("me"), Ticket.status.in_(OPEN), Ticket.paused_at.is_(None)]
    now: Any = bindparam("now")
    return select(
        *tabs,
        followed.scalar_subquery().label("acompanho"),
        how_many(*_of_tab("meus"), _that_asks("agora")).label("my_now"),
        how_many(*_of_tab("setor"), Ticket.assignee_id.is_(None)).label("my_queue"),
        how_many(*mine, Ticket.due_at < now).label("my_late"),
        how_many(*mine, Ticket.due_at >= now, Ticket.warns_at <= now).label("my_soon"),
        how_many(*mine, Ticket.warns_at > now).label("my_calm"),
    )


def is_of_somebody() -> ColumnElement[bool]:
    """As the rows have: whose customer whoever asks does not see is in no list."""
    return select(Person.id).where(Person.id == Ticket.person_id).correlate(Ticket).exists()


def _of_tab(tab: str, *, closed: bool = False) -> list[ColumnElement[bool]]:
    """Those under way, or the finished ones in their place."""
    me: Any = bindparam("me")
    followed = Ticket.id.in_(select(Watcher.ticket_id).where(Watcher.operator_id == me))
    now: Any = bindparam("now", type_=Utc())
    late = and_(Ticket.due_at < now, Ticket.due_at < func.coalesce(Ticket.paused_at, now))  # the first has an index
    there = Ticket.status == "closed" if closed else Ticket.status.in_(OPEN)
    return {
        "meus": [Ticket.assignee_id == me, there],
        "setor": [Ticket.department_id == bindparam("my_department"), there],
        "acompanho": [followed, there],
        "rascunhos": [Ticket.status == "draft", Ticket.created_by_id == me],
        "vencidos": [Ticket.on_time.is_(False) if closed else late, there],
        "todos": [] if closed else [Ticket.status.in_(("draft", *OPEN))],
    }[tab]


def _that_asks(what: str) -> ColumnElement[bool]:
    """One of ASKS. A ticket whose time stands still is neither late nor nearly so; its customer may have answered."""
    now: Any = bindparam("now", type_=Utc())
    runs = Ticket.paused_at.is_(None)
    late = and_(runs, Ticket.due_at < now)
    soon = and_(runs, Ticket.due_at >= now, Ticket.warns_at.is_not(None), Ticket.warns_at <= now)
    asks = {"vencido": late, "breve": soon, "resposta": answered(), "agora": or_(late, soon, answered())}
    return asks[what] if what in asks else not_(asks["agora"])


def answered() -> ColumnElement[bool]:
    """The last person who did something in a ticket was its customer."""
    people = Event.actor_kind.in_(("operator", "subscriber"))
    last = select(func.max(Event.id)).where(Event.ticket_id == Ticket.id, people).correlate(Ticket).scalar_subquery()
    return select(Event.id).where(Event.id == last, Event.actor_kind == "subscriber").exists()


def _asking(wanted: Wanted) -> dict[str, Any]:
    return {"me": wanted.me, "my_department": wanted.my_department, "now": clock.now()}


def of_person(person_id: int, me: int, limit: int = 50) -> list[Listed]:
    """The tickets of one customer, the latest first."""
    rows = _rows().where(Ticket.person_id == person_id).order_by(Ticket.created_at.desc(), Ticket.id.desc())
    return [Listed._make(row) for row in db.session.execute(rows.limit(limit), {"me": me})]
