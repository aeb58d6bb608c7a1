"""The agenda as people use it: proposals, the one question before a visit, absences, day and week (X-14, B-21)."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from models import clock as real
from models.history import Event
from models.people import Address
from models.scope import TODAS
from models.work_orders import Absence, FieldGroup, LocalHoliday, WorkOrder
from models.workflows import HoursProfile
from tests import agenda, cast, field
from tests.page import words
from tests.staff.selling import order as installation
from tests.staff.selling import walk

AGENDA, AWAY = "/ordens-de-servico/agenda", "/ordens-de-servico/ausencias"
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)  # a Tuesday


@pytest.fixture(autouse=True)
def morning(clock):
    with clock("2026-11-24 08:10"):
        yield


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture(autouse=True)
def hours(db):
    """The hours of a provider: 8 to 18, half a Saturday, no holiday."""
    with cast.by("silvia.maia"):
        row = db.scalars(select(HoursProfile).where(HoursProfile.name == field.HOURS)).one()
        row.change(week=agenda.WEEK, holidays=True)
    db.commit()


def login_id(login):
    return cast.operator(login).id


def put(db, person, day, at, login="joao.alcantara", kind="Corretiva", confirmed=True, **more):
    """A visit, whatever speaks against it."""
    with cast.by("bruno.reis"):
        row = field.order(person, kind, **more)
        row.schedule(day, time.fromisoformat(at), login_id(login), row.version, confirmed)
    db.commit()
    return row


def waiting(db, person, **more):
    with cast.by("bruno.reis"):
        row = field.order(person, **more)
    db.commit()
    return row


def at(row, day, hour, login="joao.alcantara", **more):
    """What a form, a drag or a key posts."""
    typed = {"version": row.version, "start_on": f"{day}", "start_time": hour, "technician_id": login_id(login)}
    return f"/ordens/{row.id}/agendamento", typed | more


def confirms(answer):
    [read] = answer.tree.xpath("//button[@name='confirmado']/@value")
    return read


def moves(db, person, **place):
    """The address of somebody's service, as a proposal reads it."""
    row = db.scalars(select(Address).where(Address.person_id == person.id).order_by(Address.id)).first()
    for name, value in place.items():
        setattr(row, name, value)
    db.commit()


# ---- proposals


@pytest.mark.feature("X-14")
@pytest.mark.postgresql
def test_the_queue_proposes_an_hour_of_the_preferred_group_and_a_person_may_take_another(bruno, db):
    with cast.by("silvia.maia"):
        group = FieldGroup(name="Campo Centro", company_id=TODAS, technicians=[login_id("wagner.luis")])
        group.create()
    row = waiting(db, cast.ze(), group_id=group.id)
    put(db, cast.maria(), TODAY, "08:30", "wagner.luis")  # until 10:00, and half an hour to the next
    page = bruno.get(AGENDA)
    [line] = page.page.select(f"#content tr:has(a[href='/ordens/{row.id}'])")
    assert "hoje 10:30, Wagner Luís" in words(line)
    assert "do grupo Campo Centro" in words(line)
    form = page.form(f"/ordens/{row.id}/agendamento")
    taken = bruno.post(f"/ordens/{row.id}/agendamento", form)
    assert taken.location.startswith(f"{AGENDA}?dia=2026-11-24")
    db.expire_all()
    assert (row.status, row.technician_id) == ("scheduled", login_id("wagner.luis"))
    assert f"{real.local(row.starts_at):%d/%m %H:%M}" == "24/11 10:30"
    # by hand: another day, and somebody who is not of the group
    path, typed = at(row, TOMORROW, "15:20", "joao.alcantara")
    assert bruno.post(path, typed).status == 303
    db.expire_all()
    assert row.technician_id == login_id("joao.alcantara")


