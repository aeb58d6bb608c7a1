"""Financeiro, what goes between the house and its bank: files and received Pix."""

from staff.bank_files import bank_files, bank_lines, outgoing, pix_receipts, results, returns

bank = (
    bank_files.bank_files,
    outgoing.outgoing,
    returns.returns,
    results.results,
    bank_lines.bank_lines,
    pix_receipts.pix_receipts,
)
