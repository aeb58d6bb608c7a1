"""Consulta expressa: nine tiles and a grid, run on entering the stage, kept, beside today's (A-19 to A-33, B-24)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from models import clock as time
from models.billing import Carne, Invoice, Receipt
from models.contracts import Contract
from models.express_check import ExpressCheck, asking, financial
from models.express_check.finding import TILES
from models.history import Event
from models.network import Connection, Outage, RadiusSession, accounting
from models.people import Contact, Person, PersonGroup
from models.services import Service
from models.tickets import Ticket
from models.wording import brl, day
from models.work_orders import WorkOrder
from models.workflows import AttendSettings
from tests import cast, field
from tests.models.dunning.debts import owes
from tests.networked import concentrator
from tests.staff.attend.test_staged import begun, identify, newest, start
from tests.staff.test_ladders import ladder, name_ladder, sign

OVER = {"status": "closed", "closed_at": datetime(2026, 11, 20, tzinfo=UTC), "on_time": True, "paused_at": None}


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def connection(db) -> Connection:
    """Seu Zé's, let in and online; he lacks nothing and nothing of his is under way."""
    service = cast.service(cast.ze())
    db.execute(update(Ticket).where(Ticket.person_id == service.person_id, Ticket.status != "draft").values(OVER))
    db.execute(delete(Contact).where(Contact.person_id == service.person_id))
    for kind, value in (("email", "ze@exemplo.example"), ("mobile", "37998110000")):
        db.add(Contact(person_id=service.person_id, kind=kind, value=value))
    row = Connection.of(service)
    row.applied("active")
    row.mac = "4C:5E:0C:11:20:9A"
    online(row)
    db.commit()
    return row


def online(connection: Connection) -> None:
    at = time.now()
    accounting.start(
        unique_id=f"u{connection.id}",
        session_id="s",
        connection_id=connection.id,
        login=connection.login,
        nas_address=concentrator().address,
        ipv4="100.64.8.31",
        started_at=at - timedelta(hours=2),
        updated_at=at,
    )


def offline(db, connection: Connection) -> None:
    at = time.now()
    mine = update(RadiusSession).where(RadiusSession.connection_id == connection.id)
    db.execute(mine.values(stopped_at=at, updated_at=at, stop_cause="Lost-Carrier"))
    db.commit()


def stage(visitor, db, of=cast.ze, **typed) -> str:
    """The address of the second stage of a new ticket, entered."""
    ticket = begun(visitor, db, of)
    values = {"contract_id": "", **typed}
    values |= {} if "service_id" in typed else {"service_id": str(cast.service(of()).id)}
    answer = identify(visitor, ticket, **values)
    assert (answer.status, answer.location) == (303, f"{ticket}/consulta-expressa")
    return f"{ticket}/consulta-expressa"


def again(visitor, path):
    """Atualizar, and the stage as it is then."""
    assert visitor.post(path, visitor.get(path).form(path)).status == 303
    return visitor.get(path)


def tile(page, key: str) -> tuple[bool, str]:
    """Is it red, and what it says."""
    [found] = [row for row in tiles(page) if row.xpath("string(.//b/text()[1])") == TILES[key][0]]
    words = " ".join(found.xpath("string(div/span)").split())
    red = "note-bad" in found.get("class")
    assert red == ("pendente" in found.xpath("string(.//b/span)")), "a word beside the colour"
    assert found.xpath(".//*[name()='svg']"), "an icon beside the colour"
    return red, words


def tiles(page) -> list:
    return page.tree.xpath("//li[contains(@class, 'matter-tile')]")


def grid(page, section: str) -> str:
    return " ".join(page.tree.xpath(f"string(//section[.//h2[starts-with(normalize-space(), '{section}')]])").split())


