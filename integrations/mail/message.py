"""What is mailed, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Protocol


@dataclass(frozen=True, repr=False)
class Message:
    """A text to one address, perhaps with one PDF. The same `key` twice is the same mail to whoever receives it."""

    key: str
    to: str
    subject: str
    body: str
    attachment: bytes | None = None
    attachment_name: str = ""


class MailRefused(Exception):
    """The address or the message was refused for good: trying again is in vain."""


class MailUnavailable(Exception):
    """The server did not take it now: down, slow, busy or cut off. Try again later."""


class MailServer(Protocol):
    simulated: bool

    def send(self, message: Message) -> None:
        """Hand a message over. Raises MailRefused or MailUnavailable."""


def composed(message: Message, sender: str) -> EmailMessage:
    """As it travels. Raises MailRefused for an address that cannot be written into a header."""
    mail = EmailMessage()
    name, address = parseaddr(sender)
    domain = address.rpartition("@")[2]
    try:
        mail["To"] = Address(addr_spec=message.to)
    except Exception as error:  # the parser of addresses raises many kinds
        raise MailRefused("not an address") from error
    mail["From"] = Address(name, addr_spec=address)
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{message.key}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    if message.attachment is not None:
        mail.add_attachment(message.attachment, maintype="application", subtype="pdf", filename=message.attachment_name)
    return mail
