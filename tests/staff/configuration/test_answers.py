"""Respostas prontas and Macros in Configuração: written, changed by two, out of use, told in the history (B-10)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.workflows import CannedAnswer, Macro, MacroAct
from tests import answers, cast

ANSWERS, MACROS = "/configuracao/respostas-prontas", "/configuracao/macros"


@pytest.fixture
def davi(staff):
    return staff("davi.rocha")


def adding(visitor, path, **values):
    return visitor.post(f"{path}/adicionar", {**visitor.get(f"{path}/adicionar").form(), **values})


def draw(visitor, path, button, **values):
    """The form as a button draws it anew."""
    page = visitor.get(path)
    return visitor.post(path, {**page.form(path), **values, "redesenhar": button})


def test_an_answer_is_written_changed_and_retired(davi, db):
    assert "Workspace" in davi.get(ANSWERS).words
    added = adding(
        davi, ANSWERS, company_id="0", name="Nova", code="nova", text="Oi {{cliente.primeiro_nome}}", department_id=""
    )
    assert (added.status, added.location) == (303, ANSWERS)
    assert "Resposta pronta Nova adicionada" in davi.follow(added).words
    row = db.scalars(select(CannedAnswer).where(CannedAnswer.code == "nova")).one()
    path = f"{ANSWERS}/{row.id}"
    form = davi.get(f"{path}/editar").form(f"{path}/editar")
    wrong = davi.post(f"{path}/editar", {**form, "text": "Oi {{cliente.cpf}}"})
    assert wrong.status == 422
    assert "{{cliente.cpf}} não é um campo conhecido" in wrong.words
    assert "Oi {{cliente.cpf}}" in wrong.html  # not lost
    assert davi.post(f"{path}/editar", {**form, "text": "Olá"}).status == 303
    stale = davi.post(f"{path}/editar", {**form, "text": "Alô"})
    assert stale.status == 409
    assert "Olá" in stale.words
    history = davi.get(f"/configuracao/historico?tipo=respostas-prontas&linha={row.id}").words
    assert "Oi {{cliente.primeiro_nome}} → Olá" in history
    assert davi.post(f"{path}/inativacao").status == 303
    assert davi.post(f"{path}/remover").status == 404  # retired, never deleted
    assert "Fora de uso" in davi.get(ANSWERS).words
    assert davi.post(f"{path}/reativacao").status == 303


def test_who_only_reads_and_who_is_elsewhere(staff, davi, db):
    bruno, celia = staff("bruno.reis"), staff("celia.prado")
    mine = adding(davi, ANSWERS, name="Nossa", code="nossa", text="Oi", company_id=str(cast.vale_claro().id))
    assert mine.status == 303
    row = db.scalars(select(CannedAnswer).where(CannedAnswer.code == "nossa")).one()
    for path in (ANSWERS, MACROS):
        assert bruno.get(path).status == 403
        assert bruno.post(f"{path}/adicionar", {"name": "x"}).status == 403
        assert celia.get(path).status == 200  # reads
        assert celia.post(f"{path}/adicionar", {"name": "x"}).status == 403
    assert "Nossa" not in celia.get(ANSWERS).words
    assert "Nossa" in staff("ana.souza").get(ANSWERS).words
    assert celia.post(f"{ANSWERS}/{row.id}/editar", {"name": "x"}).status == 403


def test_a_macro_is_put_together_without_a_script(davi, db):
    """Rows are added, moved and taken out by the buttons of the form; nothing is written before Salvar."""
    path = f"{MACROS}/adicionar"
    before = db.scalar(select(func.count(MacroAct.id)))
    page = draw(davi, path, "adicionar", company_id="0", name="Nova macro", another="pause")
    assert page.status == 200
    values = {**page.form(path), "rows-1-text": "Espera o cliente"}
    assert values["name"] == "Nova macro"
    page = davi.post(path, {**values, "redesenhar": "adicionar", "another": "comment"})
    page = davi.post(path, {**page.form(path), "rows-2-text": "Oi", "redesenhar": "subir-2"})
    values = page.form(path)
    assert [values[f"rows-{place}-kind"] for place in range(3)] == ["claim", "comment", "pause"]
    assert (values["rows-1-text"], values["rows-2-text"]) == ("Oi", "Espera o cliente")
    page = davi.post(path, {**values, "redesenhar": "tirar-0"})
    values = page.form(path)
    assert [values[f"rows-{place}-kind"] for place in range(2)] == ["comment", "pause"]
    assert db.scalar(select(func.count(MacroAct.id))) == before
    refused = davi.post(path, {**values, "rows-1-text": " "})
    assert refused.status == 422
    assert "Escreva por que o prazo para" in refused.words
    assert refused.form(path)["rows-0-text"] == "Oi"
    saved = davi.post(path, values)
    assert (saved.status, saved.location) == (303, MACROS)
    with cast.by("davi.rocha"):
        row = cast.macro("Nova macro")
    assert [act.kind for act in row.acts] == ["comment", "pause"]
    listed = davi.get(MACROS).words
    assert "Comentar, só a equipe" in listed
    edit = f"{MACROS}/{row.id}/editar"
    form = davi.get(edit).form(edit)
    assert davi.post(edit, {**form, "redesenhar": "descer-0"}).form(edit)["rows-0-kind"] == "pause"
    assert davi.post(edit, {**form, "name": "Outro nome", "rows-1-text": "Outro motivo"}).status == 303
    stale = davi.post(edit, {**form, "name": "Tarde"})
    assert stale.status == 409
    assert "Davi Rocha" in stale.words
    assert "Outro motivo" in davi.get(f"/configuracao/historico?tipo=macros&linha={row.id}").words


def test_a_macro_without_acts_is_refused(davi):
    path = f"{MACROS}/adicionar"
    page = draw(davi, path, "tirar-0", company_id="0", name="Vazia")
    refused = davi.post(path, page.form(path))
    assert refused.status == 422
    assert "Adicione ao menos um ato" in refused.words


def test_what_a_macro_names_stays_in_use_and_says_who_needs_it(davi, db):
    row = cast.answer("duvida")
    path = f"{ANSWERS}/{row.id}"
    assert answers.QUESTION in davi.get(f"{path}/editar").words
    refused = davi.post(f"{path}/inativacao")
    assert refused.status == 422
    assert f"A macro {answers.QUESTION} usa esta resposta" in refused.words
    db.expire_all()
    assert row.inactive_since is None


def test_a_broken_macro_is_named_on_its_list(davi, db):
    with cast.by("davi.rocha"):
        cast.answer("duvida").inactive_since = cast.answer("ola").inactive_since = cast.clock.now()
    db.commit()
    page = davi.get(MACROS)
    assert "Para aqui: A resposta pronta Dúvida respondida está fora de uso" in page.words
    with cast.by("davi.rocha"):
        id = cast.macro().id
    assert "está fora de uso" in davi.get(f"{MACROS}/{id}/editar").words
    assert davi.post(f"{MACROS}/{id}/inativacao").status == 303
    refused = davi.post(f"{MACROS}/{id}/reativacao")
    assert refused.status == 422
    assert "fora de uso" in refused.words


def test_names_and_texts_are_shown_as_text(davi, db):
    evil = '<img src=x onerror="alert(1)">'
    assert (
        adding(davi, ANSWERS, company_id="0", name=evil, code="mau", text=f"{evil} '\"", department_id="").status == 303
    )
    path = f"{MACROS}/adicionar"
    page = draw(davi, path, "adicionar", company_id="0", name=evil, another="comment")
    assert davi.post(path, {**page.form(path), "rows-1-text": evil}).status == 303
    for where in (ANSWERS, MACROS, "/configuracao/historico"):
        page = davi.get(where)
        assert evil in page.words
        assert not page.tree.xpath("//img[@onerror]")


def test_pages_take_a_fixed_number_of_queries(davi, db, count_queries):
    def counts():
        found = []
        for page in (ANSWERS, MACROS):
            davi.get(page)
            with count_queries() as asked:
                davi.get(page)
            found.append(len(asked))
        return found

    few = counts()
    with cast.by("davi.rocha"):
        said = {"kind": "comment", "visibility": "internal", "canned_answer_id": cast.answer("ola").id}
        for number in range(15):
            CannedAnswer(name=f"R{number}", code=f"r{number}", text="Oi", company_id=0).create()
            Macro().save([{"kind": "claim"}, said], name=f"M{number}", company_id=0)
    db.commit()
    assert counts() == few
