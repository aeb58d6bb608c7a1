"""Orders inside a ticket: saved together with it, opened from it, done to from it, handed outside (C-65 to C-69)."""

from __future__ import annotations

import json
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from integrations.iclass import FakeIclass, IclassClient, IclassTrouble
from models import clock
from models.history import Event
from models.outbox import Effect
from models.tickets import Ticket
from models.work_orders import Defect, Distribution, FieldGroup, WorkOrder, WorkOrderKind
from tests import cast, field
from tests.staff.attend.test_opening import newest, opened, saved
from web.once import new_key


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture(autouse=True)
def tool(app, tmp_path, monkeypatch) -> FakeIclass:
    """The tool outside, which has heard of nothing yet."""
    fake = FakeIclass(tmp_path / "iclass")
    monkeypatch.setitem(app.extensions, "iclass", IclassClient(fake.answer, fake))
    return fake


@pytest.fixture
def ticket(db) -> Ticket:
    """Of Seu Zé, held by Bruno."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        row.claim()
    db.commit()
    return row


def at(ticket, more="") -> str:
    return f"/atendimentos/{ticket.id}{more}"


def orders(ticket, more="") -> str:
    return at(ticket, f"/ordens-de-servico{more}")


def inside(path, ticket) -> str:
    return f"{path}?atendimento={ticket.id}"


def joao() -> str:
    return str(cast.operator("joao.alcantara").id)


def tomorrow():
    return clock.today() + timedelta(days=1)


def entries(db, ticket) -> list[str]:
    db.expire_all()
    return list(db.scalars(select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.id)))


def of_ticket(db, ticket) -> list[WorkOrder]:
    db.expire_all()
    return list(db.scalars(select(WorkOrder).where(WorkOrder.ticket_id == ticket.id).order_by(WorkOrder.id)))


def typed(**more) -> dict[str, str]:
    """The order step, filled in."""
    kind = field.id_of(WorkOrderKind, "Corretiva")
    said = {"kind_id": str(kind), "status": "open", "technician_id": joao(), "description": "Ver o conector."}
    return {f"order_{name}": value for name, value in {**said, **more}.items()}


def asked(**more) -> dict[str, str]:
    """Nova Ordem de Serviço, filled in."""
    ids = {"kind_id": (WorkOrderKind, "Corretiva"), "group_id": (FieldGroup, field.GROUP)}
    ids |= {"defect_id": (Defect, "Conector oxidado")}
    said = {name: str(field.id_of(*of)) for name, of in ids.items()}
    return {**said, "description": "Sem sinal na sala.", "when": "depois", **more}


def order(ticket, **more) -> WorkOrder:
    with cast.by("bruno.reis"):
        return field.order(cast.ze(), ticket=ticket, **more)


def visit(row, ahead=1, hour=10) -> None:
    with cast.by("bruno.reis"):
        on = clock.today() + timedelta(days=ahead)
        row.schedule(on, time(hour), int(joao()), row.version, confirmed=True)


def closing(**more) -> dict[str, str]:
    now = clock.local(clock.now() - timedelta(minutes=1))
    said = {"ended_on": f"{now:%Y-%m-%d}", "ended_time": f"{now:%H:%M}", "technician_id": joao()}
    return said | {"defect_found": "Conector oxidado.", "done": "Conector trocado.", **more}


# ---- Pendente (Abertura de OS): the order step


def advanced(visitor, db):
    """A draft at its order step, and the address of the step."""
    row = opened(visitor, db)
    answer = saved(visitor, row, status="pending_work_order", report="Fibra partida na esquina.")
    assert (answer.status, answer.location) == (303, at(row, "/abertura/ordem"))
    return row, at(row, "/abertura/ordem")


@pytest.mark.feature("C-66")
def test_from_the_menu_to_the_order_step(bruno, db):
    assert "/atendimentos/novo" in bruno.get("/atendimentos").html
    service = cast.service(cast.ze())
    found = bruno.post("/atendimentos/novo", {"q": "jose antonio"})
    assert f'action="/servicos/{service.id}/atendimentos"' in found.html
    row, step = advanced(bruno, db)
    page = bruno.get(step)
    assert page.h1 == row.protocol
    assert "Leia para o cliente" in page.words


@pytest.mark.feature("C-67")
def test_only_an_order_to_open_leads_to_the_order_step(bruno, db):
    row = opened(bruno, db)
    page = bruno.get(at(row, "/abertura"))
    drawn = {button.text_content().strip(): button for button in page.tree.xpath("//form[@id='opening']//button")}
    assert drawn["Avançar"].get("data-show-when") == "status=pending_work_order"
    assert drawn["Salvar"].get("data-hide-when") == "status=pending_work_order"
    refused = saved(bruno, row, status="pending_work_order", kind_id="", report=" ")
    assert set(refused.errors()) == {"kind_id", "report"}
    assert bruno.get(at(row, "/abertura/ordem")).location == at(row, "/abertura")  # not behind an unfinished one
    for status, more in (
        ("pending", {}),
        ("awaiting_analysis", {"destination": "d1"}),
        ("closed", {"closing_note": "x"}),
    ):
        other = opened(bruno, db)
        answer = saved(bruno, other, status=status, avancar="1", **more)
        assert answer.location.startswith("/atendimentos?"), status
        assert newest(db).status == status
    assert saved(bruno, row, status="pending_work_order").location == at(row, "/abertura/ordem")
    assert db.get(Ticket, row.id).status == "draft"


def test_who_opens_no_orders_leaves_it_to_who_does(staff, db):
    ana = staff("ana.souza")
    row = opened(ana, db)
    assert "Avançar" not in ana.get(at(row, "/abertura")).words
    assert saved(ana, row, status="pending_work_order").location.startswith("/atendimentos?")
    assert newest(db).status == "pending_work_order"
    assert ana.get(at(row, "/abertura/ordem")).status == 403


@pytest.mark.feature("C-68")
def test_ticket_and_order_are_saved_together_or_neither(bruno, db):
    row, step = advanced(bruno, db)
    form = bruno.get(step).form(step)
    assert form["order_description"] == "Fibra partida na esquina."
    before = db.scalar(select(func.count(WorkOrder.id)))
    empties = {"kind_id": "", "status": "", "technician_id": "", "description": " \u200b "}
    for name, value in empties.items():
        refused = bruno.post(step, {**form, **typed(**{name: value})})
        assert refused.status == 422, name
        assert set(refused.errors()) == {f"order_{name}"}
        if name != "description":  # nothing typed is lost
            assert refused.form(step)["order_description"] == "Ver o conector."
    nobody = bruno.post(step, {**form, **typed(technician_id=str(cast.operator("celia.prado").id))})
    assert set(nobody.errors()) == {"order_technician_id"}
    unset = bruno.post(step, {**form, **typed(status="scheduled", start_on="", start_time="")})
    assert set(unset.errors()) == {"order_start_on", "order_start_time"}
    past = bruno.post(step, {**form, **typed(status="scheduled", start_on="2020-01-02", start_time="10:00")})
    assert set(past.errors()) == {"order_start_on"}
    db.expire_all()
    assert (db.get(Ticket, row.id).status, db.scalar(select(func.count(WorkOrder.id)))) == ("draft", before)
    assert bruno.post(step, {**form, **typed()}).status == 303
    row = db.get(Ticket, row.id)
    db.refresh(row)
    [made] = of_ticket(db, row)
    assert (row.status, row.open_orders, row.assignee_id) == ("pending_work_order", 1, None)  # without rescue
    assert (made.status, made.technician_id, made.service_id) == ("open", int(joao()), row.service_id)
    assert made.description == "Ver o conector."
    assert entries(db, row) == [
        "ticket.opened",
        "ticket.started",
        "work_order.asked",
        "diagnosis.kept",
    ]


@pytest.mark.feature("C-68")
def test_going_back_and_away_loses_nothing(bruno, db):
    row, step = advanced(bruno, db)
    when = f"{tomorrow()}"
    said = typed(status="scheduled", start_on=when, start_time="10:30", description="Levar escada.")
    back = bruno.post(step, {**bruno.get(step).form(step), **said, "voltar": "1"})
    assert back.location == at(row, "/abertura")
    first = bruno.get(at(row, "/abertura")).form(at(row, "/abertura"))
    assert (first["report"], first["status"]) == ("Fibra partida na esquina.", "pending_work_order")
    bruno.post(at(row, "/rascunho"), {**first, "report": "Fibra partida no poste."}, htmx=True)
    again = bruno.get(step).form(step)
    assert {name: again[name] for name in said} == said
    assert bruno.post(step, {**again, "sair": "1"}).location.endswith("aba=rascunhos")
    form = bruno.get(step).form(step)
    assert bruno.post(step, form).status == 303
    [made] = of_ticket(db, row)
    db.refresh(row)
    assert (made.status, made.description, row.report) == ("scheduled", "Levar escada.", "Fibra partida no poste.")
    assert clock.local(made.starts_at).strftime("%Y-%m-%d %H:%M") == f"{when} 10:30"


def test_a_visit_that_meets_another_is_told_and_may_be_confirmed(bruno, db):
    with cast.by("bruno.reis"):
        other = field.order(cast.maria())
    visit(other)
    db.commit()
    row, step = advanced(bruno, db)
    form = bruno.get(step).form(step)
    said = typed(status="scheduled", start_on=f"{tomorrow()}", start_time="10:30")
    seen = bruno.post(step, {**form, **said, "redesenhar": "1"}, htmx=True)
    assert f"já está com a OS {other.number}" in seen.words
    refused = bruno.post(step, {**form, **said})
    assert refused.status == 422
    assert "Agendar mesmo assim" in refused.words
    [read] = refused.tree.xpath("//button[@name='confirmado']/@value")
    assert of_ticket(db, row) == []
    free = {**said, "order_start_time": "13:30"}
    assert "está livre amanhã das 13:30 às 15:00" in bruno.post(step, {**form, **free, "redesenhar": "1"}).words
    assert bruno.post(step, {**form, **said, "confirmado": read}).status == 303
    assert of_ticket(db, row)[0].status == "scheduled"


@pytest.mark.feature("C-69")
def test_the_message_names_both_and_leads_to_the_tickets(bruno, db):
    row, step = advanced(bruno, db)
    done = bruno.post(step, {**bruno.get(step).form(step), **typed()})
    assert done.location.startswith("/atendimentos?")
    page = bruno.get(done.location)
    [made] = of_ticket(db, row)
    assert f"{row.protocol} salvo com a {made.label}" in page.words
    assert "Status do Atendimento" in page.words


def test_of_two_windows_at_the_order_step_one_saves(bruno, staff, db, race):
    row, step = advanced(bruno, db)
    browsers, said = [bruno, staff("bruno.reis")], typed()
    forms = [{**browser.get(step).form(step), **said} for browser in browsers]
    db.rollback()
    answers = race(2, lambda i: browsers[i].post(step, forms[i]))
    assert sorted(answer.status == 303 for answer in answers) == [False, True], answers
    assert {answer.status for answer in answers} <= {303, 409, 422}
    assert len(of_ticket(db, row)) == 1


# ---- from the ticket


@pytest.mark.feature("C-65")
def test_ticket_and_order_lead_to_each_other(bruno, db, ticket):
    row = order(ticket)
    db.commit()
    page = bruno.get(at(ticket))
    assert "Ordens de Serviço 1" in page.words
    assert page.tree.xpath(f"//a[@href='{inside(f'/ordens/{row.id}', ticket)}']")
    tab = bruno.get(orders(ticket))
    assert f"{row.label}, Corretiva" in tab.words
    assert "Aberta" in tab.words
    assert f'href="{at(ticket)}"' in bruno.get(f"/ordens/{row.id}").html
    assert f"Atendimento {ticket.protocol}" in bruno.get(f"/ordens/{row.id}").words


@pytest.mark.feature("A-80", "A-81", "A-82")
def test_a_new_order_of_the_ticket(bruno, db, ticket):
    path = orders(ticket, "/nova")
    link = bruno.get(at(ticket)).tree.xpath(f"//*[@id='tools']//a[@href='{path}']")
    assert "Nova Ordem de Serviço" in link[0].text_content()
    page = bruno.get(path)
    assert page.form(path)["description"] == ticket.report  # proposed from A-17
    refused = bruno.post(path, asked(kind_id="", group_id="", defect_id="", description=" "))
    assert set(refused.errors()) == {"kind_id", "group_id", "defect_id", "description"}
    for name in ("kind_id", "group_id", "defect_id"):
        alone = bruno.post(path, asked(**{name: ""}))
        assert set(alone.errors()) == {name}
        assert alone.form(path)["description"] == "Sem sinal na sala."
    assert of_ticket(db, ticket) == []
    made = bruno.post(path, asked())
    assert made.location == orders(ticket)
    [row] = of_ticket(db, ticket)
    assert (row.status, row.technician_id, row.description) == ("open", None, "Sem sinal na sala.")
    assert (row.service_id, row.person_id) == (ticket.service_id, ticket.person_id)
    assert entries(db, ticket)[-1] == "work_order.asked"
    assert f"abriu a {row.label}: Corretiva, ainda sem agenda" in bruno.get(at(ticket)).words
    assert ticket.protocol in bruno.get(f"/ordens/{row.id}").words
    db.refresh(ticket)
    assert ticket.open_orders == 1


@pytest.mark.feature("A-81")
def test_without_groups_none_is_asked_for(staff, bruno, db, ticket):
    with cast.by("davi.rocha"):
        for group in db.scalars(select(FieldGroup)).all():
            group.retire()
    db.commit()
    path = orders(ticket, "/nova")
    assert "group_id" not in bruno.get(path).form(path)
    assert bruno.post(path, asked(group_id="")).status == 303


def test_without_defects_the_page_says_who_adds_them(bruno, db, ticket):
    with cast.by("davi.rocha"):
        for defect in db.scalars(select(Defect)).all():
            defect.retire()
    db.commit()
    assert "Nenhum defeito está cadastrado" in bruno.get(orders(ticket, "/nova")).words


def test_an_hour_that_is_free_is_offered_and_taken(bruno, db, ticket, clock):
    with clock("2026-11-24 09:10"):
        path = orders(ticket, "/nova")
        drawn = bruno.post(path, {**asked(), "redesenhar": "1"}, htmx=True)
        offered = drawn.tree.xpath("//input[@name='when']/@value")
        assert offered[-2:] == ["outro", "depois"]
        assert len(offered) > 2
        assert "cabe no prazo" in drawn.words or "passa do prazo" in drawn.words
        assert bruno.post(path, asked(when="2026-11-24")).status == 422
        done = bruno.post(path, asked(when=offered[0]))
        assert done.location == orders(ticket)
        [row] = of_ticket(db, ticket)
        assert (row.status, str(row.technician_id)) == ("scheduled", offered[0].partition("/")[2])
        late = bruno.post(path, asked(when=offered[0], description="Outra."))
        assert (late.status, f"já está com a OS {row.number}" in late.words) == (422, True)
        assert len(of_ticket(db, ticket)) == 1
        assert late.tree.xpath("//input[@name='when'][@checked]/@value") == [offered[0]]  # nothing picked is lost
        [read] = late.tree.xpath("//button[@name='confirmado']/@value")
        sure = bruno.post(path, asked(when=offered[0], description="Outra.", confirmado=read))
        assert sure.location == orders(ticket)
        assert [one.status for one in of_ticket(db, ticket)] == ["scheduled", "scheduled"]
        other = bruno.post(path, asked(when="outro", description="Outra."))
        newer = of_ticket(db, ticket)[-1]
        assert other.location == inside(f"/ordens/{newer.id}/agendamento", ticket)


def test_only_its_holder_opens_orders_from_a_ticket(staff, db, ticket):
    silvia = staff("silvia.maia")
    path = orders(ticket, "/nova")
    assert "está com Bruno Reis" in silvia.get(path).words
    assert silvia.post(path, asked()).status == 422
    assert staff("celia.prado").get(path).status == 404
    assert staff("joao.alcantara").get(path).status == 403
    assert of_ticket(db, ticket) == []
    tab = silvia.get(orders(ticket))
    assert "está com Bruno Reis" in tab.words
    assert not tab.tree.xpath("//main//a[contains(., 'Nova Ordem')]")


def test_the_customer_page_opened_from_inside_leads_to_the_order_of_the_ticket(bruno, ticket):
    path = f"/clientes/{ticket.person_id}/ordens-de-servico/adicionar"
    assert bruno.get(inside(path, ticket)).location == orders(ticket, "/nova")


@pytest.mark.feature("A-84")
def test_an_order_is_edited_from_inside(bruno, db, ticket):
    row = order(ticket)
    db.commit()
    path = inside(f"/ordens/{row.id}/editar", ticket)
    assert path in bruno.get(orders(ticket)).html
    form = bruno.get(path).form(path)
    done = bruno.post(path, {**form, "description": "Levar escada."})
    assert done.location == orders(ticket)
    assert f"editou a {row.label}: defeito relatado" in bruno.get(at(ticket)).words
    bruno.post(inside(f"/ordens/{row.id}/encerramento", ticket), {"version": "2", **closing()})
    refused = bruno.get(path)
    assert refused.status == 422
    assert "Uma ordem encerrada não se edita" in refused.words
    tab = bruno.get(orders(ticket))
    assert path not in tab.html
    assert "Uma ordem encerrada não se edita" in tab.words


@pytest.mark.feature("A-88")
def test_an_order_is_scheduled_from_inside_after_it_was_picked(bruno, db, ticket):
    first, second, over = order(ticket), order(ticket), order(ticket)
    with cast.by("bruno.reis"):
        field.close(over)
        other = field.order(cast.maria())
    visit(other)
    db.commit()
    path = orders(ticket, "/agendar")
    page = bruno.get(path)
    assert page.h1 == "Agendar Ordem de Serviço"
    assert "Uma ordem encerrada não se agenda" in page.words
    none = bruno.get(f"{path}?escolhida=1")
    assert (none.status, set(none.errors())) == (422, {"ordem"})
    assert "Escolha a ordem de serviço." in none.words
    closed = bruno.get(f"{path}?escolhida=1&ordem={over.id}")
    assert closed.status == 422
    assert "Erro: Uma ordem encerrada não se agenda" in closed.words
    stranger = bruno.get(f"{path}?escolhida=1&ordem={other.id}")
    assert (stranger.status, "Escolha a ordem de serviço." in stranger.words) == (422, True)
    there = bruno.get(f"{path}?escolhida=1&ordem={second.id}").location
    assert there == inside(f"/ordens/{second.id}/agendamento", ticket)
    form = bruno.get(there).form(there)
    said = {"start_on": f"{tomorrow()}", "start_time": "10:30", "technician_id": joao()}
    conflict = bruno.post(there, {**form, **said})
    assert conflict.status == 422
    assert f"já está com a OS {other.number}" in conflict.words
    missing = bruno.post(there, {**form, "start_on": "", "start_time": "", "technician_id": ""})
    assert set(missing.errors()) == {"start_on", "start_time", "technician_id"}
    done = bruno.post(there, {**form, **said, "start_time": "14:00"})
    assert done.location == orders(ticket)
    db.expire_all()
    assert [row.status for row in (first, second, over)] == ["open", "scheduled", "closed"]
    assert f"agendou a {second.label} para" in bruno.get(at(ticket)).words
    refused = bruno.get(inside(f"/ordens/{over.id}/agendamento", ticket))
    assert refused.status == 422


@pytest.mark.feature("A-89")
def test_an_appointment_is_cancelled_from_inside(bruno, db, ticket):
    free, row = order(ticket), order(ticket)
    visit(row)
    db.commit()
    there = bruno.get(orders(ticket, "/cancelar-agendamento")).location  # the only one that has one
    assert there == inside(f"/ordens/{row.id}/agendamento/cancelamento", ticket)
    page = bruno.get(there)
    assert page.tree.xpath("//main//button[normalize-space()='Finalizar']")
    form = page.form(there)
    empty = bruno.post(there, {**form, "reason": " "})
    assert set(empty.errors()) == {"reason"}
    unset = bruno.get(inside(f"/ordens/{free.id}/agendamento/cancelamento", ticket))
    assert unset.status == 422
    assert "ainda não foi agendada" in unset.words
    done = bruno.post(there, {**form, "reason": "O cliente viajou."})
    assert done.location == orders(ticket)
    assert "O agendamento foi cancelado" in bruno.get(done.location).words
    db.expire_all()
    assert (row.status, row.starts_at, row.technician_id) == ("open", None, None)
    assert "Motivo: O cliente viajou." in bruno.get(at(ticket)).words
    tools = bruno.get(at(ticket, "/ferramentas"))
    assert "Nenhuma ordem deste atendimento está agendada." in tools.words


@pytest.mark.feature("A-90", "A-108")
def test_the_last_order_is_closed_from_inside_and_the_finish_is_offered(bruno, staff, db, ticket):
    first, second = order(ticket), order(ticket)
    db.commit()
    finish = at(ticket, "/finalizacao")
    said = {"version": "9", "classification_id": str(cast.closing_classification().id), "visibility": "internal"}
    for refused in (bruno.get(finish), bruno.post(finish, said)):
        assert refused.status in (409, 422)
        assert "Há 2 ordens de serviço pendentes" in refused.words
        links = {a["href"] for a in refused.page.select("main .pick-rows a")}
        for row in (first, second):
            assert {inside(f"/ordens/{row.id}", ticket), inside(f"/ordens/{row.id}/encerramento", ticket)} <= links
    page = bruno.get(at(ticket))
    assert f'href="{orders(ticket)}"' in page.html
    assert f'class="btn btn-primary" href="{finish}"' not in page.html
    there = bruno.get(f"{orders(ticket, '/encerrar')}?escolhida=1&ordem={first.id}").location
    form = bruno.get(there).form(there)
    outside = bruno.get(f"/ordens/{first.id}/encerramento").form(f"/ordens/{first.id}/encerramento")
    assert set(form) == set(outside)  # the same form as in the panel
    bad = bruno.post(there, {**form, **closing(done=" ", **{"rows-0-item": "Cabo", "rows-0-quantity": "0"})})
    assert bad.status == 422
    assert "Escreva o que foi feito. Sem isso a ordem não encerra." in bad.words
    assert "Escreva uma quantidade maior que zero." in bad.words
    used = {"rows-0-item": "Cabo UTP", "rows-0-quantity": "2,5 m"}
    done = bruno.post(there, {**form, **closing(**used)})
    assert done.location == orders(ticket)
    assert "2,5 m" in bruno.get(f"/ordens/{first.id}").words
    assert f"encerrou a {first.label}" in bruno.get(at(ticket)).words
    again = bruno.post(there, {**form, **closing()})
    assert again.status in (409, 422)
    assert "Ele já pode ser finalizado" not in bruno.get(orders(ticket)).words
    with cast.by("silvia.maia"):
        second.cancel("Não precisa mais.", second.version)
    db.commit()
    offered = bruno.get(orders(ticket))
    assert "Ele já pode ser finalizado" in offered.words
    assert f'href="{finish}"' in offered.html
    form = bruno.get(finish).form(finish)
    done = bruno.post(finish, {**form, "classification_id": said["classification_id"]})
    assert done.status == 303
    db.expire_all()
    assert db.get(Ticket, ticket.id).status == "closed"


@pytest.mark.feature("A-108")
def test_a_ticket_is_finished_or_gets_a_new_order_through_the_doors(bruno, staff, db, ticket, race):
    browsers, finish, new = [bruno, staff("bruno.reis")], at(ticket, "/finalizacao"), orders(ticket, "/nova")
    form = {**bruno.get(finish).form(finish), "classification_id": str(cast.closing_classification().id)}
    db.rollback()
    said = asked()
    posts = [lambda: browsers[0].post(finish, form), lambda: browsers[1].post(new, {**said, "version": "0"})]
    browsers[1].token()
    answers = race(2, lambda i: posts[i]())
    assert sorted(answer.status == 303 for answer in answers) == [False, True], answers
    assert {answer.status for answer in answers} <= {303, 409, 422}
    made = of_ticket(db, ticket)
    db.refresh(ticket)
    assert (ticket.is_closed, ticket.open_orders, len(made)) in ((True, 0, 0), (False, 1, 1))


def test_inside_a_ticket_of_another_customer_an_order_is_not_there(bruno, db, ticket):
    with cast.by("bruno.reis"):
        row = field.order(cast.maria())
    db.commit()
    assert bruno.get(f"/ordens/{row.id}").status == 200
    assert bruno.get(inside(f"/ordens/{row.id}", ticket)).status == 404


def test_who_does_not_hold_the_ticket_does_nothing_to_its_orders_from_inside(staff, db, ticket):
    row = order(ticket)
    db.commit()
    silvia = staff("silvia.maia")
    path = inside(f"/ordens/{row.id}/cancelamento", ticket)
    assert silvia.get(path).status == 422
    assert silvia.post(path, {"version": "1", "reason": "x"}).status == 422
    assert silvia.get(inside(f"/ordens/{row.id}", ticket)).status == 200  # reading needs no rescue
    db.expire_all()
    assert row.status == "open"


def test_cancelled_from_inside_by_who_may(staff, db):
    with cast.by("silvia.maia"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        ticket.claim()
        row = field.order(cast.ze(), ticket=ticket)
    db.commit()
    silvia, path = staff("silvia.maia"), inside(f"/ordens/{row.id}/cancelamento", ticket)
    assert path in silvia.get(orders(ticket)).html
    done = silvia.post(path, {**silvia.get(path).form(path), "reason": "Voltou sozinho."})
    assert done.location == orders(ticket)
    assert "não foi feita" in silvia.get(orders(ticket)).words
    assert entries(db, ticket)[-1] == "work_order.cancelled"


def test_the_list_of_a_ticket_asks_as_often_whatever_its_orders(bruno, db, ticket, count_queries):
    order(ticket)
    db.commit()
    bruno.get(orders(ticket))
    with count_queries() as few:
        bruno.get(orders(ticket))
    for _ in range(4):
        order(ticket)
    db.commit()
    with count_queries() as many:
        bruno.get(orders(ticket))
    assert len(many) == len(few)


# ---- Distribuir a O.S. para o IClass


def sent(db, ticket):
    [row] = of_ticket(db, ticket)
    return row, db.scalars(select(Distribution).where(Distribution.work_order_id == row.id)).one_or_none()


@pytest.mark.feature("A-83")
def test_a_ticked_order_is_sent_once_with_its_result_told(bruno, db, ticket, worker, tool):
    path = orders(ticket, "/nova")
    assert "Distribuir a O.S. para o IClass" in bruno.get(path).words
    assert "simulado" in bruno.get(path).words
    form = {**bruno.get(path).form(path), **asked(distribute="y"), "idem": new_key()}
    for _ in range(2):  # the second is the first one's answer
        assert bruno.post(path, form).status == 303
    row, found = sent(db, ticket)
    assert found.is_queued
    assert "Na fila desde" in bruno.get(f"/ordens/{row.id}").words
    assert entries(db, ticket)[-1] == "work_order.distribution_asked"
    worker.drain()
    row, found = sent(db, ticket)
    assert (found.state, found.code) == ("sent", f"IC-{row.number:06}")
    assert [order["numero"] for order in tool.orders()] == [row.number]
    assert cast.ZE not in str(tool.orders())  # no CPF leaves the house
    assert f"distribuiu a {row.label} ao iClass, onde tem o número {found.code}" in bruno.get(at(ticket)).words
    assert found.code in bruno.get(f"/ordens/{row.id}").words
    assert "simulado" in bruno.get(f"/ordens/{row.id}").words
    twice = bruno.post(f"/ordens/{row.id}/distribuicao")
    assert twice.status == 422
    assert f"já está no iClass, com o número {found.code}" in twice.words
    assert db.scalar(select(func.count(Effect.id)).where(Effect.kind == "distribute_order")) == 1


@pytest.mark.feature("A-83")
def test_without_a_tool_the_option_is_absent(app, bruno, db, ticket, monkeypatch):
    monkeypatch.setitem(app.extensions, "iclass", None)
    path = orders(ticket, "/nova")
    assert "iclass" not in bruno.get(path).html.lower()
    assert bruno.post(path, asked(distribute="y")).status == 303  # a forged tick is nobody's
    row, found = sent(db, ticket)
    assert found is None
    for page in (f"/ordens/{row.id}", orders(ticket), at(ticket), at(ticket, "/ferramentas")):
        assert "iclass" not in bruno.get(page).html.lower(), page
    assert bruno.post(f"/ordens/{row.id}/distribuicao").status == 422
    assert sent(db, ticket)[1] is None


def test_an_order_not_ticked_is_not_sent(bruno, db, ticket, worker):
    bruno.post(orders(ticket, "/nova"), asked())
    worker.drain()
    assert sent(db, ticket)[1] is None


def test_a_refusal_is_told_and_sent_again_by_a_person(app, bruno, db, ticket, worker, monkeypatch):
    row = order(ticket)
    with cast.by("bruno.reis"):
        row.distribute()
    db.commit()
    no = json.dumps({"mensagem": "região não atendida"}).encode()
    with monkeypatch.context() as patch:
        patch.setattr(app.extensions["iclass"], "send", lambda *_: (422, no))
        worker.drain()
    assert sent(db, ticket)[1].state == "refused"
    page = bruno.get(f"/ordens/{row.id}")
    assert "região não atendida" in page.words
    assert f"não distribuiu a {row.label} ao iClass" in bruno.get(at(ticket)).words
    assert page.tree.xpath(f"//form[@action='/ordens/{row.id}/distribuicao']")
    assert bruno.post(f"/ordens/{row.id}/distribuicao").status == 303
    assert "na fila para o iClass" in bruno.post(f"/ordens/{row.id}/distribuicao").words
    worker.drain()
    assert (sent(db, ticket)[1].state, sent(db, ticket)[1].attempt) == ("sent", 2)


def test_what_does_not_answer_is_tried_again(app, db, ticket, worker, monkeypatch):
    row = order(ticket)
    with cast.by("bruno.reis"):
        row.distribute()
    db.commit()

    def silent(method, path, body):
        raise IclassTrouble("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(app.extensions["iclass"], "send", silent)
        worker.drain()
    assert sent(db, ticket)[1].is_queued
    effect = db.scalars(select(Effect).where(Effect.kind == "distribute_order")).one()
    assert (effect.state, effect.attempts) == ("ready", 1)
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        worker.drain()
    assert sent(db, ticket)[1].state == "sent"


def test_an_order_that_ended_first_is_not_sent(db, ticket, worker, tool):
    row = order(ticket)
    with cast.by("bruno.reis"):
        row.distribute()
        field.close(row)
    db.commit()
    worker.drain()
    assert sent(db, ticket)[1].refusal == "a ordem terminou aqui antes de ser enviada"
    assert tool.orders() == []


def test_of_two_who_distribute_one_is_told(bruno, staff, db, ticket, race):
    row = order(ticket)
    db.commit()
    browsers, path = [bruno, staff("silvia.maia")], f"/ordens/{row.id}/distribuicao"
    for browser in browsers:
        browser.token()
    db.rollback()
    answers = race(2, lambda i: browsers[i].post(path, {"version": "0"}))
    assert sorted(answer.status for answer in answers) == [303, 422], answers
    assert db.scalar(select(func.count(Distribution.id))) == 1
