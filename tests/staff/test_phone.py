"""The technician's phone, as he uses it: his day, a visit step by step, its end; nobody else's (A-122, A-85)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import delete, func, select

from models import clock
from models.files import Attachment
from models.history import Event
from models.operators import IdemKey, Role
from models.work_orders import WorkOrder, WorkOrderStep, where_now
from tests import cast, field, on_site, pictures

JOAO, WAGNER = "joao.alcantara", "wagner.luis"
IDEM = delete(IdemKey)  # as its retention does after two days


@pytest.fixture
def joao(staff):
    return staff(JOAO)


@pytest.fixture
def visit(db):
    """A visit of João at Seu Zé's that began a quarter of an hour ago."""
    row = on_site.visit(cast.ze(), now() - timedelta(minutes=15), "Sem sinal no quarto.")
    db.commit()
    return row


def now():
    return clock.now().replace(second=0)


def path(row, end=""):
    return f"/tecnico/ordens/{row.id}{end}"


def post(visitor, address, told):
    """With its files as a browser sends them."""
    sent = {name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for name, value in told.items()}
    return visitor.post(address, sent)


def step(visitor, row, kind, at=None, **more):
    told = {"kind": kind, "happened_at": at.isoformat() if at else "", **more}
    return post(visitor, path(row, "/passos"), told)


def ending(**more):
    local = clock.local(clock.now() - timedelta(minutes=1))
    return {"ended_on": f"{local:%Y-%m-%d}", "ended_time": f"{local:%H:%M}", "done": "Conector trocado.", **more}


def steps(db, row):
    db.expire_all()
    return list(db.scalars(select(WorkOrderStep).where(WorkOrderStep.work_order_id == row.id).order_by("id")))


def picture():
    return (pictures.photo((300, 200)), "caixa.jpg")


@pytest.mark.feature("A-122")
def test_a_visit_step_by_step_shows_on_the_order_with_its_stamps(joao, staff, db, visit):
    today = joao.get("/tecnico/")
    assert "José Antônio Ferreira" in today.words
    assert "Abrir a visita" in today.words
    page = joao.get(path(visit))
    assert page.h1 == "José Antônio Ferreira"
    assert "Sem sinal no quarto." in page.words
    left, came = now() - timedelta(minutes=12), now() - timedelta(minutes=7)
    assert step(joao, visit, "on_the_way", left).location == path(visit)
    assert where_now([visit.id])[visit.id].kind == "on_the_way"
    assert step(joao, visit, "arrived", came).status == 303
    assert step(joao, visit, "note", now() - timedelta(minutes=5), text="Roteador atrás da geladeira.").status == 303
    assert step(joao, visit, "photo", now() - timedelta(minutes=4), files=picture()).status == 303
    hour = f"{clock.local(came):%H:%M}"
    assert f"No local {hour}" in joao.get("/tecnico/").words
    shown = staff("bruno.reis").get(f"/ordens/{visit.id}")
    assert f"no local desde {hour}" in shown.words
    for words in ("Saiu a caminho", "Chegou ao local", "Nota", "Roteador atrás da geladeira.", "Foto"):
        assert words in shown.words
    signed = {"signed_by": "José Ferreira", "signature": (on_site.signature().content, "assinatura.png")}
    materials = {"rows-0-item": "Cabo UTP", "rows-0-quantity": "2,5 m"}
    closed = post(joao, path(visit, "/encerramento"), ending(defect_found="Cabo curto.", **signed, **materials))
    assert closed.location == path(visit)
    db.expire_all()
    row = db.get(WorkOrder, visit.id)
    assert (row.status, row.technician_id, row.done) == ("closed", cast.operator(JOAO).id, "Conector trocado.")
    assert [one.kind for one in steps(db, visit)] == ["on_the_way", "arrived", "note", "photo", "done"]
    shown = staff("bruno.reis").get(f"/ordens/{visit.id}")
    assert "Feito, com a assinatura de José Ferreira" in shown.words
    assert "2,5 m" in shown.words
    # only of whom the order is given to
    wagner = staff(WAGNER)
    assert wagner.get(path(visit)).status == 404
    assert step(wagner, visit, "note", text="Não é minha.").status == 404
    assert post(wagner, path(visit, "/encerramento"), ending()).status == 404
    assert staff("silvia.maia").get(path(visit)).status == 404
    assert len(steps(db, visit)) == 5


