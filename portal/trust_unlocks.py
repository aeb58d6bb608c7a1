"""Desbloqueio em Confiança by the subscriber: one day, once a month (C-104 to C-106)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from models.central.invoices import open_invoices
from models.desk.blocked import why_blocked
from models.notices import Notice
from models.operators import company_of, within
from models.operators.throttle import DAY, end_of
from models.refused import Refused
from models.services import Service, TrustUnlock
from models.wording import moment
from portal.loading import myself, seen
from portal.loading import service as load
from portal.throttling import say_when
from web.access import subscriber
from web.doors import me
from web.fragments import done, wants_fragment, with_toast
from web.messages import written

trust_unlocks = Blueprint("trust_unlocks", __name__)

TRIES = 3  # refused ones, a day and service; a release that is due is never held back
RELEASED = "Cliente foi liberado com sucesso"
TOO_OFTEN = "Este pedido já foi feito várias vezes hoje, e a resposta é a mesma. Fale com a gente."


class TooOften(Refused):
    status = 429


@trust_unlocks.post("/servicos/<int:id>/desbloqueio-em-confianca")
@subscriber("weak")
def create(id: int) -> ResponseReturnValue:
    service = load(id)
    try:
        _notify(service, service.unlock_in_trust())
        db.session.commit()
    except Refused as no:
        return _refused(id, no)
    reads_from_here()
    if not wants_fragment():
        return done(url_for("portal.trust_unlocks.show", id=id), RELEASED)
    view = seen(id)
    html = render_template("portal/services/_service.html", service=view, swapped=True)
    return with_toast(html, f"{RELEASED}, até {moment(view.trust_until, view.zone)}")


@trust_unlocks.get("/servicos/<int:id>/desbloqueio-em-confianca")
@subscriber("weak")
def show(id: int) -> ResponseReturnValue:
    """What the release gives, until when, and what happens afterwards."""
    view = seen(id)
    if view.trust_until is None:
        return redirect(url_for("portal.services.index"))
    why = why_blocked([id]).get(id)
    held = {debt.invoice_id for debt in why.holding} if why else set()
    invoice = next((row for row in open_invoices(me().id) if row.id in held), None)
    returning = why is not None and why.returning
    return render_template("portal/trust_unlocks/show.html", service=view, invoice=invoice, returning=returning)


def _notify(service: Service, unlock: TrustUnlock) -> None:
    """Whoever typed a CPF alone may be somebody else: the e-mail on file hears of the release."""
    address = myself().contacts().get("email", "")
    if me().level == "proved" or not address:
        return
    company = company_of(service)
    subject, body = written(
        "unlock",
        myself(),
        company,
        plan=service.plan_name,
        since=unlock.starts_at,
        until=unlock.ends_at,
        zone=company.zone,
    )
    Notice.send_later("unlock", service.person_id, service.company_id, address, subject, body)


def _refused(id: int, no: Refused) -> ResponseReturnValue:
    """The reason on a page of its own; for htmx the note above the services.

    Pressing again while the service is released harms nobody and is not counted.
    """
    db.session.rollback()
    view = seen(id)
    if view.trust_until is None and not within(f"central-trust:{id}", TRIES, DAY):
        no = TooOften(TOO_OFTEN)
        say_when(end_of(DAY))
    db.session.commit()
    reads_from_here()
    if wants_fragment():
        raise no
    return render_template("portal/trust_unlocks/refused.html", service=view, reason=no.sentence), no.status
