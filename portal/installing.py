"""The Central on the home screen of a phone: manifest, worker, and the page for when there is no network.

The worker keeps that page and the files it uses, nothing else: no page that somebody signed in has seen.
"""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import public
from web.assets import asset
from web.installing import worker as web_worker
from web.navigation import brand_here

installing = Blueprint("installing", __name__)

GROUND = "#f4f3ef"


@installing.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    here, provider = url_for("portal.home.index"), brand_here()
    values = {
        "id": here,
        "lang": "pt-BR",
        "name": f"Central {provider.name}",
        "short_name": provider.name,
        "description": "Veja como está seu serviço e volte a navegar.",
        "start_url": here,
        "scope": here,
        "display": "standalone",
        "theme_color": provider.colour,
        "background_color": GROUND,
        "icons": [
            {
                "src": asset(f"icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in (192, 512)
        ],
    }
    return Response(json.dumps(values, ensure_ascii=False), mimetype="application/manifest+json")


@installing.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    return web_worker("central", url_for("portal.installing.offline"), offline())


@installing.get("/sem-internet")
@public
def offline() -> str:
    return render_template("portal/installing/offline.html")
