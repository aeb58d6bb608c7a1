"""Takes turns between requests, so that a noisy machine is noisy for all of them, and gives the medians."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import EnvironBuilder

Key = TypeVar("Key")


@dataclass(frozen=True)
class Request:
    """A request to an application in this process; nobody in front of it, nothing compressed unless asked for."""

    app: Flask
    path: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self) -> Answer:
        method = "GET" if self.form is None else "POST"
        posted = (
            {"data": urlencode(self.form), "content_type": "application/x-www-form-urlencoded"} if self.form else {}
        )
        environ = EnvironBuilder(self.path, method=method, headers=dict(self.headers), **posted).get_environ()
        said: list[Any] = []
        wall, cpu = time.perf_counter(), time.process_time()
        parts: Iterable[bytes] = self.app(environ, lambda *head: said.extend(head))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        if not said[0].startswith("200"):
            raise RuntimeError(f"{method} {self.path}: {said[0]}")
        return Answer(dict(said[1]), body, Took(cpu * 1000, wall * 1000))


@dataclass(frozen=True)
class Took:
    """Milliseconds: of the server's processor, and by the clock on the wall."""

    cpu: float
    p50: float


@dataclass(frozen=True)
class Answer:
    headers: dict[str, str]
    body: bytes
    took: Took


def take_turns(
    requests: Mapping[Key, Request], rounds: int, figure: Callable[[Iterable[float]], float] = median
) -> dict[Key, Took]:
    """The medians of each, or another `figure`; the first answer of each is not counted, for it fills caches."""
    taken: dict[Key, list[Took]] = {key: [] for key in requests}
    for turn in range(rounds + 1):
        for key, request in requests.items():
            took = request.send().took
            if turn:
                taken[key].append(took)
    return {
        key: Took(figure(took.cpu for took in times), figure(took.p50 for took in times))
        for key, times in taken.items()
    }