@pytest.mark.feature("A-19", "A-20", "A-31")
def test_it_runs_on_entering_and_the_grid_has_three_kinds(bruno, db, connection):
    ze = cast.ze()
    path = stage(bruno, db)
    page = bruno.get(path)
    assert page.h1 == "Nada pendente, pode começar"
    assert "Consulta de hoje às" in page.words
    assert len(tiles(page)) == 9
    assert not any(tile(page, key)[0] for key in TILES)
    made = day(time.local(connection.created_at).date())
    fact = f"Conexão cadastrada em {made} último NAS {concentrator().name} último IP 100.64.8.31"
    assert fact in grid(page, "Técnicas")
    assert f"/conexoes/{connection.id}" in page.html

    db.execute(delete(Contact).where(Contact.person_id == ze.id))
    db.execute(update(Person).where(Person.id == ze.id).values(document="12345678900"))
    owes(cast.service(ze), date(2026, 1, 5))
    connection.applied("blocked", "Falta Pagamento")
    db.commit()
    page = again(bruno, path)
    for words in ("não tem e-mail", "não tem telefone", "documento do cadastro não confere"):
        assert words in grid(page, "Cadastrais"), words
    assert "Fatura pendente" in grid(page, "Financeiras")
    assert "bloqueada" in grid(page, "Técnicas")
    red = [row for row in tiles(page) if "note-bad" in row.get("class")]
    assert red == tiles(page)[: len(red)], "what is pending stands first"
    assert f"/clientes/{ze.id}/dados/editar" in page.tree.xpath("//section//td/a/@href")
    assert page.h1 == f"{len(red) + 3} coisas para saber antes de começar"


@pytest.mark.feature("A-21")
def test_an_outage_at_its_concentrator(bruno, db, connection):
    connection.concentrator_id = concentrator().id
    with cast.by("silvia.maia"):
        elsewhere = Outage.open(concentrator("BRAS-11, POP Serra Azul"), "Energia")
    db.commit()
    path = stage(bruno, db)
    assert tile(bruno.get(path), "outage") == (False, f"nenhuma aberta em {concentrator().name}")
    with cast.by("silvia.maia"):
        outage = Outage.open(concentrator(), "Rompimento de fibra")
    db.commit()
    page = again(bruno, path)
    assert tile(page, "outage")[0]
    at = f"{time.local(outage.opened_at):%d/%m/%Y às %H:%M:%S}"
    told = f"Notificação pendente cód. {outage.code} para este concentrador. Aberta em {at}"
    assert told in grid(page, "Técnicas")
    assert concentrator().name in grid(page, "Técnicas")
    assert f"cód. {elsewhere.code} " not in grid(page, "Técnicas")
    with cast.by("silvia.maia"):
        db.get(Outage, outage.id).close()
    db.commit()
    assert not tile(again(bruno, path), "outage")[0]


@pytest.mark.postgresql
@pytest.mark.feature("A-22")
def test_the_ladder_of_the_contract_says_from_which_day(staff, db, clock):
    ze = cast.service(cast.ze())
    due = date(2026, 12, 7)  # a Monday
    owes(ze, due)
    late = ladder("Dez dias depois", 20)
    late.notice_days = 10
    db.commit()
    with clock("2026-12-16 09:00"):
        assert sign(staff("ana.souza"), ze, "Um", late.id).status == 303
        bruno = staff("bruno.reis")
        path = stage(bruno, db)
        red, words = tile(bruno.get(path), "default")
        assert (red, words) == (False, "em atraso, a régua age em 17/12/2026"), "one day before"
    with clock("2026-12-17 09:00"):
        bruno = staff("bruno.reis")
        page = again(bruno, path)
        assert tile(page, "default") == (True, "pela régua, desde 17/12/2026")
        assert "Dez dias depois: fatura" in grid(page, "Financeiras")
        contract = db.scalars(select(Contract).where(Contract.dunning_rule_id == late.id)).one()
        later = ladder("Vinte dias depois", 20)
        later.notice_days = 20
        db.commit()
        assert name_ladder(staff("ana.souza"), contract, later.id).status == 303
        assert not tile(again(bruno, path), "default")[0], "another ladder of the contract, another day"


