"""A pause after repeated failures, so that nobody waits for a service known to be down."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed until `failures` in a row; then open for `pause` seconds, after which one caller tries again."""

    def __init__(self, failures: int = 5, pause: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.failures, self.pause, self.clock = failures, pause, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._open_until = 0.0

    def allows(self) -> bool:
        """Whether the service may be asked now."""
        with self._lock:
            if self._failed < self.failures:
                return True
            if self.clock() < self._open_until:
                return False
            self._open_until = self.clock() + self.pause  # the others go on pausing while this one tries
            return True

    def succeeded(self) -> None:
        """The service answered: the failures in a row are forgotten."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """The service did not answer; the last one allowed opens the breaker."""
        with self._lock:
            self._failed += 1
            if self._failed >= self.failures:
                self._open_until = self.clock() + self.pause
