"""A field tool of our own, for tests and demonstrations: in this process, or behind http on loopback."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MOST = 64 * 1024
PATH = re.compile(r"/ordens-de-servico/([A-Za-z0-9-]{1,60})")


class FakeIclass:
    """Keeps each order as a file under its key; the first stays, whatever is sent again. Without place it refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body, as the tool would answer."""
        key = PATH.fullmatch(path)
        if not key or method != "PUT":
            return _said(404, mensagem="endereço desconhecido")
        try:
            order = json.loads(body)
            number, place = int(order["numero"]), order["cliente"]["endereco"]
        except (ValueError, LookupError, TypeError):
            return _said(400, mensagem="ordem incompleta")
        if not place:
            return _said(422, mensagem="endereço do cliente não informado")
        kept = self.folder / f"{key[1]}.json"
        if kept.exists():
            return _said(200, codigo=json.loads(kept.read_text())["codigo"])
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        code = f"IC-{number:06}"
        kept.write_text(json.dumps({"codigo": code, **order}, ensure_ascii=False, indent=1))
        return _said(201, codigo=code)

    def orders(self) -> list[dict[str, Any]]:
        """What it was given, by key."""
        return [json.loads(file.read_text()) for file in sorted(self.folder.glob("*.json"))]


class Server(ThreadingHTTPServer):
    """Takes one token."""

    daemon_threads = True

    def __init__(self, tool: FakeIclass, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.tool, self.token = tool, token
        self.url = f"http://127.0.0.1:{self.server_port}/api"


@contextmanager
def serving(tool: FakeIclass, token: str) -> Iterator[Server]:
    """The tool at `url` until the end of the block."""
    with Server(tool, token) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Door(BaseHTTPRequestHandler):
    server: Server

    def do_PUT(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), MOST))
        if self.headers.get("Authorization") != f"Bearer {self.server.token}":
            self._answer(*_said(401, mensagem="token recusado"))
        elif not self.path.startswith("/api/"):
            self._answer(*_said(404, mensagem="endereço desconhecido"))
        else:
            self._answer(*self.server.tool.answer(self.command, self.path.removeprefix("/api"), body))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""


def _said(status: int, **words: str) -> tuple[int, bytes]:
    return status, json.dumps(words).encode()
