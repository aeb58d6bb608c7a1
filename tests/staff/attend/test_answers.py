"""Canned answers in a comment and macros in a ticket, through the door (B-10)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from models import clock as real
from models.base import db as base
from models.history import Event
from models.operators import Operator, Role
from models.tickets import Comment, Ticket
from models.workflows import CannedAnswer, Macro, TicketClassification
from tests import answers, cast
from web.once import new_key

MAKING = '<script>alert("oi")</script>'


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def ticket(db) -> Ticket:
    """In the queue of Suporte N1; of Seu Zé, who owes nothing."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
    db.commit()
    return row


@pytest.fixture
def held(db, ticket) -> Ticket:
    """The same, with Bruno."""
    with cast.by("bruno.reis"):
        ticket.claim()
    db.commit()
    return ticket


def at(ticket, more=""):
    return f"/atendimentos/{ticket.id}{more}"


def number(name=answers.QUESTION) -> int:
    with cast.by("silvia.maia"):
        return cast.macro(name).id


def run(visitor, ticket, id=None, **more):
    """From its confirmation page, as it draws the form."""
    path, id = at(ticket, "/macros/execucao"), id or number()
    return visitor.post(path, {**visitor.get(f"{path}?macro={id}").form(path), **more})


def making(*acts, name="Uma macro", company_id=0) -> int:
    with cast.by("silvia.maia"):
        row = Macro()
        row.save(list(acts), name=name, company_id=company_id)
        id = row.id
    base.session.commit()
    return id


def said(db, ticket) -> list[str]:
    db.expire_all()
    return list(db.scalars(select(Comment.body).where(Comment.ticket_id == ticket.id).order_by(Comment.id)))


# ---- answers


def test_the_list_is_filled_here_and_writes_nothing(bruno, db, held):
    events = db.scalar(select(func.count(Event.id)))
    found = bruno.get(at(held, "/respostas"), htmx=True)
    assert found.status == 200
    texts = {one.get("data-words").split()[0]: one.get("data-text") for one in found.tree.xpath("//li[@role='option']")}
    assert texts["ola"] == f"Olá, José. Aqui é Bruno, da Vale Claro Telecom. Seu protocolo é {held.protocol}."
    assert "2via" not in texts  # of Financeiro
    assert db.scalar(select(func.count(Event.id))) == events


def test_an_answer_with_a_hole_says_why_and_is_not_inserted(bruno, staff, db, held):
    with cast.by("davi.rocha"):
        answer = CannedAnswer(name="Débito", code="debito", text="Você deve {{divida.valor}}.", company_id=0)
        answer.create()
    db.commit()
    found = bruno.get(at(held, "/respostas"), htmx=True)
    option = found.tree.xpath(f"//li[@id='answer-{answer.id}']")[0]
    assert option.get("aria-disabled") == "true"
    assert option.get("data-text") is None
    assert "não tem fatura vencida" in option.text_content()
    assert "{{" not in option.text_content()
    assert f"resposta={answer.id}" not in bruno.get(at(held, "/respostas")).html
    assert bruno.get(at(held, f"?resposta={answer.id}")).form(at(held, "/comentarios"))["body"] == ""
    role = db.scalars(select(Role).join(Operator, Operator.role_id == Role.id).where(Operator.login == "bruno.reis"))
    row = role.one()
    row.permissions = [name for name in row.permissions if name != "billing.read"]
    db.commit()
    assert "não vê o financeiro" in bruno.get(at(held, "/respostas")).words


def test_without_a_script_what_is_typed_is_kept_and_the_answer_comes_after_it(bruno, db, held):
    page, keep = bruno.get(at(held)), at(held, "/texto")
    form = page.form(at(held, "/comentarios"))
    assert page.tree.xpath("//button[@name='ir'][@value='respostas']/@formaction") == [keep]
    typed = {**form, "body": "Boa tarde.", "visibility": "subscriber", "ir": "respostas"}
    led = bruno.post(keep, typed)
    assert (led.status, led.location) == (303, at(held, "/respostas"))
    listed = bruno.follow(led)
    with cast.by("bruno.reis"):
        id = cast.answer("tomada").id
    assert f"resposta={id}#composer" in listed.html
    back = bruno.get(at(held, f"?resposta={id}")).form(at(held, "/comentarios"))
    assert back["body"].startswith("Boa tarde.\nJosé, tire o aparelho da tomada")
    assert back["visibility"] == "subscriber"
    assert bruno.get(at(held)).form(at(held, "/comentarios"))["body"] == "Boa tarde."  # nothing was written
    bruno.post(keep, {**back, "ir": "respostas"})
    again = bruno.get(at(held, f"?resposta={id}")).form(at(held, "/comentarios"))
    assert again["body"] == back["body"]  # once


