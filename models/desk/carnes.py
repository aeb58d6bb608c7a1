"""Menu Carnês: the booklets of a customer and the services that may have one, in a fixed number of queries (C-43)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select

from models.base import db
from models.billing import CARNE_STATUSES, Carne, Invoice
from models.billing.carne_plan import CarnePlan
from models.desk.signs import LATE, MONEY_SIGNS, Sign, SumLine
from models.pricing import Part
from models.services import BILLING_TYPES, Service
from models.wording import brl, brl_fine, counted, day

CARNE_SIGNS = {
    "paid": Sign(CARNE_STATUSES["paid"], "ok"),
    "cancelled": Sign(CARNE_STATUSES["cancelled"], "neu", "ban"),
}


class CarneRow(NamedTuple):
    """A carnê with its service and where its instalments stand."""

    carne: Carne
    plan_name: str
    invoices: int
    paid: int
    payable: int
    payable_cents: int
    next_due_on: date | None

    @property
    def refusal_to_print(self) -> str | None:
        return self.carne.refusal_to_print(self.payable > 0)

    @property
    def sign(self) -> Sign:
        if self.carne.status != "open":
            return CARNE_SIGNS[self.carne.status]
        return Sign("Em aberto") if self.payable else Sign("Nada em aberto", "ok")


class Instalment(NamedTuple):
    invoice: Invoice
    today: date

    @property
    def paid(self) -> bool:
        return self.invoice.status == "paid"

    @property
    def sign(self) -> Sign:
        late = self.invoice.status == "open" and self.invoice.due_on < self.today
        return LATE if late else MONEY_SIGNS[self.invoice.status]


def carnes_of(person_id: int) -> list[CarneRow]:
    """Each carnê, the newest first."""
    mine = carne_rows().where(Carne.person_id == person_id)
    return [CarneRow._make(row) for row in db.session.execute(mine.order_by(Carne.id.desc()))]


def carne_rows() -> Select[*tuple[Any, ...]]:
    """The columns of CarneRow, of every carnê."""
    payable = (Invoice.status == "open") & (Invoice.paid_cents == 0)
    return (
        select(
            Carne,
            Service.plan_name,
            func.count(Invoice.id).label("invoices"),
            func.sum(case((Invoice.status == "paid", 1), else_=0)).label("paid"),
            func.sum(case((payable, 1), else_=0)).label("payable"),
            func.sum(case((payable, Invoice.total_cents), else_=0)).label("payable_cents"),
            func.min(case((Invoice.status == "open", Invoice.due_on))).label("next_due_on"),
        )
        .join(Service, Service.id == Carne.service_id)
        .outerjoin(Invoice, Invoice.carne_id == Carne.id)
        .group_by(Carne.id, Service.id)
    )


def services_for_carne(person_id: int) -> list[Service]:
    """The services that are not cancelled; which of them may have a carnê is a rule of its own (C-38)."""
    mine = select(Service).where(Service.person_id == person_id, Service.status != "cancelled")
    return list(db.session.scalars(mine.order_by(Service.uses_carne.desc(), Service.id)))


def terms_of(service: Service) -> str:
    """How a service is charged: 'Antecipado, R$ 99,90 por mês, dia 10'."""
    return f"{BILLING_TYPES[service.billing_type]}, {brl(service.price_cents)} por mês, dia {service.due_day}"


def lines_of(parts: Sequence[Part]) -> list[SumLine]:
    """The parts of a charge, days of use with their arithmetic."""
    found = []
    for part in parts:
        days, sum = f"{day(part.period.from_)} a {day(part.period.to)}", part.formula
        if sum:
            formula = f"{brl(sum.fee_cents)} × {sum.days} ÷ {sum.divisor}, {brl_fine(sum.daily_hundredths)} por dia"
            found.append(SumLine(f"{counted(part.period.days, 'dia')} de uso, {days}", part.cents, formula))
        else:
            use = f"{counted(part.period.days, 'dia')} de uso, resto da mensalidade" if part.rest else "Mensalidade"
            found.append(SumLine(f"{use}, {days}", part.cents))
    return found


def sums_of(plan: CarnePlan) -> list[SumLine]:
    """What a carnê would cost: the first instalment part by part, then together those that cost the same."""
    found = lines_of(plan.first.parts)
    for cents, same in groupby(plan.installments[1:], key=lambda each: each.total_cents):
        others = list(same)
        when = f"{day(others[0].due)} a {day(others[-1].due)}"
        found.append(SumLine(f"Mais {len(others)} de {brl(cents)}", cents * len(others), when))
    return found


def end_of(carne: Carne) -> tuple[str, str, str] | None:
    """What the page of a carnê that ended says of it: tone, sentence, icon; None while it is open."""
    if carne.status == "cancelled":
        return "neu", "Este carnê está cancelado. O que foi pago continua abaixo.", "ban"
    if carne.status == "paid":
        return "ok", "Este carnê está quitado. Para os próximos meses, gere outro.", "circle-check"
    return None


def loss_of(carne: Carne) -> str:
    """What cancelling a carnê does to its instalments, in words."""
    invoices = carne.invoices()
    unpaid = [invoice for invoice in invoices if invoice.status == "open"]
    paid = sum(invoice.status == "paid" for invoice in invoices)
    lost = "Não há parcela em aberto."
    if unpaid:
        many = "1 parcela em aberto deixa" if len(unpaid) == 1 else f"{len(unpaid)} parcelas em aberto deixam"
        lost = f"{many} de valer: {brl(sum(invoice.total_cents for invoice in unpaid))}."
    kept = "Nenhuma foi paga." if not paid else "A que foi paga fica como está."
    kept = kept if paid < 2 else f"As {paid} pagas ficam como estão."
    after = "O serviço continua com carnê e sem fatura até alguém gerar outro ou alterar a cobrança dele."
    return f"{lost} {kept} {after}" if db.session.get_one(Service, carne.service_id).uses_carne else f"{lost} {kept}"
