"""The work in the field: catalogues everybody has, and orders in each state for the demonstration."""

from __future__ import annotations

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.files import incoming
from models.people import Person
from models.scope import TODAS
from models.tickets import Ticket
from models.work_orders import (
    AgendaSettings,
    Defect,
    FieldGroup,
    LocalHoliday,
    Material,
    PrintProfile,
    WorkOrder,
    WorkOrderKind,
    technicians_of,
)
from models.workflows import HoursProfile
from tests import pictures

# name: (installation, delivery, minutes)
KINDS = {
    "Instalação": (True, True, 120),
    "Mudança de endereço": (False, False, 120),
    "Corretiva": (False, False, 90),
}
DEFECTS = ("Fibra rompida", "Rádio desalinhado", "Roteador com defeito", "Sinal fraco no Wi-Fi", "Conector oxidado")
HOURS = "Equipes de campo"
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(7)}  # a test means any day by tomorrow; load() closes some
GROUP = "Campo Jardim Alvorada"
FOOTER = "O cliente confirma que o serviço foi feito e que o local ficou limpo."


def write() -> None:
    """Types, defects and a group of technicians. Mudança de endereço has no print profile: its orders do not print."""
    for name, (installation, delivery, minutes) in KINDS.items():
        WorkOrderKind(name=name, installation=installation, delivery=delivery, minutes=minutes).create()
    for name in DEFECTS:
        Defect(name=name).create()
    hours = HoursProfile(name=HOURS, company_id=TODAS, week=ALWAYS, holidays=False)
    hours.create()
    AgendaSettings.own(TODAS).change(0, hours_profile_id=hours.id, travel_minutes=30)
    LocalHoliday(name="Centenário da cidade", company_id=TODAS, day=date(2020, 6, 12), yearly=False).create()
    FieldGroup(name=GROUP, company_id=TODAS, technicians=list(technicians_of(TODAS))).create()
    for name in ("Instalação", "Corretiva"):
        PrintProfile(
            name=f"{name}, folha do técnico",
            work_order_kind_id=id_of(WorkOrderKind, name),
            title=f"Ordem de Serviço de {name}" if name == "Instalação" else "Ordem de Serviço Corretiva",
            footer=FOOTER,
        ).create()


def order(person: Person, kind: str = "Corretiva", words: str = "Medir o sinal no local.", **more: Any) -> WorkOrder:
    """An order of the first service of somebody, without appointment; `more` of it, or `ticket`."""
    from tests import cast  # which needs this file itself

    asked = {"kind_id": id_of(WorkOrderKind, kind), "description": words}
    ticket = more.pop("ticket", None)
    return WorkOrder.open(person, asked | more, service=cast.service(person), ticket=ticket)


def close(row: WorkOrder, done: str = "Sinal refeito e testado.", **more: Any) -> None:
    """It is done now, by João."""
    from tests import cast

    used = more.pop("materials", [])
    joao = cast.operator("joao.alcantara").id
    now = clock.local(clock.now(), row.zone)
    row.close(now.date(), now.time(), joao, more.pop("found", ""), done, used, row.version, **more)


def load() -> None:
    """For the demonstration: orders open, scheduled, closed with materials and a photo, cancelled; and commit."""
    from tests import cast

    waits = select(Ticket).where(Ticket.person_id == cast.sol().id, Ticket.status == "pending_work_order")
    broken = db.session.scalars(waits).one()
    by, ago = cast.by, cast.days_ago
    group, defect = id_of(FieldGroup, GROUP), id_of(Defect, "Fibra rompida")
    with clock.set_to(clock.now() - timedelta(minutes=50)), by("bruno.reis"):
        words = "Caminhão levou o cabo na esquina. Emendar ou trocar o trecho até a caixa."
        order(cast.sol(), words=words, group_id=group, defect_id=defect, ticket=broken)
    with clock.set_to(clock.now() - timedelta(days=6)), by("rafael.teixeira"):
        order(cast.cooperative(), "Mudança de endereço", "Levar o rádio da sede para o galpão novo.")
    with ago(9, "08:20"), by("bruno.reis"):
        row = order(cast.ze(), words="Wi-Fi não chega ao quarto dos fundos.", defect_id=id_of(Defect, DEFECTS[3]))
        wagner = cast.operator("wagner.luis").id
        row.schedule(clock.today(), time(10, 0), wagner, row.version, confirmed=False)
    with ago(9, "11:25"), by("joao.alcantara"):
        photo = incoming("IMG_2301.jpg", BytesIO(pictures.photo((1200, 800))))
        used = [Material("Conector RJ-45 blindado", "1"), Material("Cabo UTP externo", "2,5 m")]
        row.close(
            clock.today(),
            time(11, 20),
            wagner,
            "Cabo curto e conector oxidado.",
            "Cabo trocado e roteador levado para o corredor. Teste de 280 Mbps com o cliente.",
            used,
            row.version,
            [photo],
        )
    with ago(4, "16:05"), by("bruno.reis"):
        row = order(cast.rita(), words="Ver a luz vermelha do aparelho.")
    with ago(4, "17:30"), by("silvia.maia"):
        row.cancel("A linha está suspensa por débito: a luz volta com o pagamento.", row.version)
    db.session.commit()


def id_of(table: Any, name: str) -> int:
    """The number of a row of a catalogue, by its name."""
    return int(db.session.scalars(select(table.id).where(table.name == name)).one())
