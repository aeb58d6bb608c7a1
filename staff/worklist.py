"""Precisa de você: which kinds of work are whose, and where each is done (B-15).

Whose: not by the name of a role, but by what it may do, and by the part its sector has in telephony.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from flask import current_app, url_for

from models import clock
from models.desk import rehearsal
from models.desk.stopped import dead_count
from models.operators import Principal
from models.outbox import troubled
from models.worklist import to_do
from models.worklist.to_do import Line
from models.worklist.waiting import PARTS, waiting


class Kind(NamedTuple):
    """A kind of work: its sign, the verb of its button, the list it leads to, and what it takes to do it."""

    icon: str
    verb: str
    endpoint: str
    needs: tuple[str, ...]
    asks: dict[str, Any] = {}
    duties: tuple[str, ...] = ()  # of the sector; none: whatever it does
    of_row: bool = False  # the page of its one row
    anchor: str | None = None

    def is_of(self, me: Principal) -> bool:
        return all(map(me.may, self.needs)) and (not self.duties or me.duty in self.duties)


KINDS = {
    "suspend": Kind(
        "calendar-event", "Conferir o ensaio", "staff.rehearsals.show", ("dunning.hold",), {"outcome": "suspensoes"}
    ),
    "terminate": Kind("ban", "Decidir", "staff.rehearsals.show", ("dunning.hold",), {"outcome": "propostas"}),
    "pix_unknown": Kind(
        "qrcode", "Ligar à fatura", "staff.pix_receipts.index", ("billing.files",), {"situacao": "unknown"}
    ),
    "pix_divergent": Kind(
        "qrcode", "Conferir", "staff.pix_receipts.index", ("billing.files",), {"situacao": "divergent"}
    ),
    "set_aside": Kind(
        "barcode",
        "Ver as linhas",
        "staff.bank_files.show",
        ("billing.files",),
        {"situacao": "quarantine"},
        of_row=True,
    ),
    "unread": Kind("barcode", "Processar", "staff.bank_files.show", ("billing.files",), of_row=True),
    "refused": Kind(
        "barcode",
        "Ver as recusas",
        "staff.invoices.index",
        ("billing.read", "billing.files"),
        {"situacao": "refused"},
    ),
    "contests": Kind(
        "message-circle",
        "Responder",
        "staff.invoices.index",
        ("billing.read", "billing.cancel"),
        {"situacao": "contested"},
    ),
    "requests": Kind(
        "phone-call",
        "Negociar",
        "staff.upgrade_requests.index",
        ("telephony.work",),
        {"etapa": "negociacao"},
        ("sales",),
    ),
    "turn": Kind(
        "layout-kanban",
        "Abrir o Planner",
        "staff.cards.index",
        ("telephony.work",),
        {"mostrar": "minha"},
    ),
    "slow": Kind(
        "layout-kanban", "Ver os parados", "staff.cards.index", ("planner.supervise",), {"mostrar": "parados"}
    ),
    "late_orders": Kind(
        "tool", "Ver as atrasadas", "staff.all_orders.index", ("orders.schedule",), {"periodo": "atrasadas"}
    ),
    "to_move": Kind("tool", "Mover", "staff.absences.index", ("orders.schedule",), anchor="para-mover"),
    "clashes": Kind("tool", "Ver o dia", "staff.agenda_days.index", ("orders.read", "orders.schedule")),
    "unplaced": Kind(
        "tool", "Agendar", "staff.agenda_days.index", ("orders.read", "orders.schedule"), anchor="sem-agenda"
    ),
    "free_orders": Kind("tool", "Agendar", "staff.all_orders.index", ("orders.schedule",), {"tecnico": "ninguem"}),
    "outages": Kind("antenna", "Ver a parada", "staff.outages.index", ("network.outages",), {"situacao": "abertas"}),
    "outage_credits": Kind(
        "cash", "Conferir", "staff.outage_credits.index", ("billing.read", "billing.charge"), of_row=True
    ),
    "drafts": Kind("file-text", "Continuar", "staff.sales.index", ("sales.sell",), {"de": "mim"}),
    "trust": Kind(
        "heart-handshake",
        "Ver",
        "staff.rehearsals.index",
        ("billing.read", "services.unlock_in_trust"),
        anchor="group-trust",
    ),
    "carnes": Kind("books", "Gerar carnês", "staff.carne_renewals.index", ("billing.read", "billing.charge")),
    "late": Kind("ticket", "Ver os vencidos", "staff.tickets.index", ("tickets.reopen",), {"aba": "vencidos"}),
    "stopped": Kind("alert-triangle", "Ver as paradas", "staff.tasks.index", ("outbox.retry",), anchor="desistidas"),
    "left_out": Kind("alert-triangle", "Ver as de fora", "staff.tasks.index", ("outbox.retry",), anchor="de-fora"),
    "routines": Kind("refresh", "Ver as rotinas", "staff.tasks.index", ("outbox.retry",)),
    "invited": Kind(
        "user", "Ver os convites", "staff.configuration.operators.index", ("operators.admin",), {"mostrar": "convite"}
    ),
    "unproved": Kind(
        "shield-check",
        "Ver quem",
        "staff.configuration.operators.index",
        ("operators.admin",),
        {"mostrar": "sem-codigo"},
    ),
}
ON_THE_DAY = {"suspend": timedelta(days=1), "terminate": timedelta(days=1), "trust": timedelta(0)}


class Task(NamedTuple):
    """A line with the way to its list."""

    line: Line
    kind: Kind
    href: str


def tasks(me: Principal, late: int) -> list[Task]:
    """What waits for whoever looks, the loudest first; `late` are the tickets of the house past their time."""
    mine = {key for key, kind in KINDS.items() if kind.is_of(me)}
    if not current_app.config["SECOND_FACTOR"]:
        mine.discard("unproved")
    lines = [to_do.line(row, me.department_name) for row in waiting(mine & PARTS.keys(), me.department_id, me.duty)]
    if "suspend" in mine:
        lines += _of_the_ladder()
    if "stopped" in mine:
        lines += _of_the_house()
    if "late" in mine and late:
        lines.append(to_do.late_in_house(late))
    return [Task(line, KINDS[line.key], _address(line)) for line in to_do.loudest_first(lines)]


def _of_the_ladder() -> list[Line]:
    on = rehearsal.tomorrow()
    sums = rehearsal.sums(on)
    found = []
    if "suspend" in sums:
        held = sums["held"].services if "held" in sums else 0
        found.append(to_do.suspensions(on, sums["suspend"].services, sums["suspend"].cents, held))
    if "terminate" in sums:
        found.append(to_do.terminations(sums["terminate"].services, sums["terminate"].cents))
    return found


def _of_the_house() -> list[Line]:
    dead = dead_count()
    found = [to_do.stopped(dead)] if dead else []
    behind = troubled()
    return [*found, to_do.routines([each.words for each in behind])] if behind else found


def _address(line: Line) -> str:
    kind = KINDS[line.key]
    asks = dict(kind.asks)
    if kind.of_row:
        asks["id"] = line.id
    if line.key in ON_THE_DAY:
        asks["dia"] = (clock.today() + ON_THE_DAY[line.key]).isoformat()
    return url_for(kind.endpoint, **asks, _anchor=kind.anchor)