def test_of_a_debt_due_on_a_weekend_the_ladder_speaks_from_the_first_day_it_is_late(staff, db, clock):
    ze = cast.service(cast.ze())
    owes(ze, date(2026, 12, 12))  # a Saturday: until Monday it is paid in time
    early = ladder("No dia seguinte", 20)
    early.notice_days = 1
    db.commit()
    with clock("2026-12-15 09:00"):
        assert sign(staff("ana.souza"), ze, "Um", early.id).status == 303
        bruno = staff("bruno.reis")
        assert tile(bruno.get(stage(bruno, db)), "default") == (True, "pela régua, desde 15/12/2026")


@pytest.mark.feature("A-23")
def test_orders_and_other_tickets(bruno, db, connection):
    ze = cast.ze()
    path = stage(bruno, db)
    assert tile(bruno.get(path), "orders") == (False, "nada pendente"), "the present one does not count"
    with cast.by("bruno.reis"):
        other = cast.ticket(ze, "Lentidão", "Lento à noite.")
    db.commit()
    page = again(bruno, path)
    assert tile(page, "orders") == (True, "1 atendimento")
    assert other.protocol in grid(page, "Técnicas")
    assert f"/atendimentos/{other.id}" in page.html
    with cast.by("bruno.reis"):
        opened = field.order(ze, "Instalação", "Trocar a antena")
    db.commit()
    page = again(bruno, path)
    assert tile(page, "orders") == (True, "1 OS, 1 atendimento")
    assert f"OS {opened.number} Instalação, aberta" in grid(page, "Técnicas")
    db.execute(update(WorkOrder).where(WorkOrder.id == opened.id).values(status="cancelled"))
    db.execute(update(Ticket).where(Ticket.id == other.id).values(OVER))
    db.commit()
    assert not tile(again(bruno, path), "orders")[0]


@pytest.mark.feature("A-24", "A-25", "A-26")
def test_reduced_offline_blocked(bruno, db, connection):
    path = stage(bruno, db)
    page = bruno.get(path)
    assert tile(page, "reduction") == (False, "velocidade normal")
    assert tile(page, "block") == (False, "liberada")
    assert not tile(page, "online")[0]
    assert tile(page, "online")[1].startswith("online desde")
    connection.applied("reduced", "Franquia esgotada")
    offline(db, connection)
    page = again(bruno, path)
    today = day(time.today())
    assert tile(page, "reduction") == (True, f"reduzida desde {today}")
    assert tile(page, "online")[0]
    assert "Sem sessão desde" in grid(page, "Técnicas")
    assert not tile(page, "block")[0]
    connection.applied("blocked", "Falta Pagamento")
    db.commit()
    page = again(bruno, path)
    assert tile(page, "block")[0]
    told = (
        f"Conexão informada {connection.id} login {connection.login} mac 4C:5E:0C:11:20:9A bloqueada. "
        f"(Falta Pagamento em {today})."
    )
    assert told in grid(page, "Técnicas")
    assert not tile(page, "reduction")[0]
    connection.applied("active")
    db.execute(delete(RadiusSession).where(RadiusSession.connection_id == connection.id))
    online(connection)
    db.commit()
    page = again(bruno, path)
    assert not any(tile(page, key)[0] for key in ("reduction", "online", "block"))


def test_the_block_is_of_the_connection_of_the_ticket(bruno, db, connection):
    """Without one nothing is associated that could be blocked; what is offline is the customer's all the same."""
    connection.applied("blocked", "Falta Pagamento")
    offline(db, connection)
    page = bruno.get(stage(bruno, db, service_id=""))
    assert tile(page, "block") == (False, "atendimento sem conexão associada")
    assert tile(page, "online")[0]


def test_what_is_old_says_since_when(staff, db, connection, clock):
    with clock(time.now() + timedelta(hours=1)):
        bruno = staff("bruno.reis")
        page = bruno.get(stage(bruno, db))
        red, words = tile(page, "online")
        assert not red
        assert words.startswith("sem dados desde")
        assert "note-neu" in page.html


