"""What a subscriber is told of an outage that touches them: banner, forecast, what was said, and that it is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db
from models.central.services import WeakView
from models.desk.signs import Stop
from models.network import TOUCHED, Outage
from models.network.outage import outages_of
from models.outages import OutageAnswer
from models.people import Address
from models.services import Service
from models.wording import hour, near

SAID = 10  # lines of the log
YOUR_REGION = "Sua região"  # whoever has only typed a document is told no district


class Line(NamedTuple):
    words: str
    at: str
    is_stop: bool = False


@dataclass(frozen=True)
class Told:
    """An outage as those it touches read it. `services`: which of theirs, where it is not all of several."""

    code: int
    region: str
    zone: str
    since: datetime
    forecast: datetime | None
    closed_at: datetime | None
    text: str
    credits: bool
    services: list[str]
    several: int  # how many services they have
    lines: list[Line]
    is_phone: bool = False  # it is telephones alone
    touches: tuple[int, ...] = ()  # their services, by number
    in_debt: bool = False  # what it touches is stopped for debt besides

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def heading(self) -> str:
        if self.services:
            many = len(self.services)
            return f"{many} dos seus {self.several} serviços {'está' if many == 1 else 'estão'} com falha na região"
        return f"{'Seu telefone' if self.is_phone else 'Sua internet'} está com falha na sua região"

    @property
    def about(self) -> str:
        which = f"{'; '.join(self.services)}. " if self.services else ""
        innocent = "Não é o seu aparelho." if self.in_debt else "Não é o seu aparelho nem a sua fatura."
        return f"{which}{innocent} A equipe está consertando desde {self._since}."

    @property
    def is_late(self) -> bool:
        return self.forecast is not None and self.forecast <= clock.now()

    @property
    def when(self) -> str:
        """The forecast, which never promises an hour that is over."""
        if self.closed_at:
            return f"{'O telefone' if self.is_phone else 'A internet'} voltou às {hour(self.closed_at, self.zone)}"
        if self.forecast is None:
            return "Ainda sem previsão"
        if self.is_late:
            return f"A previsão, {near(self.forecast, self.zone)}, passou"
        return f"Previsão: {near(self.forecast, self.zone)}"

    @property
    def next_words(self) -> str:
        if self.closed_at:
            return "Se ainda não voltou para você, tire o aparelho da tomada por 10 segundos. Depois disso, peça ajuda."
        if self.is_late or self.forecast is None:
            return "A equipe continua no conserto. Assim que houver uma hora, ela aparece aqui."
        return ""

    @property
    def promises_credit(self) -> bool:
        """Time in which a service was stopped for debt is not credited (B-23)."""
        return self.credits and not self.in_debt

    @property
    def path(self) -> list[Stop]:
        later = f"volta {near(self.forecast, self.zone)}" if self.forecast and not self.is_late else "sem hora ainda"
        return [
            Stop("Sua casa", "tudo certo", "ok"),
            Stop(self.region, "em conserto", "stopped"),
            Stop("Telefone" if self.is_phone else "Internet", later, "off"),
        ]

    @property
    def _since(self) -> str:
        same_day = clock.local(self.since, self.zone).date() == clock.today(self.zone)
        return hour(self.since, self.zone) if same_day else near(self.since, self.zone)


def told(person_id: int, services: Callable[[], Sequence[WeakView]], level: str) -> list[Told]:
    """Those that touch services of a subscriber: the open ones, and what came back today.

    One question while nothing is down anywhere; `services` are asked for only when something of theirs is.
    """
    mine = (Service.person_id == person_id, Service.status.in_(TOUCHED))
    found = outages_of(*mine, ended_after=clock.now() - timedelta(days=1))
    found = [(outage, ids) for outage, ids in found if outage.is_open or _ended_today(outage)]
    if not found:
        return []
    ids = [outage.id for outage, _ in found]
    answers = select(OutageAnswer).where(OutageAnswer.outage_id.in_(ids), OutageAnswer.visibility == "subscriber")
    said: dict[int, list[OutageAnswer]] = {}
    for row in db.session.scalars(answers.order_by(OutageAnswer.id.desc())):
        said.setdefault(row.outage_id, []).append(row)
    touched = {id for _, service_ids in found for id in service_ids}
    districts: dict[int, str] = {}
    if level == "proved":
        of = select(Service.id, Address.district).join(Address, Address.id == Service.address_id)
        districts = dict(db.session.execute(of.where(Service.id.in_(touched))).all())
    views = {row.id: row for row in services()}
    return [_told(outage, of_it, said.get(outage.id, []), districts, views) for outage, of_it in found]


def _ended_today(outage: Outage) -> bool:
    ended = outage.closed_at
    return ended is not None and clock.local(ended, outage.zone).date() == clock.today(outage.zone)


def _told(
    outage: Outage,
    services: Sequence[int],
    said: Sequence[OutageAnswer],
    districts: dict[int, str],
    views: dict[int, WeakView],
) -> Told:
    zone = outage.zone
    lines = [Line(row.body, near(row.created_at, zone)) for row in said[:SAID] if not row.ends]
    mine = [views[id] for id in services if id in views]
    is_phone = bool(mine) and all(row.is_phone for row in mine)
    lines.append(Line("O telefone parou" if is_phone else "A internet parou", near(outage.opened_at, zone), True))
    some = [row.label for row in mine] if len(mine) < len(views) else []
    return Told(
        code=outage.code,
        region=districts.get(services[0], YOUR_REGION),
        zone=zone,
        since=outage.opened_at,
        forecast=outage.forecast,
        closed_at=outage.closed_at,
        text=outage.told,
        credits=outage.credits,
        services=some,
        several=len(views),
        lines=lines,
        is_phone=is_phone,
        touches=tuple(services),
        in_debt=bool(mine) and all(row.status == "suspended_for_debt" for row in mine),
    )