def test_only_who_may_answer_asks(bruno, staff, db, ticket):
    assert "Ninguém resgatou" in bruno.get(at(ticket, "/respostas")).words
    assert staff("wagner.luis").get(at(ticket, "/respostas")).status == 403
    assert staff("celia.prado").get(at(ticket, "/respostas")).status == 404


def test_texts_and_names_are_text_in_the_list_too(bruno, db, held):
    with cast.by("davi.rocha"):
        CannedAnswer(name=MAKING, code="mau", text=f"{MAKING} '\" {{{{cliente.primeiro_nome}}}}", company_id=0).create()
        cast.ze().name = f'José"><b>{MAKING}'
    db.commit()
    id = making({"kind": "comment", "visibility": "internal", "text": MAKING}, name=MAKING)
    for where in ("/respostas", "/macros", f"/macros/execucao?macro={id}"):
        page = bruno.get(at(held, where))
        assert MAKING in page.words
        assert not page.tree.xpath("//main//script")
    assert not bruno.get(at(held, "/respostas"), htmx=True).tree.xpath("//script|//b[contains(., 'alert')]")
    assert run(bruno, held, id).status == 303
    assert not bruno.get(at(held)).tree.xpath("//main//script")
    assert said(db, held) == [MAKING]


def test_a_ticket_asks_no_more_than_before(bruno, db, held, count_queries):
    with cast.by("davi.rocha"):
        for place in range(30):
            CannedAnswer(name=f"R{place}", code=f"r{place}", text="{{divida.valor}}", company_id=0).create()
    db.commit()
    bruno.get(at(held))
    with count_queries() as queries:
        bruno.get(at(held))
    assert len(queries) <= 7, queries
    bruno.get(at(held, "/respostas"), htmx=True)
    with count_queries() as queries:
        assert bruno.get(at(held, "/respostas"), htmx=True).html.count('role="option"') > 30
    assert len(queries) <= 10, queries


# ---- macros


def test_answer_and_finish_and_what_a_rule_holds_open(bruno, db, ticket):
    """Answers come by sector; a macro is done by the verbs, and stops where one of them refuses."""
    listed = bruno.get(at(ticket, "/macros"))
    assert answers.QUESTION in listed.words
    plan = bruno.get(at(ticket, f"/macros/execucao?macro={number()}"))
    assert (
        f"José, ficamos à disposição. Se precisar de mais, abra outro pedido em Ajuda. Protocolo {ticket.protocol}."
        in plan.words
    )
    assert plan.words.count("Será feito") == 3
    held = bruno.get(at(ticket, f"/macros/execucao?macro={number()}")).form(at(ticket, "/macros/execucao"))
    db.get(Ticket, ticket.id).gate = "delivery"
    db.commit()
    warned = bruno.get(at(ticket, f"/macros/execucao?macro={number()}"))
    assert "Será recusado" in warned.words
    assert "Há uma entrega do Planner pendente" in warned.words
    stopped = bruno.post(at(ticket, "/macros/execucao"), held)
    assert stopped.status == 200
    assert stopped.words.count("Feito") == 2
    assert "Parou em “Finalizar: Dúvida respondida”: Há uma entrega do Planner pendente" in stopped.words
    db.expire_all()
    assert (ticket.status, ticket.assignee_id) == ("pending", cast.operator("bruno.reis").id)
    assert len(said(db, ticket)) == 1  # what came before stays
    timeline = bruno.get(at(ticket)).words
    assert f"executou a macro {answers.QUESTION}: 2 de 3 atos. Parou em Finalizar" in timeline
    db.get(Ticket, ticket.id).gate = None
    db.commit()
    done = run(bruno, ticket)
    assert done.status == 303
    assert f"{answers.QUESTION}: 3 atos feitos" in bruno.follow(done).words
    db.expire_all()
    assert ticket.status == "closed"
    assert f"executou a macro {answers.QUESTION}: 3 de 3 atos" in bruno.get(at(ticket)).words


