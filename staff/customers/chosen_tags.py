"""Pôr etiqueta in the customers somebody ticked, or in all that the filter finds (B-09, C-111)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db, reads_from_here
from models.desk import customer_list as questions
from models.people import Person, Tag
from models.refused import Refused
from models.sales import offers
from models.wording import counted
from staff.customers.lists import CUSTOMERS, wanted
from web.access import staff
from web.forms import Choice, Form, whole
from web.fragments import done
from web.lists import Asked, chosen, each

chosen_tags = Blueprint("chosen_tags", __name__)
MOST = 1000  # customers of a filter at once


class Tagging(Form):
    tag = Choice("Etiqueta", empty="Escolha")


@chosen_tags.post("/clientes/escolhidos/etiqueta")
@staff("people.tag")
def create() -> ResponseReturnValue:
    """First which tag; then the verb of each, in a savepoint of its own.

    All of a filter are found again when it is done: when they are not as many as were said, it is asked again.
    """
    asked, form = CUSTOMERS.asked(request.form), Tagging()
    form.tag.offer(offers.names(Tag))
    seen, told = _chosen(asked), whole(request.form.get("todos"))
    changed = f"Agora são {len(seen)}. Confira e confirme de novo." if told and told != len(seen) else ""
    if "tag" not in request.form or changed:
        reads_from_here()
        return _page(asked, form, seen, changed), 409 if changed and "tag" in request.form else 200
    tag = db.session.get(Tag, form.tag.data) if isinstance(form.tag.data, int) else None
    if tag is None:
        form.tag.errors = ["Escolha a etiqueta."]
        reads_from_here()
        return _page(asked, form, seen, changed), 422
    name, found = tag.name, select(Person).where(Person.id.in_(seen)).order_by(Person.id)
    rows = {row.id: row for row in db.session.scalars(found)}
    names = {id: row.name for id, row in rows.items()}
    outcomes = each(rows, lambda person, version: person.add_tag(tag.id, version), seen)
    db.session.commit()
    acted, gone = sum(one.refusal is None for one in outcomes), len(seen) - len(outcomes)
    if acted == len(seen):
        return done(asked.address(), f"{counted(acted, 'cliente')} com a etiqueta {name}")
    reads_from_here()
    values = {"asked": asked, "outcomes": outcomes, "names": names, "acted": acted, "gone": gone, "tag": name}
    answer = make_response(render_template("staff/chosen_tags/result.html", **values), 200 if acted else 422)
    answer.headers["Content-Location"] = asked.address()
    return answer


def _chosen(asked: Asked) -> Mapping[int, int]:
    """The customers and the version of each: as it was when ticked, or of all of a filter as it is now."""
    if "todos" not in request.form:
        return chosen()
    ids = questions.ids(wanted(asked), MOST)
    if len(ids) > MOST:
        raise Refused(f"O filtro tem mais de {MOST} clientes. Filtre mais e escolha de novo.")
    rows = select(Person.id, Person.version).where(Person.id.in_(ids)).order_by(Person.id)
    return dict(db.session.execute(rows).all())


def _page(asked: Asked, form: Tagging, seen: Mapping[int, int], changed: str) -> str:
    if not seen:
        raise Refused("Escolha na lista ao menos uma linha.")
    names = select(Person.name).where(Person.id.in_(seen)).order_by(Person.search_text).limit(8)
    return render_template(
        "staff/chosen_tags/new.html",
        asked=asked,
        form=form,
        seen=seen,
        all="todos" in request.form,
        names=list(db.session.scalars(names)),
        changed=changed,
    )
