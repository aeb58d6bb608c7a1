"""What a subscriber sees of their tickets: what is public, and nothing else (A-93, B-12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from models import clock
from models.base import db
from models.desk.signs import Stop
from models.files import Attachment
from models.history import Event
from models.tickets import Comment, CustomerSeen, Rating, Ticket, TicketNotice
from models.wording import near
from models.workflows import TOPICS, TicketKind

MESSAGES = 40  # of one page
CLOSED_ONES = 20
AT_ONCE = timedelta(seconds=2)  # the comment and the end are one act
RATED_WITHIN = timedelta(days=30)
_PERSON: Any = bindparam("person")
_TICKET: Any = bindparam("ticket")
# Acts that say somebody of the team has taken it up.
TAKEN_UP = ("ticket.claimed", "ticket.taken_over", "ticket.forwarded", "comment.sent", "ticket.closed")


class Request(NamedTuple):
    """A ticket in a list of its customer."""

    ticket: Ticket
    kind_topic: str | None
    news: int
    taken_up_at: datetime | None
    rated: bool

    @property
    def title(self) -> str:
        return title(self.ticket, self.kind_topic)

    @property
    def waits_rating(self) -> bool:
        return self.ticket.is_closed and self.ticket.rating_asked and not self.rated

    @property
    def fact(self) -> str:
        """'Em atendimento desde hoje às 14:06'."""
        ticket = self.ticket
        if ticket.is_closed:
            return f"Encerrado {near(ticket.closed_at)}" if ticket.closed_at else ""
        if since := _since(ticket, self.taken_up_at):
            return f"Em atendimento desde {near(since)}"
        return f"Recebido {near(ticket.created_at)}, protocolo {ticket.protocol}"


@dataclass
class Message:
    """What stands together in the conversation: words and files of one sending, or a fact."""

    event_id: int
    who: str  # "me", "team" or "fact"
    name: str
    at: str
    sent_at: datetime
    text: str = ""
    edited: bool = False
    files: list[Attachment] = field(default_factory=list)
    sending: tuple[Any, ...] = ()


class Conversation(NamedTuple):
    messages: list[Message]
    newest: int  # the last entry of its timeline that is here, 0 of none
    earlier: int | None  # the entry before which there is more

    def last_words(self, ticket: Ticket) -> Message | None:
        """What the team wrote as it finished the ticket; None when it said nothing then."""
        by_team = [one for one in self.messages if one.who == "team" and one.text]
        ends = ticket.closed_at
        return by_team[-1] if by_team and ends and by_team[-1].sent_at >= ends - AT_ONCE else None


class TicketView(NamedTuple):
    """A ticket as its customer sees it."""

    ticket: Ticket
    kind_topic: str | None
    rating: Rating | None
    taken_up_at: datetime | None

    @property
    def title(self) -> str:
        return title(self.ticket, self.kind_topic)

    @property
    def topic(self) -> str:
        """Under which a request that goes on from it is written."""
        known = self.ticket.topic or self.kind_topic or "other"
        return "billing" if known == "contest" else known

    @property
    def path(self) -> list[Stop]:
        """Recebido, Em atendimento, Resolvido, with their times."""
        ticket, since = self.ticket, _since(self.ticket, self.taken_up_at)
        if ticket.is_closed:
            return [
                Stop("Recebido", _short(ticket.created_at), "ok"),
                Stop("Em atendimento", _short(since), "ok"),
                Stop("Resolvido", _short(ticket.closed_at), "ok"),
            ]
        until = Stop("Resolvido", self._until(), "next")
        if since:
            received = Stop("Recebido", _short(ticket.created_at), "ok")
            taken = _short(since).removeprefix("hoje ")
            return [received, Stop("Em atendimento", f"desde {taken}", "current", False), until]
        received = Stop("Recebido", _short(ticket.created_at), "current", False)
        return [received, Stop("Em atendimento", "", "next"), until]

    @property
    def stage(self) -> str:
        """Changes with the path: a page that shows another one is behind."""
        if self.ticket.is_closed:
            return "fim"
        return "em" if _since(self.ticket, self.taken_up_at) else "recebido"

    @property
    def took(self) -> str:
        """'3 h 32 min', from the request to its end."""
        ends = self.ticket.closed_at
        minutes = int((ends - self.ticket.created_at).total_seconds()) // 60 if ends else 0
        days, hours = minutes // 1440, minutes // 60 % 24
        if days:
            return f"{days} d {hours} h" if hours else f"{days} d"
        return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"

    @property
    def refusal_to_rate(self) -> str | None:
        return self.ticket.refusal_to_rate(self.rating)

    def _until(self) -> str:
        """A deadline that is past, or stopped, promises nothing."""
        ticket = self.ticket
        return "" if ticket.paused_at or not ticket.due_at or ticket.is_late else f"até {_short(ticket.due_at)}"


def _short(moment: datetime | None) -> str:
    """'hoje 14:06', below a stop of the fio."""
    return near(moment).replace(" às ", " ") if moment else ""


def title(ticket: Ticket, kind_topic: str | None) -> str:
    """Its own first line where the customer wrote it; the report of the team is the team's."""
    if ticket.topic:
        return ticket.subject.rstrip(".")
    return TOPICS.get(kind_topic or "", f"Atendimento {ticket.protocol}")


