"""Modelos de contrato: settings, numbered revisions, a preview that writes nothing (C-12, C-33)."""

from sqlalchemy import select

from models.catalog import ContractTemplate, ContractTemplateRevision
from models.catalog.contract_fields import BLOCKS, PLACEHOLDERS
from models.catalog.contract_sample import SAMPLE
from tests import cast

PATH = "/configuracao/modelos-de-contrato"


def typed(**more):
    return {
        "name": "Fibra rural",
        "company_id": "0",
        "loyalty_months": "12",
        "benefit": "Instalação sem taxa",
        "benefit_cents": "400,00",
        **more,
    }


def template(db, name="Fibra rural"):
    return db.scalars(select(ContractTemplate).where(ContractTemplate.name == name)).one()


def test_new_template_then_text_then_revision(staff, db):
    davi = staff("davi.rocha")
    added = davi.post(f"{PATH}/adicionar", typed())
    id = template(db).id
    assert added.location == f"{PATH}/{id}"
    assert "ainda não tem texto" in davi.follow(added).words
    assert "Sem texto" in davi.get(PATH).words
    form = davi.get(f"{PATH}/{id}/texto").form(f"{PATH}/{id}/texto")
    assert "{{cliente.nome}}" in form["body"]
    first = davi.post(f"{PATH}/{id}/texto", form)
    assert "revisão 1 publicada" in davi.follow(first).words
    second = davi.post(f"{PATH}/{id}/texto", {"body": "## Novo\r\n\r\nOlá, {{cliente.nome}}."})
    assert second.status == 303
    assert "Olá, {{cliente.nome}}." in davi.get(f"{PATH}/{id}/revisoes/2").words
    assert "O que é contratado" in davi.get(f"{PATH}/{id}/revisoes/1").words
    assert davi.get(f"{PATH}/{id}/revisoes/3").status == 404


def test_refuses_unknown_placeholder_and_keeps_the_text(staff, db):
    davi, id = staff("davi.rocha"), cast.template().id
    refused = davi.post(f"{PATH}/{id}/texto", {"body": "Olá, {{cliente.senha}}."})
    assert refused.status == 422
    assert "O Enlace não conhece {{cliente.senha}}" in refused.errors()["body"]
    assert refused.form(f"{PATH}/{id}/texto")["body"] == "Olá, {{cliente.senha}}."
    same = davi.get(f"{PATH}/{id}/texto").form(f"{PATH}/{id}/texto")
    assert "igual ao da última revisão" in davi.post(f"{PATH}/{id}/texto", same).words
    assert len(cast.template().revisions()) == 1


def test_preview_fills_the_typed_text_and_writes_nothing(staff, db):
    davi, id = staff("davi.rocha"), cast.template().id
    text = {"body": "## Plano\n\nO plano é {{servico.plano}}. {{cliente.apelido}}\n\n{{tabela.composicao}}"}
    page = davi.post(f"{PATH}/{id}/texto/previa", text)
    assert page.status == 200
    assert "1. Plano" in page.words
    assert "O plano é Fibra 1 Gbps." in page.words
    assert "O Enlace não conhece {{cliente.apelido}}" in page.words
    assert page.form(f"{PATH}/{id}/texto")["body"] == text["body"]
    piece = davi.post(f"{PATH}/{id}/texto/previa", text, htmx=True)
    assert piece.page.find(id="preview")
    assert piece.page.find("textarea") is None
    assert len(list(db.scalars(select(ContractTemplateRevision)))) == 2


def test_preview_of_the_default_text_leaves_nothing_unfilled(staff, db):
    davi = staff("davi.rocha")
    for name in ("Fibra residencial, 12 meses", "Telefone, sem fidelidade"):
        id = cast.template(name).id
        form = davi.get(f"{PATH}/{id}/texto").form(f"{PATH}/{id}/texto")
        preview = davi.post(f"{PATH}/{id}/texto/previa", form, htmx=True)
        assert "{{" not in preview.words


def test_sample_knows_every_value_it_should():
    ours = {name for name in PLACEHOLDERS if name.split(".")[0] in ("cliente", "servico", "cobranca")}
    assert ours <= set(SAMPLE)
    assert set(SAMPLE) <= set(PLACEHOLDERS) - set(BLOCKS)


def test_loyalty_comes_with_a_benefit(staff, db):
    davi = staff("davi.rocha")
    assert "Escreva o que o cliente ganha" in davi.post(f"{PATH}/adicionar", typed(benefit="")).words
    assert "de 0 a 60 meses" in davi.post(f"{PATH}/adicionar", typed(loyalty_months="61")).words
    assert "Escreva um número inteiro" in davi.post(f"{PATH}/adicionar", typed(loyalty_months="um ano")).words
    assert davi.post(f"{PATH}/adicionar", typed(loyalty_months="0", benefit="", benefit_cents="")).status == 303


def test_edits_retires_and_is_never_deleted_with_a_revision(staff, db):
    davi, id = staff("davi.rocha"), cast.template().id
    form = davi.get(f"{PATH}/{id}/editar").form(f"{PATH}/{id}/editar")
    assert form["benefit_cents"] == "250,00"
    assert davi.post(f"{PATH}/{id}/editar", {**form, "name": "Fibra residencial"}).status == 303
    assert "está em uso" in davi.post(f"{PATH}/{id}/remover").words
    assert davi.post(f"{PATH}/{id}/inativacao").status == 303
    assert davi.post(f"{PATH}/{id}/reativacao").status == 303
    davi.post(f"{PATH}/adicionar", typed())
    assert davi.post(f"{PATH}/{template(db).id}/remover").status == 303


def test_permissions(staff, db):
    ana, id = staff("ana.souza"), cast.template().id
    assert ana.get(f"{PATH}/{id}").status == 200
    assert ana.get(f"{PATH}/{id}/revisoes/1").status == 200
    for path in (f"{PATH}/{id}/texto", f"{PATH}/{id}/texto/previa", f"{PATH}/{id}/editar", f"{PATH}/adicionar"):
        assert ana.post(path, {"body": "x"}).status == 403
    assert staff("bruno.reis").get(PATH).status == 403
    serra = staff("silvia.maia", company="Serra Azul Net")
    assert serra.get(f"{PATH}/{id}").status == 404
    assert serra.post(f"{PATH}/{id}/texto", {"body": "x"}).status == 404
