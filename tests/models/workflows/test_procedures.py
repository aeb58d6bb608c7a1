"""Procedures and their revisions: what is written, what is refused, and that nothing written is changed (U-30)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from models.base import db as base
from models.history import Event
from models.refused import Refused, Stale
from models.scope import Actor, acting
from models.workflows import Procedure, ProcedureRevision
from models.workflows.procedure import LONGEST, LONGEST_NOTE
from tests import cast, procedures

pytestmark = pytest.mark.postgresql


@pytest.fixture
def row(db):
    with cast.by("silvia.maia"):
        made = Procedure.begin("Troca de ONU", "- Anotar o serial")
    db.commit()
    return made


def test_begun_with_its_first_revision(db, row):
    silvia, first = cast.operator("silvia.maia"), row.newest()
    assert (first.number, first.body, first.note) == (1, "- Anotar o serial", "")
    assert (first.author, first.author_id) == ("Sílvia Maia", silvia.id)
    told = select(Event.action).where(Event.subject_type == "procedure", Event.subject_id == row.id).order_by(Event.id)
    assert list(db.scalars(told)) == ["catalog.created", "procedure.written"]


def test_beginning_names_every_wrong_field_and_writes_nothing(db, row):
    with pytest.raises(Refused) as no:
        Procedure.begin(" ", "\u200b\n")
    assert no.value.errors == {"name": "Escreva o nome.", "body": "Escreva o procedimento."}
    base.session.rollback()
    with pytest.raises(Refused, match="Este nome já existe"):
        Procedure.begin("Troca de ONU", "- Outro")
    base.session.rollback()
    assert len(Procedure.listed()) == 2


def test_written_anew_the_old_text_stays(db, row):
    with cast.by("davi.rocha"):
        second = row.write("- Anotar o serial\r\n- Testar", "O teste")
    assert (second.number, second.author, second.note) == (2, "Davi Rocha", "O teste")
    assert row.revision(1).body == "- Anotar o serial"
    assert row.newest().body == "- Anotar o serial\n- Testar"
    assert [each.number for each in row.revisions()] == [2, 1]
    assert row.last_change().data == {"revision": 2, "name": "Troca de ONU"}


@pytest.mark.parametrize(
    ("body", "note", "field", "sentence"),
    [
        ("", "", "body", "Escreva o procedimento."),
        ("\u200b \n\u3164", "", "body", "Escreva o procedimento."),
        ("- Anotar o serial  \r\n", "", "body", "igual ao da revisão 1"),
        ("x" * (LONGEST + 3), "", "body", "3 letras a mais"),
        ("- Outro", "x" * (LONGEST_NOTE + 1), "note", "no máximo 200"),
    ],
)
def test_what_is_not_written(row, body, note, field, sentence):
    with pytest.raises(Refused) as no:
        row.write(body, note)
    assert sentence in no.value.errors[field]
    base.session.rollback()
    assert row.newest().number == 1


def test_the_longest_text_fits(row):
    assert len(row.write("x" * LONGEST).body) == LONGEST


def test_the_slower_hand_hears_of_it(row):
    seen = row.version
    row.write("- Um", version=seen)
    for slower in (lambda: row.write("- Dois", version=seen), lambda: row.edit("Outra", "- Dois", "", seen)):
        with pytest.raises(Stale):
            slower()
    assert row.newest().body == "- Um"


def test_a_name_alone_makes_no_revision(db, row):
    assert row.edit("Troca de equipamento", "- Anotar o serial", "", row.version) is None
    assert (row.name, row.newest().number) == ("Troca de equipamento", 1)
    with pytest.raises(Refused) as no:
        row.edit("Outro nome", "- Anotar o serial", "Uma nota")
    assert "Altere o texto ou apague" in no.value.errors["note"]
    assert row.edit("Troca", "- Testar", "Agora testa").number == 2
    assert row.name == "Troca"


def test_editing_names_every_wrong_field(row):
    with pytest.raises(Refused) as no:
        row.edit("", "", "x" * 201)
    assert set(no.value.errors) == {"name", "body", "note"}


def test_out_of_use_and_back_leaves_its_events(row):
    row.retire()
    assert [each.inactive_since is None for each in Procedure.listed() if each.id == row.id] == [False]
    row.restore()
    row.change(name="Outro nome")
    assert [event.action for event in row.acts()] == ["catalog.changed", "catalog.restored", "catalog.retired"]
    with pytest.raises(Refused, match="está em uso"):
        row.remove()


def test_the_house_itself_is_an_author_without_number(db):
    with acting(Actor("job", None, "Instalação"), "job"):
        first = Procedure.begin("Da casa", "Texto").newest()
    assert (first.author, first.author_id) == ("Instalação", None)


def test_the_cast_has_one_by_two_authors(db):
    row = cast.procedure()
    assert [(each.number, each.author) for each in row.revisions()] == [(2, "Davi Rocha"), (1, "Sílvia Maia")]
    assert row.newest().body == procedures.SECOND


# ---- what the database refuses whoever asks


@pytest.mark.parametrize("statement", ["update procedure_revision set body = 'x'", "delete from procedure_revision"])
def test_a_revision_stays_as_it_was_written(db, row, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(text(f"{statement} where procedure_id = :id"), {"id": row.id})


def test_revisions_may_not_be_replaced_or_emptied(db, database, row):
    columns = ", ".join(column.name for column in ProcedureRevision.__table__.columns)
    again = f"insert or replace into procedure_revision ({columns}) select {columns} from procedure_revision"
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(text(again if database.name == "sqlite" else "truncate procedure_revision cascade"))


@pytest.mark.parametrize(("body", "number"), [("", 2), ("x", 1)])
def test_no_empty_text_and_no_number_twice(db, row, body, number):
    first = row.newest()
    mine = {"procedure_id": row.id, "note": "", "author": "X", "created_at": first.created_at}
    db.add(ProcedureRevision(body=body, number=number, **mine))
    with pytest.raises(IntegrityError):
        db.flush()
