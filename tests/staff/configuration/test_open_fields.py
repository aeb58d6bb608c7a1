"""A contract follows the kind of its service, and is never printed with a value that is not there (B-19)."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from models.catalog import ContractTemplate, Plan
from models.catalog.contract_text import MISSING
from models.contracts import Contract
from models.operators import Company
from tests import cast
from tests.staff.configuration.test_plans import PATH as PLANS
from tests.staff.configuration.test_plans import typed

PATH, COMPANIES = "/configuracao/modelos-de-contrato", "/configuracao/empresas"
SPEED = "## Plano\n\nAté {{servico.download}}.\n\n{{tabela.composicao}}\n"


def landline(db) -> Plan:
    return db.scalars(select(Plan).where(Plan.name == "Telefone fixo 2 ramais")).one()


def publish(visitor, template, body):
    form = visitor.get(f"{PATH}/{template.id}/texto").form(f"{PATH}/{template.id}/texto")
    return visitor.post(f"{PATH}/{template.id}/texto", {**form, "body": body})


def printed_words(db, visitor, worker, contract, person) -> str:
    """The words of the PDF, as somebody opens it; of a customer renamed, since the cast's prints are blank sheets."""
    place = f"/contratos/{contract.id}/impressao"
    person.name += " Neto"
    db.commit()
    assert visitor.post(place).status == 303
    worker.drain()
    body = visitor.post(place).data
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)


@pytest.mark.feature("B-19")
def test_a_telephone_contract_speaks_of_telephony_and_no_text_leaves_a_field_open(staff, db, worker):
    ana, davi = staff("ana.souza"), staff("davi.rocha")
    phone = printed_words(
        db, ana, worker, cast.contract(cast.service(cast.sol(), "Telefone fixo 2 ramais")), cast.sol()
    )
    assert "Contrato de prestação de serviço de telefonia" in phone
    assert "Serviço Telefônico Fixo Comutado (STFC)" in phone
    assert "portabilidade" in phone
    for wrong in ("acesso à internet", "Mbps", "Marco Civil", MISSING, "{{"):
        assert wrong not in phone
    fibre = printed_words(db, ana, worker, cast.contract(cast.service(cast.rita())), cast.rita())
    assert "Contrato de prestação de serviço de internet" in fibre
    assert "até 500 Mbps para receber" in fibre
    for wrong in ("STFC", "portabilidade", MISSING, "{{"):
        assert wrong not in fibre

    # Refuse: publishing what leaves a field open for a plan that uses the template
    template = cast.template("Telefone, sem fidelidade")
    refused = publish(davi, template, SPEED)
    assert refused.status == 422
    said = refused.errors()["body"]
    assert "O contrato de Telefone fixo 2 ramais ficaria sem {{servico.download}}." in said
    assert "entre {{#servico.download}} e {{/servico.download}}" in said
    assert refused.form(f"{PATH}/{template.id}/texto")["body"].strip() == SPEED.strip()
    assert len(template.revisions()) == 1
    kept = publish(davi, template, "## Plano\n\n{{#servico.download}}Até {{servico.download}}.{{/servico.download}}\n")
    assert kept.status == 303


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("RG {{cliente.rg}}.", "cliente.rg"),
        ("Para {{cliente.responsavel}}.", "cliente.responsavel"),
        ("Vence em {{cobranca.primeiro_vencimento}}.", "cobranca.primeiro_vencimento"),
        ("Por {{fidelidade.meses}} meses.", "fidelidade.meses"),
        ("{{#telefonia}}Até {{servico.upload}}.{{/telefonia}}", "servico.upload"),
    ],
)
def test_what_some_contracts_do_not_have_stands_in_a_stretch(staff, db, body, field):
    davi, template = staff("davi.rocha"), cast.template("Telefone, sem fidelidade")
    assert f"{{{{{field}}}}}" in publish(davi, template, body).errors()["body"]
    assert publish(davi, template, f"Olá.{{{{#{field}}}}} {body}{{{{/{field}}}}}").status == 303


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{{#cliente.rg}}RG {{cliente.rg}}, de {{cliente.nascimento}}.{{/cliente.rg}}", "cliente.nascimento"),
        (
            "{{#cliente.rg}}{{#cliente.nascimento}}{{cliente.email}}{{/cliente.nascimento}}{{/cliente.rg}}",
            "cliente.email",
        ),
        (
            "{{#cliente.email}}{{#carne}}{{cobranca.primeira_fatura}}{{/carne}}{{/cliente.email}}",
            "cobranca.primeira_fatura",
        ),
        (
            "{{#cliente.responsavel}}{{#telefonia}}{{servico.download}}{{/telefonia}}{{/cliente.responsavel}}",
            "servico.download",
        ),
    ],
)
@pytest.mark.postgresql
def test_a_stretch_of_what_some_have_leaves_open_nothing_that_others_lack(staff, db, body, field):
    davi, template = staff("davi.rocha"), cast.template("Telefone, sem fidelidade")
    refused = publish(davi, template, f"Olá. {body}")
    assert refused.status == 422
    assert f"ficaria sem {{{{{field}}}}}." in refused.errors()["body"]
    apart = body.replace(f"{{{{{field}}}}}", f"{{{{#{field}}}}}{{{{{field}}}}}{{{{/{field}}}}}")
    assert publish(davi, template, f"Olá. {apart}").status == 303


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{{#internet}}a", "O trecho {{#internet}} não termina"),
        ("a{{/internet}}", "{{/internet}} fecha um trecho que não começou"),
        ("{{#internet}}{{#carne}}a{{/internet}}{{/carne}}", "{{/internet}} vem antes de {{/carne}}"),
        ("{{#tv}}a{{/tv}}", "O Enlace não conhece {{#tv}}, {{/tv}}"),
    ],
)
def test_a_stretch_that_is_none_is_refused(staff, db, body, sentence):
    davi = staff("davi.rocha")
    assert sentence in publish(davi, cast.template(), body).errors()["body"]


