"""The fake bank behind a real door: https on loopback with certificates of both sides, OAuth2, HTTP."""

from __future__ import annotations

import secrets
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from integrations.pix.fake import FakeBank

MOST = 1024 * 1024
TOKEN = b'{"access_token": "%s", "token_type": "Bearer", "expires_in": 3600}'


class Server(ThreadingHTTPServer):
    """`tokens` are those it takes; forgetting them is what a bank does after an hour."""

    daemon_threads = True

    def __init__(self, bank: FakeBank, tls: ssl.SSLContext, client_id: str, secret: str) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.bank, self.tokens = bank, set[str]()
        self.basic = "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()
        # the handshake is left to the thread of each caller, so that a bad one holds up nobody
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://localhost:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A caller without certificate is turned away without a word."""


@contextmanager
def serving(bank: FakeBank, tls: ssl.SSLContext, client_id: str, secret: str) -> Iterator[Server]:
    """The bank at `url` + `/v2`, its tokens at `url` + `/oauth/token`, until the end of the block."""
    with Server(bank, tls, client_id, secret) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Door(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._serve()

    do_PUT = do_PATCH = do_POST = do_GET

    def _serve(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST))
        said = self.headers.get("Authorization", "")
        if self.path == "/oauth/token":
            granted = said == self.server.basic and b"grant_type=client_credentials" in body
            self._answer(200, self._token()) if granted else self._answer(401, b"{}")
        elif said.removeprefix("Bearer ") not in self.server.tokens or not self.path.startswith("/v2/"):
            self._answer(401, b"{}")
        else:
            self._answer(*self.server.bank.answer(self.command, self.path.removeprefix("/v2"), body))

    def _token(self) -> bytes:
        token = secrets.token_hex(16)
        self.server.tokens.add(token)
        return TOKEN % token.encode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/problem+json" if status >= 400 else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""
