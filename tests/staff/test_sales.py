"""Adicionar Cliente, from the first field to the dashboard (C-01 to C-20, C-110, C-111)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from models import clock
from models.billing.commission import Commission
from models.catalog import Offer, Plan
from models.contracts import Contract, ContractPrint
from models.documents import Document
from models.history import Event
from models.network import Connection
from models.outbox import Effect
from models.people import Address, Contact, Origin, Person, PersonGroup, PersonTag, Tag
from models.refused import Refused
from models.sales import Sale
from models.services import Service
from models.services.service import ServiceItem
from models.work_orders import WorkOrder
from tests import cast
from tests.staff.selling import ADDRESS, STEPS, answer, answers, begin, order, save, walk

pytestmark = pytest.mark.usefixtures("db")


def the_sale(db, number: int) -> Sale:
    return db.scalars(select(Sale).where(Sale.id == number).execution_options(populate_existing=True)).one()


def helena(db) -> Person | None:
    return db.scalars(select(Person).where(Person.document == cast.STRANGER)).first()


def count(db, table) -> int:
    return db.scalar(select(func.count()).select_from(table))


def _without_version(form: dict) -> dict:
    return {name: value for name, value in form.items() if name not in ("version", "csrf_token")}


@pytest.mark.feature("C-01")
def test_steps_in_order_and_answers_survive_going_back(staff, db):
    ana = staff("ana.souza")
    menu = ana.get("/clientes")
    assert "Adicionar" in menu.page.select_one('a[href="/clientes/adicionar"]').get_text()
    first = ana.get("/clientes/adicionar")
    titles = [li.get_text(" ", strip=True) for li in first.page.select(".wizard-steps li")]
    assert [title.split(",")[0].strip() for title in titles] == [
        "Dados",
        "Endereço",
        "Plano",
        "Contrato",
        "Cobrança",
        "Instalação",
        "Conferir",
    ]
    assert "Avançar" in first.words
    sale = walk(ana, endereco={"complement": "fundos"}, cobranca={"due_day": "25"}, instalacao=order())
    paths = {step: f"/vendas/{sale}/{step}" for step in STEPS}
    forward = {step: ana.get(path) for step, path in paths.items()}
    kept = {step: _without_version(page.form(paths[step])) for step, page in forward.items()}
    assert kept["dados"]["name"] == "Helena Prado Batista"
    assert (kept["endereco"]["complement"], kept["cobranca"]["due_day"]) == ("fundos", "25")
    assert kept["instalacao"]["description"] == "Instalar fibra e ONU na sala"
    for step in reversed(STEPS):  # back by Voltar
        assert _without_version(ana.get(paths[step]).form(paths[step])) == kept[step]
        back = forward[step].page.find("a", string=lambda text: text and text.strip() == "Voltar")
        assert (back is None) == (step == "dados")
        assert back is None or back["href"] == paths[STEPS[STEPS.index(step) - 1]]
    for step in STEPS:  # and forward by Avançar
        assert ana.post(paths[step], ana.get(paths[step]).form(paths[step])).status == 303
        assert _without_version(ana.get(paths[step]).form(paths[step])) == kept[step]
    assert helena(db) is None
    assert "Helena" not in ana.get("/clientes").words
    assert "Helena Prado Batista" in ana.get("/vendas").words


def test_a_later_step_opens_only_when_the_earlier_ones_are_answered(staff, db):
    ana = staff("ana.souza")
    sale = int(begin(ana).location.split("/")[2])
    for step in ("plano", "cobranca", "instalacao", "conferir"):
        there = ana.get(f"/vendas/{sale}/{step}")
        assert there.status == 303
        assert there.location == f"/vendas/{sale}"
    refused = ana.post(f"/vendas/{sale}/cobranca", answers("cobranca", version=1))
    assert refused.status == 422
    assert "cobranca" not in the_sale(db, sale).answers


@pytest.mark.feature("C-02")
def test_the_kind_of_customer_changes_the_fields(staff):
    ana = staff("ana.souza")
    natural = ana.get("/clientes/adicionar")
    names = {field["name"] for field in natural.page.select("main [name]")}
    assert {"document", "name", "birth_date", "rg", "mobile", "phone", "email"} <= names
    assert not {"trade_name", "state_registration", "contact_person"} & names
    assert "CPF" in natural.words
    legal = ana.post("/clientes/adicionar", answers("dados", tipo="organization"))
    names = {field["name"] for field in legal.page.select("main [name]")}
    assert {"document", "name", "trade_name", "state_registration", "contact_person", "mobile"} <= names
    assert not {"birth_date", "rg"} & names
    assert "CNPJ" in legal.words
    assert "Razão Social" in legal.words
    assert legal.form("/clientes/adicionar")["name"] == "Helena Prado Batista"  # what was typed is kept


@pytest.mark.feature("C-03")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("document", "", "Escreva o CPF"),
        ("document", "123.456.789", "Faltam 2"),
        ("document", "123.456.789-00", "não confere"),
        ("name", "", "nome e o sobrenome"),
        ("name", "Helena", "sobrenome"),
        ("mobile", "", "celular com DDD"),
        ("mobile", "9999", "celular com DDD"),
        ("email", "helena@", "Confira o e-mail"),
        ("birth_date", "2090-01-01", "futuro"),
        ("birth_date", "31/02/1990", "27/11/2026"),
        ("company_id", "", "empresa"),
    ],
)
def test_compulsory_data_are_checked_before_advancing(staff, db, field, typed, sentence):
    ana = staff("ana.souza") if field != "company_id" else staff("silvia.maia")
    refused = begin(ana, **{field: typed})
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert refused.page.select_one(".error-summary a[href]")
    assert refused.page.title.get_text().startswith("Erro: ")
    if field != "name":
        assert refused.form("/clientes/adicionar")["name"] == "Helena Prado Batista"
    assert db.scalar(select(func.count()).select_from(Sale).where(Sale.status == "draft")) == 1  # the cast's own


@pytest.mark.feature("C-03")
def test_an_alphanumeric_cnpj_is_accepted_and_a_wrong_one_is_not(staff, db):
    ana = staff("ana.souza")
    pj = {"kind": "organization", "name": "Nova Era Ltda.", "contact_person": "Íris Lemos"}
    assert "não confere" in begin(ana, document="12.ABC.345/01DE-36", **pj).errors()["document"]
    assert begin(ana, document="12.abc.345/01de-35", **pj).status == 303


@pytest.mark.feature("C-04")
@pytest.mark.parametrize("typed", ["529.982.247-25", "52998224725", " 529 982 247 25 "])
def test_an_existing_cpf_stops_at_the_first_field(staff, db, typed):
    ana = staff("ana.souza")
    refused = begin(ana, document=typed)
    assert refused.status == 422
    assert "é de Rita Aparecida Moreira" in refused.errors()["document"]
    rita = cast.rita().id
    assert refused.page.find("a", href=f"/clientes/{rita}", string="Abrir cadastro")
    adding = refused.page.find("button", string="Adicionar Serviço")
    started = ana.post(adding["formaction"])
    assert started.status == 303
    assert ana.follow(started).h1 == "Onde a internet vai ser instalada?"


def test_a_cpf_of_another_company_gives_no_name_away(staff):
    celia = staff("celia.prado")
    refused = begin(celia, document=cast.rita().document, company_id=cast.serra_azul().id)
    assert "Peça à supervisão" in refused.errors()["document"]
    assert "Rita" not in refused.words


@pytest.mark.feature("C-04")
def test_two_wizards_with_the_same_cpf_make_one_customer(staff, db, race):
    ana, rafael = staff("ana.souza"), staff("rafael.teixeira")
    sales = [walk(ana), walk(rafael)]
    visitors = [ana, rafael]
    forms = [
        who.get(f"/vendas/{sale}/conferir").form(f"/vendas/{sale}/conferir")
        for who, sale in zip(visitors, sales, strict=True)
    ]
    done = race(2, lambda i: visitors[i].post(f"/vendas/{sales[i]}/conferir", forms[i]))
    assert sorted(answer.status for answer in done) == [303, 422]
    loser = next(answer for answer in done if answer.status == 422)
    assert loser.page.find("a", href=f"/clientes/{helena(db).id}")
    assert db.scalar(select(func.count()).select_from(Person).where(Person.document == cast.STRANGER)) == 1
    assert db.scalar(select(func.count()).where(Service.person_id == helena(db).id)) == 1


@pytest.mark.feature("C-05")
def test_group_is_optional_and_one_of_the_registered(staff, db):
    ana = staff("ana.souza")
    offered = ana.get("/clientes/adicionar").page.select('select[name="group_id"] option')
    assert [option.get_text() for option in offered[1:]] == list(
        db.scalars(select(PersonGroup.name).order_by(PersonGroup.name))
    )
    assert begin(ana, group_id="999999").status == 422
    assert begin(ana, group_id="").status == 303
    group = db.scalars(select(PersonGroup)).first()
    sale = walk(ana, dados={"group_id": group.id})
    save(ana, sale)
    assert helena(db).group_id == group.id


def test_origin_is_stored(staff, db):
    origin = db.scalars(select(Origin)).first()
    ana = staff("ana.souza")
    save(ana, walk(ana, dados={"origin_id": origin.id}))
    assert helena(db).origin_id == origin.id
    assert origin.name in ana.get(f"/clientes/{helena(db).id}/dados").words


@pytest.mark.feature("C-07")
def test_the_cep_fills_the_address_and_typing_by_hand_always_works(staff, app, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    filled = ana.post("/ceps", {"cep": "35500-120", "procurar": "main"}, htmx=True)
    values = {name: value for name, (_, value) in json.loads(filled.page.select_one("#cep_found")["data-fill"]).items()}
    assert values["street"] == "Rua das Acácias"
    assert values["district"] == "Centro"
    assert values["city"] == "Vale Claro"
    assert values["state"] == "MG"
    plain = ana.post(f"/vendas/{sale}/endereco", {"cep": "35500120", "number": "9", "procurar": "main"})
    assert plain.form(f"/vendas/{sale}/endereco")["street"] == "Rua das Acácias"
    assert plain.form(f"/vendas/{sale}/endereco")["number"] == "9"
    unknown = ana.post("/ceps", {"cep": "99999-999", "procurar": "main"}, htmx=True)
    assert "Não achamos este CEP" in unknown.words
    answer(ana, sale, "endereco", cep="99999-999", street="Rua Nova")


@pytest.mark.feature("C-07")
def test_a_dead_cep_service_says_so_and_stops_nobody(staff, app):
    from integrations import cep

    class Dead:
        simulated = True

        def lookup(self, _):
            raise cep.CepUnavailable("down")

    app.extensions["cep"] = Dead()
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    down = ana.post(f"/vendas/{sale}/endereco", {"cep": "35500-120", "street": "Rua Minha", "procurar": "main"})
    assert "não respondeu" in down.words
    assert down.form(f"/vendas/{sale}/endereco")["street"] == "Rua Minha"
    answer(ana, sale, "endereco")


@pytest.mark.feature("C-08")
def test_a_general_cep_fills_only_city_and_state(staff):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    general = ana.post("/ceps", {"cep": "35500-000", "procurar": "main"}, htmx=True)
    values = json.loads(general.page.select_one("#cep_found")["data-fill"])
    assert values["city"] == ["", "Vale Claro"]
    assert set(values) == {"looked_up", "city", "state"}
    assert "CEP geral" in general.words
    refused = ana.post(f"/vendas/{sale}/endereco", {**answers("endereco"), "version": 1, "street": "", "district": ""})
    assert set(refused.errors()) >= {"street", "district"}


@pytest.mark.feature("C-09")
def test_billing_address_is_the_same_unless_switched_off(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    path = f"/vendas/{sale}/endereco"
    shown = ana.get(path)
    assert shown.form(path)["same_billing"] == "yes"
    off = ana.post(path, {**shown.form(path), **ADDRESS, "same_billing": "no"})
    assert off.status == 422
    assert {"billing_street", "billing_number", "billing_city"} <= set(off.errors())
    on = ana.post(path, {**shown.form(path), **ADDRESS, "same_billing": "yes", "billing_street": "Rua Ignorada"})
    assert on.status == 303
    assert shown.page.select_one('[data-show-when="same_billing=no"] [name="billing_street"]')  # hidden while on
    for step in ("plano", "contrato", "cobranca", "instalacao"):
        answer(ana, sale, step)
    save(ana, sale)  # on: what was typed for billing is ignored
    service = db.scalars(select(Service).where(Service.person_id == helena(db).id)).one()
    assert service.address_id == service.billing_address_id
    assert "Rua Ignorada" not in ana.get(f"/clientes/{helena(db).id}/dados").words


@pytest.mark.feature("C-09")
def test_another_billing_address_is_kept_beside_the_installation(staff, db):
    ana = staff("ana.souza")
    billing = {f"billing_{key}": value for key, value in {**ADDRESS, "number": "500"}.items()}
    sale = walk(ana, endereco={"same_billing": "no", **billing})
    save(ana, sale)
    service = db.scalars(select(Service).where(Service.person_id == helena(db).id)).one()
    assert service.address_id != service.billing_address_id
    assert "500" in ana.get(f"/clientes/{helena(db).id}/dados").words


@pytest.mark.feature("C-10", "C-110")
def test_plans_are_the_active_ones_of_the_customers_company(staff, db):
    ana = staff("ana.souza")
    inactive = cast.plan("Fibra 1 Gbps")
    inactive.retire()
    sale = walk(ana, until="plano")
    shown = ana.get(f"/vendas/{sale}/plano")
    assert "Fibra 500 Mbps" in shown.words
    assert "R$ 99,90" in shown.words
    assert "Fibra 1 Gbps" not in shown.words
    assert "Serra 400 Mbps" not in shown.words
    path = f"/vendas/{sale}/plano"
    for forged in ("", inactive.id, cast.plan("Serra 400 Mbps").id, 10**12):
        refused = ana.post(path, {**answers("plano"), "version": the_sale(db, sale).version, "plan_id": forged})
        assert refused.status == 422
        assert "Escolha o plano" in refused.words
    silvia = staff("silvia.maia")
    sale = walk(silvia, until="plano", dados={"company_id": "0"})
    assert "Serra 400 Mbps" in silvia.get(f"/vendas/{sale}/plano").words


@pytest.mark.feature("C-110")
def test_company_is_chosen_in_todas_and_fixed_in_a_company(staff, db):
    ana, silvia = staff("ana.souza"), staff("silvia.maia")
    fixed = ana.get("/clientes/adicionar").page
    assert fixed.select_one('select[name="company_id"]') is None
    assert "Vale Claro Telecom" in fixed.select_one("main").get_text()
    forged = begin(ana, company_id=cast.serra_azul().id)
    assert forged.status == 422
    assert "Escolha a empresa" in forged.words
    chosen = silvia.get("/clientes/adicionar").page.select('select[name="company_id"] option')
    assert {option.get_text() for option in chosen} >= {"TODAS", "Vale Claro Telecom", "Serra Azul Net"}
    assert begin(silvia, company_id="").status == 422
    assert begin(silvia, company_id="77").status == 422
    sale = walk(
        silvia,
        dados={"company_id": cast.serra_azul().id},
        plano={"plan_id": cast.plan("Serra 400 Mbps").id, "seller_id": cast.operator("celia.prado").id},
    )
    save(silvia, sale)
    assert helena(db).company_id == cast.serra_azul().id


@pytest.mark.feature("C-11")
def test_seller_day_and_value_stay_with_the_service(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    refused = ana.post(
        path, {**answers("plano", seller_id="", sold_on=tomorrow), "version": the_sale(db, sale).version}
    )
    assert set(refused.errors()) == {"seller_id", "sold_on"}
    yesterday = clock.today() - timedelta(days=1)
    save(ana, walk(ana, plano={"sold_on": f"{yesterday:%d/%m/%Y}"}))
    service = db.scalars(select(Service).where(Service.person_id == helena(db).id)).one()
    assert service.seller_id == cast.operator("rafael.teixeira").id
    assert service.sold_on == yesterday
    assert service.price_cents == 9990
    assert [item.amount_cents for item in service.items()] == [6990, 3000]


@pytest.mark.feature("C-12")
def test_the_contract_comes_with_the_plan_or_is_added(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="contrato")
    there = ana.get(f"/vendas/{sale}/contrato")
    assert "Fibra residencial, 12 meses" in there.page.select_one("#templates table").get_text()
    sale = walk(ana, until="contrato", plano={"plan_id": cast.plan("Rádio 20 Mbps").id})
    path = f"/vendas/{sale}/contrato"
    without = ana.get(path)
    assert without.page.select_one("#templates table") is None
    assert "Adicionar" in without.words
    template = cast.template()
    added = ana.post(path, {**without.form(path), "adicionar": template.id, "acao": "adicionar"})
    assert template.name in added.page.select_one("#templates table").get_text()
    assert ana.post(path, {**added.form(path), "templates": [template.id]}).status == 303
    assert the_sale(db, sale).answers["contrato"]["templates"] == [template.id]


@pytest.mark.feature("C-13", "C-14")
def test_billing_method_day_type_and_carne_are_compulsory_and_stored(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="cobranca")
    path = f"/vendas/{sale}/cobranca"
    version = the_sale(db, sale).version
    refused = ana.post(path, {"version": version})
    assert refused.status == 422
    said = refused.words
    for sentence in ("Escolha a forma de cobrança", "Escolha o dia", "Antecipado ou Postecipado", "usa carnê"):
        assert sentence in said
    for field, forged in (("due_day", "11"), ("billing_method_id", "999"), ("billing_type", "weekly")):
        assert ana.post(path, {**answers("cobranca", **{field: forged}), "version": version}).status == 422
    save(ana, walk(ana, cobranca={"due_day": "25", "billing_type": "postpaid", "uses_carne": "yes"}))
    service = db.scalars(select(Service).where(Service.person_id == helena(db).id)).one()
    assert (service.due_day, service.billing_type, service.uses_carne) == (25, "postpaid", True)
    words = ana.get(f"/clientes/{helena(db).id}/financeiro").words
    assert "Boleto mensal" in words
    assert "Postecipado" in words
    assert "dia 25" in words
    assert "carnê não gerado" in ana.get(f"/clientes/{helena(db).id}/carnes").words


@pytest.mark.feature("C-16")
def test_the_fee_starts_at_no_and_is_refused_with_carne(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="cobranca")
    path = f"/vendas/{sale}/cobranca"
    shown = ana.get(path)
    assert shown.form(path)["charge_fee"] == "no"
    assert "Não, se foi paga no ato. Com carnê não pode: use Financeiro, Cobrança." in shown.words
    assert shown.page.select_one('[data-hide-when="uses_carne=yes"] [name="charge_fee"]')
    forged = {
        "uses_carne": "yes",
        "charge_fee": "yes",
        "installation_fee_cents": "150,00",
        "installation_fee_text": "Taxa",
    }
    refused = ana.post(path, {**answers("cobranca", **forged), "version": the_sale(db, sale).version})
    assert refused.status == 422
    assert "Com carnê a taxa não entra" in refused.words
    empty = ana.post(
        path,
        {**answers("cobranca", charge_fee="yes", installation_fee_cents="0"), "version": the_sale(db, sale).version},
    )
    assert "maior que zero" in empty.words
    hidden = {**forged, "charge_fee": "no"}  # what stood in the hidden fields is not charged
    kept = ana.post(path, {**answers("cobranca", **hidden), "version": the_sale(db, sale).version})
    assert kept.status == 303
    answer(ana, sale, "instalacao")
    save(ana, sale)
    sold = db.scalars(select(Service).where(Service.person_id == helena(db).id)).one()
    assert (sold.uses_carne, sold.installation_fee_cents) == (True, 0)
    with pytest.raises(IntegrityError, match="no_fee_with_carne"):
        db.execute(Service.__table__.update().values(uses_carne=True, installation_fee_cents=100))
    db.rollback()


def test_the_review_shows_the_arithmetic_of_the_first_invoice(staff, clock):
    with clock("2026-11-20 10:00"):
        ana = staff("ana.souza")
        fee = {"charge_fee": "yes", "installation_fee_cents": "150,00", "installation_fee_text": "Taxa de instalação"}
        sale = walk(ana, cobranca=fee)
        words = ana.get(f"/vendas/{sale}/conferir").words
    assert "R$ 99,90 × 20 ÷ 30" in words
    assert "66,60" in words
    assert "316,50" in words  # 66,60 + 99,90 + 150,00


def test_the_preview_follows_what_is_being_typed_and_keeps_nothing(staff, db, clock):
    with clock("2026-11-20 10:00"):
        ana = staff("ana.souza")
        sale = walk(ana, until="cobranca")
        before = the_sale(db, sale).version
        shown = ana.post(
            f"/vendas/{sale}/previa", answers("cobranca", billing_type="postpaid", passo="cobranca"), htmx=True
        )
    assert "66,60" in shown.words
    assert "Mensalidade" not in shown.words
    assert the_sale(db, sale).version == before


@pytest.mark.feature("C-17", "C-18")
def test_an_order_needs_every_field(staff, db):
    wrong = {
        "kind_id": [""],
        "status": ["closed", None],
        "technician_id": ["", cast.operator("ana.souza").id],
        "start_on": ["", "2026-02-31", "2020-01-01"],
        "start_time": ["", "25:00"],
        "description": ["", "   "],
    }
    ana = staff("ana.souza")
    sale = walk(ana, until="instalacao")
    path = f"/vendas/{sale}/instalacao"
    assert ana.get(path).form(path)["open_order"] == "yes"  # fiber has to be brought in
    version = the_sale(db, sale).version
    for field, typed in [(field, typed) for field, values in wrong.items() for typed in values]:
        refused = ana.post(path, {"version": version, **order(**{field: typed})})
        assert (refused.status, list(refused.errors())) == (422, [field]), typed
        assert refused.page.select_one(".error-summary")
        assert "instalacao" not in the_sale(db, sale).answers


@pytest.mark.feature("C-17", "C-18")
def test_an_inactive_technician_is_refused_and_without_switch_there_is_no_order(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="instalacao")
    technician = cast.operator("joao.alcantara")
    technician.retire()
    path = f"/vendas/{sale}/instalacao"
    refused = ana.post(path, {"version": the_sale(db, sale).version, **order()})
    assert "technician_id" in refused.errors()
    before = count(db, WorkOrder)
    answer(ana, sale, "instalacao", open_order="no")
    save(ana, sale)
    assert count(db, WorkOrder) == before
    assert db.scalars(select(Service.status).where(Service.person_id == helena(db).id)).one() == "active"


@pytest.mark.feature("C-19")
def test_everything_is_created_together_or_not_at_all(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, instalacao=order())
    before = [count(db, table) for table in (Person, Service, Contract, WorkOrder, Contact)]
    cast.operator("joao.alcantara").retire()  # between the step and Salvar the technician leaves
    refused = save(ana, sale)
    assert refused.status == 422
    assert "Instalação: Escolha um técnico ativo." in refused.words
    assert [count(db, table) for table in (Person, Service, Contract, WorkOrder, Contact)] == before
    assert the_sale(db, sale).status == "draft"
    cast.operator("joao.alcantara").restore()
    saved = save(ana, sale)
    assert saved.status == 303
    person = helena(db)
    service = db.scalars(select(Service).where(Service.person_id == person.id)).one()
    assert service.status == "awaiting_installation"
    assert db.scalars(select(Contract).where(Contract.service_id == service.id)).one().loyalty_months == 12
    work = db.scalars(select(WorkOrder).where(WorkOrder.service_id == service.id)).one()
    assert (work.status, work.description) == ("scheduled", "Instalar fibra e ONU na sala")
    again = ana.post(f"/vendas/{sale}/conferir", {"version": "9"})
    assert again.location == saved.location  # a second press leads to the same customer
    assert db.scalar(select(func.count()).select_from(Service).where(Service.person_id == person.id)) == 1


WRITTEN = (Person, Contact, Address, Service, ServiceItem, Contract, ContractPrint, Document, Commission, Connection)
LATER = [
    ("models.people.person.Person._add_contacts", "the contacts"),
    ("models.services.service.Service.contract", "the service"),
    ("models.contracts.contract.Contract.issue", "the contract"),
    ("models.billing.commission.Commission.of_sale", "the commission"),
    ("models.work_orders.work_order.WorkOrder.open", "the order"),
]


@pytest.mark.postgresql
@pytest.mark.feature("C-19")
@pytest.mark.parametrize("where", [name for name, _ in LATER], ids=[what for _, what in LATER])
def test_a_failure_after_the_first_insert_leaves_nothing(staff, db, monkeypatch, where):
    """The customer is written by then; whatever fails later takes it along."""
    ana = staff("ana.souza")
    sale = walk(ana, instalacao=order(), dados={"tags": []})
    before = [count(db, table) for table in (*WRITTEN, WorkOrder, Event, Effect)]
    seen = []

    def fails(*_, **__):
        written = select(func.count()).select_from(Person).where(Person.document == cast.STRANGER)
        seen.append(db.scalar(written))
        raise Refused("O técnico saiu agora mesmo. Escolha outro.")

    monkeypatch.setattr(where, fails)
    refused = save(ana, sale)
    assert refused.status == 422
    assert "O técnico saiu agora mesmo" in refused.words
    assert seen == [1]
    assert [count(db, table) for table in (*WRITTEN, WorkOrder, Event, Effect)] == before
    assert the_sale(db, sale).status == "draft"
    monkeypatch.undo()
    assert save(ana, sale).status == 303


@pytest.mark.feature("C-20")
def test_after_saving_the_dashboard_opens_with_its_menu(staff, db):
    ana = staff("ana.souza")
    saved = save(ana, walk(ana))
    dashboard = ana.follow(saved)
    assert dashboard.h1 == "Helena Prado Batista"
    assert "Dashboard do Cliente" in dashboard.words
    menu = dashboard.page.select_one('nav[aria-label="Menu"]')
    links = {link.get_text(" ", strip=True).rstrip(" 0123456789"): link["href"] for link in menu.select("a")}
    expected = [
        "Serviços",
        "Financeiro",
        "Carnês",
        "Contratos",
        "Atendimentos",
        "Ordens de Serviço",
        "Dados",
        "Históricos",
    ]
    assert sorted(links) == sorted(expected)
    for href in links.values():
        assert ana.get(href).h1 == "Helena Prado Batista"


@pytest.mark.postgresql
@pytest.mark.feature("C-111")
def test_tags_are_set_at_the_sale_and_changed_later(staff, db):
    ana = staff("ana.souza")
    tags = list(db.scalars(select(Tag).order_by(Tag.name)))
    save(ana, walk(ana, dados={"tags": [tags[0].id, tags[1].id]}))
    person = helena(db)
    shown = ana.get(f"/clientes/{person.id}").words
    assert tags[0].name in shown
    assert tags[1].name in shown
    path = f"/clientes/{person.id}/etiquetas"
    assert ana.post(path, {"tags": [tags[2].id]}).status == 303
    assert list(db.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == person.id))) == [tags[2].id]
    assert ana.post(path, {"tags": ["999999"]}).status == 422
    assert ana.post(path, {}).status == 303
    assert not db.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == person.id)).all()


def test_two_tabs_on_one_draft_do_not_overwrite_each_other(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    first, second = ana.get(path).form(path), ana.get(path).form(path)
    assert ana.post(path, {**first, **answers("plano")}).status == 303
    stale = ana.post(path, {**second, **answers("plano", plan_id=cast.plan("Fibra 300 Mbps").id)})
    assert stale.status == 409
    assert "outra janela" in stale.words
    assert the_sale(db, sale).answers["plano"]["plan_id"] == cast.plan("Fibra 500 Mbps").id


@pytest.mark.parametrize("beginner", ["ana.souza", "silvia.maia"])
def test_another_operator_resumes_a_draft_and_a_stranger_finds_nothing(staff, beginner):
    sale = walk(staff(beginner), until="cobranca")
    rafael, celia = staff("rafael.teixeira"), staff("celia.prado")
    there = rafael.get(f"/vendas/{sale}")
    assert there.location == f"/vendas/{sale}/cobranca"
    assert celia.get(f"/vendas/{sale}").status == 404
    assert celia.post(f"/vendas/{sale}/cobranca", answers("cobranca")).status == 404
    assert celia.post(f"/vendas/{sale}/descarte").status == 404
    assert "Helena" not in celia.get("/vendas").words


def test_a_discarded_draft_is_gone(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana)
    assert ana.post(f"/vendas/{sale}/descarte").status == 303
    assert "Helena" not in ana.get("/vendas").words
    assert the_sale(db, sale).answers == {}
    assert ana.get(f"/vendas/{sale}").status == 422
    assert ana.post(f"/vendas/{sale}/conferir", {"version": "8"}).status == 422
    assert helena(db) is None


def test_who_may_not_sell_sees_no_button_and_is_refused(staff):
    bruno = staff("bruno.reis")
    assert bruno.get("/clientes").page.select_one('a[href="/clientes/adicionar"]') is None
    assert bruno.get("/clientes/adicionar").status == 403
    assert begin(bruno).status == 403


@pytest.mark.feature("C-22", "C-23", "C-24", "C-31")
def test_adding_a_service_to_a_known_customer(staff, db):
    ana = staff("ana.souza")
    ze = cast.ze()
    row = ana.follow(ana.post("/clientes", {"q": "josé antônio"}))
    assert "Habilitado" in row.words
    see = row.page.select_one(f'.row-actions a[href="/clientes/{ze.id}"]')
    assert see.get_text(strip=True) == "VER"
    dashboard = ana.get(see["href"])
    adding = dashboard.page.find("form", action=f"/clientes/{ze.id}/servicos/adicionar")
    assert "Adicionar Serviços" in adding.get_text()
    started = ana.post(adding["action"])
    sale = int(started.location.split("/")[2])
    path = f"/vendas/{sale}/endereco"
    shown = ana.get(path)
    known = shown.form(path)["address_id"]
    assert known == str(ze.addresses()[0].id)  # the registered address is proposed
    assert "Outro endereço" in shown.words
    empty = ana.post(path, {**shown.form(path), "address_id": ""})
    assert {"street", "number", "city"} <= set(empty.errors())
    new = ana.post(path, {**shown.form(path), "address_id": "", **ADDRESS, "number": "901"})
    assert new.status == 303
    path = f"/vendas/{sale}/plano"
    nothing = ana.post(path, {"version": the_sale(db, sale).version, "sold_on": clock.today().isoformat()})
    assert {"seller_id"} <= set(nothing.errors())
    assert "Escolha o plano" in nothing.words
    for step in ("plano", "contrato", "cobranca", "instalacao"):
        answer(ana, sale, step)
    saved = save(ana, sale)
    dashboard = ana.follow(saved)
    assert "Serviço adicionado ao cliente." in dashboard.words
    services = db.scalars(select(Service).where(Service.person_id == ze.id).order_by(Service.id)).all()
    assert len(services) == 2
    assert services[0].address_id != services[1].address_id
    assert "901" in dashboard.words
    assert services[1].status == "active"
    assert ze.addresses()[0].id == services[0].address_id  # the registered one stays as it was
    listed = [row.get_text(" ", strip=True) for row in dashboard.page.select("main article, main tr, main li")]
    assert any("Fibra 500 Mbps" in row and "Habilitado" in row for row in listed)


def test_the_address_of_another_customer_is_refused(staff, db):
    ana = staff("ana.souza")
    started = ana.post(f"/clientes/{cast.ze().id}/servicos/adicionar")
    sale = int(started.location.split("/")[2])
    path = f"/vendas/{sale}/endereco"
    theirs = cast.rita().addresses()[0].id
    assert ana.post(path, {**ana.get(path).form(path), "address_id": theirs}).status == 422
    assert "endereco" not in the_sale(db, sale).answers


def test_an_address_id_in_a_first_sale_is_refused(staff, db):
    celia = staff("celia.prado")
    sale = walk(celia, until="endereco", dados={"company_id": cast.serra_azul().id})
    forged = {**answers("endereco"), "version": the_sale(db, sale).version, "address_id": cast.rita().addresses()[0].id}
    assert celia.post(f"/vendas/{sale}/endereco", forged).status == 422
    assert "endereco" not in the_sale(db, sale).answers


@pytest.mark.postgresql
def test_a_plan_that_changed_meanwhile_is_confirmed_again(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana)
    mine = select(Plan).where(Plan.name == "Fibra 500 Mbps")
    plan = db.scalars(mine.options(selectinload(Plan.items)), execution_options={"populate_existing": True}).one()
    plan.compose(19990, [{"kind": "scm", "name": "Internet (SCM)", "amount_cents": 19990}])
    refused = save(ana, sale)
    assert refused.status == 409
    assert "agora custa R$ 199,90" in refused.words
    assert helena(db) is None
    answer(ana, sale, "plano")
    assert save(ana, sale).status == 303
    assert cast.service(helena(db)).price_cents == 19990


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("form", "changes", "said"),
    [
        ("term", {"loyalty_months": "36", "benefit_cents": "999,00"}, "Mudou a fidelidade e o valor do benefício."),
        ("term", {"benefit": "Instalação por nossa conta"}, "Mudou o benefício."),
        ("plan", {"readjust_index": "IPCA", "readjust_months": "24"}, "Mudou o índice do reajuste e os meses até"),
        ("plan", {"installation_fee_cents": "500,00"}, "Mudou a taxa de instalação."),
    ],
)
def test_an_offer_that_changed_meanwhile_is_confirmed_again(staff, db, form, changes, said):
    """Whatever the public buys: what was read to the customer is what is contracted (decision 036)."""
    seller, davi = staff("rafael.teixeira"), staff("davi.rocha")
    sale = walk(seller)
    review = f"/vendas/{sale}/conferir"
    drawn = seller.get(review).form(review)
    path = f"/configuracao/planos/{cast.plan('Fibra 500 Mbps').id}/editar"
    if form == "term":
        path = f"/configuracao/modelos-de-contrato/{cast.template().id}/editar"
    assert davi.post(path, {**davi.get(path).form(path), **changes}).status == 303
    refused = seller.post(review, drawn)
    assert refused.status == 409
    assert said in refused.words
    assert helena(db) is None
    answer(seller, sale, "plano")
    assert save(seller, sale).status == 303
    service = cast.service(helena(db))
    assert db.get(Offer, service.offer_id).ended_on is None
    assert cast.contract(service).loyalty_months == db.get(Offer, service.offer_id).loyalty_months


def test_a_template_chosen_by_hand_is_confirmed_again_when_its_term_changed(staff, db):
    seller, davi, other = staff("rafael.teixeira"), staff("davi.rocha"), cast.template("Telefone, sem fidelidade")
    sale = walk(seller, contrato={"templates": [str(other.id)]})
    path = f"/configuracao/modelos-de-contrato/{other.id}/editar"
    term = {"loyalty_months": "12", "benefit": "Aparelho", "benefit_cents": "90,00"}
    assert davi.post(path, {**davi.get(path).form(path), **term}).status == 303
    refused = save(seller, sale)
    assert refused.status == 422
    assert "A fidelidade de um modelo mudou depois que você o escolheu" in refused.words
    assert helena(db) is None
    answer(seller, sale, "contrato", templates=[str(other.id)])
    assert save(seller, sale).status == 303


def test_an_offer_saved_as_it_was_is_not_asked_again(staff, db):
    seller, davi = staff("rafael.teixeira"), staff("davi.rocha")
    sale = walk(seller)
    path = f"/configuracao/planos/{cast.plan('Fibra 500 Mbps').id}/editar"
    assert davi.post(path, davi.get(path).form(path)).status == 303
    assert save(seller, sale).status == 303


def test_a_draft_of_before_the_offers_is_asked_once(staff, db):
    """It kept composition and speeds where the edition stands now."""
    seller = staff("rafael.teixeira")
    sale = walk(seller)
    row = the_sale(db, sale)
    kept = {**row.answers["plano"], "offer": [["scm", "Internet (SCM)", 6990], ["fiber", 500, 250]]}
    row.answers = {**row.answers, "plano": kept}
    db.commit()
    assert "Volte ao passo Plano" in save(seller, sale).words
    answer(seller, sale, "plano")
    assert save(seller, sale).status == 303


@pytest.mark.postgresql
def test_of_a_sale_and_another_term_at_once_the_contract_is_of_the_offer(staff, db, race):
    seller, davi = staff("rafael.teixeira"), staff("davi.rocha")
    sale = walk(seller)
    review, term = f"/vendas/{sale}/conferir", f"/configuracao/modelos-de-contrato/{cast.template().id}/editar"
    drawn, typed = seller.get(review).form(review), davi.get(term).form(term)
    acts = (lambda: seller.post(review, drawn), lambda: davi.post(term, {**typed, "loyalty_months": "36"}))
    sold, changed = race(2, lambda i: acts[i]())
    assert changed.status == 303
    assert sold.status in (303, 409)
    if sold.status == 303:
        service = cast.service(helena(db))
        assert db.get(Offer, service.offer_id).loyalty_months == cast.contract(service).loyalty_months


@pytest.mark.postgresql
def test_a_draft_whose_plan_is_gone_opens_every_step_and_takes_another(staff, db):
    ana, davi = staff("ana.souza"), staff("davi.rocha")
    usual = f"/configuracao/planos/{cast.plan('Fibra 500 Mbps').id}/editar"
    passing = {**davi.get(usual).form(usual), "name": "Fibra de passagem"}
    assert davi.post("/configuracao/planos/adicionar", passing).status == 303
    gone = cast.plan("Fibra de passagem").id
    sale = walk(ana, plano={"plan_id": gone})
    held = davi.post(f"/configuracao/planos/{gone}/remover")  # a draft names it: in use
    assert held.status == 422
    assert "está em uso e não pode ser excluído. Inative em vez de excluir." in held.words
    db.execute(update(Sale).where(Sale.id == sale).values(plan_id=None))  # a draft of before it was held
    db.commit()
    assert davi.post(f"/configuracao/planos/{gone}/remover").status == 303
    for step in STEPS[1:]:
        assert ana.get(f"/vendas/{sale}/{step}").status == 200
    assert "Não está mais entre as opções: Plano/Serviço" in ana.get(f"/vendas/{sale}/plano").words
    assert not ana.get(f"/vendas/{sale}/cobranca").page.select_one("#first-invoice .figure")
    review = ana.get(f"/vendas/{sale}/conferir").words
    assert "fora de uso" in review
    assert "Este passo precisa de outra resposta: Alterar Plano" in review
    refused = save(ana, sale)
    assert (refused.status, helena(db)) == (422, None)
    assert "Alterar Plano" in refused.words
    answer(ana, sale, "plano")
    assert save(ana, sale).status == 303


@pytest.mark.parametrize("typed", ["date:oi", "date:2026-01-01", "time:08:00", "$date"])
def test_no_text_breaks_a_draft(staff, typed):
    ana = staff("ana.souza")
    sale = walk(ana, endereco={"complement": typed})
    path = f"/vendas/{sale}/endereco"
    assert ana.get(path).form(path)["complement"] == typed
    assert ana.get(f"/vendas/{sale}/conferir").status == 200


@pytest.mark.parametrize("typed", ["27/11/25", "0001-01-01", "1800-01-01", "2026-W01-1"])
def test_a_year_needs_four_numbers_of_our_time(staff, db, typed):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    forged = {**answers("plano", sold_on=typed), "version": the_sale(db, sale).version}
    assert "sold_on" in ana.post(f"/vendas/{sale}/plano", forged).errors()


@pytest.mark.parametrize("path", ["/clientes", "/clientes/adicionar", "/vendas"])
def test_pages_ask_a_fixed_number_of_questions(staff, count_queries, db, path):
    ana = staff("ana.souza")
    ana.get(path)
    with count_queries() as few:
        ana.get(path)
    for number in range(12):
        walk(ana, until="plano", dados={"document": _cpf(number)})
    with count_queries() as many:
        ana.get(path)
    assert len(many) == len(few) <= 12


def _cpf(number: int) -> str:
    digits = [int(digit) for digit in f"{number + 300_000_000:09d}"]
    for _ in range(2):
        weighted = sum((len(digits) + 1 - place) * digit for place, digit in enumerate(digits))
        digits.append(weighted * 10 % 11 % 10)
    return "".join(map(str, digits))


def test_the_day_of_the_sale_is_the_companys_not_utcs(staff, clock, db):
    with clock("2026-11-30 23:30"):
        ana = staff("ana.souza")
        sale = walk(ana, until="plano")
        proposed = ana.get(f"/vendas/{sale}/plano").form(f"/vendas/{sale}/plano")["sold_on"]
    assert proposed == date(2026, 11, 30).isoformat()


def adding_to(visitor, person) -> int:
    """A draft of Adicionar Serviço for a customer."""
    started = visitor.post(f"/clientes/{person.id}/servicos/adicionar")
    return int(started.location.split("/")[2])


@pytest.mark.feature("C-26", "C-27", "C-28")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"billing_method_id": ""}, {"billing_method_id"}),
        ({"due_day": "7"}, {"due_day"}),
        ({"billing_type": ""}, {"billing_type"}),
        ({"uses_carne": ""}, {"uses_carne"}),
        ({"uses_carne": "yes", "charge_fee": "yes", "installation_fee_cents": "100,00"}, {"charge_fee"}),
        ({"charge_fee": "yes", "installation_fee_cents": "0"}, {"installation_fee_cents"}),
        (
            {"billing_method_id": "", "due_day": "", "billing_type": "", "uses_carne": ""},
            {"billing_method_id", "due_day", "billing_type", "uses_carne"},
        ),
    ],
)
def test_an_added_service_advances_only_with_its_billing_data(staff, db, changes, fields):
    ana = staff("ana.souza")
    sale = adding_to(ana, cast.ze())
    for step in ("endereco", "plano", "contrato"):
        answer(ana, sale, step, **({"address_id": cast.ze().addresses()[0].id} if step == "endereco" else {}))
    path = f"/vendas/{sale}/cobranca"
    refused = ana.post(path, {**ana.get(path).form(path), **answers("cobranca", **changes)})
    assert refused.status == 422
    assert set(refused.errors()) == fields
    summary = refused.page.select_one('.error-summary[role="alert"][tabindex="-1"]')
    assert {link["href"] for link in summary.select("a")} == {f"#{field}" for field in fields}
    assert "cobranca" not in the_sale(db, sale).answers
    assert ana.get(f"/vendas/{sale}/instalacao").status == 303


@pytest.mark.feature("C-29")
def test_editing_the_address_beside_the_contract_changes_this_service_only(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    home = ze.addresses()[0]
    registered = home.text
    sale = adding_to(ana, ze)
    for step in ("endereco", "plano"):
        answer(ana, sale, step, **({"address_id": home.id} if step == "endereco" else {}))
    there = ana.get(f"/vendas/{sale}/contrato")
    assert registered in there.words
    edit = there.page.select_one('.row-actions a[href*="endereco"]')
    assert edit.get_text().startswith("Editar")
    path = f"/vendas/{sale}/endereco"
    shown = ana.get(edit["href"])
    typed = shown.form(path)
    assert typed["address_id"] == ""
    assert typed["street"] == home.street
    back = ana.post(path, {**typed, "complement": "loja 2"})
    assert back.location == f"/vendas/{sale}/contrato"
    assert "loja 2" in ana.follow(back).words
    for step in ("contrato", "cobranca", "instalacao"):
        answer(ana, sale, step)
    assert save(ana, sale).status == 303
    db.expire_all()
    first, second = db.scalars(select(Service).where(Service.person_id == ze.id).order_by(Service.id)).all()
    assert first.address("installation").text == registered
    assert "loja 2" in second.address("installation").text


@pytest.mark.postgresql
@pytest.mark.feature("C-30")
def test_an_added_service_may_open_its_installation_order(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    sale = adding_to(ana, ze)
    for step in ("endereco", "plano", "contrato", "cobranca"):
        answer(ana, sale, step, **({"address_id": ze.addresses()[0].id} if step == "endereco" else {}))
    path = f"/vendas/{sale}/instalacao"
    shown = ana.get(path)
    assert shown.form(path)["open_order"] == "yes"  # fibre: somebody has to come
    before = count(db, WorkOrder)
    refused = ana.post(path, {**shown.form(path), **order(technician_id="", start_on="", description="")})
    assert refused.status == 422
    assert {"technician_id", "start_on", "description"} <= set(refused.errors())
    answer(ana, sale, "instalacao", **order())
    assert save(ana, sale).status == 303
    added = db.scalars(select(Service).where(Service.person_id == ze.id).order_by(Service.id.desc())).first()
    assert added.status == "awaiting_installation"
    assert count(db, WorkOrder) == before + 1
