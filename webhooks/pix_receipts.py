"""What the bank tells of a Pix that came in. It is kept and answered; the worker asks the bank before it settles."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from integrations.pix import PixTrouble, read_webhook
from models.base import db
from models.collection import PixReceipt, ReportedPix
from models.collection.pix_receipt import unread_pix
from models.outbox import keep_left_out
from models.scope import Actor, acting
from web.access import public
from web.guards import takes

pix_receipts = Blueprint("pix_receipts", __name__)
BANK = Actor("integration", None, "Banco do Pix")
MOST_BYTES = 64 * 1024


@pix_receipts.post("/webhooks/pix/<token>/pix")
@public
@takes(MOST_BYTES)
def create(token: str) -> ResponseReturnValue:
    """200 at once, also for what was told before; a wrong token is a 404, anything but Pix a 400.

    One among several that cannot be read is left out, alone, and named in Tarefas paradas.
    """
    right = current_app.config["PIX_WEBHOOK_TOKEN"]
    if not right or not compare_digest(token.encode(), right.encode()):
        abort(404)
    try:
        posted, odd = read_webhook(request.get_data())
    except PixTrouble:
        abort(400)
    reported = [
        ReportedPix(pix.e2e_id, pix.txid, pix.cents, pix.at, pix.key, pix.returned_cents) for pix in posted if pix.txid
    ]
    with acting(BANK, "api"):
        PixReceipt.keep_reported(reported, "webhook")
        keep_left_out("pix_webhook", [unread_pix(pix.e2e_id, pix.why) for pix in odd])
        db.session.commit()
    return Response(status=200)
