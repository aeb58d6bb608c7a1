"""The columns of the Planner: three of the procedure, others between them as the house likes (U-12, U-32)."""

import pytest

from models.boards import BoardColumn, make
from models.operators import Department
from models.refused import Refused
from models.workflows import Procedure
from tests import phones
from tests.cast import by, operator, sol


@pytest.fixture(autouse=True)
def administrator(db):
    with by("davi.rocha"):
        yield


def names() -> list[str]:
    return [column.name for column in BoardColumn.in_use()]


def support() -> int:
    return operator("bruno.reis").department_id


def test_a_new_house_has_three():
    assert names() == ["Pedidos e Alterações", "Financeiro", "Tudo OK"]
    assert [column.department().name for column in BoardColumn.in_use()] == ["Suporte", "Financeiro", "Comercial"]


def test_others_stand_between_them():
    phones.own_column("Testes")
    phones.own_column("Conferência", "finance")
    first = phones.own_column("Agenda")
    assert names() == ["Pedidos e Alterações", "Agenda", "Testes", "Financeiro", "Conferência", "Tudo OK"]
    assert phones.told(first) == ["catalog.created"]


@pytest.mark.parametrize("after", [None, 0, 10**6, "done"])
def test_nothing_stands_behind_the_last(after):
    row = BoardColumn(name="Depois", department_id=support())
    id = phones.column("done").id if after == "done" else after
    with pytest.raises(Refused, match="«Tudo OK» é sempre a última") as no:
        row.save(id)
    assert list(no.value.errors) == ["after_id"]
    assert len(names()) == 3


def test_everything_wrong_is_said_at_once():
    row = BoardColumn(name=" \u200b", department_id=None, procedure_id=10**6)
    with pytest.raises(Refused) as no:
        row.save(None)
    assert sorted(no.value.errors) == ["after_id", "department_id", "name", "procedure_id"]


def test_a_name_twice():
    with pytest.raises(Refused, match=r"Este nome já existe\. Escolha outro\."):
        phones.own_column("Financeiro")


def test_a_sector_out_of_use_is_not_given_a_turn(db):
    gone = Department(name="Obras")
    gone.create()
    gone.retire()
    with pytest.raises(Refused) as no:
        BoardColumn(name="Obras", department_id=gone.id).save(phones.column("orders").id)
    assert list(no.value.errors) == ["department_id"]


def test_moved_renamed_and_given_a_procedure():
    one, two = phones.own_column("Testes"), phones.own_column("Agenda")
    assert names()[1:3] == ["Agenda", "Testes"]
    page = Procedure.begin("Testar ramais", "Ligue de um para o outro.")
    two.save(phones.column("finance").id, two.version, name="Retorno", department_id=support(), procedure_id=page.id)
    assert names() == ["Pedidos e Alterações", "Testes", "Financeiro", "Retorno", "Tudo OK"]
    assert two.procedure_id == page.id
    assert phones.told(two) == ["catalog.created", "catalog.changed", "catalog.changed"]  # its place, its name
    version = two.version
    two.save(phones.column("finance").id, version, name="Retorno", department_id=support(), procedure_id=page.id)
    assert two.version == version, "nothing changed"
    one.save(two.id, one.version, name="Testes", department_id=support(), procedure_id=None)
    assert names() == ["Pedidos e Alterações", "Financeiro", "Retorno", "Testes", "Tudo OK"]
    assert phones.told(one)[-1] == "catalog.changed"


def test_behind_itself_is_no_place():
    one = phones.own_column("Testes")
    with pytest.raises(Refused, match="Escolha depois de qual coluna"):
        one.save(one.id, one.version, name="Testes", department_id=support(), procedure_id=None)


@pytest.mark.parametrize("key", ["orders", "finance", "done"])
def test_of_the_three_only_the_procedure_changes(key):
    row = phones.column(key)
    page = Procedure.begin("Como fazer", "Assim.")
    for wrong in ({"name": "Outra"}, {"department_id": support()}):
        with pytest.raises(Refused, match="é do procedimento") as no:
            row.change(row.version, **wrong)
        assert list(no.value.errors) == list(wrong)
    with pytest.raises(Refused, match="é do procedimento") as no:
        row.save(phones.column("orders").id, row.version)
    assert list(no.value.errors) == ["after_id"]
    row.save(None, row.version, procedure_id=page.id)
    assert row.procedure_id == page.id
    for act in (row.retire, row.remove):
        with pytest.raises(Refused, match=f"“{row.name}” é do procedimento: não muda de nome, nem sai do quadro"):
            act()


def test_retired_restored_and_removed(db):
    row = phones.own_column("Testes")
    row.retire()
    assert "Testes" not in names()
    phones.own_column("Agenda")
    row.restore()
    assert sorted(names()) == sorted(["Pedidos e Alterações", "Agenda", "Testes", "Financeiro", "Tudo OK"])
    assert (names()[0], names()[-1]) == ("Pedidos e Alterações", "Tudo OK")
    row.remove()
    db.flush()
    assert "Testes" not in names()


def test_a_column_with_cards_stays():
    row = phones.own_column("Testes")
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, _ = phones.launched(sol(), 1, "module")
    with by("bruno.reis"):
        make(card, row.id, card.version, phones.noted(card))
    for act in (row.retire, row.remove):
        with pytest.raises(Refused, match=r"“Testes” tem cards\. Passe os cards adiante antes\."):
            act()
    with by("bruno.reis"):
        make(card, phones.column("finance").id, card.version, phones.noted(card))
    with pytest.raises(Refused, match=r"está em uso e não pode ser excluído\. Inative em vez de excluir\."):
        row.remove()  # the log names it
    row.retire()


def test_with_cards_it_keeps_its_place():
    """Else a card would have passed a column it never stood before."""
    row = phones.own_column("Testes")
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, _ = phones.launched(sol(), 1, "module")
    with by("bruno.reis"):
        make(card, row.id, card.version, phones.noted(card))
    with pytest.raises(Refused, match=r"“Testes” tem cards\. Passe os cards adiante antes\.") as no:
        row.save(phones.column("finance").id, row.version, name="Testes", department_id=support(), procedure_id=None)
    assert list(no.value.errors) == ["after_id"]
