"""Novo Cliente from inside a new ticket, without losing what was typed (A-07, C-04)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.history import Event
from models.operators import Role
from models.people import Person
from models.tickets import Ticket
from models.workflows import ContactOrigin
from tests import cast

SEARCH, NEW = "/atendimentos/novo", "/atendimentos/novo/cliente"
AURORA = {"kind": "individual", "document": "111.444.777-35", "name": "Aurora Lima", "mobile": "(37) 98888-1234"}


@pytest.fixture
def rafael(staff):
    """Comercial: adds customers and opens tickets."""
    return staff("rafael.teixeira")


def newest(db) -> Ticket:
    db.expire_all()
    return db.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()


def tickets(db) -> int:
    return db.scalar(select(func.count(Ticket.id)))


def begun(visitor, db) -> str:
    """A draft in stages of Seu Zé."""
    assert visitor.post(f"/clientes/{cast.ze().id}/atendimentos/etapas").status == 303
    return f"/atendimentos/{newest(db).id}"


@pytest.mark.feature("A-07")
def test_from_the_search(rafael, db):
    before = tickets(db)
    for asked in (rafael.post(SEARCH, {"q": "Aurora Lima"}), rafael.post(SEARCH, {"q": "Aurora Lima"}, htmx=True)):
        carried = asked.form(NEW)
        assert carried["q"] == "Aurora Lima"
    page = rafael.post(NEW, {**carried, "comecar": "1"})
    assert page.h1 == "Novo Cliente"
    form = page.form(NEW)
    assert (form["name"], form["q"]) == ("Aurora Lima", "Aurora Lima")
    back = rafael.post(SEARCH, form)  # Cancelar: the search as it was
    assert back.form(SEARCH)["q"] == "Aurora Lima"
    wrong = rafael.post(NEW, {**form, "document": "123"})
    assert wrong.status == 422
    assert set(wrong.errors()) == {"document", "mobile"}
    assert wrong.form(NEW)["q"] == "Aurora Lima"
    assert tickets(db) == before
    other = rafael.post(NEW, {**form, "tipo": "organization"})
    assert "Razão Social" in other.words
    assert other.form(NEW)["name"] == "Aurora Lima"
    done = rafael.post(NEW, {**form, **AURORA})
    ticket, person = newest(db), cast.person("11144477735")
    assert (done.status, done.location) == (303, f"/atendimentos/{ticket.id}/identificacao")
    assert (ticket.person_id, ticket.staged, ticket.status) == (person.id, True, "draft")
    page = rafael.follow(done)
    assert page.tree.xpath("//input[@id='customer']/@value") == ["Aurora Lima"]
    assert ticket.protocol in page.words


@pytest.mark.parametrize(
    ("q", "field", "kind"),
    [
        ("111.444.777-35", "document", "individual"),
        ("11.222.333/0001-81", "document", "organization"),
        ("(37) 98888-1234", "mobile", "individual"),
        ("Padaria Nova", "name", "individual"),
    ],
)
def test_what_was_searched_for_stands_in_its_place(rafael, q, field, kind):
    form = rafael.post(NEW, {"comecar": "1", "q": q}).form(NEW)
    assert (form[field], form["kind"], form["q"]) == (q, kind, q)


@pytest.mark.feature("A-07")
def test_beside_the_customer_of_the_stages(rafael, db):
    ticket = begun(rafael, db)
    path, protocol = f"{ticket}/identificacao", newest(db).protocol
    form = rafael.get(path).form(path)
    service = str(cast.service(cast.ze()).id)
    typed = {**form, "report": "Cai com vento.", "service_id": service, "novo-cliente": "1"}
    asked = rafael.post(path, typed)
    assert (asked.status, asked.location) == (303, f"{ticket}/novo-cliente")
    page = rafael.follow(asked)
    assert page.tree.xpath("//main//a[normalize-space()='Cancelar']/@href") == [path]
    kept = rafael.get(path).form(path)  # Cancelar: as it was
    assert (kept["report"], kept["service_id"]) == ("Cai com vento.", service)
    post = f"{ticket}/novo-cliente"
    done = rafael.post(post, {**page.form(post), **AURORA})
    assert (done.status, done.location) == (303, path)
    page, person = rafael.follow(done), cast.person("11144477735")
    assert page.tree.xpath("//input[@id='customer']/@value") == ["Aurora Lima"]
    form = page.form(path)
    assert (form["report"], form["service_id"]) == ("Cai com vento.", "")
    row = newest(db)
    assert (row.protocol, row.person_id, row.contract_id) == (protocol, person.id, None)
    events = db.scalars(select(Event).where(Event.action == "ticket.customer_changed").order_by(Event.id)).all()
    assert [(each.person_id, each.ticket_id) for each in events] == [(person.id, row.id), (cast.ze().id, None)]
    assert (
        f"passou o atendimento de cliente {cast.ze().id} para cliente {person.id}"
        in rafael.get(f"/clientes/{cast.ze().id}/historicos").words
    )
    origin = str(cast.contact_origin().id)
    assert rafael.post(path, {**form, "contact_origin_id": origin}).location == f"{ticket}/consulta-expressa"


@pytest.mark.feature("C-04", "A-07")
@pytest.mark.parametrize("document", ["318.204.756-62", cast.ZE])
def test_a_document_that_is_here_is_asked_about_before(rafael, db, document):
    """Nobody is registered twice: the one who is there can be chosen, opened, or sold to."""
    people, ze = db.scalar(select(func.count(Person.id))), cast.ze()
    page = rafael.post(NEW, {**AURORA, "company_id": str(cast.vale_claro().id), "document": document, "q": "Aurora"})
    assert page.status == 422
    assert "Este CPF é de" in page.words
    assert f'href="/clientes/{ze.id}"' in page.html
    assert f"/clientes/{ze.id}/servicos/adicionar" in page.html
    choose = page.tree.xpath("//button[contains(., 'Abrir Atendimento')]/@formaction")
    assert rafael.post(choose[0], page.form(NEW)).status == 303
    assert newest(db).person_id == ze.id
    rafael.post(f"/clientes/{cast.sol().id}/atendimentos/etapas")
    draft = newest(db)
    post = f"/atendimentos/{draft.id}/novo-cliente"
    page = rafael.post(post, {**rafael.get(post).form(post), **AURORA, "document": document})
    assert page.status == 422
    assert page.form(post)["name"] == "Aurora Lima"
    done = rafael.post(post, {**page.form(post), "usar": str(ze.id)})
    assert (done.status, newest(db).person_id) == (303, ze.id)
    assert db.scalar(select(func.count(Person.id))) == people


def test_one_of_the_other_company_is_not_named(rafael, db):
    page = rafael.post(NEW, {**AURORA, "kind": "organization", "document": cast.MAR_AZUL, "name": "Hotel"})
    assert page.status == 422
    assert "já está cadastrado em outra empresa" in page.words
    assert "Mar Azul" not in page.words
    assert "Abrir Atendimento" not in page.words
    post = f"{begun(rafael, db)}/novo-cliente"
    assert rafael.post(post, {"usar": str(cast.mar_azul().id), **AURORA}).status == 404
    assert newest(db).person_id == cast.ze().id


@pytest.mark.postgresql
def test_two_who_register_the_same_at_once(staff, db, race):
    people = [staff("rafael.teixeira"), staff("ana.souza")]
    for one in people:
        one.get(NEW)
    values = {**AURORA, "company_id": str(cast.vale_claro().id)}
    answers = race(2, lambda i: people[i].post(NEW, values))
    assert sorted(answer.status for answer in answers) == [303, 422]
    assert db.scalar(select(func.count(Person.id)).where(Person.document == "11144477735")) == 1
    person = cast.person("11144477735")
    assert db.scalar(select(func.count(Ticket.id)).where(Ticket.person_id == person.id)) == 1


def test_only_who_changes_the_records_of_customers(staff, db):
    bruno = staff("bruno.reis")
    assert "Novo Cliente" in bruno.get(SEARCH).words
    role = db.get_one(Role, cast.operator("bruno.reis").role_id)
    role.permissions = [name for name in role.permissions if name != "people.change"]
    db.commit()
    assert "Novo Cliente" not in bruno.get(SEARCH).words
    ticket = begun(bruno, db)
    assert "Novo Cliente" not in bruno.get(f"{ticket}/identificacao").words
    for path in (NEW, f"{ticket}/novo-cliente"):
        assert bruno.get(path).status == 403
        assert bruno.post(path, AURORA).status == 403


def test_a_draft_of_somebody_else_and_one_that_began(rafael, staff, db):
    ana = staff("ana.souza")
    ticket = begun(ana, db)
    path = f"{ticket}/novo-cliente"
    assert "Novo Cliente" not in rafael.get(f"{ticket}/identificacao").words
    for answer in (rafael.get(path), rafael.post(path, AURORA)):
        assert answer.status == 422
        assert "é de outra pessoa" in answer.words
    with cast.by("ana.souza"):
        started = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão.")
    db.commit()
    assert ana.post(f"/atendimentos/{started.id}/novo-cliente", AURORA).status == 422
    ana.post(f"/servicos/{cast.service(cast.ze()).id}/atendimentos")  # the quick form is of a service
    assert ana.get(f"/atendimentos/{newest(db).id}/novo-cliente").status == 422


def test_of_two_windows_the_second_is_told(rafael, db):
    path = f"{begun(rafael, db)}/novo-cliente"
    form = rafael.get(path).form(path)
    assert rafael.post(path, {**form, "usar": str(cast.rita().id)}).status == 303
    late = rafael.post(path, {**form, **AURORA})
    assert late.status == 409
    assert late.form(path)["name"] == "Aurora Lima"
    assert newest(db).person_id == cast.rita().id
    assert db.scalar(select(func.count(Person.id)).where(Person.document == "11144477735")) == 0


# ---- a draft that was identified, and becomes another customer's


def identified(db, login, **answers) -> Ticket:
    with cast.by(login):
        row = Ticket.open(cast.ze())
        row.identify({"contact_origin_id": cast.contact_origin().id, "report": "Relato", **answers}, None)
    db.commit()
    return row


def handed(visitor, db, ticket, to) -> str:
    """To a customer who is there already; the address of the ticket."""
    path = f"/atendimentos/{ticket.id}"
    assert visitor.post(f"{path}/novo-cliente", {"usar": str(to.id), "seen": str(ticket.version)}).status == 303
    db.expire_all()
    return path


def started(visitor, ticket, path):
    chosen = {"process_id": cast.process().id, "opening_classification_id": cast.opening_classification().id}
    return visitor.post(f"{path}/inicio", {**chosen, "version": ticket.version, "visibility": "internal"})


@pytest.mark.postgresql
def test_the_company_is_asked_again_and_nothing_said_is_lost(staff, db):
    silvia, ticket = staff("silvia.maia"), identified(db, "silvia.maia")
    path = handed(silvia, db, ticket, cast.cooperative())
    assert silvia.get(f"{path}/inicio").status == 422
    assert "na primeira etapa" in started(silvia, ticket, path).words
    db.expire_all()
    assert (ticket.status, ticket.company_id) == ("draft", 0)
    first = f"{path}/identificacao"
    form = silvia.get(first).form(first)
    assert (form["report"], form["contact_origin_id"]) == ("Relato", str(cast.contact_origin().id))
    assert silvia.post(first, form).errors().keys() == {"company_id"}
    assert silvia.post(first, {**form, "company_id": str(cast.serra_azul().id)}).status == 303
    db.expire_all()
    assert started(silvia, ticket, path).status == 303
    db.expire_all()
    assert (ticket.status, ticket.company_id) == ("pending", cast.serra_azul().id)


def test_an_origin_of_the_company_before_is_chosen_anew(staff, db):
    with cast.by("silvia.maia"):
        origin = ContactOrigin(name="Balcão do Vale", company_id=cast.vale_claro().id)
        origin.create()
    silvia, ticket = staff("silvia.maia"), identified(db, "silvia.maia", contact_origin_id=origin.id)
    path = handed(silvia, db, ticket, cast.mar_azul())
    assert started(silvia, ticket, path).status == 422
    first = f"{path}/identificacao"
    assert silvia.get(first).form(first)["contact_origin_id"] == ""


@pytest.mark.parametrize("lost", ["origin", "company"])
def test_what_was_said_in_the_first_stage_still_holds_at_the_second(staff, db, lost):
    with cast.by("silvia.maia"):
        origin = ContactOrigin(name="Feira", company_id=0)
        origin.create()
        ticket = identified(db, "silvia.maia", contact_origin_id=origin.id)
        if lost == "origin":
            origin.retire()
        else:  # no verb does that; a draft from before they followed their customer
            ticket.company_id = cast.serra_azul().id
    db.commit()
    silvia, path = staff("silvia.maia"), f"/atendimentos/{ticket.id}"
    for answer in (silvia.get(f"{path}/inicio"), started(silvia, ticket, path)):
        assert answer.status == 422
        assert "não vale mais" in answer.words


def test_the_form_is_drawn_for_who_may_send_it(rafael, staff, db):
    ticket = begun(rafael, db)
    role = db.get_one(Role, cast.operator("rafael.teixeira").role_id)
    every = role.permissions
    for lacking in ("tickets.attend", "people.read"):
        role.permissions = [name for name in every if name != lacking]
        db.commit()
        for path in (NEW, f"{ticket}/novo-cliente"):
            assert rafael.get(path).status == 403
            assert rafael.post(path, {**AURORA, "comecar": "1"}).status == 403
    assert "Novo Cliente" not in rafael.get(f"{ticket}/identificacao").words


def test_customers_are_searched_by_who_sees_customers(rafael, db):
    ze = cast.ze()
    role = db.get_one(Role, cast.operator("rafael.teixeira").role_id)
    role.permissions = [name for name in role.permissions if name != "people.read"]
    db.commit()
    service, before = cast.service(ze).id, tickets(db)
    for path in (SEARCH, f"/servicos/{service}/atendimentos", f"/clientes/{ze.id}/atendimentos/etapas"):
        answer = rafael.post(path, {"q": "jose antonio"})
        assert answer.status == 403
        assert ze.name not in answer.words
    assert rafael.get(SEARCH).status == 403
    assert tickets(db) == before
    for page in (rafael.get("/"), rafael.get("/atendimentos")):
        assert SEARCH not in page.html


def test_a_service_is_offered_to_who_may_sell(staff, rafael):
    """Beside somebody who is a customer already: what leads to a refusal is not drawn."""
    known = {**AURORA, "document": cast.ZE}
    assert "Adicionar Serviço" in rafael.post(NEW, {**rafael.get(NEW).form(NEW), **known}).page.select(".note")[0].text
    bruno = staff("bruno.reis")
    note = bruno.post(NEW, {**bruno.get(NEW).form(NEW), **known}).page.select(".note")[0].text
    assert "Abrir Atendimento" in note
    assert "Adicionar Serviço" not in note
