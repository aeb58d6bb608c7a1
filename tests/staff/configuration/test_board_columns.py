"""Colunas do Planner in Configuração: three of the procedure, others between them (U-12, U-32)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.boards import BoardColumn, Card, make
from models.workflows import Procedure
from tests import phones
from tests.cast import by, operator, sol

PATH = "/configuracao/colunas-do-planner"
NAMED = ["Pedidos e Alterações", "Financeiro", "Tudo OK"]


@pytest.fixture
def davi(staff):
    return staff("davi.rocha")


def row(db, name) -> BoardColumn:
    wanted = select(BoardColumn).where(BoardColumn.name == name)
    return db.scalars(wanted.execution_options(populate_existing=True)).one()


def listed(visitor) -> list[str]:
    """The names, from left to right."""
    rows = visitor.get(PATH).page.select("main .table-wrap, main table")[0].select("tbody tr")
    return [line.select_one(".name").text for line in rows]


def typed(db, **more):
    support = operator("bruno.reis").department_id
    usual = {"name": "Testes", "department_id": str(support), "after_id": str(row(db, NAMED[0]).id), "procedure_id": ""}
    return usual | more


@pytest.mark.feature("U-12")
def test_a_fresh_house_shows_exactly_three(davi, staff):
    page = davi.get(PATH)
    assert page.h1 == "Colunas do Planner"
    assert listed(davi) == NAMED
    turns = [line.select("td")[0].text for line in page.page.select("main tbody tr")]
    assert turns == ["Suporte", "Financeiro", "Comercial"]
    assert listed(staff("silvia.maia")) == NAMED


@pytest.mark.feature("U-32")
def test_others_are_added_and_the_three_stay(davi, db):
    """A first order makes the card; no named column goes or is called otherwise, nor one that has cards."""
    assert davi.get(f"{PATH}/adicionar").form()["name"] == ""
    added = davi.post(f"{PATH}/adicionar", typed(db))
    assert (added.status, added.location) == (303, PATH)
    assert "Coluna do Planner Testes adicionada" in davi.follow(added).words
    assert listed(davi) == [NAMED[0], "Testes", *NAMED[1:]]

    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, _ = phones.launched(sol(), 1, "module")
        again, _ = phones.launched(sol(), 1, "module", module="URA")
    db.commit()
    assert again.id == card.id
    assert db.scalars(select(Card.board_column_id)).all() == [row(db, NAMED[0]).id]

    for name in NAMED:
        fixed = row(db, name)
        for act in ("remover", "inativacao"):
            refused = davi.post(f"{PATH}/{fixed.id}/{act}")
            assert refused.status == 422
            assert f"“{name}” é do procedimento: não muda de nome, nem sai do quadro." in refused.words
        davi.post(
            f"{PATH}/{fixed.id}/editar", {"name": "Outro", "department_id": "1", "after_id": "1", "procedure_id": ""}
        )
    assert listed(davi) == [NAMED[0], "Testes", *NAMED[1:]]

    own = row(db, "Testes")
    with by("bruno.reis"):
        make(card, own.id, card.version, phones.noted(card))
    db.commit()
    for act in ("remover", "inativacao"):
        refused = davi.post(f"{PATH}/{own.id}/{act}")
        assert refused.status == 422
        assert "“Testes” tem cards. Passe os cards adiante antes." in refused.words
        assert davi.post(f"{PATH}/{own.id}/{act}", htmx=True).status == 422
    assert "“Testes” tem cards." in davi.get(f"{PATH}/{own.id}/editar").words
    assert row(db, "Testes").inactive_since is None

    with by("bruno.reis"):
        make(card, row(db, NAMED[1]).id, card.version, phones.noted(card))
    db.commit()
    assert "Inative em vez de excluir." in davi.post(f"{PATH}/{own.id}/remover").words  # the log names it
    assert davi.post(f"{PATH}/{own.id}/inativacao").status == 303
    assert "Fora de uso desde" in davi.get(PATH).words


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": ""}, "name", "Escreva o nome."),
        ({"name": "Financeiro"}, "name", "Este nome já existe. Escolha outro."),
        ({"name": "x" * 41}, "name", "Use no máximo 40 caracteres."),
        ({"department_id": ""}, "department_id", "Escolha o setor responsável"),
        ({"department_id": "x"}, "department_id", "Escolha o setor responsável"),
        ({"after_id": ""}, "after_id", "Escolha depois de qual coluna ela fica."),
        ({"after_id": "999"}, "after_id", "«Tudo OK» é sempre a última."),
        ({"procedure_id": "999"}, "procedure_id", "Escolha um procedimento em uso."),
    ],
)
def test_says_what_is_wrong(davi, db, wrong, field, sentence):
    refused = davi.post(f"{PATH}/adicionar", typed(db, **wrong))
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert listed(davi) == NAMED


def test_behind_the_last_there_is_none(davi, db):
    refused = davi.post(f"{PATH}/adicionar", typed(db, after_id=str(row(db, "Tudo OK").id)))
    assert "«Tudo OK» é sempre a última." in refused.errors()["after_id"]


def test_renamed_moved_and_given_a_procedure(davi, db):
    with by("davi.rocha"):
        page = Procedure.begin("Testar ramais", "Ligue de um para o outro.")
    db.commit()
    davi.post(f"{PATH}/adicionar", typed(db))
    own, finance = row(db, "Testes"), row(db, "Financeiro")
    path = f"{PATH}/{own.id}/editar"
    form = davi.get(path).form(path)
    assert form["after_id"] == str(row(db, NAMED[0]).id)
    changed = {**form, "name": "Retorno", "after_id": str(finance.id), "procedure_id": str(page.id)}
    assert davi.post(path, changed).status == 303
    assert listed(davi) == [NAMED[0], "Financeiro", "Retorno", "Tudo OK"]
    assert "Testar ramais" in davi.get(PATH).words
    told = davi.get(f"/configuracao/historico?tipo=colunas-do-planner&linha={own.id}").words
    assert "Pedidos e Alterações → Financeiro" in told
    assert davi.post(path, {**form, "name": "Tarde"}).status == 409


@pytest.mark.parametrize("name", NAMED)
def test_of_the_three_only_the_procedure_is_asked(davi, db, name):
    with by("davi.rocha"):
        page = Procedure.begin("Como fazer", "Assim.")
    db.commit()
    path = f"{PATH}/{row(db, name).id}/editar"
    drawn = davi.get(path)
    assert "não muda de nome, nem sai do quadro." in drawn.words
    form = drawn.form(path)
    assert set(form) == {"procedure_id", "version"}
    assert davi.post(path, {**form, "procedure_id": str(page.id)}).status == 303
    assert (row(db, name).procedure_id, listed(davi)) == (page.id, NAMED)


def test_leaves_and_comes_back(davi, db):
    davi.post(f"{PATH}/adicionar", typed(db))
    own = row(db, "Testes").id
    assert davi.post(f"{PATH}/{own}/inativacao").location == PATH
    assert listed(davi) == NAMED
    assert davi.post(f"{PATH}/{own}/reativacao").location == PATH
    assert listed(davi) == [NAMED[0], "Testes", *NAMED[1:]]
    assert davi.post(f"{PATH}/{own}/remover").location == PATH
    assert davi.get(f"{PATH}/{own}/editar").status == 404


def test_who_only_reads(staff, db):
    silvia = staff("silvia.maia")
    assert "Adicionar coluna" not in silvia.get(PATH).words
    assert "Só leitura" in silvia.get(PATH).words
    assert silvia.post(f"{PATH}/adicionar", typed(db)).status == 403
    assert listed(silvia) == NAMED


def test_two_add_behind_the_same_one_at_once(staff, db, race):
    """On both databases: each finds its place, and none hears that its name is taken."""
    visitors = [staff("davi.rocha") for _ in range(4)]
    forms = [typed(db, name=f"Etapa {at}") for at in range(4)]
    for visitor in visitors:
        visitor.token()
    answers = race(4, lambda i: visitors[i].post(f"{PATH}/adicionar", {**forms[i], "version": None}))
    assert [answer.status for answer in answers] == [303] * 4
    names = listed(visitors[0])
    assert (names[0], names[-2:], len(names)) == (NAMED[0], NAMED[1:], 7)
