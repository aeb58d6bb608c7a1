"""An order: placed with all that finance needs, made once, adjusted once, and each taken back (U-14 to U-21)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import clock as real
from models.boards import cancel, launch
from models.contracts import Contract
from models.refused import Refused, Stale
from models.services import Service
from models.telephony import Asked, UpgradeOrder, Use, count, known_names
from tests import phones
from tests.cast import by, joaquim, rita, service, sol, ze

INVISIBLE = " \u200b "
PHONE = "Telefone fixo 2 ramais"


@pytest.fixture
def agreed(db):
    """Two extensions agreed, nothing launched."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        row = phones.checked(phones.asked(sol()), 2)
        row.forward()
        return phones.agreed(row)


@pytest.fixture
def placed(agreed):
    with by("rafael.teixeira"):
        return launch(agreed, phones.terms(agreed))[1]


@pytest.fixture
def made(placed):
    with by("bruno.reis"):
        placed.make()
    return placed


@pytest.fixture
def adjusted(made):
    with by("ana.souza"):
        made.adjust()
    return made


def telephone() -> Service:
    return service(sol(), PHONE)


def composed() -> list[tuple[str, int, int]]:
    return [(item.name, item.quantity, item.amount_cents) for item in telephone().items()]


# ---- placing


def test_what_an_order_says(agreed):
    full, today = phones.terms(agreed), real.today()
    one = full.asked[0]
    cases = (
        ({"quantity": 0}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"quantity": 3}, "quantity"),
        ({"quantity": 1}, "quantity"),
        ({"asked": [one]}, "quantity"),
        ({"asked": [one, Asked(INVISIBLE, "Vendas", "install")]}, "name-2"),
        ({"asked": [one, Asked("Caixa", "", "install")]}, "sector-2"),
        ({"asked": [one, Asked("Caixa", "Vendas", "")]}, "procedure-2"),
        ({"asked": [one, Asked("Caixa", "Vendas", "fly")]}, "procedure-2"),
        ({"unit_cents": None}, "unit_cents"),
        ({"unit_cents": 1}, "unit_cents"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_on": today + timedelta(days=366)}, "starts_on"),
        ({"starts_on": today - timedelta(days=32)}, "starts_on"),
        ({"contract_id": None}, "contract_id"),
        ({"contract_id": 10**6}, "contract_id"),
    )
    with by("rafael.teixeira"):
        for wrong, field in cases:
            with pytest.raises(Refused) as no:
                launch(agreed, replace(full, **wrong))
            assert list(no.value.errors) == [field], wrong
        with pytest.raises(Stale):
            launch(agreed, full, agreed.version - 1)
        _, order = launch(agreed, full, agreed.version)
        with pytest.raises(Refused, match="Este pedido já está no Planner"):
            launch(agreed, full)
    assert [(line.name, line.sector, line.procedure) for line in order.lines()] == [
        ("Ramal 1", "Vendas", "install"),
        ("Ramal 2", "Vendas", "install"),
    ]
    assert order.total_cents == 2 * order.unit_cents
    assert "card.launched" in phones.told(phones.card(sol()))


@pytest.mark.parametrize("whose", [rita, ze, sol])
def test_only_a_contract_of_this_customers_telephone_pays(agreed, db, whose):
    """Not another customer's, nor that of the same customer's internet; of another company see test_constraints.py."""
    others = db.scalars(select(Contract).where(Contract.service_id == service(whose()).id)).first()
    with by("rafael.teixeira"), pytest.raises(Refused, match="Escolha o contrato de telefone") as no:
        launch(agreed, replace(phones.terms(agreed), contract_id=others.id))
    assert list(no.value.errors) == ["contract_id"]


def test_sector_and_procedure_may_differ_and_a_known_name_only_warns(agreed):
    wanted = [Asked("Fornos", "Vendas", "install"), Asked("Caixa", "Loja", "send_data")]
    with by("rafael.teixeira"):
        assert known_names(agreed)["fornos"] == "2001"
        _, order = launch(agreed, replace(phones.terms(agreed), asked=wanted))
    assert order.words == "2 ramais: Fornos e Caixa. Instalar e disponibilizar dados"


def test_a_line_that_stands_there_already_is_not_ordered_again(db):
    with by("rafael.teixeira"):
        _, order = phones.launched(sol(), kind="line", line_number="3732211000")
    with by("ana.souza"):
        order.adjust()
    with by("rafael.teixeira"), pytest.raises(Refused, match=r"A linha .+ já está no Painel PABX") as no:
        phones.launched(sol(), kind="line", line_number="(37) 3221-1000")
    assert list(no.value.errors) == ["line_number"]


# ---- making


def test_made_once(placed):
    with by("bruno.reis"):
        with pytest.raises(Stale):
            placed.make(placed.version - 1)
        made = placed.make(placed.version)
        assert [(row.number, row.name, row.sector, row.status) for row in made] == [
            ("2002", "Ramal 1", "Vendas", "ordered"),
            ("2003", "Ramal 2", "Vendas", "ordered"),
        ]
        assert [line.item_id for line in placed.lines()] == [row.id for row in made]
        with pytest.raises(Refused, match="Os ramais deste pedido já foram criados no Painel PABX"):
            placed.make()
    assert placed.items() == made
    assert phones.told(placed) == ["upgrade_order.made"]


