"""Ações, Editar: an address of a service, corrected for it alone or for all that share it (C-29)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.people.address import FIELDS
from models.refused import Stale
from models.services import Service
from models.wording import cep
from staff.sales.ceps import fill_in
from staff.sales.forms import Place
from staff.services.loading import load, page
from web.access import staff
from web.differences import differences
from web.forms import Form, YesNo
from web.fragments import done

addresses = Blueprint("addresses", __name__)
SLUGS = {"instalacao": "installation", "cobranca": "billing"}
PATH = '/servicos/<int:id>/enderecos/<any("instalacao","cobranca"):slug>'


class Correction(Place, Form):
    seen = HiddenField()  # the address as it was shown
    overwrites = HiddenField()  # the one somebody was shown later and chose to write over
    everywhere = YesNo("A mudança vale para")


@addresses.get(PATH)
@staff("people.change")
def edit(id: int, slug: str) -> ResponseReturnValue:
    service = load(id)
    return _page(service, slug, _stored(service, slug))


@addresses.post(PATH)
@staff("people.change")
def update(id: int, slug: str) -> ResponseReturnValue:
    service, form = load(id), Correction()
    if "procurar" in request.form:
        return _page(load(id), slug, form, found=fill_in(form, ""))
    typed = {key: form[key].data or "" for key in FIELDS}
    seen = form.overwrites.data or form.seen.data or ""
    if form.accepts(lambda: service.change_address(SLUGS[slug], typed, form.everywhere.data, seen)):
        return done(url_for("staff.services.show", id=id), "Endereço gravado")
    return _page(service, slug, form), form.code


def _stored(service: Service, slug: str) -> Correction:
    address = service.address(SLUGS[slug])
    values = {key: getattr(address, key) for key in FIELDS} | {"cep": cep(address.cep)}
    return Correction(formdata=None, data={**values, "seen": address.whole, "looked_up": address.cep})


def _page(service: Service, slug: str, form: Correction, **values: object) -> str:
    others = service.sharing(SLUGS[slug])
    form.everywhere.choices = [("no", "Só este serviço"), ("yes", "Todos neste endereço")]
    if isinstance(form.refused, Stale):
        stored = _stored(service, slug)
        shown = [row for row in differences(form, stored) if row.name != "everywhere"]
        values |= {"differences": shown, "version": stored.seen.data}
    return page("staff/addresses/edit.html", service, form=form, slug=slug, others=others, **values)
