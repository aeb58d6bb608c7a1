"""Contracts of a service and their PDF (C-32 to C-35)."""

from __future__ import annotations

import hashlib
import io

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, update

from models import clock
from models.catalog import ContractTemplate
from models.contracts import Contract
from models.documents import Document
from models.history import Event
from models.notices import Notice
from models.outbox import Effect
from models.refused import Refused
from tests import cast
from tests.staff.selling import save, walk

pytestmark = pytest.mark.usefixtures("db")


def contract_of(db, service) -> Contract:
    return db.scalars(select(Contract).where(Contract.service_id == service.id)).first()


def open_pdf(visitor, contract: Contract):
    """Press Abrir PDF Contrato, and go where it leads while there is no PDF."""
    answer = visitor.post(f"/contratos/{contract.id}/impressao")
    return visitor.follow(answer) if answer.location else answer


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.feature("C-32")
def test_contracts_are_listed_per_service(staff, db):
    ana, rita = staff("ana.souza"), cast.rita()
    service = cast.service(rita)
    button = ana.get(f"/clientes/{rita.id}").page.select_one(f'a[href="/servicos/{service.id}/contratos"]')
    assert button.get_text(strip=True) == "Contratos"
    listed = ana.get(button["href"])
    assert f"Contrato {contract_of(db, service).number}" in listed.words
    internet, phone = (cast.service(cast.sol(), name) for name in ("Fibra 1 Gbps", "Telefone fixo 2 ramais"))
    words = ana.get(f"/servicos/{internet.id}/contratos").words
    assert f"Contrato {contract_of(db, internet).number}" in words
    assert f"Contrato {contract_of(db, phone).number}" not in words


@pytest.mark.feature("C-33")
def test_a_contract_is_added_where_there_is_none(staff, db):
    ana = staff("ana.souza")
    save(ana, walk(ana, plano={"plan_id": cast.plan("Rádio 20 Mbps").id}))
    service = cast.service(cast.person(cast.STRANGER))
    path = f"/servicos/{service.id}/contratos"
    empty = ana.get(path)
    assert "não tem contrato" in empty.words
    form = ana.get(empty.page.select_one(f'a[href="{path}/adicionar"]')["href"])
    offered = [option.get_text() for option in form.page.select('select[name="template_id"] option')]
    other = ContractTemplate(name="Da outra empresa", company_id=cast.serra_azul().id)
    other.create()
    other.publish("## Objeto\n\nTexto")
    assert "Fibra residencial, 12 meses" in offered
    assert "Da outra empresa" not in ana.get(f"{path}/adicionar").words
    company, template = cast.vale_claro().id, cast.template().id
    for wrong in ({"company_id": "", "template_id": template}, {"company_id": company, "template_id": ""}):
        assert ana.post(f"{path}/adicionar", wrong).status == 422
    forged = ana.post(f"{path}/adicionar", {"company_id": company, "template_id": other.id})
    assert "template_id" in forged.errors()
    assert contract_of(db, service) is None
    good = {"company_id": company, "template_id": template}
    assert ana.post(f"{path}/adicionar", good).status == 303
    twice = ana.post(f"{path}/adicionar", good)
    assert "já tem um contrato deste modelo" in twice.words
    assert db.scalar(select(func.count()).where(Contract.service_id == service.id)) == 1


@pytest.mark.feature("C-34")
def test_the_pdf_opens_in_a_new_tab_with_the_customers_data(staff, db, worker):
    ana = staff("ana.souza")
    save(ana, walk(ana))
    service = cast.service(cast.person(cast.STRANGER))
    listed = ana.get(f"/servicos/{service.id}/contratos")
    contract = contract_of(db, service)
    form = listed.page.find("form", action=f"/contratos/{contract.id}/impressao")
    assert form["target"] == "_blank"
    assert form.get_text(strip=True) == "Abrir PDF Contrato"
    waiting = open_pdf(ana, contract)
    assert waiting.status == 200
    assert "Preparando o contrato" in waiting.words
    assert waiting.headers["Refresh"] == "2"
    worker.drain()
    pdf = open_pdf(ana, contract)
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith("inline")
    words = text_of(pdf.data)
    assert "Helena Prado Batista" in words
    assert "Fibra 500 Mbps" in words
    assert "99,90" in words
    assert "Vale Claro Telecom" in words
    assert "Rua das Acácias, 77" in words
    assert f"{contract.issued_on:%Y}" in words