@pytest.mark.parametrize("login", ["rafael.teixeira", "ana.souza", "silvia.maia"])
def test_only_support_makes(placed, login):
    with by(login), pytest.raises(Refused, match="Só o Suporte cria e instala"):
        placed.make()


@pytest.mark.parametrize("kind", ["outbound_channel", "module", "line"])
def test_the_rest_has_nothing_to_make(db, kind):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        _, order = phones.launched(sol(), 1, kind)
    with by("bruno.reis"), pytest.raises(Refused, match="não têm ramal a criar"):
        order.make()
    assert order.lines() == []


# ---- adjusting


def test_the_contract_grows_and_the_panel_counts_it(made):
    before = telephone().price_cents
    with by("ana.souza"):
        with pytest.raises(Stale):
            made.adjust(made.version - 1)
        made.adjust(made.version)
        with pytest.raises(Refused, match="O contrato já foi ajustado a este pedido"):
            made.adjust()
    assert composed()[-1] == ("Ramal adicional", 2, 2 * 2490)
    assert telephone().price_cents == before + 2 * 2490
    assert (made.before_cents, made.after_cents) == (before, before + 2 * 2490)
    assert count(phones.items(sol())).contracted == 4
    assert phones.told(made)[-1] == "upgrade_order.adjusted"


@pytest.mark.parametrize("login", ["bruno.reis", "rafael.teixeira", "silvia.maia"])
def test_only_finance_adjusts(made, login):
    with by(login), pytest.raises(Refused, match="Só o Financeiro ajusta o contrato"):
        made.adjust()


def test_not_before_support_made_them(placed):
    with by("ana.souza"), pytest.raises(Refused, match="O Suporte ainda não criou os ramais"):
        placed.adjust()


def test_taken_back_it_is_as_before(adjusted):
    one, two = adjusted.items()
    with by("bruno.reis"):
        one.put_to_use(Use("install", device="T31"))
        one.free("Ainda não.")
    with by("ana.souza"):
        for reason in ("", INVISIBLE):
            with pytest.raises(Refused, match="Escreva o motivo") as no:
                adjusted.take_back_adjustment(reason)
            assert list(no.value.errors) == ["reason"]
        adjusted.take_back_adjustment("Preço errado.", adjusted.version)
        with pytest.raises(Refused, match="O contrato ainda não foi ajustado a este pedido"):
            adjusted.take_back_adjustment("Preço errado.")
    assert [row.status for row in (one, two)] == ["ordered", "ordered"]
    assert composed() == [("Telefone fixo (STFC)", 1, 4980)]
    assert (adjusted.before_cents, adjusted.after_cents, adjusted.service_item_id) == (None, None, None)
    assert count(phones.items(sol())).contracted == 2
    with by("ana.souza"):
        adjusted.adjust()
    assert count(phones.items(sol())).contracted == 4
    assert phones.told(adjusted)[-2:] == ["upgrade_order.adjustment_taken_back", "upgrade_order.adjusted"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("outbound_channel", "Canal de saída adicional"), ("module", "Módulo Gravação"), ("line", "Linha adicional")],
)
def test_without_extensions_the_adjustment_is_all(db, kind, name):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, order = phones.launched(sol(), 1, kind, line_number="3732211000")
    had = count(phones.items(sol(), kind)).in_use
    with by("ana.souza"):
        for _ in range(2):  # again after it was taken back
            order.adjust()
            assert composed()[-1] == (name, 1, 2490)
            assert count(phones.items(sol(), kind)).in_use == had + 1
            order.take_back_adjustment("Engano.")
            assert count(phones.items(sol(), kind)).contracted == had
            assert order.items() == []
    assert card.orders("open") == [order]


def test_two_lines_of_one_number(db):
    """Both were ordered before either was there: the second finds it in the panel."""
    with by("rafael.teixeira"):
        _, one = phones.launched(sol(), kind="line", line_number="3732211000")
        _, two = phones.launched(sol(), kind="line", line_number="3732211000")
    with by("ana.souza"):
        one.adjust()
        with pytest.raises(Refused, match=r"já está no Painel PABX\. Confira o número do pedido\."):
            two.adjust()
    db.rollback()


def test_an_order_that_ended_is_not_adjusted(made):
    with by("silvia.maia"):
        cancel(made, "Desistiu.", supervises=True)
    with by("ana.souza"), pytest.raises(Refused, match="Este pedido não está em andamento"):
        made.adjust()
    with by("bruno.reis"), pytest.raises(Refused, match="Este pedido não está em andamento"):
        made.make()


def test_what_ended_stays_adjusted(db):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        card, order = phones.launched(sol(), 1)
    with by("bruno.reis"):
        phones.to_finance(card)
    with by("ana.souza"):
        phones.to_done(card)
        with pytest.raises(Refused, match="O pedido já terminou"):
            order.take_back_adjustment("Engano.")


def test_another_panel_counts_its_own(db):
    phones.bought(joaquim())
    with by("rafael.teixeira"):
        phones.used_up(sol())
        phones.used_up(joaquim())
        orders: list[UpgradeOrder] = [phones.launched(who, 1)[1] for who in (sol(), joaquim())]
    with by("bruno.reis"):
        assert [order.make()[0].number for order in orders] == ["2002", "2002"]
