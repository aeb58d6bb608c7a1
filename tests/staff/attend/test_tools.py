"""Tools of a ticket: its menu, and the customer's panel and record from inside it (A-44, A-46, A-47)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models import clock
from models.billing import Charge, Invoice
from models.billing.issue import issue_alone
from models.catalog import ChargeKind
from models.history import Event
from models.operators import Operator, Role
from models.people import Contact, Person
from models.tickets import Ticket
from tests import cast


@pytest.fixture
def rafael(staff):
    """Comercial: sells, charges, changes records."""
    return staff("rafael.teixeira")


@pytest.fixture
def ticket(db) -> Ticket:
    """Of Dona Rita, who owes; held by Rafael."""
    with cast.by("rafael.teixeira"):
        row = cast.ticket(cast.rita(), "Sem acesso à internet", "Quer pagar.")
        row.claim()
    db.commit()
    return row


def at(ticket, more="") -> str:
    return f"/atendimentos/{ticket.id}{more}"


def inside(path, ticket) -> str:
    return f"{path}?atendimento={ticket.id}"


def panel(visitor, ticket):
    return visitor.get(at(ticket, "/painel-do-cliente"))


def entries(db, ticket) -> list[str]:
    db.expire_all()
    return list(db.scalars(select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.id)))


def without(db, login, *permissions) -> None:
    role = db.scalars(select(Role).join(Operator, Operator.role_id == Role.id).where(Operator.login == login)).one()
    role.permissions = [name for name in role.permissions if name not in permissions]
    db.commit()


def owes(db, times=1) -> int:
    """Dona Rita owes for a visit: the number of the row of the invoice."""
    kind = db.scalars(select(ChargeKind).order_by(ChargeKind.id).limit(1)).one()
    with cast.by("rafael.teixeira"):
        for _ in range(times):
            day = clock.today("America/Sao_Paulo")
            charge = Charge.add(
                cast.service(cast.rita()),
                kind,
                description="Visita técnica",
                amount_cents=5000,
                discount_cents=0,
                due_on=day,
            )
            id = issue_alone(charge)
    db.commit()
    return id


# ---- Painel do Cliente


@pytest.mark.feature("A-46")
def test_the_panel_opens_without_losing_the_ticket(staff, db, ticket):
    ana, invoice = staff("ana.souza"), db.get(Invoice, owes(db))
    claimed = ana.get(at(ticket))
    ana.post(at(ticket, "/resgate"), claimed.form(at(ticket, "/resgate")))
    head = ana.get(at(ticket))
    tab = head.tree.xpath("//nav[@aria-label='Partes do atendimento']//a[normalize-space()='Painel do Cliente']")[0]
    assert tab.get("href") == at(ticket, "/painel-do-cliente")
    page = ana.get(tab.get("href"))
    assert page.h1 == head.h1  # the same ticket: head, rail and tabs stay
    assert ticket.protocol in page.words
    assert "responsável desde" in page.words
    for words in ("Em aberto", str(invoice.number), "Fibra 500 Mbps", "Contratos", "Como cada serviço é cobrado"):
        assert words in page.words, words
    for act in (f"/faturas/{invoice.id}/impressao", f"/faturas/{invoice.id}/recebimento"):
        assert inside(act, ticket) in page.html, act
    receive = inside(f"/faturas/{invoice.id}/recebimento", ticket)
    form = ana.get(receive)
    assert "Você está dentro do atendimento" in form.words
    before = entries(db, ticket)
    done = ana.post(receive, form.form(receive))
    assert (done.status, done.location) == (303, at(ticket, "/painel-do-cliente"))
    db.expire_all()
    assert db.get(Invoice, invoice.id).status == "paid"
    assert len(entries(db, ticket)) > len(before)
    assert f"registrou o pagamento da fatura {invoice.number}" in ana.get(at(ticket)).words
    after = ana.follow(done)
    assert "Nenhuma fatura em aberto" in after.words
    assert "Encerradas" in after.words


def test_with_htmx_one_comes_back_too(rafael, db, ticket):
    person = cast.rita()
    path = inside(f"/clientes/{person.id}/etiquetas", ticket)
    done = rafael.post(path, rafael.get(path).form(path), htmx=True)
    assert (done.status, done.location) == (204, at(ticket, "/cadastro-do-cliente"))


def test_a_contract_is_opened_from_inside(rafael, db, ticket):
    """2ª via and contract open in a tab of their own, and stand in the ticket."""
    contract = cast.contract(cast.service(cast.rita()))
    page = panel(rafael, ticket)
    path = inside(f"/contratos/{contract.id}/impressao", ticket)
    assert path in page.html
    assert rafael.post(path).status in (200, 303)
    assert any(name.startswith("contract.") for name in entries(db, ticket))
    edit = inside(f"/contratos/{contract.id}/editar", ticket)
    assert edit in page.html
    done = rafael.post(edit, rafael.get(edit).form(edit))
    assert done.location == at(ticket, "/painel-do-cliente")


@pytest.mark.feature("A-44")
def test_who_does_not_hold_it_only_reads_there(staff, db, ticket):
    silvia, invoice = staff("silvia.maia"), db.get(Invoice, owes(db))
    page = panel(silvia, ticket)
    assert "está com Rafael Teixeira desde" in page.words
    assert str(invoice.number) in page.words
    assert f"/faturas/{invoice.id}/recebimento" not in page.html
    assert inside(f"/faturas/{invoice.id}", ticket) in page.html  # looking is open
    shown = silvia.get(inside(f"/faturas/{invoice.id}", ticket))
    assert "Receber no balcão" not in shown.words
    assert "Para agir nele, clique em Resgatar" in shown.words
    receive = f"/faturas/{invoice.id}/recebimento"
    form = silvia.get(receive)  # outside of the ticket, as ever
    assert form.status == 200
    for answer in (
        silvia.get(inside(receive, ticket)),
        silvia.post(inside(receive, ticket), form.form(receive)),
        silvia.post(inside(receive, ticket), form.form(receive), htmx=True),
    ):
        assert answer.status == 422
        assert "está com Rafael Teixeira" in answer.words
        assert at(ticket) in answer.html
    db.expire_all()
    assert db.get(Invoice, invoice.id).status == "open"
    assert silvia.post(inside(f"/faturas/{invoice.id}/impressao", ticket)).status in (200, 303)  # reading


def test_one_tool_each_by_its_permission(staff, db, ticket):
    """Suporte reads what is owed and receives nothing; who reads no invoices sees none."""
    bruno, invoice = staff("bruno.reis"), db.get(Invoice, owes(db))
    bruno.post(at(ticket, "/resgate"), bruno.get(at(ticket)).form(at(ticket, "/resgate")))
    page = panel(bruno, ticket)
    assert str(invoice.number) in page.words
    assert "recebimento" not in page.html
    assert bruno.get(inside(f"/faturas/{invoice.id}/recebimento", ticket)).status == 403
    joao = staff("joao.alcantara")
    page = panel(joao, ticket)
    assert page.status == 200
    assert "Seu perfil não vê o financeiro" in page.words
    assert "Em aberto" not in page.words
    assert "Contratos" not in page.words
    assert "Fibra 500 Mbps" in page.words


def test_a_ticket_of_another_customer_is_not_there(rafael, staff, db, ticket):
    """Neither the page nor an entry: what is done to somebody else is none of this ticket."""
    ze, before = cast.ze(), entries(db, ticket)
    for path in (f"/clientes/{ze.id}", f"/clientes/{ze.id}/dados", f"/clientes/{ze.id}/financeiro"):
        assert rafael.get(path).status == 200
        assert rafael.get(inside(path, ticket)).status == 404, path
    service = cast.service(ze)
    assert rafael.get(inside(f"/servicos/{service.id}/contratos", ticket)).status == 404
    contract = cast.contract(service)
    path = f"/contratos/{contract.id}/editar"
    assert rafael.post(inside(path, ticket), rafael.get(path).form(path)).status in (303, 404)
    assert entries(db, ticket) == before
    celia = staff("celia.prado")  # of the other company: the ticket is not there
    assert celia.get(inside(f"/clientes/{cast.cooperative().id}", ticket)).status == 404
    assert celia.get(at(ticket, "/painel-do-cliente")).status == 404
    assert rafael.get(inside(f"/clientes/{cast.rita().id}", ticket).replace(str(ticket.id), "x")).status == 200
    without(db, "rafael.teixeira", "tickets.read")
    assert rafael.get(inside(f"/clientes/{cast.rita().id}", ticket)).status == 404


def test_outside_nothing_carries_a_ticket(rafael, db, ticket):
    """Addresses are kept for everybody: those of the inside must not be among them."""
    panel(rafael, ticket)
    rafael.get(inside(f"/clientes/{cast.rita().id}", ticket))
    for path in (f"/clientes/{cast.rita().id}", f"/clientes/{cast.rita().id}/financeiro", "/clientes", at(ticket)):
        page = rafael.get(path)
        carried = [href for href in page.tree.xpath("//@href | //@action | //@hx-post") if "atendimento=" in href]
        of_tools = ("/historicos?", "/pabx?", "/pedidos-de-telefonia/novo?")
        assert all(any(end in href for end in of_tools) for href in carried), (path, carried)
        assert "Você está dentro do atendimento" not in page.words


@pytest.mark.parametrize("invoices", [1, 12])
def test_a_fixed_number_of_statements(rafael, db, ticket, count_queries, invoices):
    owes(db, invoices)
    panel(rafael, ticket)
    with count_queries() as queries:
        panel(rafael, ticket)
    assert len(queries) == 22, queries


# ---- Cadastro do Cliente


@pytest.mark.feature("A-47")
def test_the_record_is_updated_from_inside(rafael, db, ticket):
    rita = cast.rita()
    page = rafael.get(at(ticket, "/cadastro-do-cliente"))
    assert page.status == 200
    assert ticket.protocol in page.words
    assert rita.name in page.words
    assert cast.RITA not in page.html  # masked, as everywhere
    edit = inside(f"/clientes/{rita.id}/dados/editar", ticket)
    assert edit in page.html
    form = rafael.get(edit).form(edit)
    refused = rafael.post(edit, {**form, "mobile": "1"})
    assert refused.status == 422
    assert edit in refused.html  # still inside
    done = rafael.post(edit, {**form, "mobile": "(37) 98888-7777"})
    assert (done.status, done.location) == (303, at(ticket, "/cadastro-do-cliente"))
    assert "(37) 98888-7777" in rafael.follow(done).words
    said = "alterou o cadastro: celular"
    assert said in rafael.get(at(ticket)).words
    assert said in rafael.get(f"/clientes/{rita.id}/historicos").words
    event = db.scalars(select(Event).where(Event.action == "person.details_changed").order_by(Event.id.desc())).first()
    assert (event.person_id, event.ticket_id) == (rita.id, ticket.id)
    assert db.scalar(select(Contact.value).where(Contact.person_id == rita.id, Contact.kind == "mobile"))[-4:] == "7777"


@pytest.mark.feature("A-47")
def test_the_record_needs_rescue_inside_and_none_outside(staff, db, ticket):
    silvia, rita = staff("silvia.maia"), cast.rita()
    for answer in (
        silvia.get(at(ticket, "/cadastro-do-cliente")),
        silvia.get(inside(f"/clientes/{rita.id}/dados/editar", ticket)),
    ):
        assert answer.status == 422
        assert "está com Rafael Teixeira" in answer.words
    path = f"/clientes/{rita.id}/dados/editar"
    form = silvia.get(path).form(path)
    changed = {**form, "mobile": "(37) 98888-6666"}
    assert silvia.post(inside(path, ticket), changed).status == 422
    before = entries(db, ticket)
    assert silvia.post(path, changed).location == f"/clientes/{rita.id}/dados"
    assert entries(db, ticket) == before  # not done from inside
    joao = staff("joao.alcantara")
    assert joao.get(inside(path, ticket)).status == 403


def test_the_record_inside_is_for_who_sees_tickets(rafael, db, ticket):
    without(db, "rafael.teixeira", "tickets.read", "tickets.attend")
    assert rafael.get(at(ticket, "/cadastro-do-cliente")).status == rafael.get(at(ticket)).status == 403
    assert rafael.get(f"/clientes/{ticket.person_id}/dados").status == 200


def test_of_two_who_edit_the_second_stays_inside(rafael, db, ticket):
    rita = cast.rita()
    path = f"/clientes/{rita.id}/dados/editar"
    form = rafael.get(inside(path, ticket)).form(inside(path, ticket))
    rafael.post(path, {**rafael.get(path).form(path), "mobile": "(37) 98888-5555"})
    late = rafael.post(inside(path, ticket), {**form, "mobile": "(37) 98888-4444"})
    assert late.status == 409
    assert not late.tree.xpath(f"//main//a[@href='{path}']")


# ---- Ferramentas


def tool(page, label):
    return page.tree.xpath(f"//*[contains(@class, 'tool')][span[starts-with(normalize-space(), '{label}')]]")[0]


@pytest.mark.feature("A-44")
def test_every_tool_keeps_its_place_with_its_reason(rafael, staff, db, ticket):
    for page in (rafael.get(at(ticket)), rafael.get(at(ticket, "/ferramentas"))):
        headings = [each.text_content() for each in page.tree.xpath("//*[@class='tool-grid']//h2")]
        groups = ["Ferramentas Técnicas", "Atendimento", "Ferramentas Financeiras", "Ferramentas do CRM"]
        assert headings == [*groups, "Ordens de Serviço", "Consultas"]
        off = page.tree.xpath("//*[contains(@class, 'tool')][@aria-disabled]")
        assert [each.text_content().partition("Seu perfil")[0].strip() for each in off] == [
            "Agendar Ordem de Serviço",
            "Cancelar Agendamento",
            "Encerrar O.S.",
        ]  # who sells opens orders and does no more with them
        assert tool(page, "Painel do Cliente").get("href") == at(ticket, "/painel-do-cliente")
        assert tool(page, "Cadastro do Cliente").get("href") == at(ticket, "/cadastro-do-cliente")
        assert rafael.get(tool(page, "Históricos").get("href")).status == 200
    assert page.h1 == "Ferramentas"
    silvia = staff("silvia.maia")
    page = silvia.get(at(ticket, "/ferramentas"))
    acts = ("Encaminhar Atendimento", "Pausar o prazo", "Alterar contrato", "Finalizar", "Cadastro do Cliente")
    for label in (*acts, "Lançar no Planner"):
        held = tool(page, label)
        assert (held.get("aria-disabled"), held.get("tabindex"), held.get("href")) == ("true", "0", None), label
        assert "está com Rafael Teixeira desde" in held.text_content(), label
    assert tool(page, "Painel do Cliente").get("href")
    joao = staff("joao.alcantara")
    page = joao.get(at(ticket, "/ferramentas"))
    assert "Peça à supervisão" in tool(page, "Encaminhar").text_content()
    assert "Peça à supervisão" in tool(page, "Lançar no Planner").text_content()
    assert joao.get(tool(page, "Painel PABX").get("href")).status == 200


def test_the_clock_is_stopped_or_goes_on(rafael, db, ticket):
    path = at(ticket, "/pausa")
    assert tool(rafael.get(at(ticket)), "Pausar o prazo").get("href") == path
    rafael.post(path, {**rafael.get(path).form(path), "reason": "Espera o banco"})
    page = rafael.get(at(ticket, "/ferramentas"))
    assert "Espera o banco" in tool(page, "Retomar o prazo").text_content()
    assert not page.tree.xpath("//a[contains(@class, 'tool')][contains(., 'Pausar o prazo')]")
    assert rafael.get(path).status == 422  # asked by the same question
    assert rafael.post(at(ticket, "/pausa/fim"), page.form(at(ticket, "/pausa/fim"))).status == 303
    assert rafael.post(at(ticket, "/pausa/fim"), {}).status == 422


def test_no_tools_where_nothing_can_be_done(rafael, db, ticket):
    with cast.by("rafael.teixeira"):
        db.get(Ticket, ticket.id).close(cast.closing_classification())
    db.commit()
    page = rafael.get(at(ticket))
    assert not page.tree.xpath("//*[@popovertarget='tools']")
    read = panel(rafael, ticket)
    assert read.status == 200
    assert "Este atendimento está finalizado" in read.words
    assert "Resgatar" not in read.words


def test_the_cast_has_no_ticket_of_two_customers(db):
    """Every entry of a ticket is about its customer."""
    rows = select(func.count(Event.id)).join(Ticket, Ticket.id == Event.ticket_id)
    assert db.scalar(rows.where(Event.person_id != Ticket.person_id)) == 0
    assert db.scalar(select(func.count(Person.id))) > 0
