"""Files through a door: every attack by HTTP, a line for each file, bytes that can do nothing."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from models.files import Attachment, store
from models.history import Event
from tests import attached, cast, pictures
from tests.browsing import HTMX
from web.once import new_key

PLACE = attached.PLACE


@pytest.fixture
def app(make_app):
    with attached.door(make_app()) as made:
        yield made


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


def send(visitor, *pairs, htmx=False, sees="internal", place=PLACE, **more):
    """Post the form as a browser does: files as (name, content)."""
    form = MultiDict([("files", (BytesIO(content), name)) for name, content in pairs])
    form.update({"visibility": sees, "csrf_token": visitor.token(), "idem": new_key()} | more)
    headers = HTMX if htmx else {}
    return visitor._ask("POST", place, False, False, data=form, headers=headers, content_type="multipart/form-data")


def lines(answer):
    """Of each file: came in or not, its name and the sentence."""
    found = answer.page.select("li.is-in, li.is-bad")
    return [("is-in" in line["class"], line.b.text, line.small.text) for line in found]


def kept(db):
    return db.scalars(select(Attachment).order_by(Attachment.id)).all()


@pytest.mark.postgresql
def test_several_come_in_at_once(bruno, db):
    answer = send(bruno, ("antena.jpg", pictures.turned_photo(1, gps=True)), ("laudo.pdf", pictures.PDF))
    assert (answer.status, answer.location) == (303, PLACE)
    page = bruno.follow(answer)
    assert "2 arquivos anexados" in page.words
    assert "antena.jpg" in page.words
    assert "só a equipe" in page.words
    assert [(row.name, row.visibility) for row in kept(db)] == [("antena.jpg", "internal"), ("laudo.pdf", "internal")]
    assert [event.data["name"] for event in events(db)] == ["antena.jpg", "laudo.pdf"]
    assert {event.actor_name for event in events(db)} == {"Bruno Reis"}


def events(db):
    return db.scalars(select(Event).where(Event.action == "attachment.added").order_by(Event.id)).all()


@pytest.mark.postgresql
def test_one_bad_file_stops_no_other(bruno, db):
    answer = send(
        bruno,
        ("antena.jpg", pictures.turned_photo(1, gps=True)),
        ("vazia.jpg", b""),
        ("roteador.jpg", pictures.PROGRAM),
        ("../../sinal.png", pictures.photo(format="PNG")),
    )
    assert (answer.status, answer.headers["Content-Location"]) == (200, PLACE)
    came, names, sentences = zip(*lines(answer), strict=True)
    assert came == (True, False, False, True)
    assert names == ("antena.jpg", "vazia.jpg", "roteador.jpg", "sinal.png")
    assert "Localização da foto removida" in sentences[0]
    assert "0 bytes" in sentences[1]
    assert "um programa" in sentences[2]
    assert "Localização" not in sentences[3]
    assert "2 de 4 entraram. Os recusados não deixaram nada guardado." in answer.words
    assert len(kept(db)) == 2


ATTACKS = {
    "svg.png": pictures.SVG,
    "pagina.jpg": pictures.HTML_AS_JPEG,
    "cortada.jpg": pictures.photo((400, 400))[:900],
    "bomba.png": pictures.bomb(13_000),
    "bomba-maior.png": pictures.bomb(20_000),
    "grande.jpg": b"\xff\xd8\xff" + b"x" * (11 * 1024 * 1024),
    "anda.webp": pictures.animated("WEBP"),
    "outra.png": pictures.photo(),
    "vazia.pdf": b"",
    "roteador.exe": pictures.PROGRAM,
}


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_with_a_sentence_and_leaves_nothing(bruno, db, name, htmx):
    answer = send(bruno, (name, ATTACKS[name]), htmx=htmx)
    assert answer.status == 422
    [(came, named, sentence)] = lines(answer)
    assert (came, named) == (False, name)
    assert sentence.endswith(".")
    assert kept(db) == []
    assert [path for path in store.folder().rglob("*") if path.is_file()] == []


def test_the_script_gets_a_line_for_each_file(bruno, db):
    answer = send(bruno, ("antena.jpg", pictures.photo()), htmx=True, sees="subscriber")
    assert answer.status == 200
    assert lines(answer) == [(True, "antena.jpg", lines(answer)[0][2])]
    assert kept(db)[0].visibility == "subscriber"


@pytest.mark.postgresql
def test_a_second_post_changes_nothing(bruno, db):
    key = new_key()
    first = send(bruno, ("antena.jpg", pictures.photo()), idem=key)
    second = send(bruno, ("antena.jpg", pictures.photo()), idem=key)
    assert first.location == second.location == PLACE
    assert send(bruno, ("antena.jpg", pictures.photo()), idem=key, htmx=True).status == 204
    assert len(kept(db)) == 1
    other = send(bruno, ("antena.jpg", pictures.photo((90, 90))), idem=key)
    assert other.status == 422, "the same key for other bytes"
    assert len(kept(db)) == 1


def test_nothing_chosen_too_many_and_nobody_who_sees(bruno, db):
    assert "Escolha pelo menos um arquivo" in send(bruno).words
    assert "Escolha pelo menos um arquivo" in send(bruno, ("", b"")).words
    unseen = send(bruno, ("antena.jpg", pictures.photo()), sees="todos")
    assert (unseen.status, "Escolha quem vê o arquivo" in unseen.words) == (422, True)
    many = send(bruno, *((f"{number}.pdf", pictures.PDF) for number in range(22)))
    assert [came for came, *_ in lines(many)] == [True] * 20 + [False] * 2
    assert "São mais de 20 de uma vez" in many.words
    full = send(bruno, ("mais.pdf", pictures.PDF))
    assert full.status == 422
    assert "20 arquivos aqui, o limite" in full.words
    assert len(kept(db)) == 20


def test_a_post_larger_than_twelve_megabytes_is_not_read(bruno, db):
    answer = send(bruno, *((f"{n}.jpg", b"\xff\xd8\xff" + b"x" * (7 * 1024 * 1024)) for n in range(2)))
    assert answer.status == 413
    assert "grande demais" in answer.words


def test_only_who_may_and_only_with_a_token(anonymous, bruno, db):
    stranger = anonymous()
    assert "/entrar" in send(stranger, ("antena.jpg", pictures.photo())).location
    assert send(bruno, ("antena.jpg", pictures.photo()), csrf_token="x").status == 400
    assert send(bruno, ("antena.jpg", pictures.photo()), place="/provas/999/anexos").status == 404
    assert kept(db) == []


@pytest.mark.postgresql
def test_bytes_are_served_so_that_they_do_nothing(bruno, db):
    send(bruno, ("luz \u201cvermelha\u201d é.jpg", pictures.photo()), ("laudo.pdf", pictures.PDF))
    picture, pdf = kept(db)
    for address, mime, shown_as in (
        (f"{PLACE}/{picture.id}", "image/jpeg", "inline"),
        (f"{PLACE}/{picture.id}?baixar=1", "image/jpeg", "attachment"),
        (f"{PLACE}/{picture.id}?miniatura=1", "image/webp", "inline"),
        (f"{PLACE}/{pdf.id}", "application/pdf", "attachment"),
        (f"{PLACE}/{pdf.id}?baixar=1", "application/pdf", "attachment"),
    ):
        answer = bruno.get(address)
        assert (answer.status, answer.headers["Content-Type"]) == (200, mime), address
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith(shown_as), address
        assert "filename" in disposition
    assert "filename*=UTF-8''luz" in bruno.get(f"{PLACE}/{picture.id}").headers["Content-Disposition"]
    assert bruno.get(f"{PLACE}/{pdf.id}").data == pictures.PDF
    assert bruno.get(f"{PLACE}/{pdf.id}?miniatura=1").status == 404
    for path in (f"{PLACE}/9999", f"/provas/483/anexos/{picture.id}"):
        assert bruno.get(path).status == 404, "another ticket's id is nobody's"
    with cast.by("bruno.reis"):
        picture.remove("Engano")
    assert bruno.get(f"{PLACE}/{picture.id}").status == 404
    store.path_of(pdf.sha256).unlink()
    assert bruno.get(f"{PLACE}/{pdf.id}").status == 404


@pytest.mark.postgresql
def test_a_full_disk_is_said_and_leaves_nothing(bruno, db, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = send(bruno, ("antena.jpg", pictures.photo()))
    assert answer.status == 422
    assert "nada ficou gravado" in answer.words
    assert kept(db) == []
    assert [path for path in store.folder().rglob("*") if path.is_file()] == []


def test_two_people_at_once(staff, db, race):
    people = [staff(login) for login in ("bruno.reis", "silvia.maia", "ana.souza")]
    for person in people:
        person.token()
    answers = race(3, lambda i: send(people[i], (f"{i}.jpg", pictures.photo((30 + i, 30)))))
    assert [answer.status for answer in answers] == [303] * 3
    assert sorted(row.place for row in kept(db)) == [1, 2, 3]


@pytest.mark.slow
def test_memory_of_a_process_does_not_grow_with_what_is_sent(bruno, db):
    """The small one of `bin/bench uploads`: fifteen photos of two megabytes, one after another."""
    noisy = pictures.noise(1_000)
    assert len(noisy) > 2_000_000
    grown = []
    for number in range(15):
        assert send(bruno, (f"{number}.png", noisy)).status == 303
        grown.append(pictures.resident())
    assert grown[-1] - grown[4] < 20 * 1024 * 1024, grown
