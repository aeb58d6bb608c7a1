"""What a canned answer says in a ticket: its values today, and why there is none (B-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock as real
from models.billing import Invoice
from models.operators import Department
from models.refused import Refused
from models.tickets import Ticket
from models.wording import brl, day
from models.workflows import PLACEHOLDERS, CannedAnswer, Values, fill
from tests import cast

pytestmark = pytest.mark.postgresql


def opened(of, login="bruno.reis", kind="Sem acesso à internet") -> Ticket:
    with cast.by(login):
        return cast.ticket(of, kind, "Sem conexão.")


def values(ticket, login="bruno.reis", sees_money=True) -> Values:
    with cast.by(login):
        return ticket.answer_values(sees_money=sees_money)


def test_each_placeholder_has_a_value_or_says_why_not(db):
    for of in cast.SUBSCRIBERS.values():
        login = "celia.prado" if of().company_id == cast.serra_azul().id else "bruno.reis"
        found = values(opened(of(), login), login)
        assert set(found.values) | set(found.missing) == set(PLACEHOLDERS)
        assert all(found.values.values())
        assert all(sentence.endswith(".") for sentence in found.missing.values())


@pytest.mark.parametrize(
    ("of", "called", "house"),
    [
        (cast.ze, "José", "Vale Claro Telecom"),
        (cast.sol, "Eunice", "Vale Claro Telecom"),  # who answers for the bakery
        (cast.cooperative, "Ivone", "Vale Claro Telecom"),  # of TODAS, which is nobody's name
    ],
)
def test_names(db, of, called, house):
    found = values(opened(of())).values
    assert (found["cliente.primeiro_nome"], found["empresa.nome"]) == (called, house)
    assert found["operador.primeiro_nome"] == "Bruno"


def test_in_todas_the_first_company_has_the_name(db):
    found = values(opened(cast.cooperative(), "silvia.maia"), "silvia.maia").values
    assert (found["empresa.nome"], found["operador.primeiro_nome"]) == ("Vale Claro Telecom", "Sílvia")


def test_what_is_owed_today_and_nothing_else(db, billed):
    """Overdue invoices with fine and interest; not the one that falls due later."""
    rita = cast.rita()
    with cast.by("bruno.reis"):
        rows = select(Invoice).where(Invoice.person_id == rita.id, Invoice.status == "open").order_by(Invoice.due_on)
        due = [row for row in db.scalars(rows) if row.due_on <= real.today()]
        owed = sum(row.due_today().total_cents for row in due)
        assert len(due) > 1
        assert owed > sum(row.open_cents for row in due)
    found = values(opened(rita)).values
    assert found["divida.valor"] == brl(owed)
    assert found["divida.vencimento"] == day(due[0].due_on)
    with cast.by("bruno.reis"):
        assert db.scalar(select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "open"))
    later = values(opened(cast.ze()))
    assert "não tem fatura vencida" in later.missing["divida.valor"]
    text = fill("Deve {{divida.valor}}.", later)
    assert text.refusal == later.missing["divida.valor"]


def test_whoever_sees_no_money_says_none(db, billed):
    found = values(opened(cast.rita()), sees_money=False)
    assert "divida.valor" not in found.values
    assert "não vê o financeiro" in found.missing["divida.vencimento"]


def test_an_hour_is_promised_only_while_it_is_ahead(db, clock):
    ticket = opened(cast.ze())
    assert values(ticket).values["atendimento.prazo"].startswith(("hoje às", "amanhã às"))
    with clock(ticket.due_at + timedelta(minutes=1)):
        assert "O prazo venceu" in values(ticket).missing["atendimento.prazo"]
    with cast.by("bruno.reis"):
        ticket.claim()
        ticket.pause("Espera")
    assert "pausado" in values(ticket).missing["atendimento.prazo"]


def test_a_value_that_looks_like_a_placeholder_stays_what_it_is(db):
    found = Values({"cliente.primeiro_nome": "{{empresa.nome}}", "empresa.nome": "Vale"}, {})
    assert fill("{{ cliente.primeiro_nome }}, da {{empresa.nome}}", found).text == "{{empresa.nome}}, da Vale"


@pytest.mark.parametrize(
    "text", ["{{cliente.cpf}}", "Oi {{cliente.primeiro_nome", "Oi }}", "{{}}", "{{7*7}}", "{{a}}b}}"]
)
def test_what_is_no_placeholder_is_not_kept(db, text):
    row = CannedAnswer(name="Nova", code="nova", text=text, company_id=0)
    with cast.by("davi.rocha"), pytest.raises(Refused) as refused:
        row.create()
    assert "Use: {{cliente.primeiro_nome}}, {{atendimento.protocolo}}" in refused.value.errors["text"]


@pytest.mark.parametrize("code", ["", "2ª via", "com espaço", "x" * 21, "á", "a/b"])
def test_a_code_can_be_typed_without_leaving_the_line(db, code):
    with cast.by("davi.rocha"), pytest.raises(Refused) as refused:
        CannedAnswer(name="Nova", code=code, text="Oi", company_id=0).create()
    assert "code" in refused.value.errors


def test_a_code_is_one_of_those_offered_together(db):
    """A company's beside those of TODAS; another company has the same."""
    here, there = cast.vale_claro().id, cast.serra_azul().id
    with cast.by("davi.rocha"):
        for company_id in (0, here):
            with pytest.raises(Refused, match="2via já é da resposta"):
                CannedAnswer(name="Outra", code="/2VIA", text="Oi", company_id=company_id).create()
        CannedAnswer(name="Daqui", code="so-aqui", text="Oi", company_id=here).create()
        CannedAnswer(name="Daqui", code="so-aqui", text="Oi", company_id=there).create()
        with pytest.raises(Refused, match="so-aqui já é da resposta"):
            CannedAnswer(name="De todas", code="so-aqui", text="Oi", company_id=0).create()


def codes(ticket, login) -> list[str]:
    with cast.by(login):
        return sorted(row.code for row in ticket.answers())


def test_by_sector_of_the_ticket_and_of_whoever_answers(db):
    support = opened(cast.ze())
    everybody, mine = ["duvida", "ola"], ["luzes", "tecnico", "tomada"]
    assert codes(support, "bruno.reis") == sorted(everybody + mine)
    assert codes(support, "ana.souza") == sorted([*everybody, *mine, "2via"])  # of Financeiro
    finance = opened(cast.ze(), "ana.souza")
    assert codes(finance, "bruno.reis") == sorted([*everybody, *mine, "2via"])
    assert codes(finance, "ana.souza") == sorted([*everybody, "2via"])
    with cast.by("davi.rocha"):
        cast.answer("ola").retire()
    assert "ola" not in codes(support, "bruno.reis")


def test_a_sector_out_of_use_is_not_chosen_but_kept(db):
    with cast.by("davi.rocha"):
        gone = Department(name="Arquivo")
        gone.create()
        row = CannedAnswer(name="Nova", code="nova", text="Oi", company_id=0, department_id=gone.id)
        row.create()
        gone.retire()
        row.change(row.version, text="Olá")
        with pytest.raises(Refused, match="setor em uso"):
            CannedAnswer(name="Mais uma", code="mais", text="Oi", company_id=0, department_id=gone.id).create()
