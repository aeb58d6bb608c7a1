"""A real browser before the real application: Chromium of the system, the server in a thread.

def test_something(ana, rita, window):
    opened = ana()                   # Ana at her desk, signed in; ana("silvia.maia") is somebody else
    opened.goto("/clientes")
    opened.check()                   # console clean, nothing for axe to say, no scrolling sideways, in each look
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests import cast
from tests.browsing import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = {"width": 1366, "height": 820}, {"width": 390, "height": 844}
OTHERS = ({"width": 1024, "height": 768}, {"width": 390, "height": 844}, {"width": 320, "height": 844})
PATIENCE = 15_000  # milliseconds, for a busy machine
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
FITS = (Path(__file__).parent / "fits.js").read_text()
# A page of the staff that is for a form begins in it.
FORM = "body.staff .work form.form:not(:has(.btn-danger))"
BEGINS = f"!document.querySelector('{FORM}') || document.activeElement !== document.body"
# Colours that are still changing have another contrast.
STILL = (
    "document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 1e9).forEach(one => one.finish())"
)
EXPECTED = "Failed to load resource"  # Chromium's own line for every 4xx, also for those a test asks for


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(require_component: Callable[[str], None]) -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        require_component("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application of this test answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


class Window:
    """One window with its own cookies. `said` is what its console said, but for the lines of expected 4xx."""

    def __init__(self, context: Any, address: str, phone: bool) -> None:
        self.context, self.address, self.phone = context, address, phone
        self.page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def goto(self, path: str) -> Any:
        return self.page.goto(self.address + path)

    def check(self) -> None:
        """Nothing axe-core complains about, texts that stand out, a clean console; also in the dark. At every width
        nothing scrolls sideways and no word is cut in two.

        A dark page is the light one in other colours and a narrow one in another width, so nothing else is asked of
        them.
        """
        assert self.page.evaluate(BEGINS), f"{self.page.url}: the focus is nowhere"
        self._ask_axe({"color-contrast": {"enabled": False}})
        self._look("light")
        self.page.emulate_media(color_scheme="dark")
        self._look("dark")
        self.page.emulate_media(color_scheme="light")
        for size in OTHERS:
            if not self.phone or size["width"] < PHONE["width"]:
                self.page.set_viewport_size(size)
                self._fits()
        self.page.set_viewport_size(PHONE if self.phone else DESK)
        assert self.said == []

    def check_contrast(self) -> None:
        """What axe-core, too, has to say of contrast: it sees what lies over a text, and is slow."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self._ask_axe(only="color-contrast")

    def _ask_axe(self, rules: dict[str, Any] | None = None, only: str = "") -> None:
        from axe_playwright_python.base import AXE_SCRIPT, AxeResults

        if not self.page.evaluate("'axe' in window"):
            self.context.add_init_script(script=AXE_SCRIPT)  # the next pages of this window come with it: it is long
            self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(STILL)
        asked = {"resultTypes": ["violations"], "preload": False, **({"runOnly": [only]} if only else {"rules": rules})}
        found = AxeResults(self.page.evaluate("asked => axe.run(asked)", asked))
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def _look(self, how: str) -> None:
        self.page.evaluate(STILL)
        assert self.page.evaluate(CONTRAST) == [], f"{self.page.url}, {how}: texts that stand out too little"
        self._fits()

    def _fits(self) -> None:
        size = self.page.viewport_size["width"]
        assert self.page.evaluate(FITS) == [], f"{self.page.url}, at {size}: cut words, or it scrolls sideways"

    def _note(self, line: Any) -> None:
        if line.type in ("error", "warning") and EXPECTED not in line.text:
            self.said.append(line.text)


@pytest.fixture
def window(chromium: Any, address: str) -> Iterator[Callable[..., Window]]:
    """`window(phone=True, dark=True, scripts=False)`: a window in which nobody has signed in."""
    contexts = []

    def opened(phone: bool = False, dark: bool = False, scripts: bool = True) -> Window:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="pt-BR",
            timezone_id="America/Sao_Paulo",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Window(context, address, phone)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def ana(window: Callable[..., Window], staff: Callable[..., Visitor]) -> Callable[..., Window]:
    """An operator at home, who signed in before: Ana, or `ana("silvia.maia")`."""

    def signed_in(login: str = "ana.souza", **more: bool) -> Window:
        desk, cookie = window(**more), staff(login).cookie()
        desk.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": desk.address}])
        desk.goto("/")
        return desk

    return signed_in


@pytest.fixture
def rita(window: Callable[..., Window]) -> Callable[..., Window]:
    """Dona Rita's phone, after she typed her CPF."""

    def signed_in(**more: bool) -> Window:
        phone = window(phone=True, **more)
        phone.goto("/central/entrar")
        phone.page.fill("#document", cast.RITA)
        with phone.page.expect_navigation(url=lambda url: "/entrar" not in url):
            phone.page.click("main button[type=submit]")
        return phone

    return signed_in
