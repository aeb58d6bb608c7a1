"""What a customer asks, writes and thinks: the verbs, their refusals, two at the same moment (A-39, A-106, B-12)."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from models import clock
from models.base import db as base
from models.files import Attachment, incoming
from models.history import Event
from models.outbox import Effect
from models.refused import Refused, Stale
from models.tickets import TOLD, Comment, Rating, Ticket, TicketNotice, saw
from models.work_orders import WorkOrder
from models.workflows import AttendSettings
from tests import asked, cast, pictures

pytestmark = pytest.mark.postgresql
ROUNDS = 4


def photo(name="antena.jpg"):
    return incoming(name, BytesIO(pictures.photo()))


def errors(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.errors or no.value.sentence


def held(row, login="bruno.reis"):
    with cast.by(login):
        row.claim()
    return row


def finished(row, **more):
    held(row)
    with cast.by("bruno.reis"):
        row.close(cast.closing_classification(), None, **more)
    return row


# ---- asking


def test_a_request_is_a_ticket_at_once(db):
    row = asked.ask(cast.ze(), "slow", "Trava\nà noite.", answer="far", phone="(37) 99123-4567", files=[photo()])
    step = cast.process().first_step()
    assert (row.status, row.step_id, row.department_id) == ("awaiting_analysis", step.id, step.department_id)
    assert (row.kind_id, row.topic, row.assignee_id) == (cast.ticket_kind("Lentidão").id, "slow", None)
    assert row.service_id == cast.service(cast.ze()).id  # the only one
    assert row.due_at > row.started_at
    assert (
        row.report == "Trava\nà noite.\nQuando acontece? Só longe do aparelho.\nTelefone para falar: (37) 99123-4567."
    )
    said = db.scalars(select(Comment).where(Comment.ticket_id == row.id)).one()
    assert (said.body, said.visibility, said.author_kind) == ("Trava\nà noite.", "subscriber", "subscriber")
    file = db.scalars(select(Attachment).where(Attachment.of(row))).one()
    assert (file.visibility, file.created_by) == ("subscriber", None)
    told = db.scalars(select(Event.action).where(Event.ticket_id == row.id).order_by(Event.id)).all()
    assert told == ["ticket.opened", "ticket.started", "attachment.shared", "comment.replied"]


def test_what_is_wrong_is_said_beside_its_field(db):
    before = db.scalar(select(func.count()).select_from(Ticket))
    found = errors(lambda: asked.ask(cast.ze(), "slow", " ", answer="nunca", phone="12", files=[photo()] * 4))
    assert found == {
        "body": "Escreva o que está acontecendo.",
        "answer": "Escolha uma das respostas.",
        "phone": "Escreva o telefone com DDD. Exemplo: (37) 98765-4321.",
        "files": "Mande até 3 fotos de cada vez.",
    }
    assert "na lista" in errors(lambda: asked.ask(cast.ze(), "fila"))["topic"]
    assert "3000 letras" in errors(lambda: asked.ask(cast.ze(), text="x" * 3001))["body"]
    assert "de qual serviço" in errors(lambda: asked.ask(cast.sol(), "no_internet", "Parou."))["service_id"]
    assert "outro cliente" in errors(lambda: asked.ask(cast.ze(), service=cast.service(cast.rita())))["service_id"]
    mine = asked.ask(cast.rita())
    assert "outra pessoa" in errors(lambda: asked.ask(cast.ze(), previous=mine))["topic"]
    assert db.scalar(select(func.count()).select_from(Ticket)) == before + 1


def test_a_request_goes_on_from_a_finished_one(db):
    first = finished(asked.ask(cast.ze()))
    assert asked.ask(cast.ze(), previous=first).previous_id == first.id


# ---- writing


def test_what_a_customer_writes_is_public_and_a_finished_one_stays_finished(db):
    row = asked.ask(cast.ze())
    asked.reply(row, "E também a senha.", photo())
    finished(row)
    closed_at = row.closed_at
    asked.reply(row, "Obrigado!")
    assert (row.status, row.closed_at) == ("closed", closed_at)
    said = db.scalars(select(Comment).where(Comment.ticket_id == row.id).order_by(Comment.id)).all()
    assert [(one.body, one.visibility) for one in said[1:]] == [
        ("E também a senha.", "subscriber"),
        ("Obrigado!", "subscriber"),
    ]
    assert errors(lambda: asked.reply(row, " ")) == {"body": "Escreva a mensagem, ou escolha uma foto."}
    asked.reply(row, "", photo())
    assert "3000 letras" in errors(lambda: asked.reply(row, "x" * 3001))["body"]


def test_nothing_is_written_into_what_never_began(db):
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    assert "não começou" in errors(lambda: asked.reply(draft, "Oi."))
    with cast.by("bruno.reis"):
        draft.discard("Engano")
    assert "não começou" in errors(lambda: asked.reply(draft, "Oi."))


def test_too_many_files_let_none_in(db):
    row = asked.ask(cast.ze())
    for _ in range(6):
        asked.reply(row, "", photo(), photo(), photo())
    db.commit()
    assert "Já há 20" in errors(lambda: asked.reply(row, "Mais.", photo(), photo(), photo()))["files"]
    db.rollback()
    assert db.scalar(select(func.count()).select_from(Attachment).where(Attachment.of(row))) == 18


# ---- rating


def test_it_is_rated_once_and_only_when_asked(db):
    row = asked.ask(cast.ze())
    assert "não pede avaliação" in errors(lambda: asked.rated(row, 5))
    finished(row)
    assert "não pede avaliação" in errors(lambda: asked.rated(row, 5))
    with cast.by("davi.rocha"):
        row.reopen("Para pedir a nota")
    finished(row, ask_rating=True)
    assert errors(lambda: asked.rated(row, 6, "x" * 1001)).keys() == {"stars", "why"}
    asked.rated(row, 4, "Foi rápido.")
    with pytest.raises(Stale, match="já avaliou"):
        asked.rated(row, 1)
    kept = db.scalars(select(Rating)).all()
    assert [(one.stars, one.why) for one in kept if one.ticket_id == row.id] == [(4, "Foi rápido.")]
    with pytest.raises(IntegrityError, match="ck_rating_stars"):
        db.execute(text("update rating set stars = 6"))


def test_reopened_it_asks_no_rating_until_it_ends_again(db):
    row = finished(asked.ask(cast.ze()), ask_rating=True)
    with cast.by("davi.rocha"):
        row.reopen("Faltou a senha")
    assert "não pede avaliação" in errors(lambda: asked.rated(row, 5))


# ---- being told


def told(row):
    rows = select(TicketNotice.kind).where(TicketNotice.ticket_id == row.id).order_by(TicketNotice.id)
    return base.session.scalars(rows).all()


@pytest.mark.parametrize(
    ("level", "kinds"),
    [("none", []), ("ends", ["start", "end"]), ("all", ["start", "moved", "moved", "order", "end"])],
)
def test_each_level_tells_its_events(db, level, kinds):
    settings = AttendSettings.own(cast.vale_claro().id)
    settings.change(settings.version, notify_level=level)
    row = held(asked.ask(cast.ze(), "slow", "Lenta."))
    with cast.by("bruno.reis"):
        row.forward()
        row.claim()
        row.forward_to_process(cast.process("Financeiro"))
        row.claim()
        asked_for = {"kind_id": cast.order_kind("Corretiva").id, "description": "Medir o sinal no local."}
        order = WorkOrder.open(cast.ze(), asked_for, service=cast.service(cast.ze()), ticket=row)
        assert row.open_orders == 1
        order.cancel("Voltou sozinho.", order.version)
        assert row.open_orders == 0
        row.close(cast.closing_classification())
    assert told(row) == kinds
    assert set(kinds) <= set(TOLD)
    tasks = db.scalar(select(func.count()).where(Effect.kind == "tell_ticket", Effect.key.contains(":notice:")))
    assert tasks >= len(kinds)


def test_an_order_of_a_finished_one_is_refused(db):
    row = finished(asked.ask(cast.ze()))
    with cast.by("bruno.reis"), pytest.raises(Stale, match="finalizado"):
        row.order_opened()
    assert row.open_orders == 0


def test_the_level_is_changed_by_its_holder(db):
    row = asked.ask(cast.ze())
    with cast.by("bruno.reis"):
        assert "Resgatar" in errors(lambda: row.change_notify_level("all", row.version))
        row.claim()
        assert "nível" in errors(lambda: row.change_notify_level("tudo", row.version))["notify_level"]
        row.change_notify_level("all", row.version)
        with pytest.raises(Stale):
            row.change_notify_level("none", row.version - 1)
    assert row.notify_level == "all"
    assert row.newest().action == "ticket.notify_level_changed"


def answers(row):
    mine = select(func.count()).where(Effect.kind == "tell_ticket", Effect.key.contains(":answer:"))
    events = select(Event.id).where(Event.ticket_id == row.id, Event.action == "comment.sent")
    keys = [f"tell_ticket:answer:{id}" for id in base.session.scalars(events)]
    return base.session.scalar(mine.where(Effect.key.in_(keys)))


def test_answers_are_mailed_once_until_the_customer_looks(db):
    row = held(asked.ask(cast.ze()))
    with cast.by("bruno.reis"):
        row.comment("Só entre nós.", "internal")
        assert answers(row) == 0
        row.comment("Vamos ver.", "subscriber")
        row.comment("Já achei.", "subscriber")
    assert answers(row) == 1
    saw(row.id, row.newest().id)
    with cast.by("bruno.reis"):
        row.comment("Pronto.", "subscriber")
    assert answers(row) == 2


# ---- at the same moment


def threads(app, race, id, *acts):
    """Which acts happened; an act is refused, never lost."""

    def one(i):
        who, verb = acts[i]
        with app.app_context(), cast.by(who) if isinstance(who, str) else asked.as_subscriber(who):
            try:
                verb(base.session.get_one(Ticket, id))
                base.session.commit()
            except Refused:
                return False
            finally:
                base.session.remove()
        return True

    done = race(len(acts), one)
    assert not [each for each in done if isinstance(each, Exception)], done
    return done


def test_a_reply_and_the_end_at_once_keep_both(app, db, race):
    for _ in range(ROUNDS):
        row = held(asked.ask(cast.ze()))
        db.commit()
        acts = [
            (row.person_id, lambda row: row.reply("Chegou agora?")),
            ("bruno.reis", lambda row: row.close(cast.closing_classification(), None)),
        ]
        assert threads(app, race, row.id, *acts) == [True, True]
        db.expire_all()
        assert row.status == "closed"
        bodies = db.scalars(select(Comment.body).where(Comment.ticket_id == row.id).order_by(Comment.id)).all()
        assert bodies[-1] == "Chegou agora?"


def test_of_two_ratings_at_once_one_counts(app, db, race):
    for _ in range(ROUNDS):
        row = finished(asked.ask(cast.ze()), ask_rating=True)
        db.commit()
        acts = [(row.person_id, lambda row, stars=stars: row.rate(stars)) for stars in (1, 5, 3)]
        assert sorted(threads(app, race, row.id, *acts)) == [False, False, True]
        db.expire_all()
        assert db.scalar(select(func.count()).where(Rating.ticket_id == row.id)) == 1
        rated = select(func.count()).where(Event.ticket_id == row.id, Event.action == "ticket.rated")
        assert db.scalar(rated) == 1


def test_an_order_and_the_end_at_once_exclude_each_other(app, db, race):
    for _ in range(ROUNDS):
        row = held(asked.ask(cast.ze()))
        db.commit()
        acts = [
            ("silvia.maia", lambda row: row.order_opened()),
            ("bruno.reis", lambda row: row.close(cast.closing_classification(), None)),
        ]
        assert sorted(threads(app, race, row.id, *acts)) == [False, True]
        db.expire_all()
        assert (row.status, row.open_orders) in (("closed", 0), ("awaiting_analysis", 1))


def test_two_answers_at_once_promise_one_mail(app, db, race):
    for _ in range(ROUNDS):
        row = held(asked.ask(cast.ze()))
        db.commit()
        acts = [("bruno.reis", lambda row, n=n: row.comment(f"Resposta {n}.", "subscriber")) for n in (1, 2)]
        assert threads(app, race, row.id, *acts) == [True, True]
        assert answers(row) == 1


def test_the_time_of_a_request_is_that_of_its_company(db):
    with clock.set_to(clock.now()):
        row = asked.ask(cast.mar_azul())
    assert row.company_id == cast.serra_azul().id
