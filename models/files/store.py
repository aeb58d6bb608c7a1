"""The bytes of files in one folder, by the hash of what they hold: `ab/cdef…`, and its thumbnail beside it.

The only file of the house that opens them. Bytes are written before the row that names them: what was rolled back, or
whose last row is gone, is an orphan that the sweep takes away after a day (orphans.py).
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from models import clock
from models.refused import Refused

NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}(\.thumb)?")
THUMB = ".thumb"
_UNFINISHED = ".new-"  # how the name of what is being written begins
_ASIDE = ".gone"
FULL = "O servidor não conseguiu guardar o arquivo, e nada ficou gravado. Avise quem cuida do servidor e envie de novo."

_folder: list[Path] = []


def use(folder: Path) -> None:
    """The folder of this installation (ENLACE_FILES); it is made when it is missing, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _folder[:] = [folder]


def folder() -> Path:
    if not _folder:
        raise RuntimeError("no folder of files: models.files.store.use(...) first")
    return _folder[0]


def put(content: bytes, thumbnail: bytes | None = None) -> str:
    """Keep bytes, whole or not at all; their SHA-256 in hex.

    Always written anew, so that they are of now for the sweep. Raises Refused when the disk does not take them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        if thumbnail is not None:
            _write(path_of(sha256, thumb=True), thumbnail)
        _write(path_of(sha256), content)
    except OSError as error:
        raise Refused(FULL) from error
    return sha256


def path_of(sha256: str, *, thumb: bool = False) -> Path:
    """Where bytes lie, or their thumbnail; whether they do is for whoever opens them."""
    return folder() / sha256[:2] / (sha256[2:] + (THUMB if thumb else ""))


def keep_a_day(sha256: str) -> None:
    """A row stops naming these bytes: the day until the sweep begins now."""
    for thumb in (False, True):
        with suppress(FileNotFoundError):
            _date(path_of(sha256, thumb=thumb))


def is_writable() -> bool:
    """Whether a file can be written and taken away again, asked by /readyz."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder(), prefix=_UNFINISHED) as file:
            file.write(b"ready")
            file.flush()
    except OSError:
        return False
    return True


def names(before: datetime) -> Iterator[str]:
    """What was written before a moment, as `ab/cdef…`, thumbnails and what was never finished among it."""
    limit = before.timestamp()
    for path in _paths():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                yield path.relative_to(folder()).as_posix()


def kept() -> Iterator[str]:
    """The names of everything that is whole, for a backup."""
    names = (path.relative_to(folder()).as_posix() for path in _paths())
    return (name for name in names if hash_of(name))


def hash_of(name: str) -> str:
    """The hash a name of `names` stands for; empty: nobody's, such as what was never finished."""
    return name.removesuffix(THUMB).replace("/", "") if NAME.fullmatch(name) else ""


def remove(name: str, before: datetime) -> bool:
    """Take a file away unless it was written again since `before`.

    It is set aside first: who writes the same bytes at this moment finds the place empty and fills it.
    """
    path = folder() / name
    aside = path.with_name(path.name + _ASIDE) if not name.endswith(_ASIDE) else path
    try:
        path.rename(aside)
        if aside.stat().st_mtime >= before.timestamp():
            aside.rename(path)
            return False
        aside.unlink()
    except FileNotFoundError:
        return False
    return True


def _paths() -> Iterator[Path]:
    """Folder by folder, so that a house of many files is not held in memory."""
    for part in sorted(folder().iterdir()):
        yield from sorted(part.iterdir()) if part.is_dir() else [part]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _date(unfinished)
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """The name is on the disk, too: a power cut does not take it back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _date(path: Path) -> None:
    """Files are as old as the clock of the house says."""
    now = clock.now().astimezone(UTC).timestamp()
    os.utime(path, (now, now))
