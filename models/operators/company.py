"""A company of the provider. Row 0 is TODAS: whoever stands there belongs to every company."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import CheckConstraint, ColumnElement, String, select
from sqlalchemy.orm import Mapped, mapped_column
from validate_docbr import CNPJ

from models import clock
from models.banking import has_letters
from models.base import KEPT_IDS, Base, Id, db, lock
from models.operators.catalogue_row import CatalogueRow, chosen
from models.refused import Refused, require
from models.scope import TODAS, who

# How a subscriber enters the Central (D-11).
ENTRIES = {
    "cpf_only": "Somente CPF ou CNPJ",
    "cpf_birth": "CPF e nascimento, ou CNPJ e celular",
    "cpf_code": "CPF ou CNPJ, e código por e-mail",
    "cpf_password": "CPF ou CNPJ, e senha",
}
BASES = {"30": "30 dias", "calendar": "Mês calendário"}  # what a day of pro-rata is a part of (D-05)
LATE_FROM = {"business_day": "Do dia útil até o qual se paga sem encargos", "due_date": "Do vencimento impresso"}
# Field: least, most, and the sentence of the law or of the house. Percentages are hundredths of a percent.
LIMITS = {
    "fine_bp": (0, 200, "A multa vai de 0 a 2,00 % (Código de Defesa do Consumidor, art. 52, § 1º)."),
    "interest_bp": (0, 100, "Os juros de mora vão de 0 a 1,00 % ao mês (Código Civil, art. 406)."),
    "issue_lead_days": (5, 60, "A fatura chega ao menos 5 dias antes do vencimento (Anatel). Escreva de 5 a 60 dias."),
    "carne_most": (1, 60, "Escreva de 1 a 60 parcelas."),
    "commission_bp": (0, 30_000, "A comissão vai de 0 a 300,00 % da mensalidade."),
}
EARLIEST, FARTHEST = 2000, timedelta(days=730)  # from when the house may charge
HEX = "0123456789abcdefABCDEF"
BRAND = "#0b5f66"  # the colour of a company that chose none
ZONES = {
    "America/Noronha": "Fernando de Noronha (UTC−2)",
    "America/Sao_Paulo": "Brasília (UTC−3)",
    "America/Manaus": "Manaus, Cuiabá, Porto Velho (UTC−4)",
    "America/Rio_Branco": "Rio Branco (UTC−5)",
}


Asked = Callable[["Company", str, bool], str | None]
_accounts_say: list[Asked] = []


def asks_accounts(refusal: Asked) -> Asked:
    """Have `refusal` asked whether a company may be paid with a CNPJ; what it is paid to stands above it.

    Called with the company, the CNPJ, and whether what is paid to TODAS is, or becomes, its own.
    """
    _accounts_say.append(refusal)
    return refusal


Lacked = Callable[["Company"], dict[str, str]]
_contracts_say: list[Lacked] = []


def asks_contracts(errors: Lacked) -> Lacked:
    """Have `errors` asked which columns of a company its contracts would lack; what is printed stands above it."""
    _contracts_say.append(errors)
    return errors


class Brand(NamedTuple):
    """What of a company stands on every page of its doors."""

    name: str
    phone: str
    whatsapp: str
    colour: str


class Company(CatalogueRow, Base):
    __tablename__ = "company"
    kind: ClassVar[str] = "a empresa"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80), unique=True, info={"title": "nome"})
    legal_name: Mapped[str] = mapped_column(String(120), default="", info={"title": "razão social"})
    cnpj: Mapped[str] = mapped_column(String(14), default="", info={"title": "CNPJ"})
    address: Mapped[str] = mapped_column(String(200), default="", info={"title": "endereço"})
    phone: Mapped[str] = mapped_column(String(20), default="", info={"title": "telefone"})
    whatsapp: Mapped[str] = mapped_column(String(20), default="", info={"title": "WhatsApp"})
    site: Mapped[str] = mapped_column(String(80), default="", info={"title": "site"})
    brand: Mapped[str] = mapped_column(String(7), default=BRAND, info={"title": "cor da marca"})
    zone: Mapped[str] = mapped_column(String(40), default=clock.ZONE, info={"title": "fuso horário"})
    due_days: Mapped[str] = mapped_column(String(90), default="5,10,15,20,25", info={"title": "dias de vencimento"})
    proration_base: Mapped[str] = mapped_column(String(10), default="30", info={"title": "base do pro-rata"})
    portal_entry: Mapped[str] = mapped_column(String(20), default="", info={"title": "entrada na Central"})
    portal_trust_unlock: Mapped[bool] = mapped_column(default=False, info={"title": "desbloqueio na Central"})
    fine_bp: Mapped[int] = mapped_column(default=200, info={"title": "multa"})  # hundredths of a percent
    interest_bp: Mapped[int] = mapped_column(default=100, info={"title": "juros ao mês"})
    late_from: Mapped[str] = mapped_column(String(12), default="business_day", info={"title": "atraso conta de"})
    issue_lead_days: Mapped[int] = mapped_column(default=10, info={"title": "dias antes do vencimento"})
    bills_from: Mapped[date | None] = mapped_column(info={"title": "fatura a partir de"})
    carne_most: Mapped[int] = mapped_column(default=24, info={"title": "máximo de parcelas"})
    commission_bp: Mapped[int] = mapped_column(default=0, info={"title": "comissão"})
    mails_invoices: Mapped[bool] = mapped_column(default=True, info={"title": "faturas por e-mail"})
    cash_needs_desk: Mapped[bool] = mapped_column(default=False, info={"title": "exige caixa aberto"})
    trust_max_days: Mapped[int | None] = mapped_column(info={"title": "máximo de dias da equipe"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        # Said with what both databases know: GLOB is SQLite's alone and ~ PostgreSQL's.
        CheckConstraint(f"brand like '#______' and ltrim(substr(brand, 2), '{HEX}') = ''", name="brand"),
        CheckConstraint("proration_base in ('30','calendar')", name="proration_base"),
        CheckConstraint("portal_entry in ('','cpf_only','cpf_birth','cpf_code','cpf_password')", name="portal_entry"),
        CheckConstraint("trust_max_days > 0", name="trust_max_days"),
        CheckConstraint("fine_bp between 0 and 200", name="fine_bp"),
        CheckConstraint("interest_bp between 0 and 100", name="interest_bp"),
        CheckConstraint("late_from in ('business_day','due_date')", name="late_from"),
        CheckConstraint("issue_lead_days between 5 and 60", name="issue_lead_days"),
        CheckConstraint("carne_most between 1 and 60", name="carne_most"),
        CheckConstraint("commission_bp between 0 and 30000", name="commission_bp"),
        KEPT_IDS,
    )

    @property
    def days(self) -> list[int]:
        """The due days a customer may choose."""
        return [int(day) for day in self.due_days.split(",")]

    @classmethod
    def seen(cls, looking: int | None = None) -> list[ColumnElement[bool]]:
        """Conditions of the companies that somebody working in `looking` sees; without it, whoever acts."""
        mine = who().company_id if looking is None else looking
        return [] if mine == TODAS else [cls.id == mine]

    def refusal_to_change(self) -> str | None:
        mine = who().company_id
        if mine == TODAS or (self.id is not None and mine == self.id):
            return None
        return "Você trabalha em uma só empresa. Para alterar as outras, troque para TODAS no menu do seu nome."

    def refusal_to_retire(self) -> str | None:
        if self.id == TODAS:
            return "TODAS reúne as outras empresas e não sai de uso."
        following = first_company(but=self.id)
        if first_company().id != self.id or following.id == TODAS:
            return None
        return following._refusal_to_be_paid(following.cnpj, of_all=True)  # it takes the place of this one

    def create(self) -> None:
        """As any row of a catalogue. Raises Refused when it lacks what the contract of a plan of TODAS names (B-19)."""
        super().create()
        self._require_of_contracts()

    def change(self, version: int | None = None, **values: Any) -> None:
        """As any row of a catalogue. Raises Refused when a contract would lose a value its text names (B-19)."""
        lock(self)
        lacked = self._lacked()
        super().change(version, **values)
        self._require_of_contracts(lacked)

    def restore(self) -> None:
        """As any row of a catalogue. Raises Refused when what is paid to TODAS would be paid to it and cannot, or when
        it lacks what the contract of a plan of TODAS names (B-19).
        """
        first = first_company()
        if first.id == TODAS or self.id < first.id:
            require(self._refusal_to_be_paid(self.cnpj, of_all=True))
        require(next(iter(self._lacked().values()), None))
        super().restore()

    def _require_of_contracts(self, before: Container[str] = ()) -> None:
        """Raises Refused for what contracts name and this company does not say; what it lacked `before` is no news."""
        if errors := {column: why for column, why in self._lacked().items() if column not in before}:
            raise Refused(errors=errors)

    def _lacked(self) -> dict[str, str]:
        return {column: why for say in _contracts_say for column, why in say(self).items()}

    def _refusal_to_be_paid(self, cnpj: str, *, of_all: bool) -> str | None:
        return next(filter(None, (say(self, cnpj, of_all) for say in _accounts_say)), None)

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        """CNPJ and telephones bare; due days in order, once each."""
        tidy = dict(values)
        if "cnpj" in tidy:
            tidy["cnpj"] = re.sub(r"[^0-9A-Z]", "", (tidy["cnpj"] or "").upper())
        for field in ("phone", "whatsapp"):
            if field in tidy:
                tidy[field] = re.sub(r"\D", "", tidy[field] or "")
        if (days := _days(tidy.get("due_days", ""))) is not None:
            tidy["due_days"] = ",".join(str(day) for day in sorted(set(days)))
        return tidy

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        """TODAS keeps its name, and no CNPJ is asked of it (X-01)."""
        errors = super().errors(new) | _number_errors(new)
        if self.id == TODAS and new.get("name") != self.name:
            errors["name"] = "TODAS reúne as outras empresas e não muda de nome."
        if self.id != TODAS and not new.get("cnpj"):
            errors["cnpj"] = "Escreva o CNPJ da empresa."
        elif self.id != TODAS and not CNPJ().validate(new["cnpj"]):
            errors["cnpj"] = "Este CNPJ não confere. Leia de novo os 14 caracteres."
        elif self.id != TODAS and (self.id is None or new["cnpj"] != self.cnpj):
            first = first_company()
            if refusal := self._refusal_to_be_paid(new["cnpj"], of_all=first.id in (TODAS, self.id)):
                errors["cnpj"] = refusal
        errors |= _name_errors(new) | _start_errors(new.get("bills_from"))
        errors |= chosen("proration_base", new.get("proration_base", "30"), BASES, "Escolha a base do pro-rata.")
        errors |= chosen("zone", new.get("zone", clock.ZONE), ZONES, "Escolha o fuso horário.")
        sentence = "Diga desde quando o atraso conta."
        errors |= chosen("late_from", new.get("late_from", "business_day"), LATE_FROM, sentence)
        if refusal := refusal_to_brand(new.get("brand", BRAND)):
            errors["brand"] = refusal
        entries = ("", *ENTRIES)
        return errors | chosen("portal_entry", new.get("portal_entry", ""), entries, "Escolha a entrada na Central.")


def refusal_to_brand(colour: str) -> str | None:
    """Why this is no colour of a brand; the colours of both themes are derived from it."""
    if re.fullmatch(f"#[{HEX}]{{6}}", colour):
        return None
    return "Escreva a cor como #0b5f66: # e seis letras ou números."


def _name_errors(new: dict[str, Any]) -> dict[str, str]:
    """Boletos and Pix are written in plain letters: a name of other signs alone would be empty there."""
    sentence = "Escreva o nome com letras de A a Z: é assim que o boleto e o Pix o mostram."
    return {name: sentence for name in ("name", "legal_name") if new.get(name) and not has_letters(new[name])}


def _start_errors(on: date | None) -> dict[str, str]:
    """A day so far away that nobody would be charged is a slip of the keyboard."""
    if on is None or (on.year >= EARLIEST and on <= clock.today() + FARTHEST):
        return {}
    return {"bills_from": f"Confira o ano: a data vai de {EARLIEST} a dois anos de hoje."}


def _number_errors(new: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if _days(new.get("due_days", "5")) is None:
        errors["due_days"] = "Escreva os dias separados por vírgula, de 1 a 31. Exemplo: 5, 10, 15"
    for field in ("phone", "whatsapp"):
        if new.get(field) and len(new[field]) not in (10, 11):
            errors[field] = "Escreva o número com DDD, ou 0800: 10 ou 11 números."
    most = new.get("trust_max_days")
    if most is not None and not (isinstance(most, int) and 0 < most < 366):
        errors["trust_max_days"] = "Escreva de 1 a 365 dias, ou deixe vazio para não limitar."
    for field, (least, most, sentence) in LIMITS.items():
        value = new.get(field, least)
        if not (isinstance(value, int) and least <= value <= most):
            errors[field] = sentence
    return errors


def _days(typed: str | None) -> list[int] | None:
    """The days somebody typed; None when they are not days 1 to 31."""
    parts = [part.strip() for part in (typed or "").replace(";", ",").split(",") if part.strip()]
    good = parts and all(re.fullmatch(r"\d{1,2}", part) and 1 <= int(part) <= 31 for part in parts)
    return [int(part) for part in parts] if good else None


def company_of(row: Any) -> Company:
    """The company a row belongs to."""
    return company_by_id(row.company_id)


def company_by_id(id: int) -> Company:
    """A company, asked for once in a session: the session forgets rows that nobody holds, this one is held in it."""
    row = db.session.get_one(Company, id)
    db.session.info.setdefault("companies", set()).add(row)
    return row


def zone_of(row: Any) -> str:
    """The zone in which the days and hours of a row are counted: that of its company, whoever handles it (B.14)."""
    return company_of(row).zone


def zone_by_id(company_id: int) -> str:
    """The same, of a company known by its number."""
    return company_by_id(company_id).zone


def today_of(row: Any) -> date:
    """The day it is where a row belongs."""
    return clock.today(zone_of(row))


def zones() -> list[tuple[int, str]]:
    """Number and zone of every company, for a question over the rows of several."""
    return [(row.id, row.zone) for row in db.session.execute(select(Company.id, Company.zone).order_by(Company.id))]


def first_company(but: int = TODAS) -> Company:
    """The company whose name and colour stand on pages nobody has signed in to, and that is paid for TODAS.

    `but`: as if this one were out of use.
    """
    real = select(Company).where(Company.id.not_in((TODAS, but)), Company.inactive_since.is_(None)).order_by(Company.id)
    return db.session.scalars(real.limit(1)).first() or db.session.get_one(Company, TODAS)


def colours() -> set[str]:
    """The brands of the companies: the style sheets somebody may ask for."""
    return {brand.lower() for brand in db.session.scalars(select(Company.brand))}
