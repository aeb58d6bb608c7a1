"""An empty installation: what to type, the one-time link, the first sign-in, and the first plan (X-02)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app import create_app
from models.base import db as base
from models.operators import Company, Department, Operator, Role
from models.operators.first_run import DEPARTMENTS
from models.operators.permissions import STARTING_ROLES
from models.scope import Actor, acting
from tests.browsing import Visitor, outside
from tests.browsing import race as run_race

PASSWORD = "quatro cavalos amarelos na varanda"
TYPED = ("--company", "Rede Nova", "--cnpj", "12.345.678/0001-95", "--name", "Maria Lima", "--login", "maria.lima")
LINK = re.compile(r"https://painel\.example(/convite/[\w-]+)")


@pytest.fixture
def new_app(database):
    """The application on a migrated database in which nobody is."""
    app = create_app(SQLALCHEMY_DATABASE_URI=database.blank(), PUBLIC_URL="https://painel.example/")
    yield app
    with app.app_context():
        base.engine.dispose()


@pytest.fixture
def command(new_app):
    return lambda *typed: outside(lambda: new_app.test_cli_runner().invoke(args=list(typed)))


def counted(app) -> list[int]:
    with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
        return [base.session.scalar(select(func.count()).select_from(table)) for table in (Company, Operator, Role)]


@pytest.mark.postgresql
@pytest.mark.feature("X-02")
def test_from_nothing_to_the_first_plan(new_app, command):
    hint = command("create-admin")
    assert hint.exit_code == 0
    assert "flask create-admin --company" in hint.output

    created = command("create-admin", *TYPED)
    assert created.exit_code == 0, created.output
    link = LINK.search(created.output)[1]
    maria = Visitor(new_app, "staff")
    assert "Maria Lima" in maria.get(link).words
    assert maria.post(link, {"password": PASSWORD, "again": PASSWORD}).status == 303
    assert "já foi usado ou venceu" in maria.get(link).words
    assert maria.post("/entrar", {"login": "maria.lima", "password": PASSWORD}).status == 303
    assert maria.get("/").status == 200

    form = maria.get("/configuracao/planos/adicionar").form()
    typed = {**form, "name": "Fibra 300", "company_id": "1", "technology": "fiber", "price_cents": "99,90"}
    typed |= {"download_mbps": "300", "upload_mbps": "150"}
    typed |= {"rows-0-kind": "scm", "rows-0-name": "Internet", "rows-0-amount_cents": "99,90"}
    answer = maria.post("/configuracao/planos/adicionar", typed)
    assert answer.status == 303, answer.words
    assert "Fibra 300" in maria.follow(answer).words
    assert command("check").output.endswith(", 0 achados\n")


def test_what_an_installation_starts_with(new_app, command):
    command("create-admin", *TYPED)
    with new_app.app_context(), acting(Actor("job", None, "Teste"), "job"):
        roles = {role.name: set(role.permissions) for role in base.session.scalars(select(Role))}
        assert roles == STARTING_ROLES
        assert set(base.session.scalars(select(Department.name))) == set(DEPARTMENTS)
        maria = base.session.scalars(select(Operator)).one()
        assert (maria.company_ids(), maria.password_hash) == ([0], None)


def test_happens_once(new_app, command):
    assert command("create-admin", *TYPED).exit_code == 0
    before = counted(new_app)
    for typed in (("create-admin",), ("create-admin", *TYPED), ("create-admin", *TYPED[:-1], "outra.maria")):
        again = command(*typed)
        assert again.exit_code == 1
        assert "Já há operadores" in again.output
    assert counted(new_app) == before


@pytest.mark.postgresql
def test_a_link_that_was_lost(new_app, command):
    """Another one while nobody has entered; afterwards whoever administers invites."""
    lost = LINK.search(command("create-admin", *TYPED).output)[1]
    again = command("create-admin", "--login", "Maria.Lima")
    assert again.exit_code == 0, again.output
    link = LINK.search(again.output)[1]
    maria = Visitor(new_app, "staff")
    assert "já foi usado ou venceu" in maria.get(lost).words
    assert "Ninguém tem este usuário" in command("create-admin", "--login", "outra").output
    maria.get(link)
    assert maria.post(link, {"password": PASSWORD, "again": PASSWORD}).status == 303
    refused = command("create-admin", "--login", "maria.lima")
    assert refused.exit_code == 1
    assert "Já há operadores" in refused.output


def test_of_two_at_once_one_begins(new_app):
    runner = new_app.test_cli_runner()
    said = run_race(2, lambda _: runner.invoke(args=["create-admin", *TYPED]).exit_code)
    assert sorted(said) == [0, 1]
    assert counted(new_app) == [2, 1, len(STARTING_ROLES)]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("--cnpj", "12.345.678/0001-96", "--cnpj: Este CNPJ não confere"),
        ("--login", "Maria Lima", "--login: Use de 3 a 60 letras"),
        ("--company", "TODAS", "--company: Este nome já existe"),
        ("--name", " ", "--name: Escreva o nome."),
    ],
)
def test_says_what_is_wrong_and_writes_nothing(new_app, command, field, value, sentence):
    typed = list(TYPED)
    typed[typed.index(field) + 1] = value
    refused = command("create-admin", *typed)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert counted(new_app) == [1, 0, 0]
