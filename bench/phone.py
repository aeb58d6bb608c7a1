"""The Central on a phone: what travels (goal 11), and when it is there on a poor line (goal 12).

Dona Rita opens her first screen; it is the longest one, for her service is suspended.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from bench.installations import Installation
from bench.turns import Request
from tests.browser.conftest import ARGUMENTS, NAMES, PHONE
from web.once import new_key

HOME, SERVICES = "/central/", "/central/servicos"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
VISITS = 5
PAINTED = """() => new Promise(done => new PerformanceObserver(seen => {
  const [paint] = seen.getEntriesByName('first-contentful-paint')
  if (paint) done(paint.startTime)
}).observe({type: 'paint', buffered: true}))"""
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def weigh(of: Installation) -> tuple[list[int], int, int]:
    """Bytes, heads included: each answer of the first visit, of the next, and of one fragment."""
    first = [_fetch(of, HOME)]
    named = re.findall(r'(?:src|href)="(/(?:static|estilo)/[^"#]+)', first[0].text)
    later = re.findall(r'rel="(?:apple-touch-icon|manifest)" href="([^"]+)"', first[0].text)  # for the home screen
    first += [_fetch(of, address) for address in sorted(set(named) - set(later))]
    return [answer.size for answer in first], _fetch(of, HOME).size, _fragment(of).size


class _Fetched:
    def __init__(self, request: Request) -> None:
        answer = request.send()
        self.size = len(answer.body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) + 19
        bare = Request(request.app, request.path, headers={**request.headers, "Accept-Encoding": ""})
        self.text = bare.send().body.decode(errors="ignore") if request.form is None else ""


def _fetch(of: Installation, path: str) -> _Fetched:
    return _Fetched(Request(of.app, path, headers={"Cookie": of.rita, "Accept-Encoding": "br, gzip"}))


def _fragment(of: Installation) -> _Fetched:
    """Her service, released in trust by htmx."""
    token, cookies = of.token(SERVICES, of.rita)
    found = re.search(r'hx-post="([^"]+)"', _fetch(of, SERVICES).text)
    if not found:
        raise RuntimeError("nothing to release")
    headers = {"Cookie": cookies, "Accept-Encoding": "br, gzip", "HX-Request": "true", "HX-Request-Type": "partial"}
    return _Fetched(Request(of.app, found[1], {"csrf_token": token, "idem": new_key()}, headers))


def paint(of: Installation) -> dict[str, tuple[float, float]] | None:
    """Seconds until it is painted and until all is loaded: first visit, next visit. None: no Chromium here."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        return None
    with _served(of) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        seen = [_visit(browser, address, of.rita) for _ in range(VISITS)]
        browser.close()
    return {
        name: (median(visits[at][0] for visits in seen), median(visits[at][1] for visits in seen))
        for at, name in enumerate(("first visit", "next visit"))
    }


def _visit(browser: Any, address: str, cookie: str) -> list[tuple[float, float]]:
    """A phone that was never here opens the page twice. What a service worker fetches would not be slowed: none."""
    context = browser.new_context(
        viewport=PHONE, locale="pt-BR", timezone_id="America/Sao_Paulo", service_workers="block"
    )
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    times = []
    for _ in range(2):
        page.goto(address + HOME, wait_until="load")
        times.append((page.evaluate(PAINTED) / 1000, page.evaluate(LOADED) / 1000))
        page.goto("about:blank")
    context.close()
    return times


@contextmanager
def _served(of: Installation) -> Iterator[str]:
    """By gunicorn, as in production."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "bin/gunicorn.conf.py", "--bind", address],
        env={**os.environ, "ENLACE_DATABASE_URL": of.url},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start")
