"""Files exchanged with banks: what is sent (remessa) and what comes back (retorno)."""

from integrations.bank.error import BankFileError
from integrations.bank.outgoing import Beneficiary, Payer, Title, nosso_numero_sent, write_outgoing, writes
from integrations.bank.return_file import Entry, Odd, Return, read_return

__all__ = [
    "BankFileError",
    "Beneficiary",
    "Entry",
    "Odd",
    "Payer",
    "Return",
    "Title",
    "nosso_numero_sent",
    "read_return",
    "write_outgoing",
    "writes",
]
