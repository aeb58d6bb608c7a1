"""Requests of subscribers in the Central: as tests write them, and those of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from models.files import Incoming, incoming
from models.people import Person
from models.scope import Actor, acting
from models.tickets import QUESTIONS, Ticket, saw


@contextmanager
def as_subscriber(person_id: int) -> Iterator[None]:
    """In the name of whoever is signed in at the Central."""
    with acting(Actor("subscriber", person_id, "Assinante"), "portal"):
        yield


def ask(person: Person, topic: str = "other", text: str = "Quero mudar o nome da minha rede.", **more: Any) -> Ticket:
    """A request, as the form of the Central makes it."""
    if topic in QUESTIONS:
        more.setdefault("answer", next(iter(QUESTIONS[topic][1])))
    with as_subscriber(person.id):
        return Ticket.ask(person, topic, text, **more)


def reply(ticket: Ticket, text: str, *files: Incoming) -> None:
    with as_subscriber(ticket.person_id):
        ticket.reply(text, files)


def looked(ticket: Ticket) -> None:
    """Its customer has read all of it."""
    newest = ticket.newest()
    saw(ticket.id, newest.id if newest else 0)


def rated(ticket: Ticket, stars: int, why: str = "") -> None:
    with as_subscriber(ticket.person_id):
        ticket.rate(stars, why)


def router_photo() -> Incoming:
    """A box on a table whose red light is on."""
    image = Image.new("RGB", (960, 640), (196, 186, 170))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 960, 640), fill=(150, 118, 88))
    draw.rounded_rectangle((190, 250, 770, 470), 28, fill=(38, 42, 48))
    for place, colour in enumerate(((64, 190, 96), (64, 190, 96), (226, 48, 44), (70, 74, 80), (70, 74, 80))):
        draw.ellipse((262 + place * 90, 344, 286 + place * 90, 368), fill=colour)
    draw.rectangle((250, 130, 268, 252), fill=(38, 42, 48))
    draw.rectangle((692, 130, 710, 252), fill=(38, 42, 48))
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return incoming("roteador.jpg", BytesIO(out.getvalue()))
