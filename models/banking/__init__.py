"""Arithmetic of payments without tables: boleto, BR Code of Pix, business days of banks, fine and interest.

Nothing here reads the clock, a row or a file: days and amounts come in as arguments.
"""

from models.banking.banks import BANKS, Bank, bank
from models.banking.boleto import Boleto, Reading, barcode, boleto, line, read
from models.banking.business_days import (
    bank_holidays,
    business_day,
    is_business_day,
    last_late_due,
    last_payable_day,
    late_since,
)
from models.banking.fator import due_date, fator
from models.banking.late_fees import AmountDue, LateTerms, amount_due, part_paid
from models.banking.pix import crc16, dynamic_code, has_letters, read_code, refusal_to_txid, static_code

__all__ = [
    "BANKS",
    "AmountDue",
    "Bank",
    "Boleto",
    "LateTerms",
    "Reading",
    "amount_due",
    "bank",
    "bank_holidays",
    "barcode",
    "boleto",
    "business_day",
    "crc16",
    "due_date",
    "dynamic_code",
    "fator",
    "has_letters",
    "is_business_day",
    "last_late_due",
    "last_payable_day",
    "late_since",
    "line",
    "part_paid",
    "read",
    "read_code",
    "refusal_to_txid",
    "static_code",
]
