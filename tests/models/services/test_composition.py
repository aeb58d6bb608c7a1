"""A composition grows after the sale: an item from a day on, and its inverse (X-16)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from models import check
from models.history import Event
from models.refused import Refused
from models.scope import Actor, acting
from models.services import Service, ServiceItem
from tests import cast
from tests.models.billing.money import charged
from web.history import sentence

pytestmark = pytest.mark.postgresql
FIRST = date(2026, 12, 1)
RAMAL = ("stfc", "Ramal adicional", 2, 2490, FIRST)
PLAN = ["Internet (SCM): R$\u00a069,90", "Streaming (SVA): R$\u00a030,00"]
GROWN = "Ramal adicional, 2 × R$\u00a024,90, a partir de 01/12/2026: R$\u00a049,80"


@pytest.fixture(autouse=True)
def november(db, clock):
    with clock("2026-11-25 10:00"):
        yield


@pytest.fixture
def service(db):
    """Seu Zé, R$ 99,90 from 20/11/2026 on."""
    return charged(cast.ze())


def last_event(db, action):
    return db.scalars(select(Event).where(Event.action == action).order_by(Event.id.desc()).limit(1)).one()


def refused(act) -> dict[str, str]:
    with pytest.raises(Refused) as no:
        act()
    return no.value.errors


def test_an_item_from_a_day_on(db, service):
    version = service.version
    row = service.compose(*RAMAL)
    assert (row.position, row.quantity, row.unit_cents, row.amount_cents, row.starts_on) == (2, 2, 2490, 4980, FIRST)
    assert (row.printed, row.in_words) == ("Ramal adicional, 2 × R$\u00a024,90", GROWN.removesuffix(": R$\u00a049,80"))
    assert (service.price_cents, service.version) == (14970, version + 1)
    assert [item.name for item in service.items()][-1] == "Ramal adicional"
    event = last_event(db, "service.composed")
    assert (event.subject_id, event.person_id) == (service.id, service.person_id)
    assert (event.data["before"], event.data["after"]) == (PLAN, [*PLAN, GROWN])
    assert sentence(event) == (
        f"acrescentou 2 × Ramal adicional a {service.plan_name} por R$\u00a024,90 cada, a partir de 01/12/2026:"
        " de R$\u00a099,90 para R$\u00a0149,70 ao mês"
    )
    assert [line for _, lines in check.answers() for line in lines] == []


def test_one_alone_says_no_quantity(service):
    row = service.compose("stfc", " Ramal \u200b adicional ", 1, 2490, FIRST)
    assert (row.name, row.printed, row.in_words) == (
        "Ramal adicional",
        "Ramal adicional",
        "Ramal adicional, a partir de 01/12/2026",
    )


def test_what_came_with_the_plan_is_as_it_was(service):
    assert [(item.quantity, item.unit_cents, item.starts_on, item.in_words) for item in service.items()] == [
        (1, 6990, None, "Internet (SCM)"),
        (1, 3000, None, "Streaming (SVA)"),
    ]


def test_the_same_again_is_a_row_of_its_own(service):
    first, second = service.compose(*RAMAL), service.compose(*RAMAL)
    assert first.id != second.id
    assert (first.position, second.position, service.price_cents) == (2, 3, 9990 + 2 * 4980)


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ({"kind": "gas"}, "kind", "Escolha o tipo do item"),
        ({"name": " \u200b"}, "name", "Escreva o nome"),
        ({"name": "a" * 51}, "name", "até 50 letras"),
        ({"quantity": None}, "quantity", "de 1 a 500"),
        ({"quantity": 0}, "quantity", "de 1 a 500"),
        ({"quantity": 501}, "quantity", "de 1 a 500"),
        ({"unit_cents": None}, "unit_cents", "maior que zero"),
        ({"unit_cents": -1}, "unit_cents", "maior que zero"),
        ({"unit_cents": 1_000_001}, "unit_cents", "passa de R$\u00a010.000,00"),
        ({"starts_on": None}, "starts_on", "Escolha o dia"),
        ({"starts_on": date(2026, 11, 19)}, "starts_on", "O serviço começa em 20/11/2026"),
        ({"starts_on": date(2028, 11, 25)}, "starts_on", "passa de dois anos"),
    ],
)
def test_what_is_asked_wrong(db, service, asked, field, sentence):
    usual = dict(zip(("kind", "name", "quantity", "unit_cents", "starts_on"), RAMAL, strict=True))
    errors = refused(lambda: service.compose(**{**usual, **asked}))
    assert list(errors) == [field]
    assert sentence in errors[field]
    assert service.price_cents == 9990


def test_the_edges_and_every_wrong_field_at_once(service):
    assert service.compose("sva", "a" * 50, 500, 1_000_000, date(2028, 11, 24)).amount_cents == 500_000_000
    service.compose("sva", "b", 1, 1, date(2026, 11, 20))
    assert list(refused(lambda: service.compose("", "", 0, 0, None))) == [
        "kind",
        "name",
        "quantity",
        "unit_cents",
        "starts_on",
    ]


def test_a_cancelled_service_stays_as_it_is(db, service):
    row = service.compose(*RAMAL)
    db.execute(update(Service).where(Service.id == service.id).values(status="cancelled"))
    db.commit()
    db.refresh(service)
    assert "Use Adicionar Serviço" in service.refusal_to_compose()
    for act in (lambda: service.compose(*RAMAL), lambda: service.take_out(row.id, "desistiu")):
        with pytest.raises(Refused, match="está cancelado"):
            act()


def test_an_item_is_taken_out_once_with_a_reason(db, service):
    row, kept = service.compose(*RAMAL), service.compose("sva", "Antivírus", 1, 990, FIRST)
    id, version = row.id, service.version
    assert "motivo" in refused(lambda: service.take_out(id, " "))["reason"]
    service.take_out(id, "  o cliente desistiu ")
    assert (service.price_cents, service.version) == (9990 + 990, version + 1)
    assert [item.id for item in service.items()][2:] == [kept.id]
    event = last_event(db, "service.item_taken_out")
    assert event.data["before"] == [*PLAN, GROWN, "Antivírus, a partir de 01/12/2026: R$\u00a09,90"]
    assert event.data["after"] == [*PLAN, "Antivírus, a partir de 01/12/2026: R$\u00a09,90"]
    assert sentence(event) == (
        f"tirou 2 Ramal adicional de {service.plan_name}: de R$\u00a0159,60 para R$\u00a0109,80 ao mês."
        " Motivo: o cliente desistiu"
    )
    with pytest.raises(Refused, match="não está mais na composição"):
        service.take_out(id, "de novo")


def test_what_came_with_the_plan_stays(service):
    with pytest.raises(Refused, match="veio com o plano"):
        service.take_out(service.items()[0].id, "não quer")


def test_an_item_of_another_service_is_not_here(db, service):
    other = cast.service(cast.rita())
    row = other.compose("stfc", "Ramal", 1, 100, date(2026, 12, 1))
    with pytest.raises(Refused, match="não está mais na composição"):
        service.take_out(row.id, "não quer")


def test_the_number_of_one_taken_out_is_not_given_again(service):
    gone = service.compose(*RAMAL).id
    service.take_out(gone, "engano")
    assert service.compose(*RAMAL).id > gone


@pytest.mark.parametrize("change", ["quantity = 0", "quantity = 7", "amount_cents = 4981"])
def test_the_database_refuses_a_broken_unit(db, service, change):
    row = service.compose(*RAMAL)
    with pytest.raises(IntegrityError):
        db.execute(text(f"update service_item set {change} where id = {row.id}"))
    db.rollback()


def test_two_at_once_are_two(db, app, service, race):
    id, version = service.id, service.version

    def compose(_):
        with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
            try:
                db.get(Service, id).compose(*RAMAL)
                db.commit()
            finally:
                db.remove()

    assert race(2, compose) == [None, None]
    db.expire_all()
    places = db.scalars(select(ServiceItem.position).where(ServiceItem.service_id == id)).all()
    assert sorted(places) == [0, 1, 2, 3]
    assert db.get(Service, id).version == version + 2
    assert db.scalar(select(func.count()).where(Event.action == "service.composed")) == 2
