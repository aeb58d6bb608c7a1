"""Inside a ticket: rescue, comments, the last one edited, forwarding, the end and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import clock as real
from models.history import Event
from models.operators import Operator, Role
from models.tickets import OPEN, Comment, Ticket, TicketStay, Watcher
from models.workflows import SlaTable
from tests import cast


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def silvia(staff):
    return staff("silvia.maia")


@pytest.fixture
def ticket(db) -> Ticket:
    """Started, in the queue of Suporte."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
    db.commit()
    return row


def at(ticket, more=""):
    return f"/atendimentos/{ticket.id}{more}"


def rescue(visitor, ticket):
    page = visitor.get(at(ticket))
    return visitor.post(at(ticket, "/resgate"), page.form(at(ticket, "/resgate")))


def say(visitor, ticket, body="Conferir o sinal.", visibility="internal"):
    return visitor.post(at(ticket, "/comentarios"), {"body": body, "visibility": visibility})


def act(visitor, ticket, where, **values):
    """A form of the ticket as its page draws it, with what is said."""
    path = at(ticket, where)
    return visitor.post(path, {**visitor.get(path).form(path), **values})


def last_comment(db) -> Comment:
    db.expire_all()
    return db.scalars(select(Comment).order_by(Comment.id.desc()).limit(1)).one()


ACTS = ("/encaminhamento", "/finalizacao", "/pausa")


@pytest.mark.feature("A-44")
def test_nobody_acts_without_rescue(bruno, silvia, db, ticket):
    page = bruno.get(at(ticket))
    assert "Ninguém resgatou este atendimento" in page.words
    assert "composer" not in page.html.split("</header>")[-1].split("<ol")[0]
    assert say(bruno, ticket).status == 422
    for where in ACTS:
        assert bruno.get(at(ticket, where)).status == 422, where
        assert bruno.post(at(ticket, where), {"reason": "x", "way": "next"}).status in (409, 422), where
    assert db.scalar(select(func.count(Comment.id)).where(Comment.ticket_id == ticket.id)) == 0
    assert rescue(bruno, ticket).status == 303
    db.expire_all()
    assert ticket.assignee_id == cast.operator("bruno.reis").id
    page = bruno.get(at(ticket))
    assert "Bruno Reis , você" in page.words or "Bruno Reis, você" in page.words
    assert "resgatou o atendimento" in page.words
    other = silvia.get(at(ticket))
    assert "está com Bruno Reis desde" in other.words
    assert say(silvia, ticket).status == 422
    assert rescue(silvia, ticket).status == 303
    db.expire_all()
    assert ticket.assignee_id == cast.operator("silvia.maia").id
    assert "resgatou o atendimento, que estava com Bruno Reis" in silvia.get(at(ticket)).words
    assert say(bruno, ticket).status == 422


@pytest.mark.postgresql
def test_of_two_rescues_at_once_one_wins(staff, db, ticket, race):
    people = [staff("bruno.reis"), staff("silvia.maia")]
    path = at(ticket, "/resgate")
    seen = [person.get(at(ticket)).form(path) for person in people]
    answers = race(2, lambda i: people[i].post(path, seen[i]))
    assert sorted(answer.status for answer in answers) == [303, 409]
    assert "resgatou antes de você" in next(answer.words for answer in answers if answer.status == 409)


@pytest.mark.feature("A-91", "A-92", "A-94")
def test_comments_of_two_kinds(bruno, db, ticket):
    rescue(bruno, ticket)
    for body, visibility, words in (
        (" \u200b ", "internal", "Escreva o comentário"),
        ("Oi", "", "Diga quem lê"),
        ("Oi", "todos", "Diga quem lê"),
    ):
        refused = say(bruno, ticket, body, visibility)
        assert refused.status == 422
        assert words in refused.words
    assert say(bruno, ticket, "Só nós sabemos disto").status == 303
    assert say(bruno, ticket, "Olá! Vamos testar.", "subscriber").status == 303
    page = bruno.get(at(ticket))
    private, public = page.tree.xpath("//li[@class='node-prv']"), page.tree.xpath("//li[@class='node-pub']")
    assert "Privado" in private[0].text_content()
    assert "Só nós sabemos disto" in private[0].text_content()
    assert "Público" in public[0].text_content()
    assert page.html.index("Olá! Vamos testar.") < page.html.index("Só nós sabemos disto")  # newest on top
    kinds = db.scalars(select(Event.visibility).where(Event.subject_type == "comment").order_by(Event.id)).all()
    assert kinds[-2:] == ["internal", "subscriber"]
    assert page.form(at(ticket, "/comentarios"))["visibility"] == "internal"  # private is preset again


