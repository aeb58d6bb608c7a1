"""An app of codes on a phone, as a test holds one."""

from __future__ import annotations

import pyotp

from models import clock
from models.operators import Operator, SecondFactor
from models.operators.second_factor import STEP, begin, confirm


class Phone:
    def __init__(self, secret: str) -> None:
        self.app = pyotp.TOTP(secret.replace(" ", ""))

    def code(self, steps: int = 0) -> str:
        """What it shows now, or showed or will show so many steps from now."""
        return self.app.generate_otp(int(clock.now().timestamp()) // STEP + steps)


def enrolled(operator: Operator) -> tuple[Phone, list[str]]:
    """The operator with a second factor: the phone, and the recovery codes. Somebody must be acting."""
    begin(operator)
    factor = SecondFactor.of(operator)
    assert factor
    phone = Phone(factor.shown or "")
    return phone, confirm(operator, phone.code(-1))
