"""`flask check`: finds nothing in the cast, and each breach that is planted past the rules, on both databases."""

from __future__ import annotations

import re
import sqlite3

import pytest
from sqlalchemy import text

from models.base import db as base
from models.check import QUESTIONS
from tests import cast
from tests.browsing import outside

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.postgresql]

NOW, LONG_AGO = "2026-11-22 00:00:00.000000", "2020-01-01 00:00:00.000000"
UNLOCK = (
    "insert into trust_unlock (company_id, service_id, line_id, month, channel, status, previous_status, reason,"
    " starts_at, ends_at, ended_at) select company_id, id, {line}, '2026-01', '{channel}', '{status}',"
    f" 'suspended_for_debt', 'x', '{LONG_AGO}', '{{ends}}', {{ended}} from service where id = {{id}}"
)
SUSPEND = (
    "insert into suspension (company_id, service_id, status, reason, started_at)"
    f" select company_id, id, '{{status}}', 'x', '{LONG_AGO}' from service where id = {{id}}"
)
EFFECT = (
    "insert into effect (kind, key, payload, state, created_at, due_at, attempts)"
    f" values ('apply_access', 'x{{number}}', 'null', '{{state}}', '{LONG_AGO}', '{LONG_AGO}', 12)"
)
ACTIVE = {"channel": "staff", "status": "active", "ends": "2036-01-01 00:00:00.000000", "ended": "null"}
ENDED = {"status": "ended", "ends": "2020-01-02 00:00:00.000000", "ended": f"'{NOW}'"}


def plant(database, *statements: str, without: tuple[str, ...] = ()) -> None:
    """Write past every rule; `without` names the indexes that would refuse it."""
    if database.name == "sqlite":
        _plant_sqlite(database.path, statements, without)
        return
    with base.engine.begin() as connection:
        for name in without:
            connection.execute(text(f"drop index {name}"))
        for table, name in _constraints(connection):
            connection.execute(text(f"alter table {table} drop constraint {name} cascade"))
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))


