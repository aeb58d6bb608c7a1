"""The address of a service, corrected for it alone or for all that share it (C-29)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.catalog import BillingMethod
from models.history import Event
from models.people import Address
from models.services import Service
from tests import cast
from tests.staff.selling import answer, save

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def two(staff, db):
    """Two services of Seu Zé at one address."""
    ana, ze = staff("ana.souza"), cast.ze()
    sale = int(ana.post(f"/clientes/{ze.id}/servicos/adicionar").location.split("/")[2])
    answer(ana, sale, "endereco", address_id=ze.addresses()[0].id)
    for step in ("plano", "contrato", "cobranca", "instalacao"):
        answer(ana, sale, step)
    save(ana, sale)
    return db.scalars(select(Service.id).where(Service.person_id == ze.id).order_by(Service.id)).all()


def path(id, place="instalacao"):
    return f"/servicos/{id}/enderecos/{place}"


def correct(visitor, id, place="instalacao", **changes):
    where = path(id, place)
    return visitor.post(where, {**visitor.get(where).form(where), **changes})


def where(db, id, place="installation"):
    db.expire_all()
    return db.get(Service, id).address(place).text


@pytest.mark.postgresql
def test_an_address_of_one_service_is_corrected_in_place(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    page = ana.get(f"/clientes/{cast.rita().id}")
    assert page.page.select_one(f'a[href="{path(service.id)}"]')
    rows = db.query(Address).count()
    assert correct(ana, service.id, complement="casa 3").status == 303
    assert "casa 3" in where(db, service.id)
    assert "casa 3" in where(db, service.id, "billing")
    assert db.query(Address).count() == rows
    event = db.scalars(select(Event).where(Event.action == "service.address_changed")).one()
    assert "casa 3" in event.data["after"]
    assert "casa 3" not in event.data["before"]
    assert "mudou o endereço da instalação" in ana.get(f"/clientes/{cast.rita().id}/historicos").words


@pytest.mark.feature("C-29")
def test_a_shared_address_asks_before_it_changes(staff, db, two):
    ana = staff("ana.souza")
    first, second = two
    registered = where(db, first)
    asked = correct(ana, second, complement="sobrado")
    assert asked.status == 422
    assert "Este endereço é também de" in asked.words
    assert where(db, second) == registered
    assert correct(ana, second, complement="sobrado", everywhere="no").status == 303
    assert where(db, first) == registered
    assert "sobrado" in where(db, second)


def test_or_changes_in_every_service(staff, db, two):
    ana = staff("ana.souza")
    assert correct(ana, two[1], complement="bloco B", everywhere="yes").status == 303
    assert "bloco B" in where(db, two[0])
    assert "bloco B" in where(db, two[1])


@pytest.mark.postgresql
def test_billing_goes_elsewhere_and_the_installation_stays(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    installed = where(db, service.id)
    assert correct(ana, service.id, "cobranca", street="Rua do Escritório").status == 303
    assert where(db, service.id) == installed
    assert "Rua do Escritório" in where(db, service.id, "billing")


def test_wrong_fields_and_a_faster_hand(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    wrong = correct(ana, service.id, cep="123", street="", state="XX")
    assert wrong.status == 422
    assert set(wrong.errors()) == {"cep", "street", "state"}
    typed = ana.get(path(service.id)).form(path(service.id))
    correct(staff("bruno.reis"), service.id, complement="fundos")
    late = ana.post(path(service.id), {**typed, "complement": "frente"})
    assert late.status == 409
    assert "fundos" in late.words
    assert "frente" in late.words
    mine = late.page.select_one('button[name="overwrites"]')["value"]
    over = ana.post(path(service.id), {**typed, "complement": "frente", "overwrites": mine})
    assert over.status == 303
    assert "frente" in where(db, service.id)


def test_the_cep_fills_without_a_script(staff):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    filled = correct(ana, service.id, cep="35500-120", procurar="main")
    assert filled.status == 200
    assert filled.form(path(service.id))["street"] == "Rua das Acácias"


def test_who_may_not_and_whose_it_is_not(staff):
    service = cast.service(cast.rita())
    assert staff("joao.alcantara").get(path(service.id)).status == 403
    assert staff("celia.prado").get(path(service.id)).status == 404


def test_a_sharer_in_another_company_is_left_alone(staff, db):
    """The cooperative stands in TODAS: what Célia does to her service does not move that of Vale Claro."""
    celia, them = staff("celia.prado"), cast.cooperative()
    there = cast.service(them)
    at_home = where(db, there.id)
    sale = int(celia.post(f"/clientes/{them.id}/servicos/adicionar").location.split("/")[2])
    answer(celia, sale, "endereco", address_id=them.addresses()[0].id)
    plan = {"plan_id": cast.plan("Serra 400 Mbps").id, "seller_id": cast.operator("celia.prado").id}
    answer(celia, sale, "plano", **plan)
    answer(celia, sale, "contrato", templates=[])
    method = db.scalars(select(BillingMethod.id).where(BillingMethod.company_id.in_((0, celia_company())))).first()
    answer(celia, sale, "cobranca", billing_method_id=method)
    answer(celia, sale, "instalacao")
    assert save(celia, sale).status == 303
    own = db.scalars(select(Service.id).where(Service.person_id == them.id).order_by(Service.id.desc())).first()
    assert correct(celia, own, street="Rua Trocada").status == 303
    assert where(db, there.id) == at_home
    assert "Rua Trocada" in where(db, own)


def celia_company():
    return cast.serra_azul().id


def test_billing_for_all_moves_every_billing(staff, db, two):
    ana = staff("ana.souza")
    assert correct(ana, two[1], "cobranca", number="999", everywhere="yes").status == 303
    for id in two:
        assert "999" in where(db, id, "billing")
        assert "999" not in where(db, id)


def test_a_cep_alone_is_a_change_too(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    stale = ana.get(path(service.id)).form(path(service.id))
    assert correct(staff("bruno.reis"), service.id, cep="35500-121").status == 303
    assert "35500121" in db.scalars(select(Event).where(Event.action == "service.address_changed")).one().data["after"]
    assert ana.post(path(service.id), {**stale, "complement": "fundos"}).status == 409
    for wrong in ("00000-000", "٣٥٥٠٠١٢٠", "3550012"):
        assert "8 números" in correct(ana, service.id, cep=wrong).errors()["cep"], wrong
