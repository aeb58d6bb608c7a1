"""Who is released in confidence owes: no screen tells them as a calm Habilitado, each says until when (fault 15)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import clock
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
WORDS = "Em confiança até amanhã às 23:59"


@pytest.fixture
def released(db):
    """Dona Rita, cut for debt, until tomorrow evening."""
    service = cast.service(cast.rita())
    with cast.by("ana.souza"):
        service.unlock_in_trust(clock.today() + timedelta(days=1), "Paga amanhã")
    db.commit()
    return service


def badges(answer):
    """The statuses drawn of what a search finds."""
    return {(sign.get_text(), sign["class"][-1].split("-")[-1]) for sign in answer.page.select(".status, .badge")}


@pytest.mark.parametrize("path", ["/clientes", "/busca", "/atendimentos/novo"])
def test_where_somebody_is_found(staff, released, path):
    assert badges(staff("silvia.maia").post(path, {"q": "rita aparecida"}, htmx=True)) == {(WORDS, "warn")}


def test_a_service_found_by_its_number(staff, released):
    found = staff("ana.souza").post("/busca", {"q": f"{released.id} rita"}, htmx=True)
    assert WORDS in found.words
    assert "Habilitado" not in found.words


def test_on_the_page_of_the_customer_and_in_a_ticket(staff, db, released):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.rita(), "Lentidão", "Caiu de novo")
    db.commit()
    bruno = staff("bruno.reis")
    assert WORDS in bruno.get(f"/clientes/{released.person_id}").words
    assert "Fibra 500 Mbps, em confiança até amanhã às 23:59" in bruno.get(f"/atendimentos/{ticket.id}").words


def test_in_the_central(central, released):
    services = central("rita").get("/central/servicos")
    assert [sign.get_text() for sign in services.page.select(".status")] == ["Em confiança"]
    assert "Liberado em confiança até amanhã às 23:59" in services.words
