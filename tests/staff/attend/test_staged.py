"""The staged form: who calls and about what, process, Iniciar Atendimento; and the table that counts (A-06 to A-42)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.contracts import Contract
from models.history import Event
from models.people import Person
from models.scope import TODAS
from models.tickets import Comment, Ticket
from models.wording import near
from models.workflows import AttendSettings, SlaTable
from tests import cast


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


def newest(db) -> Ticket:
    db.expire_all()
    return db.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()


def begun(visitor, db, of=cast.ze) -> str:
    """The protocol is there as soon as the customer is chosen; the address of the ticket."""
    assert visitor.post(f"/clientes/{of().id}/atendimentos/etapas").status == 303
    return f"/atendimentos/{newest(db).id}"


def identify(visitor, ticket, **typed):
    path = f"{ticket}/identificacao"
    values = {"contact_origin_id": str(cast.contact_origin().id), "report": "Cai com vento."}
    return visitor.post(path, {**visitor.get(path).form(path), **values, **typed})


def start(visitor, ticket, **typed):
    path = f"{ticket}/inicio"
    values = {"process_id": str(cast.process().id)}
    return visitor.post(path, {**visitor.get(path).form(path), **values, **typed})


def offered(visitor, ticket, field, page="identificacao") -> list[str]:
    found = visitor.get(f"{ticket}/{page}").tree.xpath(f"//select[@name='{field}']/option/@value")
    return [value for value in found if value]


@pytest.mark.feature("A-06", "D-23")
def test_a_customer_by_name_document_or_code(bruno, db):
    ze = cast.ze()
    for typed in ("jose antonio", cast.ZE, f"{cast.ZE[:3]}.{cast.ZE[3:6]}.{cast.ZE[6:9]}-{cast.ZE[9:]}", str(ze.id)):
        assert f"/clientes/{ze.id}/atendimentos/etapas" in bruno.post("/atendimentos/novo", {"q": typed}).html, typed
    ticket = begun(bruno, db)
    assert newest(db).protocol in bruno.get(f"{ticket}/identificacao").words
    assert newest(db).service_id is None


@pytest.mark.feature("A-08", "A-09")
def test_connection_and_contract_of_this_customer(bruno, db):
    ticket, mine = begun(bruno, db, cast.sol), cast.service(cast.sol())
    theirs = cast.service(cast.maria())
    owner = cast.service(cast.cooperative())
    foreign = db.scalars(select(Contract).where(Contract.service_id == owner.id)).first()
    assert str(mine.id) in offered(bruno, ticket, "service_id")
    assert str(theirs.id) not in offered(bruno, ticket, "service_id")
    assert str(foreign.id) not in offered(bruno, ticket, "contract_id")
    assert "uma conexão deste cliente" in identify(bruno, ticket, service_id=str(theirs.id)).words
    assert "um contrato deste cliente" in identify(bruno, ticket, contract_id=str(foreign.id)).words
    assert identify(bruno, ticket, service_id="", contract_id="").status == 303
    assert (newest(db).service_id, newest(db).contract_id) == (None, None)


@pytest.mark.feature("A-10")
def test_the_connection_brings_its_contract(bruno, db):
    ticket = begun(bruno, db, cast.sol)
    path = f"{ticket}/identificacao"
    numbers = {}
    for service in cast.sol().id and [cast.service(cast.sol(), name) for name in plans(db, cast.sol())]:
        contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).first()
        form = {**bruno.get(path).form(path), "service_id": str(service.id), "redesenhar": "1"}
        numbers[service.id] = bruno.post(path, form).form(path)["contract_id"]
        assert numbers[service.id] == str(contract.id)
    assert len(set(numbers.values())) == 2  # it changes with the connection
    service_id = next(iter(numbers))
    assert identify(bruno, ticket, service_id=str(service_id), contract_id="").status == 303
    assert str(newest(db).contract_id) == numbers[service_id]


def plans(db, person) -> list[str]:
    from models.services import Service

    return list(db.scalars(select(Service.plan_name).where(Service.person_id == person.id).order_by(Service.id)))


@pytest.mark.feature("A-11", "A-12", "A-13", "A-14")
@pytest.mark.parametrize("operator", ["TODAS", "Vale Claro"])
@pytest.mark.parametrize("person", ["TODAS", "Vale Claro"])
def test_the_matrix_of_the_company(staff, db, operator, person):
    here, other = cast.vale_claro().id, cast.serra_azul().id
    ze = db.get(Person, cast.ze().id)
    ze.company_id = TODAS if person == "TODAS" else here
    db.commit()
    visitor = staff("davi.rocha") if operator == "TODAS" else staff("bruno.reis")
    ticket = begun(visitor, db)
    page = visitor.get(f"{ticket}/identificacao")
    if (operator, person) == ("TODAS", "TODAS"):
        assert page.form(f"{ticket}/identificacao")["company_id"] == ""
        assert "Escolha a empresa" in identify(visitor, ticket).words
        assert identify(visitor, ticket, company_id="0").status == 422
        assert identify(visitor, ticket, company_id=str(other)).status == 303
        assert newest(db).company_id == other
        return
    shown = page.tree.xpath("//input[@id='company' and @readonly]/@value")
    assert shown == ["TODAS" if person == "TODAS" else "Vale Claro Telecom"]
    assert identify(visitor, ticket, company_id=str(other)).status == 303  # a forged value is ignored
    assert newest(db).company_id == (TODAS if person == "TODAS" else here)


@pytest.mark.feature("A-15", "A-16", "A-17", "A-18")
def test_origin_technician_report_and_address(bruno, db):
    ticket = begun(bruno, db)
    assert "Escolha a origem" in identify(bruno, ticket, contact_origin_id="").words
    assert "Escreva o relato" in identify(bruno, ticket, report=" ").words
    by_technician = str(cast.contact_origin("Através de um técnico").id)
    refused = identify(bruno, ticket, contact_origin_id=by_technician, technician_id="")
    assert refused.status == 422
    assert "técnico responsável" in refused.words
    everybody = offered(bruno, ticket, "technician_id")
    assert {str(cast.operator(login).id) for login in ("ana.souza", "wagner.luis", "celia.prado")} <= set(everybody)
    wagner = cast.operator("wagner.luis").id
    assert identify(bruno, ticket, technician_id=str(wagner)).status == 303
    assert newest(db).technician_id is None  # asked only of that origin
    assert identify(bruno, ticket, contact_origin_id=by_technician, technician_id=str(wagner)).status == 303
    assert newest(db).technician_id == wagner
    service = cast.service(cast.ze())
    of_customer = bruno.get(f"{ticket}/identificacao").words
    assert "do cliente" in of_customer
    path = f"{ticket}/identificacao"
    form = {**bruno.get(path).form(path), "service_id": str(service.id), "redesenhar": "1"}
    page = bruno.post(path, form).words
    assert "da conexão" in page
    assert service.address("installation").text in page


@pytest.mark.feature("A-34", "A-38", "A-40", "A-41")
def test_the_clock_starts_with_iniciar_and_only_once(bruno, db):
    ticket = begun(bruno, db)
    assert bruno.get(f"{ticket}/inicio").status == 422  # not before the first stage
    identify(bruno, ticket)
    row = newest(db)
    assert (row.due_at, row.started_at, row.status) == (None, None, "draft")
    assert bruno.post(f"{ticket}/comentarios", {"body": "Oi", "visibility": "internal"}).status == 422  # no tools yet
    assert "Escolha um processo" in start(bruno, ticket, process_id="").words
    closing = str(cast.closing_classification().id)
    assert closing not in offered(bruno, ticket, "opening_classification_id", "inicio")
    assert "classificação de abertura" in start(bruno, ticket, opening_classification_id=closing).words
    assert start(bruno, ticket, opening_classification_id="").status == 422
    second = bruno.get(f"{ticket}/inicio").form(f"{ticket}/inicio")
    assert start(bruno, ticket, body="Cliente avisado.", visibility="subscriber").status == 303
    row = newest(db)
    assert row.due_at > row.started_at
    assert row.assignee_id == cast.operator("bruno.reis").id
    first = db.scalars(select(Comment).where(Comment.ticket_id == row.id)).one()
    assert (first.body, first.visibility) == ("Cliente avisado.", "subscriber")
    assert "Encaminhar Atendimento" in bruno.get(ticket).words
    again = bruno.post(f"{ticket}/inicio", {**second, "process_id": str(cast.process("Financeiro").id)})
    assert again.status in (409, 422)
    starts = select(func.count(Event.id)).where(Event.action == "ticket.started", Event.ticket_id == row.id)
    assert db.scalar(starts) == 1


@pytest.mark.postgresql
def test_start_pressed_twice_at_once(bruno, staff, db, race):
    ticket = begun(bruno, db)
    identify(bruno, ticket)
    both = [bruno, staff("bruno.reis")]
    path = f"{ticket}/inicio"
    forms = [{**one.get(path).form(path), "process_id": str(cast.process().id)} for one in both]
    answers = race(2, lambda i: both[i].post(path, forms[i]))
    assert sorted(answer.status for answer in answers)[0] == 303
    assert sorted(answer.status for answer in answers)[1] in (409, 422)
    id = newest(db).id
    starts = select(func.count(Event.id)).where(Event.action == "ticket.started", Event.ticket_id == id)
    assert db.scalar(starts) == 1


def test_what_it_says_beforehand_is_what_it_does(staff, db, clock):
    """In the hours of the contract's table: eight open hours from Tuesday 10:00 end on Wednesday at 09:00."""
    contract = db.scalars(select(Contract).where(Contract.service_id == cast.service(cast.ze()).id)).first()
    contract.sla_table_id = db.scalars(select(SlaTable.id).where(SlaTable.name == "SLA empresarial")).one()
    db.commit()
    with clock("2026-12-01 10:00"):
        bruno = staff("bruno.reis")
        ticket = begun(bruno, db)
        identify(bruno, ticket)
        drawn = {"process_id": str(cast.process().id), "redesenhar": "1"}
        said = bruno.post(f"{ticket}/inicio", drawn).tree.xpath("string(//p[@class='figure'])")
        assert start(bruno, ticket).status == 303
        row = newest(db)
        assert near(row.due_at, row.zone) == said


