"""The verbs of an attached file: who, limits, versions, what history tells, and where its bytes go."""

import hashlib

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from models import clock as now
from models.check import files as check
from models.files import MOST_FILES, Attachment, attachment_of, discard, orphans, shown, store
from models.history import Event
from models.refused import Refused, Stale
from models.scope import Actor, acting
from tests import attached, cast, pictures

pytestmark = pytest.mark.postgresql


@pytest.fixture
def bruno(db):
    with cast.by("bruno.reis"):
        yield cast.operator("bruno.reis")


@pytest.fixture
def ticket(bruno):
    return attached.ticket()


def told(db):
    return db.scalars(select(Event).where(Event.subject_type == "attachment").order_by(Event.id)).all()


def test_attaching_keeps_bytes_row_and_event(db, bruno, ticket):
    row = attached.attach(ticket, "../Antena antes.JPG", pictures.turned_photo(6, gps=True))
    content = store.path_of(row.sha256).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert store.path_of(row.sha256, thumb=True).is_file()
    assert (row.name, row.kind, row.width, row.height, row.size_bytes) == (
        "Antena antes.JPG",
        "image/jpeg",
        40,
        60,
        len(content),
    )
    assert (row.created_by, row.place, row.version, row.is_private) == (bruno.id, 1, 1, True)
    [event] = told(db)
    assert (event.action, event.data, event.visibility) == (
        "attachment.added",
        {"name": "Antena antes.JPG"},
        "internal",
    )
    assert (event.person_id, event.company_id) == (ticket.person_id, ticket.company_id)
    assert "Antena" not in event.subject_label


def test_an_act_inside_a_ticket_is_one_of_its_interactions(db, ticket):
    bruno = cast.operator("bruno.reis")
    with acting(Actor("operator", bruno.id, bruno.name), "staff", ticket_id=ticket.id):
        attached.attach(ticket)
    assert told(db)[0].ticket_id == ticket.id


def test_a_file_of_the_team_is_for_no_customer(db, ticket):
    private = attached.attach(ticket, "sinal.png", pictures.photo(format="PNG"))
    public = attached.attach(ticket, "luz.webp", pictures.photo(format="WEBP"), "subscriber")
    assert [each.row.id for each in shown(ticket)] == [private.id, public.id]
    assert [each.row.id for each in shown(ticket, to_subscriber=True)] == [public.id]
    assert attachment_of(ticket, private.id) is private
    assert attachment_of(ticket, private.id, to_subscriber=True) is None
    assert attachment_of(attached.ticket(483), private.id) is None
    assert [event.visibility for event in told(db)] == ["internal", "subscriber"]


def test_what_the_customer_sends_the_customer_sees(db, ticket):
    rita = Actor("subscriber", ticket.person_id, "Assinante")
    with acting(rita, "portal"):
        row = attached.attach(ticket, visibility="subscriber")
        with pytest.raises(IntegrityError), db.begin_nested():
            attached.attach(ticket, visibility="internal")
    assert row.created_by is None
    assert shown(ticket)[0].author == "Cliente, pela Central"
    assert shown(ticket, to_subscriber=True)[0].row is row


def test_the_list_is_one_question(db, ticket, count_queries):
    for _ in range(3):
        attached.attach(ticket)
    db.commit()
    with count_queries() as queries:
        assert {each.author for each in shown(ticket)} == {"Bruno Reis"}
    assert len(queries) == 1


def test_twenty_files_and_no_more(db, ticket):
    for number in range(MOST_FILES):
        assert Attachment.refusal_to_attach(ticket) is None
        last = attached.attach(ticket, f"{number}.pdf", pictures.PDF + str(number).encode())
    with pytest.raises(Refused, match="20 arquivos aqui, o limite"):
        attached.attach(ticket)
    assert len(list(store.kept())) == MOST_FILES, "what is refused leaves nothing"
    last.remove("Repetido")
    assert attached.attach(ticket).place == MOST_FILES
    attached.attach(attached.ticket(483))


