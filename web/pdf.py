"""HTML and CSS in, PDF out: the only importer of WeasyPrint.

The document carries text that strangers typed, so it is drawn in a process that reaches nothing and may die:

    worker  --pipe-->  helper: WeasyPrint imported once (2 s), empty environment, no inherited socket
                         `-- fork per document: 1 GiB of address space, 30 s, no core dump

The helper is this file run as a script. A plain fork of the worker would hand its database sockets, secrets
and size to the document, and is unsafe beside threads; the forkserver of multiprocessing imports the worker's
main module again. The limits are the kernel's, so they also stop a loop inside a C library. Closing the network
itself needs privileges, so there the fetcher is what refuses. Same input, same fonts: same bytes.
"""

import atexit
import contextlib
import os
import pickle
import resource
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn, cast

SECONDS: float = 30
MEMORY = 1 << 30
BIGGEST = 64 << 20
STARTING = 60

DONE, FAILED = 0, 1
HEAD = struct.Struct("!BQ")
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

Assets = Mapping[str, tuple[str, bytes]]


class RenderFailed(Exception):
    """The document could not be drawn; the reason may be shown to staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def render(html: str, css: str | Sequence[str], assets: Assets) -> bytes:
    """The PDF. `assets` are all it may embed: {"asset:logo": ("image/png", b"...")}; links stay links."""
    sheets = [css] if isinstance(css, str) else list(css)
    job = pickle.dumps((html, sheets, dict(assets), SECONDS, MEMORY))
    status, body = _helper.ask(job)
    if status != DONE:
        raise RenderFailed(body.decode("utf-8", "replace"))
    return body


def warm() -> None:
    """Start the helper before the first document needs it."""
    _helper.start()


# ---- in the worker


class _Helper:
    """The process that draws, one document at a time; started when needed, replaced when it died."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, job: bytes) -> tuple[int, bytes]:
        with self.lock:
            try:
                return _exchange(self.start(), job)
            except (OSError, EOFError) as lost:
                self.stop()
                return FAILED, f"o processo que desenha documentos parou: {lost}".encode()

    def start(self) -> "subprocess.Popen[bytes]":
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = _spawn()
            return self.process

    def stop(self) -> None:
        with self.lock:
            if self.process is not None:
                self.process.kill()
                self.process.communicate()
            self.process = None

    def forget(self) -> None:
        """After a fork the pipe belongs to the parent: two readers would mix their documents."""
        self.lock, self.process = threading.RLock(), None


_helper = _Helper()
os.register_at_fork(after_in_child=_helper.forget)
atexit.register(_helper.stop)


def _spawn() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - ourselves, with no argument from outside
        [sys.executable, "-I", str(Path(__file__).resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
        start_new_session=True,  # Ctrl+C on the worker lets the document in hand be finished
    )


def _exchange(process: "subprocess.Popen[bytes]", job: bytes) -> tuple[int, bytes]:
    questions, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    _send(questions, DONE, job)
    if not select.select([answers], [], [], STARTING + SECONDS)[0]:
        raise TimeoutError("sem resposta")
    return _receive(answers)


# ---- the pipe


def _send(pipe: IO[bytes], status: int, body: bytes) -> None:
    pipe.write(HEAD.pack(status, len(body)))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[int, bytes]:
    status, size = HEAD.unpack(_exactly(pipe, HEAD.size))
    return status, _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError("fim inesperado")
    return body


# ---- in the helper


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall into an answer
    with contextlib.suppress(Exception):
        _draw("<p>a <b>a</b>", ["body { font-family: 'Noto Sans', sans-serif }"], {})  # loads the fonts once
    with contextlib.suppress(EOFError):
        while True:
            _, job = _receive(sys.stdin.buffer)
            _send(answers, *_apart(job))


def _apart(job: bytes) -> tuple[int, bytes]:
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            _child(job, out)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        return _outcome(os.waitstatus_to_exitcode(status), out.read())


def _outcome(code: int, body: bytes) -> tuple[int, bytes]:
    if code == -signal.SIGALRM:
        return FAILED, b"passou do tempo limite"
    if code < 0:
        return FAILED, f"interrompido pelo sinal {-code} (falta de memória?)".encode()
    return code, body


def _child(job: bytes, out: IO[bytes]) -> NoReturn:
    code, body = FAILED, b"faltou mem\xc3\xb3ria"
    try:
        html, sheets, assets, seconds, memory = pickle.loads(job)  # noqa: S301 - our own parent wrote it
        _confine(seconds, memory)
        code, body = DONE, _draw(html, sheets, assets)
    except MemoryError:
        pass
    except BaseException as error:  # a refused address is no Exception
        body = f"{type(error).__name__}: {error}"[:300].encode()
    out.write(body)
    out.flush()
    os._exit(code)


def _confine(seconds: float, memory: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST, BIGGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _draw(html: str, sheets: list[str], assets: Assets) -> bytes:
    from weasyprint import CSS, HTML

    fetcher = _closed_fetcher(assets)
    styles = [CSS(string=sheet, url_fetcher=fetcher) for sheet in sheets]
    pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=styles, pdf_tags=True)
    return cast(bytes, pdf)


def _closed_fetcher(assets: Assets) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # the library is not typed
        """WeasyPrint's own would embed file:/// and call http://127.0.0.1."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in assets:
                mime, body = assets[url]
                return URLFetcherResponse(url, body, {"Content-Type": mime})
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"recurso externo recusado: {url}")

    return ClosedFetcher(allowed_protocols=["data", "asset"], allow_redirects=False)


if __name__ == "__main__":
    _serve()
