"""The two forms that end a negotiation, on pages of their own and beside the queue (U-10, U-34)."""

from __future__ import annotations

from models.operators import today_of
from models.telephony import UpgradeRequest
from staff.telephony.loading import edits
from web.forms import DayField, Form, MoneyField, text


class Agreeing(Form):
    agreed_with = text("Com quem combinou", 80)
    agreed_cents = MoneyField("Preço de cada um")
    agreed_on = DayField("Combinado em")


class Disagreeing(Form):
    reason = text("Motivo", 200)


def agreeing(row: UpgradeRequest) -> Agreeing:
    """As it is stored; today is proposed."""
    known = {"agreed_with": row.agreed_with, "agreed_cents": row.agreed_cents}
    form = Agreeing(data={**known, "agreed_on": row.agreed_on or today_of(row)})
    return edits(_titled(form, row), row)


def agreed(row: UpgradeRequest) -> Agreeing:
    """As it was posted."""
    return edits(_titled(Agreeing(), row), row)


def disagreeing(row: UpgradeRequest) -> Disagreeing:
    return edits(Disagreeing(), row)


def _titled(form: Agreeing, row: UpgradeRequest) -> Agreeing:
    of = {"extension": "por ramal", "line": "da linha", "outbound_channel": "por canal", "module": "por módulo"}
    form.agreed_cents.label.text = f"Preço {of[row.kind]}, ao mês"
    return form
