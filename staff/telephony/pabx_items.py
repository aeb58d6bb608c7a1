"""What a contract includes already is registered in the panel; what an extension is called is changed (U-06)."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField

from models.people import Person
from models.refused import require
from models.telephony import KINDS, PROCEDURES, PabxItem, Use, register
from staff.customers.loading import load
from staff.telephony.loading import load_item, telephones_of
from staff.telephony.pabxs import TITLES
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done

pabx_items = Blueprint("pabx_items", __name__)


class Registering(Form):
    kind = RadioField(
        "O que registrar", choices=[(kind, KINDS[kind].one.capitalize()) for kind in TITLES], validate_choice=False
    )
    service_id = Choice("Telefone")
    number = text("Número", 20)
    name = text("Nome", 60)
    sector = text("Setor de uso", 60)
    in_use = BooleanField("Já está em uso")
    procedure = RadioField("O que foi feito", choices=list(PROCEDURES.items()), validate_choice=False)
    device = text("Aparelho", 80)
    sent_to = text("A quem os dados foram enviados", 80)

    def use(self) -> Use | None:
        if not self.in_use.data:
            return None
        return Use(self.procedure.data or "", self.device.data, self.sent_to.data)


class Renaming(Form):
    name = text("Nome", 60)
    sector = text("Setor de uso", 60)


@pabx_items.get("/clientes/<int:id>/pabx/registrar")
@staff("telephony.register")
def new(id: int) -> ResponseReturnValue:
    return _new(load(id), Registering(data={"kind": "extension"}))


@pabx_items.post("/clientes/<int:id>/pabx/registrar")
@staff("telephony.register")
def create(id: int) -> ResponseReturnValue:
    person, form, made = load(id), Registering(), list[PabxItem]()
    services = {row.service.id: row.service for row in telephones_of(id)}

    def act() -> None:
        service = services.get(form.service_id.data)
        typed = (form.kind.data or "", form.number.data, form.name.data, form.sector.data)
        made.append(register(service, *typed, form.use()))

    if form.accepts(act):
        return done(url_for("staff.pabxs.show", id=id), f"Registrado no painel: {made[0].called}")
    return _new(person, form), form.code


def _new(person: Person, form: Registering) -> str:
    telephones = telephones_of(person.id)
    form.service_id.offer([(row.service.id, row.words) for row in telephones])
    if len(telephones) == 1 and not form.is_submitted():
        form.service_id.data = telephones[0].service.id
    return render_template("staff/pabx_items/new.html", head=person, form=form, telephones=telephones)


@pabx_items.get("/pabx/<int:id>/editar")
@staff("telephony.work")
def edit(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    require(row.refusal_to_rename(), fix=person)
    return render_template("staff/pabx_items/edit.html", head=person, row=row, form=Renaming(obj=row).edits(row))


@pabx_items.post("/pabx/<int:id>/editar")
@staff("telephony.work")
def update(id: int) -> ResponseReturnValue:
    row, person = load_item(id)
    form = Renaming().edits(row)
    if form.accepts(lambda: row.rename(form.name.data, form.sector.data, form.seen)):
        return done(url_for("staff.pabxs.show", id=person.id), f"Gravado: {row.called}")
    return render_template("staff/pabx_items/edit.html", head=person, row=row, form=form), form.code