def test_a_plan_is_not_saved_with_a_text_that_would_lack_a_value(staff, db):
    davi, template = staff("davi.rocha"), cast.template()
    assert publish(davi, template, SPEED).status == 303, "every plan of this template has a speed"
    form = {"company_id": cast.vale_claro().id, "contract_template_id": str(template.id)}
    refused = davi.post(f"{PLANS}/adicionar", typed(**form, download_mbps="0", upload_mbps="0"))
    assert refused.status == 422
    assert "O contrato de Fibra 700 Mbps ficaria sem {{servico.download}}." in refused.errors()["contract_template_id"]
    assert db.scalars(select(Plan).where(Plan.name == "Fibra 700 Mbps")).first() is None
    assert davi.post(f"{PLANS}/adicionar", typed(**form)).status == 303
    row = landline(db)
    edit = davi.get(f"{PLANS}/{row.id}/editar").form(f"{PLANS}/{row.id}/editar")
    refused = davi.post(f"{PLANS}/{row.id}/editar", {**edit, "contract_template_id": str(template.id)})
    assert "{{servico.download}}" in refused.errors()["contract_template_id"]
    db.expire_all()
    assert landline(db).contract_template_id != template.id


def test_a_plan_out_of_use_does_not_come_back_to_a_text_that_lacks_its_value(staff, db):
    davi, template, row = staff("davi.rocha"), cast.template("Telefone, sem fidelidade"), landline(db)
    assert davi.post(f"{PLANS}/{row.id}/inativacao").status == 303
    assert publish(davi, template, SPEED).status == 303
    assert "ficaria sem {{servico.download}}" in davi.post(f"{PLANS}/{row.id}/reativacao").words


def test_a_template_does_not_lose_the_term_its_text_names(staff, db):
    davi, template = staff("davi.rocha"), cast.template()
    assert publish(davi, template, "Por {{fidelidade.meses}} meses.").status == 303
    form = davi.get(f"{PATH}/{template.id}/editar").form(f"{PATH}/{template.id}/editar")
    refused = davi.post(f"{PATH}/{template.id}/editar", {**form, "loyalty_months": "0"})
    assert "{{fidelidade.meses}}" in refused.errors()["loyalty_months"]