def test_what_is_typed_and_not_sent_waits_for_its_author(bruno, silvia, ticket):
    rescue(bruno, ticket)
    typed = {"body": "Ligar de novo às", "visibility": "subscriber"}
    assert "Rascunho salvo às" in bruno.post(at(ticket, "/texto"), typed, htmx=True).words
    assert bruno.get(at(ticket)).form(at(ticket, "/comentarios"))["body"] == "Ligar de novo às"
    rescue(silvia, ticket)
    assert silvia.get(at(ticket)).form(at(ticket, "/comentarios"))["body"] == ""


@pytest.mark.feature("A-43")
def test_every_act_adds_one_entry(bruno, db, ticket):
    def entries():
        return db.scalar(select(func.count(Event.id)).where(Event.ticket_id == ticket.id))

    rescue(bruno, ticket)
    acts = (
        lambda: say(bruno, ticket),
        lambda: act(bruno, ticket, "/pausa", reason="Espera o cliente"),
        lambda: bruno.post(at(ticket, "/pausa/fim"), {}),
        lambda: act(bruno, ticket, "/encaminhamento", way="watch", operator_id=str(cast.operator("ana.souza").id)),
        lambda: act(bruno, ticket, "/encaminhamento", way="next"),
    )
    for each in acts:
        before = entries()
        assert each().status == 303
        assert entries() == before + 1
    page = bruno.get(at(ticket)).words
    assert "encaminhou de Suporte N1 para Suporte N2" in page
    assert "pausou o prazo. Motivo: Espera o cliente" in page


@pytest.mark.feature("A-110", "A-111", "A-112", "A-118")
def test_only_the_last_comment_by_its_author_while_nothing_is_above(bruno, silvia, staff, db, ticket):
    rescue(bruno, ticket)
    say(bruno, ticket, "Primeiro")
    first = last_comment(db)
    say(bruno, ticket, "Segundo", "subscriber")
    second = last_comment(db)
    page = bruno.get(at(ticket))
    assert f"/comentarios/{second.id}/editar" in page.html
    assert f"/comentarios/{first.id}/editar" not in page.html
    assert bruno.get(f"/comentarios/{first.id}/editar").status == 422
    for login in ("silvia.maia", "davi.rocha"):
        assert "Só quem escreveu edita" in staff(login).get(f"/comentarios/{second.id}/editar").words
    path = f"/comentarios/{second.id}/editar"
    form = bruno.get(path).form(path)
    assert bruno.post(path, {**form, "body": " "}).status == 422
    assert bruno.post(path, {**form, "body": "Segundo, corrigido"}).status == 303
    page = bruno.get(at(ticket))
    assert "editado" in page.words
    assert "Segundo, corrigido" in page.words
    assert "Segundo" in bruno.get(f"/comentarios/{second.id}").words
    form = bruno.get(path).form(path)  # still the last: an edit is no entry above it
    act(bruno, ticket, "/encaminhamento", way="watch", operator_id=str(cast.operator("ana.souza").id))
    refused = bruno.post(path, {**form, "body": "Terceira versão"})
    assert refused.status == 409
    assert "acima dele" in refused.words
    assert "Terceira versão" in refused.html  # to copy from
    assert last_comment(db).body == "Segundo, corrigido"
    assert bruno.get(path).status == 422


