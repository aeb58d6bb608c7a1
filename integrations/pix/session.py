"""The way to a real bank: OAuth2 client credentials inside TLS with a certificate of both sides."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from integrations import wire
from integrations.pix.charge import PixTrouble
from integrations.pix.client import PixClient
from integrations.pix.fake import FakeBank

CONNECTING, SECONDS = 3.0, 10.0
MOST_BYTES = 1024 * 1024
SCOPES = "cobv.write cobv.read pix.read webhook.write webhook.read"
EARLY = 30  # seconds before its end a token is not used any more


@dataclass(frozen=True)
class PixAccess:
    """What a bank gives to a customer who uses its API. Paths are of files that only the house reads."""

    url: str  # of the API, with its version
    token_url: str
    client_id: str
    secret_file: str
    certificate: str
    private_key: str
    key: str  # the Pix key of the account
    authority: str | None = None  # who signed the bank's certificate; None: those the system trusts


class Session:
    """Sends a question with a token, fetched when there is none or the bank does not take it any more.

    Raises ValueError for addresses that are not https, OSError when a file cannot be read. `private` is for tests:
    inner addresses are then allowed.
    """

    def __init__(self, access: PixAccess, *, private: bool = False) -> None:
        if any(urlsplit(url).scheme != "https" for url in (access.url, access.token_url)):
            raise ValueError("the bank must be called by https")
        self.url, self.token_url = access.url.rstrip("/"), urlsplit(access.token_url)
        secret = Path(access.secret_file).read_text().strip()
        self._basic = b64encode(f"{access.client_id}:{secret}".encode()).decode()
        tls = ssl.create_default_context(cafile=access.authority)
        tls.load_cert_chain(access.certificate, access.private_key)
        self.limits = wire.Limits(SECONDS, MOST_BYTES, tls, private, CONNECTING)
        self._lock = threading.Lock()
        self._token, self._until = "", 0.0

    def send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body, once more with a fresh token when this one is refused. Raises PixTrouble."""
        try:
            token = self._fresh()
            status, said = self._ask(method, path, body, token)
            if status == 401:
                self._forget(token)
                status, said = self._ask(method, path, body, self._fresh())
        except (OSError, HTTPException, ValueError, TypeError, RecursionError) as trouble:
            raise PixTrouble(f"the bank did not answer: {type(trouble).__name__}") from trouble
        return status, said

    def _ask(self, method: str, path: str, body: bytes, token: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if body:
            headers["Content-Type"] = "application/json"
        return wire.ask(method, urlsplit(self.url + path), self.limits, headers, body)

    def _fresh(self) -> str:
        with self._lock:
            if time.monotonic() >= self._until:
                self._token, seconds = self._fetch()
                self._until = time.monotonic() + seconds - EARLY
            return self._token

    def _forget(self, token: str) -> None:
        with self._lock:
            if self._token == token:
                self._until = 0.0

    def _fetch(self) -> tuple[str, float]:
        headers = {"Authorization": f"Basic {self._basic}", "Content-Type": "application/x-www-form-urlencoded"}
        body = f"grant_type=client_credentials&scope={SCOPES.replace(' ', '+')}".encode()
        status, said = wire.ask("POST", self.token_url, self.limits, headers, body)
        if status != 200:
            raise PixTrouble(f"no token: {status}")
        answer = json.loads(said)
        if not (isinstance(answer, dict) and re.fullmatch(r"[!-~]{1,4000}", str(answer.get("access_token")))):
            raise PixTrouble("no token in the answer")
        return answer["access_token"], float(answer.get("expires_in", 300))


def make(mode: str, instance: str, access: PixAccess | None, now: Callable[[], datetime]) -> PixClient | None:
    """The bank of a mode: in production the configured one, or none; elsewhere the fake, kept in the instance."""
    if mode != "production":
        fake = FakeBank(Path(instance) / "pix-simulado.json", now)
        return PixClient(fake.answer, None, fake)
    return PixClient(Session(access).send, access.key) if access else None