@pytest.mark.feature("B-10")
def test_nothing_after_a_refused_act_is_done(bruno, db, held):
    """The answer says what the customer owes, and he owes nothing: no comment, no pause, no end."""
    with cast.by("silvia.maia"):
        owing = {"kind": "comment", "visibility": "subscriber", "canned_answer_id": cast.answer("2via").id}
        closing = {"kind": "close", "classification_id": cast.closing_classification().id}
    first = {"kind": "comment", "visibility": "internal", "text": "Pediu a segunda via."}
    id = making(first, owing, {"kind": "pause", "text": "Espera o pagamento."}, closing)
    assert "/2via" not in bruno.get(at(held, "/respostas")).words  # not of this sector
    stopped = run(bruno, held, id)
    assert stopped.status == 200
    assert "não tem fatura vencida" in stopped.words
    assert stopped.words.count("Não foi feito") == 2
    assert said(db, held) == ["Pediu a segunda via."]
    assert (held.paused_at, held.status) == (None, "pending")


@pytest.mark.parametrize("htmx", [False, True])
def test_refused_at_once_nothing_is_written(bruno, db, ticket, htmx):
    id = making({"kind": "comment", "visibility": "internal", "text": "Oi"})
    path, events = at(ticket, "/macros/execucao"), db.scalar(select(func.count(Event.id)))
    page = bruno.get(f"{path}?macro={id}")
    assert "Nada será feito" in page.words
    assert not page.tree.xpath("//button[contains(., 'Executar')]")
    answer = bruno.post(path, page.form(path), htmx=htmx)
    assert answer.status == 422
    assert "Ninguém resgatou" in answer.words
    assert said(db, ticket) == []
    assert db.scalar(select(func.count(Event.id))) == events


def test_a_page_that_is_old_does_nothing(bruno, staff, db, ticket):
    path = at(ticket, "/macros/execucao")
    form = bruno.get(f"{path}?macro={number()}").form(path)
    with cast.by("silvia.maia"):
        ticket.claim()
    db.commit()
    stale = bruno.post(path, form)
    assert stale.status == 409
    assert "mudou depois que você abriu" in stale.words
    assert at(ticket) in stale.html
    assert said(db, ticket) == []


def test_what_was_confirmed_is_what_runs(bruno, db, held):
    """The macro, or the text of its answer, is another by now: nothing is done."""
    path, id = at(held, "/macros/execucao"), number()
    page = f"{path}?macro={id}"
    form = bruno.get(page).form(path)
    with cast.by("davi.rocha"):
        row = cast.answer("duvida")
        row.change(row.version, text="Outro texto, {{cliente.primeiro_nome}}.")
    db.commit()
    for _ in range(2):
        stale = bruno.post(path, form)
        assert stale.status == 409
        assert "mudou depois que você abriu a página. Nada foi feito" in stale.words
        with cast.by("davi.rocha"):
            row = cast.macro()
            row.save([{"kind": "pause", "text": "Espera"}], row.version, name=row.name, company_id=0)
        db.commit()
    assert said(db, held) == []
    assert bruno.post(path, bruno.get(page).form(path)).status == 303
    db.expire_all()
    assert held.paused_at


def test_posted_twice_it_runs_once(bruno, db, held):
    id = making({"kind": "comment", "visibility": "internal", "text": "Uma vez."}, {"kind": "pause", "text": "Espera"})
    path = at(held, "/macros/execucao")
    form = {**bruno.get(f"{path}?macro={id}").form(path), "idem": new_key()}
    told = [bruno.post(path, form) for _ in range(3)]
    assert {answer.status for answer in told} == {303}
    assert said(db, held) == ["Uma vez."]


