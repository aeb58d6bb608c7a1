"""Macros: each act by its verb, until one is refused; the plan says beforehand what the run will do (B-10)."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from models import clock as real
from models.base import db as base
from models.history import Event
from models.operators import Operator
from models.refused import Refused, Stale
from models.tickets import Comment, Ticket, Watcher
from models.workflows import CannedAnswer, Macro, MacroAct, Process, ProcessStep, TicketClassification
from tests import answers, cast

pytestmark = pytest.mark.postgresql


@pytest.fixture
def ticket(db) -> Ticket:
    """In the queue of Suporte N1."""
    with cast.by("bruno.reis"):
        return cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")


def step(name="Campo", of="Suporte técnico") -> int:
    return next(one.id for one in cast.process(of).steps() if one.name == name)


def acts() -> dict[str, dict]:
    """One of each kind, that a ticket of Suporte N1 takes once it is held."""
    return {
        "claim": {"kind": "claim"},
        "comment": {"kind": "comment", "visibility": "internal", "text": "Visto por {{operador.primeiro_nome}}."},
        "answer": {"kind": "comment", "visibility": "subscriber", "canned_answer_id": cast.answer("ola").id},
        "forward": {"kind": "forward"},
        "step": {"kind": "step", "step_id": step()},
        "process": {"kind": "process", "process_id": cast.process("Financeiro").id},
        "watch": {"kind": "watch", "operator_id": cast.operator("silvia.maia").id},
        "pause": {"kind": "pause", "text": "Espera o cliente."},
        "close": {"kind": "close", "classification_id": cast.closing_classification().id},
    }


def macro(*kinds, name="Uma macro", company_id=0) -> Macro:
    known = acts()
    row = Macro()
    with cast.by("silvia.maia"):
        row.save([known[kind] if isinstance(kind, str) else kind for kind in kinds], name=name, company_id=company_id)
    return cast.macro(name)


def run(ticket, row, login="bruno.reis", version=None):
    with cast.by(login):
        return ticket.run(row, version, sees_money=True)


def told(ticket) -> list[str]:
    return list(base.session.scalars(select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.id)))


def test_every_act_is_done_in_order_and_one_entry_tells_it(db, ticket):
    row = macro("claim", "comment", "answer", "watch", "pause", "close")
    ran = run(ticket, row)
    assert ran.refused is None
    assert [one.title for one in ran.done][:2] == ["Resgatar", "Comentar, só a equipe"]
    assert told(ticket)[-8:] == [
        "ticket.claimed",
        "comment.noted",
        "comment.sent",
        "ticket.watched",
        "ticket.paused",
        "ticket.resumed",  # by the end
        "ticket.closed",
        "ticket.macro_ran",
    ]
    said = db.scalars(select(Comment.body).where(Comment.ticket_id == ticket.id).order_by(Comment.id)).all()
    assert said[0] == "Visto por Bruno."
    assert said[1] == f"Olá, José. Aqui é Bruno, da Vale Claro Telecom. Seu protocolo é {ticket.protocol}."
    event = db.scalars(select(Event).where(Event.action == "ticket.macro_ran")).one()
    assert event.data == {"macro": "Uma macro", "done": 6, "acts": 6, "stopped": ""}
    assert (ticket.status, ticket.closing_classification_id) == ("closed", cast.closing_classification().id)


def test_forwarding_acts_and_claim_again(db, ticket):
    ran = run(ticket, macro("claim", "forward", "claim", "step", "claim", "process"))
    assert ran.refused is None
    assert ticket.process_id == cast.process("Financeiro").id
    assert ticket.assignee_id is None


# What is so before, the acts, how many are done, what the refusal says.
REFUSALS = {
    "nobody holds it": ("", ("comment",), 0, "Ninguém resgatou"),
    "a gate": ("gate", ("claim", "answer", "close"), 2, "Há uma entrega do Planner pendente"),
    "orders": ("orders", ("claim", "answer", "close"), 2, "Há 1 ordem de serviço pendente"),
    "paused already": ("paused", ("claim", "comment", "pause"), 2, "já está pausado"),
    "in that step": ("", ("claim", {"kind": "step", "step_id": "here"}), 1, "já está neste subprocesso"),
    "a step of another process": ("", ("claim", {"kind": "step", "step_id": "other"}), 1, "Escolha um subprocesso"),
    "in that process": ("", ("claim", {"kind": "process", "process_id": "here"}), 1, "já está neste processo"),
    "follows already": ("watched", ("claim", "watch", "close"), 1, "já acompanha este atendimento"),
    "who does not see it": ("", ("claim", {"kind": "watch", "operator_id": "celia"}), 1, "entre quem vê"),
    "nowhere left": ("everywhere", ("claim", "forward"), 1, "Todos os subprocessos foram executados"),
    "nothing owed": ("", ("claim", "debt", "close"), 1, "não tem fatura vencida"),
    "no hour to promise": ("paused", ("claim", "promise", "close"), 1, "O prazo está pausado"),
    "held by another": ("silvia", ("comment",), 0, "está com Sílvia Maia"),
}


def prepare(ticket, what) -> None:
    with cast.by("silvia.maia" if what == "silvia" else "bruno.reis"):
        if what == "silvia":
            ticket.claim()
        elif what == "gate":
            ticket.gate = "delivery"
        elif what == "orders":
            ticket.open_orders = 1
        elif what == "paused":
            ticket.claim()
            ticket.pause("Espera.")
        elif what == "watched":
            ticket.claim()
            ticket.watch(cast.operator("silvia.maia"))
        elif what == "everywhere":
            for _ in range(3):
                ticket.claim()
                ticket.forward()
    base.session.flush()


def resolved(act):
    """The words that stand for rows in REFUSALS."""
    rows = {
        ("step_id", "here"): lambda: step("Suporte N1"),
        ("step_id", "other"): lambda: step("Conferência", "Financeiro"),
        ("process_id", "here"): lambda: cast.process().id,
        ("operator_id", "celia"): lambda: cast.operator("celia.prado").id,
    }
    if isinstance(act, dict):
        return {key: rows[key, value]() if (key, value) in rows else value for key, value in act.items()}
    said = {"debt": "2via", "promise": "tecnico"}.get(act)
    return {"kind": "comment", "visibility": "subscriber", "canned_answer_id": cast.answer(said).id} if said else act


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refused_act_stops_there_and_what_was_done_stays(db, ticket, case):
    what, kinds, done, words = REFUSALS[case]
    prepare(ticket, what)
    row = macro(*map(resolved, kinds))
    events, comments = len(told(ticket)), db.scalar(select(func.count(Comment.id)))
    with cast.by("bruno.reis"):
        plan = ticket.plan(row, sees_money=True)
    assert len(told(ticket)) == events
    assert not db.dirty
    ran = run(ticket, row)
    assert plan == ran, "the page said something else"
    assert len(ran.done) == done
    assert words in ran.refused.refusal
    assert len(ran.left) == len(kinds) - done - 1
    db.commit()
    db.expire_all()
    assert ticket.status == "pending"
    if ran.changed:
        event = db.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.id.desc())).first()
        assert event.action == "ticket.macro_ran"
        assert event.data["done"] == done
        assert words.split(":")[0] in event.data["stopped"]
    else:
        assert len(told(ticket)) == events
        assert db.scalar(select(func.count(Comment.id))) == comments


def test_the_plan_is_what_the_run_does(db):
    """Every pair and some triples of acts, on a ticket nobody holds, one that Bruno holds, one Sílvia holds."""
    kinds = [kind for kind in acts() if kind not in ("close",)]
    lists = [*itertools.product(kinds, repeat=2), *(("claim", a, "close") for a in kinds), ("claim", "close")]
    counted = {True: 0, False: 0}
    for number, wanted in enumerate(lists):
        if wanted[0] in ("forward", "step", "process") and wanted[1] != "claim":
            continue  # not saved at all
        if len(wanted) > 2 and wanted[1] in ("forward", "step", "process"):
            continue
        row = macro(*wanted, name=f"M{number}")
        for holder in ("", "bruno.reis", "silvia.maia"):
            with cast.by("bruno.reis"):
                ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão.")
            if holder:
                with cast.by(holder):
                    ticket.claim()
            with cast.by("bruno.reis"):
                plan = ticket.plan(row, sees_money=True)
            assert ticket.status == "pending"
            ran = run(ticket, row)
            assert plan == ran, (wanted, holder)
            counted[ran.refused is None] += 1
    assert counted[True] > 50
    assert counted[False] > 50


def test_claimed_already_is_no_refusal_and_nothing_to_tell(db, ticket):
    with cast.by("bruno.reis"):
        ticket.claim()
    events = len(told(ticket))
    ran = run(ticket, macro("claim", "pause", name="Pausar"))
    assert (ran.refused, ran.done[0].note) == (None, "Já é seu")
    assert len(told(ticket)) == events + 2
    ran = run(ticket, cast.macro("Pausar"))
    assert "já está pausado" in ran.refused.refusal
    assert not ran.changed
    assert len(told(ticket)) == events + 2


def test_a_seen_version_that_is_old_does_nothing(db, ticket):
    row, seen = macro("claim", "close"), ticket.version
    with cast.by("silvia.maia"):
        ticket.claim()
    with pytest.raises(Stale):
        run(ticket, row, version=seen)
    assert ticket.assignee_id == cast.operator("silvia.maia").id
    assert ticket.status == "pending"


POISONS = {
    "answer": (CannedAnswer, lambda: cast.answer("ola").id, "A resposta pronta Saudação com protocolo está fora"),
    "step": (ProcessStep, step, "O subprocesso Campo está fora"),
    "process": (Process, lambda: cast.process("Financeiro").id, "O processo Financeiro está fora"),
    "watch": (Operator, lambda: cast.operator("silvia.maia").id, "O operador Sílvia Maia está fora"),
    "close": (TicketClassification, lambda: cast.closing_classification().id, "A classificação Resolvido está fora"),
}


@pytest.mark.parametrize("kind", POISONS)
def test_what_an_act_names_may_be_out_of_use_by_now(db, ticket, kind):
    """Past every verb, as an import might do: the macro names it, and stops there."""
    table, id, words = POISONS[kind]
    row = macro("claim", "comment", kind)
    db.execute(update(table).where(table.id == id()).values(inactive_since=real.now()))
    db.expire_all()
    row = cast.macro("Uma macro")
    assert row.faults
    ran = run(ticket, row)
    assert len(ran.done) == 2
    assert words in ran.refused.refusal


@pytest.mark.parametrize("kind", [kind for kind in POISONS if kind != "watch"])
def test_what_a_macro_in_use_names_is_not_retired(db, kind):
    table, id, _ = POISONS[kind]
    own = {  # what nothing else names
        "step": {"kind": "step", "step_id": step("Retorno")},
        "close": {"kind": "close", "classification_id": cast.ended("Sem defeito").id},
    }
    macro("claim", own.get(kind, kind))
    others = {"step": lambda: step("Retorno"), "close": lambda: cast.ended("Sem defeito").id}
    named = db.get_one(table, others.get(kind, id)())
    with cast.by("davi.rocha"):
        with pytest.raises(Refused, match="Uma macro"):
            named.retire()
        row = cast.macro("Uma macro")
        row.retire()
        if kind != "process":  # which a type of ticket needs as well
            named.retire()
            with pytest.raises(Refused, match="fora de uso"):
                row.restore()
            named.restore()
            row.restore()
            assert row.inactive_since is None


def test_an_operator_may_leave_and_the_macro_says_so(db):
    macro("claim", "watch")
    with cast.by("davi.rocha"):
        cast.operator("silvia.maia").retire()
    db.expire_all()
    assert "Sílvia Maia" in cast.macro("Uma macro").faults[0]


WRONG = {
    "no acts": ([], "acts", "ao menos um ato"),
    "too many": ([{"kind": "claim"}] * 9, "acts", "no máximo 8"),
    "no kind": ([{"kind": "apagar"}], "acts-0-kind", "Escolha o ato"),
    "silent comment": ([{"kind": "comment", "visibility": "internal"}], "acts-0-text", "Escreva o texto"),
    "no reader": ([{"kind": "comment", "text": "Oi"}], "acts-0-visibility", "Diga quem lê"),
    "unknown field": (
        [{"kind": "comment", "visibility": "internal", "text": "{{cliente.cpf}}"}],
        "acts-0-text",
        "{{cliente.cpf}} não é um campo conhecido. Use: {{cliente.primeiro_nome}}",
    ),
    "no reason": ([{"kind": "pause", "text": " \u200b "}], "acts-0-text", "por que o prazo para"),
    "no step": ([{"kind": "step"}], "acts-0-step_id", "Escolha um subprocesso"),
    "no process": ([{"kind": "process", "process_id": 987654}], "acts-0-process_id", "Escolha um processo"),
    "nobody": ([{"kind": "watch", "operator_id": "x"}], "acts-0-operator_id", "Escolha quem"),
    "not closing": ([{"kind": "close", "classification_id": None}], "acts-0-classification_id", "encerramento"),
    "after the end": (
        [{"kind": "close", "classification_id": "closing"}, {"kind": "claim"}],
        "acts-1-kind",
        "Ponha Finalizar por último",
    ),
    "after a forward": ([{"kind": "forward"}, {"kind": "pause", "text": "x"}], "acts-1-kind", "Ponha Resgatar antes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_list_that_could_be_done_nowhere_is_not_kept(db, case):
    given, field, words = WRONG[case]
    closing = cast.closing_classification().id
    given = [{key: closing if value == "closing" else value for key, value in act.items()} for act in given]
    with cast.by("davi.rocha"), pytest.raises(Refused) as refused:
        Macro().save(given, name="Errada", company_id=0)
    assert words in refused.value.errors[field]


def test_an_opening_classification_closes_nothing(db):
    act = {"kind": "close", "classification_id": cast.opening_classification().id}
    with cast.by("davi.rocha"), pytest.raises(Refused) as refused:
        Macro().save([act], name="Errada", company_id=0)
    assert "acts-0-classification_id" in refused.value.errors


def test_another_company_is_neither_seen_nor_named(db, ticket):
    """Rows of Serra Azul in a macro of Vale Claro; a macro of Serra Azul in a ticket of Vale Claro."""
    there = cast.serra_azul().id
    with cast.by("celia.prado"):
        theirs = CannedAnswer(name="Da serra", code="serra", text="Oi", company_id=there)
        theirs.create()
    row = macro("claim", name="Da serra", company_id=there)
    act = {"kind": "comment", "visibility": "internal", "canned_answer_id": theirs.id}
    with cast.by("davi.rocha"), pytest.raises(Refused) as refused:
        Macro().save([act], name="Errada", company_id=cast.vale_claro().id)
    assert "acts-0-canned_answer_id" in refused.value.errors
    for login in ("bruno.reis", "silvia.maia"):
        with cast.by(login):
            assert "Da serra" not in [one.name for one in ticket.macros()]
            assert "Da serra" not in [one.name for one in ticket.answers()]
    with pytest.raises(Refused, match="fora de uso"):
        run(ticket, row, "silvia.maia")
    assert told(ticket)[-1] == "ticket.started"


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "apagar"},
        {"kind": "comment", "text": "Oi"},
        {"kind": "comment", "visibility": "internal"},
        {"kind": "comment", "visibility": "todos", "text": "Oi"},
        {"kind": "pause"},
        {"kind": "close"},
        {"kind": "step"},
        {"kind": "claim", "text": "x"},
        {"kind": "claim", "visibility": "internal"},
    ],
)
def test_the_database_keeps_no_act_that_means_nothing(db, values):
    row = macro("claim")
    db.add(MacroAct(macro_id=row.id, position=2, **values))
    with pytest.raises(IntegrityError, match="macro_act"):
        db.flush()
    db.rollback()


def test_one_change_is_one_fact_with_the_acts_before_and_after(db):
    row = macro("claim", "comment")
    with cast.by("davi.rocha"):
        row.save([acts()["claim"], acts()["pause"]], row.version, name="Outra", company_id=0)
        row.save([acts()["claim"], acts()["pause"]], row.version, name="Outra", company_id=0)  # nothing changed
        with pytest.raises(Stale):
            row.save([acts()["claim"]], 1, name="Velha", company_id=0)
    [event] = db.scalars(select(Event).where(Event.action == "catalog.changed", Event.subject_type == "macro"))
    assert event.data["changes"] == "nome, atos"
    assert event.data["before"]["acts"].startswith("1. Resgatar; 2. Comentar, só a equipe “Visto")
    assert event.data["after"]["acts"] == "1. Resgatar; 2. Pausar o prazo “Espera o cliente.”"


@pytest.mark.parametrize("other", ["claim", "finish", "macro"])
def test_a_macro_against_somebody_who_acts_meanwhile(app, db, race, other):
    """Whoever comes second finds another version, and changes nothing; a rescue may come after the macro's."""
    macro("claim", "comment", "pause")
    others = {
        "claim": ("silvia.maia", lambda row, seen: row.claim(seen)),
        "finish": ("bruno.reis", lambda row, seen: row.close(cast.closing_classification(), seen)),
        "macro": ("bruno.reis", lambda row, seen: row.run(cast.macro("Uma macro"), seen, sees_money=True)),
    }
    ways = (others["macro"], others[other])
    for _ in range(4):
        with cast.by("bruno.reis"):
            ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão.")
            ticket.claim()
        db.commit()
        id, seen = ticket.id, ticket.version

        def one(i, id=id, seen=seen):
            login, act = ways[i]
            with app.app_context(), cast.by(login):
                try:
                    act(base.session.get_one(Ticket, id), seen)
                    base.session.commit()
                finally:
                    base.session.remove()
                return True

        results = race(2, one)
        assert all(each is True or isinstance(each, Stale) for each in results), results
        assert results.count(True) == 1
        ticket = db.get_one(Ticket, id, populate_existing=True)
        ran = told(ticket).count("ticket.macro_ran")
        assert ran == (results[0] is True) + (other == "macro" and results[1] is True)
        assert db.scalar(select(func.count(Comment.id)).where(Comment.ticket_id == id)) == ran
        assert (ticket.paused_at is not None) == (ran == 1)


def test_the_macros_of_the_demonstration(db):
    """One answers and finishes; the other stops at the ticket of Seu Zé, whose clock is paused."""
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Dúvida geral", "Quer saber do repetidor.")
    assert run(ticket, cast.macro(answers.QUESTION)).refused is None
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão.")
    ran = run(ticket, cast.macro(answers.TO_FIELD))
    assert ran.refused is None
    assert ticket.step_id == step()
    assert db.scalar(select(func.count()).select_from(Watcher).where(Watcher.ticket_id == ticket.id)) == 0
    paused = db.scalars(select(Ticket).where(Ticket.paused_at.is_not(None))).one()
    ran = run(paused, cast.macro(answers.TO_FIELD))
    assert [one.title for one in ran.done] == ["Resgatar", "Comentar, só a equipe"]
    assert "O prazo está pausado" in ran.refused.refusal
    assert [one.title for one in ran.left] == ["Enviar para outro subprocesso: Campo"]