@pytest.mark.feature("A-85")
def test_an_order_has_five_sections_and_the_fourth_is_what_was_told_from_the_field(staff, db):
    on_site.load()
    done = db.scalars(select(WorkOrder).where(WorkOrder.done.contains("280 Mbps no quarto"))).one()
    page = staff("bruno.reis").get(f"/ordens/{done.id}")
    titles = [title.get_text(" ", strip=True) for title in page.page.select("main .work h2")]
    assert [title.split(" ")[0] for title in titles] == ["Cadastro", "Encerramento", "Materiais", "Campo", "Histórico"]
    registration = "Wi-Fi cai no quarto desde a troca do roteador."
    closing = "Roteador levado para o corredor e canal trocado."
    for words in (registration, closing, "Roteador longe do quarto.", "Cabo UTP", "6 m"):
        assert words in page.words
    told = [line.get_text(" ", strip=True) for line in page.page.select("ol[aria-label=Passos] .timeline-title")]
    assert [line.split(": ")[1].split(",")[0] for line in told] == [
        "Saiu a caminho",
        "Chegou ao local",
        "Foto",
        "Nota",
        "Feito",
    ]
    assert "chegou ao local da OS" in page.words
    assert f"encerrou a OS {done.number}" in page.words


def test_a_step_sent_twice_is_one_also_when_the_key_of_the_form_is_forgotten(joao, db, visit):
    key = str(uuid.uuid4())
    at = now() - timedelta(minutes=3)
    told = {"kind": "arrived", "happened_at": at.isoformat(), "idem": key}
    assert post(joao, path(visit, "/passos"), told).status == 303
    assert post(joao, path(visit, "/passos"), told).status == 303
    db.execute(IDEM)
    db.commit()
    assert post(joao, path(visit, "/passos"), told).status == 303
    assert len(steps(db, visit)) == 1
    db.execute(IDEM)
    db.commit()
    other = post(joao, path(visit, "/passos"), {**told, "kind": "on_the_way"})
    assert other.status == 422
    assert "outros dados" in other.words
    assert len(steps(db, visit)) == 1


def test_steps_out_of_order_stand_by_the_moment_they_happened(joao, db, visit):
    step(joao, visit, "arrived", now() - timedelta(minutes=4))
    step(joao, visit, "on_the_way", now() - timedelta(minutes=9))
    titles = [
        one.get_text(strip=True) for one in joao.get(path(visit)).page.select("ol[aria-label=Passos] .timeline-title")
    ]
    assert titles == ["Saiu a caminho", "Chegou ao local"]
    assert where_now([visit.id])[visit.id].kind == "arrived"


@pytest.mark.parametrize(
    ("off", "outside"),
    [(timedelta(minutes=4), ""), (timedelta(minutes=6), "after"), (-timedelta(days=3), "before"), (timedelta(), "")],
)
def test_a_moment_that_cannot_be_is_kept_as_told_and_marked(joao, db, visit, off, outside):
    at = now() + off
    assert step(joao, visit, "arrived", at).status == 303
    [row] = steps(db, visit)
    assert (row.outside, row.happened_at) == (outside, at)
    assert ("O aparelho disse" in joao.get(path(visit)).words) == bool(outside)
    assert where_now([visit.id])[visit.id].at == row.stands_at


@pytest.mark.parametrize("typed", ["ontem", "2026-13-01T00:00:00Z", "2026-11-24T10:00:00", "0001-01-01T00:00:00-23:00"])
def test_a_moment_that_is_none_is_refused(joao, db, visit, typed):
    refused = post(joao, path(visit, "/passos"), {"kind": "arrived", "happened_at": typed})
    assert refused.status == 422
    assert "não disse quando" in refused.words
    assert steps(db, visit) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "note", "text": " \u200b "}, "Escreva a nota."),
        ({"kind": "note", "text": "a" * 2001}, "Use no máximo 2.000 caracteres."),
        ({"kind": "photo"}, "Tire ou escolha uma foto"),
        ({"kind": "photo", "files": (pictures.PDF, "a.pdf")}, "Tire ou escolha uma foto"),
        ({"kind": "photo", "files": (pictures.PROGRAM, "a.jpg")}, "é um programa"),
        (
            {"kind": "photo", "files": (b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024), "a.jpg")},
            "passam do limite de 10 MB",
        ),
        ({"kind": "done"}, "Escolha um passo"),
        ({"kind": "voando"}, "Escolha um passo"),
        ({}, "Escolha um passo"),
    ],
)
def test_a_step_that_says_nothing_is_refused_with_a_sentence(joao, db, visit, told, words):
    refused = post(joao, path(visit, "/passos"), told)
    assert refused.status == 422
    assert words in refused.words
    assert steps(db, visit) == []


