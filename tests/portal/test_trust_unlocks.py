"""Desbloqueio em Confiança by the subscriber (C-101 to C-106)."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as real_clock
from models.history import Event
from models.outbox import Effect
from models.services import Service, TrustUnlock
from tests import cast

BUTTON, RELEASED = "Desbloqueio em Confiança", "Cliente foi liberado com sucesso"


def address(service) -> str:
    return f"/central/servicos/{service.id}/desbloqueio-em-confianca"


@pytest.fixture
def rita(db):
    """Her service, and the address of its release."""
    return cast.service(cast.rita())


def button(page) -> bool:
    return BUTTON in [found.get_text(strip=True) for found in page.page.select("main button")]


@pytest.mark.feature("C-101")
def test_switched_off_there_is_no_button_and_no_release(central, db, rita):
    phone = central("rita")
    assert button(phone.get("/central/"))
    assert button(phone.get("/central/servicos"))
    cast.vale_claro().portal_trust_unlock = False
    for path in ("/central/", "/central/servicos"):
        page = phone.get(path)
        assert not button(page)
        assert "A liberação pela Central não está ligada" in page.words
    for htmx in (False, True):
        answer = phone.post(address(rita), htmx=htmx)
        assert answer.status == 422
        assert "não está ligada" in answer.words
    assert cast.service(cast.rita()).status == "suspended_for_debt"


@pytest.mark.feature("C-104")
def test_button_only_where_it_may_be_pressed(central, db):
    for who, there in (("rita", True), ("maria", True), ("ze", False), ("joaquim", False), ("sol", False)):
        page = central(who).get("/central/servicos")
        assert button(page) is there, who
        assert ("O desbloqueio vale para serviço suspenso" in page.words) is not there
    phone = central("ze")
    refused = phone.post(address(cast.service(cast.ze())))
    assert refused.status == 422
    assert "Este está habilitado." in refused.words
    assert phone.post(address(cast.service(cast.ze())), htmx=True).headers["HX-Retarget"] == "#notices"


def test_one_day_once_a_month(central, clock, db, worker, rita):
    with clock("2026-11-26 14:33"):
        phone = central("rita")
        page = phone.follow(phone.post(address(rita)))
        assert page.h1 == "Pronto, liberado até amanhã às 14:33"
        assert page.words.count(RELEASED) == 1
        assert "até 27/11/2026 14:33" in page.words
        assert "a partir de 01/12/2026" in page.words
        assert phone.get("/central/").h1 == "Sua internet está liberada em confiança até amanhã às 14:33"
        assert not button(phone.get("/central/servicos"))
    unlock = db.scalars(select(TrustUnlock)).one()
    assert unlock.ends_at - unlock.starts_at == timedelta(hours=24)
    with clock("2026-11-27 14:32:59"):
        assert worker.routine("trust_unlock_ends") == 0
    with clock("2026-11-27 14:33"):
        assert worker.routine("trust_unlock_ends") == 1
        phone = central("rita")
        for path in ("/central/", "/central/servicos"):
            again = phone.get(path)
            assert not button(again)
            assert "Você já usou a liberação de novembro. A próxima é a partir de 01/12/2026." in again.words
        refused = phone.post(address(rita))
        assert refused.status == 422
        assert "A próxima é a partir de 01/12/2026." in refused.words
    with clock("2026-11-30 23:59"):
        assert central("rita").post(address(rita)).status == 422
    with clock("2026-12-01 00:00"):
        assert central("rita").post(address(rita)).status == 303


@pytest.mark.slow
def test_fifty_presses_are_one_release(central, db, race, rita):
    before = db.scalar(select(func.count()).select_from(Effect))
    phones, target = [central("rita") for _ in range(50)], address(rita)
    for phone in phones:
        phone.token()
    answers = race(50, lambda i: phones[i].post(target))
    assert sorted(answer.status for answer in answers) == [303] + [422] * 49
    assert db.scalar(select(func.count()).select_from(TrustUnlock)) == 1
    released = select(func.count()).where(Event.action == "service.trust_unlocked")
    assert db.scalar(released) == 1
    assert db.scalar(select(func.count()).select_from(Effect)) == before + 1


def test_a_migrated_service_gains_no_second_one(central, clock, db, rita):
    with clock("2026-11-26 14:33"):
        assert central("rita").post(address(rita)).status == 303
        rita.end_trust("ended")
        rita.move_to("suspended_for_debt")
        rita.move_to("cancelled")
        successor = _migrated(db, rita)
        db.commit()
        phone = central("rita")
        page = phone.get("/central/servicos")
        assert not button(page)
        assert "Você já usou a liberação de novembro" in page.words
        assert phone.post(address(successor)).status == 422


def _migrated(db, old: Service) -> Service:
    """The service that takes the place of another; the line goes along."""
    kept = {column.key: getattr(old, column.key) for column in Service.__table__.columns}
    new = Service(**{**kept, "id": None, "line_id": old.line, "status": "active", "version": 1})
    db.add(new)
    db.flush()
    new.suspend("fatura em aberto")
    return new


@pytest.mark.feature("C-106")
def test_staff_see_who_did_it(central, staff, db, rita, clock):
    with clock("2026-11-26 14:33"):
        central("rita").post(address(rita))
    event = db.scalars(select(Event).where(Event.action == "service.trust_unlocked")).one()
    assert (event.actor_kind, event.channel, event.person_id) == ("subscriber", "portal", cast.rita().id)
    assert event.session_id
    assert event.ip == "127.0.0.1"
    page = staff("ana.souza").get(f"/clientes/{cast.rita().id}/historicos")
    assert "liberou Fibra 500 Mbps em confiança até 27/11/2026 14:33" in page.words
    assert "Assinante" in page.words


def test_htmx_gets_the_service_and_a_toast(central, clock, rita):
    with clock("2026-11-26 14:33"):
        answer = central("rita").post(address(rita), htmx=True)
    root = answer.page.find(True)
    assert (answer.status, root.name, root["id"]) == (200, "article", f"servico-{rita.id}")
    assert "Liberado em confiança até amanhã às 14:33" in answer.words
    assert "Habilitado" not in answer.words
    said = answer.headers["HX-Trigger"]
    assert said.isascii()
    assert json.loads(said) == {"aviso": {"text": f"{RELEASED}, até 27/11/2026 14:33"}}


def test_refusal_over_htmx_is_a_note_above(central, rita):
    phone = central("rita")
    phone.post(address(rita))
    answer = phone.post(address(rita), htmx=True)
    assert answer.status == 422
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "Você já usou a liberação" in answer.words


def test_page_says_what_the_network_confirmed(central, rita, worker):
    phone = central("rita")
    page = phone.follow(phone.post(address(rita)))
    assert "voltando, em até 2 minutos" in page.words
    assert "voltando, em até 2 minutos" in phone.get("/central/servicos").words
    worker.drain()
    assert "A rede já confirmou o acesso" in phone.get(address(rita)).words
    assert "voltando" not in phone.get("/central/").words


def test_demo_says_that_the_network_is_simulated(central, make_app, rita):
    app = make_app(MODE="demo")
    phone = central("rita", app=app)
    assert "rede simulada" in phone.follow(phone.post(address(rita))).words


def test_result_page_needs_a_release(central, rita):
    answer = central("rita").get(address(rita))
    assert (answer.status, answer.location) == (302, "/central/servicos")


def test_release_by_staff_leaves_the_month(central, db, rita, clock):
    with clock("2026-11-26 14:33"):
        _as_staff(rita)
        page = central("rita").get(address(rita))
        assert page.h1 == "Pronto, liberado até 28/11 às 23:59"
        assert "a deste mês ainda é sua" in page.words


def _as_staff(service) -> None:
    from models.scope import Actor, acting

    with acting(Actor("operator", 1, "Ana Souza"), "staff"):
        service.unlock_in_trust(real_clock.today() + timedelta(days=2), "pagou na loja, banco não confirmou")


def test_refused_tries_are_limited_a_release_never_is(central, clock, db, rita, worker):
    with clock("2026-11-26 10:00"):
        phone = central("rita")
        cast.vale_claro().portal_trust_unlock = False
        assert [phone.post(address(rita)).status for _ in range(3)] == [422] * 3
        for htmx in (False, True):
            held = phone.post(address(rita), htmx=htmx)
            assert held.status == 429
            assert int(held.headers["Retry-After"]) == 11 * 3600
            assert "a resposta é a mesma" in held.words
        cast.vale_claro().portal_trust_unlock = True
        assert phone.post(address(rita)).status == 303  # what is due is given
        assert [phone.post(address(rita)).status for _ in range(5)] == [422] * 5  # impatience is not counted