def current(person_id: int) -> list[Request]:
    """Those under way, and finished ones with news or a rating that is waited for; what was last asked first."""
    since = clock.now() - RATED_WITHIN
    found = db.session.execute(_current(), {"person": person_id, "since": since})
    return [Request._make(row) for row in found]


def closed_ones(person_id: int, before: int | None = None) -> list[Request]:
    """Those that are finished, the last asked first; one more than a page shows."""
    rows = _requests().where(Ticket.closed_at.is_not(None)).order_by(Ticket.id.desc()).limit(CLOSED_ONES + 1)
    rows = rows.where(Ticket.id < before) if before else rows
    return [Request._make(row) for row in db.session.execute(rows, {"person": person_id})]


def count_closed(person_id: int) -> int:
    return db.session.scalar(_count_closed(), {"person": person_id}) or 0


def news(person_id: int) -> int:
    """How many things the team said, or that happened, since they looked."""
    return db.session.scalar(_all_news(), {"person": person_id}) or 0


def ticket(person_id: int, ticket_id: int) -> TicketView | None:
    """One of theirs that began; None for anybody else's, a draft, and one that was thrown away."""
    row = db.session.execute(_view(), {"person": person_id, "ticket": ticket_id}).first()
    return TicketView._make(row) if row else None


def conversation(ticket: Ticket, *, after: int | None = None, before: int | None = None) -> Conversation:
    """What is public, the oldest on top: the last page, what came `after` an entry, or the page `before` one."""
    rows = _messages()
    if after is not None:
        rows = rows.where(Event.id > after)
    if before is not None:
        rows = rows.where(Event.id < before)
    found = db.session.execute(rows, {"ticket": ticket.id}).all()
    shown = list(reversed(found[:MESSAGES]))
    earlier = shown[0][0].id if len(found) > MESSAGES else None
    return Conversation(_together(shown, ticket.protocol), shown[-1][0].id if shown else 0, earlier)


def public_file(person_id: int, id: int) -> Attachment | None:
    """A file of one of their tickets that they may see."""
    rows = select(Attachment).join(Ticket, _hangs()).where(Attachment.id == id, _is_theirs())
    seen = (Attachment.visibility == "subscriber", Attachment.deleted_at.is_(None))
    return db.session.scalars(rows.where(*seen), {"person": person_id}).first()


def _is_theirs() -> ColumnElement[bool]:
    """A draft has no deadline yet, and one that was thrown away never had."""
    return and_(Ticket.person_id == _PERSON, Ticket.due_at.is_not(None))


def _hangs() -> ColumnElement[bool]:
    return and_(Attachment.subject_type == "ticket", Attachment.subject_id == Ticket.id)


def _taken_up() -> Any:
    acts = select(func.min(Event.occurred_at)).where(Event.ticket_id == Ticket.id, Event.actor_kind == "operator")
    return acts.where(Event.action.in_(TAKEN_UP)).correlate(Ticket).scalar_subquery()


def _since(ticket: Ticket, taken_up_at: datetime | None) -> datetime | None:
    known = [moment for moment in (taken_up_at, ticket.held_since) if moment]
    return min(known, default=None)