def test_what_was_typed_stays_when_a_note_is_too_long(joao, visit):
    refused = post(joao, path(visit, "/passos"), {"kind": "note", "text": "b" * 2001})
    assert "b" * 2001 in refused.html


def test_the_twenty_first_photo_is_refused(joao, db, visit):
    for _ in range(20):
        assert step(joao, visit, "photo", files=picture()).status == 303
    refused = step(joao, visit, "photo", files=picture())
    assert refused.status == 422
    assert "Já há 20 arquivos aqui" in refused.words
    assert db.scalar(select(func.count()).select_from(Attachment).where(Attachment.of(visit))) == 20


def test_of_an_order_that_is_over_only_what_was_before_comes_in(joao, staff, db, visit):
    with cast.by("bruno.reis"):
        row = db.get(WorkOrder, visit.id)
        field.close(row)
    db.commit()
    ended = visit.closed_at
    assert step(joao, visit, "note", ended - timedelta(minutes=2), text="Antes.").status == 303
    late = step(joao, visit, "note", ended + timedelta(minutes=2), text="Depois.")
    assert late.status == 422
    assert "Só entra nela o que aconteceu antes" in late.words
    assert [one.text for one in steps(db, visit)] == ["Antes."]
    over = joao.get(path(visit, "/encerramento"))
    assert over.status == 422
    assert "já foi encerrada" in post(joao, path(visit, "/encerramento"), ending()).words


def test_of_a_cancelled_order_nothing_comes_in(joao, db, visit):
    with cast.by("silvia.maia"):
        row = db.get(WorkOrder, visit.id)
        row.cancel("Cliente desistiu.", row.version)
    db.commit()
    refused = step(joao, visit, "arrived", now() - timedelta(minutes=9))
    assert refused.status == 422
    assert "Esta ordem foi cancelada" in refused.words
    assert post(joao, path(visit, "/encerramento"), ending()).status == 422
    assert steps(db, visit) == []


def test_an_order_given_to_another_is_not_there_any_more(joao, staff, db, visit):
    step(joao, visit, "arrived", now() - timedelta(minutes=2))
    with cast.by("bruno.reis"):
        row = db.get(WorkOrder, visit.id)
        begins = clock.local(now() + timedelta(hours=2))
        row.schedule(begins.date(), begins.time(), cast.operator(WAGNER).id, row.version, confirmed=True)
    db.commit()
    assert step(joao, visit, "note", text="Ainda estou aqui.").status == 404
    assert where_now([visit.id]) == {}  # what João told is of another visit
    assert "Estou a caminho" in staff(WAGNER).get(path(visit)).words


def test_the_end_is_refused_beside_its_fields_and_nothing_typed_is_lost(joao, db, visit):
    typed = ending(done=" ", signed_by="", signature=(on_site.signature().content, "assinatura.png"))
    refused = post(joao, path(visit, "/encerramento"), {**typed, "defect_found": "Cabo curto."})
    assert refused.status == 422
    assert "Escreva o nome de quem assinou." in refused.errors()["signed_by"]
    assert "Cabo curto." in refused.html
    refused = post(
        joao, path(visit, "/encerramento"), ending(done=" ", **{"rows-0-item": "Cabo", "rows-0-quantity": "0"})
    )
    assert "Escreva o que foi feito. Sem isso a ordem não encerra." in refused.words
    assert "Escreva uma quantidade maior que zero" in refused.words
    hostile = ending(signed_by="José", signature=(pictures.HTML_AS_JPEG, "assinatura.png"))
    refused = post(joao, path(visit, "/encerramento"), hostile)
    assert "O desenho da assinatura chegou estragado" in refused.words
    db.expire_all()
    assert db.get(WorkOrder, visit.id).status == "scheduled"
    assert steps(db, visit) == []


def test_what_the_desk_moved_meanwhile_does_not_refuse_the_end(joao, db, visit):
    drawn = joao.get(path(visit, "/encerramento")).form(path(visit, "/encerramento"))
    with cast.by("bruno.reis"):
        row = db.get(WorkOrder, visit.id)
        row.edit({"kind_id": row.kind_id, "description": "Outra descrição."}, row.version)
    db.commit()
    assert post(joao, path(visit, "/encerramento"), {**drawn, **ending()}).status == 303


