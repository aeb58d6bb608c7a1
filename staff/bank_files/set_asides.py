"""A line in quarantine that is no money of ours, or the same as another line's, is left without a baixa."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models.collection import BankFileRecord
from staff.bank_files.bank_files import PATH
from staff.bank_files.loading import load_record
from web.access import staff
from web.forms import Form, text
from web.fragments import done

set_asides = Blueprint("set_asides", __name__)


class SettingAside(Form):
    reason = text("Motivo", 200)


@set_asides.get(f"{PATH}/linhas/<int:id>/sem-baixa")
@staff("billing.files")
def new(id: int) -> ResponseReturnValue:
    return _page(load_record(id), SettingAside())


@set_asides.post(f"{PATH}/linhas/<int:id>/sem-baixa")
@staff("billing.files")
def create(id: int) -> ResponseReturnValue:
    """Deixar sem baixa, with a reason."""
    record, form = load_record(id), SettingAside()
    if form.accepts(lambda: record.set_aside(form.reason.data or "")):
        url = url_for("staff.bank_files.show", id=record.bank_file_id)
        return done(url, f"A linha {record.line} ficou sem baixa")
    return _page(record, form), form.code


def _page(record: BankFileRecord, form: SettingAside) -> str:
    refusal = record.refusal_to_set_aside()
    return render_template("staff/bank_files/set_aside.html", record=record, form=form, refusal=refusal)
