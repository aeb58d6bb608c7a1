"""One question to an outside host within hard limits: total time, bytes, no redirects, no private addresses.

No library of the usual ones bounds the whole exchange: their timeout starts again with every byte that
arrives. Here each wait gets only what is left of the total, from the name to the last byte. Proxies of the
environment are not used, since the address that was checked must be the one that is called.
"""

import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any, cast
from urllib.parse import SplitResult

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class WireTrouble(OSError):
    """The exchange was refused by one of our limits."""


class Deadline:
    """A moment, and how many seconds are left until it."""

    def __init__(self, seconds: float) -> None:
        self.moment = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, always positive; raises TimeoutError when there are none."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError("the total time is over")
        return left


@dataclass(frozen=True)
class Limits:
    """How long and how much an exchange may be; without `tls` it goes in the clear.

    `private` lets addresses of inner networks be called. `connecting` is the part of `seconds` until there is a
    connection; None: all of it.
    """

    seconds: float
    most: int  # bytes of the answer, with its headers
    tls: ssl.SSLContext | None
    private: bool
    connecting: float | None = None


def get(url: SplitResult, limits: Limits) -> bytes:
    """The body of a 200 answer. Raises OSError, http.client.HTTPException or ValueError."""
    status, body = ask("GET", url, limits, {"Accept": "application/json"})
    if status != 200:  # redirects too: the place they point to was never agreed on
        raise WireTrouble(f"the answer has status {status}")
    return body


def ask(
    method: str, url: SplitResult, limits: Limits, headers: Mapping[str, str], body: bytes = b""
) -> tuple[int, bytes]:
    """Status and body of the answer, whatever the status; nothing is followed. Raises as `get` does."""
    deadline = Deadline(limits.seconds)
    host, port = url.hostname or "", url.port or (443 if limits.tls else 80)
    addresses = _resolve(host, port, deadline)
    if not limits.private:
        _refuse_private(addresses)
    request = _request(method, url, headers, body)
    with _connect(addresses, port, Deadline(min(limits.connecting or limits.seconds, deadline.left()))) as plain:
        plain.settimeout(deadline.left())
        if limits.tls is None:
            return _exchange(plain, request, deadline, limits.most)
        with limits.tls.wrap_socket(plain, server_hostname=host) as ciphered:
            return _exchange(ciphered, request, deadline, limits.most)


def is_public(address: str) -> bool:
    """Whether an IP address is of the open internet; one that only wraps another is judged by that."""
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _unwrapped(ip: IpAddress) -> IpAddress:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
    return ip.ipv4_mapped or ip.sixtofour or inner or ip


def _refuse_private(addresses: list[str]) -> None:
    if not all(is_public(address) for address in addresses):
        raise WireTrouble("the name leads to a private address")


def _resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses of a name, IPv4 first; in a thread, as the system's resolver knows no timeout."""
    found: list[str] = []
    ask = threading.Thread(target=_ask_names, args=(host, port, found), daemon=True)
    ask.start()
    ask.join(deadline.left())
    if not found:
        raise WireTrouble("the name was not found in time")
    return sorted(dict.fromkeys(found), key=lambda address: ":" in address)


def _ask_names(host: str, port: int, found: list[str]) -> None:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    found.extend(str(answer[4][0]) for answer in answers)


def _connect(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    """A socket to the first address that answers; each gets an equal share of the time left."""
    for waiting, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        try:
            connected = socket.create_connection((address, port), timeout=deadline.left() / waiting)
        except OSError as trouble:
            last = trouble
        else:
            return connected
    raise last


def _exchange(wire: socket.socket, request: bytes, deadline: Deadline, most: int) -> tuple[int, bytes]:
    wire.settimeout(deadline.left())
    wire.sendall(request)
    with HTTPResponse(cast(socket.socket, _Incoming(wire, deadline.left, most))) as answer:
        answer.begin()
        return answer.status, answer.read(most)  # with a size, so that no length it announces is allocated beforehand


def _request(method: str, url: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    path = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
    sized = {"Content-Length": str(len(body))} if body else {}
    named = {"Host": url.netloc, **headers, **sized, "Connection": "close"}
    lines = (f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items()))
    return "\r\n".join((*lines, "", "")).encode("ascii") + body


class _Incoming(io.RawIOBase):
    """What arrives on a socket, counted and under the deadline; HTTPResponse takes it for the socket."""

    def __init__(self, wire: socket.socket, left: Callable[[], float], most: int) -> None:
        self.wire, self.time_left, self.bytes_left = wire, left, most

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.wire.settimeout(self.time_left())
        taken = self.wire.recv_into(buffer)
        self.bytes_left -= taken
        if self.bytes_left < 0:
            raise WireTrouble("the answer is too large")
        return taken