@pytest.mark.postgresql
def test_edit_against_a_new_entry(bruno, db, ticket, race, staff):
    """Whichever comes first: never an edited comment below something newer."""
    rescue(bruno, ticket)
    other, talk = staff("bruno.reis"), at(ticket, "/comentarios")
    for _ in range(5):
        say(bruno, ticket, "Antes")
        comment = last_comment(db)
        path = f"/comentarios/{comment.id}/editar"
        form = bruno.get(path).form(path)
        other.token()
        ways = (
            lambda form=form, path=path: bruno.post(path, {**form, "body": "Depois"}),
            lambda: other.post(talk, {"body": "Acima", "visibility": "internal"}),
        )
        edit, above = race(2, lambda i, ways=ways: ways[i]())
        assert above.status == 303
        assert edit.status in (303, 409)
        db.expire_all()
        events = db.scalars(
            select(Event).where(Event.subject_type == "comment").order_by(Event.id.desc()).limit(2)
        ).all()
        edited = db.get(Comment, comment.id).edited_at is not None
        assert edited is (edit.status == 303), events


@pytest.mark.feature("A-100", "A-103")
def test_along_the_process_and_beside_it(bruno, db, ticket):
    rescue(bruno, ticket)
    assert act(bruno, ticket, "/encaminhamento", way="").status == 422
    assert act(bruno, ticket, "/encaminhamento", way="step", step_id="").status == 422
    foreign = cast.process("Financeiro").first_step()
    assert act(bruno, ticket, "/encaminhamento", way="step", step_id=str(foreign.id)).status == 422
    field = next(step for step in cast.process().steps() if step.name == "Campo")
    assert act(bruno, ticket, "/encaminhamento", way="step", step_id=str(field.id)).status == 303
    rescue(bruno, ticket)
    assert act(bruno, ticket, "/encaminhamento", way="next").status == 303
    db.expire_all()
    order = ["Suporte N1", "Campo", "Suporte N2"]
    assert [row.step_id for row in stays(db, ticket)] == [step_id(name) for name in order]
    rescue(bruno, ticket)
    act(bruno, ticket, "/encaminhamento", way="next")  # Retorno, the last one
    rescue(bruno, ticket)
    page = bruno.get(at(ticket, "/encaminhamento"))
    assert "Todos os subprocessos foram executados" in page.words
    refused = act(bruno, ticket, "/encaminhamento", way="next")
    assert refused.status == 422
    assert "Finalize" in refused.words


def stays(db, ticket) -> list[TicketStay]:
    return list(db.scalars(select(TicketStay).where(TicketStay.ticket_id == ticket.id).order_by(TicketStay.id)))


def step_id(name: str) -> int:
    return next(step.id for step in cast.process().steps() if step.name == name)


@pytest.mark.feature("A-102")
def test_a_follower_sees_it_and_answers_for_nothing(bruno, staff, db, ticket):
    rescue(bruno, ticket)
    ana = staff("ana.souza")
    assert ticket.protocol not in ana.get("/atendimentos?aba=acompanho").words
    assert act(bruno, ticket, "/encaminhamento", way="watch", operator_id="").status == 422
    who = str(cast.operator("ana.souza").id)
    assert act(bruno, ticket, "/encaminhamento", way="watch", operator_id=who).status == 303
    assert ticket.protocol in ana.get("/atendimentos?aba=acompanho").words
    db.expire_all()
    assert ticket.assignee_id == cast.operator("bruno.reis").id
    assert say(ana, ticket).status == 422
    assert act(bruno, ticket, "/encaminhamento", way="watch", operator_id=who).status == 422  # once
    assert ana.post(at(ticket, "/visualizadores/remover"), {"operator_id": who}).status == 303
    assert ticket.protocol not in ana.get("/atendimentos?aba=acompanho").words


@pytest.mark.feature("A-104")
def test_into_another_process_the_deadline_is_counted_anew(bruno, db, ticket):
    rescue(bruno, ticket)
    before, started = ticket.due_at, ticket.started_at
    assert act(bruno, ticket, "/encaminhamento", way="process", process_id="").status == 422
    assert act(bruno, ticket, "/encaminhamento", way="process", process_id=str(cast.process().id)).status == 422
    urgent = cast.process("Rompimento")
    assert act(bruno, ticket, "/encaminhamento", way="process", process_id=str(urgent.id)).status == 303
    db.expire_all()
    assert (ticket.process_id, ticket.sla_type, ticket.started_at) == (urgent.id, "emergency", started)
    assert ticket.due_at == started + timedelta(minutes=240)
    assert ticket.due_at != before
    moved = db.scalars(select(Event).where(Event.action == "ticket.deadline_moved", Event.ticket_id == ticket.id)).one()
    assert moved.data["before_at"] == before.isoformat()


