"""A simulator: it keeps each mail as a file in a folder of the instance, where a mail program opens it."""

from __future__ import annotations

import logging
from pathlib import Path

from integrations.mail.message import MailRefused, Message, composed

NOBODY = ".invalid"  # the ending no address on earth has (RFC 2606): refused, as a server does
log = logging.getLogger("enlace")


class FakeMail:
    simulated = True

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self.sender = folder, sender

    def send(self, message: Message) -> None:
        mail = composed(message, self.sender)
        if message.to.endswith(NOBODY):
            raise MailRefused("550")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / f"{message.key}.eml").write_bytes(mail.as_bytes())
        log.info(f"simulated mail {message.key}")
