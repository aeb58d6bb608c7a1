"""Contas de cobrança: the account boletos are issued on, with the fields of its bank, and the Pix key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.banking import BANKS
from models.banking.banks import LABELS, MAY_BE_GIVEN
from models.catalog import BankAccount
from models.catalog.bank_account import account_fields
from models.refused import Refused
from staff.configuration.companies import company_names
from staff.configuration.fields import company_choices
from staff.configuration.menu import ACCOUNTS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, lines, text
from web.fragments import done

accounts = Blueprint("accounts", __name__)
PATH = "/configuracao/contas-de-cobranca"
ONLY_PIX = "Somente Pix"


class AccountForm(Form):
    bank = HiddenField()
    name = text("Nome", 60)
    company_id = Choice("Empresa", empty=None)
    pix_key = text("Chave Pix", 77)
    pix_city = text("Cidade do Pix", 15)
    instructions = lines("Instruções do boleto", 300)

    def values(self) -> dict[str, Any]:
        """The columns of the account; what is of its bank stands in `fields`."""
        own = account_fields(self.bank.data)
        columns = {key: value for key, value in self.data.items() if key not in own}
        return {**columns, "fields": {name: self[name].data for name in own}}

    def of_bank(self) -> list[Any]:
        return [self[name] for name in account_fields(self.bank.data)]


@accounts.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@accounts.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    """First the bank, which says what is asked; then the account."""
    bank = request.args.get("banco")
    if bank not in (*BANKS, "pix"):
        return page("accounts/banks.html", ACCOUNTS, ACCOUNTS.add, banks=BANKS)
    return _page(_form(bank.removeprefix("pix")))


@accounts.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _form(request.form.get("bank", ""))
    row = BankAccount(**form.values())
    if form.accepts(row.create):
        return done(ACCOUNTS.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@accounts.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = ACCOUNTS.load(id)
    return _page(_form(row.bank, row), row)


@accounts.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = ACCOUNTS.load(id)
    form = _form(row.bank, row)
    if form.accepts(lambda: row.change(form.seen, **{**form.values(), "bank": row.bank})):
        return done(ACCOUNTS.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = ACCOUNTS.rows()
    return page("accounts/index.html", ACCOUNTS, used=used, unused=unused, companies=company_names(), refused=refused)


def _form(bank: str, row: BankAccount | None = None, **more: Any) -> AccountForm:
    """The form of an account of a bank: a number typed before the bank stays the bank's (nosso números go on)."""
    own = {
        name: text(LABELS[name], most, description="Vazio, é calculado." if name in MAY_BE_GIVEN else "")
        for name, most in account_fields(bank).items()
    }
    form: AccountForm = type("AccountForm", (AccountForm,), own)(obj=row, **({**row.fields} if row else {}), **more)
    form.bank.data = bank
    form.company_id.offer(company_choices(row))
    return form.edits(row, lambda: _form(row.bank, row, formdata=None)) if row else form


def _page(form: AccountForm, row: BankAccount | None = None) -> str:
    bank = BANKS[form.bank.data].name if form.bank.data in BANKS else ONLY_PIX
    return page("accounts/edit.html", ACCOUNTS, row.name if row else f"Conta: {bank}", form=form, row=row, bank=bank)


retirement(accounts, PATH, "catalog.edit", lambda: ACCOUNTS, listing)