@pytest.mark.feature("A-105", "A-107", "A-109")
def test_the_end_and_the_way_back(bruno, silvia, db, ticket):
    rescue(bruno, ticket)
    path = at(ticket, "/finalizacao")
    page = bruno.get(path)
    assert page.form(path)["classification_id"] == str(cast.closing_classification().id)  # proposed by configuration
    opening = str(cast.opening_classification().id)
    assert act(bruno, ticket, "/finalizacao", classification_id="").status == 422
    assert act(bruno, ticket, "/finalizacao", classification_id=opening).status == 422
    assert f'value="{opening}"' not in page.html.split("classification_id")[1].split("</select>")[0]
    assert act(bruno, ticket, "/finalizacao", body="Tudo certo.", visibility="subscriber").status == 303
    db.expire_all()
    assert (ticket.status, ticket.on_time) == ("closed", True)
    assert last_comment(db).body == "Tudo certo."
    page = bruno.get(at(ticket))
    assert "está finalizado" in page.words
    assert at(ticket, "/encaminhamento") not in page.html
    assert say(bruno, ticket).status == 422
    for where in ACTS:
        assert bruno.post(at(ticket, where), {"reason": "x"}).status in (409, 422)
    assert rescue_of_closed(bruno, ticket).status == 422
    assert bruno.get(at(ticket, "/reabertura")).status == 403
    assert act(silvia, ticket, "/reabertura", reason=" ").status == 422
    assert act(silvia, ticket, "/reabertura", reason="Voltou a cair").status == 303
    db.expire_all()
    assert (ticket.status, ticket.closed_at, ticket.on_time) == ("pending", None, None)
    assert ticket.assignee_id == cast.operator("silvia.maia").id
    assert act(silvia, ticket, "/finalizacao").status == 303  # without a comment


def rescue_of_closed(visitor, ticket):
    return visitor.post(at(ticket, "/resgate"), {})


@pytest.mark.parametrize("held", [{"open_orders": 2}, {"gate": "supervision"}, {"gate": "delivery"}])
def test_what_holds_it_open_says_what_lets_it_go(bruno, db, ticket, held):
    rescue(bruno, ticket)
    path = at(ticket, "/finalizacao")
    form = bruno.get(path).form(path)
    for key, value in held.items():
        setattr(db.get(Ticket, ticket.id), key, value)
    db.commit()
    refused = bruno.post(path, form)
    assert refused.status == 409
    assert bruno.get(path).status == 422
    db.expire_all()
    assert ticket.status == "pending"


@pytest.mark.postgresql
@pytest.mark.parametrize("against", ["comment", "finish"])
def test_finish_against_comment_and_against_finish(bruno, staff, db, race, ticket, against):
    rescue(bruno, ticket)
    other = staff("bruno.reis")
    mine, theirs = finishing(bruno, ticket), finishing(other, ticket)
    if against == "comment":
        theirs = at(ticket, "/comentarios"), {"body": "Ainda não", "visibility": "internal"}
    answers = race(2, lambda i: (bruno, other)[i].post(*(mine, theirs)[i]))
    assert answers[0].status == 303 or against == "finish"
    db.expire_all()
    assert ticket.status == "closed"
    ended = select(func.count(Event.id)).where(Event.action == "ticket.closed", Event.ticket_id == ticket.id)
    assert db.scalar(ended) == 1


def finishing(visitor, ticket):
    path = at(ticket, "/finalizacao")
    return path, visitor.get(path).form(path)


