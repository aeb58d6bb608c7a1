"""Habilitar, suspender and Desbloqueio em Confiança by staff (X-05, D-19, D-26, C-97 to C-100)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as now
from models.history import Event
from models.outbox import Effect
from models.refused import Refused, Stale
from models.scope import Actor, acting
from models.services import STATUSES, Service, Suspension, TrustUnlock
from models.services.status import MOVES
from tests import cast

pytestmark = pytest.mark.usefixtures("db")


def fresh(db, service: Service) -> Service:
    db.expire_all()
    return db.scalars(select(Service).where(Service.id == service.id)).one()


def unlock_path(service: Service) -> str:
    return f"/servicos/{service.id}/desbloqueio-em-confianca"


def typed(days: int = 2, reason: str = "Paga na sexta, combinado por telefone") -> dict[str, str]:
    return {"until": (now.today() + timedelta(days=days)).isoformat(), "reason": reason}


def events(db, service: Service, action: str) -> list[Event]:
    mine = (Event.subject_type == "service", Event.subject_id == service.id, Event.action == action)
    return list(db.scalars(select(Event).where(*mine)))


@pytest.mark.feature("C-97")
def test_the_option_appears_only_for_the_two_suspended_statuses(staff, db):
    ana = staff("ana.souza")
    for person, offered in ((cast.rita(), True), (cast.maria(), True), (cast.ze(), False), (cast.joaquim(), False)):
        service = cast.service(person)
        link = ana.get(f"/clientes/{person.id}").page.select_one(f'a[href="{unlock_path(service)}"]')
        assert (link is not None) is offered, person.name
        if offered:
            assert link.get_text(strip=True) == "Desbloqueio em Confiança"
        else:
            direct = ana.post(unlock_path(service), typed())
            assert direct.status == 422
            assert "suspenso por débito ou suspenso parcialmente" in direct.words
            assert ana.get(unlock_path(service)).status == 422
    assert db.scalar(select(func.count()).select_from(TrustUnlock)) == 0


@pytest.mark.feature("C-98")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("until", "", "até que dia"),
        ("until", "2020-01-01", "já passou"),
        ("until", "31/02/2027", "27/11/2026"),
        ("reason", "", "motivo"),
        ("reason", "   ", "motivo"),
        ("reason", "x" * 501, "500"),
    ],
)
def test_date_and_reason_are_compulsory(staff, db, field, value, sentence):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    refused = ana.post(unlock_path(service), {**typed(), field: value})
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert fresh(db, service).status == "suspended_for_debt"
    kept = refused.form(unlock_path(service))
    other = "reason" if field == "until" else "until"
    assert kept[other] == typed()[other]


@pytest.mark.feature("C-98")
def test_the_most_days_are_a_setting_that_a_fresh_installation_leaves_empty(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    assert cast.vale_claro().trust_max_days is None
    cast.vale_claro().trust_max_days = 3
    refused = ana.post(unlock_path(service), typed(days=4))
    assert "no máximo 3 dias" in refused.errors()["until"]
    cast.vale_claro().trust_max_days = None
    assert ana.post(unlock_path(service), typed(days=60)).status == 303


@pytest.mark.feature("C-99")
@pytest.mark.parametrize(("who", "earlier"), [("rita", "suspended_for_debt"), ("maria", "reduced")])
def test_released_to_the_end_of_the_day_and_then_suspended_as_before(staff, db, worker, clock, who, earlier):
    service = cast.service(cast.SUBSCRIBERS[who]())
    with clock("2026-12-01 10:00"):
        done = staff("ana.souza").post(unlock_path(service), {"until": "2026-12-03", "reason": "Paga na quinta"})
        assert done.status == 303
        assert fresh(db, service).status == "active"
    with clock("2026-12-03 23:59:00"):
        assert worker.routine("trust_unlock_ends") == 0
        assert fresh(db, service).status == "active"
    with clock("2026-12-04 00:01"):
        rehearsal = worker.command("routines", "run", "trust_unlock_ends", "--dry-run").output
        assert f"serviço {service.id}" in rehearsal
        assert STATUSES[earlier] in rehearsal
        assert fresh(db, service).status == "active"
        assert worker.routine("trust_unlock_ends") == 1
        assert worker.routine("trust_unlock_ends") == 0
    assert fresh(db, service).status == earlier
    assert db.scalars(select(TrustUnlock)).one().status == "ended"
    assert len(events(db, service, "service.trust_ended")) == 1


@pytest.mark.feature("C-99")
def test_when_the_suspension_ends_in_between_it_does_not_return(staff, db, worker, clock):
    service = cast.service(cast.rita())
    with clock("2026-12-01 10:00"):
        ana = staff("ana.souza")
        ana.post(unlock_path(service), {"until": "2026-12-02", "reason": "Paga amanhã"})
        assert ana.post(f"/servicos/{service.id}/habilitacao", {"reason": "Pagou no balcão"}).status == 303
    with clock("2026-12-03 00:01"):
        assert worker.routine("trust_unlock_ends") == 0
    assert fresh(db, service).status == "active"
    assert db.scalars(select(TrustUnlock)).one().status == "settled"
    assert fresh(db, service).open_suspension() is None


@pytest.mark.feature("C-100")
def test_the_release_stands_in_the_customers_history(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    ana.post(unlock_path(service), typed(days=1, reason="Combinado com a dona Rita"))
    words = ana.get(f"/clientes/{service.person_id}/historicos").words
    tomorrow = now.today() + timedelta(days=1)
    assert f"Ana Souza liberou Fibra 500 Mbps em confiança até {tomorrow:%d/%m/%Y} 23:59" in words
    assert "Combinado com a dona Rita" in words
    only = ana.get(f"/clientes/{service.person_id}/historicos?tipo=release").words
    assert "Combinado com a dona Rita" in only
    assert "emitiu o contrato" not in only


def test_a_staff_release_leaves_the_subscribers_own_month_unused(staff, central, db):
    service = cast.service(cast.rita())
    staff("ana.souza").post(unlock_path(service), typed(days=0))
    fresh(db, service).suspend("De novo em aberto")
    assert central("rita").post(f"/central{unlock_path(service)}").status == 303
    assert {unlock.channel for unlock in db.scalars(select(TrustUnlock))} == {"staff", "portal"}


def test_who_may_not_release_sees_no_option_and_is_refused(staff, db):
    joao, service = staff("joao.alcantara"), cast.service(cast.rita())
    assert joao.get(f"/clientes/{service.person_id}").page.select_one(f'a[href="{unlock_path(service)}"]') is None
    assert joao.post(unlock_path(service), typed()).status == 403
    assert staff("celia.prado").post(unlock_path(service), typed()).status in (403, 404)
    assert fresh(db, service).status == "suspended_for_debt"


def test_fifty_presses_by_staff_are_one_release(staff, db, race):
    service = cast.service(cast.rita())
    visitors = [staff("ana.souza") for _ in range(50)]
    for visitor in visitors:
        visitor.token()
    db.commit()
    path, data = unlock_path(service), typed()
    done = race(50, lambda i: visitors[i].post(path, data, faults=True))
    assert sum(answer.status == 303 for answer in done) == 1
    assert all(answer.status in (303, 409, 422, 503) for answer in done)
    assert db.scalar(select(func.count()).select_from(TrustUnlock)) == 1
    assert len(events(db, service, "service.trust_unlocked")) == 1


# ---- Habilitar and Suspender


def test_enabling_a_suspended_service_needs_a_reason(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    path = f"/servicos/{service.id}/habilitacao"
    assert "motivo" in ana.post(path, {"reason": " "}).errors()["reason"]
    assert fresh(db, service).status == "suspended_for_debt"
    assert ana.post(path, {"reason": "Pagou no balcão"}).status == 303
    assert fresh(db, service).status == "active"
    assert "Pagou no balcão" in ana.get(f"/clientes/{service.person_id}/historicos").words


def test_after_the_installation_no_reason_is_asked(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.joaquim())
    assert service.status == "awaiting_installation"
    assert ana.post(f"/servicos/{service.id}/habilitacao", {"reason": ""}).status == 303
    assert fresh(db, service).status == "active"
    assert fresh(db, service).activated_on == now.today()


def test_enabling_twice_is_refused_the_second_time(staff, db, race):
    service = cast.service(cast.rita())
    visitors = [staff("ana.souza") for _ in range(8)]
    for visitor in visitors:
        visitor.token()
    path = f"/servicos/{service.id}/habilitacao"
    done = race(8, lambda i: visitors[i].post(path, {"reason": "Pagou"}))
    assert sorted(answer.status for answer in done) == [303] + [422] * 7
    assert len(events(db, service, "service.enabled")) == 1
    assert "já está habilitado" in visitors[0].post(path, {"reason": "Pagou"}).words


@pytest.mark.postgresql
def test_suspending_and_reducing_by_hand(staff, db):
    ana, service = staff("ana.souza"), cast.service(cast.ze())
    path = f"/servicos/{service.id}/suspensao"
    assert "motivo" in ana.post(path, {"to": "reduced", "reason": ""}).errors()["reason"]
    assert ana.post(path, {"to": "reduced", "reason": "Fatura de outubro"}).status == 303
    assert fresh(db, service).status == "reduced"
    assert ana.post(path, {"to": "suspended_for_debt", "reason": "Fatura de outubro"}).status == 303
    assert fresh(db, service).status == "suspended_for_debt"
    assert (
        db.scalar(select(func.count()).where(Suspension.service_id == service.id, Suspension.ended_at.is_(None))) == 1
    )
    assert ana.post(path, {"to": "suspended_for_debt", "reason": "De novo"}).status == 422


def test_every_change_tells_the_network_once(staff, db, worker):
    service = cast.service(cast.ze())
    worker.drain()
    staff("ana.souza").post(f"/servicos/{service.id}/suspensao", {"to": "suspended_for_debt", "reason": "Débito"})
    waiting = db.scalars(select(Effect).where(Effect.kind == "apply_access", Effect.state == "ready")).all()
    assert [effect.payload for effect in waiting] == [{"service_id": service.id}]
    assert worker.drain() == 1
    assert "bloqueado" in staff("ana.souza").get(f"/clientes/{service.person_id}").words


@pytest.mark.feature("X-05")
@pytest.mark.parametrize("status", list(STATUSES))
def test_forbidden_jumps_are_refused_at_every_door(staff, central, db, status):
    service = cast.service(cast.ze())
    db.execute(Service.__table__.update().where(Service.id == service.id).values(status=status))
    service = fresh(db, service)
    for to in STATUSES:
        if to not in MOVES[status]:
            with pytest.raises(Stale):
                service.move_to(to)
    db.rollback()
    db.execute(Service.__table__.update().where(Service.id == service.id).values(status=status))
    db.commit()
    ana, base = staff("ana.souza"), f"/servicos/{service.id}"
    may_suspend = "suspended_for_debt" in MOVES[status]
    may_enable = status in ("awaiting_installation", "suspended_for_debt", "reduced")
    may_release = status in ("suspended_for_debt", "reduced")
    if not may_suspend:
        assert ana.post(f"{base}/suspensao", {"to": "suspended_for_debt", "reason": "Débito"}).status == 422
    if not may_enable:
        assert ana.post(f"{base}/habilitacao", {"reason": "Porque sim"}).status == 422
    if not may_release:
        assert ana.post(f"{base}/desbloqueio-em-confianca", typed()).status == 422
        assert central("ze").post(f"/central{base}/desbloqueio-em-confianca").status in (404, 422)
    assert fresh(db, service).status == status
    assert STATUSES[status] in ana.get(f"/clientes/{service.person_id}").words


def test_a_service_of_another_company_is_not_there(staff):
    celia, service = staff("celia.prado"), cast.service(cast.rita())
    assert celia.get(f"/clientes/{service.person_id}").status == 404
    assert celia.get(f"/servicos/{service.id}").status == 404
    assert celia.get(f"/servicos/{service.id}/contratos").status == 404


def test_the_database_refuses_a_second_open_suspension_and_a_second_active_unlock(db):
    service = cast.service(cast.rita())
    values = {"company_id": service.company_id, "service_id": service.id}
    db.add(Suspension(**values, status="reduced", reason="outra", started_at=now.now()))
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.flush()
    db.rollback()
    service = cast.service(cast.rita())
    with acting(Actor("operator", 1, "Ana Souza"), "staff"):
        first = service.unlock_in_trust(now.today(), "Paga hoje")
        db.flush()
    again = {column.key: getattr(first, column.key) for column in TrustUnlock.__table__.columns if column.key != "id"}
    db.add(TrustUnlock(**again))
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.flush()
    db.rollback()


def test_an_unknown_new_situation_is_refused(staff, db):
    service = cast.service(cast.ze())
    refused = staff("ana.souza").post(f"/servicos/{service.id}/suspensao", {"to": "bogus", "reason": "Débito"})
    assert refused.status == 422
    assert "Escolha a nova situação" in refused.words
    assert fresh(db, service).status == "active"


def test_hours_are_those_of_the_company(staff, db, clock):
    cast.vale_claro().zone = "America/Rio_Branco"
    service = cast.service(cast.rita())
    with clock("2026-11-30 00:30"):  # in Rio Branco it is still the 29th, 22:30
        ana = staff("ana.souza")
        assert ana.get(unlock_path(service)).form(unlock_path(service))["until"] == "2026-11-30"
        done = ana.follow(ana.post(unlock_path(service), {"until": "2026-11-29", "reason": "Paga hoje"}))
        done = ana.follow(done) if done.location else done
        assert "29/11/2026 23:59" in done.words
        assert "hoje às 23:59" in done.words


def test_somebody_in_todas_shows_each_company_its_own_history(staff, db):
    everybodys = cast.cooperative()
    assert "contratou" in staff("ana.souza").get(f"/clientes/{everybodys.id}/historicos").words
    assert "contratou" not in staff("celia.prado").get(f"/clientes/{everybodys.id}/historicos").words
    assert "contratou" not in staff("celia.prado").get(f"/clientes/{everybodys.id}").words


def test_a_refusal_says_what_to_do(db):
    service = cast.service(cast.ze())
    with pytest.raises(Refused, match="suspenso por débito"):
        service.unlock_in_trust(now.today(), "Sem débito")
