"""The verbs of a work order: each happens, is refused with its sentence, not twice, and leaves its event (D-32)."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from models import check, clock
from models.changes import Correction
from models.files import Attachment, incoming
from models.history import Event
from models.outbox import Effect
from models.refused import Refused, Stale
from models.sales.answers import PersonAnswers
from models.sales.completion import register
from models.sales.offers import Offer
from models.scope import TODAS, acting
from models.work_orders import (
    BY_SHORT_TICKET,
    BY_TICKET,
    Conflict,
    FieldGroup,
    Material,
    PrintProfile,
    WorkOrder,
    WorkOrderMaterial,
)
from tests import asked, cast, field, pictures

pytestmark = pytest.mark.postgresql
TEN, NOON = time(10), time(12)


def errors(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.errors or no.value.sentence


def actions(row):
    mine = select(Event.action).where(Event.subject_type == "work_order", Event.subject_id == row.id)
    return list(cast.db.session.scalars(mine.order_by(Event.id)))


def tomorrow():
    return clock.today() + timedelta(days=1)


def joao():
    return cast.operator("joao.alcantara").id


def scheduled(person=None, at=TEN, who=None, **more):
    row = field.order(person or cast.ze(), **more)
    row.schedule(tomorrow(), at, who or joao(), row.version, confirmed=False)
    return row


@pytest.fixture(autouse=True)
def _acting(db):
    with cast.by("bruno.reis"):
        yield


# ---- opening


def test_one_without_appointment_is_open_and_of_nobody(db):
    row = field.order(cast.ze())
    assert (row.status, row.technician_id, row.starts_at, row.version) == ("open", None, None, 1)
    assert row.company_id == cast.service(cast.ze()).company_id
    assert actions(row) == ["work_order.asked"]


def test_each_door_demands_its_own(db):
    person, nothing = cast.ze(), {"description": " "}
    assert set(errors(lambda: WorkOrder.open(person, nothing))) == {"kind_id", "description"}
    asked_in_ticket = errors(lambda: WorkOrder.open(person, nothing, demanded=BY_TICKET))
    assert set(asked_in_ticket) == {"kind_id", "description", "group_id", "defect_id"}
    short = errors(lambda: WorkOrder.open(person, nothing, demanded=BY_SHORT_TICKET))
    assert set(short) == {"kind_id", "description", "status", "technician_id"}
    field_group = db.scalars(select(FieldGroup)).one()
    field_group.inactive_since = clock.now()
    assert "group_id" not in errors(lambda: WorkOrder.open(person, nothing, demanded=BY_TICKET))


def test_what_is_not_demanded_may_be_empty_never_wrong(db):
    asked_for = {"kind_id": cast.order_kind().id, "description": "Ver.", "technician_id": 999_999, "group_id": 999_999}
    assert set(errors(lambda: WorkOrder.open(cast.ze(), asked_for))) == {"technician_id", "group_id"}
    of_day = {"kind_id": cast.order_kind().id, "description": "Ver.", "start_on": tomorrow()}
    assert set(errors(lambda: WorkOrder.open(cast.ze(), of_day))) == {"technician_id", "start_time"}


def test_nothing_of_another_customer_is_named(db):
    asked_for = {"kind_id": cast.order_kind().id, "description": "Ver."}
    assert (
        "outro cliente"
        in errors(lambda: WorkOrder.open(cast.ze(), asked_for, service=cast.service(cast.rita())))["service_id"]
    )
    ticket = asked.ask(cast.rita())
    assert "outro cliente" in errors(lambda: WorkOrder.open(cast.ze(), asked_for, ticket=ticket))


def test_of_a_customer_in_todas_it_stands_in_todas(db):
    with cast.by("silvia.maia"):
        row = WorkOrder.open(cast.cooperative(), {"kind_id": cast.order_kind().id, "description": "Ver o mastro."})
        assert row.company_id == TODAS


def test_it_goes_where_the_record_of_its_customer_goes(db):
    with cast.by("silvia.maia"):
        record = {"kind": "individual", "document": cast.STRANGER, "name": "Sebastião Nogueira", "tags": []}
        person = register(PersonAnswers(**record, mobile="37998765432", company_id=TODAS), Offer(TODAS))
        row = WorkOrder.open(person, {"kind_id": cast.order_kind().id, "description": "Ver o mastro."})
        row.schedule(tomorrow(), TEN, joao(), row.version, confirmed=False)
        Correction(person).move_to(cast.serra_azul().id, "É de Serra Azul.", person.version)
        db.refresh(row)
        assert (row.company_id, row.status, row.technician_id) == (cast.serra_azul().id, "open", None)
        assert actions(row)[-1] == "work_order.company_moved"


# ---- editing


def test_an_edit_names_what_changed(db):
    row = field.order(cast.ze())
    new = {"kind_id": row.kind_id, "defect_id": None, "group_id": None, "description": "Trocar a antena."}
    row.edit(new, row.version)
    row.edit(new, row.version)  # nothing changed, nothing is told
    assert actions(row) == ["work_order.asked", "work_order.edited"]
    told = db.scalars(select(Event).where(Event.subject_id == row.id, Event.action == "work_order.edited")).one()
    assert told.data["changes"] == "defeito relatado"
    with pytest.raises(Stale):
        row.edit(new | {"description": "Outra coisa."}, 1)


@pytest.mark.parametrize("end", ["close", "cancel"])
def test_one_that_is_over_is_neither_edited_nor_scheduled(db, end):
    row = field.order(cast.ze())
    if end == "close":
        field.close(row)
    else:
        row.cancel("Não precisa mais.", row.version)
    assert "reabra" in errors(lambda: row.edit({}, row.version))
    assert "reabra" in errors(lambda: row.schedule(tomorrow(), TEN, joao(), row.version, confirmed=True))
    assert "agenda" in errors(lambda: row.unschedule("x", row.version))
    assert "ordem" in errors(lambda: row.cancel("x", row.version) if end == "cancel" else field.close(row)).lower()


# ---- scheduling


def test_a_visit_has_day_hour_and_technician_and_an_end(db):
    row = scheduled()
    assert (row.status, row.technician_id) == ("scheduled", joao())
    assert row.ends_at - row.starts_at == timedelta(minutes=90)
    assert actions(row)[-1] == "work_order.scheduled"
    row.schedule(tomorrow(), NOON, joao(), row.version, confirmed=False)
    assert actions(row)[-1] == "work_order.rescheduled"


def test_a_schedule_says_every_fault_at_once(db):
    row, celia = field.order(cast.ze()), cast.operator("celia.prado").id
    yesterday = clock.today() - timedelta(days=1)
    assert set(errors(lambda: row.schedule(yesterday, None, celia, row.version, confirmed=True))) == {
        "start_on",
        "start_time",
        "technician_id",
    }
    with clock.set_to(clock.at(clock.today(), NOON, row.zone)):
        past = errors(lambda: row.schedule(clock.today(), TEN, joao(), row.version, confirmed=True))
        assert set(past) == {"start_time"}
    cast.operator("wagner.luis").inactive_since = clock.now()
    wagner = cast.operator("wagner.luis").id
    gone = errors(lambda: row.schedule(tomorrow(), TEN, wagner, row.version, confirmed=True))
    assert set(gone) == {"technician_id"}
    assert (row.status, row.version) == ("open", 1)


def test_a_conflict_is_shown_and_asks_to_be_confirmed(db):
    first = scheduled(cast.ze())
    row = field.order(cast.maria())
    with pytest.raises(Conflict) as no:
        row.schedule(tomorrow(), time(11), joao(), row.version, confirmed=False)
    assert f"João já está com a OS {first.number}, {cast.ze().name}, das 10:00 às 11:30" in no.value.sentence
    assert "Faltariam 30 min" in no.value.sentence
    row.schedule(tomorrow(), time(11), joao(), row.version, confirmed=True)
    told = db.scalars(select(Event.data).where(Event.subject_id == row.id, Event.action == "work_order.scheduled"))
    assert told.one()["conflict"] == f"OS {first.number}"
    free = field.order(cast.maria())
    free.schedule(tomorrow(), time(13), joao(), free.version, confirmed=False)  # behind, none is touched


def test_a_visit_for_another_company_is_told_without_its_customer(db):
    with cast.by("silvia.maia"):
        cast.operator("joao.alcantara").work_in([TODAS])
        asked_for = {"kind_id": cast.order_kind("Corretiva").id, "description": "Ver."}
        other = WorkOrder.open(cast.mar_azul(), asked_for, service=cast.service(cast.mar_azul()))
        other.schedule(tomorrow(), TEN, joao(), other.version, confirmed=False)
    row = field.order(cast.ze())
    with pytest.raises(Conflict) as no:
        row.schedule(tomorrow(), TEN, joao(), row.version, confirmed=False)
    assert "outra visita" in no.value.sentence
    assert "Mar Azul" not in no.value.sentence


def test_an_appointment_is_cancelled_with_a_reason(db):
    row = scheduled()
    assert "reason" in errors(lambda: row.unschedule(" ", row.version))
    row.unschedule("O cliente viajou.", row.version)
    assert (row.status, row.starts_at, row.ends_at, row.technician_id) == ("open", None, None, None)
    assert "ainda não foi agendada" in errors(lambda: row.unschedule("De novo.", row.version))
    assert actions(row)[-1] == "work_order.unscheduled"


# ---- closing


def closing(row, **more):
    now = clock.local(clock.now(), row.zone)
    said = {"ended_on": now.date(), "ended_time": now.time(), "technician_id": joao(), "found": ""}
    said |= {"done": "Sinal refeito.", "materials": []}
    said |= more
    row.close(*said.values(), row.version)


def test_a_closing_keeps_what_was_used_with_decimals(db):
    row = scheduled()
    used = [Material("Conector", "2"), Material("", ""), Material("Cabo UTP", "2,5 m"), Material("Fita", "0.125 kg")]
    closing(row, materials=used, found="Conector oxidado.")
    assert (row.status, row.defect_found, row.done) == ("closed", "Conector oxidado.", "Sinal refeito.")
    assert [(one.item, one.quantity) for one in row.materials()] == [
        ("Conector", "2"),
        ("Cabo UTP", "2,5 m"),
        ("Fita", "0,125 kg"),
    ]
    assert "já foi encerrada" in errors(lambda: closing(row))
    assert actions(row)[-1] == "work_order.closed"


@pytest.mark.parametrize("quantity", ["0", "0,000", "-1", "", "dois", "1,2345", "1e3", "²"])
def test_a_quantity_is_more_than_nothing(db, quantity):
    row = field.order(cast.ze())
    found = errors(lambda: closing(row, materials=[Material("Cabo", "1"), Material("Fita", quantity)]))
    assert set(found) == {"material-1"}
    assert row.status == "open"
    assert db.scalar(select(func.count()).select_from(WorkOrderMaterial)) == 0


def test_a_closing_says_every_fault_at_once(db):
    row, celia = field.order(cast.ze()), cast.operator("celia.prado").id
    more = {"technician_id": celia, "done": " \u200b", "materials": [Material("", "1")]}
    wrong = errors(lambda: closing(row, ended_on=None, ended_time=None, **more))
    assert set(wrong) == {"ended_on", "ended_time", "technician_id", "done", "material-0"}
    assert set(errors(lambda: closing(row, ended_on=tomorrow()))) == {"ended_time"}
    assert set(errors(lambda: closing(row, ended_on=clock.today() - timedelta(days=2)))) == {"ended_on"}
    assert (row.status, row.version) == ("open", 1)


def test_photos_hang_on_the_order(db):
    row = field.order(cast.ze())
    field.close(row, photos=[incoming("a.jpg", BytesIO(pictures.photo()))])
    assert len(db.scalars(select(Attachment.id).where(Attachment.of(row))).all()) == 1


def test_the_end_of_an_installation_enables_what_waits(db, worker):
    person = cast.joaquim()
    row = db.scalars(select(WorkOrder).where(WorkOrder.person_id == person.id)).one()
    field.close(row)
    assert cast.service(person).status == "awaiting_installation"  # the worker does it
    db.commit()
    worker.drain()
    db.expire_all()
    service = cast.service(person)
    assert service.status == "active"
    assert service.activated_on == clock.today(row.zone)


def test_enabled_by_hand_meanwhile_is_no_error(db, worker):
    person = cast.joaquim()
    row = db.scalars(select(WorkOrder).where(WorkOrder.person_id == person.id)).one()
    field.close(row)
    cast.service(person).enable()
    db.commit()
    worker.drain()
    db.expire_all()
    assert cast.service(person).status == "active"
    assert db.scalar(select(Effect.state).where(Effect.kind == "order_closed")) == "done"


def test_cancelled_meanwhile_is_told(db, worker):
    person = cast.joaquim()
    row = db.scalars(select(WorkOrder).where(WorkOrder.person_id == person.id)).one()
    field.close(row)
    cast.service(person).move_to("cancelled")
    db.commit()
    worker.drain()
    db.expire_all()
    assert cast.service(person).status == "cancelled"
    assert actions(row)[-1] == "work_order.service_gone"


def test_another_type_enables_nothing(db):
    row = field.order(cast.joaquim(), "Corretiva")
    field.close(row)
    assert db.scalar(select(func.count()).where(Effect.kind == "order_closed")) == 0


# ---- cancel and reopen


def test_cancel_and_reopen_ask_why(db):
    row = scheduled()
    assert "reason" in errors(lambda: row.cancel("", row.version))
    row.cancel("Voltou sozinho.", row.version)
    assert row.status == "cancelled"
    assert "já está cancelada" in errors(lambda: row.cancel("De novo.", row.version))
    assert "reason" in errors(lambda: row.reopen("", row.version))
    row.reopen("O cliente ligou de novo.", row.version)
    assert (row.status, row.technician_id, row.starts_at) == ("open", None, None)
    assert "em andamento" in errors(lambda: row.reopen("De novo.", row.version))


def test_reopened_its_closing_is_history(db):
    row = field.order(cast.ze())
    field.close(row, "Trocado o cabo.", materials=[Material("Cabo", "3 m")], found="Cabo roído.")
    assert "não se cancela" in errors(lambda: row.cancel("x", row.version))
    row.reopen("O sinal caiu de novo.", row.version)
    assert (row.closed_at, row.done, row.defect_found, row.materials()) == (None, "", "", [])
    said = row.last_closing().data
    assert (said["done"], said["found"], said["materials"]) == ("Trocado o cabo.", "Cabo roído.", [["Cabo", "3 m"]])
    field.close(row, "Trocada a antena.")
    assert row.status == "closed"


# ---- the gate of a ticket


def in_ticket():
    ticket = asked.ask(cast.ze())
    ticket.claim()
    return ticket, field.order(cast.ze(), ticket=ticket)


def test_a_ticket_waits_for_its_orders(db):
    ticket, first = in_ticket()
    second = field.order(cast.ze(), ticket=ticket)
    assert ticket.open_orders == 2
    assert "2 ordens de serviço pendentes" in ticket.refusal_to_close()
    field.close(first)
    second.cancel("Uma visita bastou.", second.version)
    assert ticket.open_orders == 0
    ticket.close(cast.closing_classification())
    assert ticket.status == "closed"
    assert "Reabra o atendimento" in errors(lambda: first.reopen("x", first.version))
    asked_for = {"kind_id": cast.order_kind("Corretiva").id, "description": "Ver."}
    with pytest.raises(Stale, match="finalizado"):
        WorkOrder.open(cast.ze(), asked_for, ticket=ticket)


def test_what_happens_to_an_order_stands_in_its_ticket(db):
    ticket, row = in_ticket()
    row.schedule(tomorrow(), TEN, joao(), row.version, confirmed=False)
    field.close(row)
    row.reopen("Caiu de novo.", row.version)
    assert ticket.open_orders == 1
    mine = select(Event.action).where(Event.ticket_id == ticket.id, Event.action.startswith("work_order"))
    assert list(db.scalars(mine.order_by(Event.id))) == [
        f"work_order.{did}" for did in ("asked", "scheduled", "closed", "reopened")
    ]
    with acting(cast.INSTALLER, "job"):
        assert [found for _, found in check.answers() if found] == []


# ---- what must never happen


def past_rules(db, statement):
    db.execute(text(statement), execution_options={"every_company": "past every rule"})


@pytest.mark.parametrize(
    "wrong",
    [
        "status = 'closed'",
        "status = 'scheduled'",
        "done = 'x'",
        "defect_found = 'x'",
        "closed_at = created_at",
        "starts_at = created_at",
        "description = ''",
        "status = 'lost'",
        "number = 1",
    ],
)
def test_the_database_refuses(db, wrong):
    row = field.order(cast.maria())
    db.flush()
    with pytest.raises(IntegrityError):
        past_rules(db, f"update work_order set {wrong} where id = {row.id}")
    db.rollback()


def test_the_database_refuses_a_quantity_of_nothing(db):
    row = field.order(cast.ze())
    db.add(WorkOrderMaterial(work_order_id=row.id, position=0, item="Cabo", quantity_thousandths=0, unit=""))
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_the_database_refuses_the_end_of_a_ticket_that_waits(db):
    ticket, _ = in_ticket()
    db.flush()
    with pytest.raises(IntegrityError):
        past_rules(db, f"update ticket set status = 'closed', closed_at = created_at where id = {ticket.id}")
    db.rollback()


# ---- the catalogues


def test_a_group_names_technicians_at_work_there(db):
    with cast.by("silvia.maia"):
        row = FieldGroup(name="Centro", company_id=cast.vale_claro().id, technicians=[joao()])
        row.create()
        assert list(row.members()) == [joao()]
        celia = cast.operator("celia.prado").id
        assert "técnicos" in errors(lambda: row.change(row.version, technicians=[celia]))["technicians"]
        row.change(row.version, technicians=[cast.operator("wagner.luis").id], name="Centro e Boa Vista")
        assert list(row.members().values()) == ["Wagner Luís"]
        with pytest.raises(Stale):
            row.change(1, technicians=[])


def test_a_type_has_one_profile_in_use(db):
    with cast.by("silvia.maia"):
        kind = cast.order_kind("Corretiva").id
        second = PrintProfile(name="Outra folha", work_order_kind_id=kind, title="OS")
        assert "já imprime" in errors(second.create)["work_order_kind_id"]
        db.expunge_all()
        first = PrintProfile.of(kind)
        first.retire()
        assert PrintProfile.of(kind) is None
        PrintProfile(name="Outra folha", work_order_kind_id=kind, title="OS").create()
        assert "já imprime" in errors(first.restore)
