"""Workspace in Configuração: processes, their subprocesses and material, SLA, hours, types and defaults."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.workflows import (
    SLA_TYPES,
    AttendSettings,
    ContactOrigin,
    HoursProfile,
    Process,
    ProcessStep,
    SlaTable,
    SupportMaterial,
    TicketClassification,
    TicketKind,
)
from tests import cast

PROCESSES = "/configuracao/processos"
ORDER = "main section:has(#subprocessos) tbody tr"


@pytest.fixture
def davi(staff):
    return staff("davi.rocha")


def named(db, table, name):
    return db.scalars(select(table).where(table.name == name).execution_options(populate_existing=True)).one()


def order_of(visitor, process):
    rows = visitor.get(f"{PROCESSES}/{process.id}/editar").page.select(ORDER)
    return [row.select_one(".name").text for row in rows]


# ---- processes and their subprocesses


@pytest.mark.feature("A-35")
def test_a_process_has_one_of_exactly_six_types(davi, db):
    form = davi.get(f"{PROCESSES}/adicionar")
    offered = [(field["value"], field.parent.text) for field in form.page.select('input[name="sla_type"]')]
    six = ["Preventiva", "Emergencial", "Corretiva", "Dúvida", "Ativação", "Outros"]
    assert [words for _, words in offered] == six
    values = {"name": "Novo", "company_id": "0"}
    for wrong in ("", "urgente"):
        refused = davi.post(f"{PROCESSES}/adicionar", {**values, "sla_type": wrong})
        assert refused.status == 422
        assert "Erro: Escolha o tipo de SLA." in refused.words
    for value, words in offered:
        assert davi.post(f"{PROCESSES}/adicionar", {**values, "name": f"De {words}", "sla_type": value}).status == 303
        assert named(db, Process, f"De {words}").sla_type == value
    listed = davi.get(PROCESSES).page.select("main tbody tr")
    assert all(any(f"<td>{words}</td>" in str(row) for words in six) for row in listed)


def test_a_new_process_leads_to_its_subprocesses(davi, db):
    added = davi.post(f"{PROCESSES}/adicionar", {"name": "Cobrança", "company_id": "0", "sla_type": "other"})
    process = named(db, Process, "Cobrança")
    assert added.location == f"{PROCESSES}/{process.id}/editar"
    assert "Faltam os subprocessos" in davi.follow(added).words
    assert "falta o primeiro subprocesso" in davi.get(PROCESSES).words
    adding = f"{PROCESSES}/{process.id}/subprocessos/adicionar"
    assert "Escolha o setor responsável" in davi.post(adding, {"name": "Ligar"}).words
    for name, sector in (("Ligar", "Financeiro"), ("Negociar", "Comercial")):
        id = named(db, cast.Department, sector).id
        assert davi.post(adding, {"name": name, "department_id": id}, htmx=True).location == added.location
    assert order_of(davi, process) == ["Ligar", "Negociar"]
    assert "Este nome já existe" in davi.post(adding, {"name": "Ligar", "department_id": id}).words
    path = [part.text for part in davi.get(PROCESSES).page.select(".path span")]
    assert path.index("Ligar") + 1 == path.index("Negociar")


def test_priority_is_set_in_the_record_of_the_process(davi, db):
    process, path = cast.process(), f"{PROCESSES}/{cast.process().id}"
    last = process.steps()[-1]
    version = davi.get(f"{path}/editar").form(f"{path}/ordem")["version"]
    up = {"step": last.id, "way": "acima", "version": version}
    moved = davi.post(f"{path}/ordem", up)
    assert "Prioridade de Suporte técnico gravada" in davi.follow(moved).words
    assert order_of(davi, process) == ["Suporte N1", "Suporte N2", "Retorno", "Campo"]
    stale = davi.post(f"{path}/ordem", up)
    assert stale.status == 409
    assert "Nada foi gravado" in stale.words
    assert order_of(davi, process) == ["Suporte N1", "Suporte N2", "Retorno", "Campo"]
    history = davi.get("/configuracao/historico?tipo=processos").words
    assert "Suporte N1, Suporte N2, Campo, Retorno → Suporte N1, Suporte N2, Retorno, Campo" in history
    assert davi.post(f"{path}/ordem", {"step": "x", "way": "y", "version": version}).status in (409, 422)


def test_the_first_cannot_rise_nor_the_last_sink(davi, db):
    rows = davi.get(f"{PROCESSES}/{cast.process().id}/editar").page.select(ORDER)
    words = [[button.text for button in row.select(".row-actions .btn")] for row in rows]
    assert words[0] == ["Descer", "Editar"]
    assert words[1] == ["Subir", "Descer", "Editar"]
    assert words[-1] == ["Subir", "Editar"]


def test_a_subprocess_leaves_and_comes_back_and_the_last_one_stays(davi, db):
    process = cast.process("Revisão preventiva")
    first, last = process.steps()
    gone = first.id
    path = "/configuracao/subprocessos"
    home = f"{PROCESSES}/{process.id}/editar"
    assert davi.post(f"{path}/{first.id}/inativacao").location == home
    refused = davi.post(f"{path}/{last.id}/inativacao")
    assert refused.status == 422
    assert "É o único subprocesso em uso de Revisão preventiva." in refused.words
    assert refused.page.h1.text == "Revisão preventiva"
    assert "É o único subprocesso" in davi.get(f"{path}/{last.id}/editar").words
    assert "Subprocessos fora de uso" in davi.get(home).words
    assert davi.post(f"{path}/{first.id}/reativacao").location == home
    assert order_of(davi, process) == ["Campo", "Suporte N2"]
    assert davi.post(f"{path}/{first.id}/remover").location == home
    assert davi.get(f"{path}/{gone}/editar").status == 404


def test_a_subprocess_is_renamed_and_given_to_another_sector(davi, db):
    step = cast.process().first_step()
    path, sector = f"/configuracao/subprocessos/{step.id}/editar", named(db, cast.Department, "Comercial").id
    form = davi.get(path).form(path)
    assert davi.post(path, {**form, "name": "Triagem", "department_id": sector}).status == 303
    changed = named(db, ProcessStep, "Triagem")
    assert (changed.id, changed.department_id) == (step.id, sector)
    assert "Suporte → Comercial" in davi.get(f"/configuracao/historico?tipo=subprocessos&linha={step.id}").words


@pytest.mark.feature("A-117")
def test_material_of_a_subprocess_is_registered_read_changed_and_taken_away(davi, db):
    step = cast.process().steps()[1]
    home = f"/configuracao/subprocessos/{step.id}/editar"
    assert "Nenhum material ainda" in davi.get(home).words
    adding = f"/configuracao/subprocessos/{step.id}/materiais-de-apoio/adicionar"
    empty = davi.post(adding, {"name": "Roteiro"})
    assert (empty.status, empty.errors()["text"]) == (422, "Erro: Escreva o texto, ou cole um link.")
    plain = davi.post(adding, {"name": "Roteiro", "link": "http://ajuda.example"})
    assert plain.errors()["link"] == "Erro: Escreva o endereço inteiro, começando por https://"
    values = {"name": "Roteiro", "text": "Meça o sinal.\n\nAnote.", "link": "https://ajuda.example/sinal"}
    assert davi.post(adding, values).location == home
    row = named(db, SupportMaterial, "Roteiro")
    path = f"/configuracao/materiais-de-apoio/{row.id}"
    form = davi.get(f"{path}/editar").form(f"{path}/editar")
    assert {key: form[key] for key in ("name", "link")} == {key: values[key] for key in ("name", "link")}
    assert "Meça o sinal.\n\nAnote." in form["text"].replace("\r\n", "\n")
    assert davi.post(f"{path}/editar", {**form, "text": "Meça duas vezes."}).location == home
    assert named(db, SupportMaterial, "Roteiro").text == "Meça duas vezes."
    assert davi.post(f"{path}/inativacao").location == home
    assert SupportMaterial.of(step.id) == []
    assert "Fora de uso" in davi.get(home).words
    assert davi.post(f"{path}/reativacao").location == home
    assert "Material de apoio Roteiro excluído" in davi.follow(davi.post(f"{path}/remover")).words
    assert "Nenhum material ainda" in davi.get(home).words


# ---- SLA tables and hours


@pytest.mark.feature("A-36")
def test_a_table_gives_a_time_to_each_of_the_six_types(davi, db):
    path = "/configuracao/tabelas-de-sla"
    fields = davi.get(f"{path}/adicionar").form(f"{path}/adicionar")
    assert {name for name in fields if name.endswith("_minutes")} == {f"{type}_minutes" for type in SLA_TYPES}
    typed = ("72h", "2h30", "24h", "45min", "48 h", "1h")
    times = dict(zip((f"{type}_minutes" for type in SLA_TYPES), typed, strict=True))
    values = {"name": "SLA ouro", "company_id": "0", "hours_profile_id": ""}
    for field in times:
        for wrong, sentence in (("", "Escreva um tempo"), ("0h", "Escreva um tempo"), ("24", "com a unidade")):
            refused = davi.post(f"{path}/adicionar", {**values, **times, field: wrong})
            assert refused.status == 422
            assert sentence in refused.errors()[field]
    assert davi.post(f"{path}/adicionar", {**values, **times}).status == 303
    table = named(db, SlaTable, "SLA ouro")
    assert [getattr(table, field) for field in times] == [4320, 150, 1440, 45, 2880, 60]
    told = "Preventiva 72h · Emergencial 2h30 · Corretiva 24h · Dúvida 45min · Ativação 48h · Outros 1h"
    assert told in davi.get(path).words
    edit = f"{path}/{table.id}/editar"
    davi.post(edit, {**davi.get(edit).form(edit), "doubt_minutes": "1h"})
    assert "45min → 1h" in davi.get("/configuracao/historico").words


def test_hours_are_typed_a_day_at_a_time(davi, db):
    path = "/configuracao/horarios"
    form = davi.get(f"{path}/adicionar").form(f"{path}/adicionar")
    assert form["day_0"] == "08:00-12:00, 13:00-18:00"
    typed = {**form, "name": "Plantão", "company_id": "0", "day_5": "8:00 às 12:00", "day_6": ""}
    wrong = davi.post(f"{path}/adicionar", {**typed, "day_1": "manhã", "day_2": "18:00-08:00"})
    assert wrong.status == 422
    assert "08:00-12:00, 13:00-18:00" in wrong.errors()["day_1"]
    late = davi.post(f"{path}/adicionar", {**typed, "day_2": "18:00-08:00"})
    assert "começa antes de terminar" in late.errors()["day_2"]
    closed = {**typed, **{f"day_{day}": "" for day in range(7)}}
    assert "ao menos uma hora aberta" in davi.post(f"{path}/adicionar", closed).words
    assert davi.post(f"{path}/adicionar", typed).status == 303
    row = named(db, HoursProfile, "Plantão")
    assert row.week["5"] == [["08:00", "12:00"]]
    assert "6" not in row.week
    assert "Segunda a Sexta 08:00-12:00, 13:00-18:00; Sábado 08:00-12:00" in davi.get(path).words
    edit = f"{path}/{row.id}/editar"
    assert davi.post(edit, {**davi.get(edit).form(edit), "day_6": "00:00-24:00"}).status == 303
    assert "Domingo 00:00-24:00" in davi.get("/configuracao/historico?tipo=horarios").words
    kept = named(db, HoursProfile, "Comercial")
    refused = davi.post(f"{path}/{kept.id}/inativacao")
    assert "A tabela SLA empresarial conta por este horário." in refused.words
    assert davi.post(f"{path}/{row.id}/inativacao").status == 303


# ---- types, classifications and defaults


def test_a_type_without_process_is_not_activated(davi, db):
    path, row = "/configuracao/tipos-de-atendimento", named(db, TicketKind, "Reclamação do site")
    line = next(line for line in davi.get(path).page.select("main tr") if "Reclamação do site" in line.text)
    assert "Este tipo está sem processo." in line.text
    assert "Reativar" not in line.text
    refused = davi.post(f"{path}/{row.id}/reativacao")
    assert refused.status == 422
    assert "Escolha o processo em Editar" in refused.words
    edit = f"{path}/{row.id}/editar"
    form = davi.get(edit).form(edit)
    assert form["code"] == "099"
    assert davi.post(edit, {**form, "process_id": cast.process("Dúvida").id}).status == 303
    assert davi.post(f"{path}/{row.id}/reativacao").status == 303
    emptied = davi.post(edit, {**davi.get(edit).form(edit), "process_id": ""})
    assert "Escolha o processo, ou inative o tipo" in emptied.words
    twice = davi.post(f"{path}/adicionar", {"name": "Outro", "code": "099", "company_id": "0", "process_id": ""})
    assert "Já há um tipo com o código 099" in twice.errors()["code"]


def test_defaults_of_a_company_offer_what_fits(davi, db):
    here, path = cast.vale_claro(), "/configuracao/padroes-do-atendimento"
    edit = f"{path}/{here.id}/editar"
    shown = davi.get(edit)
    opening = [option.text for option in shown.page.select("#opening_classification_id option")]
    assert "Lentidão" in opening
    assert "Resolvido" not in opening
    form = shown.form(edit)
    forged = davi.post(edit, {**form, "opening_classification_id": named(db, TicketClassification, "Resolvido").id})
    assert "Escolha uma classificação de abertura" in forged.errors()["opening_classification_id"]
    mine = {"sla_table_id": named(db, SlaTable, "SLA empresarial").id, "contact_origin_id": ""}
    assert davi.post(edit, {**form, **mine}).status == 303
    settings = AttendSettings.of(here.id)
    assert (settings.company_id, settings.contact_origin_id) == (here.id, None)
    lines = {line.select_one(".name").text: line.text for line in davi.get(path).page.select("main tbody tr")}
    assert "SLA empresarial" in lines["Vale Claro Telecom"]
    assert "Os de TODAS" in lines["Serra Azul Net"]
    assert (
        davi.post(
            edit, {**davi.get(edit).form(edit), "contact_origin_id": named(db, ContactOrigin, "WhatsApp").id}
        ).status
        == 303
    )
    told = davi.get("/configuracao/historico?tipo=padroes-do-atendimento").words
    assert "vazio → SLA empresarial" in told
    assert "vazio → WhatsApp" in told
    origin = named(db, ContactOrigin, "Telefone").id
    assert "padrões do atendimento de TODAS" in davi.post(f"/configuracao/origens-do-contato/{origin}/inativacao").words
    everybody = davi.get(f"{path}/todas/editar").form(f"{path}/todas/editar")
    assert davi.post(f"{path}/todas/editar", {**everybody, "contact_origin_id": ""}).status == 303
    assert davi.post(f"/configuracao/origens-do-contato/{origin}/inativacao").status == 303


# ---- whose rows they are


def test_who_works_in_one_company_leaves_the_processes_of_all(staff, db):
    silvia, process = staff("silvia.maia", company="Serra Azul Net"), cast.process()
    step = process.first_step()
    assert "Vale para todas" in silvia.get(PROCESSES).words
    shown = silvia.get(f"{PROCESSES}/{process.id}/editar")
    assert "troque para TODAS" in shown.words
    assert not shown.page.select(f"{ORDER} .btn")
    values = {"name": "Outro", "department_id": step.department_id, "version": step.version}
    for path in (f"{PROCESSES}/{process.id}/subprocessos/adicionar", f"/configuracao/subprocessos/{step.id}/editar"):
        refused = silvia.post(path, values)
        assert refused.status == 422
        assert "troque para TODAS" in refused.words
    moved = silvia.post(
        f"{PROCESSES}/{process.id}/ordem", {"step": step.id, "way": "abaixo", "version": process.version}
    )
    assert moved.status == 422
    assert "troque para TODAS" in moved.words
    adding = f"/configuracao/subprocessos/{step.id}/materiais-de-apoio/adicionar"
    assert "troque para TODAS" in silvia.post(adding, {"name": "Novo", "text": "Texto"}).words


def test_what_is_below_another_company_is_not_there(staff, db):
    process = Process(name="Da serra", sla_type="doubt", company_id=cast.serra_azul().id)
    process.create()
    department = cast.process().first_step().department_id
    step = ProcessStep(process_id=process.id, name="Ouvir", department_id=department)
    step.create()
    material = SupportMaterial(step_id=step.id, name="Roteiro da serra", text="Ouça.")
    material.create()
    db.commit()
    silvia = staff("silvia.maia", company="Vale Claro Telecom")
    for path in (
        f"{PROCESSES}/{process.id}/editar",
        f"{PROCESSES}/{process.id}/subprocessos/adicionar",
        f"/configuracao/subprocessos/{step.id}/editar",
        f"/configuracao/subprocessos/{step.id}/materiais-de-apoio/adicionar",
        f"/configuracao/materiais-de-apoio/{material.id}/editar",
    ):
        assert silvia.get(path).status == 404
    assert "Da serra" not in silvia.get(PROCESSES).words
    history = silvia.get("/configuracao/historico").words
    assert "Roteiro da serra" not in history
    assert "Ouvir" not in history


def test_pages_take_a_fixed_number_of_queries(davi, db, count_queries):
    process = cast.process()
    pages = (PROCESSES, f"{PROCESSES}/{process.id}/editar", "/configuracao/tipos-de-atendimento")

    def counts():
        found = []
        for page in pages:
            davi.get(page)
            with count_queries() as asked:
                davi.get(page)
            found.append(len(asked))
        return found

    few = counts()
    department = process.first_step().department_id
    for number in range(20):
        row = Process(name=f"Processo {number}", sla_type="doubt", company_id=0)
        row.create()
        for of in (row, process):
            ProcessStep(process_id=of.id, name=f"Passo {number}", department_id=department).create()
        kind = TicketKind(code=f"8{number}", name=f"Tipo {number}", process_id=row.id, company_id=0)
        kind.create()
        kind.retire()
    db.commit()
    assert counts() == few
    assert max(few) <= 10
