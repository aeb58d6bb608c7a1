"""The application: configuration, doors, rooms and commands, put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import Template
from werkzeug.middleware.proxy_fix import ProxyFix

import jobs.commands
import portal
import staff
import webhooks
from integrations import cep, iclass, mail, pix, radius
from models import clock, sealed
from models.base import Utc, db
from models.files import store
from web import (
    assets,
    doors,
    errors,
    formats,
    guards,
    headers,
    health,
    history,
    icons,
    links,
    logs,
    navigation,
    once,
    ui,
    uploads,
)
from web.settings import settings

VERSION = "0.1.0"


def create_app(**more: Any) -> Flask:
    """The application of this installation; `more` replaces settings, for tests."""
    app = Flask(__name__, static_folder=None)
    app.config.update(settings() | more)
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        app.wsgi_app, x_for=app.config["PROXIES"], x_proto=app.config["PROXIES"], x_host=0
    )
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]  # nothing here is async; asked 15 times a request
    db.init_app(app)
    sealed.use(Path(app.config["KEYS_FILE"]))
    store.use(Path(app.config["FILES"]))
    Migrate(app, db, render_as_batch=True, render_item=_render_item, compare_type=True)
    logs.init_app(app)
    guards.init_app(app)
    CSRFProtect(app).exempt(webhooks.pix_receipts.create)  # the token in its address is its proof
    doors.init_app(app)
    uploads.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    formats.init_app(app)
    icons.init_app(app)
    _templates(app)
    for room in (staff.door, portal.door, portal.offers.offers, webhooks.door, assets.assets, health.health):
        app.register_blueprint(room)
    ui.init_app(app)
    once.init_app(app)
    app.extensions["radius"] = radius.make(app.config["MODE"])
    app.extensions["accounting"] = radius.accounting(app.config["ACCOUNTING_SIMULATED"])
    app.extensions["cep"] = cep.make(app.config["MODE"], app.config["CEP_URL"])
    app.extensions["mail"] = mail.make(
        app.config["MAIL_URL"], app.config["MAIL_SENDER"], app.config["MAIL_PASSWORD"], app.config["INSTANCE"]
    )
    app.extensions["pix"] = pix.make(
        app.config["MODE"],
        app.config["INSTANCE"],
        pix.PixAccess(**app.config["PIX"]) if app.config["PIX"] else None,
        clock.now,
    )
    app.extensions["iclass"] = iclass.make(
        app.config["MODE"],
        app.config["INSTANCE"],
        iclass.IclassAccess(**app.config["ICLASS"]) if app.config["ICLASS"] else None,
    )
    jobs.commands.init_app(app)
    return app


class Page(Template):
    """Macros are imported without context, so a file of them is one module; Jinja asks each time whether it is."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module()


def _templates(app: Flask) -> None:
    app.jinja_env.template_class = Page
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "asset": assets.asset,
        "version": VERSION,
        "actor": history.actor,
        "sentence": history.sentence,
        "may": navigation.may,
        "url_for": links.address,
        "facts_of": history.facts_of,
        "latest_of": history.latest_of,
    }

    @app.context_processor
    def _context() -> dict[str, Any]:
        return {**navigation.context(), "request_id": g.get("request_id", "")}


def _render_item(kind: str, item: Any, _: Any) -> str | bool:
    """Migrations know nothing of our column types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False
