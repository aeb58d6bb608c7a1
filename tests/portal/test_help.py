"""Ajuda in the Central: ask, talk, be told, rate; and what nobody finds there (A-93, A-106, B-12)."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from models import clock as real
from models.files import Attachment, incoming
from models.history import Event
from models.operators import Throttle
from models.tickets import Comment, CustomerSeen, Rating, Ticket
from models.workflows import TicketKind
from tests import asked, cast, pictures
from tests.browsing import HTMX

HELP = "/central/ajuda"
ASK = f"{HELP}/sem-internet"
OTHER = f"{HELP}/outro-assunto"
BIG = 40 * 1024 * 1024


@pytest.fixture
def phone(central):
    return central("ze", "proved")


def of(row):
    return f"{HELP}/pedidos/{row.id}"


def newest(db):
    return db.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()


def files(*names):
    return [(BytesIO(pictures.photo()), name) for name in names]


def held(row, login="bruno.reis"):
    with cast.by(login):
        row.claim()
    return row


def said(page):
    """The conversation as it is read: who, and what."""
    lines = []
    for line in page.page.select(".talk > li"):
        who = "fato" if "fact" in line.get("class", []) else line.small.text.split(",")[0]
        words = line.select_one(".bubble p") or line.select_one("span")
        lines.append((who, words.text.strip() if words else ""))
    return lines


def read_all(db, person):
    for row in db.scalars(select(Ticket).where(Ticket.person_id == person.id)):
        asked.looked(row)


def say_as(login, row, text, visibility="subscriber"):
    with cast.by(login):
        row.comment(text, visibility)


# ---- the whole walk


@pytest.mark.feature("B-12")
def test_a_subscriber_asks_attaches_follows_and_rates(db, central, staff):
    phone, weak = central("ze", "proved"), central("ze")
    listed = phone.get(HELP)
    assert ("Estou sem internet", ASK) in [
        (row.select_one(".row-words > span").text, row["href"]) for row in listed.page.select(".topic-rows a")
    ]
    form = phone.get(ASK)
    assert "Olhamos daqui: sua internet está ativa" in form.words
    typed = form.form(ASK) | {"answer": "done", "body": "Luz vermelha acesa.", "files": files("luz.jpg")}
    assert re.fullmatch(r"\(\d\d\) \d{5}-\d{4}", typed["phone"])
    sent = phone.post(ASK, typed)
    row = newest(db)
    assert (sent.status, sent.location) == (303, f"{of(row)}#fim")
    page = phone.follow(sent)
    assert f"Pedido recebido. Protocolo {row.protocol}" in page.words
    assert page.h1 == "Luz vermelha acesa"
    stops = [stop.b.text for stop in page.page.select(".fio > li")]
    assert stops == ["Recebido", "Em atendimento", "Resolvido"]
    assert page.page.select_one(".fio > li")["class"] == ["fio-current", "fio-broken"]
    assert said(page)[-1] == ("Você", "Luz vermelha acesa.")
    picture = page.page.select_one(".bubble img")["src"]
    assert phone.get(picture).response.mimetype == "image/webp"

    bruno = staff("bruno.reis")
    there = f"/atendimentos/{row.id}"
    shown = bruno.get(there)
    assert "Já tirou o aparelho da tomada por 10 segundos? Já, e não voltou." in shown.words
    entry = next(line for line in shown.page.select(".timeline > li") if "Luz vermelha acesa." in line.text)
    assert "node-pub" in entry["class"]
    assert "Cliente" in entry.text
    assert "pela Central" in entry.text
    bruno.post(f"{there}/resgate", {"seen": str(row.version)})
    bruno.post(f"{there}/comentarios", {"visibility": "subscriber", "body": "Vou olhar daqui."})
    page = phone.get(of(row))
    assert said(page)[-1] == ("Bruno", "Vou olhar daqui.")
    assert "Bruno, da Vale Claro Telecom" in page.words
    assert "Reis" not in page.words
    assert page.page.select(".fio > li")[1]["class"][0] == "fio-current"

    assert phone.post(f"{of(row)}/mensagens", {"body": "Obrigado.", "files": files("de novo.jpg")}).status == 303
    db.expire_all()
    assert db.scalar(select(func.count()).select_from(Attachment).where(Attachment.of(row))) == 2

    closing = f"{there}/finalizacao"
    form = bruno.get(closing)
    assert form.page.select_one("#ask_rating").has_attr("checked")  # asked in the Central
    assert bruno.post(closing, {**form.form(closing), "body": "Tudo certo.", "visibility": "subscriber"}).status == 303
    page = phone.get(of(row))
    assert "Resolvido" in page.words
    assert "Tudo certo." in page.page.select_one(".panel").text
    assert phone.post(f"{of(row)}/avaliacao", {"stars": "5", "why": "Rápido."}).status == 303
    assert "Nota 5 de 5" in phone.get(of(row)).words
    rated = bruno.get(there).words
    assert "5 de 5" in rated
    assert "Rápido." in rated

    # Whoever has only typed the CPF finds nothing of it.
    page = weak.get(HELP)
    assert "Confirmar que é você" in page.words
    for secret in (row.protocol, "Luz vermelha", "pedido em andamento", "Pedidos encerrados"):
        assert secret not in page.html
    for path in (ASK, of(row), f"{HELP}/encerrados", picture):
        answer = weak.get(path)
        assert (answer.status, answer.location.split("?")[0]) == (303, "/central/confirmar")
    for path in (ASK, f"{of(row)}/mensagens", f"{of(row)}/avaliacao", f"{of(row)}/novas"):
        assert weak.post(path, {"body": "Oi."}).location.startswith("/central/confirmar")
    assert "nova" not in weak.get("/central/").words


@pytest.mark.feature("A-106")
def test_it_is_rated_when_staff_ask_once(db, central, staff):
    phone, bruno = central("ze", "proved"), staff("bruno.reis")
    rows = [held(asked.ask(cast.ze())) for _ in range(2)]
    db.commit()
    for row, choice in zip(rows, ("y", None), strict=True):
        closing = f"/atendimentos/{row.id}/finalizacao"
        drawn = bruno.get(closing).form(closing)
        assert bruno.post(closing, {**drawn, "ask_rating": choice}).status == 303
    wanted, unasked = (f"{of(row)}/avaliacao" for row in rows)
    assert "Como foi? Avalie" in phone.get(HELP).words
    assert "Como foi o atendimento?" not in phone.get(of(rows[1])).words
    assert phone.post(unasked, {"stars": "5"}).status == 422
    page = phone.get(of(rows[0]))
    assert not page.page.select(".rates [checked]")  # nothing is preset
    empty = phone.post(wanted, {"why": "Gostei."})
    assert empty.status == 422
    assert "Escolha uma nota de 1 a 5." in empty.words
    assert empty.page.select_one("#why").text.strip() == "Gostei."
    assert "Pedida na Central. Ainda sem resposta." in bruno.get(f"/atendimentos/{rows[0].id}").words
    assert phone.post(wanted, {"stars": "4", "why": "Gostei."}).status == 303
    again = phone.post(wanted, {"stars": "1"})
    assert again.status == 409
    assert "Você já avaliou este atendimento." in again.words
    assert db.scalars(select(Rating.stars).where(Rating.ticket_id == rows[0].id)).all() == [4]
    shown = bruno.get(f"/atendimentos/{rows[0].id}").words
    assert "4 de 5" in shown
    assert "Gostei." in shown
    assert "avaliou o atendimento com 4 de 5" in shown
    assert "Como foi? Avalie" not in phone.get(HELP).words


# ---- what a request asks for


def test_refused_it_keeps_what_was_typed(db, phone):
    before = db.scalar(select(func.count()).select_from(Ticket))
    wrong = {"answer": "", "body": "Luz vermelha.", "phone": "123"}
    page = phone.post(ASK, wrong)
    assert page.status == 422
    assert page.errors()["phone"].endswith("Exemplo: (37) 98765-4321.")
    assert page.page.select_one("#body").text.strip() == "Luz vermelha."
    assert page.page.select_one("#phone")["value"] == "123"
    assert "Escolha uma das respostas." in page.words
    assert "Escreva o que está acontecendo." in phone.post(OTHER, {"body": " "}).words
    assert db.scalar(select(func.count()).select_from(Ticket)) == before


@pytest.mark.parametrize("path", ["ask", "reply"])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xd8\xff" + b"x" * BIG, "passam do limite de 10 MB"),
        (pictures.PROGRAM, "programa"),
        (pictures.SVG, "SVG"),
    ],
    ids=["40 MB", "program", "svg"],
)
def test_a_photo_that_may_not_come_in_lets_nothing_in(db, phone, path, content, sentence):
    row = asked.ask(cast.ze())
    db.commit()
    tables = (Ticket, Comment, Attachment, Event, Throttle)
    before = [db.scalar(select(func.count()).select_from(table)) for table in tables]
    to = OTHER if path == "ask" else f"{of(row)}/mensagens"
    page = phone.post(to, {"body": "Olhe a foto.", "files": [(BytesIO(content), "foto.jpg")]})
    assert page.status == 422
    assert sentence in page.page.select_one("#files-error").text
    assert page.page.select_one("#files")["aria-describedby"] == "files-error"
    assert page.page.select_one("#body").text.strip() == "Olhe a foto."
    assert [db.scalar(select(func.count()).select_from(table)) for table in tables] == before


def test_of_several_services_one_is_chosen(db, central):
    phone = central("sol", "proved")
    drawn = phone.get(ASK)
    assert len(drawn.page.select("input[name=service_id]")) == 2
    page = phone.post(ASK, {"answer": "done", "body": "Parou."})
    assert "Escolha de qual serviço você fala." in page.words
    other = cast.service(cast.rita()).id
    assert "Escolha de qual serviço" in phone.post(ASK, {"answer": "done", "body": "Parou.", "service_id": other}).words
    mine = cast.service(cast.sol(), "Fibra 1 Gbps")
    assert phone.post(ASK, {"answer": "done", "body": "Parou.", "service_id": mine.id}).status == 303
    assert newest(db).service_id == mine.id
    assert phone.post(OTHER, {"body": "Elogio.", "service_id": "0"}).status == 303
    assert newest(db).service_id is None


@pytest.mark.usefixtures("billed")
def test_what_is_known_is_said_before(central):
    page = central("rita", "proved").get(ASK)
    assert "Olhamos daqui: sua internet está suspensa." in page.words
    pay = page.page.select_one("main section.panel a")
    assert pay["href"].startswith("/central/faturas/")
    assert "Ver minhas faturas" in central("ze", "proved").get(f"{HELP}/fatura-e-pagamento").words


def test_where_nobody_receives_requests_it_says_so(db, phone):
    for row in db.scalars(select(TicketKind).where(TicketKind.inactive_since.is_(None))):
        row.retire()
    db.commit()
    page = phone.post(OTHER, {"body": "Oi."})
    assert page.status == 422
    assert "Ainda não há quem receba pedidos por aqui. Ligue para o provedor." in page.words
    assert page.page.select_one("#body").text.strip() == "Oi."


def test_too_many_are_told_to_wait(db, phone):
    for _ in range(10):
        assert phone.post(OTHER, {"body": "De novo."}).status == 303
    page = phone.post(OTHER, {"body": "Mais um."})
    assert page.status == 429
    assert "São muitos pedidos num dia só." in page.words
    assert page.page.select_one("#body").text.strip() == "Mais um."


@pytest.mark.parametrize("htmx", [False, True])
def test_posted_twice_it_is_one_request(db, phone, htmx):
    before = db.scalar(select(func.count()).select_from(Ticket))
    form = phone.get(OTHER).form(OTHER) | {"body": "Uma vez.", "idem": "8f14e45f-ceea-467a-9575-2f3b0bd3a4a1"}
    first, second = (phone.post(OTHER, form, htmx=htmx) for _ in range(2))
    assert first.location == second.location == f"{of(newest(db))}#fim"
    assert db.scalar(select(func.count()).select_from(Ticket)) == before + 1


def test_of_two_posts_at_once_one_is_a_request(db, phone, race):
    before = db.scalar(select(func.count()).select_from(Ticket))
    form = phone.get(OTHER).form(OTHER) | {"body": "Uma vez.", "idem": "8f14e45f-ceea-467a-9575-2f3b0bd3a4a2"}
    answers = race(4, lambda _: phone.post(OTHER, form))
    assert {answer.location for answer in answers} == {f"{of(newest(db))}#fim"}
    assert db.scalar(select(func.count()).select_from(Ticket)) == before + 1


# ---- a finished one


def test_a_reply_to_a_finished_one_is_kept_and_another_is_offered(db, phone):
    row = held(asked.ask(cast.ze(), "slow", "Lenta."))
    with cast.by("bruno.reis"):
        row.close(cast.closing_classification(), None)
    db.commit()
    assert phone.post(f"{of(row)}/mensagens", {"body": "Voltou a travar."}).status == 303
    db.expire_all()
    assert row.is_closed
    page = phone.get(of(row))
    assert said(page)[-1] == ("Você", "Voltou a travar.")
    assert "o que você escrever fica guardado nele" in page.words
    again = next(link["href"] for link in page.page.select("main a") if "Voltou a dar problema" in link.text)
    assert again == f"{HELP}/lenta-ou-caindo?de={row.id}"
    form = phone.get(again).form(f"{HELP}/lenta-ou-caindo")
    assert phone.post(f"{HELP}/lenta-ou-caindo", {**form, "body": "Lenta de novo.", "answer": "far"}).status == 303
    assert newest(db).previous_id == row.id
    closed = phone.get(f"{HELP}/encerrados")
    assert f"{of(row)}#fim" in [link["href"] for link in closed.page.select("main a")]


def test_closed_ones_come_page_by_page(db, phone):
    rows = [asked.ask(cast.ze(), text=f"Pedido {number}.") for number in range(22)]
    for row in rows:
        held(row)
        with cast.by("bruno.reis"):
            row.close(cast.closing_classification(), None)
    db.commit()
    page = phone.get(f"{HELP}/encerrados")
    assert len(page.page.select(".row-open")) == 20
    rest = phone.get(page.page.select_one(".help-text a")["href"])
    assert len(rest.page.select(".row-open")) == 2


# ---- nobody else's


def test_of_somebody_else_it_is_a_404(db, central):
    row = held(asked.ask(cast.rita()))
    asked.reply(row, "Foto.", incoming("a.jpg", BytesIO(pictures.photo())))
    file = db.scalars(select(Attachment.id).where(Attachment.of(row))).one()
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
        thrown = Ticket.open(cast.ze(), cast.service(cast.ze()))
        thrown.discard("Engano")
    db.commit()
    ze = central("ze", "proved")
    for mine in (row, draft, thrown):
        assert ze.get(of(mine)).status == 404
        for path in ("mensagens", "avaliacao", "novas"):
            assert ze.post(f"{of(mine)}/{path}", {"body": "Oi.", "stars": "1"}).status == 404
    assert ze.get(f"{HELP}/arquivos/{file}").status == 404
    assert ze.get(f"{OTHER}?de={row.id}").status == 404
    assert ze.post(OTHER, {"body": "Oi.", "de": row.id}).status == 404
    for path in ("contestar", "nada"):
        assert ze.get(f"{HELP}/{path}").status == 404


MARK = "zarcão"  # in everything that is the team's


@pytest.mark.feature("A-93")
def test_nothing_of_the_team_is_found_at_any_door(db, central, staff, worker, app):
    """Private comments, files, reports, reasons, names of the workflow: in no page, fragment, file or mail."""
    person = cast.ze()
    person.set_contacts({**person.contacts(), "email": "ze@example.com"})
    step = cast.process().first_step()
    step.change(step.version, name=f"Etapa {MARK}")
    kind = cast.ticket_kind("Lentidão")
    kind.change(kind.version, name=f"Tipo {MARK}")
    ending = cast.closing_classification()
    ending.change(ending.version, name=f"Fim {MARK}")
    with cast.by("bruno.reis"):
        by_team = cast.ticket(person, f"Tipo {MARK}", f"Relato {MARK}", destination=None)
        own = asked.ask(person, "slow", "Lenta.")
        for row in (by_team, own):
            row.claim()
            row.comment(f"Comentário {MARK}", "internal")
            private = row.attach(incoming(f"{MARK}.jpg", BytesIO(pictures.photo())), "internal")
            private.describe(private.version, f"Descrição {MARK}")
            row.change_notify_level("all", row.version)
            row.pause(f"Motivo {MARK}")
            row.resume()
            row.comment("Isto o cliente lê.", "subscriber")
            row.forward()
            row.claim()
    hidden = db.scalars(select(Attachment.id).where(Attachment.visibility == "internal")).all()
    db.commit()
    phone = central("ze", "proved")
    doors = [HELP, "/central/", f"{HELP}/encerrados", f"{HELP}/lenta-ou-caindo"]
    seen = [phone.get(path).html for path in [*doors, of(by_team), of(own), f"{of(own)}?antes=99999"]]
    for row in (by_team, own):
        fragment = phone.post(f"{of(row)}/novas?desde=0&etapa=", htmx=True)
        assert "Isto o cliente lê." in fragment.html
        seen.append(fragment.html)
    with cast.by("bruno.reis"):
        for row in (by_team, own):
            row.close(ending, None, f"Última {MARK}", "internal", ask_rating=True)
    db.commit()
    seen += [phone.get(path).html for path in [*doors, of(by_team), of(own)]]
    with real.set_to(real.now() + timedelta(minutes=2)):
        worker.drain()
    seen += [mail.body + mail.subject for mail in _mails(db, person)]
    assert len(seen) > 20
    for text in seen:
        assert MARK not in text.lower()
        assert "Reis" not in text
    for id in hidden:
        for end in ("", "?miniatura=1"):
            assert phone.get(f"{HELP}/arquivos/{id}{end}").status == 404
    assert "Isto o cliente lê." in phone.get(of(own)).words


def _mails(db, person):
    from models.notices import Notice

    return db.scalars(select(Notice).where(Notice.person_id == person.id)).all()


# ---- news


def test_news_are_counted_until_they_are_seen(db, central):
    row = held(asked.ask(cast.ze()))
    read_all(db, cast.ze())
    db.commit()
    phone = central("ze", "proved")
    assert "nova" not in phone.get("/central/").words
    say_as("bruno.reis", row, "Um.")
    say_as("bruno.reis", row, "Só da equipe.", "internal")
    db.commit()
    assert "1 mensagem nova" in phone.get(HELP).words
    assert "1 mensagem nova" in phone.get("/central/").words
    page = phone.get(of(row))
    assert "1 mensagem nova" in phone.get(HELP).words  # reading is a post: nothing is written by a link
    poll = page.page.select_one("#novas")
    assert poll["hx-trigger"] == "load delay:1s, every 15s, back"
    assert phone.post(poll["hx-post"], htmx=True).status == 204
    assert "nova" not in phone.get(HELP).words + phone.get("/central/").words
    assert db.get(CustomerSeen, row.id).seen_at


def test_an_open_page_hears_what_comes_and_nothing_else(db, central, clock):
    row = held(asked.ask(cast.ze()))
    db.commit()
    phone = central("ze", "proved")
    url = phone.get(of(row)).page.select_one("#novas")["hx-post"]
    assert phone.post(url, htmx=True).status == 204
    say_as("bruno.reis", row, "Chegou.")
    db.commit()
    answer = phone.post(url, htmx=True)
    assert [line.text for line in answer.page.select(".bubble p")] == ["Chegou."]
    assert not answer.page.select("form.say, textarea")  # what is typed is left alone
    assert len(answer.data) <= 4096
    following = answer.page.select_one("#novas")["hx-post"]
    assert phone.post(following, htmx=True).status == 204
    with cast.by("bruno.reis"):
        row.close(cast.closing_classification(), None)
    db.commit()
    answer = phone.post(following, htmx=True)
    assert "terminou" in answer.words
    assert [stop["class"][0] for stop in answer.page.select(".fio > li")] == ["fio-ok"] * 3
    assert phone.post(following).location == f"{of(row)}#fim"  # without a script: the page anew


def test_asking_for_news_keeps_no_session_alive(db, clock, app):
    from web.access import access_of

    with app.app_context():
        assert access_of("portal.news.update").renews is False
        assert access_of("portal.replies.create").renews is True


def test_a_long_conversation_comes_page_by_page(db, central):
    row = held(asked.ask(cast.ze()))
    for number in range(45):
        say_as("bruno.reis", row, f"Mensagem {number}.")
    db.commit()
    phone = central("ze", "proved")
    page = phone.get(of(row))
    assert said(page)[-1] == ("Bruno", "Mensagem 44.")
    assert len(said(page)) == 40
    earlier = phone.get(page.page.select_one(".help-text a")["href"])
    assert ("Você", "Quero mudar o nome da minha rede.") in said(earlier)
    assert not earlier.page.select("#novas")


# ---- weight and statements


@pytest.mark.parametrize("path", ["list", "show", "form", "closed"])
def test_a_page_asks_the_same_whatever_there_is(db, central, count_queries, path):
    phone = central("ze", "proved")
    row = held(asked.ask(cast.ze()))
    db.commit()
    url = {"list": HELP, "show": of(row), "form": ASK, "closed": f"{HELP}/encerrados"}[path]
    phone.get(url)

    def statements():
        with count_queries() as queries:
            phone.get(url)
        return len(queries)

    few = statements()
    for number in range(8):
        more = held(asked.ask(cast.ze(), text=f"Mais {number}."))
        say_as("bruno.reis", row, f"Oi {number}.")
        asked.reply(row, "Foto.", incoming("a.jpg", BytesIO(pictures.photo())))
        if number % 2:
            with cast.by("bruno.reis"):
                more.close(cast.closing_classification(), None, ask_rating=True)
    db.commit()
    assert statements() == few
    assert few <= {"list": 5, "show": 4, "form": 12, "closed": 3}[path]


def test_pages_are_light(db, central):
    phone = central("rita", "proved")
    row = db.scalars(select(Ticket).where(Ticket.topic == "no_internet", Ticket.person_id == cast.rita().id)).one()
    db.commit()
    for path in (HELP, ASK, of(row), f"{HELP}/encerrados"):
        assert len(phone.get(path, headers={"Accept-Encoding": "gzip"}).data) <= 8 * 1024, path


def test_htmx_and_plain_answer_alike(db, phone):
    row = asked.ask(cast.ze())
    db.commit()
    plain = phone.post(f"{of(row)}/mensagens", {"body": "Um."})
    swapped = phone.post(f"{of(row)}/mensagens", {"body": "Dois."}, headers=HTMX)
    assert (plain.status, swapped.status) == (303, 204)
    assert plain.location == swapped.location
    empty = phone.post(f"{of(row)}/mensagens", {"body": " "})
    assert empty.status == 422
    assert "Escreva a mensagem, ou escolha uma foto." in empty.words


def test_rating_what_was_reopened_says_so_and_keeps_the_words(phone, db):
    row = asked.ask(cast.ze(), "billing", "Não recebi a fatura.")
    with cast.by("bruno.reis"):
        row.claim()
        row.close(cast.closing_classification(), None, ask_rating=True)
    with cast.by("silvia.maia"):
        row.reopen("Voltou")
    db.commit()
    answer = phone.post(f"{HELP}/pedidos/{row.id}/avaliacao", {"stars": "4", "why": "Rápido e claro."})
    assert answer.status_code == 422
    assert "Rápido e claro." in answer.text
    assert "avaliação" in answer.words
