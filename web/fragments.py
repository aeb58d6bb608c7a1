"""How a view answers: a page or its fragments, a way on, or a refusal."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, flash, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from web.inside import back_to


def wants_fragment() -> bool:
    """Asked by htmx for a piece, not for the whole page (htmx 4 sends `partial` or `full`)."""
    return request.headers.get("HX-Request-Type") == "partial"


def fragments(*pieces: tuple[str, str]) -> Markup:
    """Several regions in one answer: pairs of CSS target and HTML."""
    wrap = Markup('<hx-partial hx-target="{}" hx-swap="outerHTML">{}</hx-partial>')
    return Markup("").join(wrap.format(target, Markup(html)) for target, html in pieces)  # noqa: S704


def done(url: str, toast: str = "") -> Response | AnyResponse:
    """A post went well and leaves its page: 303, or HX-Redirect for htmx; `toast` is shown there once.

    What was done from inside a ticket goes back there instead.
    """
    return go_on(back_to(url), toast)


def go_on(url: str, toast: str = "") -> Response | AnyResponse:
    """The same to the next step of something unfinished, from inside a ticket too."""
    if toast:
        flash(toast, "ok")
    tell_sent()
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, 303)


def tell_sent() -> None:
    """The browser that keeps the texts of this form until they are sent may forget them (static/js/typed.js)."""
    if "typed" in request.form:
        flash(request.path, "sent")


def with_toast(html: str, toast: str) -> Response:
    """A fragment with a toast beside it."""
    return Response(html, headers={"HX-Trigger": json.dumps({"aviso": {"text": toast}})})


def answer(page: str, fragment: str, **values: Any) -> str:
    """The fragment for htmx, the page that includes it for everybody else."""
    return render_template(fragment if wants_fragment() else page, **values)
