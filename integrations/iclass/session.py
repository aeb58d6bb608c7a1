"""The way to the real tool: JSON over https with a token, within hard limits."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from integrations import wire
from integrations.iclass.client import IclassClient
from integrations.iclass.fake import FakeIclass
from integrations.iclass.order import IclassTrouble

CONNECTING, SECONDS = 3.0, 10.0
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class IclassAccess:
    """Where it is, and the file with the token it gave us."""

    url: str
    token_file: str


class Session:
    """Sends a question with the token.

    Raises ValueError for an address that is not plain https or a token that is none, OSError when its file cannot be
    read. `private` is for tests: inner addresses and http without TLS are then allowed.
    """

    def __init__(self, access: IclassAccess, *, private: bool = False) -> None:
        parts = urlsplit(access.url)
        if parts.scheme != "https" and not (private and parts.scheme == "http"):
            raise ValueError("the field tool must be called by https")
        if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("the address of the field tool needs a host, no user and no query")
        self.url = access.url.rstrip("/")
        self._token = Path(access.token_file).read_text().strip()
        if not re.fullmatch(r"[!-~]{1,4000}", self._token):
            raise ValueError("the token of the field tool is one line of letters, digits and signs")
        tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.limits = wire.Limits(SECONDS, MOST_BYTES, tls, private, CONNECTING)

    def send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body, whatever the status. Raises IclassTrouble when there is no answer in time."""
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        try:
            return wire.ask(method, urlsplit(self.url + path), self.limits, headers, body)
        except (OSError, HTTPException, ValueError) as trouble:
            raise IclassTrouble(f"no answer: {type(trouble).__name__}") from trouble


def make(mode: str, instance: str, access: IclassAccess | None) -> IclassClient | None:
    """The tool of a mode: in production the configured one, or none; elsewhere the fake, kept in the instance."""
    if mode != "production":
        fake = FakeIclass(Path(instance) / "iclass-simulado")
        return IclassClient(fake.answer, fake)
    return IclassClient(Session(access).send) if access else None