@pytest.mark.feature("A-27", "D-35")
def test_every_invoice_that_is_not_paid(staff, bruno, db, connection):
    ze = cast.service(cast.ze())
    path = stage(bruno, db)
    assert tile(bruno.get(path), "invoices") == (False, "nada pendente")
    late = owes(ze, time.today() - timedelta(days=40))
    later = owes(ze, time.today() + timedelta(days=10))
    db.commit()
    page = again(bruno, path)
    red, words = tile(page, "invoices")
    assert red
    assert words.startswith("2 faturas")
    assert words.endswith("1 vencida")
    told = grid(page, "Financeiras")
    for row in (late, later):
        each = f"Fatura pendente {row.number} no vcto. {day(row.due_on)} no valor de {brl(row.total_cents)}"
        assert " ".join(each.split()) in told
    assert told.index(f"pendente {late.number}") < told.index(f"pendente {later.number}"), "the overdue ones first"

    settings = f"/configuracao/padroes-do-atendimento/{cast.vale_claro().id}/editar"
    davi = staff("davi.rocha")
    form = davi.get(settings).form(settings)
    assert form["overdue_only"] == "no", "off unless somebody says so"
    assert davi.post(settings, {**form, "overdue_only": "yes"}).status == 303
    assert tile(again(bruno, path), "invoices")[1].startswith("1 fatura,")
    db.expire_all()
    AttendSettings.own(cast.vale_claro().id).overdue_only = False
    db.commit()

    for row in (late, later):
        with cast.by("ana.souza"):
            db.get(Invoice, row.id).settle(Receipt("pix", row.total_cents, time.today()))
    db.commit()
    assert tile(again(bruno, path), "invoices") == (False, "nada pendente")


def test_of_a_carne_the_next_slip_and_how_many_follow(bruno, db, billed):
    carne = db.scalars(select(Carne).order_by(Carne.id).limit(1)).one()
    owner = db.get(Service, carne.service_id)
    mine = select(Invoice).where(Invoice.carne_id == carne.id, Invoice.status == "open").order_by(Invoice.due_on)
    slips = db.scalars(mine).all()
    assert len(slips) > 2
    ticket = Ticket(person_id=owner.person_id, company_id=owner.company_id)
    with cast.by("bruno.reis"):
        [found] = financial.invoices(ticket)
    about = [line for line in found.lines if "do carnê" in line.text]
    assert [line.id for line in about] == [slips[0].id]
    assert f"e mais {len(slips) - 1} parcelas do carnê" in about[0].text


@pytest.mark.feature("A-28")
def test_a_contract_that_is_not_in_force(bruno, db, connection):
    contract = db.scalars(select(Contract).where(Contract.service_id == connection.service_id)).first()
    if contract is None:
        contract = cast.contract(cast.ze())
    db.commit()
    path = stage(bruno, db)
    assert tile(bruno.get(path), "contract") == (False, f"nº {contract.number}, ativo")
    contract.status, contract.cancelled_on = "cancelled", date(2026, 10, 24)  # its door comes with cancellations
    db.commit()
    page = again(bruno, path)
    assert tile(page, "contract") == (True, f"nº {contract.number}, cancelado desde 24/10/2026")
    plan = cast.service(cast.ze()).plan_name
    told = f"O contrato {contract.number} do plano {plan} está cancelado desde 24/10/2026."
    assert told in grid(page, "Cadastrais")
    contract.status, contract.cancelled_on = "active", None
    db.commit()
    assert not tile(again(bruno, path), "contract")[0]


