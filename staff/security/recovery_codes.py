"""Ten new recovery codes, for who used some or lost the paper; a code of the app proves who asks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.operators import SecondFactor
from models.operators.second_factor import renew_codes
from staff.security.proving import Proof, accepts_proof, myself
from web.access import staff

recovery_codes = Blueprint("recovery_codes", __name__)
PATH = "/seguranca/codigos-de-recuperacao"


@recovery_codes.get(PATH)
@staff()
def new() -> ResponseReturnValue:
    factor = SecondFactor.of(myself())
    if factor is None or not factor.in_force:
        return redirect(url_for("staff.factors.show"), 303)
    return render_template("staff/security/renew.html", form=Proof())


@recovery_codes.post(PATH)
@staff()
def create() -> ResponseReturnValue:
    form, codes = Proof(), []
    if accepts_proof(form, lambda: codes.extend(renew_codes(myself(), form.passcode.data or ""))):
        following = url_for("staff.factors.show")
        return render_template("staff/security/recovery_codes.html", codes=codes, following=following)
    return render_template("staff/security/renew.html", form=form), form.code