def _plant_sqlite(path, statements, without) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "writable_schema=ON"):
        connection.execute(f"PRAGMA {pragma}")
    for name in without:
        connection.execute(f"drop index {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def _constraints(connection):
    wanted = "select conrelid::regclass, conname from pg_constraint where contype in ('c', 'f') and conrelid <> 0"
    rows = connection.execute(text(wanted + " and connamespace = 'public'::regnamespace")).all()
    more = "select conrelid::regclass, conname from pg_constraint where conname in ('uq_contract_number')"
    return [*rows, *connection.execute(text(more)).all()]


@pytest.fixture
def asked(worker, database):
    """Plant and ask: the findings, after the exit code and the last line were seen to agree with them."""

    def ask(*statements: str, without: tuple[str, ...] = ()) -> list[str]:
        if statements:
            plant(database, *statements, without=without)
        answer = worker.command("check")
        *found, last = answer.output.splitlines()
        assert last == f"{len(QUESTIONS)} conferências, {len(found)} achados"
        assert answer.exit_code == (1 if found else 0), answer.output
        return [line for line in found if not line.startswith("banco: ")]

    return ask


@pytest.fixture
def numbers():
    """Ids of the cast's rows, to be filled into statements and findings."""
    rita, ze, maria, joaquim = (cast.service(find()).id for find in (cast.rita, cast.ze, cast.maria, cast.joaquim))
    found = {"rita": rita, "ze": ze, "maria": maria, "joaquim": joaquim, "person": cast.ze().id}
    found["there"], found["plan"] = cast.serra_azul().id, cast.plan("Serra 400 Mbps").id
    base.session.rollback()
    return found


def test_finds_nothing_in_the_cast(asked):
    assert asked() == []


def test_reads_only(worker, count_queries):
    with count_queries() as queries:
        worker.command("check")
    assert not [query for query in queries if re.match(r"(?i)\s*(insert|update|delete|alter|create|drop)", query)]


BREACHES = {
    "no ladder to follow": (
        ["update dunning_rule set is_default = false where company_id = 0"],
        (),
        "empresa 0: réguas padrão em uso: 0",
    ),
    "two ladders to follow": (
        ["update dunning_rule set is_default = true, company_id = 0"],
        ("uq_dunning_rule_default",),
        "empresa 0: réguas padrão em uso: 2",
    ),
    "a ladder of another company": (
        ["update dunning_rule set company_id = {there} where not is_default"],
        (),
        "mas a régua é da {there}",
    ),
    "two open suspensions": (
        [SUSPEND.format(id="{rita}", status="suspended_for_debt")],
        ("uq_suspension_open",),
        "serviço {rita}: 2 suspensões abertas ao mesmo tempo",
    ),
    "suspended without suspension": (
        ["update suspension set ended_at = '2026-11-22 00:00:00.000000' where service_id = {rita}"],
        (),
        "serviço {rita}: situação suspended_for_debt sem suspensão aberta",
    ),
    "suspension of another status": (
        ["update suspension set status = 'reduced' where service_id = {rita}"],
        (),
        "serviço {rita}: situação suspended_for_debt, mas a suspensão ",
    ),
    "open suspension, active service": (
        [SUSPEND.format(id="{ze}", status="reduced")],
        (),
        "serviço {ze}: situação active, mas a suspensão ",
    ),
    "two active releases": (
        [UNLOCK.format(id="{ze}", line="id", **ACTIVE)] * 2,
        ("uq_trust_unlock_one_active",),
        "serviço {ze}: 2 liberações em confiança ativas",
    ),
    "released and suspended": (
        [UNLOCK.format(id="{rita}", line="id", **ACTIVE)],
        (),
        "ativa, mas o serviço {rita} está suspended_for_debt",
    ),
    "two own releases in a month": (
        [UNLOCK.format(id="{rita}", line="id", channel="portal", **ENDED)] * 2,
        ("uq_trust_unlock_once_a_month",),
        "linha {rita}: 2 liberações pela Central em 2026-01",
    ),
    "release of another line": (
        [UNLOCK.format(id="{ze}", line="{rita}", channel="staff", **ENDED)],
        (),
        "conta para a linha {rita}, mas o serviço é da linha {ze}",
    ),
    "release past its end": (
        [UNLOCK.format(id="{ze}", line="id", **(ACTIVE | {"ends": "2026-01-01 00:00:00.000000"}))],
        (),
        "venceu e continua ativa no serviço {ze}",
    ),
    "active and never activated": (
        ["update service set activated_on = null where id = {ze}"],
        (),
        "serviço {ze}: situação active não combina com a data de ativação",
    ),
    "activated and waiting": (
        ["update service set activated_on = '2026-01-01' where id = {joaquim}"],
        (),
        "serviço {joaquim}: situação awaiting_installation não combina com a data de ativação",
    ),
    "fee with carnê": (
        ["update service set uses_carne = true, installation_fee_cents = 100 where id = {ze}"],
        (),
        "serviço {ze}: taxa de instalação junto com carnê",
    ),
    "no composition": (
        ["delete from service_item where service_id = {ze}"],
        (),
        "serviço {ze}: preço zero, itens na composição: 0",
    ),
    "price zero": (
        ["update service_item set amount_cents = 0 where service_id = {ze}"],
        (),
        "serviço {ze}: preço zero, itens na composição: 2",
    ),
    "person of another company": (
        ["update person set company_id = {there} where id = {person}"],
        (),
        "serviço {ze}: empresa 1, mas o cliente é da {there} e o plano da 1",
    ),
    "plan of another company": (
        ["update service set plan_id = {plan} where id = {ze}"],
        (),
        "serviço {ze}: empresa 1, mas o cliente é da 1 e o plano da {there}",
    ),
    "address of somebody else": (
        ["update service set address_id = (select address_id from service where id = {rita}) where id = {ze}"],
        (),
        "serviço {ze}: o endereço ",
    ),
    "order of somebody else": (
        ["update work_order set person_id = {person}"],
        (),
        "cliente ou empresa não são os do serviço {joaquim}",
    ),
    "contract number left out": (
        ["update contract set number = 900 where number = 2"],
        (),
        "contrato: faltam os números 2 a 2",
    ),
    "contract counter behind": (
        ["update counter set last = last - 1 where key = 'contract'"],
        (),
        "contrato: o contador está em ",
    ),
    "order number left out": (
        ["update work_order set number = 3"],
        (),
        "ordem de serviço: faltam os números 1 a 2",
    ),
    "other bytes": (
        ["update document set content = (select content from document where id = 2), sha256 = 'x' where id = 1"],
        (),
        "documento 1: os bytes não são os que foram guardados",
    ),
    "lost bytes": (
        ["update document set content = null where id = 1"],
        (),
        "documento 1: os bytes não são os que foram guardados",
    ),
    "never rendered": (
        ["update document set rendered_at = null, sha256 = null where id = 1"],
        (),
        "documento 1: emitido e nunca preparado",
    ),
    "dead effect": ([EFFECT.format(number=0, state="dead")], (), "apply_access parada; tentativas: 12"),
    "overdue effect": ([EFFECT.format(number=0, state="ready")], (), "apply_access atrasada há mais de 10 minutos"),
    "no connection": (
        ["delete from connection where service_id = {ze}"],
        (),
        "serviço {ze}: sem conexão",
    ),
    "network knows another access": (
        ["update connection set access_state = 'blocked' where service_id = {ze}"],
        (),
        "serviço {ze}: situação active, mas a rede aplicou blocked",
    ),
    "done sale without service": (
        ["update sale set service_id = null where service_id = {ze}"],
        (),
        "concluída sem o serviço do cliente",
    ),
    "no mobile": (["delete from contact where person_id = {person}"], (), "cliente {person}: sem celular"),
    "document with dots": (
        ["update person set document = '318.204.756' where id = {person}"],
        (),
        "cliente {person}: documento inválido",
    ),
    "wrong final digits": (
        ["update person set document = '31820475660' where id = {person}"],
        (),
        "cliente {person}: documento inválido",
    ),
    "TODAS renamed": (["update company set name = 'Outra' where id = 0"], (), "empresa 0: TODAS não existe"),
    "a ticket nowhere": (
        ["update ticket_stay set left_at = '2026-01-01 00:00:00.000000' where left_at is null"],
        (),
        "está aberto e não está no subprocesso dele",
    ),
    "a ticket left behind": (
        ["update ticket set company_id = (select max(id) from company) where company_id > 0"],
        (),
        "está numa empresa e o cadastro do cliente em outra",
    ),
    "a lost protocol": (
        ["update counter set last = last + 1 where key like 'protocol:%'"],
        (),
        ": o contador está em",
    ),
    "a comment nobody was told of": (
        ["update comment set visibility = 'subscriber' where visibility = 'internal'"],
        (),
        "o histórico o mostra a quem não devia, ou o esconde",
    ),
    "nobody administers": (
        ["update operator set inactive_since = '2026-01-01 00:00:00.000000' where login = 'davi.rocha'"],
        (),
        "operadores: nenhum ativo administra o Enlace",
    ),
}


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_says_what_is_broken(asked, numbers, breach):
    statements, without, finding = BREACHES[breach]
    found = asked(*(statement.format(**numbers) for statement in statements), without=without)
    assert finding.format(**numbers) in "\n".join(found)


# ---- the database itself


def reported(worker, database, *statements, without=()) -> str:
    plant(database, *statements, without=without)
    answer = worker.command("check")
    assert answer.exit_code == 1, answer.output
    return answer.output


def test_a_number_given_twice(worker, database):
    """On SQLite the constraint is part of the table, so the table is made anew without it."""
    bare = ["create table bare as select * from contract", "drop table contract", "alter table bare rename to contract"]
    statements = bare if database.name == "sqlite" else []
    output = reported(worker, database, *statements, "update contract set number = 1 where number = 2")
    assert "contrato nº 1: número repetido" in output


def test_a_missing_index(worker, database):
    output = reported(worker, database, without=("uq_suspension_open",))
    assert "banco: falta o índice uq_suspension_open" in output


def test_a_missing_trigger(worker, database):
    sqlite = database.name == "sqlite"
    statement = "drop trigger event_no_delete" if sqlite else "drop trigger event_no_truncate on event"
    name = "event_no_delete" if sqlite else "event_no_truncate"
    assert f"banco: falta o gatilho {name} do histórico" in reported(worker, database, statement)


def test_a_trigger_that_is_off(worker, database):
    if database.name == "postgresql":  # those of SQLite are there or not
        output = reported(worker, database, "alter table event disable trigger event_kept")
        assert "banco: falta o gatilho event_kept do histórico" in output
        assert "banco: gatilho event_kept de event desligado" in output


def test_rows_that_break_the_schema(worker, database):
    """Values no constraint would let in: SQLite reads them all again, PostgreSQL knows what was not validated."""
    if database.name == "sqlite":
        output = reported(worker, database, "update service set due_day = 99", "update sale set operator_id = 999")
        assert "banco: CHECK constraint failed in service" in output
        assert "aponta para operator, que não existe" in output
    else:
        output = reported(worker, database, "alter table service add constraint c check (due_day < 1) not valid")
        assert "banco: restrição c de service não validada" in output


def test_what_cannot_be_asked_is_said(worker, database):
    output = reported(worker, database, "drop table work_order" + (" cascade" if database.name == "postgresql" else ""))
    assert "conferência orders_are_numbered: não pôde ser feita" in output
    assert f"{len(QUESTIONS)} conferências" in output


def test_many_findings_are_counted(worker, database):
    output = reported(worker, database, *(EFFECT.format(number=i, state="dead") for i in range(60)))
    assert output.count("parada; tentativas: 12") == 50
    assert "... e mais 10 como estes" in output
    assert output.endswith("60 achados\n")


def test_says_nothing_about_persons(worker, database, numbers):
    output = reported(
        worker,
        database,
        *(
            statement.format(**numbers)
            for name in ("no mobile", "wrong final digits")
            for statement in BREACHES[name][0]
        ),
        "update suspension set reason = 'Rita deve'",
    )
    assert not re.search(r"\d{9}|José|Rita", output)


def test_an_empty_database_is_said_to_be_empty(database):
    from app import create_app

    app = create_app(SQLALCHEMY_DATABASE_URI=database.empty())
    answer = outside(lambda: app.test_cli_runner().invoke(args=["check"]))
    assert answer.exit_code == 1
    assert "flask db upgrade" in answer.output
    with app.app_context():
        base.engine.dispose()
