"""Sources made of sources: one after the other, remembered, and the choice for each mode."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from integrations.cep.address import Address, CepUnavailable, Source, is_cep
from integrations.cep.fake import FakeCep
from integrations.cep.local import LocalCep
from integrations.cep.online import VIACEP, OnlineCep

DAY = 24 * 60 * 60.0


class Chain:
    """Asks each source in turn; the first that knows the code answers."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)

    @property
    def simulated(self) -> bool:
        """True when any of the sources invents."""
        return any(source.simulated for source in self.sources)

    def lookup(self, cep: str) -> Address | None:
        """The first address found. None only when every source said so, else CepUnavailable."""
        trouble: CepUnavailable | None = None
        for source in self.sources:
            try:
                if found := source.lookup(cep):
                    return found
            except CepUnavailable as failed:
                trouble = failed
        if trouble:
            raise trouble
        return None


class Cached:
    """Remembers what a source said, in this process: addresses for `days`, unknown codes for one day.

    Failures are not remembered. At most `most` codes are; the one not asked for longest goes first.
    """

    def __init__(
        self, source: Source, days: int = 30, *, most: int = 5000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.source, self.days, self.most, self.clock = source, days, most, clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, Address | None]] = OrderedDict()

    @property
    def simulated(self) -> bool:
        """As the source says."""
        return self.source.simulated

    def lookup(self, cep: str) -> Address | None:
        """What is remembered, else what the source says; raises CepUnavailable as it does."""
        if not is_cep(cep):
            return None
        kept = self._fresh(cep)
        return kept[1] if kept else self._asked(cep)

    def _fresh(self, cep: str) -> tuple[float, Address | None] | None:
        with self._lock:
            kept = self._kept.get(cep)
            if kept is None or self.clock() >= kept[0]:
                return None
            self._kept.move_to_end(cep)
            return kept

    def _asked(self, cep: str) -> Address | None:
        found = self.source.lookup(cep)  # outside the lock: a slow answer holds up nobody else
        until = self.clock() + DAY * (self.days if found else min(self.days, 1))
        with self._lock:
            self._kept[cep] = (until, found)
            self._kept.move_to_end(cep)
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return found


def make(mode: str, url: str | None = None) -> Source:
    """The source of a mode: production asks the local file and then the service at `url` (ViaCEP by default).

    Demo, development and test never leave the machine: the local file when installed, then the made-up codes.
    Raises ValueError for an unknown mode, or in production for a `url` that is not plain https.
    """
    if mode not in ("production", "demo", "development", "test"):
        raise ValueError(f"unknown mode: {mode!r}")
    local = LocalCep.installed()
    last: Source = OnlineCep(url or VIACEP) if mode == "production" else FakeCep()
    return Cached(Chain([local, last] if local else [last]))
