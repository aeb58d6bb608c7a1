"""Mail to customers. Without a server a simulator keeps what would have been sent (X-13)."""

from pathlib import Path

from integrations.mail.fake import FakeMail
from integrations.mail.message import MailRefused, MailServer, MailUnavailable, Message
from integrations.mail.smtp import SmtpServer


def make(url: str, sender: str, password: str, instance: str) -> MailServer:
    """The mail server of an installation. Raises ValueError for a `url` that is not of a mail server."""
    return SmtpServer(url, sender, password) if url else FakeMail(Path(instance) / "mail", sender)


__all__ = ["FakeMail", "MailRefused", "MailServer", "MailUnavailable", "Message", "SmtpServer", "make"]
