"""For the demonstration: João's day on his phone, one visit done with photos and signature, one where he is now."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from models import clock
from models.base import db
from models.files import Incoming, incoming
from models.people import Person
from models.work_orders import Material, WorkOrder
from tests import cast, field, pictures

JOAO = "joao.alcantara"


def load() -> None:
    """One visit done, one where he is since half an hour, one that begins before that one ends; and commit."""
    now = clock.now().replace(second=0)
    done = visit(cast.ze(), now - timedelta(minutes=150), "Wi-Fi cai no quarto desde a troca do roteador.")
    tell(done, "on_the_way", now - timedelta(minutes=158))
    tell(done, "arrived", now - timedelta(minutes=139))
    tell(done, "photo", now - timedelta(minutes=130), photo=photo("quarto.jpg"))
    tell(done, "note", now - timedelta(minutes=118), "Roteador estava atrás da geladeira.")
    end(done, now - timedelta(minutes=94))
    tickets_report = "Sinal oscila quando venta. A luz do rádio pisca."
    here = visit(cast.cooperative(), now - timedelta(minutes=40), tickets_report, noted=True)
    tell(here, "on_the_way", now - timedelta(minutes=48))
    tell(here, "arrived", now - timedelta(minutes=31))
    tell(here, "photo", now - timedelta(minutes=24), photo=photo("torre.jpg"))
    visit(cast.sol(), now + timedelta(minutes=20), "Ramal 12 sem tom. Levar um aparelho de teste.")
    db.session.commit()


def visit(of: Person, at: datetime, words: str, noted: bool = False) -> WorkOrder:
    """An order of João at this moment, opened a while before by Bruno, with his note in its ticket if said."""
    with clock.set_to(at - timedelta(hours=3)), cast.by("bruno.reis"):
        ticket = None
        if noted:
            ticket = cast.ticket(of, "Sem acesso à internet", words)
            ticket.claim()
            ticket.comment(
                "Rádio caiu de −62 para −81 dBm. Conferir o alinhamento antes de trocar a antena.", "internal"
            )
        row = field.order(of, words=words, ticket=ticket)
        local, joao = clock.local(at, row.zone), cast.operator(JOAO).id
        row.schedule(local.date(), local.time(), joao, row.version, confirmed=True)
    return row


def tell(row: WorkOrder, kind: str, at: datetime, text: str = "", photo: Incoming | None = None, **more: str) -> None:
    """A step of the technician of an order, told as it happened."""
    with clock.set_to(at), cast.by(more.get("login", JOAO)):
        row.step(kind, str(uuid.uuid4()), at, text, photo)


def end(row: WorkOrder, at: datetime) -> None:
    """Closed by João on his phone, and signed."""
    local = clock.local(at, row.zone)
    with clock.set_to(at), cast.by(JOAO):
        row.close_on_site(
            local.date(),
            local.time(),
            "Roteador longe do quarto.",
            "Roteador levado para o corredor e canal trocado. Teste de 280 Mbps no quarto.",
            [Material("Cabo UTP", "6 m"), Material("Conector RJ-45", "2")],
            str(uuid.uuid4()),
            at,
            "José Ferreira",
            signature(),
        )


def photo(name: str) -> Incoming:
    return incoming(name, BytesIO(pictures.photo((1200, 800))))


def signature() -> Incoming:
    """What a finger draws."""
    image = Image.new("RGB", (800, 400), "white")
    points = [(120, 260), (190, 120), (240, 280), (310, 170), (360, 260), (460, 200), (560, 270), (690, 180)]
    ImageDraw.Draw(image).line(points, fill="black", width=4, joint="curve")
    out = BytesIO()
    image.save(out, "PNG")
    return incoming("assinatura.png", BytesIO(out.getvalue()))