@pytest.mark.feature("A-42")
def test_defaults_are_proposed_and_may_be_changed(bruno, staff, db):
    davi = staff("davi.rocha")
    path = "/configuracao/padroes-do-atendimento/todas/editar"
    whatsapp = cast.contact_origin("WhatsApp")
    answer = davi.get(path)
    form = answer.form(path)
    assert davi.post(path, {**form, "contact_origin_id": str(whatsapp.id)}).status == 303
    ticket = begun(bruno, db)
    page = bruno.get(f"{ticket}/identificacao").form(f"{ticket}/identificacao")
    assert page["contact_origin_id"] == str(whatsapp.id)
    identify(bruno, ticket, contact_origin_id=str(cast.contact_origin("Telefone").id))
    assert newest(db).contact_origin_id == cast.contact_origin("Telefone").id
    proposed = bruno.get(f"{ticket}/inicio").form(f"{ticket}/inicio")["opening_classification_id"]
    assert proposed == str(cast.opening_classification().id)


@pytest.mark.feature("A-37", "D-15")
def test_the_table_of_the_contract_counts(bruno, staff, db):
    """Two contracts with different tables, one process: two deadlines; without contract the default, and later anew."""
    quick = SlaTable(
        name="SLA de teste",
        company_id=TODAS,
        **{f"{kind}_minutes": 60 for kind in ("preventive", "emergency", "corrective", "doubt", "activation", "other")},
    )
    with cast.by("davi.rocha"):
        quick.create()
    service = cast.service(cast.ze())
    contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).first()
    contract.sla_table_id = quick.id
    db.commit()
    fast = begun(bruno, db)
    identify(bruno, fast, service_id=str(service.id))
    assert (
        "SLA de teste" in bruno.post(f"{fast}/inicio", {"process_id": str(cast.process().id), "redesenhar": "1"}).words
    )
    start(bruno, fast)
    row = newest(db)
    assert row.due_at - row.started_at == timedelta(minutes=60)
    slow = begun(bruno, db)
    identify(bruno, slow)
    assert "SLA padrão" in bruno.get(f"{slow}/inicio").words
    start(bruno, slow)
    row = newest(db)
    assert row.due_at - row.started_at == timedelta(minutes=1440)
    path = f"{slow}/contrato"
    foreign = db.scalars(select(Contract).where(Contract.id != contract.id)).first()
    form = bruno.get(path).form(path)
    assert bruno.post(path, {**form, "contract_id": str(foreign.id)}).status == 422
    assert bruno.post(path, {**form, "contract_id": str(contract.id)}).status == 303
    row = newest(db)
    assert row.due_at - row.started_at == timedelta(minutes=60)
    assert "mudou o prazo de" in bruno.get(slow).words