def test_the_pdf_shows_current_data_and_earlier_ones_stay(staff, db, worker):
    ana = staff("ana.souza")
    save(ana, walk(ana))
    person = cast.person(cast.STRANGER)
    contract = contract_of(db, cast.service(person))
    worker.drain()
    first = open_pdf(ana, contract).data
    assert open_pdf(ana, contract).data == first  # nothing changed: the same bytes
    edit = f"/clientes/{person.id}/dados/editar"
    changed = {**ana.get(edit).form(edit), "name": "Helena Prado Batista Lima"}
    assert ana.post(edit, changed).status == 303
    assert "mudaram depois da última impressão" in ana.get(f"/contratos/{contract.id}").words
    ana.post(f"/contratos/{contract.id}/impressao")
    worker.drain()
    second = open_pdf(ana, contract).data
    assert "Batista Lima" in text_of(second)
    assert "Batista Lima" not in text_of(first)
    editions = ana.get(f"/contratos/{contract.id}").page.select("tbody form")
    assert [ana.post(form["action"]).data for form in editions] == [second, first]
    hashes = db.scalars(select(Document.sha256).where(Document.rendered_at.is_not(None)))
    assert {hashlib.sha256(first).hexdigest(), hashlib.sha256(second).hexdigest()} <= set(hashes)


def test_a_template_of_another_company_is_refused_by_the_rule_itself(db):
    other = ContractTemplate(name="Da outra empresa", company_id=cast.serra_azul().id)
    other.create()
    other.publish("## Objeto\n\nTexto")
    with pytest.raises(Refused, match="outra empresa"):
        Contract.issue(cast.service(cast.ze()), other, clock.today())


def test_it_is_rendered_as_soon_as_it_is_issued(staff, db, worker):
    ana = staff("ana.souza")
    save(ana, walk(ana))
    service = cast.service(cast.person(cast.STRANGER))
    assert db.scalar(select(func.count()).where(Effect.kind == "render_document", Effect.state == "ready")) > 0
    worker.drain()
    assert open_pdf(ana, contract_of(db, service)).headers["Content-Type"] == "application/pdf"


@pytest.mark.postgresql
def test_another_company_does_not_find_the_contract(staff, db, worker):
    contract = contract_of(db, cast.service(cast.ze()))
    worker.drain()
    document = contract.last_print().id
    celia = staff("celia.prado")
    assert celia.get(f"/contratos/{contract.id}").status == 404
    assert celia.post(f"/contratos/{contract.id}/impressao").status == 404
    assert celia.get(f"/contratos/{contract.id}/impressao/{document}").status == 404
    assert celia.post(f"/contratos/{contract.id}/impressao/{document}").status == 404
    other = contract_of(db, cast.service(cast.rita()))
    assert staff("ana.souza").get(f"/contratos/{other.id}/impressao/{document}").status == 404


@pytest.mark.postgresql
def test_it_is_mailed_with_its_pdf_and_the_mail_is_told(staff, db, worker):
    contract = contract_of(db, cast.service(cast.ze()))
    worker.drain()
    ana = staff("ana.souza")
    path = f"/contratos/{contract.id}"
    assert "não tem e-mail" in ana.get(path).words
    refused = ana.post(f"{path}/envio")
    assert (refused.status, "não tem e-mail" in refused.words) == (422, True)
    cast.ze().set_contacts({**cast.ze().contacts(), "email": "ze@exemplo.example"})
    db.commit()
    [form] = [form for form in ana.get(path).page.select("form") if form["action"].endswith("/envio")]
    assert ana.post(form["action"]).location.endswith(path)
    worker.drain()
    notice = db.scalars(select(Notice).where(Notice.kind == "contract")).one()
    assert (notice.address, notice.status) == ("ze@exemplo.example", "sent")
    assert notice.subject == f"Seu contrato {contract.number}"
    assert db.get(Document, notice.document_id).ready
    [event] = db.scalars(select(Event).where(Event.action == "contract.mailed")).all()
    assert event.data == {"number": contract.number, "address": "ze@exemplo.example"}
    db.execute(update(Contract).where(Contract.id == contract.id).values(status="cancelled"))
    db.commit()
    assert "não vale mais" in ana.post(f"{path}/envio").words


def test_it_is_sent_from_the_end_of_the_sale_which_stays(staff, db):
    rafael = staff("rafael.teixeira")
    end = save(rafael, walk(rafael))
    [form] = [form for form in rafael.get(end.location).page.select("#finished form") if "/envio" in form["action"]]
    assert rafael.post(form["action"]).location == end.location
    person = cast.person(cast.STRANGER)
    assert f"na fila de envio para {person.contacts()['email']}" in rafael.get(end.location).words
    person.set_contacts({**person.contacts(), "email": ""})
    db.commit()
    assert "Enviar contrato: o cliente não tem e-mail no cadastro." in rafael.get(end.location).words