def test_a_company_without_a_site_is_told_where_to_write_it(staff, db):
    cast.vale_claro().site = ""
    db.commit()
    davi, template = staff("davi.rocha"), cast.template()
    refused = publish(davi, template, "Em {{empresa.site}}.")
    assert "{{empresa.site}}. Preencha em Configuração, Empresas, ou ponha" in refused.errors()["body"]


BLANK = {"legal_name": "razao_social", "address": "endereco", "phone": "telefone", "site": "site"}


@pytest.mark.postgresql
@pytest.mark.parametrize(("column", "field"), BLANK.items())
def test_a_company_keeps_what_the_contracts_of_its_plans_say(staff, db, column, field):
    davi, row = staff("davi.rocha"), cast.vale_claro()
    assert publish(davi, cast.template(), f"## A\n\nEm {{{{empresa.{field}}}}}.").status == 303
    path, said = f"{COMPANIES}/{row.id}/editar", getattr(row, column)
    refused = davi.post(path, {**davi.get(path).form(path), column: ""})
    assert refused.status == 422
    assert f"ficaria sem {{{{empresa.{field}}}}}. Preencha em" in refused.errors()[column]
    assert "Fibra 500 Mbps" in refused.errors()[column]
    db.expire_all()
    assert getattr(cast.vale_claro(), column) == said
    # what contracts ask for inside a stretch may go
    body = f"## A\n\nOlá{{{{#empresa.{field}}}}} em {{{{empresa.{field}}}}}{{{{/empresa.{field}}}}}."
    for template in db.scalars(select(ContractTemplate)).all():
        assert publish(davi, template, body).status == 303
    assert davi.post(path, {**davi.get(path).form(path), column: ""}).status == 303


@pytest.mark.postgresql
def test_no_second_edition_lacks_what_the_first_said(staff, db, worker):
    ana, contract = staff("ana.souza"), cast.contract(cast.service(cast.rita()))
    worker.drain()
    place = f"/contratos/{contract.id}/impressao"
    first = ana.post(place).data
    cast.vale_claro().legal_name = ""
    db.commit()
    refused = ana.post(place)
    assert refused.status == 422
    assert "pede {{empresa.razao_social}}, e este contrato ficaria sem" in refused.words
    assert contract.editions() == 1
    assert ana.post(f"{place}/{contract.last_print().id}").data == first


def test_a_company_that_lacks_a_value_already_may_change_another(staff, db):
    """What an installation had before the rule."""
    davi, row = staff("davi.rocha"), cast.vale_claro()
    path = f"{COMPANIES}/{row.id}/editar"
    assert publish(davi, cast.template(), "Em {{empresa.site}}.").status == 303
    row.site = ""
    db.commit()
    assert davi.post(path, {**davi.get(path).form(path), "phone": "08009998888"}).status == 303


def test_a_new_company_says_what_the_plans_of_todas_ask(staff, db):
    davi = staff("davi.rocha")
    plan = cast.plan("Fibra 500 Mbps")
    path = f"{PLANS}/{plan.id}/editar"
    assert publish(davi, cast.template(), "Em {{empresa.site}}.").status == 303
    template, plan_form = cast.template(), davi.get(path).form(path)
    form = davi.get(f"{PATH}/{template.id}/editar").form(f"{PATH}/{template.id}/editar")
    assert davi.post(f"{PATH}/{template.id}/editar", {**form, "company_id": "0"}).status == 303
    assert davi.post(path, {**plan_form, "company_id": "0"}).status == 303
    add = f"{COMPANIES}/adicionar"
    other = {**davi.get(add).form(add), "name": "Terceira Net", "cnpj": "11222333000181"}
    refused = davi.post(add, other)
    assert "{{empresa.site}}" in refused.errors()["site"]
    assert davi.post(add, {**other, "site": "terceira.example"}).status == 303
    row = db.scalars(select(Company).where(Company.name == "Terceira Net")).one()
    assert davi.post(f"{COMPANIES}/{row.id}/inativacao").status == 303
    row.site = ""
    db.commit()
    assert "ficaria sem {{empresa.site}}" in davi.post(f"{COMPANIES}/{row.id}/reativacao").words
    db.expire_all()
    assert db.get(Company, row.id).inactive_since


