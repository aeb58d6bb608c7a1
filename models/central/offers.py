"""The offers anybody may read: those in force, and for three years those that ended (B-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models import clock
from models.base import db
from models.catalog import ITEM_KINDS, TECHNOLOGIES, Offer
from models.catalog.offer import INDEXES, public_since
from models.desk.signs import SumLine
from models.operators import Company
from models.operators.company import first_company
from models.scope import TODAS
from models.wording import brl, counted, day, listed, speed, speeds, tax_id

ANYBODY = "offers are public: nobody acts here"


@dataclass(frozen=True)
class PublicOffer:
    """An offer as the public reads it, with the company that sells it."""

    offer: Offer
    company: Company

    @property
    def speed(self) -> str:
        """'500 Mbps, 250 de envio'; of a telephone what it brings. Empty where there is nothing to say."""
        offer = self.offer
        if offer.download_mbps:
            return speeds(offer.download_mbps, offer.upload_mbps)
        extensions = counted(offer.extensions, "ramal", "ramais") if offer.extensions else ""
        channels = counted(offer.outbound_channels, "canal", "canais") if offer.outbound_channels else ""
        return listed([part for part in (extensions, channels and f"{channels} de saída") if part])

    @property
    def days(self) -> str:
        """When it is or was sold."""
        since, until = day(self.offer.valid_from), self.offer.ended_on
        return f"de {since} a {day(until)}" if until else f"desde {since}"

    @property
    def seller(self) -> str:
        """Who sells it, as the law wants to know: name and CNPJ."""
        named = self.company.legal_name or self.company.name
        return f"{named}, CNPJ {tax_id(self.company.cnpj)}" if self.company.cnpj else named

    @property
    def label(self) -> list[tuple[str, str]]:
        """The fields of the label, in its order: what it is, what it costs, for how long."""
        offer = self.offer
        months = counted(offer.readjust_months, "mês", "meses")
        kind = "Telefone" if offer.is_phone else f"Internet, {TECHNOLOGIES[offer.technology].lower()}"
        return [
            ("Código", offer.code),
            ("Prestadora", self.seller),
            ("Serviço", kind),
            ("Recebe até", speed(offer.download_mbps) if offer.download_mbps else ""),
            ("Envia até", speed(offer.upload_mbps) if offer.upload_mbps else ""),
            ("Inclui", self.speed if offer.is_phone else ""),
            ("Taxa de instalação", self._fee),
            ("Prazo do contrato", "Indeterminado: vale até o cancelamento"),
            ("Fidelidade", counted(offer.loyalty_months, "mês", "meses") if offer.loyalty_months else "Sem fidelidade"),
            ("Benefício da fidelidade", self._benefit),
            ("Reajuste", f"Pelo {INDEXES[offer.readjust_index]}, a cada {months}"),
            ("Data-base", f"O dia da assinatura: o primeiro reajuste vem depois de {months}"),
            ("Vendida" if offer.ended_on else "À venda", self.days),
        ]

    @property
    def lines(self) -> list[SumLine]:
        """What the price is made of, a month."""
        return [SumLine(_named(kind, name), cents) for kind, name, cents in self.offer.items]

    @property
    def _fee(self) -> str:
        cents = self.offer.installation_fee_cents
        return "Combinada na venda" if cents is None else brl(cents) if cents else "Sem taxa"

    @property
    def _benefit(self) -> str:
        offer = self.offer
        worth = f", no valor de {brl(offer.benefit_cents)}" if offer.benefit_cents else ""
        return f"{offer.benefit}{worth}" if offer.loyalty_months else ""


@dataclass(frozen=True)
class Shelf:
    """The offers of a company: on sale by price, ended ones the last ended first."""

    company: Company
    on_sale: list[PublicOffer]
    ended: list[PublicOffer]


def shelves() -> list[Shelf]:
    """Company by company, without those that have nothing to show. What belongs to TODAS is sold by each in use."""
    companies = {row.id: row for row in db.session.scalars(select(Company).order_by(Company.id))}
    days = {id: clock.today(company.zone) for id, company in companies.items()}
    rows = select(Offer).execution_options(every_company=ANYBODY)
    oldest = min(public_since(on) for on in days.values())
    rows = rows.where(Offer.ended_on.is_(None) | (Offer.ended_on >= oldest))
    public = [row for row in db.session.scalars(rows) if row.is_public(days[row.company_id])]
    sellers = [row for row in companies.values() if row.id != TODAS]
    shelves = [_shelf(company, public) for company in sellers]
    return [shelf for shelf in shelves if shelf.on_sale or shelf.ended]


def public_offer(code: str) -> PublicOffer | None:
    """The offer of a code, however it was typed; None when there is none, or it is public no more."""
    wanted = select(Offer).where(Offer.code == code.strip().upper()).execution_options(every_company=ANYBODY)
    offer = db.session.scalars(wanted).first()
    if offer is None:
        return None
    own = db.session.get_one(Company, offer.company_id)
    if not offer.is_public(clock.today(own.zone)):
        return None
    return PublicOffer(offer, own if own.id != TODAS else first_company())


def _shelf(company: Company, public: list[Offer]) -> Shelf:
    of_all = (TODAS,) if company.inactive_since is None else ()
    mine = [PublicOffer(row, company) for row in public if row.company_id in (company.id, *of_all)]
    on_sale = [row for row in mine if row.offer.ended_on is None]
    ended = [row for row in mine if row.offer.ended_on is not None]
    on_sale.sort(key=lambda row: (row.offer.is_phone, row.offer.price_cents, row.offer.name))
    ended.sort(key=lambda row: (row.offer.ended_on or date.max, row.offer.id), reverse=True)
    return Shelf(company, on_sale, ended)


def _named(kind: str, name: str) -> str:
    """'Internet (SCM)', its kind named once."""
    said = ITEM_KINDS[kind]
    return name if said in name else f"{name} ({said})"
