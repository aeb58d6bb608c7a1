"""The questions we ask a bank, the same whether it is a real one or the fake."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from integrations.pix.charge import (
    Charge,
    ChargeTerms,
    PixRefused,
    PixTrouble,
    Received,
    Unread,
    read_all,
    read_charge,
    read_received,
)
from integrations.pix.fake import FakeBank

Send = Callable[[str, str, bytes], tuple[int, bytes]]  # method, path with query, body -> status, body
PAGE = 100
MOST_PAGES = 1000
REMOVED = "REMOVIDA_PELO_USUARIO_RECEBEDOR"


class PixClient:
    """Charges and received Pix of one key. Every question raises PixTrouble, or PixRefused when the bank says no.

    `key` is the Pix key of the account at this bank; None serves any, which only the fake does.
    """

    def __init__(self, send: Send, key: str | None, fake: FakeBank | None = None) -> None:
        self.send, self.key, self.fake = send, key, fake

    @property
    def simulated(self) -> bool:
        """True when no real bank is behind it; the pages then say so."""
        return self.fake is not None

    def charge(self, txid: str) -> Charge | None:
        """What the bank has under this txid; None when it has nothing."""
        said = self._ask("GET", f"/cobv/{txid}", absent=True)
        return read_charge(said) if said is not None else None

    def put(self, txid: str, terms: ChargeTerms) -> Charge:
        """Create a charge; not a second time, and not with a due date that has passed."""
        return read_charge(self._ask("PUT", f"/cobv/{txid}", terms.as_json()))

    def change(self, txid: str, terms: ChargeTerms) -> Charge:
        """Make an active charge what it should be now."""
        return read_charge(self._ask("PATCH", f"/cobv/{txid}", terms.as_json()))

    def remove(self, txid: str) -> Charge:
        """Take an active charge back: nobody can pay it any more."""
        return read_charge(self._ask("PATCH", f"/cobv/{txid}", {"status": REMOVED}))

    def received(self, e2e_id: str) -> Received | None:
        """One Pix; None when the bank knows of none."""
        said = self._ask("GET", f"/pix/{e2e_id}", absent=True)
        return read_received(said, self.key or "") if said is not None else None

    def received_between(
        self, start: datetime, end: datetime, *, given_back: bool = False
    ) -> Iterator[tuple[list[Received], list[Unread]]]:
        """Every Pix with a txid in a span of time, page by page, beside what of it cannot be read.

        `given_back`: only those of which something was given back, or is about to be.
        """
        asked = {"inicio": _moment(start), "fim": _moment(end), "txIdPresente": "true"}
        if given_back:
            asked["devolucaoPresente"] = "true"
        for page in range(MOST_PAGES):
            paging = {"paginacao.paginaAtual": page, "paginacao.itensPorPagina": PAGE}
            said = self._ask("GET", f"/pix?{urlencode(asked | paging)}")
            try:
                pages = int(said["parametros"]["paginacao"]["quantidadeDePaginas"])
                found = list(said.get("pix") or [])
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
                raise PixTrouble("a list without its pages") from None
            yield read_all(found, self.key or "")
            if page + 1 >= pages:
                return

    def register_webhook(self, url: str) -> None:
        """Have the bank tell us of each Pix at this address, to which it adds /pix."""
        if self.key is None:
            raise PixRefused("no key to be told about")
        self._ask("PUT", f"/webhook/{quote(self.key, safe='')}", {"webhookUrl": url})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, *, absent: bool = False) -> Any:
        """The JSON of a good answer, None for a 404 when something may be absent."""
        status, said = self.send(method, path, json.dumps(body).encode() if body is not None else b"")
        if status == 404 and absent:
            return None
        if 400 <= status < 500 and status not in (401, 408, 429):
            raise PixRefused(f"{method} {status}: {_reason(said)}")
        if not 200 <= status < 300:
            raise PixTrouble(f"{method} {status}: {_reason(said)}")
        try:
            found = json.loads(said) if said else {}
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise PixTrouble(f"{method} {status}: the answer is no JSON object")
        return found


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _reason(said: bytes) -> str:
    """Title and detail of a problem+json; nothing of a page of somebody else."""
    try:
        problem = json.loads(said)
        return f"{problem.get('title', '')}: {problem.get('detail', '')}"[:200]
    except (ValueError, AttributeError, RecursionError):
        return "no reason given"
