"""Minha segurança, and the phone of the second factor: shown as a QR code, confirmed with its first code (B-08)."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.base import reads_from_here
from models.operators import RecoveryCode, SecondFactor
from models.operators.second_factor import address_of, begin, confirm, refusal_to_turn_off, turn_off
from staff.security.codes import onward, whole_session
from staff.security.proving import Proof, accepts_proof, myself
from web.access import staff, step_of
from web.codes import drawn_qr
from web.doors import hand_token, me
from web.fragments import done
from web.navigation import brand_here

factors = Blueprint("factors", __name__)
PATH = "/seguranca/segundo-fator"


@factors.get("/seguranca")
@staff()
def show() -> ResponseReturnValue:
    return _show(Proof())


@factors.get(PATH)
@staff(steps=("enrol",))
def new() -> ResponseReturnValue:
    """Begin; or, once begun, the QR code and the field for its first code."""
    return _new(Proof())


@factors.post(PATH)
@staff(steps=("enrol",))
def create() -> ResponseReturnValue:
    form = Proof()
    if accepts_proof(form, lambda: begin(myself(), form.passcode.data or "")):
        return done(url_for("staff.factors.new", next=request.form.get("next")))
    return _new(form), form.code


@factors.post(f"{PATH}/confirmacao")
@staff(steps=("enrol",))
def update() -> ResponseReturnValue:
    """The ten recovery codes are this answer, and nowhere else; the browser goes on in a new session."""
    form, codes, tokens = Proof(), list[str](), list[str]()

    def enrol() -> None:
        codes.extend(confirm(myself(), form.passcode.data or ""))
        tokens.append(whole_session())

    if not accepts_proof(form, enrol):
        return _new(form), form.code
    session.clear()
    following = onward(request.form.get("next")) if step_of(me()) else url_for("staff.factors.show")
    page = render_template("staff/security/recovery_codes.html", codes=codes, following=following)
    return hand_token(make_response(page), tokens[0])


@factors.post(f"{PATH}/remover")
@staff()
def destroy() -> ResponseReturnValue:
    form = Proof()
    if accepts_proof(form, lambda: turn_off(myself(), form.passcode.data or "", _compulsory())):
        return done(url_for("staff.factors.show"), "Verificação em duas etapas desligada")
    return _show(form), form.code


def _compulsory() -> bool:
    return bool(current_app.config["SECOND_FACTOR"] and me().needs_factor)


def _show(form: Proof) -> str:
    reads_from_here()
    return render_template(
        "staff/security/show.html",
        form=form,
        factor=SecondFactor.of(myself()),
        left=RecoveryCode.left(me().id),
        why_not_off=refusal_to_turn_off(_compulsory()),
    )


def _new(form: Proof) -> str:
    reads_from_here()
    operator = myself()
    factor = SecondFactor.of(operator)
    secret = factor.shown if factor else None
    return render_template(
        "staff/security/new.html",
        form=form,
        factor=factor,
        secret=secret and " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        qr=secret and drawn_qr(address_of(secret, operator.login, brand_here().name), "QR code do aplicativo"),
        half=bool(step_of(me())),
        next=request.values.get("next"),
    )
