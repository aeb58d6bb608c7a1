"""What the Central says of an outage: to those it touches, while it lasts and on the day it ended (B-23)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import clock as time
from models.network import Connection, Outage, Place
from models.outages import OutageAnswer
from models.services import Service
from tests import cast
from tests.networked import concentrator

pytestmark = pytest.mark.postgresql
TOLD = "Caiu a energia do ponto."


@pytest.fixture
def outage(db) -> Outage:
    """At BRAS-01, where Seu Zé and Dona Rita dial now."""
    for of in (cast.ze(), cast.rita()):
        Connection.of(cast.service(of)).concentrator_id = concentrator().id
    with cast.by("bruno.reis"):
        until = time.now() + timedelta(hours=2)
        row = Outage.open(concentrator(), "Energia", until, since=time.now() - timedelta(minutes=40), told=TOLD)
    db.commit()
    return row


def test_who_is_touched_reads_where_since_when_and_until_when(central, db, outage):
    page = central("ze", level="proved").get("/central/")
    assert page.h1 == "Sua internet está com falha na sua região"
    district = cast.service(cast.ze()).address("installation").district
    fio = " ".join(page.tree.xpath("string(//ol[contains(@class, 'fio')])").split())
    assert district in fio
    assert f"volta hoje às {time.local(outage.forecast):%H:%M}" in page.words or "amanhã" in page.words
    assert TOLD in page.words
    assert page.tree.xpath("//a[contains(., 'Ainda assim, quero pedir ajuda')]/@href") == [
        "/central/ajuda/sem-internet"
    ]
    for path in ("/central/ajuda", "/central/ajuda/sem-internet", "/central/ajuda/lenta-ou-caindo"):
        assert TOLD in central("ze", level="proved").get(path).words, path
    assert TOLD not in central("ze", level="proved").get("/central/ajuda/fatura-e-pagamento").words


def test_by_cpf_alone_it_is_told_without_the_district_or_a_ticket(central, db, outage):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Caiu.")
    db.commit()
    district = cast.service(cast.ze()).address("installation").district
    for path in ("/central/", "/central/ajuda"):
        page = central("ze", level="weak").get(path)
        assert TOLD in page.words
        assert district not in page.words
        assert ticket.protocol not in page.words


def test_debt_and_outage_are_both_told_and_paying_promises_no_more_than_it_does(central, billed, outage):
    page = central("rita").get("/central/")
    assert "suspensa" in page.h1
    assert TOLD in page.words
    assert "Falta pagar" in page.words
    assert "quando o conserto na sua região terminar" in page.words
    assert "em poucos minutos" not in page.words
    assert "Espere o conserto terminar" in page.words, "a day of confidence would be spent on nothing"
    assert "nem a sua fatura" not in page.words
    assert "vira desconto" not in page.words, "who is suspended is not credited"
    calm = central("ze", level="proved").get("/central/").words
    assert "nem a sua fatura" in calm
    assert "vira desconto" in calm


def test_elsewhere_and_in_another_company_nothing_is_seen(central, outage):
    for who in ("maria", "mar_azul"):
        for path in ("/central/", "/central/ajuda"):
            words = central(who).get(path).words
            assert "Parada" not in words, (who, path)
            assert "falha" not in words


def test_of_two_services_the_one_that_stopped_is_named(central, db):
    """Padaria Sol has an internet plan and a telephone: only the line is down."""
    line, phone = cast.service(cast.sol()), cast.service(cast.sol(), "Telefone fixo 2 ramais")
    with cast.by("bruno.reis"):
        Connection.of(line).concentrator_id = concentrator().id
        Outage.open(concentrator(), "Energia", told=TOLD)
    db.commit()
    page = central("sol").get("/central/")
    assert page.h1 == "1 dos seus 2 serviços está com falha na região"
    head = " ".join(page.tree.xpath("string(//div[@class='state'])").split())
    assert line.plan_name in head
    assert phone.plan_name not in head


def test_a_forecast_that_is_over_promises_nothing(central, db, outage, clock):
    late = time.local(outage.forecast) + timedelta(minutes=5)
    with clock(f"{late:%Y-%m-%d %H:%M}"):
        page = central("ze").get("/central/")
        assert "passou" in page.words
        assert "sem hora ainda" in page.words
        assert "Previsão: " not in page.words
        assert "volta hoje" not in page.words


def test_after_the_end_it_is_said_that_day_and_then_no_more(central, db, outage, clock):
    noon = time.local(time.now()).replace(hour=12, minute=0, second=0) + timedelta(days=1)
    with clock(f"{noon:%Y-%m-%d %H:%M}"):
        with cast.by("bruno.reis"):
            OutageAnswer.end(db.get(Outage, outage.id), None, None, None)
        db.commit()
        page = central("ze").get("/central/")
        assert "A internet voltou às 12:00" in page.words
        assert page.h1 != "Sua internet está com falha na sua região"
        assert TOLD not in page.words
    with clock(f"{noon + timedelta(days=1):%Y-%m-%d} 00:30"):
        assert "voltou às" not in central("ze").get("/central/").words


def test_one_noted_by_mistake_is_told_no_more(central, db, outage):
    with cast.by("bruno.reis"):
        db.get(Outage, outage.id).cancel("Engano")
    db.commit()
    words = central("ze").get("/central/").words
    assert TOLD not in words
    assert "voltou às" not in words


def test_a_telephone_of_a_district_is_a_telephone(central, db):
    phone = cast.service(cast.sol(), "Telefone fixo 2 ramais")
    line = cast.service(cast.sol())
    db.get(Service, line.id).status = "awaiting_installation"
    address = phone.address("installation")
    with cast.by("bruno.reis"):
        Outage.open(Place.within(address.district.upper(), address.city, address.state), "Energia", told=TOLD)
    db.commit()
    page = central("sol").get("/central/")
    assert TOLD in page.words
    assert "O telefone parou" in page.words


def test_an_open_outage_elsewhere_costs_one_question(central, db, count_queries):
    def asked() -> int:
        visitor = central("maria")
        visitor.get("/central/")
        with count_queries() as queries:
            visitor.get("/central/")
        return len(queries)

    before = asked()
    with cast.by("bruno.reis"):
        for number in range(4):
            Outage.open(Place.within(f"Bairro {number}", "Vale", "MG"), "Energia")
    db.commit()
    assert asked() == before + 1
