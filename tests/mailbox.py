"""A mail server on loopback that behaves as it is told: well, or down, slow, busy, refusing, cut off half-way."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "central", "caju-e-manga"


class Mailbox:
    """`received` are the mails it took, `spoken_to` says that somebody came; `behave` is a word below, or empty."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.spoken_to = False
        self.behave = ""

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.spoken_to = True
        if self.behave == "slow":
            await asyncio.sleep(5)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.behave == "busy":
            return "451 4.3.2 try again later"
        if self.behave == "refuses" or address.endswith(".invalid"):
            return f"550 5.1.1 nobody here is called {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.behave == "full":
            return "552 5.2.2 mailbox full"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append(mail)
        if self.behave == "cut":  # after the last byte, before a word is said about it
            server.transport.abort()
        if self.behave == "hangs":  # it has the mail and does not say so
            await asyncio.sleep(5)
        return "250 OK"


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)  # the server itself says so


class _OnLoopback(Controller):
    """A port of the system's choice."""

    def _trigger_server(self) -> None:
        """Wakes the server by a first connection, which the base class would make to the port that was asked for."""
        self.port = self.server.sockets[0].getsockname()[1]
        socket.create_connection((self.hostname, self.port), 5).close()


@contextmanager
def mailbox(tls: ssl.SSLContext | None = None, *, starttls: bool = False, auth: bool = False) -> Iterator[Any]:
    """`with mailbox() as (box, port): ...`"""
    box = Mailbox()
    more: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if starttls else {}
    if auth:
        more |= {"authenticator": login, "auth_required": starttls, "auth_require_tls": starttls}
    controller = _OnLoopback(box, "127.0.0.1", 0, ssl_context=None if starttls else tls, **more)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop(no_assert=True)
