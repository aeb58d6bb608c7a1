"""From the agreement to the launched order, also from inside a ticket (U-10, U-14 to U-17, U-24)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.contracts import Contract
from models.history import Event
from models.telephony import UpgradeLine, UpgradeOrder, UpgradeRequest, contracts_of
from tests import cast, phones
from tests.staff.test_telephony import in_queue

pytestmark = pytest.mark.usefixtures("db")
INSTALL, SEND = "install", "send_data"


@pytest.fixture
def rafael(staff):
    return staff("rafael.teixeira")


def agreed(db, kind: str = "extension", wanted: int = 2, cents: int = 2490, **more) -> UpgradeRequest:
    row = in_queue(db, kind, wanted, **more)
    with cast.by("rafael.teixeira"):
        phones.agreed(row, cents)
    db.commit()
    return row


def launching(row) -> str:
    return f"/planner/pedidos/{row.id}/lancamento"


def launches(visitor, row, **typed):
    path = launching(row)
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def each(*names: str, sector: str = "Vendas", procedure: str = INSTALL) -> dict[str, str]:
    rows = [
        {f"name-{at}": name, f"sector-{at}": sector, f"procedure-{at}": procedure} for at, name in enumerate(names, 1)
    ]
    return {name: value for row in rows for name, value in row.items()}


def orders(db) -> list[UpgradeOrder]:
    db.expire_all()
    return list(db.scalars(select(UpgradeOrder).order_by(UpgradeOrder.id)))


@pytest.mark.feature("U-10")
@pytest.mark.postgresql
def test_no_order_without_an_agreement(staff, rafael, db):
    row = in_queue(db)
    path = f"/planner/pedidos/{row.id}/acordo"
    for answer in (
        rafael.get(launching(row)),
        rafael.post(launching(row), {"quantity": "2", "version": f"{row.version}", **each("A", "B")}),
    ):
        assert answer.status == 422
        assert "Sem acordo o pedido não é lançado" in answer.words
    form = rafael.get(path).form(path)
    tomorrow, long_ago = clock.today() + timedelta(days=1), clock.today() - timedelta(days=91)
    right = {"agreed_with": "Eunice Martins", "agreed_cents": "24,90", "agreed_on": f"{clock.today()}"}
    for wrong, field in (
        ({"agreed_with": " "}, "agreed_with"),
        ({"agreed_cents": ""}, "agreed_cents"),
        ({"agreed_cents": "0,00"}, "agreed_cents"),
        ({"agreed_cents": "muito"}, "agreed_cents"),
        ({"agreed_on": ""}, "agreed_on"),
        ({"agreed_on": f"{tomorrow}"}, "agreed_on"),
        ({"agreed_on": f"{long_ago}"}, "agreed_on"),
    ):
        refused = rafael.post(path, {**form, **right, **wrong})
        assert refused.status == 422, wrong
        assert set(refused.errors()) == {field}
    assert db.get(UpgradeRequest, row.id).agreed_on is None
    assert staff("bruno.reis").post(path, {**form, **right}).status == 422  # not the step of Suporte
    saved = rafael.post(path, {**form, **right})
    assert saved.location == launching(row)
    db.expire_all()
    row = db.get(UpgradeRequest, row.id)
    assert (row.agreed_with, row.agreed_cents, row.agreed_on) == ("Eunice Martins", 2490, clock.today())
    assert row.agreed_by_id == cast.operator("rafael.teixeira").id
    stale = rafael.post(path, {**form, **right, "agreed_cents": "19,90"})
    assert (stale.status, stale.form(path)["agreed_cents"]) == (409, "19,90")
    assert rafael.get(launching(row)).status == 200
    assert orders(db) == []


@pytest.mark.feature("U-14")
@pytest.mark.postgresql
def test_an_order_names_each_extension_its_sector_and_its_procedure(rafael, db):
    row = agreed(db, wanted=3)
    path = launching(row)
    page = rafael.get(path)
    form = page.form(path)
    assert form["quantity"] == "3"
    assert len(page.tree.xpath("//li[@class='ext']")) == 3
    names = each("Balcão", "Escritório", "Caixa")
    for wrong, field, sentence in (
        ({"quantity": "0"}, "quantity", "de 1 em diante"),
        ({"quantity": "-1"}, "quantity", "de 1 em diante"),
        ({"quantity": "dois"}, "quantity", "de 1 em diante"),
        ({"quantity": "10000"}, "quantity", "Só 3 ramais podem ser vendidos."),
        ({"quantity": "4"}, "quantity", "Só 3 ramais podem ser vendidos."),
        ({"name-2": ""}, "name-2", "Dê um nome ao segundo ramal"),
        ({"sector-1": "", "sector-2": "", "sector-3": ""}, "sector-1", "Diga o setor de uso do primeiro ramal"),
    ):
        refused = rafael.post(path, {**form, **names, **wrong})
        assert refused.status == 422, wrong
        assert sentence in refused.errors()[field], wrong
        kept = refused.form(path)
        assert (kept["name-1"], kept["name-3"]) == ("Balcão", "Caixa")
        assert kept["quantity"] == wrong.get("quantity", "3")
    # a name for each, neither more nor fewer
    fewer = {name: value for name, value in {**form, **names}.items() if not name.endswith("-3")}
    assert "Dê um nome ao terceiro ramal" in rafael.post(path, fewer).errors()["name-3"]
    more = rafael.post(path, {**form, **each(*"ABCDE")})
    assert (more.status, more.errors()["quantity"]) == (422, "Erro: São 3 ramais e 5 nomes. Um nome por ramal.")
    assert more.form(path)["name-5"] == "E"
    assert orders(db) == []
    assert rafael.post(path, {**form, **names}).status == 303
    assert [line.name for line in orders(db)[0].lines()] == ["Balcão", "Escritório", "Caixa"]


@pytest.mark.feature("U-14")
def test_sector_and_procedure_are_typed_once_and_may_differ(rafael, db):
    row = agreed(db, wanted=3)
    typed = {
        "name-1": "Balcão",
        "sector-1": "Vendas",
        "procedure-1": INSTALL,
        "name-2": "Escritório",
        "name-3": "Caixa",
    }
    path = launching(row)
    drawn = launches(rafael, row, **typed, redesenhar="1").form(path)
    assert [drawn[f"sector-{at}"] for at in (1, 2, 3)] == ["Vendas"] * 3
    assert [drawn[f"procedure-{at}"] for at in (1, 2, 3)] == [INSTALL] * 3
    other = {**drawn, "sector-2": "Administração", "procedure-2": SEND}
    assert rafael.post(path, other).status == 303
    [order] = orders(db)
    assert [(line.name, line.sector, line.procedure) for line in order.lines()] == [
        ("Balcão", "Vendas", INSTALL),
        ("Escritório", "Administração", SEND),
        ("Caixa", "Vendas", INSTALL),
    ]


@pytest.mark.feature("U-14")
def test_another_quantity_draws_the_rows_anew_and_a_known_name_warns(rafael, db):
    row = agreed(db, wanted=3)
    path = launching(row)
    fewer = launches(rafael, row, **each("Recepção", "Escritório", "Caixa"), quantity="2", redesenhar="1")
    assert len(fewer.tree.xpath("//li[@class='ext']")) == 2
    assert "já tem um ramal Recepção, o 2000. Pode repetir, mas confira." in fewer.words
    more = rafael.post(path, {**fewer.form(path), "quantity": "3", "redesenhar": "1"}, htmx=True)
    assert len(more.tree.xpath("//li[@class='ext']")) == 3
    assert more.form(path)["name-2"] == "Escritório"
    launched = rafael.post(path, {**more.form(path), "name-3": "Caixa"}, htmx=True)
    [order] = orders(db)
    assert (launched.status, launched.location.startswith("/planner/cards/")) == (204, True)
    assert order.words == "3 ramais: Recepção, Escritório e Caixa. Instalar em telefone IP"


def test_five_hundred_rows_do_not_break_the_page(rafael, db):
    row = agreed(db, wanted=500)
    path = launching(row)
    page = rafael.get(path)
    assert len(page.tree.xpath("//li[@class='ext']")) == 500
    names = each(*(f"Mesa {at}" for at in range(1, 501)))
    assert rafael.post(path, {**page.form(path), **names}).status == 303
    assert db.scalar(select(func.count()).select_from(UpgradeLine)) == 500


@pytest.mark.feature("U-15")
def test_the_procedure_is_one_of_two_and_compulsory(rafael, db):
    row = agreed(db, wanted=1)
    path = launching(row)
    page = rafael.get(path)
    options = page.tree.xpath("//input[@name='procedure-1']")
    assert [one.get("value") for one in options] == [INSTALL, SEND]
    assert "Instalar em telefone IP" in page.words
    assert "Disponibilizar dados do ramal para o cliente" in page.words
    for wrong in (None, "", "carta"):
        refused = launches(rafael, row, **{"name-1": "Balcão", "sector-1": "Vendas", "procedure-1": wrong})
        assert refused.status == 422
        assert "procedure-1" in refused.errors()
        assert "Escolha o procedimento do primeiro ramal" in refused.words
    assert orders(db) == []
    assert launches(rafael, row, **each("Balcão", procedure=SEND)).status == 303
    assert orders(db)[0].lines()[0].procedure_words == "Disponibilizar dados do ramal para o cliente"


@pytest.mark.feature("U-16")
@pytest.mark.postgresql
def test_an_order_carries_what_finance_needs(rafael, db):
    row = agreed(db)
    path, names = launching(row), each("Balcão", "Escritório")
    [(contract, service)] = contracts_of(row)
    page = rafael.get(path)
    assert page.form(path)["contract_id"] == str(contract.id)  # the only one
    assert "O contrato nº 3 passa a R$ 99,60" in page.words  # today 49,80, and twice 24,90
    today = clock.today()
    for wrong, field, sentence in (
        ({"contract_id": ""}, "contract_id", "Escolha o contrato"),
        ({"contract_id": "99999"}, "contract_id", "Escolha o contrato"),
        ({"unit_cents": ""}, "unit_cents", "maior que zero"),
        ({"unit_cents": "0"}, "unit_cents", "maior que zero"),
        ({"unit_cents": "19,90"}, "unit_cents", "O acordo diz R$ 24,90"),
        ({"starts_on": ""}, "starts_on", "a partir de que dia"),
        ({"starts_on": f"{today - timedelta(days=40)}"}, "starts_on", "passa de um mês"),
        ({"starts_on": f"{today + timedelta(days=400)}"}, "starts_on", "passa de um ano"),
    ):
        refused = launches(rafael, row, **names, **wrong)
        assert refused.status == 422, wrong
        assert sentence in refused.errors()[field].replace("\xa0", " "), wrong
        assert refused.form(path)["name-2"] == "Escritório"
    assert orders(db) == []
    begins = today + timedelta(days=5)
    launched = launches(rafael, row, **names, starts_on=f"{begins}")
    assert launched.status == 303
    [order] = orders(db)
    assert (order.contract_id, order.service_id) == (contract.id, service.id)
    assert (order.quantity, order.unit_cents, order.total_cents, order.starts_on) == (2, 2490, 4980, begins)
    assert db.get(UpgradeRequest, row.id).status == "launched"
    assert "Este pedido já está no Planner." in rafael.get(path).words
    again = rafael.post(path, {**page.form(path), **names})
    assert (again.status, "Rafael Teixeira lançou 2 ramais" in again.words) == (409, True)
    shown = rafael.get(f"/planner/pedidos/{row.id}")
    assert shown.tree.xpath("//a[starts-with(@href, '/planner/cards/')]")


def test_a_second_order_waits_in_the_queue_and_says_so(rafael, db):
    with cast.by("rafael.teixeira"):
        card, _ = phones.launched(cast.sol(), 1)
    with cast.by("bruno.reis"):
        phones.to_finance(card)
    db.commit()
    row = agreed(db, wanted=1)
    page = rafael.get(launching(row))
    assert "Pedido na fila o card está em Financeiro; o pedido começa quando ele chegar a Tudo OK" in page.words
    assert "Lançar na fila do card" in page.words
    assert "Lançar em Pedidos e Alterações" not in page.words
    assert "Os pedidos em andamento somam mais R$ 24,90 por mês quando o Financeiro os ajustar." in page.words
    launched = launches(rafael, row, **each("Balcão"))
    assert launched.location == f"/planner/cards/{card.id}"
    assert [order.status for order in orders(db)] == ["open", "queued"]
    assert "na fila do card" in rafael.get("/").words  # the toast
    assert "espera na fila" in rafael.get(f"/clientes/{cast.sol().id}/pabx").words


@pytest.mark.feature("U-24")
@pytest.mark.postgresql
@pytest.mark.parametrize("kind", ["outbound_channel", "module"])
def test_channels_and_modules_have_no_names_sectors_and_procedures(rafael, db, kind):
    row = agreed(db, kind, 2)
    path = launching(row)
    page = rafael.get(path)
    asked = set(page.form(path))
    assert asked == {"version", "quantity", "contract_id", "unit_cents", "starts_on"}
    for hidden in ("Nome do ramal", "Setor de uso", "Procedimento necessário", "Suporte cria e instala"):
        assert hidden not in page.words
    assert "Suporte faz o ajuste técnico" in page.words
    assert ("Módulo Gravação" in page.words) is (kind == "module")
    refused = launches(rafael, row, quantity="0")
    assert (refused.status, set(refused.errors())) == (422, {"quantity"})
    assert launches(rafael, row, quantity="2").status == 303
    [order] = orders(db)
    assert (order.quantity, order.lines(), order.module) == (2, [], "Gravação" if kind == "module" else "")


def test_a_line_is_launched_with_number_and_donor(rafael, db):
    row = agreed(db, "line", login="ana.souza", donor="Vivo")
    path = launching(row)
    assert rafael.get(path).form(path)["donor"] == "Vivo"
    assert "Escreva o número da linha" in launches(rafael, row).errors()["line_number"]
    assert "com DDD" in launches(rafael, row, line_number="3221").errors()["line_number"]
    assert launches(rafael, row, line_number="(37) 3221-1000").status == 303
    assert orders(db)[0].words == "Linha nova (37) 3221-1000, portabilidade (Vivo)"


# ---- from inside a ticket


@pytest.mark.feature("U-17")
@pytest.mark.postgresql
def test_an_order_begins_inside_a_ticket(rafael, db):
    with cast.by("rafael.teixeira"):
        ticket = cast.ticket(cast.sol(), "Dúvida geral", "Quer mais um canal.")
        ticket.claim()
    db.commit()
    tools = rafael.get(f"/atendimentos/{ticket.id}/ferramentas")
    [tool] = tools.tree.xpath("//a[contains(., 'Lançar no Planner')]/@href")
    page = rafael.get(tool)
    assert f"dentro do atendimento {ticket.protocol}" in page.words
    form = page.form(tool)
    assert form["note"] == f"Atendimento {ticket.protocol}"
    asked = rafael.post(tool, {**form, "kind": "outbound_channel"})
    row = db.scalars(select(UpgradeRequest)).one()
    assert row.ticket_id == ticket.id
    assert asked.location == f"/planner/pedidos/{row.id}/conferencia?atendimento={ticket.id}"
    step = rafael.follow(asked)
    assert step.status == 200
    handed = rafael.post(asked.location, {**step.form(asked.location), "acao": "pedir"})
    assert handed.location == f"/atendimentos/{ticket.id}/painel-do-cliente"  # back to the ticket
    path = f"/planner/pedidos/{row.id}/acordo?atendimento={ticket.id}"
    right = {"agreed_with": "Eunice", "agreed_cents": "10,00"}
    agreed = rafael.post(path, {**rafael.get(path).form(path), **right})
    launch = agreed.location
    assert launch == f"/planner/pedidos/{row.id}/lancamento?atendimento={ticket.id}"
    done = rafael.post(launch, rafael.get(launch).form(launch))
    assert done.location == f"/atendimentos/{ticket.id}/painel-do-cliente"
    assert [order.kind for order in orders(db)] == ["outbound_channel"]
    told = set(db.scalars(select(Event.action).where(Event.ticket_id == ticket.id)))
    assert {"upgrade_request.registered", "upgrade_request.agreed", "upgrade_order.launched"} <= told
    shown = rafael.get(f"/atendimentos/{ticket.id}")
    assert "lançou 1 canal de saída adicional" in shown.words
    assert ticket.protocol in rafael.get(f"/planner/pedidos/{row.id}").words


def test_who_does_not_hold_the_ticket_only_reads(staff, db):
    with cast.by("rafael.teixeira"):
        ticket = cast.ticket(cast.sol(), "Dúvida geral", "Quer mais um canal.")
        ticket.claim()
    db.commit()
    bruno, new = staff("bruno.reis"), f"/clientes/{cast.sol().id}/pedidos-de-telefonia/novo?atendimento={ticket.id}"
    assert bruno.get(new).status == 422
    assert bruno.post(new, {"kind": "outbound_channel"}).status == 422
    assert bruno.get(f"/clientes/{cast.sol().id}/pabx?atendimento={ticket.id}").status == 200
    with cast.by("bruno.reis"):
        row = phones.asked(cast.sol())
    db.commit()
    shown = bruno.get(f"/planner/pedidos/{row.id}?atendimento={ticket.id}")
    assert "está com Rafael Teixeira desde" in shown.words
    assert not shown.tree.xpath("//main//a[contains(@href, '/conferencia')]")
    other = f"/clientes/{cast.ze().id}/pabx?atendimento={ticket.id}"
    assert bruno.get(other).status == 404  # of another customer


@pytest.mark.parametrize("step", ["", "/acordo", "/lancamento"])
def test_a_request_asks_a_fixed_number_of_questions(rafael, db, count_queries, step):
    counted = []
    for wanted in (1, 20):
        row = agreed(db, wanted=wanted)
        rafael.get(f"/planner/pedidos/{row.id}{step}")
        with count_queries() as queries:
            rafael.get(f"/planner/pedidos/{row.id}{step}")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 34, queries
    assert db.scalar(select(func.count()).select_from(Contract)) > 0
