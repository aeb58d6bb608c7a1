"""Início: six roles, six worklists, and behind each figure the list that sums to it (B-15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from models import clock as now
from models.banking import is_business_day
from models.billing import Invoice
from models.operators import SecondFactor
from models.outbox import TRIES, Effect, Left, RoutineRun, enqueue, keep_left_out
from models.scope import acting
from models.sealed import seal
from models.services import Service
from tests import at_home, billed, cast, contested, planner
from tests.models.dunning.debts import owes

# At most so many statements: with everything there is to say, for whoever may do everything.
STATEMENTS = {
    "bruno.reis": 8,
    "rafael.teixeira": 9,
    "ana.souza": 13,
    "joao.alcantara": 6,
    "silvia.maia": 18,
    "davi.rocha": 18,
}


def monday() -> date:
    """One to come soon, and no holiday near."""
    day = now.today() + timedelta(days=7)
    while day.weekday() or not all(
        is_business_day(day + timedelta(days=ahead))
        for ahead in range(-3, 5)
        if (day + timedelta(days=ahead)).weekday() < 5
    ):
        day += timedelta(days=1)
    return day


@pytest.fixture
def desk(db, clock):
    """The demonstration, with its bank, its Planner, its contests and the day of each role."""
    with clock(f"{monday()} 14:00"):
        billed.load(with_bank=True)
        with acting(cast.INSTALLER, "job"):
            planner.load()
            contested.load()
            at_home.load()
        yield db


def lines(page):
    """The lines of the worklist: key, how many it says, where it leads."""
    return [(a["data-line"], int(a["data-many"]), a["href"]) for a in page.page.select(".todo a[data-line]")]


def rows_of(visitor, href, select_rows):
    """All rows of a list, page by page."""
    found, path = 0, href.split("#")[0]
    while path:
        page = visitor.get(path)
        assert page.status == 200, path
        found += len(page.page.select(select_rows))
        following = page.page.select_one("a[rel=next]")
        path = following["href"] if following else None
    return found


def standing(visitor):
    """The services of the rail, by status."""
    parts = visitor.get("/").page.select(".rail section")
    rail = next(part for part in parts if part.h2.get_text() == "Serviços")
    return {row.dt.get_text(): int(row.dd.get_text()) for row in rail.select("dl > div")}


WHERE = {
    "turn": "[data-version]",
    "slow": "[data-version]",
    "trust": "section[aria-labelledby=group-trust] tbody tr",
    "stopped": "section:has(#desistidas) tbody tr",
    "left_out": "section:has(#de-fora) tbody tr",
    "routines": "[action*='/rotinas/']",
}


def listed(visitor, key, href):
    """How many rows the list behind a line has."""
    if key == "unread":  # one file, whose page this is
        return int("Processar" in visitor.get(href).words)
    return rows_of(visitor, href, WHERE.get(key, ".work tbody tr"))


def _everything(db) -> None:
    """One or more of each kind of work that the demonstration does not have already."""
    invoices = db.scalars(select(Invoice).where(Invoice.status == "open").order_by(Invoice.id).limit(2)).all()
    db.execute(update(Invoice).where(Invoice.id.in_([row.id for row in invoices])).values(registration="rejected"))
    owes(cast.service(cast.ze()), now.today() - timedelta(days=19), now.today() - timedelta(days=16))
    db.execute(update(Service).where(Service.person_id == cast.maria().id).values(uses_carne=True))
    with cast.by("ana.souza"):
        cast.service(cast.rita()).unlock_in_trust(now.today(), "Paga hoje à noite.")
    keep_left_out("dunning", [Left("service", 1, "Erro", company_id=cast.vale_claro().id), Left("service", 2, "Erro")])
    enqueue("apply_access", "given-up", {"service_id": cast.service(cast.ze()).id})
    db.flush()
    db.execute(update(Effect).where(Effect.key.endswith(":given-up")).values(state="dead", attempts=TRIES))
    db.add(RoutineRun(name="billing", slot="1", started_at=now.now(), finished_at=now.now(), error="parou"))
    davi = cast.operator("davi.rocha").id
    db.add(SecondFactor(operator_id=davi, secret=seal(cast.PHONE_KEY), confirmed_at=now.now(), last_step=0))
    db.commit()


EVERY = {
    "bruno.reis": {"turn", "trust"},
    "rafael.teixeira": {"requests", "drafts", "carnes"},
    "ana.souza": {"suspend", "pix_divergent", "set_aside", "unread", "refused", "contests", "turn", "trust", "carnes"},
    "joao.alcantara": set(),
    "silvia.maia": {"suspend", "pix_unknown", "slow", "late", "trust", "stopped", "left_out", "routines", "refused"},
    "davi.rocha": {"suspend", "pix_unknown", "slow", "late", "stopped", "left_out", "routines", "invited", "unproved"},
}


@pytest.mark.feature("B-15")
@pytest.mark.postgresql
def test_each_role_has_its_worklist_and_each_figure_its_list(staff, app, desk, monkeypatch):
    _everything(desk)
    for login, wanted in EVERY.items():
        monkeypatch.setitem(app.config, "SECOND_FACTOR", login == "davi.rocha")
        _walk(staff(login), wanted)


def _walk(visitor, wanted):
    """Follow every figure of Início to its list."""
    page = visitor.get("/")
    found = lines(page)
    assert {key for key, _, _ in found} >= wanted
    for key, many, href in found:
        assert many > 0
        assert listed(visitor, key, href) == many, (key, href)
    for link in page.page.select("main a[href^='/atendimentos?'], main a[href='/atendimentos']"):
        said = [int(word) for word in link.get_text().split() if word.isdigit()]
        if said:
            assert rows_of(visitor, link["href"], "[data-keys-list] tbody tr") == said[0], link
    for line in page.page.select(".rail .sum-line, .rail .ages tbody tr"):
        link, count = line.a["href"], int(line.small.get_text().split()[0])
        behind = visitor.get(link)
        assert rows_of(visitor, link, ".work tbody tr") == count
        assert line.find_all("dd" if line.name == "div" else "td")[-1].get_text(" ", strip=True) in behind.words
    for link in page.page.select(".home-plots tr a[href^='/planner/pedidos']"):
        many = int(link.find_parent("tr").find_all("td")[-1].get_text())
        assert rows_of(visitor, link["href"], ".work tbody tr") == many


def test_a_fixed_number_of_statements(staff, desk, count_queries):
    visitors = {login: staff(login) for login in STATEMENTS}

    def asked():
        counted = {}
        for login, visitor in visitors.items():
            visitor.get("/")
            with count_queries() as queries:
                visitor.get("/")
            counted[login] = len(queries)
        return counted

    few = asked()
    with cast.by("bruno.reis"):
        for at in range(4):
            cast.ticket(cast.ze(), "Lentidão", f"Outra vez {at}.").claim()
    desk.commit()
    assert asked() == few
    assert all(few[login] <= most for login, most in STATEMENTS.items()), few


def test_what_a_role_may_not_do_is_not_asked_of_it(staff, desk):
    joao = staff("joao.alcantara").get("/")
    assert lines(joao) == []
    assert "Suas visitas de hoje 2" in joao.words
    assert "Maria Aparecida" in joao.words
    assert "Recebido em" not in joao.words


def test_two_companies_each_their_own_and_todas_both(staff, desk):
    with cast.by("celia.prado"):
        cast.Sale.start_for(cast.mar_azul())
    desk.commit()
    ours, theirs = (
        {key: many for key, many, _ in lines(staff(login).get("/"))} for login in ("ana.souza", "celia.prado")
    )
    assert "contests" in ours
    assert theirs.get("drafts") == 1
    assert "contests" not in theirs
    services = {}
    for login in ("ana.souza", "silvia.maia"):
        rail = next(
            part for part in staff(login).get("/").page.select(".rail section") if part.h2.get_text() == "Serviços"
        )
        services[login] = sum(int(each.get_text()) for each in rail.select("dd"))
    assert services["silvia.maia"] > services["ana.souza"]


def test_the_menu_counts_what_is_mine_alone(staff, desk, count_queries):
    def counters(login):
        links = staff(login).get("/clientes").page.select(".nav a.nav-link")
        return {link.select_one("span").get_text(): link.b.get_text() for link in links if link.b}

    late = rows_of(staff("bruno.reis"), "/atendimentos?pede=vencido", "[data-keys-list] tbody tr")
    words = f"{late} seu vencido" if late == 1 else f"{late} seus vencidos"
    assert counters("bruno.reis") == {"Atendimentos": words, "Planner": "3 cards na sua vez"}
    assert counters("ana.souza") == {"Planner": "3 cards na sua vez"}
    assert counters("joao.alcantara") == {}
    enqueue("apply_access", "given-up", {"service_id": cast.service(cast.mar_azul()).id})
    desk.flush()
    desk.execute(update(Effect).where(Effect.key.endswith(":given-up")).values(state="dead", attempts=TRIES))
    desk.commit()
    assert counters("silvia.maia") == {"Tarefas paradas": "1 parada"}
    bruno = staff("bruno.reis")
    bruno.get("/clientes")
    with count_queries() as whole:
        bruno.get("/atendimentos")
    with count_queries() as fragment:
        bruno.get("/atendimentos", htmx=True)
    assert len(whole) == len(fragment) + 1, "a fragment draws no menu"


def test_a_released_service_is_not_counted_as_enabled(staff, desk):
    ana = staff("ana.souza")
    before = standing(ana)
    with cast.by("ana.souza"):
        cast.service(cast.rita()).unlock_in_trust(now.today(), "Paga hoje à noite.")
    desk.commit()
    after = standing(ana)
    assert (after["Habilitado"], after["Em confiança"]) == (before["Habilitado"], 1)
    assert "Suspenso por Débito" not in after


def test_nothing_is_said_calmly(staff, db):
    page = staff("rafael.teixeira").get("/vendas?de=mim")
    assert "Sebastião" in page.words
    assert "Nada mais espera por você hoje" in staff("celia.prado").get("/").words
    assert "Nenhuma visita sua até o fim do dia" in staff("joao.alcantara").get("/").words
