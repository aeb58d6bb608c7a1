"""The second step of signing in: the code of the app, or a recovery code."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.history import track
from models.operators import LoginSession, RecoveryCode
from models.operators.second_factor import prove
from models.scope import Actor, acting
from models.wording import counted
from staff.security.proving import Proof, accepts_proof, myself
from web.access import staff
from web.doors import context, hand_token, me, open_session, safe_next
from web.fragments import done

codes = Blueprint("codes", __name__)
FEW = 3  # recovery codes left, below which one is told to make new ones
RENEW = "Para gerar outros, abra Minha segurança, no seu nome."


@codes.get("/entrar/codigo")
@staff(steps=("code",))
def new() -> ResponseReturnValue:
    if me().level != "half":
        return redirect(safe_next(request.args.get("next")), 303)
    return _page(Proof(), request.args.get("next"))


@codes.post("/entrar/codigo")
@staff(steps=("code",))
def create() -> ResponseReturnValue:
    if me().level != "half":
        return done(url_for("staff.home.index"))
    form, tokens, had = Proof(), [], RecoveryCode.left(me().id)

    def enter() -> None:
        prove(myself(), form.passcode.data or "")
        tokens.append(whole_session())

    if not accepts_proof(form, enter):
        return _page(form, request.form.get("next")), form.code
    session.clear()
    left = RecoveryCode.left(me().id)
    if left < had or left < FEW:
        flash(f"{counted(left, 'código de recuperação resta', 'códigos de recuperação restam')}. {RENEW}", "ok")
    return hand_token(done(onward(request.form.get("next"))), tokens[0])


def whole_session() -> str:
    """A new session in place of the half one; the token of its cookie. The old cookie opens nothing more."""
    LoginSession.revoke(me().session_id)
    row, token = open_session(me().id, "staff", me().company_id)
    operator = myself()
    actor = Actor("operator", operator.id, operator.name)
    with acting(actor, "staff", me().company_id, session_id=row.id, **context()):
        track("operator.signed_in", operator)
    return token


def onward(target: str | None) -> str:
    """Where one goes who has signed in: to the page asked for, by way of choosing a company."""
    wanted = safe_next(target)
    return url_for("staff.companies.new", next=wanted) if me().may_switch_company else wanted


def _page(form: Proof, target: str | None) -> str:
    return render_template("staff/security/code.html", form=form, next=target)