@pytest.mark.feature("B-21")
@pytest.mark.postgresql
def test_a_proposal_explains_itself_and_a_slot_is_booked_once(bruno, db):
    moves(db, cast.ze(), district="Boa Vista", city="Divinópolis", cep="35500100", street="Rua das Acácias")
    moves(db, cast.maria(), district="boa vista", city="Divinopolis", cep="35500999", street="Rua da Matriz")
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        group = field.id_of(FieldGroup, field.GROUP)
        row = field.order(cast.ze(), ticket=ticket, group_id=group)
    db.commit()
    put(db, cast.maria(), TODAY, "09:00", "joao.alcantara")
    path = f"/ordens/{row.id}/agendamento"
    first, *others = bruno.get(path).page.select("#content .pick-rows li")
    assert "Hoje" in words(first) or "hoje, 11:00 às 12:30, João Pedro de Alcântara" in words(first)
    assert "já está em Rua da Matriz às 09:00, mesmo bairro" in words(first)
    assert f"do grupo {field.GROUP}" in words(first)
    assert "cabe no prazo" in words(first)
    assert others
    link = first.select("a")[0]["href"]
    form = bruno.get(link).form(path)
    rival = waiting(db, cast.sol())
    assert bruno.post(path, form).status == 303
    asked = bruno.post(f"/ordens/{rival.id}/agendamento", form | {"version": rival.version})
    assert asked.status == 422
    assert f"João já está com a OS {row.number}" in asked.words
    db.expire_all()
    assert rival.status == "open"


def test_no_hour_is_proposed_on_a_holiday_in_an_absence_or_outside_working_hours(bruno, db):
    with cast.by("silvia.maia"):
        LocalHoliday(name="Padroeira", company_id=TODAS, day=TOMORROW).create()
        Absence.mark(login_id("joao.alcantara"), "course", TODAY, None, TODAY, None)
        Absence.mark(login_id("wagner.luis"), "course", TODAY, time(8), TODAY, time(16, 40))
    row = waiting(db, cast.ze())
    found = [words(li) for li in bruno.get(f"/ordens/{row.id}/agendamento").page.select("#content .pick-rows li")]
    assert all(any(day in one for day in ("26/11", "27/11", "28/11")) for one in found), found
    assert len(found) == 3


def test_an_order_that_misses_its_deadline_anyway_says_by_how_much(staff, db, clock):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        row = field.order(cast.ze(), ticket=ticket)
    db.commit()
    with clock("2026-11-30 09:00"):
        bruno = staff("bruno.reis")
        page = bruno.get(AGENDA)
        assert "passa do prazo em" in page.words
        home = bruno.get("/")
        assert "1 ordem sem agenda e fora do prazo" in home.words
    assert row.status == "open"


# ---- one question, whichever the door


def asked_by_form(bruno, db, day, hour, login):
    path, typed = at(waiting(db, cast.sol()), day, hour, login)
    refused = bruno.post(path, typed)
    return refused, (lambda: bruno.post(path, typed | {"confirmado": confirms(refused)}))


def asked_by_agenda(bruno, db, day, hour, login):
    path, typed = at(waiting(db, cast.sol()), day, hour, login, volta="agenda")
    refused = bruno.post(path, typed)
    assert refused.form(path)["volta"] == "agenda"  # it leads back there
    return refused, (lambda: bruno.post(path, typed | {"confirmado": confirms(refused)}))


def asked_by_sale(bruno, db, day, hour, login):
    number = walk(bruno, until="instalacao")
    path = f"/vendas/{number}/instalacao"
    typed = installation(start_on=f"{day}", start_time=hour, technician_id=login_id(login))
    form = bruno.get(path).form(path)
    refused = bruno.post(path, form | typed)
    return refused, (lambda: bruno.post(path, form | typed | {"confirmado": confirms(refused)}))


DOORS = [asked_by_form, asked_by_agenda, asked_by_sale]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_asks_the_same_and_takes_a_yes(staff, db, door):
    other = put(db, cast.maria(), TOMORROW, "10:00")
    with cast.by("silvia.maia"):
        Absence.mark(login_id("wagner.luis"), "vacation", TOMORROW, None, TOMORROW, None)
    seller = staff("silvia.maia") if door is asked_by_sale else staff("bruno.reis")
    for day, hour, login, says in (
        (TOMORROW, "10:30", "joao.alcantara", f"João já está com a OS {other.number}"),
        (TOMORROW, "11:40", "joao.alcantara", "restam 10 min: a folga de deslocamento é de 30min"),
        (TOMORROW, "10:00", "wagner.luis", "Wagner está ausente até o fim de 25/11"),
        (TOMORROW, "17:30", "joao.alcantara", "Fora do horário de trabalho"),
        (date(2026, 12, 25), "10:00", "joao.alcantara", "25/12 é feriado: Natal"),
        (date(2026, 11, 29), "10:00", "joao.alcantara", "Neste dia não se trabalha: domingo"),
    ):
        refused, sure = door(seller, db, day, hour, login)
        assert refused.status == 422, says
        assert says in refused.words
        assert "Agendar mesmo assim" in refused.words
        if hour == "17:30":
            assert sure().status == 303