def test_the_week_and_the_search_hold_only_ones_own_orders(joao, staff, db, visit):
    with cast.by("bruno.reis"):
        other = field.order(cast.ze(), words="De ninguém.")
    db.commit()
    assert f"OS {visit.number}" in joao.get("/tecnico/semana").words
    found = joao.post("/tecnico/procurar", {"q": "ferreira"})
    assert f"OS {visit.number}" in found.words
    assert f"OS {other.number}," not in found.words
    assert "Nenhuma ordem sua" in joao.post("/tecnico/procurar", {"q": str(other.number)}).words
    assert "Escreva o número" in joao.post("/tecnico/procurar", {"q": " "}).words
    assert "Nenhuma ordem sua" in staff(WAGNER).post("/tecnico/procurar", {"q": "ferreira"}).words


def test_a_photo_is_only_of_whom_the_visit_is(joao, staff, db, visit):
    step(joao, visit, "photo", files=picture())
    [row] = steps(db, visit)
    address = f"/tecnico/fotos/{row.attachment_id}"
    assert joao.get(address).headers["Content-Type"] == "image/jpeg"
    assert staff(WAGNER).get(address).status == 404
    with cast.by("bruno.reis"):
        db.get(Attachment, row.attachment_id).remove("Saiu tremida.")
    db.commit()
    assert joao.get(address).status == 404
    assert "Foto, que foi excluída" in joao.get(path(visit)).words


def test_the_notes_of_the_team_are_for_whom_reads_tickets(joao, db):
    row = on_site.visit(cast.cooperative(), now() + timedelta(minutes=30), "Sinal oscila.", noted=True)
    with cast.by("bruno.reis"):
        row.ticket().comment("Estamos a caminho.", "subscriber")
    db.commit()
    page = joao.get(path(row))
    assert "Rádio caiu de −62 para −81 dBm" in page.words
    assert "Bruno, Suporte:" in page.words
    assert "Estamos a caminho." not in page.words
    with cast.by("davi.rocha"):
        kept = db.get(Role, cast.operator(JOAO).role_id)
        kept.permissions = [code for code in kept.permissions if code != "tickets.read"]
    db.commit()
    assert "Rádio caiu" not in joao.get(path(row)).words


def test_a_step_stands_in_the_history_of_the_order_and_of_its_ticket(joao, staff, db):
    row = on_site.visit(cast.cooperative(), now() - timedelta(minutes=10), "Sinal oscila.", noted=True)
    db.commit()
    step(joao, row, "note", text="Antena fora do lugar.")
    told = db.scalars(select(Event).where(Event.action == "work_order.noted")).one()
    assert (told.ticket_id, told.visibility) == (row.ticket_id, "internal")
    assert "Antena fora do lugar." in staff("bruno.reis").get(f"/atendimentos/{row.ticket_id}").words


@pytest.mark.parametrize(
    ("login", "agent", "lands"),
    [
        (JOAO, "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537.36", "/tecnico/"),
        (JOAO, "Mozilla/5.0 (X11; Linux x86_64) Chrome/126 Safari/537.36", "/"),
        ("ana.souza", "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537.36", "/"),
    ],
)
def test_a_technician_with_a_phone_lands_on_his_day(anonymous, login, agent, lands):
    visitor = anonymous("staff")
    typed = {"login": login, "password": cast.PASSWORD}
    assert visitor.post("/entrar", typed, headers={"User-Agent": agent}).location == lands


def test_home_tells_his_visits_and_where_he_is(joao, db, visit):
    step(joao, visit, "arrived", now() - timedelta(minutes=2))
    page = joao.get("/")
    assert "no local desde" in page.words
    assert page.page.select_one('a[href="/tecnico/"]')


def test_a_day_asks_few_questions_whatever_its_visits(joao, db, visit, count_queries):
    joao.get("/tecnico/")
    with count_queries() as few:
        joao.get("/tecnico/")
    for minutes in range(10):
        on_site.visit(cast.sol(), now() + timedelta(minutes=minutes), "Ver o ramal.")
    db.commit()
    with count_queries() as many:
        joao.get("/tecnico/")
    assert len(many) == len(few)


def test_the_worker_keeps_a_page_of_nobody(anonymous, joao, visit):
    page = anonymous("staff").get("/tecnico/sem-rede")
    assert page.h1 == "Sem rede"
    assert "csrf" not in page.html.lower()
    assert joao.get("/tecnico/sem-rede").html == page.html
    worker = anonymous("staff").get("/tecnico/sw.js").data.decode()
    assert 'PAGE = "/tecnico/sem-rede"' in worker
    assert 'startsWith("tecnico-")' in worker


def test_who_sends_is_told_with_a_token_of_the_session(joao, anonymous, db):
    told = joao.get("/tecnico/envio").json
    assert told["operator"] == cast.operator(JOAO).id
    assert told["token"]
    assert anonymous("staff").get("/tecnico/envio", headers={"HX-Request": "true"}).status == 401