@pytest.mark.feature("A-99")
def test_two_histories(bruno, ticket):
    rescue(bruno, ticket)
    act(bruno, ticket, "/encaminhamento", way="next")
    steps = bruno.get(at(ticket, "/historico"))
    assert "Subprocessos" in steps.words
    assert "Eventos" in steps.words
    rows = [row.text_content() for row in steps.tree.xpath("//tbody/tr")]
    assert len(rows) == 2
    assert "Suporte N1" in rows[0]
    assert "Bruno Reis" in rows[0]
    assert "está aqui" in rows[1]
    events = bruno.get(at(ticket, "/historico?parte=eventos"))
    assert "encaminhou de Suporte N1 para Suporte N2" in events.words


@pytest.mark.feature("A-45")
def test_support_material_only_where_there_is_some(bruno, db, ticket):
    page = bruno.get(at(ticket))
    assert at(ticket, "/material-de-apoio") in page.html
    assert "Antes de passar adiante" in bruno.get(at(ticket, "/material-de-apoio")).words
    rescue(bruno, ticket)
    act(bruno, ticket, "/encaminhamento", way="next")  # Suporte N2 has none
    assert at(ticket, "/material-de-apoio") not in bruno.get(at(ticket)).html


def test_a_pause_does_not_count(bruno, db, ticket, clock, staff):
    rescue(bruno, ticket)
    due = ticket.due_at
    act(bruno, ticket, "/pausa", reason="Espera o cliente")
    assert act_refused(bruno, ticket)
    assert "continua pausado" in bruno.get(at(ticket, "/encaminhamento")).words
    later = real.now() + timedelta(minutes=30)
    with clock(later):
        page = staff("bruno.reis")
        assert "pausado" in page.get(at(ticket)).words
        assert page.post(at(ticket, "/pausa/fim"), {}).status == 303
    db.expire_all()
    assert timedelta(minutes=29) <= ticket.due_at - due <= timedelta(minutes=31)


@pytest.mark.feature("A-109")
def test_a_pause_adds_its_minutes_and_nothing_else(bruno, db, ticket, clock):
    """What the tables say meanwhile is for the tickets to come."""
    rescue(bruno, ticket)
    db.refresh(ticket)
    due, table_id = ticket.due_at, ticket.sla_table_id
    act(bruno, ticket, "/pausa", reason="Espera o cliente")
    db.execute(update(SlaTable).where(SlaTable.id == table_id).values(corrective_minutes=7, emergency_minutes=7))
    db.commit()
    assert bruno.post(at(ticket, "/pausa/fim"), {}).status == 303
    db.refresh(ticket)
    assert (ticket.due_at, ticket.sla_table_id) == (due, table_id)


@pytest.mark.feature("A-102")
def test_only_who_sees_it_follows_it(bruno, db, ticket):
    rescue(bruno, ticket)
    outside = cast.operator("celia.prado")  # of Serra Azul
    page = bruno.get(at(ticket, "/encaminhamento"))
    assert str(outside.id) not in page.tree.xpath("//select[@name='operator_id']/option/@value")
    assert act(bruno, ticket, "/encaminhamento", way="watch", operator_id=str(outside.id)).status == 422
    assert db.scalar(select(Watcher.since).where(Watcher.operator_id == outside.id)) is None


def act_refused(visitor, ticket):
    return visitor.post(at(ticket, "/pausa"), {"reason": "De novo"}).status in (409, 422)


@pytest.mark.feature("A-113", "A-114", "A-115", "A-116")
def test_the_head_of_a_ticket(bruno, db):
    row = db.scalars(select(Ticket).where(Ticket.person_id == cast.maria().id)).first()
    for more in ("", "/historico", "/encaminhamento", "/material-de-apoio"):
        page = bruno.get(at(row, more))
        head = " ".join(page.tree.xpath("//div[@class='head']")[0].text_content().split())
        assert "Maria Aparecida dos Santos Albuquerque" in head, more
        assert "Suporte N1" in head
        assert "Cobrança sensível" in head
        assert row.protocol in head


@pytest.mark.postgresql
@pytest.mark.parametrize("entries", [5, 500])
def test_seven_statements_whatever_was_said(bruno, db, ticket, count_queries, entries):
    rescue(bruno, ticket)
    with cast.by("bruno.reis"):
        for _ in range(entries):
            db.get(Ticket, ticket.id).say("Mais um.", "internal")
    db.commit()
    bruno.get(at(ticket))
    with count_queries() as queries:
        bruno.get(at(ticket))
    assert len(queries) <= 7, queries


