"""Installations to be thrown away: the demonstration provider with a crowd around it, and people signed in there."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, delete, select, text

from app import create_app
from models.base import db
from models.operators import LoginSession
from models.operators.throttle import Throttle
from models.people import Contact, Person
from models.scope import Actor, acting
from tests import cast
from tests.databases import start_server, stop_server


class Installation:
    """An application on a database with so many customers. `staff` and `central` are the cookies of who is in."""

    def __init__(self, url: str, size: int) -> None:
        self.url, self.size = url, size
        self.app: Flask = create_app(SQLALCHEMY_DATABASE_URI=url, CEP_URL=None)
        logging.getLogger("alembic").setLevel(logging.WARNING)
        for command in (["db", "upgrade"], ["demo", "--customers", str(size)]):
            done = self.app.test_cli_runner().invoke(args=command)
            if done.exit_code:
                raise RuntimeError(f"flask {' '.join(command)}: {done.output}")
        with self.app.app_context(), acting(Actor("job", None, "bin/bench"), "job"):
            ana = cast.operator("ana.souza")
            self.company_id = cast.vale_claro().id
            self.customer, self.document, self.mobile = self._somebody()
            self.staff = self.signed_in("staff", ana.id, "staff")
            self.central = self.signed_in("central", self.customer, "weak")
            self.rita = self.signed_in("central", cast.rita().id, "weak")
            self.proved = self.signed_in("central", cast.rita().id, "proved")
            self.admin = self.signed_in("staff", cast.operator("davi.rocha").id, "staff")
            db.session.commit()

    def token(self, path: str, cookie: str) -> tuple[str, str]:
        """A CSRF token as a page gives it, and both cookies a form is sent with."""
        answer = self.app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
        found = re.search(r'csrf_token" value="([^"]+)"', answer.text)
        if not found:
            raise RuntimeError(f"{path} has no form")
        return found[1], f"{cookie}; {answer.headers['Set-Cookie'].split(';')[0]}"

    def forget_searches(self) -> None:
        """Sixty a minute are enough for a person, not for us."""
        with self.app.app_context():
            db.session.execute(delete(Throttle))
            db.session.commit()

    def _somebody(self) -> tuple[int, str, str]:
        """Id, CPF and mobile of a customer of the crowd."""
        rows = select(Person.id, Person.document, Contact.value).join(Contact, Contact.person_id == Person.id)
        rows = rows.where(Person.company_id == self.company_id, Contact.kind == "mobile")
        id, document, mobile = db.session.execute(rows.order_by(Person.id).offset(self.size // 2).limit(1)).one()
        return id, document, mobile

    def signed_in(self, cookie: str, id: int, level: str) -> str:
        kind = "staff" if cookie == "staff" else "subscriber"
        _, token = LoginSession.open(kind, id, level, self.company_id, "127.0.0.1", "bin/bench")
        return f"{cookie}={token}"


@contextmanager
def installations(root: Path, sizes: list[int], database: str) -> Iterator[list[Installation]]:
    """One for each size, on SQLite or on a PostgreSQL of our own; nothing of them stays but the folder."""
    for name in [name for name in os.environ if name.startswith("ENLACE_")]:
        del os.environ[name]
    os.environ |= {"ENLACE_MODE": "demo", "ENLACE_INSTANCE": str(root)}
    try:
        yield [Installation(_url(root, database, size), size) for size in sizes]
    finally:
        stop_server(root)


def _url(root: Path, database: str, size: int) -> str:
    if database == "sqlite":
        return f"sqlite:///{root / f'{size}.db'}"
    root.chmod(0o755)  # the server may be another system user
    address = start_server(root)
    admin = create_engine(address("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database enlace_{size}"))
    admin.dispose()
    return address(f"enlace_{size}")


def quiet() -> None:
    """The lines of the log are written as ever, but to nobody's screen."""
    for handler in logging.getLogger("enlace").handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(io.StringIO())
