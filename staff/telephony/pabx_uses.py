"""An item of the panel comes into use: installed on a device, or its data sent to somebody (U-19, U-31)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.base import db
from models.boards import card_of
from models.refused import require
from models.telephony import PROCEDURES, PabxItem, UpgradeOrder, Use
from staff.telephony.loading import load_item
from web.access import staff
from web.forms import Form, text
from web.fragments import done

pabx_uses = Blueprint("pabx_uses", __name__)
DONE = dict(zip(PROCEDURES, ("Instalado em telefone IP", "Dados enviados ao cliente"), strict=True))


class Using(Form):
    procedure = RadioField("O que foi feito", choices=list(DONE.items()), validate_choice=False)
    device = text("Aparelho", 80)
    sent_to = text("A quem os dados foram enviados", 80)
    name = text("Nome do ramal", 60)
    sector = text("Setor de uso", 60)

    def use(self) -> Use:
        typed = (self.procedure.data or "", self.device.data, self.sent_to.data, self.name.data, self.sector.data)
        return Use(*typed)


@pabx_uses.get("/pabx/<int:id>/uso")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    require(row.refusal_to_use(), fix=person)
    form = Using(data={"procedure": row.procedure, "name": row.name, "sector": row.sector}).edits(row)
    return _page(person, row, form)


@pabx_uses.post("/pabx/<int:id>/uso")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    form = Using().edits(row)
    if form.accepts(lambda: row.put_to_use(form.use(), form.seen)):
        return done(_from(row, person.id), f"Em uso: {row.called}")
    return _page(person, row, form), form.code


def _page(person: Any, row: PabxItem, form: Using) -> str:
    return render_template("staff/pabx_uses/new.html", head=person, row=row, form=form, came_from=_from(row, person.id))


def _from(row: PabxItem, person_id: int) -> str:
    """The card whose order is under way, for which support marks it; else the panel."""
    order = db.session.get(UpgradeOrder, row.order_id) if row.order_id else None
    card = card_of(row.pabx_id) if order and order.is_alive else None
    return url_for("staff.cards.show", id=card.id) if card else url_for("staff.pabxs.show", id=person_id)
