"""Conta: who is here, what waits on this device, the way to the Painel and out."""

from __future__ import annotations

from flask import Blueprint

from staff.phone.loading import ROOT, draw
from web.access import staff

phone_accounts = Blueprint("phone_accounts", __name__)


@phone_accounts.get(f"{ROOT}/conta")
@staff("orders.close")
def show() -> str:
    return draw("staff/phone/account.html", "Conta")
