"""The life of a ticket, as hypothesis invents it: each act happens or is refused with a sentence, and nothing else.

Every rule says beforehand whether its act may be and which entries it leaves; after every step the rest must be true.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import inspect, select

from models import clock
from models.base import db as base
from models.contracts import Contract
from models.files import Attachment, Incoming
from models.files.attachment import MOST_FILES
from models.history import Event
from models.operators import Department
from models.people.person import searchable
from models.refused import Refused
from models.tickets import AT_OPENING, OPEN, Comment, CommentVersion, Destination, Ticket, TicketStay, Watcher
from tests import cast, pictures

START = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)  # 10:00 of a Tuesday
OPERATORS = ("bruno.reis", "silvia.maia")
HOUSE = ""  # a routine, which is responsible for nothing
SECRET = "sigiloso"  # in every text that is not for the customer
PDF = Incoming("laudo.pdf", "application/pdf", pictures.PDF)
PRIVATE_PDF = Incoming(f"{SECRET}.pdf", "application/pdf", pictures.PDF)

# Mostly what goes well, so that a life gets somewhere; "holder" is whoever is responsible just then.
actors = st.sampled_from(("holder",) * 6 + (*OPERATORS, HOUSE))
seen = st.sampled_from(("now", "now", "now", "unsaid", "old"))
reasons = st.sampled_from((f"Motivo {SECRET}",) * 4 + (" \u200b ",))
texts = st.sampled_from(("Oi.",) * 10 + (" \u200b ", "x" * 4001))
kinds_of_reader = st.sampled_from(("internal", "subscriber") * 3 + ("", "todos"))


TOOLS = {
    "associate": lambda row: row.associate(None if row.contract_id else 1),
    "attach": lambda row: row.attach(PDF, "internal"),
    "claim": lambda row: row.claim(),
    "close": lambda row: row.close(cast.closing_classification()),
    "comment": lambda row: row.comment("Oi.", "internal"),
    "forward": lambda row: row.forward(),
    "pause": lambda row: row.pause("Espera"),
    "process": lambda row: row.forward_to_process(cast.process("Financeiro")),
    "resume": lambda row: row.resume(),
    "step": lambda row: row.forward_to_step(cast.process().steps()[1]),
    "watch": lambda row: row.watch(cast.operator("rafael.teixeira")),
}
OPENING = {
    "discard": lambda row: row.discard("Engano"),
    "identify": lambda row: row.identify({"contact_origin_id": cast.contact_origin().id, "report": "Caiu."}),
    "keep": lambda row: row.keep({}),
    "save": lambda row: row.save(cast.ticket_kind(), {"status": "pending", "destination": None, "report": "Caiu."}),
    "start": lambda row: row.start(cast.process(), cast.opening_classification()),
}

drafting = precondition(lambda self: self.row().status == "draft")
started = precondition(lambda self: self.row().status in OPEN)


class TicketLife(RuleBasedStateMachine):
    @initialize(
        of=st.sampled_from((cast.ze, cast.maria)),
        staged=st.booleans(),
        by=st.sampled_from(OPERATORS),
        begun=st.sampled_from((True, True, False)),
    )
    def open(self, of, staged, by, begun):
        """A draft, which most lives leave at once."""
        self.now = START
        self.ids = {login: cast.operator(login).id for login in OPERATORS} | {HOUSE: None}
        self.creator = self.ids[by]
        self.comments: list[int] = []
        self.timeline: list[tuple[int, str]] = []
        self.before = None
        with clock.set_to(self.now), cast.by(by):
            person = of()
            ticket = Ticket.open(person) if staged else Ticket.open(person, cast.service(person))
            base.session.commit()
        self.id, self.protocol = ticket.id, ticket.protocol
        self.timeline = self.told()
        assert [action for _, action in self.timeline] == ["ticket.opened"]
        if begun:
            self.act(by, begin, may=True, tells=["ticket.started"])

    # ---- acting

    def row(self) -> Ticket:
        return base.session.get_one(Ticket, self.id)

    def login(self, by: str) -> str:
        """Who acts. Where nobody is responsible, the "holder" rescues it first."""
        row = self.row()
        if by == "holder" and row.status in OPEN and row.assignee_id is None:
            self.act(OPERATORS[0], lambda row: row.claim(), may=True, tells=["ticket.claimed"])
        if by != "holder":
            return by
        return next((login for login in OPERATORS if self.ids[login] == row.assignee_id), OPERATORS[0])

    def holds(self, login: str) -> bool:
        row, me = self.row(), self.ids[login]
        return row.status in OPEN and me is not None and row.assignee_id == me

    def act(self, by, verb, *, may, tells=()):
        """Let somebody act; what the verb gave, None when it was refused."""
        due, refusal = self.row().due_at, None
        with clock.set_to(self.now), cast.by(by) if by else nullcontext():
            try:
                done = verb(self.row()) or True
                base.session.commit()
            except Refused as said:
                base.session.rollback()
                refusal = said
        assert may is (refusal is None), refusal
        if refusal:
            speaks(refusal)
            assert self.told() == self.timeline
            return None
        now = self.told()
        assert now[: len(self.timeline)] == self.timeline, "history only grows"
        moved = self.row().due_at != due
        expected = [action for action in tells if action != "ticket.deadline_moved" or moved]
        assert [action for _, action in now[len(self.timeline) :]] == expected
        self.timeline = now
        return done

    def told(self) -> list[tuple[int, str]]:
        rows = select(Event.id, Event.action).where(Event.ticket_id == self.id).order_by(Event.id)
        return [(id, action) for id, action in base.session.execute(rows)]

    def version(self, seen: str) -> int | None:
        return {"now": self.row().version, "old": self.row().version - 1, "unsaid": None}[seen]

    # ---- the opening

    def is_draft(self) -> bool:
        return self.row().status == "draft"

    def began(self, login: str) -> bool:
        """Only who began a draft goes on with it."""
        return self.ids[login] == self.creator

    @drafting
    @rule(by=actors)
    def keep(self, by):
        by = self.login(by)
        may = self.is_draft() and self.began(by)
        self.act(by, lambda row: row.keep({"report": "Pela metade"}), may=may)

    @drafting
    @rule(
        by=actors,
        seen=seen,
        kind=st.sampled_from(
            ("Sem acesso à internet", "Fibra rompida", "Dúvida geral") * 2 + ("Reclamação do site", None)
        ),
        status=st.sampled_from(tuple(AT_OPENING) * 2 + ("draft",)),
        to=st.sampled_from((None, "Financeiro", *OPERATORS) * 2 + ("celia.prado",)),
        report=texts,
        note=texts,
    )
    def save(self, by, seen, kind, status, to, report, note):
        """Salvar of the quick form, in each status."""
        by = self.login(by)
        destination = None
        if to:
            operator = cast.operator(to) if "." in to else None
            named = operator.department_id if operator else self.department("Financeiro")
            destination = Destination(base.session.get_one(Department, named), operator)
        answers = {"status": status, "destination": destination, "report": report, "closing_note": note}
        said = fits(report) and (fits(note) if status == "closed" else len(note) <= 4000)
        goes = to != "celia.prado" and (status != "awaiting_analysis" or to is not None)
        may = self.is_draft() and not self.row().staged and seen != "old" and kind not in (None, "Reclamação do site")
        tells = ["ticket.started", *(["ticket.closed"] if status == "closed" else [])]
        chosen, version = cast.ticket_kind(kind) if kind else None, self.version(seen)
        may = may and self.began(by) and status != "draft" and said and goes
        if self.act(by, lambda row: row.save(chosen, answers, version), may=may, tells=tells):
            assert self.row().status == status
            assert self.row().assignee_id == (self.ids.get(to) if status != "closed" else None)

    @drafting
    @precondition(lambda self: self.row().staged)
    @rule(by=actors, seen=seen, report=texts, origin=st.booleans())
    def identify(self, by, seen, report, origin):
        by = self.login(by)
        answers = {"contact_origin_id": cast.contact_origin().id if origin else None, "report": report}
        may = self.is_draft() and self.began(by) and seen != "old" and fits(report) and origin
        version = self.version(seen)
        self.act(by, lambda row: row.identify(answers, version), may=may)

    @drafting
    @precondition(lambda self: self.row().staged)
    @rule(
        by=actors,
        seen=seen,
        process=st.sampled_from(("Suporte técnico", "Rompimento", None)),
        opening=st.sampled_from((True, True, False)),
        comment=texts,
        reader=kinds_of_reader,
    )
    def start(self, by, seen, process, opening, comment, reader):
        """Iniciar Atendimento, with a first comment or without."""
        by = self.login(by)
        row, empty = self.row(), not fits(comment) and len(comment) < 10
        ready = row.status == "draft" and bool(row.report and row.contact_origin_id)
        says = empty or (fits(comment) and reader in ("internal", "subscriber"))
        chosen = cast.opening_classification() if opening else cast.closing_classification()
        wanted, version = cast.process(process) if process else None, self.version(seen)
        tells = ["ticket.started", *([] if empty else [sent(reader)])]
        may = ready and self.began(by) and seen != "old" and process is not None and opening and says
        if self.act(by, lambda row: row.start(wanted, chosen, secret(comment), reader, version), may=may, tells=tells):
            assert self.row().assignee_id == self.ids[by] or by == HOUSE
            self.heard()

    @drafting
    @rule(
        by=st.sampled_from(OPERATORS),
        status=st.sampled_from(tuple(AT_OPENING)),
        to=st.sampled_from(("Financeiro", *OPERATORS)),
        reader=kinds_of_reader,
    )
    def open_well(self, by, status, to, reader):
        """By either form, with all that it asks for."""
        if not self.row().staged:
            self.save(by, "now", "Dúvida geral", status, to, "Oi.", "Feito.")
            return
        self.identify(by, "now", "Oi.", True)
        self.start(by, "now", "Rompimento", True, "Oi.", reader)

    @drafting
    @rule(by=actors, seen=seen, reason=reasons)
    def discard(self, by, seen, reason):
        by = self.login(by)
        supervises = by == "silvia.maia"
        may = self.is_draft() and (self.began(by) or supervises) and seen != "old" and fits(reason)
        version = self.version(seen)
        self.act(by, lambda row: row.discard(reason, version), may=may, tells=["ticket.discarded"])

    # ---- who is responsible

    @rule(by=st.sampled_from((*OPERATORS, *OPERATORS, HOUSE)), seen=seen)
    def claim(self, by, seen):
        row, me, version = self.row(), self.ids[by], self.version(seen)
        free = row.assignee_id is None
        late = seen == "old" and row.assignee_id not in (None, me)
        may = row.status in OPEN and me is not None and row.assignee_id != me and not late
        tells = ["ticket.claimed" if free else "ticket.taken_over"]
        if self.act(by, lambda row: row.claim(version), may=may, tells=tells):
            assert self.row().assignee_id == me

    # ---- what is said

    @started
    @rule(by=actors, body=texts, reader=kinds_of_reader)
    def comment(self, by, body, reader):
        by = self.login(by)
        may = self.holds(by) and fits(body) and reader in ("internal", "subscriber")
        text = secret(body) if reader == "internal" else body
        if self.act(by, lambda row: row.comment(text, reader), may=may, tells=[sent(reader)]):
            self.heard()

    @started
    @precondition(lambda self: self.comments)
    @rule(
        by=actors,
        which=st.sampled_from((-1, -1, -1, 0)),
        body=st.sampled_from(("Melhor assim.",) * 4 + (" ", "y" * 4001)),
        seen=seen,
    )
    def edit_comment(self, by, which, body, seen):
        """Only the last thing there is, by its author, who is still responsible."""
        by = self.login(by)
        comment = base.session.get_one(Comment, self.comments[which])
        versions, before = self.versions(comment.id), comment.body
        shown = comment.version - (seen == "old")
        mine = comment.author_id == self.ids[by]
        last = base.session.get_one(Event, self.timeline[-1][0])
        is_last = (last.subject_type, last.subject_id) == ("comment", comment.id)
        may = seen != "old" and mine and is_last and self.holds(by) and fits(body)
        text = secret(body) if comment.visibility == "internal" else f"{body}{len(versions)}"
        text = body if not fits(body) else text
        if self.act(by, lambda row: row.edit_comment(comment, text, shown), may=may):
            kept = [*versions, before] if text != before else versions
            assert (self.versions(comment.id), comment.body) == (kept, text)
            assert comment.version == shown + (text != before)

    @started
    @rule(reader=st.sampled_from(("internal", "subscriber")), body=st.sampled_from(("Melhor assim.", "Oi.")))
    def comment_and_think_again(self, reader, body):
        self.comment("holder", "Oi.", reader)
        self.edit_comment("holder", -1, body, "now")

    def heard(self):
        """A comment may have come; the ids of all of them."""
        self.comments = list(
            base.session.scalars(select(Comment.id).where(Comment.ticket_id == self.id).order_by(Comment.id))
        )

    def versions(self, id: int) -> list[str]:
        rows = select(CommentVersion.body).where(CommentVersion.comment_id == id)
        return list(base.session.scalars(rows.order_by(CommentVersion.number)))

    # ---- files

    @started
    @rule(by=actors, reader=kinds_of_reader)
    def attach(self, by, reader):
        by = self.login(by)
        private = reader == "internal"
        may = self.holds(by) and reader in ("internal", "subscriber") and len(self.files()) < MOST_FILES
        tells = ["attachment.added" if private else "attachment.shared"]
        self.act(by, lambda row: row.attach(PRIVATE_PDF if private else PDF, reader), may=may, tells=tells)

    @started
    @precondition(lambda self: self.files())
    @rule(by=actors, reason=reasons)
    def detach(self, by, reason):
        by = self.login(by)
        file, may = self.files()[0], self.holds(by) and fits(reason)
        self.act(by, lambda row: row.detach(file, reason), may=may, tells=["attachment.removed"])

    def files(self) -> list[Attachment]:
        return list(base.session.scalars(select(Attachment).where(Attachment.of(self.row())).order_by(Attachment.id)))

    # ---- the four ways on

    @started
    @rule(by=actors, seen=seen)
    def forward(self, by, seen):
        by = self.login(by)
        row, version = self.row(), self.version(seen)
        may = self.holds(by) and seen != "old" and row.next_step() is not None
        if self.act(by, lambda row: row.forward(version), may=may, tells=["ticket.forwarded"]):
            assert self.row().assignee_id is None

    @started
    @rule(by=actors, seen=seen, place=st.integers(0, 3), of=st.sampled_from((None, None, None, "Financeiro")))
    def forward_to_step(self, by, seen, place, of):
        by = self.login(by)
        row, version = self.row(), self.version(seen)
        own = next((one for one in self.processes() if one.id == row.process_id), cast.process())
        steps = (cast.process(of) if of else own).steps()
        step = steps[place] if place < len(steps) else None
        fits = step is not None and step.process_id == row.process_id and step.id != row.step_id
        may = self.holds(by) and seen != "old" and fits
        self.act(by, lambda row: row.forward_to_step(step, version), may=may, tells=["ticket.forwarded"])

    @started
    @rule(by=actors, seen=seen, name=st.sampled_from(("Suporte técnico", "Rompimento", "Financeiro", None)))
    def forward_to_process(self, by, seen, name):
        by = self.login(by)
        row, version = self.row(), self.version(seen)
        process = cast.process(name) if name else None
        may = self.holds(by) and seen != "old" and process is not None and process.id != row.process_id
        tells = ["ticket.deadline_moved", "ticket.forwarded"]
        if self.act(by, lambda row: row.forward_to_process(process, version), may=may, tells=tells):
            assert (self.row().process_id, self.row().sla_type) == (process.id, process.sla_type)

    @started
    @rule(by=actors, seen=seen, whom=st.sampled_from(("ana.souza", "silvia.maia", "celia.prado", None)))
    def watch(self, by, seen, whom):
        by = self.login(by)
        operator, version = cast.operator(whom) if whom else None, self.version(seen)
        may = whom in ("ana.souza", "silvia.maia") and not self.watched(whom)
        may = may and self.holds(by) and seen != "old"
        self.act(by, lambda row: row.watch(operator, version), may=may, tells=["ticket.watched"])

    @rule(by=actors, whom=st.sampled_from(("ana.souza", "silvia.maia")))
    def unwatch(self, by, whom):
        by = self.login(by)
        operator = cast.operator(whom)
        may = self.watched(whom) and self.row().status != "closed" and (by == whom or self.holds(by))
        self.act(by, lambda row: row.unwatch(operator), may=may, tells=["ticket.unwatched"])

    def watched(self, login: str) -> bool:
        return base.session.get(Watcher, (self.id, cast.operator(login).id)) is not None

    def processes(self) -> list:
        return [cast.process(name) for name in ("Suporte técnico", "Rompimento", "Financeiro", "Dúvida")]

    # ---- the deadline

    @started
    @rule(by=actors, seen=seen, reason=reasons)
    def pause(self, by, seen, reason):
        by = self.login(by)
        may = self.holds(by) and seen != "old" and not self.row().paused_at and fits(reason)
        version = self.version(seen)
        if self.act(by, lambda row: row.pause(reason, version), may=may, tells=["ticket.paused"]):
            assert self.row().paused_at == self.now

    @started
    @rule(by=actors, seen=seen)
    def resume(self, by, seen):
        by = self.login(by)
        before, version = self.row().due_at, self.version(seen)
        may = self.holds(by) and seen != "old" and self.row().paused_at is not None
        if self.act(by, lambda row: row.resume(version), may=may, tells=["ticket.resumed"]):
            assert self.row().paused_at is None
            assert self.row().due_at >= before

    @started
    @rule(by=actors, seen=seen, own=st.booleans())
    def associate(self, by, seen, own):
        """Another contract, or none: the deadline is counted anew."""
        by = self.login(by)
        row, version = self.row(), self.version(seen)
        mine = select(Contract.id).where(Contract.service_id == cast.service(self.person()).id)
        id = base.session.scalars(mine.order_by(Contract.id)).first() if own else None
        tells = [] if row.contract_id == id else ["ticket.contract_changed", "ticket.deadline_moved"]
        may = self.holds(by) and seen != "old"
        self.act(by, lambda row: row.associate(id, version), may=may, tells=tells)

    def person(self):
        return next(of for of in (cast.ze(), cast.maria()) if of.id == self.row().person_id)

    @rule(minutes=st.sampled_from((1, 30, 240, 24 * 60, 5 * 24 * 60)))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    # ---- what the floors above hold it open with, and the end

    @started
    @rule(gate=st.sampled_from((None, None, None, "supervision", "delivery")))
    def set_gate(self, gate):
        self.row().gate = gate
        base.session.commit()

    @started
    @rule(orders=st.sampled_from((0, 0, 1, 2)))
    def set_orders(self, orders):
        self.row().open_orders = orders
        base.session.commit()

    @started
    @rule(
        by=actors,
        seen=seen,
        closing=st.sampled_from((True, True, True, False, None)),
        comment=texts,
        reader=kinds_of_reader,
    )
    def close(self, by, seen, closing, comment, reader):
        by = self.login(by)
        row, version, empty = self.row(), self.version(seen), not fits(comment) and len(comment) < 10
        says = empty or (fits(comment) and reader in ("internal", "subscriber"))
        held = row.open_orders or row.gate
        may = self.holds(by) and seen != "old" and not held and closing is True and says
        chosen = {True: cast.closing_classification, False: cast.opening_classification, None: lambda: None}[closing]()
        paused = ["ticket.resumed"] if row.paused_at else []
        tells = [*([] if empty else [sent(reader)]), *paused, "ticket.closed"]
        text = secret(comment) if reader == "internal" else comment
        if self.act(by, lambda row: row.close(chosen, version, text, reader), may=may, tells=tells):
            assert self.row().closed_at == self.now
            assert self.row().on_time is (self.now <= self.row().due_at)
            self.heard()

    @rule(by=actors, seen=seen, reason=reasons)
    def reopen(self, by, seen, reason):
        by = self.login(by)
        row, version = self.row(), self.version(seen)
        may = row.status == "closed" and row.due_at is not None and seen != "old" and fits(reason)
        if self.act(by, lambda row: row.reopen(reason, version), may=may, tells=["ticket.reopened"]):
            assert (self.row().status, self.row().assignee_id) == ("pending", self.ids[by])

    @precondition(lambda self: self.row().status not in OPEN)
    @rule(by=actors, which=st.sampled_from(sorted(TOOLS)))
    def no_tool(self, by, which):
        """A draft has no tools yet, a finished ticket none any more."""
        self.act(self.login(by), TOOLS[which], may=False)

    @precondition(lambda self: self.row().status != "draft")
    @rule(by=actors, which=st.sampled_from(sorted(OPENING)))
    def no_opening(self, by, which):
        self.act(self.login(by), OPENING[which], may=False)

    # ---- what is always so

    @invariant()
    def protocol_never_changes(self):
        assert self.row().protocol == self.protocol
        assert re.fullmatch(r"202612\.[1-9]\d*", self.protocol)

    @invariant()
    def moments_agree_with_the_status(self):
        row = self.row()
        assert (row.status == "closed") == (row.closed_at is not None)
        assert (row.status == "closed" and row.due_at is not None) == (row.on_time is not None)
        assert (row.assignee_id is None) == (row.held_since is None)
        if row.status == "closed":
            assert (row.open_orders, row.gate, row.paused_at) == (0, None, None)
        if row.status == "draft":
            assert (row.started_at, row.due_at, row.assignee_id, row.process_id, row.step_id) == (None,) * 5
        if row.status in OPEN:
            assert row.created_at <= row.started_at < row.warns_at <= row.due_at
            assert (row.closing_classification_id, row.closed_by_id) == (None, None)
        assert (row.paused_at is not None) == bool(row.pause_reason)
        assert all(start <= end for start, end in row.pauses)

    @invariant()
    def found_by_its_report(self):
        row = self.row()
        assert row.search_text == searchable(row.report or row.typed.get("report", ""))[:300]

    @invariant()
    def one_stay_lasts_while_it_runs(self):
        rows = select(TicketStay.step_id).where(TicketStay.ticket_id == self.id, TicketStay.left_at.is_(None))
        row = self.row()
        assert list(base.session.scalars(rows)) == ([row.step_id] if row.status in OPEN else [])

    @invariant()
    def versions_only_grow_and_every_change_takes_one(self):
        row = self.row()
        now = {each.key: getattr(row, each.key) for each in inspect(Ticket).column_attrs}
        before, self.before = self.before, now
        if before is None:
            return
        assert now["version"] >= before["version"]
        assert len(now["pauses"]) >= len(before["pauses"])
        loose = {"typed", "search_text", "saved_at", "gate", "open_orders"}  # kept while typing; set from above
        changed = {key for key in now if now[key] != before[key]} - loose
        assert not changed or now["version"] > before["version"], changed

    @invariant()
    def private_words_are_in_no_public_entry(self):
        public = select(Event).where(Event.ticket_id == self.id, Event.visibility == "subscriber")
        for event in base.session.scalars(public):
            assert SECRET not in f"{event.data} {event.reason} {event.subject_label}", event.action
        kinds = {"comment.noted": "internal", "comment.sent": "subscriber"}
        said = select(Event.action, Comment.visibility).join(Comment, Comment.id == Event.subject_id)
        said = said.where(Event.ticket_id == self.id, Event.subject_type == "comment")
        for action, visibility in base.session.execute(said):
            assert kinds[action] == visibility

    def department(self, name: str) -> int:
        return base.session.scalars(select(Department.id).where(Department.name == name)).one()


def begin(row: Ticket) -> None:
    """By the shortest way."""
    if not row.staged:
        row.save(cast.ticket_kind(), {"status": "pending", "destination": None, "report": "Caiu."})
        return
    row.identify({"contact_origin_id": cast.contact_origin().id, "report": "Caiu."})
    row.start(cast.process(), cast.opening_classification())


def speaks(refusal: Refused) -> None:
    """It is a sentence to a person, at every field at fault as well."""
    for sentence in (refusal.sentence, *refusal.errors.values()):
        assert re.fullmatch(r"[A-ZÀ-Ý].{10,}\.", sentence), sentence


def fits(text: str) -> bool:
    return bool(text.replace("\u200b", "").strip()) and len(text) <= 4000


def secret(text: str) -> str:
    """A text for the team, if it is one."""
    return f"{text} {SECRET}" if fits(text) else text


def sent(reader: str) -> str:
    return "comment.sent" if reader == "subscriber" else "comment.noted"


@pytest.mark.postgresql
@pytest.mark.parametrize(("lives", "steps"), [(12, 40), pytest.param(200, 50, marks=pytest.mark.long)])
def test_the_life_of_a_ticket(db, lives, steps):
    run_state_machine_as_test(
        TicketLife,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