@pytest.mark.postgresql
def test_at_once_it_runs_once(staff, db, held, race):
    id = making({"kind": "comment", "visibility": "internal", "text": "Uma vez."}, {"kind": "pause", "text": "Espera"})
    people = [staff("bruno.reis") for _ in range(4)]
    path = at(held, "/macros/execucao")
    forms = [one.get(f"{path}?macro={id}").form(path) for one in people]
    told = race(4, lambda i: people[i].post(path, forms[i]))
    assert sorted(answer.status for answer in told) == [303, 409, 409, 409]
    assert said(db, held) == ["Uma vez."]


def test_who_may_not_and_who_is_elsewhere(staff, db, ticket):
    path, id = at(ticket, "/macros/execucao"), number()
    for login, status in (("wagner.luis", 403), ("celia.prado", 404)):
        visitor = staff(login)
        for where in (at(ticket, "/macros"), f"{path}?macro={id}"):
            assert visitor.get(where).status == status
        assert visitor.post(path, {"macro": str(id), "seen": "1"}).status == status
    assert said(db, ticket) == []


def test_a_macro_of_another_company_is_as_none(bruno, db, ticket):
    theirs = making({"kind": "claim"}, name="Da serra", company_id=cast.serra_azul().id)
    path = at(ticket, "/macros/execucao")
    assert "Da serra" not in bruno.get(at(ticket, "/macros")).words
    told = [bruno.post(path, {"macro": str(id), "seen": str(ticket.version)}) for id in (theirs, 987654, "x")]
    assert {answer.status for answer in told} == {422}
    assert all("Esta macro não está entre as deste atendimento" in answer.words for answer in told)
    assert not any("Da serra" in answer.words for answer in told)
    assert bruno.get(f"{path}?macro={theirs}").status == 422


def test_what_it_names_went_out_of_use_after_the_page_was_drawn(bruno, db, ticket):
    path = at(ticket, "/macros/execucao")
    form = bruno.get(f"{path}?macro={number()}").form(path)
    ended = update(TicketClassification).where(TicketClassification.name == "Dúvida respondida")
    db.execute(ended.values(inactive_since=real.now()))
    db.commit()
    stopped = bruno.post(path, form)
    assert "A classificação Dúvida respondida está fora de uso" in stopped.words
    assert len(said(db, ticket)) == 1


def test_what_was_typed_and_not_sent_stays(bruno, db, held):
    bruno.post(at(held, "/texto"), {"body": "Meu texto", "visibility": "internal"}, htmx=True)
    led = bruno.post(at(held, "/texto"), {"body": "Meu texto, mais", "visibility": "internal", "ir": "macros"})
    assert led.location == at(held, "/macros")
    page = bruno.get(at(held, f"/macros/execucao?macro={number()}"))
    assert "Há um comentário seu que não foi enviado" in page.words
    pausing = making({"kind": "pause", "text": "Espera"})
    assert run(bruno, held, pausing).status == 303
    assert bruno.get(at(held)).form(at(held, "/comentarios"))["body"] == "Meu texto, mais"


def test_a_finished_ticket_and_a_draft_take_none(bruno, db, held):
    with cast.by("bruno.reis"):
        held.close(cast.closing_classification())
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    db.commit()
    for row, words in ((held, "está finalizado"), (draft, "ainda é um rascunho")):
        for where in ("/macros", f"/macros/execucao?macro={number()}"):
            assert words in bruno.get(at(row, where)).words
        form = {"macro": str(number()), "seen": str(row.version)}
        assert words in bruno.post(at(row, "/macros/execucao"), form).words


def test_in_another_house_and_its_customers_of_todas(staff, db):
    """A ticket of TODAS takes what the house of whoever acts has, and never that of another."""
    with cast.by("davi.rocha"):
        for company, code in ((cast.vale_claro(), "vale"), (cast.serra_azul(), "serra")):
            CannedAnswer(name=code, code=code, text="{{empresa.nome}}", company_id=company.id).create()
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.cooperative(), "Sem acesso à internet", "Sem conexão.")
        ticket.claim()
    db.commit()
    page = staff("bruno.reis").get(at(ticket, "/respostas")).words
    assert "/vale" in page
    assert "/serra" not in page
    assert "Vale Claro Telecom" in page
