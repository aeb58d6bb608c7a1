"""Painel de O.S., the page of an order and its acts, as people use them (A-84 to A-90, A-108, A-121, C-70)."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from models import clock
from models.documents import Document
from models.files import Attachment
from models.history import Event
from models.services import Service
from models.tickets import Ticket
from models.work_orders import Defect, FieldGroup, Material, PrintProfile, WorkOrder, WorkOrderKind
from tests import cast, field, pictures


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def order(db):
    """An order of Seu Zé, of nobody."""
    with cast.by("bruno.reis"):
        row = field.order(cast.ze(), defect_id=field.id_of(Defect, "Conector oxidado"))
    db.commit()
    return row


@pytest.fixture
def held(db):
    """A ticket of Seu Zé that Bruno holds, with an order."""
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        ticket.claim()
        row = field.order(cast.ze(), ticket=ticket)
    db.commit()
    return ticket, row


def joao():
    return str(cast.operator("joao.alcantara").id)


def tomorrow():
    return clock.today() + timedelta(days=1)


def appointment(day=None, hour="10:00", who=None):
    return {"start_on": f"{day or tomorrow()}", "start_time": hour, "technician_id": who or joao()}


def closing(**more):
    now = clock.local(clock.now() - timedelta(minutes=1))
    said = {"ended_on": f"{now:%Y-%m-%d}", "ended_time": f"{now:%H:%M}", "technician_id": joao()}
    return said | {"defect_found": "Conector oxidado.", "done": "Conector trocado.", **more}


def told(db, row, *names):
    mine = select(Event.action).where(Event.subject_type == "work_order", Event.subject_id == row.id)
    found = list(db.scalars(mine.order_by(Event.id)))
    return [name for name in found if not names or name in names]


# ---- opening


def test_an_order_of_a_customer_from_the_panel(bruno, db):
    begun = bruno.get("/ordens/nova")
    assert begun.h1 == "De quem é a ordem de serviço?"
    found = bruno.post("/ordens/nova", {"q": "ferreira"})
    service = cast.service(cast.ze())
    address = f"/clientes/{cast.ze().id}/ordens-de-servico/adicionar?servico={service.id}"
    assert address in found.html
    drawn = bruno.get(address)
    assert drawn.form()["service_id"] == str(service.id)
    path = f"/clientes/{cast.ze().id}/ordens-de-servico/adicionar"
    refused = bruno.post(path, {"service_id": str(service.id), "kind_id": "", "description": " "})
    assert refused.status == 422
    assert set(refused.errors()) == {"kind_id", "description"}
    typed = {"service_id": str(service.id), "kind_id": str(cast.order_kind("Corretiva").id), "description": "Ver."}
    made = bruno.post(path, typed)
    row = db.scalars(select(WorkOrder).order_by(WorkOrder.id.desc()).limit(1)).one()
    assert made.location == f"/ordens/{row.id}"
    assert (row.service_id, row.status, row.description) == (service.id, "open", "Ver.")
    scheduled = bruno.post(path, {**typed, "agendar": "1"})
    assert scheduled.location.endswith("/agendamento")
    assert f"OS {row.number} · Corretiva" in bruno.get(f"/clientes/{cast.ze().id}/ordens-de-servico").words


def test_a_service_of_somebody_else_is_refused(bruno, db):
    path = f"/clientes/{cast.ze().id}/ordens-de-servico/adicionar"
    typed = {"kind_id": str(cast.order_kind("Corretiva").id), "description": "Ver."}
    refused = bruno.post(path, {**typed, "service_id": str(cast.service(cast.rita()).id)})
    assert "outro cliente" in refused.errors()["service_id"]


# ---- the page, its five parts, editing


@pytest.mark.feature("A-84")
def test_an_order_is_edited_and_history_says_what_changed(bruno, staff, db, order):
    path = f"/ordens/{order.id}/editar"
    drawn = bruno.get(path).form(path)
    saved = bruno.post(path, {**drawn, "description": "Trocar o conector e medir."})
    assert saved.location == f"/ordens/{order.id}"
    page = bruno.get(saved.location)
    assert "Trocar o conector e medir." in page.words
    assert "editou a OS" in page.words
    assert "defeito relatado" in page.words
    refused = bruno.post(path, {**drawn, "description": "Outra coisa."})
    assert refused.status == 409  # somebody was faster
    db.expire_all()
    with cast.by("bruno.reis"):
        field.close(db.get(WorkOrder, order.id))
    db.commit()
    over = bruno.get(path)
    assert over.status == 422
    assert "Uma ordem encerrada não se edita" in over.words
    again = bruno.post(path, {**drawn, "version": "9", "description": "Mais uma."})
    assert again.status in (409, 422)
    db.expire_all()
    assert db.get(WorkOrder, order.id).description == "Trocar o conector e medir."
    assert "Editar OS" not in bruno.get(f"/ordens/{order.id}").words


def test_the_five_parts_stand_on_one_page(bruno, db, order):
    with cast.by("bruno.reis"):
        field.close(order, found="Conector oxidado.", materials=[Material("Cabo UTP", "2,5 m")])
    db.commit()
    page = bruno.get(f"/ordens/{order.id}")
    titles = [title.get_text(" ", strip=True) for title in page.page.select("main .work h2")]
    assert [title.split(" ")[0] for title in titles] == ["Cadastro", "Encerramento", "Materiais", "Campo", "Histórico"]
    for words in ("Medir o sinal no local.", "Conector oxidado", "Sinal refeito e testado.", "Cabo UTP", "2,5 m"):
        assert words in page.words
    assert f"encerrou a OS {order.number}, feita por João Pedro de Alcântara" in page.words


def test_an_order_of_another_company_is_not_there(staff, db):
    with cast.by("celia.prado"):
        row = field.order(cast.mar_azul())
    db.commit()
    visitor = staff("bruno.reis")
    for path in ("", "/editar", "/agendamento", "/encerramento"):
        assert visitor.get(f"/ordens/{row.id}{path}").status == 404
    assert f"OS {row.number} ·" not in visitor.get("/ordens?situacao=todas").words


# ---- the print


@pytest.mark.feature("A-86")
def test_an_order_prints_by_the_profile_of_its_type(bruno, staff, db, worker, order):
    waits = bruno.post(f"/ordens/{order.id}/impressao", {})
    document = db.scalars(select(Document).where(Document.kind == "work_order")).one()
    assert waits.location == f"/ordens/{order.id}/impressao/{document.id}"
    worker.drain()
    pdf = bruno.post(waits.location, {})
    assert (pdf.status, pdf.headers["Content-Type"], pdf.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert told(db, order, "work_order.printed")
    with cast.by("silvia.maia"):
        db.scalars(select(PrintProfile).where(PrintProfile.work_order_kind_id == order.kind_id)).one().retire()
    db.commit()
    page = bruno.get(f"/ordens/{order.id}")
    assert "Falta o perfil de OS do tipo Corretiva." in page.words
    assert not page.page.select(f'form[action="/ordens/{order.id}/impressao"]')
    refused = bruno.post(f"/ordens/{order.id}/impressao", {})
    assert refused.status == 422
    assert "Falta o perfil de OS do tipo Corretiva." in refused.words
    assert "/configuracao/perfis-de-os" in staff("silvia.maia").get(f"/ordens/{order.id}").html


@pytest.mark.feature("A-87")
def test_types_and_profiles_are_kept_in_configuration(staff, db):
    silvia = staff("silvia.maia")
    kinds, profiles = "/configuracao/tipos-de-os", "/configuracao/perfis-de-os"
    added = {"name": "Retirada", "installation": "no", "delivery": "no", "minutes": "45min"}
    assert silvia.post(f"{kinds}/adicionar", added).status == 303
    kind = db.scalars(select(WorkOrderKind).where(WorkOrderKind.name == "Retirada")).one()
    assert kind.minutes == 45
    wrong = silvia.post(f"{kinds}/adicionar", {**added, "name": "", "minutes": "2min"})
    assert set(wrong.errors()) == {"name", "minutes"}
    drawn = silvia.get(f"{kinds}/{kind.id}/editar").form(f"{kinds}/{kind.id}/editar")
    assert silvia.post(f"{kinds}/{kind.id}/editar", {**drawn, "minutes": "1h30"}).status == 303
    sheet = {"name": "Retirada, folha", "work_order_kind_id": str(kind.id), "title": "Retirada de equipamento"}
    sheet |= dict.fromkeys(("shows_place", "shows_visit", "shows_closing", "shows_materials"), "yes")
    assert silvia.post(f"{profiles}/adicionar", {**sheet, "shows_signature": "no", "footer": "Obrigado."}).status == 303
    profile = PrintProfile.of(kind.id)
    assert profile
    assert (profile.title, profile.shows_signature) == ("Retirada de equipamento", False)
    twice = silvia.post(f"{profiles}/adicionar", {**sheet, "name": "Outra", "shows_signature": "no"})
    assert "já imprime este tipo" in twice.words
    drawn = silvia.get(f"{profiles}/{profile.id}/editar").form(f"{profiles}/{profile.id}/editar")
    assert silvia.post(f"{profiles}/{profile.id}/editar", {**drawn, "title": "Retirada"}).status == 303
    assert silvia.post(f"{profiles}/{profile.id}/inativacao", {}).status == 303
    assert silvia.post(f"{profiles}/{profile.id}/remover", {}).status == 303
    assert silvia.post(f"{kinds}/{kind.id}/remover", {}).status == 303
    db.expire_all()
    assert db.scalars(select(WorkOrderKind).where(WorkOrderKind.name == "Retirada")).first() is None


def test_a_group_is_kept_with_its_technicians(staff, db):
    silvia = staff("silvia.maia")
    path = "/configuracao/grupos-de-atendimento"
    typed = {"name": "Centro", "company_id": str(cast.vale_claro().id), "technicians": [joao()]}
    assert silvia.post(f"{path}/adicionar", typed).status == 303
    row = db.scalars(select(FieldGroup).where(FieldGroup.name == "Centro")).one()
    assert [str(id) for id in row.members()] == [joao()]
    assert "João Pedro de Alcântara" in silvia.get(path).words


# ---- the schedule


def test_a_visit_is_scheduled_and_a_conflict_is_shown(bruno, db, order):
    path = f"/ordens/{order.id}/agendamento"
    assert bruno.post("/ordens/999999/agendamento", appointment()).status == 404  # none selected
    empty = bruno.post(path, {"version": "1", "start_on": "", "start_time": "", "technician_id": ""})
    assert set(empty.errors()) == {"start_on", "start_time", "technician_id"}
    past = bruno.post(path, {"version": "1", **appointment(clock.today() - timedelta(days=1))})
    assert set(past.errors()) == {"start_on"}
    stranger = bruno.post(path, {"version": "1", **appointment(who=str(cast.operator("celia.prado").id))})
    assert set(stranger.errors()) == {"technician_id"}
    done = bruno.post(path, {"version": "1", **appointment()})
    assert done.location == f"/ordens/{order.id}"
    db.expire_all()
    assert (order.status, order.technician_id) == ("scheduled", int(joao()))
    with cast.by("bruno.reis"):
        second = field.order(cast.maria())
    db.commit()
    other = f"/ordens/{second.id}/agendamento"
    meets = bruno.post(other, {"version": "1", **appointment(hour="11:00")})
    assert meets.status == 422
    assert (
        f"João já está com a OS {order.number}, {cast.ze().name}, das 10:00 às 11:30. Faltariam 30 min" in meets.words
    )
    assert meets.form(other)["start_time"] == "11:00"  # nothing typed is lost
    assert "bate com esta" in meets.words
    blind = bruno.post(other, {"version": "1", **appointment(hour="11:00"), "confirmado": "1"})
    assert blind.status == 422  # what is confirmed is what was read
    [read] = meets.tree.xpath("//button[@name='confirmado']/@value")
    sure = bruno.post(other, {"version": "1", **appointment(hour="11:00"), "confirmado": read})
    assert sure.location == f"/ordens/{second.id}"
    with cast.by("bruno.reis"):
        field.close(db.get(WorkOrder, order.id))
    db.commit()
    over = bruno.post(path, {"version": "3", **appointment()})
    assert over.status == 422
    assert "Uma ordem encerrada não se agenda" in over.words


def test_a_free_hour_fills_the_form(bruno, db, order):
    path = f"/ordens/{order.id}/agendamento"
    links = [a["href"] for a in bruno.get(path).page.select("main .pick-rows a")]
    assert links
    drawn = bruno.get(links[0]).form(path)
    assert drawn["technician_id"]
    taken = bruno.post(path, drawn)
    assert taken.location == f"/ordens/{order.id}"
    day = bruno.get(f"{path}/dia?start_on={tomorrow()}&technician_id={joao()}", htmx=True)
    assert "O dia de João" in day.words


@pytest.mark.feature("A-89")
def test_an_appointment_is_cancelled_with_a_reason(bruno, db, order):
    path = f"/ordens/{order.id}/agendamento/cancelamento"
    unset = bruno.post(path, {"version": "1", "reason": "O cliente viajou."})
    assert unset.status == 422
    assert "Esta ordem ainda não foi agendada." in unset.words
    bruno.post(f"/ordens/{order.id}/agendamento", {"version": "1", **appointment()})
    drawn = bruno.get(path)
    assert "Finalizar" in drawn.words
    empty = bruno.post(path, {"version": "2", "reason": " "})
    assert "reason" in empty.errors()
    done = bruno.post(path, {"version": "2", "reason": "O cliente viajou."})
    page = bruno.follow(done)
    assert "O agendamento foi cancelado" in page.words
    db.expire_all()
    assert (order.status, order.starts_at, order.technician_id) == ("open", None, None)
    assert "Motivo: O cliente viajou." in page.words


# ---- the end


@pytest.mark.feature("A-121")
@pytest.mark.parametrize("door", ["panel", "ticket"])
def test_an_order_is_closed_from_the_panel_and_from_the_ticket_alike(bruno, db, held, door):
    ticket, order = held
    begins = "/ordens" if door == "panel" else f"/atendimentos/{ticket.id}/finalizacao"
    assert f"/ordens/{order.id}" in bruno.get(begins).html
    path = f"/ordens/{order.id}/encerramento"
    bad = closing(done=" ", **{"rows-0-item": "Cabo UTP", "rows-0-quantity": "0"})
    refused = bruno.post(path, {"version": "1", **bad})
    assert refused.status == 422
    assert "Escreva o que foi feito. Sem isso a ordem não encerra." in refused.words
    assert "Escreva uma quantidade maior que zero." in refused.words
    kept = refused.form(path)
    assert (kept["defect_found"], kept["rows-0-item"], kept["rows-0-quantity"]) == (
        "Conector oxidado.",
        "Cabo UTP",
        "0",
    )
    db.expire_all()
    assert order.status == "open"
    good = closing(**{"rows-0-item": "Cabo UTP", "rows-0-quantity": "2,5 m", "rows-1-item": "", "rows-1-quantity": ""})
    done = bruno.post(path, {"version": "1", **good, "files": (BytesIO(pictures.photo()), "poste.jpg")})
    page = bruno.get(done.location.partition("#")[0])
    assert "2,5 m" in page.words
    assert "Conector trocado." in page.words
    assert db.scalars(select(Attachment.name).where(Attachment.subject_type == "work_order")).one() == "poste.jpg"
    assert f"OS {order.number} (1 foto)" in bruno.get(f"/atendimentos/{ticket.id}/anexos").words
    again = bruno.post(path, {"version": "2", **good})
    assert again.status == 422
    assert "Esta ordem já foi encerrada" in again.words
    assert told(db, order, "work_order.closed") == ["work_order.closed"]
    assert f"encerrou a OS {order.number}" in bruno.get(f"/atendimentos/{ticket.id}").words


def test_a_photo_of_40_mb_is_told_beside_its_field_and_nothing_typed_is_lost(bruno, db, order):
    path = f"/ordens/{order.id}/encerramento"
    big = (BytesIO(b"\xff\xd8\xff" + b"x" * (40 * 1024 * 1024)), "enorme.jpg")
    refused = bruno.post(path, {"version": "1", **closing(), "files": big})
    assert refused.status == 422
    assert "enorme.jpg" in refused.errors()["files"]
    assert refused.form(path)["done"] == "Conector trocado."
    db.expire_all()
    assert order.status == "open"
    assert db.scalar(select(func.count()).select_from(Attachment).where(Attachment.subject_type == "work_order")) == 0


def test_a_thirteenth_material_is_refused_in_its_row_and_not_cut(bruno, db, order):
    path = f"/ordens/{order.id}/encerramento"
    rows = {f"rows-{n}-{name}": typed for n in range(13) for name, typed in (("item", "Cabo"), ("quantity", "1 m"))}
    refused = bruno.post(path, {"version": "1", **closing(), **rows})
    assert refused.status == 422
    assert "Escreva no máximo 12 materiais." in refused.words
    assert refused.form(path)["rows-12-item"] == "Cabo"
    db.expire_all()
    assert order.status == "open"
    for name in ("item", "quantity"):
        rows[f"rows-5-{name}"] = ""
    assert bruno.post(path, {"version": "1", **closing(), **rows}).status == 303
    assert len(order.materials()) == 12


def test_an_order_of_another_type_tells_that_the_service_goes_on_waiting(staff, db):
    row = db.scalars(select(WorkOrder).where(WorkOrder.person_id == cast.joaquim().id)).one()
    row.kind_id = field.id_of(WorkOrderKind, "Corretiva")
    db.commit()
    visitor = staff("joao.alcantara")
    assert "não o habilita" in visitor.get(f"/ordens/{row.id}/encerramento").words
    visitor.post(f"/ordens/{row.id}/encerramento", {"version": str(row.version), **closing()})
    assert "ainda aguarda instalação" in visitor.get(f"/ordens/{row.id}").words


def test_a_technician_inactive_or_of_another_company_closes_nothing(bruno, db, order):
    path = f"/ordens/{order.id}/encerramento"
    with cast.by("davi.rocha"):
        cast.operator("wagner.luis").retire()
    db.commit()
    for login in ("wagner.luis", "celia.prado"):
        refused = bruno.post(path, {"version": "1", **closing(technician_id=str(cast.operator(login).id))})
        assert set(refused.errors()) == {"technician_id"}


def test_the_end_of_an_installation_enables_its_service(staff, db, worker):
    person = cast.joaquim()
    row = db.scalars(select(WorkOrder).where(WorkOrder.person_id == person.id)).one()
    visitor = staff("joao.alcantara")
    path = f"/ordens/{row.id}/encerramento"
    assert "é habilitado e começa a ser cobrado" in visitor.get(path).words
    visitor.post(path, {"version": "1", **closing()})
    assert "Habilitando" in visitor.get(f"/ordens/{row.id}").words
    worker.drain()
    assert "está habilitado desde" in visitor.get(f"/ordens/{row.id}").words
    db.expire_all()
    assert db.scalars(select(Service.status).where(Service.person_id == person.id)).one() == "active"


def test_cancel_and_reopen_are_permitted_and_reasoned(bruno, staff, db, order):
    path = f"/ordens/{order.id}/cancelamento"
    assert bruno.post(path, {"version": "1", "reason": "x"}).status == 403
    assert "Quem cancela e reabre ordens" in bruno.get(f"/ordens/{order.id}").words
    silvia = staff("silvia.maia")
    assert "reason" in silvia.post(path, {"version": "1", "reason": ""}).errors()
    silvia.post(path, {"version": "1", "reason": "Voltou sozinho."})
    again = f"/ordens/{order.id}/reabertura"
    assert "reason" in silvia.post(again, {"version": "2", "reason": ""}).errors()
    silvia.post(again, {"version": "2", "reason": "Caiu de novo."})
    db.expire_all()
    assert order.status == "open"
    assert told(db, order)[-2:] == ["work_order.cancelled", "work_order.reopened"]


def test_a_wrong_photo_is_taken_away_with_a_reason(bruno, db, order):
    bruno.post(
        f"/ordens/{order.id}/encerramento",
        {"version": "1", **closing(), "files": (BytesIO(pictures.photo()), "poste.jpg")},
    )
    photo = db.scalars(select(Attachment.id).where(Attachment.subject_type == "work_order")).one()
    path = f"/ordens/fotos/{photo}"
    assert bruno.get(path).headers["Content-Type"] == "image/jpeg"
    assert "reason" in bruno.post(f"{path}/remover", {"reason": ""}).errors()
    assert bruno.post(f"{path}/remover", {"reason": "De outro cliente."}).status == 303
    assert bruno.get(path).status == 404


# ---- the ticket


@pytest.mark.feature("A-108")
def test_a_ticket_with_pending_orders_is_not_finished(bruno, staff, db, held):
    ticket, row = held
    path = f"/atendimentos/{ticket.id}/finalizacao"
    for refused in (
        bruno.get(path),
        bruno.post(path, {"version": "9", "classification_id": str(cast.closing_classification().id)}),
    ):
        assert refused.status in (409, 422)
    page = bruno.get(path)
    assert "Há 1 ordem de serviço pendente" in page.words
    links = {a["href"] for a in page.page.select("main .pick-rows a")}
    back = f"?atendimento={ticket.id}"  # what removes it leads back to the ticket
    assert links == {f"/ordens/{row.id}{back}", f"/ordens/{row.id}/encerramento{back}"}
    silvia = {a["href"] for a in staff("silvia.maia").get(path).page.select("main .pick-rows a")}
    db.expire_all()
    assert db.get(Ticket, ticket.id).status != "closed"
    assert silvia == set() or f"/ordens/{row.id}/cancelamento{back}" in silvia
    bruno.post(f"/ordens/{row.id}/encerramento", {"version": "1", **closing()})
    offered = bruno.get(f"/ordens/{row.id}")
    assert "Finalizar o atendimento" in offered.words
    version = db.scalars(select(Ticket.version).where(Ticket.id == ticket.id)).one()
    done = bruno.post(
        path,
        {
            "version": str(version),
            "classification_id": str(cast.closing_classification().id),
            "visibility": "internal",
            "body": "",
        },
    )
    assert done.status == 303
    db.expire_all()
    assert db.get(Ticket, ticket.id).status == "closed"


@pytest.mark.feature("A-108")
def test_an_order_that_comes_back_while_its_ticket_is_finished_fails_or_the_finish_does(bruno, staff, db, held, race):
    ticket, row = held
    silvia = staff("silvia.maia")
    finish, reopen = f"/atendimentos/{ticket.id}/finalizacao", f"/ordens/{row.id}/reabertura"
    bruno.post(f"/ordens/{row.id}/encerramento", {"version": "1", **closing()})
    typed = {"classification_id": str(cast.closing_classification().id), "visibility": "internal", "body": ""}
    db.expire_all()
    version = str(db.get(Ticket, ticket.id).version)
    db.rollback()
    acts = [
        lambda: bruno.post(finish, {"version": version, **typed}),
        lambda: silvia.post(reopen, {"version": "2", "reason": "O sinal caiu de novo."}),
    ]
    answers = race(2, lambda i: acts[i]())
    assert sorted(answer.status == 303 for answer in answers) == [False, True], answers
    assert {answer.status for answer in answers} <= {303, 409, 422}
    db.expire_all()
    ticket, row = db.get(Ticket, ticket.id), db.get(WorkOrder, row.id)
    assert (ticket.is_closed, ticket.open_orders, row.status) in ((True, 0, "closed"), (False, 1, "open"))


# ---- the panel


@pytest.mark.feature("C-70")
def test_sectors_see_the_orders_and_their_state(staff, db):
    with cast.by("bruno.reis"):
        row = field.order(cast.ze(), group_id=field.id_of(FieldGroup, field.GROUP))
        row.schedule(tomorrow(), time(10), int(joao()), 1, True)
        free = field.order(cast.maria(), words="Sem hora ainda.")
        gone = field.order(cast.rita())
        field.close(gone)
    db.commit()
    sector = cast.operator("joao.alcantara").department_id

    def shown(login, query):
        page = staff(login).get(f"/ordens?{query}")
        assert page.status == 200
        return {number for number in (row.number, free.number, gone.number) if f"OS {number} ·" in page.words}

    for login in ("ana.souza", "bruno.reis", "rafael.teixeira", "joao.alcantara", "silvia.maia"):
        assert shown(login, "") == {row.number, free.number}
    assert shown("ana.souza", "situacao=closed") == {gone.number}
    assert shown("ana.souza", f"tecnico={joao()}") == {row.number}
    assert shown("ana.souza", "tecnico=ninguem") == {free.number}
    assert shown("ana.souza", "periodo=amanha") == {row.number}
    assert shown("ana.souza", "periodo=hoje") == set()
    assert shown("ana.souza", f"setor={sector}") == {row.number}
    assert shown("ana.souza", f"grupo={row.group_id}") == {row.number}
    assert shown("ana.souza", f"tipo={row.kind_id}&cidade=Vale+Claro") == {row.number, free.number}
    assert shown("ana.souza", "cidade=Lugar+nenhum") == set()
    cities = staff("ana.souza").get("/ordens").page.select("#cidade option")
    assert [one.text for one in cities] == ["Todas", "Vale Claro"], "Serra Azul has no customer that Ana sees"
    assert shown("ana.souza", f"q={free.number}") == {free.number}


def test_the_panel_asks_few_questions_whatever_its_rows(staff, db, count_queries):
    visitor = staff("silvia.maia")
    with cast.by("silvia.maia"):
        for _ in range(3):
            field.order(cast.ze())
    db.commit()
    visitor.get("/ordens")
    with count_queries() as few:
        visitor.get("/ordens")
    with cast.by("silvia.maia"):
        for _ in range(20):
            field.order(cast.ze())
    db.commit()
    with count_queries() as many:
        visitor.get("/ordens")
    assert len(many) == len(few) <= 7, "\n".join(map(str, many))


def test_the_panel_is_a_file_and_its_pages_follow_one_another(bruno, db):
    with cast.by("bruno.reis"):
        numbers = [field.order(cast.ze()).number for _ in range(30)]
    db.commit()
    first = bruno.get("/ordens?ordem=-numero")
    following = first.page.select_one('a[rel="next"]')["href"]
    second = bruno.get(following)
    seen = [n for n in numbers if f"OS {n} ·" in first.words or f"OS {n} ·" in second.words]
    assert seen == numbers
    sheet = bruno.post("/ordens/planilha", {"situacao": "todas"})
    assert sheet.headers["Content-Type"].startswith("text/csv")
    assert len(sheet.data.decode().splitlines()) >= 31


def test_the_palette_finds_an_order_by_its_number(bruno, db, order):
    found = bruno.post("/busca", {"q": f"os {order.number}"}, htmx=True)
    assert f"/ordens/{order.id}" in found.html


def test_home_tells_support_of_orders_without_technician_and_late(bruno, staff, db, order):
    with cast.by("bruno.reis"):
        late = field.order(cast.maria())
        late.schedule(tomorrow(), time(10), int(joao()), 1, confirmed=True)
    db.commit()
    assert "1 ordem de serviço sem técnico" in bruno.get("/").words
    with clock.set_to(clock.now() + timedelta(days=2)):
        visitor = staff("bruno.reis")
        assert "A visita passou e ninguém a encerrou" in visitor.get("/").words
