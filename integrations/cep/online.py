"""Addresses from a service on the internet that answers as ViaCEP does."""

import json
import ssl
from urllib.parse import SplitResult, urlsplit

from integrations import wire
from integrations.breaker import Breaker
from integrations.cep.address import Address, CepUnavailable, address, is_cep

VIACEP = "https://viacep.com.br/ws/{cep}/json/"
SECONDS = 2.0  # the whole question; the person types by hand meanwhile (C-07)
MOST_BYTES = 64 * 1024


class OnlineCep:
    """Asks the configured address, `{cep}` standing for the eight digits.

    Raises ValueError for an address that is not plain https. `private` is for tests: inner addresses and
    http without TLS are then allowed.
    """

    simulated = False

    def __init__(self, url: str = VIACEP, *, private: bool = False, breaker: Breaker | None = None) -> None:
        _check(url, private)
        self.url, self.private = url, private
        self.breaker = breaker or Breaker()
        self.tls = ssl.create_default_context() if url.startswith("https:") else None

    def lookup(self, cep: str) -> Address | None:
        """The address of eight digits or None for an unknown code, within two seconds (C-07).

        Raises CepUnavailable when the service is down, slow, paused by the breaker or answers nonsense.
        """
        if not is_cep(cep):
            return None
        if not self.breaker.allows():
            raise CepUnavailable("paused after repeated failures")
        return self._asked(cep)

    def _asked(self, cep: str) -> Address | None:
        try:
            found = _read(self._get(cep), cep)
        except Exception as trouble:  # whatever a stranger sends, the form goes on: one kind of failure
            self.breaker.failed()
            raise CepUnavailable(f"the service failed: {type(trouble).__name__}") from trouble
        self.breaker.succeeded()
        return found

    def _get(self, cep: str) -> bytes:
        url = urlsplit(self.url.replace("{cep}", cep))
        return wire.get(url, wire.Limits(SECONDS, MOST_BYTES, self.tls, self.private))


def _check(url: str, private: bool) -> None:
    parts = urlsplit(url)
    if not (parts.scheme == "https" or (private and parts.scheme == "http")):
        raise ValueError("the CEP service must be called by https")
    if not _is_plain(url, parts):
        raise ValueError("the address of the CEP service needs a host and {cep} in its path, and no user")


def _is_plain(url: str, parts: SplitResult) -> bool:
    printable = url.isascii() and url.isprintable() and " " not in url
    placed = "{cep}" in parts.path + parts.query and "{" not in parts.netloc
    return bool(printable and placed and parts.hostname and parts.port != 0 and "@" not in parts.netloc)


def _read(body: bytes, cep: str) -> Address | None:
    """The answer's address, None when it says there is none; raises when it is about anything else."""
    answer = json.loads(body)
    if answer.get("erro") in (True, "true"):
        return None
    if answer["cep"].replace("-", "") != cep:
        raise CepUnavailable("the answer is about another code")
    return address(cep, *(answer[key] for key in ("logradouro", "bairro", "localidade", "uf")))
