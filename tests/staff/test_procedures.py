"""Procedimentos: pages with a revision number, dates and the author of each; editing keeps what was (U-30)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.workflows import ProcedureRevision
from models.workflows.procedure import LONGEST
from tests import cast, procedures


@pytest.fixture
def path(db):
    return f"/procedimentos/{cast.procedure().id}"


@pytest.fixture
def silvia(staff):
    return staff("silvia.maia")


def facts(page) -> list[str]:
    return [" ".join(fact.get_text().split()) for fact in page.page.select(".page-head .facts li")]


def count(db) -> int:
    return db.scalar(select(func.count(ProcedureRevision.id)))


@pytest.mark.feature("U-30")
def test_from_the_first_text_to_its_revisions(staff, db, clock):
    """Written, read with number, dates and authors, written anew by somebody else: revision 2, and 1 as it was."""
    with clock("2026-01-30 10:46"):
        silvia = staff("silvia.maia")
        assert "/procedimentos/novo" in silvia.get("/procedimentos").html
        made = silvia.post("/procedimentos/novo", {"name": "Troca de ONU", "body": "# Antes\n\n- Anotar o **serial**"})
        assert made.status == 303
        first = silvia.follow(made)
    assert first.h1 == "Troca de ONU"
    created = "criado em 30/01/2026 10:46 por Sílvia Maia"
    assert facts(first) == ["Revisão 1", created, "atualizado em 30/01/2026 10:46 por Sílvia Maia"]
    assert first.page.select_one(".prose h2").get_text() == "Antes"
    assert first.page.select_one(".prose li b").get_text() == "serial"
    path = made.location
    with clock("2026-02-02 16:48"):
        davi = staff("davi.rocha")
        form = davi.get(f"{path}/texto").form(f"{path}/texto")
        assert form["body"].split() == ["#", "Antes", "-", "Anotar", "o", "**serial**"]
        new = {"body": "# Antes\n\n- Anotar o **serial**\n- Testar a luz", "note": "O teste da luz"}
        assert davi.post(f"{path}/texto", {**form, **new}).location == path
        page, kept, listed = (davi.get(at) for at in (path, f"{path}/revisoes/1", "/procedimentos"))
    assert facts(page) == ["Revisão 2", created, "atualizado em 02/02/2026 16:48 por Davi Rocha"]
    assert "Testar a luz" in page.words
    rail = [" ".join(one.get_text(" ").split()) for one in page.page.select(".revisions li")]
    assert rail == [
        "Revisão 2 02/02/2026 16:48 · Davi Rocha O teste da luz",
        "Revisão 1 30/01/2026 10:46 · Sílvia Maia",
    ]
    assert kept.h1 == "Troca de ONU: revisão 1"
    assert facts(kept)[0] == "gravada em 30/01/2026 10:46 por Sílvia Maia"
    assert "Anotar o serial" in kept.words
    assert "Testar a luz" not in kept.words
    [row] = [row for row in listed.page.select("tbody tr") if "Troca de ONU" in row.get_text()]
    assert [cell.get_text().strip() for cell in row.select("td")] == ["2", "02/02/2026 16:48", "Davi Rocha"]


def test_a_revision_says_what_it_changed_not_by_colour_alone(silvia, path):
    page = silvia.get(f"{path}/revisoes/2")
    added = [one.get_text() for one in page.page.select(".diff ins")]
    assert any("Essa nova linha que você quer" in line for line in added)
    assert not page.page.select(".diff del")
    assert page.words.count("Incluída: ") == len(added)
    assert "linhas iguais" in page.words


def test_any_two_are_compared(silvia, path):
    back = silvia.get(f"{path}/comparacao?de=2&ate=1")
    removed = [one.get_text() for one in back.page.select(".diff del")]
    assert any(line.startswith("# 6.") for line in removed)
    assert back.words.count("Tirada: ") == len(removed)
    usual = silvia.get(f"{path}/comparacao")
    assert usual.h1.endswith("da revisão 1 à 2")
    assert usual.page.select(".diff ins")
    assert "Os dois textos são iguais." in silvia.get(f"{path}/comparacao?de=1&ate=1").words
    for asked in ("de=9&ate=1", "de=x&ate=1", "de=1&ate=", "de=-1&ate=2"):
        assert silvia.get(f"{path}/comparacao?{asked}").status == 404, asked
    assert silvia.get(f"{path}/revisoes/3").status == 404
    assert silvia.get("/procedimentos/999").status == 404


def test_what_is_refused_keeps_what_was_typed(silvia, db, path):
    before, form = count(db), silvia.get(f"{path}/texto").form(f"{path}/texto")
    same = silvia.post(f"{path}/texto", {**form, "note": "Nada"})
    assert same.status == 422
    assert "igual ao da revisão 2" in same.errors()["body"]
    assert same.form(f"{path}/texto")["note"] == "Nada"
    long = "x" * (LONGEST + 1)
    late = silvia.post(f"{path}/texto", {**form, "body": long, "name": ""})
    assert late.errors() == {"name": "Erro: Escreva o nome.", "body": late.errors()["body"]}
    assert late.form(f"{path}/texto")["body"] == long
    empty = silvia.post("/procedimentos/novo", {"name": "Só o nome", "body": " \u200b"})
    assert "Escreva o procedimento." in empty.errors()["body"]
    assert empty.form("/procedimentos/novo")["name"] == "Só o nome"
    taken = silvia.post("/procedimentos/novo", {"name": procedures.NAME, "body": "- Outro"})
    assert "Este nome já existe" in taken.errors()["name"]
    assert taken.form("/procedimentos/novo")["body"] == "- Outro"
    assert count(db) == before


def test_two_write_at_once(staff, silvia, db, path):
    davi = staff("davi.rocha")
    mine, theirs = (each.get(f"{path}/texto").form(f"{path}/texto") for each in (silvia, davi))
    assert davi.post(f"{path}/texto", {**theirs, "body": "- Do Davi"}).status == 303
    late = silvia.post(f"{path}/texto", {**mine, "body": "- Da Sílvia\n- Outra linha"})
    assert late.status == 409
    assert "Davi Rocha gravou a revisão 3 do procedimento" in late.words
    kept = late.form(f"{path}/texto")
    assert kept["body"].replace("\r", "") == "- Da Sílvia\n- Outra linha"
    over = late.page.select_one('button[name="overwrites"]')["value"]
    assert silvia.post(f"{path}/texto", {**kept, "overwrites": over}).status == 303
    assert [each.author for each in cast.procedure().revisions()][:2] == ["Sílvia Maia", "Davi Rocha"]


@pytest.mark.parametrize("htmx", [False, True])
def test_both_ways_of_posting(silvia, db, path, htmx):
    form = silvia.get(f"{path}/texto").form(f"{path}/texto")
    for address, values in ((f"{path}/texto", {**form, "body": "- Outro"}), (f"{path}/inativacao", {})):
        answer = silvia.post(address, values, htmx=htmx)
        assert (answer.status, answer.location) == (204 if htmx else 303, path)


def test_another_name_is_no_revision(silvia, db, path):
    form, before = silvia.get(f"{path}/texto").form(f"{path}/texto"), count(db)
    page = silvia.follow(silvia.post(f"{path}/texto", {**form, "name": "Upgrade de voz"}))
    assert page.h1 == "Upgrade de voz"
    assert count(db) == before
    assert f"que era {procedures.NAME}" in page.words


def test_out_of_use_and_back(silvia, db, path):
    assert "Inativar" in silvia.get(path).words
    page = silvia.follow(silvia.post(f"{path}/inativacao"))
    assert "Fora de uso desde" in facts(page)[0]
    listed = silvia.get("/procedimentos")
    assert procedures.NAME not in listed.words
    behind = listed.page.select_one('a[href="/procedimentos?situacao=fora-de-uso"]')
    assert procedures.NAME in silvia.get(behind["href"]).words
    assert "Revisão 1" in page.words
    silvia.post(f"{path}/reativacao")
    assert procedures.NAME in silvia.get("/procedimentos").words


def test_everybody_reads_and_the_supervision_writes(staff, path, db):
    wagner = staff("wagner.luis")
    page = wagner.get(path)
    assert "Revisão 2" in page.words
    assert "Peça a Davi Rocha ou Sílvia Maia para editar." in page.words
    assert not page.page.select(f'a[href="{path}/texto"]')
    assert "Procedimentos" in wagner.get("/").words
    for address in (f"{path}/texto", "/procedimentos/novo"):
        assert wagner.get(address).status == 403
        assert wagner.post(address, {"name": "x", "body": "y"}).status == 403
    assert staff("celia.prado").get(path).status == 200  # a procedure is of the house, not of a company


def test_what_is_typed_is_text(silvia, db):
    body = "# <script>alert(1)</script>\n\n- <b onclick=x>a</b> **<i>b</i>**\n\n{{ 7 * 7 }} &amp; [x](javascript:y)"
    page = silvia.follow(silvia.post("/procedimentos/novo", {"name": "<img src=x>", "body": body}))
    assert page.h1 == "<img src=x>"
    prose = page.page.select_one(".prose")
    assert prose.select("script, i, a, img") == []
    assert prose.select_one("li b").get_text() == "<i>b</i>"
    assert "{{ 7 * 7 }} &amp; [x](javascript:y)" in prose.get_text()


def test_headings_stand_below_the_title(silvia, path):
    tags = [tag.name for tag in silvia.get(f"{path}/revisoes/2").page.select(".work h1, .work h2, .work h3")]
    assert tags[:5] == ["h1", "h2", "h2", "h3", "h3"]


def test_the_number_of_queries_does_not_follow_the_revisions(silvia, db, path, count_queries):
    silvia.get(path)
    with count_queries() as few:
        silvia.get(path)
    with cast.by("davi.rocha"):
        for number in range(9):
            cast.procedure().write(f"- Texto {number}")
    db.commit()
    with count_queries() as many:
        page = silvia.get(path)
    assert len(many) == len(few)
    assert "5 mais antigas" in page.words