def test_the_first_page_counts_and_opens_them(bruno, db, ticket):
    mine = select(func.count()).select_from(Ticket).where(Ticket.assignee_id == cast.operator("bruno.reis").id)
    before = db.scalar(mine.where(Ticket.status.in_(OPEN)))
    rescue(bruno, ticket)
    first = bruno.get("/")
    assert f"Ver os seus {before + 1}" in first.words
    assert first.tree.xpath("//main//a[@href='/atendimentos/novo']")


def test_who_does_not_read_tickets_reads_none_of_them_in_a_customers_history(bruno, db, ticket):
    history = f"/clientes/{ticket.person_id}/historicos"
    assert ticket.protocol in bruno.get(history).words
    role = db.scalars(
        select(Role).join(Operator, Operator.role_id == Role.id).where(Operator.login == "bruno.reis")
    ).one()
    role.permissions = [name for name in role.permissions if not name.startswith("tickets.")]
    db.commit()
    for more in ("", "?tipo=ticket"):
        page = bruno.get(history + more)
        assert (page.status, ticket.protocol in page.words) == (200, False)
    assert "ticket" not in page.tree.xpath("//select[@name='tipo']/option/@value")
    assert not bruno.get("/").tree.xpath("//main//a[starts-with(@href, '/atendimentos')]")


def test_nothing_is_written_after_the_end(bruno, silvia, db, ticket):
    rescue(bruno, ticket)
    for login in ("bruno.reis", "silvia.maia"):
        who = cast.operator(login).id
        assert act(bruno, ticket, "/encaminhamento", way="watch", operator_id=str(who)).status == 303
    assert act(bruno, ticket, "/finalizacao").status == 303
    leave = at(ticket, "/visualizadores/remover")
    for visitor, login in ((bruno, "bruno.reis"), (bruno, "silvia.maia"), (silvia, "silvia.maia")):
        assert leave not in visitor.get(at(ticket)).html
        refused = visitor.post(leave, {"operator_id": cast.operator(login).id})
        assert refused.status == 422
        assert "está finalizado" in refused.words
    typed = bruno.post(at(ticket, "/texto"), {"body": "x"}, htmx=True)
    assert typed.status == 422
    assert "está finalizado" in typed.words
    last = select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.id.desc())
    assert db.scalars(last).first() == "ticket.closed"


def test_only_who_follows_it_is_named_and_taken_out(bruno, silvia, db, ticket):
    """A number of somebody else is as one that nobody has, in whatever company they work."""
    rescue(bruno, ticket)
    path = at(ticket, "/visualizadores/remover")
    numbers = (cast.operator("celia.prado").id, cast.operator("ana.souza").id, 987654, "")
    told = [bruno.post(path, {"operator_id": number}) for number in numbers]
    assert {answer.status for answer in told} == {422}
    for name in ("Célia Prado", "Ana Souza"):
        assert not any(name in answer.words for answer in told)
    assert all("Esta pessoa não acompanha este atendimento" in answer.words for answer in told)
    assert "está com Bruno Reis" in silvia.post(path, {"operator_id": numbers[0]}).words


def test_who_may_not_attend_reopens_into_the_queue(bruno, silvia, db, ticket):
    rescue(bruno, ticket)
    assert act(bruno, ticket, "/finalizacao").status == 303
    role = db.get_one(Role, cast.operator("silvia.maia").role_id)
    role.permissions = [name for name in role.permissions if name != "tickets.attend"]
    db.commit()
    assert "na fila do setor" in silvia.get(at(ticket, "/reabertura")).words
    done = act(silvia, ticket, "/reabertura", reason="Voltou a cair")
    assert "na fila do setor" in silvia.follow(done).words
    db.expire_all()
    assert (ticket.status, ticket.assignee_id, ticket.held_since) == ("pending", None, None)
    assert rescue(bruno, ticket).status == 303