def _requests() -> Select[*tuple[Any, ...]]:
    rows = select(Ticket, TicketKind.topic, _news(), _taken_up(), _rated())
    return rows.outerjoin(TicketKind, TicketKind.id == Ticket.kind_id).where(_is_theirs())


@cache
def _current() -> Select[*tuple[Any, ...]]:
    waits = and_(Ticket.rating_asked, Ticket.closed_at > bindparam("since"), ~_rated())
    return _requests().where(or_(Ticket.closed_at.is_(None), waits, _news() > 0)).order_by(Ticket.id.desc())


def _rated() -> ColumnElement[bool]:
    return select(Rating.id).where(Rating.ticket_id == Ticket.id).correlate(Ticket).exists()


def _news() -> Any:
    seen = select(CustomerSeen.event_id).where(CustomerSeen.ticket_id == Ticket.id).correlate(Ticket)
    said = _said(select(func.count())).where(Event.ticket_id == Ticket.id, Event.actor_kind != "subscriber")
    return said.where(Event.id > func.coalesce(seen.scalar_subquery(), 0)).correlate(Ticket).scalar_subquery()


@cache
def _count_closed() -> Select[Any]:
    return select(func.count()).where(_is_theirs(), Ticket.closed_at.is_not(None))


@cache
def _all_news() -> Any:
    rows = _said(select(func.count())).join(Ticket, Ticket.id == Event.ticket_id)
    rows = rows.outerjoin(CustomerSeen, CustomerSeen.ticket_id == Ticket.id)
    return rows.where(
        _is_theirs(), Event.actor_kind != "subscriber", Event.id > func.coalesce(CustomerSeen.event_id, 0)
    )


@cache
def _view() -> Select[*tuple[Any, ...]]:
    rows = select(Ticket, TicketKind.topic, Rating, _taken_up())
    rows = rows.outerjoin(TicketKind, TicketKind.id == Ticket.kind_id)
    return rows.outerjoin(Rating, Rating.ticket_id == Ticket.id).where(Ticket.id == _TICKET, _is_theirs())


@cache
def _messages() -> Any:
    rows = _said(select(Event, Comment, Attachment, TicketNotice)).where(Event.ticket_id == _TICKET)
    return rows.order_by(Event.id.desc()).limit(MESSAGES + 1)


def _said(rows: Any) -> Any:
    """The entries of a timeline that say something public: a comment, a file that is still there, a notice."""
    said = and_(Event.subject_type == "comment", Event.action.in_(("comment.sent", "comment.replied")))
    comment = and_(said, Comment.id == Event.subject_id, Comment.visibility == "subscriber")
    attached = and_(Event.action == "attachment.shared", Attachment.id == Event.subject_id)
    file = and_(attached, Attachment.visibility == "subscriber", Attachment.deleted_at.is_(None))
    rows = rows.select_from(Event).outerjoin(Comment, comment).outerjoin(Attachment, file)
    rows = rows.outerjoin(TicketNotice, TicketNotice.event_id == Event.id)
    return rows.where(or_(Comment.id.is_not(None), Attachment.id.is_not(None), TicketNotice.id.is_not(None)))


def _together(rows: Iterable[Any], protocol: str) -> list[Message]:
    """Photos and the words sent with them are one message."""
    messages: list[Message] = []
    for event, comment, file, notice in rows:
        if comment is None and file is None:
            messages.append(
                Message(event.id, "fact", "", near(event.occurred_at), event.occurred_at, notice.words(protocol))
            )
            continue
        mine = event.actor_kind == "subscriber"
        sending = (event.actor_kind, event.actor_id, event.request_id or event.occurred_at)
        if not messages or messages[-1].sending != sending or messages[-1].text:
            name = "Você" if mine else event.actor_name.split()[0]
            who = "me" if mine else "team"
            messages.append(Message(event.id, who, name, near(event.occurred_at), event.occurred_at, sending=sending))
        last = messages[-1]
        last.event_id = event.id
        if file is not None:
            last.files.append(file)
        else:
            last.text, last.edited = comment.body, comment.edited_at is not None
    return messages
