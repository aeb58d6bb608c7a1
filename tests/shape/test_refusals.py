"""What a screen does not offer, posted directly through the door: refused with its sentence, nothing written (X-17).

Most refusals are proved beside what they belong to: C-03, C-04, C-05, C-10, C-16, C-18, C-26 to
C-30 and C-110 in tests/staff/test_sales.py, C-33 in test_contracts.py, C-97 and C-98 in test_services.py, and those of
the Central, C-101 to C-105, in tests/portal. Here are the others: values that stand in another list than the one on
screen, or in none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select

from models import clock
from models.base import Base
from models.base import db as base
from models.catalog import BillingMethod, ContractTemplate
from models.people import Origin
from models.sales import Sale
from models.services import Service
from tests import cast
from tests.browsing import Answer, Visitor
from tests.staff.selling import answer, answers, begin, order, walk

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]

FIRST, ADDING = "Adicionar Cliente", "Adicionar Serviço"


def elsewhere() -> int:
    """A template of the other company, with a text."""
    template = ContractTemplate(name="Da outra empresa", company_id=cast.serra_azul().id)
    template.create()
    template.publish("## Objeto\n\nTexto")
    return template.id


def without_text() -> int:
    template = ContractTemplate(name="Sem texto", company_id=cast.vale_claro().id)
    template.create()
    return template.id


def other_method() -> int:
    method = BillingMethod(name="Boleto da serra", company_id=cast.serra_azul().id, means="boleto")
    method.create()
    return method.id


def other_technician() -> int:
    celia = cast.operator("celia.prado")
    celia.change(technician=True)
    return celia.id


def retired(row: Any) -> int:
    row.retire()
    return row.id


def fee(**changes: Any) -> dict[str, Any]:
    usual = {"charge_fee": "yes", "installation_fee_cents": "150,00", "installation_fee_text": "Taxa"}
    return {**usual, **changes}


class Refusal(NamedTuple):
    row: str
    wizard: str
    step: str
    forged: Callable[[], dict[str, Any]]
    field: str
    sentence: str


REFUSALS = [
    Refusal("C-02", FIRST, "dados", lambda: {"kind": "robot"}, "kind", "Escolha Pessoa Física ou Pessoa Jurídica."),
    Refusal("C-02", FIRST, "dados", lambda: {"kind": None}, "kind", "Escolha Pessoa Física ou Pessoa Jurídica."),
    Refusal("C-06", FIRST, "dados", lambda: {"origin_id": "999999"}, "origin_id", "Escolha um item da lista."),
    Refusal(
        "C-06",
        FIRST,
        "dados",
        lambda: {"origin_id": retired(base.session.scalars(select(Origin)).first())},
        "origin_id",
        "Escolha um item da lista.",
    ),
    Refusal("C-111", FIRST, "dados", lambda: {"tags": ["999999"]}, "tags", "Escolha etiquetas da lista."),
    Refusal(
        "C-09",
        FIRST,
        "endereco",
        lambda: {"same_billing": "no", "billing_cep": "123", "billing_state": "XX"},
        "billing_cep",
        "O CEP tem 8 números.",
    ),
    Refusal("C-08", FIRST, "endereco", lambda: {"state": "XX"}, "state", "Escolha o estado."),
    Refusal("C-11", FIRST, "plano", lambda: {"seller_id": cast.operator("bruno.reis").id}, "seller_id", "quem vendeu"),
    Refusal("C-11", FIRST, "plano", lambda: {"seller_id": cast.operator("celia.prado").id}, "seller_id", "quem vendeu"),
    Refusal("C-12", FIRST, "contrato", lambda: {"templates": [elsewhere()]}, "templates", "modelo da lista"),
    Refusal("C-12", FIRST, "contrato", lambda: {"templates": [without_text()]}, "templates", "modelo da lista"),
    Refusal(
        "C-13",
        FIRST,
        "cobranca",
        lambda: {"billing_method_id": other_method()},
        "billing_method_id",
        "forma de cobrança",
    ),
    Refusal("C-14", FIRST, "cobranca", lambda: {"uses_carne": "maybe"}, "uses_carne", "Diga se o cliente usa carnê."),
    Refusal(
        "C-15",
        FIRST,
        "cobranca",
        lambda: fee(installation_fee_cents="-150,00"),
        "installation_fee_cents",
        "maior que zero",
    ),
    Refusal(
        "C-15",
        FIRST,
        "cobranca",
        lambda: fee(installation_fee_cents="100.000,01"),
        "installation_fee_cents",
        "passa de R$ 100.000,00",
    ),
    Refusal("C-15", FIRST, "cobranca", lambda: fee(installation_fee_text=""), "installation_fee_text", "sai na fatura"),
    Refusal(
        "C-18",
        FIRST,
        "instalacao",
        lambda: order(technician_id=other_technician()),
        "technician_id",
        "Escolha um técnico ativo.",
    ),
    Refusal("C-18", FIRST, "instalacao", lambda: order(kind_id=retired(cast.order_kind())), "kind_id", "tipo de ordem"),
    Refusal("C-23", ADDING, "endereco", lambda: {"address_id": "", "number": ""}, "number", "Escreva o número."),
    Refusal("C-24", ADDING, "plano", lambda: {"plan_id": ""}, "plan_id", "Escolha o plano contratado."),
    Refusal(
        "C-24", ADDING, "plano", lambda: {"plan_id": cast.plan("Serra 400 Mbps").id}, "plan_id", "o plano contratado"
    ),
    Refusal("C-24", ADDING, "plano", lambda: {"seller_id": ""}, "seller_id", "Escolha quem vendeu."),
]


def at(visitor: Visitor, wizard: str, step: str) -> int:
    """A sale that has come to this step."""
    if wizard == FIRST:
        return walk(visitor, until=step)
    started = visitor.post(f"/clientes/{cast.ze().id}/servicos/adicionar")
    sale = int(started.location.split("/")[2])
    steps = ("endereco", "plano", "contrato", "cobranca", "instalacao")
    for earlier in steps[: steps.index(step)]:
        answer(visitor, sale, earlier)
    return sale


def everything(db) -> dict[str, int]:
    """How many rows each table has, but for that a document was asked about, which is counted whatever is answered."""
    tables = [table for table in Base.metadata.sorted_tables if table.name != "throttle"]
    return {table.name: db.scalar(select(func.count()).select_from(table)) for table in tables}


def refused(answer: Answer, field: str, sentence: str) -> None:
    assert answer.status == 422
    assert sentence in (answer.errors().get(field) or answer.words), answer.errors()  # radio buttons have one together


@pytest.mark.parametrize("case", REFUSALS, ids=[f"{case.row}-{case.step}-{case.field}" for case in REFUSALS])
def test_what_the_wizards_do_not_offer(staff, db, case):
    ana, forged = staff("ana.souza"), case.forged()
    sale = None if case.step == "dados" else at(ana, case.wizard, case.step)
    path = f"/vendas/{sale}/{case.step}"
    shown = ana.get(path).form(path) if sale else {}
    before, was = everything(db), sale and db.get(Sale, sale).version
    post = {**shown, **answers(case.step), **forged}
    refused(ana.post(path, post) if sale else begin(ana, **forged), case.field, case.sentence)
    assert everything(db) == before
    assert (sale and db.get(Sale, sale, populate_existing=True).version) == was


@pytest.mark.parametrize("wizard", [FIRST, ADDING])
def test_no_step_is_jumped_over(staff, db, wizard):
    """C-01, C-28: the steps after the next one, and saving, are refused."""
    ana = staff("ana.souza")
    sale, before = at(ana, wizard, "plano"), everything(db)
    for step in ("contrato", "cobranca", "instalacao"):
        early = ana.post(f"/vendas/{sale}/{step}", {**answers(step), "version": db.get(Sale, sale).version})
        assert early.status == 422, step
        assert "Responda primeiro os passos anteriores." in early.words
    assert ana.post(f"/vendas/{sale}/conferir", {"version": db.get(Sale, sale).version}).location == f"/vendas/{sale}"
    assert everything(db) == before
    assert set(db.get(Sale, sale, populate_existing=True).answers) <= {"dados", "endereco"}


def test_a_cancelled_service_gets_no_contract(staff, db):
    """C-33."""
    service = cast.service(cast.ze())
    db.execute(Service.__table__.update().where(Service.id == service.id).values(status="cancelled"))
    before, template = everything(db), cast.template("Telefone, sem fidelidade")
    forged = {"company_id": service.company_id, "template_id": template.id}
    answer = staff("ana.souza").post(f"/servicos/{service.id}/contratos/adicionar", forged)
    refused(answer, "", "Um serviço cancelado não recebe contrato.")
    assert everything(db) == {**before, "login_session": before["login_session"] + 1}


@pytest.mark.parametrize(("days", "sentence"), [(-1, "A data já passou"), (900, "no máximo dois anos")])
def test_a_release_has_its_limits(staff, db, days, sentence):
    """C-98."""
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    before, until = everything(db), clock.today() + timedelta(days=days)
    path = f"/servicos/{service.id}/desbloqueio-em-confianca"
    refused(ana.post(path, {"until": until.isoformat(), "reason": "Combinado"}), "until", sentence)
    assert everything(db) == before
