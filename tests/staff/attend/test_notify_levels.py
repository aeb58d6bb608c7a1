"""How much its customer is told of a ticket, chosen at the start, changed later, preset by the company (A-39)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.history import Event
from models.notices import Notice
from models.tickets import Ticket
from models.workflows import NOTIFY_LEVELS, AttendSettings
from tests import asked, cast

WORDS = [
    "Nenhuma notificação",
    "Eventos de Início e Fim do atendimento",
    "Todos os eventos do atendimento",
]


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


def with_mail(person):
    person.set_contacts({**person.contacts(), "email": "ze@example.com"})


def started(db, bruno, level):
    """By the form in stages, in the words of the seed."""
    with cast.by("bruno.reis"):
        row = Ticket.open(cast.ze())
        row.identify({"contact_origin_id": cast.contact_origin().id, "report": "Caiu."})
    db.commit()
    path = f"/atendimentos/{row.id}/inicio"
    form = bruno.get(path)
    offered = [label.text.strip() for label in form.page.select("#notify_level .option-words > span")]
    assert offered == WORDS == list(NOTIFY_LEVELS.values())
    chosen = {"process_id": cast.process().id, "opening_classification_id": cast.opening_classification().id}
    assert bruno.post(path, {**form.form(path), **chosen, "notify_level": level}).status == 303
    db.expire_all()
    return row


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("none", []),
        ("ends", ["foi aberto", "terminou"]),
        ("all", ["foi aberto", "passou para a próxima etapa", "passou para a próxima etapa", "terminou"]),
    ],
)
def test_each_level_through_the_doors(db, bruno, central, worker, level, words):
    """Start, subprocess, process and end; an order is opened by no screen yet (tests/models/tickets/test_asking.py)."""
    with_mail(cast.ze())
    row = started(db, bruno, level)
    there = f"/atendimentos/{row.id}"
    for chosen in ({"way": "next"}, {"way": "process", "process_id": cast.process("Financeiro").id}):
        path = f"{there}/encaminhamento"
        assert bruno.post(path, {**bruno.get(path).form(path), **chosen}).status == 303
        assert bruno.post(f"{there}/resgate").status == 303
    path = f"{there}/finalizacao"
    assert bruno.post(path, bruno.get(path).form(path)).status == 303
    page = central("ze", "proved").get(f"/central/ajuda/pedidos/{row.id}")
    facts = [line.span.text for line in page.page.select(".talk .fact")]
    expected = words or ["Ainda não há mensagens"]
    assert len(facts) == len(expected)
    for fact, word in zip(facts, expected, strict=True):
        assert word in fact
        assert row.protocol in fact or not words
    worker.drain()
    mails = db.scalars(select(Notice).where(Notice.kind == "ticket", Notice.person_id == row.person_id)).all()
    mine = [mail for mail in mails if row.protocol in mail.subject]
    assert len(mine) == len(words)
    for mail, word in zip(mine, words, strict=True):
        assert word in mail.body


def test_it_is_changed_later_and_says_so(db, bruno):
    row = asked.ask(cast.ze())
    with cast.by("bruno.reis"):
        row.claim()
    db.commit()
    path = f"/atendimentos/{row.id}/notificacao"
    tool = next(link for link in bruno.get(f"/atendimentos/{row.id}").page.select("#tools a") if path in link["href"])
    assert "eventos de início e fim do atendimento" in tool.text
    form = bruno.get(path).form(path)
    assert form["notify_level"] == "ends"
    assert "Escolha o nível" in bruno.post(path, {**form, "notify_level": "tudo"}).words
    assert bruno.post(path, {**form, "notify_level": "all"}).status == 303
    assert bruno.post(path, {**form, "notify_level": "none"}).status == 409
    db.expire_all()
    assert row.notify_level == "all"
    said = db.scalars(select(Event).where(Event.action == "ticket.notify_level_changed")).one()
    assert said.data == {"before": WORDS[1], "after": WORDS[2]}


def test_who_does_not_hold_it_leaves_it(db, bruno):
    row = asked.ask(cast.ze())
    db.commit()
    path = f"/atendimentos/{row.id}/notificacao"
    assert bruno.get(path).status == 422
    assert "Resgatar" in bruno.post(path, {"notify_level": "all", "version": str(row.version)}).words


def test_the_company_presets_it(db, staff, central):
    davi, here = staff("davi.rocha"), cast.vale_claro()
    path = f"/configuracao/padroes-do-atendimento/{here.id}/editar"
    form = davi.get(path).form(path)
    assert form["notify_level"] == "ends"
    assert "Escolha o nível" in davi.post(path, {**form, "notify_level": "tudo"}).errors()["notify_level"]
    assert davi.post(path, {**form, "notify_level": "all"}).status == 303
    assert WORDS[2] in davi.get("/configuracao/padroes-do-atendimento").words
    assert AttendSettings.of(here.id).notify_level == "all"
    phone = central("ze", "proved")
    assert phone.post("/central/ajuda/outro-assunto", {"body": "Oi."}).status == 303
    assert db.scalars(select(Ticket.notify_level).order_by(Ticket.id.desc()).limit(1)).one() == "all"