@pytest.mark.postgresql
def test_of_a_text_and_a_company_at_once_the_second_knows_of_the_first(staff, db, race):
    davi, other, template = staff("davi.rocha"), staff("davi.rocha"), cast.template()
    place, path = f"{PATH}/{template.id}/texto", f"{COMPANIES}/{cast.vale_claro().id}/editar"
    assert publish(davi, template, "Olá.").status == 303
    text, company = davi.get(place).form(place), other.get(path).form(path)
    acts = (
        lambda: davi.post(place, {**text, "body": "Em {{empresa.site}}."}),
        lambda: other.post(path, {**company, "site": ""}),
    )
    answers = race(2, lambda i: acts[i]())
    assert sorted(answer.status for answer in answers) == [303, 422]


def test_an_old_text_that_leaves_a_field_open_makes_no_new_contract_and_no_new_edition(staff, db, worker):
    """What an installation printed before the rule stays as it is, to the byte."""
    ana, service = staff("ana.souza"), cast.service(cast.sol(), "Telefone fixo 2 ramais")
    contract, template = cast.contract(service), cast.template("Telefone, sem fidelidade")
    worker.drain()
    place = f"/contratos/{contract.id}/impressao"
    before = ana.post(place).data
    template.latest().body = SPEED
    db.commit()
    last = contract.editions()
    assert "ficaria sem {{servico.download}}" in staff("davi.rocha").get(f"{PATH}/{template.id}").words
    refused = ana.post(place)
    assert refused.status == 422
    assert "pede {{servico.download}}, e este contrato ficaria sem" in refused.words
    page = ana.get(f"/contratos/{contract.id}")
    assert "pede {{servico.download}}, e este contrato ficaria sem" in page.words
    assert not page.page.select(f'form[action="{place}"]')
    assert ana.post(f"{place}/{contract.last_print().id}").data == before
    assert contract.editions() == last
    form = ana.get(f"/servicos/{service.id}/contratos/adicionar").form(f"/servicos/{service.id}/contratos/adicionar")
    other_template = ContractTemplate(name="Outro telefone", company_id=cast.vale_claro().id)
    with cast.by("davi.rocha"):
        other_template.create()
        other_template.publish(SPEED)
        db.commit()
    path = f"/servicos/{service.id}/contratos/adicionar"
    refused = ana.post(path, {**form, "template_id": str(other_template.id)})
    assert refused.status == 422
    assert "O modelo Outro telefone pede {{servico.download}}, e este contrato ficaria sem." in refused.words
    assert db.scalars(select(Contract).where(Contract.template_id == other_template.id)).first() is None


def test_the_preview_follows_the_plan_that_is_chosen(staff, db):
    davi, template = staff("davi.rocha"), cast.template()
    form = davi.get(f"{PATH}/{template.id}/texto").form(f"{PATH}/{template.id}/texto")
    body = "{{#internet}}Rede de {{servico.download}}.{{/internet}}{{#telefonia}}Linha.{{/telefonia}}"
    for plan, said in (("Fibra 1 Gbps", "Rede de 1000 Mbps."), ("Telefone fixo 2 ramais", "Linha.")):
        chosen = db.scalars(select(Plan.id).where(Plan.name == plan)).one()
        page = davi.post(f"{PATH}/{template.id}/texto/previa", {**form, "body": body, "plan_id": chosen}, htmx=True)
        assert said in page.words
        assert f"o plano {plan}" in page.words


@pytest.mark.postgresql
def test_of_a_text_and_a_plan_at_once_the_second_knows_of_the_first(staff, db, race):
    davi, silvia, template = staff("davi.rocha"), staff("davi.rocha"), cast.template()
    text = davi.get(f"{PATH}/{template.id}/texto").form(f"{PATH}/{template.id}/texto")
    slow = typed(company_id=cast.vale_claro().id, contract_template_id=str(template.id), download_mbps="0")
    slow |= silvia.get(f"{PLANS}/adicionar").form(f"{PLANS}/adicionar") | slow
    place = f"{PATH}/{template.id}/texto"
    acts = (lambda: davi.post(place, {**text, "body": SPEED}), lambda: silvia.post(f"{PLANS}/adicionar", slow))
    answers = race(2, lambda i: acts[i]())
    assert sorted(answer.status for answer in answers) == [303, 422]
