"""A valid but wrong CPF or CNPJ, and the company of a record, put right (B-03)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.check.tickets import customers_are_seen_where_their_tickets_are
from models.files import Incoming
from models.history import Event
from models.people import Person
from models.sales import Sale
from models.tickets import Ticket, Watcher
from tests import cast, pictures
from tests.browsing import Answer, Visitor
from tests.staff.selling import begin

pytestmark = pytest.mark.usefixtures("db")
RIGHT = "390.533.447-05"
BARE = "39053344705"


def document(id: int) -> str:
    return f"/clientes/{id}/correcoes/documento"


def company(id: int) -> str:
    return f"/clientes/{id}/correcoes/empresa"


def correct(visitor: Visitor, path: str, **typed) -> Answer:
    shown = visitor.get(path)
    assert shown.status == 200, shown.words
    return visitor.post(path, {**shown.form(path), "reason": "CPF do marido, conferido no documento", **typed})


def the(db, id: int) -> Person:
    return db.scalars(select(Person).where(Person.id == id).execution_options(populate_existing=True)).one()


def last_event(db, action: str) -> Event:
    return db.scalars(select(Event).where(Event.action == action).order_by(Event.id.desc())).first()


def found_by(visitor: Visitor, typed: str) -> bool:
    links = visitor.post("/clientes", {"q": typed}, htmx=True).page.select("#list td a, #list th a")
    return any("Rita" in link.get_text() for link in links)


@pytest.mark.feature("B-03")
def test_a_wrong_document_is_corrected_and_found_by_the_new_one_only(staff, central, anonymous, db):
    silvia, id = staff("silvia.maia"), cast.rita().id
    birth = f"{cast.rita().birth_date:%d/%m/%Y}"
    inside = central("rita")
    assert inside.get("/central/").status == 200
    assert "Corrigir CPF" in silvia.get(f"/clientes/{id}/dados").words
    done = correct(silvia, document(id), document=RIGHT)
    assert (done.status, done.location) == (303, f"/clientes/{id}/dados")
    assert the(db, id).document == BARE
    assert found_by(silvia, RIGHT)
    assert not found_by(silvia, cast.RITA)
    # the Central follows: the old one is nobody, the new one is her, and whoever was inside is out
    assert inside.get("/central/").status in (302, 303)
    assert enters(anonymous("portal"), RIGHT, birth)
    assert not enters(anonymous("portal"), cast.RITA, birth)
    # both values stay in history, masked; whole for who may read them, and that is written down
    event = last_event(db, "person.document_corrected")
    assert (event.data["before_document"], event.data["after_document"]) == (cast.RITA, BARE)
    told = silvia.get(f"/clientes/{id}/historicos").words
    assert "corrigiu o documento do cadastro: de ***." in told
    assert "390.533.447-05" not in told
    shown = silvia.post(f"/clientes/{id}/historicos/documentos")
    assert "390.533.447-05" in shown.words
    assert last_event(db, "person.document_read").person_id == id
    assert staff("joao.alcantara").post(f"/clientes/{id}/historicos/documentos").status == 403
    # and it is corrected back
    assert correct(silvia, document(id), document=cast.RITA).status == 303
    assert found_by(silvia, cast.RITA)


def enters(phone: Visitor, typed: str, birth: str) -> bool:
    """By the document and, where the company asks, the birth date."""
    phone.post("/central/entrar", {"document": typed})
    phone.post("/central/entrar", {"document": typed, "birth_date": birth})
    return phone.get("/central/").status == 200


@pytest.mark.feature("B-03")
def test_what_is_refused_of_a_document(staff, db):
    silvia, id = staff("silvia.maia"), cast.rita().id
    for typed, sentence in (
        ("", "Escreva o CPF do cliente."),
        ("390.533.447-06", "não confere com seus dígitos finais"),
        ("3905334470", "Falta 1 caractere"),
        (cast.RITA, "Este já é o documento do cadastro"),
        ("12.ABC.345/01DE-35", "aqui há 14"),
    ):
        refused = correct(silvia, document(id), document=typed)
        assert refused.status == 422
        assert sentence in refused.errors()["document"]
    for reason in ("", " \u2800\u3164"):
        assert "Escreva o motivo" in correct(silvia, document(id), document=RIGHT, reason=reason).errors()["reason"]
    assert the(db, id).document == cast.RITA
    known = correct(silvia, document(id), document=cast.ze().document)
    assert known.status == 422
    assert f"Este CPF é de {cast.ze().name}" in known.words
    assert known.page.select_one(f'main a[href="/clientes/{cast.ze().id}"]')


@pytest.mark.feature("B-03")
def test_a_document_of_another_company_is_refused_without_a_name(staff, db):
    silvia = staff("silvia.maia")
    silvia.post("/empresa", {"company": cast.vale_claro().id})
    hotel, ours = cast.mar_azul(), cast.sol()
    refused = correct(silvia, document(ours.id), document=hotel.document)
    assert refused.status == 422
    assert hotel.name not in refused.words


@pytest.mark.feature("B-03")
def test_a_pf_with_contracts_does_not_become_a_pj(staff, db):
    silvia, rita = staff("silvia.maia"), cast.rita()
    shown = silvia.get(document(rita.id))
    assert "foi contratado por uma Pessoa Física: o tipo deste cadastro não muda" in shown.words
    forged = {**shown.form(document(rita.id)), "kind": "organization", "document": "12.ABC.345/01DE-35", "reason": "x"}
    refused = silvia.post(document(rita.id), forged)
    assert refused.status == 422
    assert "Se quem contrata é de outro tipo, use Adicionar Cliente" in refused.words
    lonely = _alone(db)
    done = correct(silvia, document(lonely), kind="organization", document="12.ABC.345/01DE-35")
    assert done.status == 303
    now = the(db, lonely)
    assert (now.kind, now.document, now.birth_date) == ("organization", "12ABC34501DE35", None)
    assert last_event(db, "person.document_corrected").data["before"]["birth_date"] == "1990-05-17"


@pytest.mark.feature("B-03")
def test_the_company_of_a_record_is_changed_by_who_works_in_todas(staff, db):
    silvia, lonely, there = staff("silvia.maia"), _alone(db), cast.serra_azul()
    draft = int(silvia.post(f"/clientes/{lonely}/servicos/adicionar").location.split("/")[2])
    done = correct(silvia, company(lonely), company_id=there.id)
    assert (done.status, done.location) == (303, f"/clientes/{lonely}/dados")
    assert the(db, lonely).company_id == there.id
    sale = db.scalars(select(Sale).where(Sale.id == draft).execution_options(populate_existing=True)).one()
    assert (sale.company_id, sale.answers["dados"]["company_id"]) == (there.id, there.id)
    assert silvia.get(f"/vendas/{draft}/endereco").status == 200
    event = last_event(db, "person.company_moved")
    assert (event.data["before"], event.data["after"]) == (cast.vale_claro().name, there.name)
    assert "mudou o cadastro de" in silvia.get(f"/clientes/{lonely}/historicos").words
    assert staff("celia.prado").get(f"/clientes/{lonely}").status == 200
    assert staff("ana.souza").get(f"/clientes/{lonely}").status == 404
    assert correct(silvia, company(lonely), company_id=cast.vale_claro().id).status == 303  # and back


@pytest.mark.feature("B-03")
def test_what_is_refused_of_a_move(staff, db):
    silvia, rita = staff("silvia.maia"), cast.rita()
    refused = correct(silvia, company(rita.id), company_id=cast.serra_azul().id)
    assert refused.status == 422
    assert f"suas faturas são de {cast.vale_claro().name} e ficam lá" in refused.errors()["company_id"]
    assert "Escolha TODAS" in refused.errors()["company_id"]
    assert "Escreva o motivo" in correct(silvia, company(rita.id), company_id=0, reason="").errors()["reason"]
    for wrong in ("", "987654", str(rita.company_id)):
        assert correct(silvia, company(rita.id), company_id=wrong).status == 422
    assert correct(silvia, company(rita.id), company_id=0).status == 303
    assert staff("celia.prado").get(f"/clientes/{rita.id}").status == 200
    assert correct(silvia, company(rita.id), company_id=rita.company_id).status == 422
    assert correct(silvia, company(rita.id), company_id=cast.vale_claro().id).status == 303


@pytest.mark.feature("B-03")
def test_only_with_the_permission_and_only_in_todas(staff):
    id = cast.rita().id
    for path in (document(id), company(id)):
        for login in ("ana.souza", "bruno.reis", "joao.alcantara"):
            assert staff(login).get(path).status == 403
            assert staff(login).post(path, {"reason": "x"}).status == 403
        assert staff("silvia.maia").get(path.replace(str(id), "987654", 1)).status == 404
    silvia = staff("silvia.maia")
    silvia.post("/empresa", {"company": cast.vale_claro().id})
    shown = silvia.get(f"/clientes/{id}/dados")
    assert "Só quem trabalha em todas as empresas muda a empresa de um cadastro" in shown.words
    assert not shown.page.select_one(f'a[href="{company(id)}"]')
    refused = silvia.post(company(id), {"company_id": "0", "reason": "x", "version": "1"})
    assert refused.status == 422
    assert "Troque para TODAS" in refused.words


def test_the_slower_of_two_corrections_is_told(staff):
    silvia, id = staff("silvia.maia"), cast.rita().id
    old = silvia.get(document(id)).form(document(id))
    assert correct(silvia, document(id), document=RIGHT).status == 303
    late = silvia.post(document(id), {**old, "document": "111.444.777-35", "reason": "outro"})
    assert late.status == 409
    moved = silvia.get(company(id)).form(company(id))
    assert correct(silvia, company(id), company_id=0).status == 303
    assert silvia.post(company(id), {**moved, "company_id": str(cast.vale_claro().id), "reason": "x"}).status == 409


@pytest.mark.postgresql
def test_a_draft_takes_no_document_that_was_corrected_meanwhile(staff, db):
    silvia, ana = staff("silvia.maia"), staff("ana.souza")
    begun = begin(ana)
    assert begun.status == 303
    assert correct(silvia, document(cast.rita().id), document=cast.STRANGER).status == 303
    assert begin(ana).status == 422


def _alone(db) -> int:
    """A customer of Vale Claro who has contracted nothing yet."""
    details = {"kind": "individual", "document": "11144477735", "name": "Lúcia Campos", "trade_name": ""}
    details |= {"state_registration": "", "contact_person": "", "rg": "MG-1", "birth_date": date(1990, 5, 17)}
    person = Person.register(details, {"mobile": "37988887777"}, cast.vale_claro().id, 0)
    db.commit()
    return person.id


# ---- tickets of a customer who moves (D-14)


def attended(db, login="bruno.reis", started=True) -> Ticket:
    """Of a customer without service, held by whoever began it."""
    with cast.by(login):
        ticket = Ticket.open(db.get_one(Person, _alone(db)))
        ticket.identify({"contact_origin_id": cast.contact_origin().id, "report": "Quer um plano"}, None)
        if started:
            ticket.start(cast.process(), cast.opening_classification(), "Ligar amanhã")
            ticket.attach(Incoming("laudo.pdf", "application/pdf", pictures.PDF), "internal")
            ticket.watch(cast.operator("ana.souza"))
            ticket.watch(cast.operator("silvia.maia"))
    db.commit()
    return ticket


def rows_and_count(visitor: Visitor, tab: str) -> tuple[int, int]:
    page = visitor.get(f"/atendimentos?aba={tab}")
    words = page.page.select_one(f"a[href='/atendimentos?aba={tab}']").get_text()
    return len(page.page.select("tbody tr")), int("".join(filter(str.isdigit, words)) or 0)


@pytest.mark.postgresql
def test_an_open_ticket_goes_with_the_record_and_is_gone_on_with_there(staff, db):
    silvia, bruno, celia = staff("silvia.maia"), staff("bruno.reis"), staff("celia.prado")
    ticket, there = attended(db), cast.serra_azul().id
    due, path = ticket.due_at, f"/atendimentos/{ticket.id}"
    assert correct(silvia, company(ticket.person_id), company_id=there).status == 303
    db.expire_all()
    assert (ticket.company_id, ticket.assignee_id, ticket.due_at) == (there, None, due)
    assert bruno.get(path).status == 404
    page = celia.get(path)
    assert "Ligar amanhã" in page.words
    assert "levou o atendimento de Vale Claro Telecom para Serra Azul Net" in page.words
    follow = select(Watcher.operator_id).where(Watcher.ticket_id == ticket.id)
    assert list(db.scalars(follow)) == [cast.operator("silvia.maia").id]  # Ana does not see it any more
    assert "laudo.pdf" in celia.get(f"{path}/anexos").words
    assert "Suporte" in celia.get(f"{path}/historico").words
    assert celia.post(f"{path}/resgate", page.form(f"{path}/resgate")).status == 303
    forward = celia.get(f"{path}/encaminhamento")
    assert celia.post(f"{path}/encaminhamento", forward.form(f"{path}/encaminhamento")).status == 303
    for who, tab in ((bruno, "meus"), (bruno, "vencidos"), (celia, "meus"), (staff("ana.souza"), "acompanho")):
        rows, counted = rows_and_count(who, tab)
        assert rows == counted, tab
    assert customers_are_seen_where_their_tickets_are() == []


def test_in_a_process_of_the_company_it_came_from_it_goes_on_too(staff, db):
    silvia, celia = staff("silvia.maia"), staff("celia.prado")
    ticket = attended(db)
    cast.process().company_id = cast.vale_claro().id
    db.commit()
    assert correct(silvia, company(ticket.person_id), company_id=cast.serra_azul().id).status == 303
    path = f"/atendimentos/{ticket.id}"
    assert celia.post(f"{path}/resgate", celia.get(path).form(f"{path}/resgate")).status == 303
    forward = celia.get(f"{path}/encaminhamento")
    assert celia.post(f"{path}/encaminhamento", forward.form(f"{path}/encaminhamento")).status == 303


def test_a_finished_ticket_goes_too_and_its_timeline_stays_closed(staff, db):
    ticket = attended(db)
    with cast.by("bruno.reis"):
        ticket.close(cast.closing_classification())
    db.commit()
    assert correct(staff("silvia.maia"), company(ticket.person_id), company_id=cast.serra_azul().id).status == 303
    assert staff("celia.prado").get(f"/atendimentos/{ticket.id}").status == 200
    told = select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.id.desc())
    assert db.scalars(told).first() == "ticket.closed"


def test_a_draft_goes_too_and_is_identified_anew(staff, db):
    silvia = staff("silvia.maia")
    ticket = attended(db, "silvia.maia", started=False)
    assert correct(silvia, company(ticket.person_id), company_id=0).status == 303
    db.expire_all()
    assert (ticket.status, ticket.company_id, ticket.contact_origin_id) == ("draft", 0, None)
    assert silvia.get(f"/atendimentos/{ticket.id}/inicio").status == 422
    path = f"/atendimentos/{ticket.id}/identificacao"
    assert silvia.get(path).form(path)["report"] == "Quer um plano"
    assert "company_id" in silvia.post(path, silvia.get(path).form(path)).errors()


def test_a_ticket_of_a_service_stays_with_it(staff, db):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
    db.commit()
    silvia, here = staff("silvia.maia"), cast.vale_claro().id
    ze = cast.ze()
    assert ze.company_id == here
    assert correct(silvia, company(ze.id), company_id=0).status == 303
    db.expire_all()
    assert ticket.company_id == here
    assert correct(silvia, company(ze.id), company_id=here).status == 303
    assert staff("bruno.reis").get(f"/atendimentos/{ticket.id}").status == 200
