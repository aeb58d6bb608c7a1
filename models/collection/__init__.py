"""How money is asked for and comes in: files of the banks and Pix."""

from models.collection.bank_file import DIRECTIONS, FILE_STATUSES, OUTCOMES, BankFile, BankFileRecord
from models.collection.pix_charge import PIX_STATUSES, PixCharge
from models.collection.pix_receipt import RECEIPT_OUTCOMES, PixReceipt, ReportedPix
from models.collection.reversal import Reversal

__all__ = [
    "DIRECTIONS",
    "FILE_STATUSES",
    "OUTCOMES",
    "PIX_STATUSES",
    "RECEIPT_OUTCOMES",
    "BankFile",
    "BankFileRecord",
    "PixCharge",
    "PixReceipt",
    "ReportedPix",
    "Reversal",
]
