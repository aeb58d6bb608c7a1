"""The open sessions of a subscriber, as the phones and computers they are on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.base import db
from models.operators import LoginSession

# The first word found in what the browser says of itself; those that name others come before them.
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Celular Android",
    "Windows": "Computador Windows",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Linux": "Computador Linux",
}
BROWSERS = {
    "SamsungBrowser": "Samsung Internet",
    "EdgA": "Edge",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


@dataclass(frozen=True)
class Device:
    id: int
    words: str
    level: str
    opened_at: datetime
    last_seen: datetime


def devices(person_id: int) -> list[Device]:
    """Those in which the person is signed in now, the last used first."""
    mine = select(LoginSession).where(
        LoginSession.kind == "subscriber", LoginSession.principal_id == person_id, LoginSession.revoked_at.is_(None)
    )
    rows = db.session.scalars(mine.order_by(LoginSession.last_seen.desc(), LoginSession.id.desc()))
    return [Device(row.id, words(row.agent), row.level, row.created_at, row.last_seen) for row in rows if row.lives]


def words(agent: str) -> str:
    """'Mozilla/5.0 (Linux; Android 14; ...' -> 'Celular Android, Chrome'."""
    machine = next((words_of for word, words_of in MACHINES.items() if word in agent), "Outro aparelho")
    browser = next((words_of for word, words_of in BROWSERS.items() if word in agent), "")
    return f"{machine}, {browser}" if browser else machine
