"""A mail server over SMTP: with STARTTLS, with TLS from the first byte, or in clear inside the own machine."""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from integrations.breaker import Breaker
from integrations.mail.message import MailRefused, MailUnavailable, Message, composed

CONNECT, READ = 3, 20  # seconds: to be connected, and for each answer after that
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class SmtpServer:
    """One connection per mail, certificates verified. After five failures in a row nobody is asked for a minute."""

    simulated = False

    def __init__(self, url: str, sender: str, password: str = "", breaker: Breaker | None = None) -> None:
        """Raises ValueError for an address that is not one of PORTS."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(f"not a mail server: {parts.scheme}://{parts.hostname or ''}")
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme]
        self.user, self.password = unquote(parts.username or ""), password
        self.sender = sender
        self.breaker = breaker or Breaker()

    def send(self, message: Message) -> None:
        mail = composed(message, self.sender)
        if not self.breaker.allows():
            raise MailUnavailable("paused after failures")
        try:
            with closing(self._connected()) as server:
                _hand_over(server, mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            self.breaker.succeeded()  # it answered
            raise _verdict(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.breaker.failed()
            raise MailUnavailable(type(error).__name__) from error
        self.breaker.succeeded()

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.scheme == "smtps":
            server = _Tls(self.host, self.port, timeout=CONNECT, context=context)
        else:
            server = _Plain(self.host, self.port, timeout=CONNECT)
        try:
            if self.scheme == "smtp":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


class _Patient:
    """Once connected, an answer may take longer than the connection did."""

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        found: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        found.settimeout(READ)
        return found


class _Plain(_Patient, smtplib.SMTP):
    pass


class _Tls(_Patient, smtplib.SMTP_SSL):
    pass


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        server.send_message(mail)
    except smtplib.SMTPNotSupportedError as error:
        raise MailRefused("an address this server cannot write") from error
    with suppress(OSError, smtplib.SMTPException):  # the mail is theirs by now, whatever they say to this
        server.quit()


def _verdict(error: smtplib.SMTPException) -> MailRefused | MailUnavailable:
    """5xx is for good, 4xx for now; the words of the server may hold the address and are left out."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
    else:
        code = error.smtp_code  # type: ignore[attr-defined]
    return MailRefused(str(code)) if code >= 500 else MailUnavailable(str(code))