@pytest.mark.feature("A-120")
def test_a_contract_carries_table_and_ladder(staff, db):
    ana = staff("silvia.maia")
    service = cast.service(cast.ze())
    contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).first()
    table, ladder = db.scalars(select(SlaTable).order_by(SlaTable.id.desc())).first(), cast.ladder()
    path = f"/contratos/{contract.id}/editar"
    form = ana.get(path).form(path)
    assert ana.post(path, {**form, "sla_table_id": "999999"}).status == 422
    assert ana.post(path, {**form, "sla_table_id": str(table.id), "dunning_rule_id": str(ladder.id)}).status == 303
    db.expire_all()
    assert (contract.sla_table_id, contract.dunning_rule_id) == (table.id, ladder.id)
    history = ana.get(f"/clientes/{service.person_id}/historicos").words
    assert f"mudou a tabela de SLA do contrato {contract.number}: de Padrão da empresa para {table.name}" in history
    assert "mudou a régua de cobrança do contrato" in history
    new = f"/servicos/{service.id}/contratos/adicionar"
    drawn = ana.get(new)
    assert str(table.id) in drawn.tree.xpath("//select[@name='sla_table_id']/option/@value")
    template = cast.template("Telefone, sem fidelidade")
    typed = {"template_id": str(template.id), "sla_table_id": str(table.id), "dunning_rule_id": str(ladder.id)}
    assert ana.post(new, {**drawn.form(new), **typed}).status == 303
    added = db.scalars(select(Contract).order_by(Contract.id.desc()).limit(1)).one()
    assert (added.sla_table_id, added.dunning_rule_id) == (table.id, ladder.id)
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
    assert (ticket.contract_id, ticket.sla_table_id) == (added.id, table.id)  # the newest that names one
    assert AttendSettings.of(cast.vale_claro().id).sla_table_id != table.id


@pytest.mark.feature("C-115", "A-101")
def test_the_kind_brings_the_process_and_its_order_counts(bruno, staff, db):
    davi = staff("davi.rocha")
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
    db.commit()
    assert (ticket.process_id, ticket.sla_type) == (cast.process().id, "corrective")
    assert ticket.due_at
    steps = cast.process().steps()
    page = davi.get(f"/configuracao/processos/{cast.process().id}/editar")
    assert page.status == 200
    with cast.by("davi.rocha"):
        order = [steps[0].id, steps[2].id, steps[1].id, steps[3].id]
        cast.process().reorder(order, cast.process().version)
    db.commit()
    path = f"/atendimentos/{ticket.id}/encaminhamento"
    assert "Vai para Campo" in bruno.get(path).words
    retired = cast.ticket_kind("Reclamação do site")
    restore = f"/configuracao/tipos-de-atendimento/{retired.id}/reativacao"
    assert davi.post(restore, {}).status == 422
