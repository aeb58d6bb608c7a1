"""Who follows a ticket follows it once, on both databases (A-102)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.history import Event
from models.refused import Refused
from tests import cast

pytestmark = pytest.mark.postgresql


def test_twice_is_refused_and_leaves_one_entry(db):
    with cast.by("bruno.reis"):
        ticket = cast.ticket(cast.ze(), "Lentidão", "Lento à noite.")
        ticket.claim()
        ticket.watch(cast.operator("silvia.maia"))
        with pytest.raises(Refused, match="já acompanha este atendimento"):
            ticket.watch(cast.operator("silvia.maia"))
        ticket.unwatch(cast.operator("silvia.maia"))
        ticket.watch(cast.operator("silvia.maia"))
        entries = select(func.count()).where(Event.ticket_id == ticket.id, Event.action == "ticket.watched")
        assert db.scalar(entries) == 2
