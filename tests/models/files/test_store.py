"""The folder of bytes: whole or not at all, for its owner alone, and what an uncertain disk leaves behind."""

import errno
import os
from datetime import timedelta

import pytest

from models import clock
from models.files import store
from models.refused import Refused


@pytest.fixture(autouse=True)
def folder(tmp_path):
    before = list(store._folder)
    store.use(tmp_path / "arquivos")
    yield store.folder()
    store._folder[:] = before


def test_bytes_lie_under_their_hash(folder):
    name = store.put(b"bom dia", b"mini")
    assert store.path_of(name).relative_to(folder).as_posix() == f"{name[:2]}/{name[2:]}"
    assert store.path_of(name).read_bytes() == b"bom dia"
    assert store.path_of(name, thumb=True).read_bytes() == b"mini"
    assert store.path_of(name).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {store.hash_of(kept) for kept in store.kept()} == {name}


@pytest.mark.parametrize("fails", ["fsync", "rename", "write"])
def test_a_full_disk_leaves_nothing_half_written(folder, monkeypatch, fails):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    if fails == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif fails == "rename":
        monkeypatch.setattr("pathlib.Path.rename", full)
    else:
        monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(Refused, match="nada ficou gravado"):
        store.put(b"bom dia")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_folder_that_does_not_take_anything_is_not_ready(folder, monkeypatch):
    assert store.is_writable()
    assert list(folder.iterdir()) == []
    store.folder().rmdir()
    assert not store.is_writable()


def test_what_was_never_finished_is_nobodys(folder):
    (folder / "ab").mkdir()
    unfinished = folder / "ab" / ".new-x1"
    unfinished.write_bytes(b"half")
    later = clock.now() + timedelta(days=1)
    assert list(store.names(later)) == ["ab/.new-x1"]
    assert store.hash_of("ab/.new-x1") == ""
    assert list(store.kept()) == []
    assert store.remove("ab/.new-x1", later)
    assert not unfinished.exists()


def test_written_again_while_it_is_swept(folder):
    """The bytes are set aside, found young, and stand where they were."""
    name = store.put(b"bom dia")
    assert not store.remove(f"{name[:2]}/{name[2:]}", clock.now() - timedelta(days=1))
    assert store.path_of(name).read_bytes() == b"bom dia"
    assert not store.remove("ab/nada", clock.now())


def test_a_sweep_that_was_killed_is_finished_by_the_next(folder):
    name = store.put(b"bom dia")
    aside = store.path_of(name).with_name(name[2:] + ".gone")
    store.path_of(name).rename(aside)
    later = clock.now() + timedelta(days=2)
    [left] = store.names(later)
    assert store.hash_of(left) == ""
    assert store.remove(left, later)
    assert list(folder.rglob("*.gone")) == []
