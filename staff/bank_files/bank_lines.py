"""A title in quarantine: a person says which invoice it is."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from models.collection import BankFileRecord
from models.collection.bank_file import DOUBTS
from models.collection.candidates import candidates, of_record
from models.wording import tidy
from staff.bank_files.bank_files import PATH
from staff.bank_files.loading import load_record
from web.access import staff
from web.forms import Form, whole
from web.fragments import done

bank_lines = Blueprint("bank_lines", __name__)


class Tying(Form):
    number = StringField("Número da fatura")


@bank_lines.get(f"{PATH}/linhas/<int:id>")
@staff("billing.files")
def edit(id: int) -> ResponseReturnValue:
    return _page(load_record(id), Tying())


@bank_lines.post(f"{PATH}/linhas/<int:id>")
@staff("billing.files")
def update(id: int) -> ResponseReturnValue:
    record, form = load_record(id), Tying()
    if form.accepts(lambda: record.tie(whole(form.number.data))):
        url = url_for("staff.bank_files.show", id=record.bank_file_id)
        return done(url, f"O título da linha {record.line} foi associado à fatura {whole(form.number.data)}")
    return _page(record, form), form.code


def _page(record: BankFileRecord, form: Tying) -> str:
    refusal, name = record.refusal_to_tie(), tidy(request.args.get("cliente", ""))[:120]
    found = [] if refusal else candidates(of_record(record), name)
    return render_template(
        "staff/bank_files/tie.html",
        record=record,
        form=form,
        doubt=_doubt(record),
        refusal=refusal,
        found=found,
        name=name,
    )


def _doubt(record: BankFileRecord) -> str:
    """Why its money waits; another file may have brought it since."""
    return DOUBTS["repeated" if record.repeats() else record.doubt]
