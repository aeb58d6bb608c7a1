"""What a bank says happened to a title, by bank and layout: the same number means opposite things at others.

Only what moves money or ends a title without doubt has a word of its own; everything else is "other" and
waits for a person. Paid codes of other banks (payment at a registry office, by instalments) are among those.
"""

from typing import Literal

Outcome = Literal["registered", "rejected", "paid", "closed", "other"]

USUAL: dict[str, Outcome] = {"02": "registered", "03": "rejected", "06": "paid", "09": "closed"}
CNAB240: dict[str, Outcome] = {**USUAL, "17": "paid"}  # 17: paid after it was closed, or never registered
CNAB400: dict[str, dict[str, Outcome]] = {
    "341": {**USUAL, "10": "paid"},  # 10: closed because the Pix of the boleto was paid
    "104": {
        "01": "registered", "02": "closed", "21": "paid", "22": "paid", "23": "closed", "24": "closed",
        "25": "closed", "99": "rejected",
    },
    "077": {"02": "registered", "03": "rejected", "06": "paid", "07": "closed"},
}  # fmt: skip


def outcome(bank: str, layout: int, code: str) -> Outcome:
    """The word for a code of this bank in a layout of 240 or 400 positions."""
    words = CNAB240 if layout == 240 else CNAB400.get(bank, USUAL)
    return words.get(code, "other")
