"""The report of one cash desk on A4 (B-17)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import CashDesk
from models.billing.cash_report import desk_page
from models.documents import Document, printed, shown
from models.documents.document import fingerprint
from models.papers.parties import company_facts
from models.wording import brl, moment


def print_cash_desk(desk: CashDesk) -> Document:
    """The PDF of a desk as it stands: the one of before while nothing changed."""
    values = cash_desk_paper(desk)
    mine = select(Document).where(Document.of(desk), Document.values_hash == fingerprint(values))
    last = db.session.scalars(mine.order_by(Document.id.desc()).limit(1)).first()
    return printed(
        last,
        values,
        lambda: Document.issue("cash_desk", desk, values["title"], values),
        lambda: show_cash_desk(desk),
    )


def show_cash_desk(desk: CashDesk) -> None:
    """Track that whoever acts is shown a report."""
    shown(desk, "cash_desk.printed", desk.record, number=desk.id)


def cash_desk_paper(desk: CashDesk) -> dict[str, Any]:
    """The values of a report, JSON-plain."""
    page = desk_page(desk)
    zone = page.company.zone
    counted = []
    if desk.counted_cents is not None:
        counted = [["Contado", brl(desk.counted_cents)], ["Diferença", desk.difference_words]]
    return {
        "title": f"Caixa {desk.id}",
        "company": company_facts(desk.company_id),
        "operator": desk.operator_name,
        "opened": moment(desk.opened_at, zone),
        "closed": f"Fechado em {moment(desk.closed_at, zone)}, por {desk.closed_by}." if desk.closed_at else "Aberto.",
        "drawer": [[label, brl(cents)] for label, cents in page.drawer],
        "expected": brl(desk.cash_cents),
        "counted": counted,
        "reason": desk.closing_reason,
        "means": [
            [one.label, str(one.receipts), brl(one.received_cents), brl(one.reversed_cents), brl(one.cents)]
            for one in page.by_means
        ],
        "movements": [
            [
                f"{clock.local(one.entry.created_at, zone):%d/%m %H:%M}",
                one.kind,
                ". ".join(filter(None, [one.about, one.entry.reason])),
                one.with_,
                brl(one.entry.amount_cents),
            ]
            for one in page.movements
        ],
    }
