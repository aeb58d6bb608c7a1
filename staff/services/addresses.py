"""Ações, Editar: an address of a service, corrected for it alone or for all that share it (C-29)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.people.address import FIELDS
from models.services import Service
from models.wording import cep
from staff.sales.ceps import fill_in
from staff.sales.forms import Place
from staff.services.loading import load, page
from web.access import staff
from web.forms import Form, YesNo
from web.fragments import done

addresses = Blueprint("addresses", __name__)
SLUGS = {"instalacao": "installation", "cobranca": "billing"}
PATH = '/servicos/<int:id>/enderecos/<any("instalacao","cobranca"):slug>'


class Correction(Place, Form):
    everywhere = YesNo("A mudança vale para")


@addresses.get(PATH)
@staff("people.change")
def edit(id: int, slug: str) -> ResponseReturnValue:
    service = load(id)
    return _page(service, slug, _stored(service, slug).edits(service))


@addresses.post(PATH)
@staff("people.change")
def update(id: int, slug: str) -> ResponseReturnValue:
    service = load(id)
    form = Correction().edits(service, lambda: _to_compare(service, slug))
    if "procurar" in request.form:
        return _page(load(id), slug, form, found=fill_in(form, ""))
    typed = {key: form[key].data or "" for key in FIELDS}
    if form.accepts(lambda: service.change_address(SLUGS[slug], typed, form.everywhere.data, form.seen)):
        return done(url_for("staff.services.show", id=id), "Endereço gravado")
    return _page(service, slug, form), form.code


def _stored(service: Service, slug: str) -> Correction:
    address = service.address(SLUGS[slug])
    values = {key: getattr(address, key) for key in FIELDS} | {"cep": cep(address.cep)}
    return Correction(formdata=None, data={**values, "looked_up": address.cep})


def _to_compare(service: Service, slug: str) -> Correction:
    """Without what is only asked of a change."""
    form = _stored(service, slug)
    del form.everywhere
    return form


def _page(service: Service, slug: str, form: Correction, **values: object) -> str:
    others = service.sharing(SLUGS[slug])
    form.everywhere.choices = [("no", "Só este serviço"), ("yes", "Todos neste endereço")]
    return page("staff/addresses/edit.html", service, form=form, slug=slug, others=others, **values)
