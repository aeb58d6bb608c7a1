"""A connection: its login, its facts and their refusals, and how it stands by what was counted."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models import clock as now
from models.history import Event
from models.network import AccessConcentrator, Connection, Outage
from models.network.connection import login_for
from models.network.connection_facts import mac_of
from models.network.counted import by_day, by_hour, extract, traffic, week
from models.network.standing import standing
from models.refused import Refused, Stale
from tests import cast, networked

pytestmark = pytest.mark.postgresql


@pytest.fixture
def connection(db):
    return Connection.of(cast.service(cast.ze()))


@pytest.fixture
def counted(db):
    networked.load()
    db.commit()


def of(person):
    return Connection.of(cast.service(person))


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("José Antônio Ferreira", "jose.ferreira.7"),
        ("Padaria e Confeitaria Sol Ltda.", "padaria.sol.7"),
        ("Cher", "cher.7"),
        ("Ltda", "cliente.7"),
        ("D'Ávila  São-João", "d.joao.7"),
        ("x" * 90 + " " + "y" * 90, "x" * 20 + "." + "y" * 20 + ".7"),
    ],
)
def test_the_login_is_made_of_name_and_service(name, login):
    assert login_for(name, 7) == login
    assert len(login_for(name, 10**12, 99)) <= 64


def test_every_service_of_a_sale_has_a_connection_with_its_own_login(db):
    logins = db.scalars(select(Connection.login)).all()
    assert len(set(logins)) == len(logins) > 7
    assert "rita.moreira.1" in logins


def test_a_service_may_have_several_connections(db, connection):
    second = Connection.add(cast.service(cast.ze()))
    assert (second.login, Connection.of(cast.service(cast.ze())).id) == (f"{connection.login}-2", connection.id)
    service = cast.service(cast.ze())
    assert Connection.confirm(service, service.access)
    assert {connection.access_state, second.access_state} == {"active"}


def test_the_database_refuses_a_login_twice_and_a_technology_of_another_medium(db, connection):
    taken = of(cast.rita()).login
    for name, value in (("login", taken), ("technology", "VSAT"), ("technology", None), ("zone", "lunar")):
        broken = update(Connection).where(Connection.id == connection.id).values({name: value})
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(broken)


def test_the_state_of_the_access_has_its_day_and_its_reason(db, clock):
    rita = cast.service(cast.rita())
    row = Connection.of(rita)
    row.applied("active")
    for moment in ("2026-11-24 10:00", "2026-11-25 10:00"):
        with clock(moment):
            assert Connection.confirm(rita, "blocked")
    assert (f"{now.local(row.access_since):%d/%m}", row.access_reason[:14]) == ("24/11", "Fatura vencida")
    row.applied("active")
    assert row.access_reason == ""


@pytest.mark.parametrize("typed", ["4c5e0c9a11f2", "4C-5E-0C-9A-11-F2", "4c5e.0c9a.11f2", "4C:5E:0C:9A:11:F2"])
def test_a_mac_is_kept_in_one_form(typed):
    assert mac_of(typed) == "4C:5E:0C:9A:11:F2"


FACTS = {"medium": "fiber", "technology": "FTTH", "zone": "urban"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mac": "4C:5E"}, "mac"),
        ({"fixed_ipv4": "100.64.0.300"}, "fixed_ipv4"),
        ({"fixed_ipv4": "100.064.0.3"}, "fixed_ipv4"),
        ({"zone": "lunar"}, "zone"),
        ({"ibge_code": "31"}, "ibge_code"),
        ({"technology": "VSAT"}, "technology"),
        ({"medium": None}, "technology"),
        ({"medium": "ether", "technology": None}, "medium"),
        ({"concentrator_id": 987}, "concentrator_id"),
    ],
)
def test_each_wrong_fact_has_its_sentence(db, connection, wrong, field):
    with cast.by("bruno.reis"), pytest.raises(Refused) as no:
        connection.describe(connection.version, **FACTS | wrong)
    assert list(no.value.errors) == [field]


def test_facts_are_written_once_told_and_refused_to_the_slower(db, connection):
    seen = connection.version
    with cast.by("bruno.reis"):
        connection.describe(seen, **FACTS | {"mac": "4c5e0c9a11f2", "concentrator_id": connection.concentrator_id})
        with pytest.raises(Stale):
            connection.describe(seen, **FACTS)
    event = db.scalars(select(Event).where(Event.action == "connection.described")).one()
    assert (event.person_id, event.data["after"]["mac"]) == (cast.ze().id, "4C:5E:0C:9A:11:F2")


def test_a_fixed_address_is_of_one_connection(db, connection):
    with cast.by("bruno.reis"):
        connection.describe(None, **FACTS | {"fixed_ipv4": "100.64.9.9"})
        with pytest.raises(Refused, match="Outra conexão já tem este IP fixo"):
            of(cast.rita()).describe(None, **FACTS | {"fixed_ipv4": "100.64.9.9"})


def test_a_concentrator_of_the_other_company_or_out_of_use_is_not_chosen(db, connection):
    other = networked.concentrator("BRAS-11, POP Serra Azul")
    here = networked.concentrator("BRAS-02, POP Jardim Alvorada")
    here.retire()
    for row in (other, here):
        with pytest.raises(Refused) as no:
            connection.describe(None, **FACTS | {"concentrator_id": row.id})
        assert list(no.value.errors) == ["concentrator_id"]


def test_two_concentrators_do_not_share_an_address(db):
    with cast.by("celia.prado"), pytest.raises(Refused) as no:
        AccessConcentrator(name="Outro", vendor="other", address="10.0.0.1", company_id=cast.serra_azul().id).create()
    assert list(no.value.errors) == ["address"], "also when the other one is a stranger's"


def test_an_outage_is_one_at_a_time_and_closed_once(db):
    row = networked.concentrator()
    with cast.by("bruno.reis"):
        with pytest.raises(Refused):
            Outage.open(row, "  ")
        outage = Outage.open(row, "Sem energia")
        with pytest.raises(Stale, match="Já há uma parada aberta"), db.begin_nested():
            Outage.open(row, "De novo")
        outage.close()
        assert outage.refusal_to_close()
        assert Outage.open(row, "Outra").code == outage.code + 1


# ---- how it stands, of the demonstration


def test_each_story_of_the_demonstration_reads_as_it_is(db, counted):
    assert standing(of(cast.ze()).id).state == "online"
    sol = standing(of(cast.sol()).id)
    assert (sol.state, sol.cause) == ("offline", "perdeu o sinal")
    assert sol.words.startswith("Offline desde ")
    quiet = standing(of(cast.cooperative()).id)
    assert (quiet.state, quiet.since) == ("unknown", quiet.session.updated_at)
    assert quiet.words.startswith("Sem dados desde ")
    assert standing(of(cast.joaquim()).id).state == "never"
    assert standing(of(cast.maria()).id).state == "offline"


def test_whoever_was_offline_before_a_silence_is_without_data_too(db, counted):
    row = of(cast.joaquim())
    row.concentrator_id = networked.concentrator(networked.SILENT).id
    db.flush()
    assert standing(row.id).state == "unknown", "never online as far as was heard"
    row.concentrator_id = networked.concentrator().id
    db.flush()
    assert standing(row.id).state == "never"


def test_the_extract_goes_on_behind_a_key_and_loses_nothing(db, counted):
    row = of(cast.maria())
    whole = extract(row.id, None, 100)
    assert len(whole) == 16
    first = extract(row.id, None, 5)[:5]
    rest = extract(row.id, (first[-1].started_at, first[-1].id), 100)
    assert [*first, *rest] == whole
    assert whole == sorted(whole, key=lambda row: row.started_at, reverse=True)


def test_the_week_says_who_was_turned_away_and_why(db, counted):
    days = week(of(cast.rita()).login, "America/Sao_Paulo")
    assert len(days) == 7
    assert sum(day.turned_away for day in days) == 24
    assert {reason for day in days for reason in day.refused} == {"senha errada"}
    assert sum(day.turned_away for day in week(of(cast.ze()).login, "America/Sao_Paulo")) == 0


def test_consumption_by_hour_and_by_day_are_the_same_bytes(db, counted):
    row = of(cast.ze())
    assert sum(used.down_bytes for used in by_hour(row.id, 24 * 30)) == sum(
        used.down_bytes for used in by_day(row.id, 30, "America/Sao_Paulo")
    )
    assert len(by_hour(row.id, 24)) == 24
    assert [used.counted for used in by_hour(of(cast.joaquim()).id, 3)] == [False] * 3


def test_traffic_is_the_mean_of_the_last_two_packets_and_none_offline(db, counted):
    rate = traffic(of(cast.ze()).id)
    assert (rate.seconds, rate.is_old) == (300, False)
    assert rate.down_bytes > rate.up_bytes > 0
    assert traffic(of(cast.sol()).id) is None
