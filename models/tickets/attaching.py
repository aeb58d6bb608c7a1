"""Files of a ticket: its holder attaches, describes, turns and removes them; each stands in its timeline (A-95)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.base import lock
from models.files import Attachment, Incoming
from models.scope import inside_ticket


class Attaches:
    if TYPE_CHECKING:
        id: Any
        __tablename__: str
        company_id: Any
        person_id: Any
        require_held: Any

    def attach(self, file: Incoming, visibility: str) -> Attachment:
        """Hang a file on it. Raises Refused unless whoever acts holds it, and as Attachment.attach does (A-95)."""
        with self._by_holder():
            return Attachment.attach(self, file, visibility)

    def describe(self, file: Attachment, version: int, text: str) -> None:
        """Say what a file shows. Raises Refused, Stale (A-97)."""
        with self._by_holder():
            file.describe(version, text)

    def rotate(self, file: Attachment, version: int) -> None:
        """Turn an image a quarter to the right. Raises Refused, Stale (A-97)."""
        with self._by_holder():
            file.rotate(version)

    def detach(self, file: Attachment, reason: str) -> None:
        """Take a file away; who and why stays. Raises Refused, Stale (A-97)."""
        with self._by_holder():
            file.remove(reason)

    @contextmanager
    def _by_holder(self) -> Iterator[None]:
        lock(self)
        self.require_held()
        with inside_ticket(self.id):
            yield
