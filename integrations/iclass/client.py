"""The one question we ask the field tool, the same whether it is the real one or the fake."""

from __future__ import annotations

import json
from collections.abc import Callable

from integrations.iclass.fake import FakeIclass
from integrations.iclass.order import FieldOrder, IclassRefused, IclassTrouble

Send = Callable[[str, str, bytes], tuple[int, bytes]]  # method, path, body -> status, body
FOR_NOW = (401, 403, 408, 429)  # what somebody else has to mend, or time: tried again


class IclassClient:
    def __init__(self, send: Send, fake: FakeIclass | None = None) -> None:
        self.send, self.fake = send, fake

    @property
    def simulated(self) -> bool:
        """True when no real tool is behind it; the pages then say so."""
        return self.fake is not None

    def distribute(self, order: FieldOrder) -> str:
        """The number it has there. Sent again under its key it is the same order, and has the same number.

        Raises IclassRefused with the reason when it says no, IclassTrouble when it does not answer.
        """
        body = json.dumps(order.as_json()).encode()
        status, said = self.send("PUT", f"/ordens-de-servico/{order.key}", body)
        if 400 <= status < 500 and status not in FOR_NOW:
            raise IclassRefused(_reason(said) or f"sem motivo, resposta {status}")
        if not 200 <= status < 300:
            raise IclassTrouble(f"PUT {status}")
        try:
            number = str(json.loads(said)["codigo"]).strip()
        except (ValueError, LookupError, TypeError, RecursionError):
            number = ""
        if not 0 < len(number) <= 60 or not number.isprintable():
            raise IclassTrouble(f"PUT {status}: no number in the answer")
        return number


def _reason(said: bytes) -> str:
    """The message of a refusal; nothing of a page of somebody else."""
    try:
        message = json.loads(said)["mensagem"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return " ".join(message.split())[:200] if isinstance(message, str) and message.isprintable() else ""
