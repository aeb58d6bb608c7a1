"""Ler retorno: the file of a bank is read to its end or refused; a person looks at it before anything is settled."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from integrations.bank import BankFileError, Entry, Odd, read_return
from models.collection import BankFile
from models.collection.return_intake import MOST_BYTES, UNREAD, ReturnFile, ReturnTitle, accounts, keep_return
from models.refused import Refused
from models.wording import tidy
from staff.bank_files.bank_files import PATH
from staff.bank_files.loading import chosen
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done
from web.guards import takes

returns = Blueprint("returns", __name__)
TOO_LARGE = f"O arquivo passa de {MOST_BYTES // 1024 // 1024} MB. Peça ao banco um arquivo por dia."


class Reading(Form):
    account_id = Choice("Conta de cobrança")
    file = FileField("Arquivo de retorno")


@returns.get(f"{PATH}/retorno")
@staff("billing.files")
def new() -> ResponseReturnValue:
    return _page(Reading())


@returns.post(f"{PATH}/retorno")
@staff("billing.files")
@takes(2 * MOST_BYTES)
def create() -> ResponseReturnValue:
    form, kept = Reading(), list[BankFile]()
    if form.accepts(lambda: kept.append(_keep(form))):
        read = "Retorno lido. " + ("Confira e processe" if kept[0].status == "read" else "Nada a processar")
        return done(url_for("staff.bank_files.show", id=kept[0].id), read)
    return _page(form), form.code


def _keep(form: Reading) -> BankFile:
    """The file is read before the database is asked anything: a long one holds up nobody who writes."""
    brought = _read(form.file.data)
    account = chosen(form.account_id, accounts())
    if account is None:
        raise Refused("Escolha a conta.", field="account_id")
    return keep_return(account, brought)


def return_file_of(name: str, content: bytes) -> ReturnFile:
    """A retorno as models/ takes it, read to its end. Raises BankFileError."""
    found = read_return(content)
    titles = [*(_title(entry) for entry in found.entries), *(_unread(odd) for odd in found.odd)]
    titles.sort(key=lambda title: title.line)
    return ReturnFile(name, content, found.bank, found.layout, found.account, titles, found.records)


def _read(upload: FileStorage | None) -> ReturnFile:
    content = upload.read(MOST_BYTES + 1) if upload else b""
    if upload is None or not content:
        raise Refused("Escolha o arquivo que veio do banco.", field="file")
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE, field="file")
    try:
        return return_file_of(_name(upload.filename), content)
    except BankFileError as error:
        raise Refused(error.sentence, field="file") from error


def _title(entry: Entry) -> ReturnTitle:
    return ReturnTitle(
        line=entry.line,
        nosso_numero=entry.nosso_numero,
        sequence=entry.sequence,
        year=entry.year,
        our_number=entry.our_id,
        occurrence=entry.code,
        meaning=entry.outcome,
        face_cents=entry.face_cents,
        paid_cents=entry.given_cents,
        discount_cents=entry.discount_cents + entry.rebate_cents,
        bank_fee_cents=entry.fee_cents,
        occurred_on=entry.occurred_on,
        credited_on=entry.credited_on,
        reasons=entry.reasons,
    )


def _unread(odd: Odd) -> ReturnTitle:
    """A line that is kept though nobody can read it."""
    return ReturnTitle(odd.line, "", None, None, "", "", UNREAD, 0, 0, 0, 0, None, None, odd.sentence)


def _name(typed: str | None) -> str:
    """Its own name, without the folders it stood in."""
    return tidy((typed or "").replace("\\", "/").rpartition("/")[2])[:120] or "retorno"


def _page(form: Reading) -> str:
    known = accounts()
    form.account_id.offer([(account.id, account.name) for account in known])
    if len(known) == 1 and form.account_id.data is None:
        form.account_id.data = known[0].id
    return render_template("staff/bank_files/new_return.html", form=form, accounts=known)
