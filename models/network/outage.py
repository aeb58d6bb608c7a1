"""Notificação de Parada: a concentrator or a district is down, since when, why, until when probably (X-08, A-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history import track
from models.network.access_concentrator import AccessConcentrator
from models.network.place import Place, Touch, touching
from models.numbers import take
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.refused import Refused, Stale, require
from models.scope import TODAS, OfCompany, who
from models.wording import counted, moment, near, tidy, tidy_lines

_OPEN = text("closed_at is null")
EARLIEST = timedelta(days=7)  # so long ago it may have stopped; before that it is a slip of the keyboard
LATEST = timedelta(days=30)  # the same of the forecast
MOST_TOLD = 1000
USUAL = (
    "Falta de energia da concessionária",
    "Rompimento de fibra",
    "Equipamento com defeito",
    "Falha no fornecedor de trânsito",
    "Manutenção programada",
    "Chuva ou raio",
)
TOLD = "Há uma falha no ponto que atende você. A equipe já está cuidando do conserto."
CHANGEABLE = {
    "cause": "causa",
    "opened_at": "hora em que parou",
    "forecast": "previsão de volta",
    "told": "texto da Central",
    "credits": "desconto",
}
OF_ALL = "Esta parada é de todas as empresas. Quem trabalha em TODAS responde por ela."
NOTED_BY_MISTAKE = "Esta parada já foi encerrada. O desconto de cada cliente se recusa em Descontos."


class Outage(Versioned, OfCompany, Base):
    """`opened_at` is when it stopped, `noted_at` when somebody said so. One that was noted by mistake is closed with
    the reason in `cancelled`."""

    __tablename__ = "outage"
    stale = "Esta parada mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    code: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))  # the key of its Place
    name: Mapped[str] = mapped_column(String(200))
    concentrator_id: Mapped[int | None] = mapped_column(ForeignKey("access_concentrator.id"))
    district: Mapped[str] = mapped_column(String(80), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    cause: Mapped[str] = mapped_column(String(200))
    told: Mapped[str] = mapped_column(String(MOST_TOLD))  # what whom it touches reads in the Central
    credits: Mapped[bool]
    opened_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    forecast: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("cause <> ''", name="cause"),
        CheckConstraint("told <> ''", name="told"),
        CheckConstraint("(concentrator_id is null) = (district <> '')", name="place"),
        CheckConstraint("closed_at >= opened_at", name="closed_at"),
        CheckConstraint("forecast > opened_at", name="forecast"),
        CheckConstraint("cancelled = '' or closed_at is not null", name="cancelled"),
        # Of two that open one for the same place the second finds it open already.
        Index("uq_outage_open", "place", "company_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outage_concentrator_id_opened_at", "concentrator_id", "opened_at"),
    )

    @property
    def label(self) -> str:
        return f"parada cód. {self.code}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def where(self) -> Place:
        return Place(self.company_id, self.name, self.concentrator_id, self.district, self.city, self.state)

    @property
    def zone(self) -> str:
        return zone_by_id(self.company_id)

    @property
    def is_late(self) -> bool:
        """Its forecast is over, and it is not back."""
        return self.is_open and self.forecast is not None and self.forecast <= clock.now()

    @classmethod
    def open(
        cls,
        where: AccessConcentrator | Place | None,
        cause: str,
        forecast: datetime | None = None,
        *,
        since: datetime | None = None,
        told: str | None = None,
        credits: bool = True,
    ) -> Outage:
        """Register that a place is down, since now unless somebody knows since when.

        Raises Refused with the fields at fault; Stale, with the other, when one is open there already.
        """
        now = clock.now()
        values = {"cause": tidy(cause), "opened_at": since or now, "forecast": forecast, "credits": credits}
        values["told"] = TOLD if told is None else tidy_lines(told)
        errors = outage_errors(values, now)
        if where is None:
            errors["place"] = "Escolha o concentrador ou o bairro que parou."
        if errors or where is None:
            raise Refused(errors=errors)
        place = where if isinstance(where, Place) else Place.at(where)
        code = take("outage")  # held until the commit: of two that open one at once the second waits here
        if other := _open_at(place):
            raise Stale(f"Já há uma parada aberta em {other.name}, cód. {other.code}. Continue nela.", fix=other)
        row = cls(
            company_id=place.company_id,
            place=place.key,
            name=place.name,
            concentrator_id=place.concentrator_id,
            district=place.district,
            city=place.city,
            state=place.state,
            code=code,
            noted_at=now,
            cancelled="",
            version=1,
            **values,
        )
        db.session.add(row)
        db.session.flush()
        row.record("outage.opened", where=row.name, cause=row.cause, since_at=row.opened_at.isoformat())
        return row

    def refusal_to_act(self) -> str | None:
        """Why whoever acts may not answer for it: it is about customers of companies they do not see."""
        return OF_ALL if self.company_id == TODAS and who().company_id != TODAS else None

    def refusal_to_change(self) -> str | None:
        return self.refusal_to_act() or (None if self.is_open else f"A {self.label} já foi encerrada.")

    def change(self, version: int | None = None, **typed: Any) -> None:
        """New values of CHANGEABLE; the rest stays. Raises Refused with the fields at fault, Stale."""
        self.require_version(version)
        require(self.refusal_to_change())
        new = {name: typed.get(name, getattr(self, name)) for name in CHANGEABLE}
        new |= {"cause": tidy(new["cause"]), "told": tidy_lines(new["told"])}
        # Forms write minutes: one that stayed as it was did not change.
        changed = [name for name in CHANGEABLE if not _same(new[name], getattr(self, name))]
        new |= {name: getattr(self, name) for name in CHANGEABLE if name not in changed}
        if errors := outage_errors(new, clock.now(), changed):
            raise Refused(errors=errors)
        if not changed:
            return
        before = {name: _plain(getattr(self, name)) for name in changed}
        self.take(None, **{name: new[name] for name in changed})
        after = {name: _plain(new[name]) for name in changed}
        self.record("outage.changed", changes=", ".join(map(self._said, changed)), before=before, after=after)

    def _said(self, name: str) -> str:
        """A change in words; of the forecast with what it is now, for that is what people ask."""
        if name != "forecast":
            return CHANGEABLE[name]
        return f"previsão de volta, agora {moment(self.forecast, self.zone)}" if self.forecast else "tirou a previsão"

    def refusal_to_close(self) -> str | None:
        return self.refusal_to_change()

    def close(self, at: datetime | None = None, version: int | None = None) -> None:
        """It is back, since now or since `at`. Raises Refused when it was told already, Stale."""
        self.require_version(version)
        require(self.refusal_to_close())
        now = clock.now()
        at = at or max(now, self.opened_at)
        at = self.opened_at if _in_same_minute(at, self.opened_at) else at
        if at > now:
            raise Refused("Esta hora ainda não chegou. Escreva quando a internet voltou.", field="closed_at")
        if at < self.opened_at:
            stopped = near(self.opened_at, self.zone)
            raise Refused(f"Parou {stopped}. Escreva uma hora depois dessa.", field="closed_at")
        self.take(None, closed_at=at)
        self.record("outage.closed", back_at=at.isoformat())

    def refusal_to_cancel(self) -> str | None:
        return self.refusal_to_act() or (None if self.is_open else NOTED_BY_MISTAKE)

    def cancel(self, reason: str, version: int | None = None) -> None:
        """Nothing had stopped: it was noted by mistake. Raises Refused, also without a reason, Stale."""
        self.require_version(version)
        require(self.refusal_to_cancel())
        words = tidy(reason)
        if not words:
            raise Refused("Escreva o motivo. Exemplo: o concentrador só reiniciou.", field="reason")
        self.take(None, closed_at=max(clock.now(), self.opened_at), cancelled=words[:300])
        self.record("outage.cancelled", reason=words[:300])

    def record(self, action: str, **data: Any) -> None:
        track(action, self, company_id=self.company_id, **data)


def is_any_open() -> bool:
    """Is anything down that whoever acts sees?"""
    return db.session.scalar(select(Outage.id).where(Outage.closed_at.is_(None)).limit(1)) is not None


def outages_of(
    *which: ColumnElement[bool], ended_after: datetime | None = None
) -> list[tuple[Outage, tuple[int, ...]]]:
    """The open outages that touch the Services of some conditions, with the services, what stopped first on top.

    `ended_after`: those that ended since then as well, unless they were noted by mistake. Two questions at most.
    """
    told: ColumnElement[bool] = Outage.closed_at.is_(None)
    if ended_after is not None:
        told = or_(told, (Outage.closed_at >= ended_after) & (Outage.cancelled == ""))
    rows = {row.id: row for row in db.session.scalars(select(Outage).where(told).order_by(Outage.opened_at, Outage.id))}
    found: Sequence[Touch] = touching([(id, row.where) for id, row in rows.items()], *which)
    return [(rows[touch.outage_id], touch.service_ids) for touch in found]


def outage_errors(new: dict[str, Any], now: datetime, changed: Sequence[str] = tuple(CHANGEABLE)) -> dict[str, str]:
    """What is missing or refused, by field; what did not change is not asked about again."""
    errors: dict[str, str] = {}
    since, forecast = new["opened_at"], new["forecast"]
    if not new["cause"]:
        errors["cause"] = "Escreva a causa da parada."
    elif len(new["cause"]) > 200:
        errors["cause"] = "Escreva a causa em até 200 letras."
    if not new["told"]:
        errors["told"] = "Escreva o que o cliente lê na Central."
    elif len(new["told"]) > MOST_TOLD:
        errors["told"] = f"Escreva no máximo {MOST_TOLD} letras. Este texto tem {len(new['told'])}."
    if since is None:
        errors["opened_at"] = "Escreva quando parou."
    elif since > now:
        errors["opened_at"] = "Esta hora ainda não chegou. Escreva quando parou."
    elif "opened_at" in changed and since < now - EARLIEST:
        errors["opened_at"] = f"Confira o dia: passa de {counted(EARLIEST.days, 'dia')} atrás."
    if forecast is not None and "forecast" in changed:
        if forecast <= now:
            errors["forecast"] = "A previsão já passou. Escolha uma hora mais adiante."
        elif forecast > now + LATEST:
            errors["forecast"] = f"Confira o dia: passa de {counted(LATEST.days, 'dia')}."
    return errors


def _open_at(place: Place) -> Outage | None:
    """One that is open at a place for customers that this one would be about too."""
    rows = select(Outage).where(Outage.place == place.key, Outage.closed_at.is_(None))
    if place.company_id != TODAS:
        rows = rows.where(Outage.company_id.in_((TODAS, place.company_id)))
    return db.session.scalars(rows.limit(1)).first()


def _same(new: object, old: object) -> bool:
    return new == old or _in_same_minute(new, old)


def _in_same_minute(one: object, other: object) -> bool:
    if not isinstance(one, datetime) or not isinstance(other, datetime):
        return False
    return one.replace(second=0) == other.replace(second=0)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
