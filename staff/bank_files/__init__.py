"""Financeiro, what goes between the house and its bank: files and received Pix."""

from staff.bank_files import bank_files, bank_lines, outgoing, pix_receipts, results, returns, set_asides
from web.navigation import Entry, lights

FILES = Entry("Arquivos do banco", "barcode", "staff.bank_files.index", "billing.files")
PIX = Entry("Pix recebidos", "qrcode", "staff.pix_receipts.index", "billing.files")

bank = (
    *lights(
        FILES,
        bank_files.bank_files,
        outgoing.outgoing,
        returns.returns,
        results.results,
        bank_lines.bank_lines,
        set_asides.set_asides,
    ),
    *lights(PIX, pix_receipts.pix_receipts),
)
