"""What is charged for which days: arithmetic alone, without tables (D-05)."""

from models.pricing.arithmetic import Composition, DayBase, Formula, Item, Kind, Line, Part, Period
from models.pricing.days import cycle_of, holes, merged, use_between, without
from models.pricing.due_dates import IN_HAND, first_due, in_hand, payable_on
from models.pricing.first_charge import Begins, first_charge
from models.pricing.first_invoice import INSTALLATION_FEE, FirstInvoice, first_invoice
from models.pricing.instalments import Installment, schedule
from models.pricing.next_period import next_period

__all__ = [
    "INSTALLATION_FEE",
    "IN_HAND",
    "Begins",
    "Composition",
    "DayBase",
    "FirstInvoice",
    "Formula",
    "Installment",
    "Item",
    "Kind",
    "Line",
    "Part",
    "Period",
    "cycle_of",
    "first_charge",
    "first_due",
    "first_invoice",
    "holes",
    "in_hand",
    "merged",
    "next_period",
    "payable_on",
    "schedule",
    "use_between",
    "without",
]
