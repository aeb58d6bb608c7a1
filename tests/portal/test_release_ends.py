"""The routine that ends releases in trust (C-99, C-105, X-07)."""

from sqlalchemy import select

from models.history import Event
from models.services import TrustUnlock
from tests import cast

NAME = "trust_unlock_ends"


def release(central, who: str):
    service = cast.service(cast.SUBSCRIBERS[who]())
    assert central(who).post(f"/central/servicos/{service.id}/desbloqueio-em-confianca").status == 303
    return service


def test_each_goes_back_to_its_earlier_status_once(central, clock, db, worker):
    with clock("2026-11-26 14:33"):
        release(central, "rita")
        release(central, "maria")
        worker.drain()
    with clock("2026-11-29 05:00"):  # nobody ran it for two days: it catches up
        assert worker.routine(NAME) == 2
        assert worker.routine(NAME) == 0
        assert cast.service(cast.rita()).status == "suspended_for_debt"
        assert cast.service(cast.maria()).status == "reduced"
        assert worker.drain() == 2
        assert central("maria").get("/central/").h1 == "Sua internet está com velocidade reduzida"
    assert [row.status for row in db.scalars(select(TrustUnlock))] == ["ended", "ended"]
    ended = db.scalars(select(Event).where(Event.action == "service.trust_ended").order_by(Event.id)).all()
    assert [row.data["status"] for row in ended] == ["Suspenso por Débito", "Suspenso parcialmente"]
    assert {row.actor_kind for row in ended} == {"job"}


def test_paid_meanwhile_it_only_settles(central, clock, db, worker):
    with clock("2026-11-26 14:33"):
        service = release(central, "rita")
        db.refresh(service)
        service.enable("pagou no balcão")
    with clock("2026-11-28 05:00"):
        assert worker.routine(NAME) == 0
        assert cast.service(cast.rita()).status == "active"
    assert db.scalars(select(TrustUnlock)).one().status == "settled"


def test_suspension_closed_behind_its_back(central, clock, db, worker):
    with clock("2026-11-26 14:33"):
        service = release(central, "rita")
        service.open_suspension().ended_at = service.active_trust().starts_at
    with clock("2026-11-28 05:00"):
        assert "só encerra" in worker.command("routines", "run", NAME, "--dry-run").output
        assert worker.routine(NAME) == 1
    assert cast.service(cast.rita()).status == "active"
    assert db.scalars(select(TrustUnlock)).one().status == "settled"


def test_rehearsal_says_who_and_why_and_changes_nothing(central, clock, db, worker):
    with clock("2026-11-26 14:33"):
        service = release(central, "maria")
        assert worker.command("routines", "run", NAME, "--dry-run").output.strip() == "ninguém"
        later = worker.command("routines", "run", NAME, "--dry-run", "--for", "2026-11-27").output
    assert later.strip() == (
        f"serviço {service.id} (Rádio 20 Mbps): liberação até 27/11/2026 14:33; volta a Suspenso parcialmente"
    )
    assert cast.service(cast.maria()).status == "active"
