"""Nova remessa: the boletos of an account that its bank does not know yet."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from integrations.bank import BankFileError, Beneficiary, Payer, Title, write_outgoing, writes
from models.base import db, may_write
from models.collection import BankFile
from models.collection.outgoing import WORK, AllLeftOut, Outgoing, OutgoingTitle, make_outgoing, waiting_titles
from models.outbox import keep_left_out
from models.refused import Refused
from models.wording import counted
from staff.bank_files.bank_files import PATH
from staff.bank_files.loading import chosen
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done

outgoing = Blueprint("outgoing", __name__)


class Making(Form):
    account_id = Choice("Conta de cobrança")


@outgoing.get(f"{PATH}/remessa")
@staff("billing.files")
def new() -> ResponseReturnValue:
    return _page(Making())


@outgoing.post(f"{PATH}/remessa")
@staff("billing.files")
def create() -> ResponseReturnValue:
    form, made = Making(), list[BankFile]()
    if form.accepts(lambda: made.append(_make(form))):
        return done(url_for("staff.bank_files.show", id=made[0].id), "Remessa gerada. Envie o arquivo no site do banco")
    if isinstance(form.refused, AllLeftOut):
        with may_write():  # the refusal undid the file; the word about its titles is kept
            keep_left_out(WORK, form.refused.lefts)
            db.session.commit()
    return _page(form), form.code


def _make(form: Making) -> BankFile:
    account = chosen(form.account_id, [row.account for row in waiting_titles()])
    if account is None:
        raise Refused("Escolha a conta.", field="account_id")
    return make_outgoing(account, written)


def written(file: Outgoing) -> bytes:
    """The bytes of a remessa. Raises Refused when the layout cannot carry a title."""
    beneficiary = Beneficiary(file.bank, file.payee_document, file.payee_name, file.fields, file.letters)
    try:
        return write_outgoing(beneficiary, [_title(title) for title in file.titles], file.number, file.at)
    except BankFileError as error:
        raise Refused(error.sentence, field="account_id") from error


def _title(title: OutgoingTitle) -> Title:
    who = title.debtor
    return Title(
        fields=title.fields,
        document=str(title.number),
        our_id=str(title.number),
        due=title.due_on,
        issued=title.issued_on,
        cents=title.cents,
        payer=Payer(who.document, who.name, who.street, who.district, who.cep, who.city, who.state),
        movement=title.movement,
        interest_hundredths=title.interest_bp,
        fine_hundredths=title.fine_bp,
    )


def _page(form: Making) -> str:
    accounts = waiting_titles()
    ready = [row for row in accounts if writes(row.account.bank)]
    form.account_id.offer(
        [(row.account.id, f"{row.account.name}: {_waiting(row.titles, row.left_out)}") for row in ready]
    )
    if len(ready) == 1 and form.account_id.data is None:
        form.account_id.data = ready[0].account.id
    return render_template(
        "staff/bank_files/new_outgoing.html",
        form=form,
        ready=ready,
        by_site=[row.account for row in accounts if not writes(row.account.bank)],
    )


def _waiting(count: int, left_out: int) -> str:
    if not count:
        return "nada a enviar"
    words = f"{counted(count, 'boleto')} a enviar"
    if not left_out:
        return words
    return f"{words}, dos quais {counted(left_out, 'ficou', 'ficaram')} de fora da última remessa"
