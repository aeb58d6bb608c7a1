"""The fields of money handed over the counter, and the cash desk it will stand on."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField

from models.billing import PAID_WITH, CashDesk, Handed
from models.operators import Company
from web.forms import DayField, Form, MoneyField, whole


class Handing(Form):
    paid_on = DayField("Recebido em")
    paid_with = SelectField("Pago com", choices=list(PAID_WITH.items()), validate_choice=False)
    given_cents = MoneyField("Entregue pelo cliente")
    desk_id = HiddenField()

    @property
    def handed(self) -> Handed:
        return Handed(self.paid_with.data or "", self.given_cents.data, whole(self.desk_id.data))


def standing(company: Company) -> dict[str, Any]:
    """For the page: the desk the receipt will stand on, and whether cash needs one."""
    desk = CashDesk.mine(company.id)
    return {"desk": desk, "needs_desk": desk is None and company.cash_needs_desk}
