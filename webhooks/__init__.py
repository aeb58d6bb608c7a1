"""The door of machines outside that tell us something: neither staff nor subscribers, no cookie, no page."""

from flask import Blueprint

from webhooks import pix_receipts

door = Blueprint("webhooks", __name__)
door.register_blueprint(pix_receipts.pix_receipts)