@pytest.mark.feature("A-29", "A-30")
def test_the_group_gives_new_tickets_their_priority(staff, bruno, db, connection):
    davi, ze, base = staff("davi.rocha"), cast.ze(), "/configuracao/grupos-de-clientes"
    add = f"{base}/adicionar"
    assert "Grupo de Pessoas" in davi.get(base).words
    assert davi.post(add, {**davi.get(add).form(add), "name": "Hospitais", "priority": "1"}).status == 303
    group = db.scalars(select(PersonGroup).where(PersonGroup.name == "Hospitais")).one()
    record = f"/clientes/{ze.id}/dados/editar"
    assert bruno.post(record, {**bruno.get(record).form(record), "group_id": str(group.id)}).status == 303
    firm = f"/clientes/{cast.sol().id}/dados/editar"
    assert bruno.post(firm, {**bruno.get(firm).form(firm), "group_id": str(group.id)}).status == 303

    path = stage(bruno, db)
    page = bruno.get(path)
    assert tile(page, "priority") == (False, "alta, grupo Hospitais")
    ticket = f"/atendimentos/{newest(db).id}"
    assert start(bruno, ticket).status == 303
    high = newest(db)
    assert "Prioridade alta" in bruno.get(ticket).words
    edit = f"{base}/{group.id}/editar"
    assert davi.post(edit, {**davi.get(edit).form(edit), "priority": "0"}).status == 303
    assert "Prioridade alta" in bruno.get(ticket).words, "what had begun keeps it"
    other = stage(bruno, db, cast.sol)
    assert tile(bruno.get(other), "priority") == (False, "normal, grupo Hospitais"), "new ones do not"
    told = [row.xpath("string()") for row in bruno.get("/atendimentos?aba=todos&ordem=prioridade").tree.xpath("//tr")]
    high_ones = [row for row in told if "Alta" in row]
    assert told[1 : len(high_ones) + 1] == high_ones, "the high ones stand on top"
    assert any(high.protocol in row for row in high_ones)
    turned = bruno.get("/atendimentos?aba=todos&ordem=-prioridade").tree.xpath("//tbody/tr[last()]")[0]
    assert "Alta" in turned.xpath("string()")


@pytest.mark.feature("A-32")
def test_atualizar_asks_anew_without_leaving(bruno, db, connection, clock):
    path = stage(bruno, db)
    before = bruno.get(path)
    offline(db, connection)
    later = time.local(time.now() + timedelta(minutes=3))
    with clock(later):
        form = before.form(path)
        page = bruno.post(path, form, htmx=True)
        assert page.status == 200
        assert tile(page, "online")[0]
        assert f"hoje às {later:%H:%M}" in page.words
        assert page.tree.xpath("//*[@id='content']"), "what is swapped"
    assert db.query(ExpressCheck).count() == 2


@pytest.mark.feature("A-33")
def test_each_run_is_an_interaction_and_can_be_made_later(bruno, staff, db, connection):
    path = stage(bruno, db)
    ticket = f"/atendimentos/{newest(db).id}"
    assert start(bruno, ticket).status == 303
    assert "fez a consulta expressa: nenhuma pendência" in bruno.get(ticket).words
    offline(db, connection)
    assert path in bruno.get(f"{ticket}/ferramentas").html
    assert bruno.post(path, bruno.get(path).form(path)).status == 303
    words = bruno.get(ticket).words
    assert "fez a consulta expressa: 1 pendência: Online/Offline" in words
    events = db.scalars(select(Event).where(Event.action == "express_check.ran")).all()
    assert len(events) == 2
    assert all(event.ticket_id == newest(db).id for event in events)
    silvia = staff("silvia.maia")
    refused = silvia.post(path, {})
    assert refused.status == 422
    assert "está com Bruno Reis" in refused.words
    assert "está com Bruno Reis" in silvia.get(path).words, "the reason stands in the button's place"
    assert db.query(ExpressCheck).count() == 2


def test_a_draft_asks_only_once_it_is_identified(bruno, staff, db):
    ticket = begun(bruno, db)
    answer = bruno.post(f"{ticket}/consulta-expressa", {})
    assert answer.status == 422
    assert "primeira etapa" in answer.words
    assert db.query(ExpressCheck).count() == 0
    identify(bruno, ticket)
    refused = staff("silvia.maia").post(f"{ticket}/consulta-expressa", {})
    assert refused.status == 422
    assert "outra pessoa" in refused.words


def test_without_a_kept_one_the_stage_asks_by_itself(bruno, db, database, connection):
    """A draft identified before there was a query: the page posts as it opens, and has a button without script."""
    path = stage(bruno, db)
    base = newest(db)
    db.execute(
        text("drop trigger express_check_no_delete" + (" on express_check" if database.name != "sqlite" else ""))
    )
    db.execute(delete(ExpressCheck).where(ExpressCheck.ticket_id == base.id))
    db.commit()
    page = bruno.get(path)
    [form] = page.tree.xpath(f"//form[@hx-post='{path}']")
    assert "load" in form.get("hx-trigger")
    assert "Consultar" in page.words
    assert db.query(ExpressCheck).count() == 0, "a page only reads"
    assert len(tiles(again(bruno, path))) == 9


