"""The outbox is being worked through, and the network has been told what each service may use."""

from __future__ import annotations

from sqlalchemy import or_, select

from models import clock
from models.base import db
from models.check.question import LATE, findings
from models.network import Connection
from models.outbox import Effect, LeftOut, troubled
from models.sealed import unopened
from models.services import Service
from models.services.status import ACCESS


def effects_are_alive() -> list[str]:
    rows = select(Effect.id, Effect.kind, Effect.attempts).where(Effect.state == "dead").order_by(Effect.id)
    return findings("tarefa {id}: {kind} parada; tentativas: {attempts}", rows)


def effects_are_carried_out() -> list[str]:
    """Due for ten minutes and in nobody's hands: no worker runs, or it cannot keep up."""
    limit = clock.now() - LATE
    free = or_(Effect.lease_until.is_(None), Effect.lease_until < clock.now())
    rows = select(Effect.id, Effect.kind).where(Effect.state == "ready", Effect.due_at < limit, free)
    return findings("tarefa {id}: {kind} atrasada há mais de 10 minutos", rows.order_by(Effect.id))


def routines_do_their_work() -> list[str]:
    """None failed as a whole, and each came to its end lately: a worker runs."""
    return [
        f"rotina {trouble.name}: {'falhou na última vez' if trouble.error else 'atrasada: nenhum worker a executa'}"
        for trouble in troubled()
    ]


def nothing_is_left_out() -> list[str]:
    rows = select(LeftOut.id, LeftOut.work, LeftOut.row_kind, LeftOut.row_id, LeftOut.times)
    rows = rows.where(LeftOut.status == "open").order_by(LeftOut.id)
    return findings("{work}: {row_kind} {row_id} deixado de fora {times} vez(es), veja Tarefas paradas", rows)


def services_are_connected() -> list[str]:
    known = select(Connection.id).where(Connection.service_id == Service.id).exists()
    return findings("serviço {id}: sem conexão", select(Service.id).where(~known))


def network_knows_the_access() -> list[str]:
    """What the network confirmed is what the service may use, unless a task to tell it still waits (X-06)."""
    rows = select(Service.id, Service.status, Connection.access_state)
    rows = rows.join(Connection, Connection.service_id == Service.id)
    differing = {row.id: row for row in db.session.execute(rows) if row.access_state != ACCESS[row.status]}
    if not differing:
        return []
    waiting = select(Effect.payload).where(Effect.kind == "apply_access", Effect.state != "done")
    pending = {(payload or {}).get("service_id") for payload in db.session.scalars(waiting)}
    return [
        f"serviço {id}: situação {row.status}, mas a rede aplicou {row.access_state}"
        for id, row in sorted(differing.items())
        if id not in pending
    ]


def secrets_open() -> list[str]:
    """Every sealed secret has its key in the file; one without it is of no use to anybody any more."""
    return [f"segredo {where}: a chave dele não está no arquivo de chaves" for where in unopened()]


QUESTIONS = (
    secrets_open,
    effects_are_alive,
    effects_are_carried_out,
    routines_do_their_work,
    nothing_is_left_out,
    services_are_connected,
    network_knows_the_access,
)