@pytest.mark.parametrize("door", DOORS)
def test_no_door_takes_an_hour_that_has_passed(staff, db, door):
    refused, _ = door(staff("silvia.maia"), db, TODAY, "07:30", "joao.alcantara")
    assert refused.status == 422
    assert "Esta hora já passou" in refused.words
    assert not refused.tree.xpath("//button[@name='confirmado']")


def test_a_sale_asks_again_what_became_taken_since(staff, db):
    silvia = staff("silvia.maia")
    number = walk(silvia, instalacao=installation(start_on=f"{TOMORROW}", start_time="10:00"))
    other = put(db, cast.maria(), TOMORROW, "10:30")
    path = f"/vendas/{number}/conferir"
    asked = silvia.post(path, silvia.get(path).form(path))
    assert asked.status == 422
    assert f"já está com a OS {other.number}" in asked.words
    assert f"/vendas/{number}/instalacao" in asked.html
    step = f"/vendas/{number}/instalacao"
    form = silvia.get(step).form(step)
    again = silvia.post(step, form)
    assert again.status == 422
    assert silvia.post(step, form | {"confirmado": confirms(again)}).status == 303
    assert silvia.post(path, silvia.get(path).form(path)).status == 303
    row = db.scalars(select(WorkOrder).order_by(WorkOrder.id.desc())).first()
    opened = db.scalars(select(Event).where(Event.action == "work_order.opened", Event.subject_id == row.id)).one()
    assert opened.data["conflict"] == f"OS {other.number}"


def test_a_drag_after_a_cancelled_appointment_is_told(bruno, db):
    row = put(db, cast.ze(), TOMORROW, "10:00")
    path, typed = at(row, TOMORROW, "14:00", volta="agenda")
    with cast.by("silvia.maia"):
        row.unschedule("O cliente pediu outro dia.", row.version)
    db.commit()
    late = bruno.post(path, typed)
    assert late.status == 409
    db.expire_all()
    assert row.status == "open"


def test_a_type_with_another_time_says_what_becomes_of_the_visit(bruno, db):
    row = put(db, cast.ze(), TOMORROW, "10:00")
    path = f"/ordens/{row.id}/editar"
    form = bruno.get(path).form(path) | {"kind_id": cast.order_kind("Mudança de endereço").id}
    shown = bruno.follow(bruno.post(path, form))
    assert "A visita continua das 10:00 às 11:30, e Mudança de endereço dura 2h" in shown.words


# ---- the day and the week


def test_the_day_draws_visits_conflicts_and_what_was_made(bruno, db):
    made = put(db, cast.ze(), TODAY, "08:10", "wagner.luis")
    first = put(db, cast.maria(), TODAY, "14:00")
    second = put(db, cast.sol(), TODAY, "15:00")
    with cast.by("bruno.reis"):
        field.close(made)
    db.commit()
    page = bruno.get(AGENDA)
    assert page.h1 == "Terça-feira, 24 de novembro"
    assert "3 visitas" in page.words
    assert "1 conflito" in page.words
    [clashing] = page.page.select(f".visit.is-clash:has(a[href='/ordens/{second.id}'])")
    assert f"bate com a OS {first.number}" in words(clashing)
    assert "30min em conflito" in page.words
    assert len(page.page.select(f".visit.is-done:has(a[href='/ordens/{made.id}'])")) == 1
    heads = page.tree.xpath("//table[contains(@class,'agenda')]/tbody/tr/th/@rowspan")
    assert heads == ["2"]
    for row in page.tree.xpath("//table[contains(@class,'agenda')]/tbody/tr"):
        assert sum(int(td.get("colspan", 1)) for td in row.iter("td")) == 20
    empty = bruno.get(f"{AGENDA}?dia=2026-11-26")
    assert "nenhuma visita" in empty.words
    assert bruno.get(f"{AGENDA}?dia=ontem&grupo=x").h1 == page.h1


def test_a_visit_over_midnight_stands_on_both_days(bruno, db):
    row = put(db, cast.ze(), TODAY, "23:15")
    for day in ("2026-11-24", "2026-11-25"):
        assert bruno.get(f"{AGENDA}?dia={day}").page.select(f".visit a[href='/ordens/{row.id}']")
        other = waiting(db, cast.sol())
        shown = bruno.get(
            f"/ordens/{other.id}/agendamento/dia?start_on={day}&technician_id={login_id('joao.alcantara')}"
        )
        assert cast.ze().name in shown.words