@pytest.mark.parametrize("sees", ["", "todos", "INTERNAL"])
def test_somebody_must_say_who_sees_it(ticket, sees):
    with pytest.raises(Refused, match="Escolha quem vê o arquivo"):
        attached.attach(ticket, visibility=sees)
    assert list(store.kept()) == []


def test_describing(db, ticket):
    row = attached.attach(ticket)
    row.describe(1, "  Antena antes de realinhar \u200b")
    assert (row.description, row.title, row.version) == ("Antena antes de realinhar", "Antena antes de realinhar", 2)
    row.describe(2, "Antena antes de realinhar")
    assert row.version == 2, "nothing changed"
    with pytest.raises(Stale, match="Este arquivo mudou"):
        row.describe(1, "Outra")
    with pytest.raises(Refused, match="200 caracteres"):
        row.describe(2, "x" * 201)
    assert told(db)[-1].data == {"name": "antena.jpg", "before": "", "after": "Antena antes de realinhar"}
    assert row.last_change().action == "attachment.described"


def test_rotating_makes_new_bytes_and_keeps_the_old_for_a_day(db, ticket, clock):
    with clock("2026-11-24 14:00"):
        row = attached.attach(ticket, content=pictures.photo(quality=95))
        before = row.sha256
    with clock("2026-11-27 14:00"):
        row.rotate(1)
        db.commit()
        assert (row.width, row.height, row.version) == (40, 60, 2)
        assert row.sha256 != before
        assert list(orphans(now.now())) == []
        with pytest.raises(Stale):
            row.rotate(1)
        for version in (2, 3, 4):
            row.rotate(version)
        assert (row.width, row.height) == (60, 40)
    with clock("2026-11-28 14:01"):
        gone = {store.hash_of(name) for name in orphans(now.now())}
        assert before in gone
        assert row.sha256 not in gone
    assert told(db)[-1].action == "attachment.rotated"


def test_a_pdf_does_not_turn(ticket):
    row = attached.attach(ticket, "laudo.pdf", pictures.PDF)
    assert "Só imagens giram" in row.refusal_to_rotate()
    with pytest.raises(Refused, match="Só imagens giram"):
        row.rotate(1)
    assert row.measures == f"{len(pictures.PDF)} bytes"


def test_lost_bytes_are_said(ticket):
    row = attached.attach(ticket)
    store.path_of(row.sha256).unlink()
    with pytest.raises(Refused, match="não está no servidor"):
        row.rotate(1)


def test_removing_leaves_a_trace(db, bruno, ticket):
    row = attached.attach(ticket)
    with pytest.raises(Refused, match="Escreva por que"):
        row.remove(" \u200b ")
    with pytest.raises(Refused, match="200 caracteres"):
        row.remove("x" * 201)
    row.remove("Foto de outro cliente")
    db.commit()
    assert (row.deleted_by, row.place) == (bruno.id, None)
    assert shown(ticket) == []
    assert attachment_of(ticket, row.id) is None
    event = told(db)[-1]
    assert (event.action, event.reason, event.visibility) == (
        "attachment.removed",
        "Foto de outro cliente",
        "internal",
    )
    for again in (lambda: row.remove("De novo"), lambda: row.describe(2, "x"), lambda: row.rotate(2)):
        with pytest.raises(Stale, match="já foi excluído"):
            again()


def test_bytes_go_a_day_after_their_last_row(db, ticket, clock):
    with clock("2026-11-24 14:00"):
        first, second = attached.attach(ticket), attached.attach(ticket)
        assert first.sha256 == second.sha256
    with clock("2026-11-26 14:00"):
        first.remove("Repetido")
    with clock("2026-11-29 14:00"):
        assert list(orphans(now.now())) == [], "the other row names them"
        second.remove("Também")
        db.commit()
        assert list(orphans(now.now())) == []
    with clock("2026-11-30 14:01"):
        names = list(orphans(now.now()))
        assert len(names) == 2, "the picture and its thumbnail"
        assert all(discard(name, now.now()) for name in names)
        assert list(store.kept()) == []


