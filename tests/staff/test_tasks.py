"""Tarefas paradas: who sees them, and the order to try one again."""

import pytest
from sqlalchemy import select

from models import clock as now
from models.history import Event
from models.operators import Role
from models.outbox import TRIES, Effect, Left, LeftOut, enqueue, keep_left_out
from tests import cast

PAGE = "/tarefas"


@pytest.fixture
def dead(db):
    """An effect that was given up; its error names somebody."""
    service = cast.service(cast.ze())
    enqueue("apply_access", "given-up", {"service_id": service.id})
    db.flush()
    row = db.scalars(select(Effect).where(Effect.key == "apply_access:given-up")).one()
    row.state, row.attempts = "dead", TRIES
    row.last_error = f"TimeoutError: no answer for {cast.ZE}, ze@example.com " + "x" * 200
    db.commit()
    return row


def test_the_list(staff, dead):
    silvia = staff("silvia.maia")
    home = silvia.get("/")
    assert "1 tarefa não foi concluída depois de 12 tentativas" in home.words
    assert home.page.select_one(f'main a[href^="{PAGE}"]')
    answer = silvia.get(PAGE)
    assert answer.h1 == "Tarefas paradas"
    for words in ("Aplicar o acesso na rede", f"Serviço nº {dead.payload['service_id']}", "12", "TimeoutError"):
        assert words in answer.words
    assert cast.ZE not in answer.html
    assert "ze@example.com" not in answer.html
    assert "x" * 100 not in answer.html


def test_nothing_stopped(staff, db):
    answer = staff("silvia.maia").get(PAGE)
    assert "Nenhuma tarefa parada" in answer.words


@pytest.mark.parametrize("htmx", [False, True])
def test_repeating(staff, worker, dead, db, htmx):
    silvia = staff("silvia.maia")
    answer = silvia.post(f"{PAGE}/{dead.id}/repeticao", htmx=htmx)
    assert (answer.status, answer.location) == (204 if htmx else 303, PAGE)
    assert "A tarefa voltou para a fila" in silvia.follow(answer).html
    db.expire_all()
    assert (dead.state, dead.attempts, dead.lease_until, dead.owner) == ("ready", 0, None, None)
    assert dead.due_at <= now.now()
    event = db.scalars(select(Event).where(Event.action == "effect.retried")).one()
    assert (event.actor_name, event.subject_type, event.subject_id) == ("Sílvia Maia", "effect", dead.id)
    assert event.data == {"number": dead.id, "task": "Aplicar o acesso na rede"}
    assert worker.drain() == 1
    db.expire_all()
    assert dead.state == "done"


@pytest.mark.parametrize("htmx", [False, True])
def test_not_twice(staff, dead, db, htmx):
    silvia = staff("silvia.maia")
    silvia.post(f"{PAGE}/{dead.id}/repeticao")
    again = silvia.post(f"{PAGE}/{dead.id}/repeticao", htmx=htmx)
    assert again.status == 422
    assert "já está na fila" in again.words
    db.execute(Effect.__table__.update().where(Effect.id == dead.id).values(state="done"))
    assert "já foi concluída" in silvia.post(f"{PAGE}/{dead.id}/repeticao", htmx=htmx).words
    assert len(db.scalars(select(Event).where(Event.action == "effect.retried")).all()) == 1


def test_one_of_two_who_press_at_once(staff, dead, race, db):
    silvias = [staff("silvia.maia") for _ in range(4)]
    for silvia in silvias:
        silvia.token()
    path = f"{PAGE}/{dead.id}/repeticao"
    answers = race(4, lambda i: silvias[i].post(path))
    assert sorted(answer.status for answer in answers)[0] == 303
    assert {answer.status for answer in answers[0:]} <= {303, 409, 422}
    assert len(db.scalars(select(Event).where(Event.action == "effect.retried")).all()) == 1


def test_a_number_that_is_none(staff, db):
    assert staff("silvia.maia").post(f"{PAGE}/999999/repeticao").status == 404


@pytest.mark.parametrize("login", ["ana.souza", "bruno.reis", "joao.alcantara", "rafael.teixeira"])
def test_others_may_not(staff, dead, db, login):
    visitor = staff(login)
    assert visitor.get(PAGE).status == 403
    assert visitor.post(f"{PAGE}/{dead.id}/repeticao").status == 403
    assert PAGE not in visitor.get("/").html
    db.expire_all()
    assert dead.state == "dead"


# ---- of whose company


def of_serra_azul(db):
    """What was left out, and a task that was given up, of Hotel Mar Azul, a customer of the other company."""
    service = cast.service(cast.mar_azul())
    fix, company_id = ("service", service.id), service.company_id
    keep_left_out("dunning", [Left("service", service.id, "Erro", service.person_id, fix, company_id=company_id)])
    keep_left_out("pix_webhook", [Left("pix", 0, "Pix estranho", part="E123")])
    enqueue("apply_access", "another", {"service_id": service.id})
    enqueue("repeat_routine", "another", {"routine": "billing", "key": "x"})
    db.flush()
    db.execute(Effect.__table__.update().where(Effect.key.endswith(":another")).values(state="dead", attempts=TRIES))
    db.commit()
    return db.scalars(select(LeftOut).where(LeftOut.work == "dunning")).one(), service


@pytest.mark.postgresql
def test_what_stopped_is_of_the_company_of_its_row(staff, db):
    left, service = of_serra_azul(db)
    effect = db.scalars(select(Effect).where(Effect.key == "apply_access:another")).one()
    everywhere, here = staff("silvia.maia"), staff("silvia.maia", "Vale Claro Telecom")
    there = staff("silvia.maia", "Serra Azul Net")
    assert "2 tarefas não foram concluídas" in everywhere.get("/").words
    assert "2 linhas ficaram de fora" in everywhere.get("/").words
    assert "não foi concluída" not in here.get("/").words
    assert "Nenhuma tarefa parada" in here.get(PAGE).words
    assert "1 tarefa não foi concluída" in there.get("/").words
    assert there.get(PAGE).page.select_one(f'main a[href="/servicos/{service.id}"]')
    assert here.get(f"{PAGE}/de-fora/{left.id}/vista").status == 404
    for what in ("vista", "repeticao", "devolver"):
        assert here.post(f"{PAGE}/de-fora/{left.id}/{what}", {"reason": "x"}).status == 404
    assert here.post(f"{PAGE}/{effect.id}/repeticao").status == 404
    assert there.post(f"{PAGE}/{effect.id}/repeticao").status == 303


def test_a_link_to_what_is_gone_is_not_drawn(staff, db):
    keep_left_out("retention", [Left("sale", 987654, "Erro", fix=("sale", 987654))])
    db.commit()
    page = staff("silvia.maia").get(PAGE)
    assert "Limpeza do que venceu" in page.words
    assert not page.page.select('main a[href^="/vendas/"]')


def test_names_and_links_are_for_who_may_see_them(staff, db):
    service = cast.service(cast.ze())
    own = {"person_id": service.person_id, "company_id": service.company_id}
    keep_left_out("dunning", [Left("service", service.id, "Erro", fix=("service", service.id), **own)])
    db.get(Role, cast.operator("joao.alcantara").role_id).permissions = ["outbox.retry"]
    db.commit()
    joao = staff("joao.alcantara")
    page = joao.get(PAGE)
    assert cast.ze().name not in page.html
    assert f"Cliente nº {service.person_id}" in page.words
    links = [link["href"] for link in page.page.select("main a[href]")]
    assert {joao.get(link).status for link in links} == {200}