def test_an_order_is_placed_by_picking_a_slot(bruno, db):
    row = put(db, cast.ze(), TODAY, "14:00")
    picking = bruno.get(f"{AGENDA}?dia=2026-11-25&ordem={row.id}")
    assert f"Escolha um horário livre para a OS {row.number}" in picking.words
    [link] = [a["href"] for a in picking.page.select(".slot a") if "start_time=09:00" in a["href"]][:1]
    path = f"/ordens/{row.id}/agendamento"
    form = bruno.get(link).form(path)
    assert (form["start_on"], form["start_time"], form["volta"]) == ("2026-11-25", "09:00", "agenda")
    moved = bruno.post(path, form)
    assert moved.location == f"{AGENDA}?dia=2026-11-25&visita={row.id}"
    assert bruno.get(moved.location).page.select(".visit.is-placed [data-focus]")


def test_the_week_tells_the_load_of_each_day(bruno, db):
    put(db, cast.ze(), TOMORROW, "08:00")
    put(db, cast.maria(), TOMORROW, "10:00", kind="Mudança de endereço")
    put(db, cast.sol(), date(2026, 11, 29), "10:00")  # a Sunday
    with cast.by("silvia.maia"):
        Absence.mark(login_id("wagner.luis"), "course", TODAY, None, TODAY, None)
    page = bruno.get(f"{AGENDA}/semana?dia=2026-11-26")
    assert page.h1 == "Semana de 23/11 a 29/11"
    assert "3h30 de 10h" in page.words
    assert "livre de 4h" in page.words
    assert "1h30 não se trabalha" in page.words
    assert "ausente até o fim de 24/11" in page.words
    assert bruno.get(f"{AGENDA}/semana").h1 == "Semana de 23/11 a 29/11"
    assert bruno.get(f"{AGENDA}/semana?dia=2026-12-02").h1 == "Semana de 30/11 a 05/12"


def test_a_group_narrows_day_week_and_queue(bruno, db):
    with cast.by("silvia.maia"):
        group = FieldGroup(name="Campo Centro", company_id=TODAS, technicians=[login_id("wagner.luis")])
        group.create()
    row = waiting(db, cast.ze(), group_id=group.id)
    waiting(db, cast.sol())
    day = bruno.get(f"{AGENDA}?grupo={group.id}")
    heads = [words(th) for th in day.page.select("table.agenda tbody th")]
    assert len(heads) == 1
    assert "Wagner" in heads[0]
    assert "1 ordem sem agenda" in day.words
    assert day.form(f"/ordens/{row.id}/agendamento")["grupo"] == str(group.id)
    assert len(bruno.get(f"{AGENDA}/semana?grupo={group.id}").page.select("table.agenda tbody th")) == 1


def test_the_visit_of_another_company_says_only_its_hour(staff, db):
    with cast.by("silvia.maia"):
        wagner = cast.operator("wagner.luis")
        wagner.work_in([TODAS])
    db.commit()
    row = put(db, cast.ze(), TODAY, "14:00", "wagner.luis")
    page = staff("celia.prado").get(AGENDA)
    assert "14:00 outra visita" in page.words
    assert cast.ze().name not in page.words
    assert f"OS {row.number}" not in page.words
    assert f"/ordens/{row.id}" not in page.html


# ---- who cannot go


@pytest.mark.postgresql
def test_an_absence_lists_its_visits_and_ends(bruno, db):
    row = put(db, cast.ze(), TOMORROW, "10:00")
    path = f"{AWAY}/nova"
    form = bruno.get(path).form(path)
    away = {"technician_id": login_id("joao.alcantara"), "reason": "vacation", "start_on": "2026-11-25"}
    shown = bruno.follow(bruno.post(path, form | away | {"end_on": "2026-11-27"}))
    assert "Ausência gravada. 1 visita para mover" in shown.words
    assert shown.page.select(f"a[href='/ordens/{row.id}']")
    twice = bruno.post(path, bruno.get(path).form(path) | away | {"end_on": "2026-11-25", "reason": "sick"})
    assert "João já está ausente de" in twice.errors()["start_on"]
    day = bruno.get(f"{AGENDA}?dia=2026-11-25")
    assert "1 visita para mover" in day.words
    assert "ausente até o fim de 27/11" in day.words
    home = bruno.get("/")
    assert "1 visita de técnico que não pode ir" in home.words
    absence = db.scalars(select(Absence)).one()
    end = f"{AWAY}/{absence.id}/fim"
    assert bruno.get(end).h1 == "Desfazer a ausência de João Pedro de Alcântara?"
    told = bruno.follow(bruno.post(end, bruno.get(end).form(end)))
    assert "Ninguém está ausente" in told.words
    assert "Nenhuma visita está com quem não pode ir" in told.words
    assert bruno.get(end).status == 422
    assert bruno.get(f"{AWAY}/999999/fim").status == 404


