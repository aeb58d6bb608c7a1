"""Signing in and out of the staff door."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests
from wtforms import PasswordField

from models import clock
from models.base import db, read_only, reads_from_here
from models.history import track
from models.operators import LoginSession, Role, SecondFactor, within
from models.operators.operator import Operator, by_login, opens
from models.operators.permissions import DEMANDING
from models.operators.throttle import QUARTER, Tries, end_of, forgive
from models.operators.token import digest
from models.scope import Actor, acting
from web.access import public, staff
from web.doors import STEPS, client_ip, context, cookie_name, hand_token, me, open_session, safe_next
from web.forms import Form, text

sessions = Blueprint("sessions", __name__)

FAILURES, WINDOW = 5, QUARTER
WRONG = "Usuário ou senha não conferem. Confira os dois e tente de novo."


class SignIn(Form):
    login = text("E-mail ou usuário", 120)
    password = PasswordField("Senha")


@sessions.get("/entrar")
@public
def new() -> ResponseReturnValue:
    return render_template("staff/sessions/new.html", form=SignIn(), next=request.args.get("next"))


@sessions.post("/entrar")
@public
def create() -> ResponseReturnValue:
    form = SignIn()
    typed = form.login.data or ""
    with read_only():
        operator = by_login(typed)
        companies = operator.companies() if operator else []
    tries = [(f"staff-login:{operator.id if operator else digest(typed.lower())}", FAILURES, WINDOW)]
    tries.append((f"staff-ip:{client_ip()}", FAILURES * 4, WINDOW))
    if not _may_try(tries):
        raise TooManyRequests(retry_after=_seconds_left())
    if not opens(operator, form.password.data or "") or operator is None or not companies:
        return _refused(form)
    forgive(tries)
    step = _step_after_password(operator)
    token = _open(operator, companies[0].id, half=bool(step))
    target = safe_next(request.form.get("next")) if request.form.get("next") else _first_page(operator)
    if step:
        target = url_for(STEPS[step], next=target)
    elif len(companies) > 1:
        target = url_for("staff.companies.new", next=target)
    session.clear()
    return hand_token(redirect(target, 303), token)


@sessions.post("/sair")
@staff(steps=("code", "enrol"))
def destroy() -> ResponseReturnValue:
    LoginSession.revoke(me().session_id)
    track("operator.left", db.session.get_one(Operator, me().id))
    db.session.commit()
    session.clear()
    response = redirect(url_for("staff.sessions.new"), 303)
    response.delete_cookie(cookie_name("staff"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _first_page(operator: Operator) -> str:
    """Of a technician who enters with a phone the day of his visits, of everybody else Início (A-122)."""
    on_a_phone = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.user_agent.string
    permitted = db.session.get_one(Role, operator.role_id).permissions
    goes = on_a_phone and operator.technician and "orders.close" in permitted
    return url_for("staff.visit_days.index" if goes else "staff.home.index")


def _step_after_password(operator: Operator) -> str:
    """What an operator has yet to do: a code, to enrol a phone, or nothing (B-08)."""
    factor = SecondFactor.of(operator)
    if factor and factor.in_force:
        return "code"
    permitted = db.session.get_one(Role, operator.role_id).permissions
    return "enrol" if current_app.config["SECOND_FACTOR"] and not DEMANDING.isdisjoint(permitted) else ""


def _seconds_left() -> int:
    """Until the window of the throttle is over."""
    return int((end_of(WINDOW) - clock.now()).total_seconds())


def _may_try(tries: Tries) -> bool:
    """Count first, verify afterwards: parallel guesses do not slip through. One too many stays counted, too."""
    allowed = [within(*each) for each in tries]
    db.session.commit()
    return all(allowed)


def _refused(form: SignIn) -> ResponseReturnValue:
    reads_from_here()
    form.form_errors.append(WRONG)
    form.code = 422
    return render_template("staff/sessions/new.html", form=form, next=request.form.get("next")), 422


def _open(operator: Operator, company_id: int, half: bool) -> str:
    row, token = open_session(operator.id, "half" if half else "staff", company_id)
    if not half:
        actor = Actor("operator", operator.id, operator.name)
        with acting(actor, "staff", company_id, session_id=row.id, **context()):
            track("operator.signed_in", operator)
    db.session.commit()
    return token
