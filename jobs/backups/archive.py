"""The file of a backup, database, secret and files: a .tar.gz only its owner may read, complete or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from jobs.backups import postgresql, sqlite
from jobs.backups.failure import BackupError
from models import clock
from models.files import store

NAMES = {"sqlite": "enlace.db", "postgresql": "enlace.dump"}
SECRET, DESCRIPTION, FILES = "secret", "backup.json", "files"


def back_up(url: URL, secret: str, folder: Path) -> Path:
    """Copy the database, in use or not, and then the files it names, into a dated file of the folder.

    Raises BackupError; leaves no half file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"enlace-{clock.local(clock.now()):%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise BackupError(f"{target} já existe. Espere um segundo e tente de novo.")
    kind = url.get_backend_name()
    with tempfile.TemporaryDirectory(prefix=".enlace-", dir=folder) as scratch:
        room = Path(scratch)
        copy = room / NAMES[kind]
        (sqlite if kind == "sqlite" else postgresql).copy(url, copy)
        (room / SECRET).write_text(secret)
        described = {"at": clock.now().isoformat(), "database": kind, "sha256": _digest(copy)}
        (room / DESCRIPTION).write_text(json.dumps(described, indent=2))
        packed = room / target.name
        _pack(packed, [room / DESCRIPTION, room / SECRET, copy])
        packed.rename(target)
    _settle(folder)
    return target


def restore(file: Path, into: str, files: Path | None = None) -> str:
    """Unpack a backup into a new folder (SQLite) or an empty database (PostgreSQL); says what to do next.

    The files go into `files`, an empty folder; without it, beside the SQLite database. Raises BackupError when the
    file is damaged or the target is not empty.
    """
    url, folder = _url(into), Path(into)
    if url is None:
        _require_empty(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
    if files:
        _require_empty(files)
    with tempfile.TemporaryDirectory(prefix=".enlace-", dir=None if url else folder.parent) as scratch:
        room = Path(scratch)
        kind = _unpack(file, room)
        copy = room / NAMES[kind]
        if kind == "sqlite":
            return _into_folder(room, folder, files or folder / FILES) if url is None else _wrong(kind)
        if url is None or url.get_backend_name() != "postgresql":
            return _wrong(kind)
        if files is None and (room / FILES).exists():
            raise BackupError("Esta cópia tem arquivos anexados: dê em --files uma pasta vazia. Nada foi mudado.")
        postgresql.put_back(copy, url)
        if files:
            _move_files(room, files)
    return f"Banco restaurado. O segredo está na cópia: tar -xzOf {file} {SECRET}"


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} não está vazia. Escolha uma pasta nova: nada foi mudado.")


def _into_folder(room: Path, folder: Path, files: Path) -> str:
    sqlite.check(room / NAMES["sqlite"])
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in (NAMES["sqlite"], SECRET):
        (room / name).rename(folder / name)
    _move_files(room, files)
    return f"Banco e segredo em {folder}. Para usar: ENLACE_INSTANCE={folder}"


def _move_files(room: Path, files: Path) -> None:
    if (room / FILES).exists():
        shutil.copytree(room / FILES, files, dirs_exist_ok=True)


def _wrong(kind: str) -> str:
    wanted = "uma pasta vazia" if kind == "sqlite" else "o endereço de um banco PostgreSQL vazio"
    raise BackupError(f"Esta cópia é de um banco {kind}: dê em --into {wanted}.")


def _url(into: str) -> URL | None:
    try:
        return make_url(into)
    except ArgumentError:
        return None


def _pack(packed: Path, parts: list[Path]) -> None:
    """The parts, then every file. Bytes come before their row and outlive it by a day, so none is missing.

    Level 1: PDFs, photos and dumps are packed already, and a copy should not keep the machine busy.
    """
    packed.touch(mode=0o600)
    with packed.open("wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as tar:
            for part in parts:
                tar.add(part, part.name, filter=_private)
            for name in store.kept():
                with suppress(FileNotFoundError):  # nobody's, and swept meanwhile
                    tar.add(store.folder() / name, f"{FILES}/{name}", filter=_private)
        raw.flush()
        os.fsync(raw.fileno())


def _private(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode, member.uid, member.gid, member.uname, member.gname = 0o600, 0, 0, "", ""
    return member


def _unpack(file: Path, room: Path) -> str:
    """Only what we wrote, by its name; what kind of database it is."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            described: dict[str, Any] = json.loads(_read(tar, DESCRIPTION, room).read_text())
            kind = described["database"]
            _read(tar, SECRET, room)
            copy = _read(tar, NAMES[kind], room)
            sound = all(_read_file(tar, member, room) for member in tar if member.name.startswith(f"{FILES}/"))
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise BackupError(f"{file} não é uma cópia inteira do Enlace ({type(error).__name__}).") from error
    if _digest(copy) != described["sha256"]:
        raise BackupError(f"{file} está danificado: o banco não é o que foi copiado.")
    if not sound:
        raise BackupError(f"{file} está danificado: um arquivo anexado não é o que foi copiado.")
    return str(kind)


def _read(tar: tarfile.TarFile, name: str, room: Path) -> Path:
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    (room / name).touch(mode=0o600)
    with (room / name).open("wb") as out:
        shutil.copyfileobj(member, out)
    return room / name


def _read_file(tar: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> bool:
    """Whether its bytes are those its name stands for; of thumbnails nobody asks."""
    name = member.name.removeprefix(f"{FILES}/")
    if not store.hash_of(name) or not member.isreg():
        return False
    (room / member.name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    read = _read(tar, member.name, room)
    return name.endswith(store.THUMB) or _digest(read) == store.hash_of(name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """The name of the file is on the disk, too: a power cut does not take it back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