def test_who_goes_out_of_use_leaves_visits_that_are_named(staff, db):
    row = put(db, cast.ze(), TOMORROW, "10:00")
    idle = waiting(db, cast.sol(), technician_id=login_id("joao.alcantara"))
    admin = staff("davi.rocha")
    joao = login_id("joao.alcantara")
    path = f"/configuracao/operadores/{joao}"
    assert "Há 2 ordens de serviço por fazer com esta pessoa" in admin.get(f"{path}/editar").words
    shown = admin.follow(admin.post(f"{path}/inativacao", {}))
    assert "Ficam 2 ordens de serviço para mover" in shown.words
    bruno = staff("bruno.reis")
    page = bruno.get(AWAY)
    for one in (row, idle):
        assert page.page.select(f"a[href='/ordens/{one.id}']")
    assert page.words.count("não atende mais em campo") == 2
    assert "1 visita para mover" in bruno.get(f"{AGENDA}?dia={TOMORROW}").words


def test_no_technician_any_more_is_said_too(staff, db):
    put(db, cast.ze(), TOMORROW, "10:00")
    admin, path = staff("davi.rocha"), f"/configuracao/operadores/{login_id('joao.alcantara')}/editar"
    form = admin.get(path).form(path)
    form.pop("technician", None)
    shown = admin.follow(admin.post(path.removesuffix("/editar") + "/editar", form))
    assert "Fica 1 ordem de serviço para mover" in shown.words


def test_conflicts_of_today_stand_on_the_first_page(bruno, db):
    put(db, cast.maria(), TODAY, "14:00")
    put(db, cast.sol(), TODAY, "15:00")
    put(db, cast.ze(), TOMORROW, "15:00")
    put(db, cast.sol(), TOMORROW, "15:00")
    assert "1 visita de hoje em conflito" in bruno.get("/").words


def test_who_may_not_schedule_sees_and_does_not_move(staff, db):
    row = put(db, cast.ze(), TODAY, "14:00")
    joao = staff("joao.alcantara")
    page = joao.get(AGENDA)
    assert page.page.select(f".visit a[href='/ordens/{row.id}']")
    assert "Mover" not in page.words
    assert not page.tree.xpath("//*[@data-moves]")
    assert joao.get(AWAY).status == 403


# ---- the settings


@pytest.mark.postgresql
def test_the_settings_of_a_company_are_followed_and_versioned(staff, db):
    silvia = staff("silvia.maia")
    company = cast.vale_claro().id
    path = f"/configuracao/padroes-da-agenda/{company}/editar"
    form = silvia.get(path).form(path)
    assert form["travel_minutes"] == "30min"
    wrong = silvia.post(path, form | {"travel_minutes": "5h"})
    assert set(wrong.errors()) == {"travel_minutes"}
    assert silvia.post(path, form | {"hours_profile_id": "99999"}).status == 422
    assert silvia.post(path, form | {"travel_minutes": "1h"}).status == 303
    assert silvia.post(path, form | {"travel_minutes": "2h"}).status == 409
    put(db, cast.ze(), TOMORROW, "08:00")
    refused, _ = asked_by_form(silvia, db, TOMORROW, "10:00", "joao.alcantara")
    assert "a folga de deslocamento é de 1h" in refused.words
    profile = db.scalars(select(HoursProfile).where(HoursProfile.name == field.HOURS)).one()
    kept = silvia.post(f"/configuracao/horarios/{profile.id}/inativacao", {})
    assert kept.status == 422
    assert "Está nos padrões da agenda de TODAS" in kept.words


def test_the_statements_of_the_agenda_do_not_grow(bruno, db, count_queries):
    counts = {}
    for path in (AGENDA, f"{AGENDA}/semana"):
        bruno.get(path)
        with count_queries() as queries:
            bruno.get(path)
        counts[path] = len(queries)
    for hour in range(8, 17):
        put(db, cast.ze(), TODAY, f"{hour:02}:30" if hour == 8 else f"{hour:02}:00")
        waiting(db, cast.sol())
    for path, before in counts.items():
        with count_queries() as queries:
            bruno.get(path)
        assert len(queries) == before, queries
        assert before <= 7, queries