@pytest.mark.postgresql
@pytest.mark.parametrize("broken", ["raises", "statement"])
def test_a_source_that_fails_says_so_and_breaks_no_other(bruno, db, connection, monkeypatch, broken):
    def fail(ticket):
        if broken == "statement":
            db.execute(text("select nothing from nowhere"))
        raise RuntimeError("the network does not answer")

    sources = [source._replace(ask=fail) if "outage" in source.keys else source for source in asking.SOURCES["express"]]
    monkeypatch.setitem(asking.SOURCES, "express", tuple(sources))
    page = bruno.get(stage(bruno, db))
    assert tile(page, "outage") == (False, "não respondeu")
    assert len(tiles(page)) == 9
    assert tile(page, "online")[1].startswith("online desde")
    assert tile(page, "invoices") == (False, "nada pendente")


@pytest.mark.postgresql
@pytest.mark.parametrize("rows", [0, 12])
def test_a_fixed_number_of_statements(bruno, db, connection, count_queries, rows):
    """However much there is to find: of the query itself, and of the stage that shows it."""
    for number in range(rows):
        owes(cast.service(cast.ze()), time.today() - timedelta(days=40 + number))
        with cast.by("bruno.reis"):
            cast.ticket(cast.ze(), "Lentidão", f"Lento {number}.")
    offline(db, connection)
    path = stage(bruno, db)
    ticket = newest(db)
    db.expire_all()
    ticket = db.get(Ticket, ticket.id)
    with cast.by("bruno.reis"), count_queries() as queries:
        asking.look_up(ticket)
    assert len(queries) <= 18, len(queries)
    with count_queries() as queries:
        bruno.get(path)
    assert len(queries) <= 9, queries


@pytest.mark.feature("C-58", "B-24")
def test_the_diagnostics_of_the_quick_form_are_kept_beside_todays(bruno, db, connection):
    service = cast.service(cast.ze())
    assert bruno.post(f"/servicos/{service.id}/atendimentos").status == 303
    ticket = f"/atendimentos/{newest(db).id}"
    form = f"{ticket}/abertura"
    typed = {"kind_id": str(cast.ticket_kind().id), "status": "pending", "report": "Caiu agora."}
    assert bruno.post(form, {**bruno.get(form).form(form), **typed}).status == 303
    path = f"{ticket}/consulta-expressa"
    assert "guardou os diagnósticos do serviço" in bruno.get(ticket).words
    page = bruno.get(path)
    assert page.h1 == "Diagnósticos do Serviço"
    for title in (
        "Tráfego Tempo Real",
        "Extrato de Conexões",
        "Autenticações na Última Semana",
        "Status e Período",
        "Status da Conexão",
        "Ordens de Serviço dos últimos três meses",
        "Faturas Vencidas",
    ):
        assert title in page.words, title
    assert "Nada mudou" in page.words
    kept = db.scalars(select(ExpressCheck)).one()
    taken = f"{time.local(kept.taken_at):%d/%m/%Y %H:%M}"
    assert f"Em {taken}" in page.words, "with the time they were taken"

    offline(db, connection)
    late = owes(service, time.today() - timedelta(days=40))
    db.commit()
    page = bruno.get(path)
    rows = {row.xpath("string(th)").strip(): row for row in page.tree.xpath("//tbody/tr[th]")}
    status = rows["Status da Conexão"]
    assert "online desde" in status.xpath("string(td[1])"), "as it was"
    assert "offline desde" in status.xpath("string(td[2])"), "as it is"
    assert "mudou" in status.xpath("string(td[3])")
    assert f"Fatura {late.number}" in rows["Faturas Vencidas"].xpath("string(td[2])")
    assert f"Fatura {late.number}" not in rows["Faturas Vencidas"].xpath("string(td[1])")
    assert "igual" in rows["Status e Período"].xpath("string(td[3])")