def test_what_is_rolled_back_is_an_orphan_until_it_comes_again(db, ticket, clock):
    with clock("2026-11-24 14:00"):
        attached.attach(ticket)
        db.rollback()
    with clock("2026-11-26 14:00"):
        names = list(orphans(now.now()))
        assert len(names) == 2
        row = attached.attach(ticket)
        assert not any(discard(name, now.now()) for name in names), "somebody sent the same bytes meanwhile"
        assert store.path_of(row.sha256).is_file()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_type": "person"},
        {"kind": "image/svg+xml"},
        {"visibility": "todos"},
        {"name": ""},
        {"size_bytes": 0},
        {"size_bytes": 10 * 1024 * 1024 + 1},
        {"width": None},
        {"height": None},
        {"width": 40_000, "height": 1001},
        {"kind": "application/pdf"},
        {"place": 21},
        {"place": None},
        {"created_by": None},
        {"deleted_by": 1},
        {"sha256": "x"},
    ],
    ids=str,
)
def test_what_must_never_be_is_impossible(db, ticket, wrong):
    row = attached.attach(ticket)
    db.flush()
    columns = {column.name: getattr(row, column.name) for column in Attachment.__table__.columns}
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(insert(Attachment).values({**columns, "id": 99, "place": 2} | wrong))


def test_two_places_are_two(db, ticket):
    row = attached.attach(ticket)
    columns = {column.name: getattr(row, column.name) for column in Attachment.__table__.columns}
    with pytest.raises(IntegrityError, match=r"uq_attachment_place|attachment\.place"), db.begin_nested():
        db.execute(insert(Attachment).values({**columns, "id": 99}))


def test_twenty_at_once_get_a_place_each(app, db, race):
    """Twenty-five people at the same moment: twenty files, five refusals, no place twice."""
    from models.base import db as base

    bruno, ticket = cast.operator("bruno.reis"), attached.ticket()
    who, people = (bruno.id, bruno.name), 25
    db.commit()

    def one(number):
        with app.app_context(), acting(Actor("operator", *who), "staff"):
            try:
                attached.attach(ticket, f"{number}.pdf", pictures.PDF + bytes([number]))
                base.session.commit()
                return "in"
            except Refused as no:
                base.session.rollback()
                return no.sentence
            finally:
                base.session.remove()

    answers = race(people, one)
    assert sorted(map(str, answers)).count("in") == MOST_FILES, answers
    assert {answer for answer in answers if answer != "in"} == {Attachment.refusal_to_attach(ticket)}
    assert sorted(db.scalars(select(Attachment.place))) == list(range(1, MOST_FILES + 1))


def test_check_finds_what_is_missing_or_other(db, ticket):
    rows = [attached.attach(ticket, f"{side}.png", pictures.photo((side, side), "PNG")) for side in (10, 20, 30, 40)]
    gone = attached.attach(ticket, "laudo.pdf", pictures.PDF)
    assert check.attachments_keep_their_bytes() == check.attaching_is_told() == []
    store.path_of(rows[0].sha256).unlink()
    store.path_of(rows[1].sha256).write_bytes(b"outros")
    store.path_of(rows[2].sha256, thumb=True).unlink()
    gone.remove("Engano")
    store.path_of(gone.sha256).unlink()
    assert check.attachments_keep_their_bytes() == [
        f"anexo {rows[0].id}: o arquivo não está na pasta de arquivos",
        f"anexo {rows[1].id}: os bytes não são os que foram guardados",
        f"anexo {rows[2].id}: falta a miniatura",
    ]
    columns = {column.name: getattr(rows[3], column.name) for column in Attachment.__table__.columns}
    db.execute(insert(Attachment).values({**columns, "id": 99, "place": 9}))
    assert check.attaching_is_told() == ["anexo 99: o histórico não diz quem o anexou"]


def test_readyz_writes_into_the_folder(anonymous, ticket, monkeypatch):
    assert anonymous()._ask("GET", "/readyz", False, True).json["files"] is True
    monkeypatch.setattr(store, "is_writable", lambda: False)
    answer = anonymous()._ask("GET", "/readyz", False, True)
    assert (answer.status, answer.json["files"]) == (503, False)
