"""Painel PABX: what the telephone of a customer has, and what of it is free (U-06, U-31)."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.boards import under_way
from models.telephony import KINDS, count, panel_of, refusal_to_step
from models.telephony.queue import waiting_of
from staff.customers.loading import load, told_of
from staff.telephony.loading import telephones_of
from web.access import staff

pabxs = Blueprint("pabxs", __name__)
TOLD = 8
TITLES = {"extension": "Ramais", "line": "Linhas", "outbound_channel": "Canais de saída", "module": "Módulos"}


@pabxs.get("/clientes/<int:id>/pabx")
@staff("telephony.read")
def show(id: int) -> ResponseReturnValue:
    person, panel = load(id), panel_of(id)
    return render_template(
        "staff/pabxs/show.html",
        person=person,
        panel=panel,
        counts={kind: count(rows) for kind, rows in panel.items()},
        kinds=KINDS,
        titles=TITLES,
        telephones=telephones_of(id),
        orders=under_way(id),
        waiting=waiting_of(id),
        events=told_of(id, TOLD, "phone"),
        step=cache(refusal_to_step),
    )