@pytest.mark.feature("B-24")
def test_the_express_query_of_the_opening_stands_beside_todays(bruno, db, connection):
    path = stage(bruno, db)
    ticket = f"/atendimentos/{newest(db).id}"
    assert start(bruno, ticket).status == 303
    assert "Nada mudou" in bruno.get(path).words
    connection.applied("blocked", "Falta Pagamento")
    db.commit()
    page = bruno.get(path)
    rows = {row.xpath("string(th)").strip(): row for row in page.tree.xpath("//tbody/tr[th]")}
    assert "liberada" in rows["Bloqueio"].xpath("string(td[1])")
    assert "bloqueada" in rows["Bloqueio"].xpath("string(td[2])")
    assert "mudou" in rows["Bloqueio"].xpath("string(td[3])")
    assert "igual" in rows["Redução"].xpath("string(td[3])")
    assert "1 diferença" in page.words


def test_who_does_not_see_money_does_not_read_it_here(bruno, staff, db, connection):
    late = owes(cast.service(cast.ze()), time.today() - timedelta(days=40))
    db.commit()
    path = stage(bruno, db)
    ticket = f"/atendimentos/{newest(db).id}"
    assert start(bruno, ticket).status == 303
    assert f"Fatura pendente {late.number}" in bruno.get(path).words
    words = staff("wagner.luis").get(path).words
    assert f"Fatura pendente {late.number}" not in words
    assert "quem tem acesso ao Financeiro" in words


@pytest.mark.postgresql
@pytest.mark.parametrize("change", ["update express_check set matters = 9", "delete from express_check"])
def test_a_run_is_never_rewritten(bruno, db, connection, change):
    stage(bruno, db)
    with pytest.raises(DatabaseError, match="append-only"):
        db.execute(text(change))
    db.rollback()


def test_a_run_of_the_former_customer_is_not_shown_for_the_next(bruno, db, connection):
    offline(db, connection)
    path = stage(bruno, db)
    ticket = newest(db)
    with cast.by("bruno.reis"):
        ticket.change_customer(cast.maria())
    db.commit()
    identify(bruno, f"/atendimentos/{ticket.id}", report="Outra pessoa.")
    assert connection.login not in bruno.get(path).words


@pytest.mark.postgresql
def test_a_run_follows_its_ticket_into_another_company(staff, bruno, db):
    """The record of a customer without service moves, and with it ticket and run; what it says stays (B-03)."""
    with cast.by("silvia.maia"):
        person = Person.register(ALONE, {"mobile": "37998123456"}, cast.vale_claro().id)
    db.commit()
    stage(bruno, db, lambda: person, service_id="")
    before = db.scalars(select(ExpressCheck)).one().findings
    silvia, path = staff("silvia.maia"), f"/clientes/{person.id}/correcoes/empresa"
    moved = {"company_id": str(cast.serra_azul().id), "reason": "Mora na área da outra empresa."}
    assert silvia.post(path, {**silvia.get(path).form(path), **moved}).status == 303
    db.expire_all()
    kept = db.scalars(select(ExpressCheck)).one()
    assert (kept.company_id, kept.findings) == (cast.serra_azul().id, before)


ALONE = {"kind": "individual", "document": "39053344705", "name": "Aurora Lima", "birth_date": None}


@pytest.mark.postgresql
def test_what_is_kept_is_of_the_tickets_company_alone(staff, db):
    """Whoever works in all companies asks no more for the ticket of one than who reads it there may know."""
    silvia = staff("silvia.maia")
    path = stage(silvia, db)
    with cast.by("silvia.maia"):
        other = field.order(cast.ze(), "Instalação", "De outra empresa")
        other.service_id = None
        other.company_id = cast.serra_azul().id
        mine = field.order(cast.ze(), "Instalação", "Desta empresa")
    db.commit()
    words = again(silvia, path).words
    assert f"OS {mine.number}" in words
    assert f"OS {other.number} " not in words
    told = db.scalars(select(Event).where(Event.action == "express_check.ran")).all()
    assert all("Financeiro" not in event.data["result"] for event in told)
