"""How each extension that is left comes into use, and what then goes to Comercial (U-08, U-19, D-02)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.refused import require
from models.telephony import PROCEDURES, PabxItem, UpgradeRequest, Use
from staff.telephony.loading import HAS, edits, load_request, page
from web.access import staff
from web.forms import Form, text
from web.fragments import done

existing_uses = Blueprint("existing_uses", __name__)
PATH = "/planner/pedidos/<int:id>/uso"
ASKED = ("procedure", "device", "sent_to", "name", "sector")


class Using(Form):
    """Five fields for each extension, named by its number, as `device-12`."""

    @classmethod
    def of(cls, rows: list[PabxItem]) -> Using:
        form, fields, stored = cls(), dict[str, Any](), dict[str, str]()
        for row in rows:
            own = {
                "procedure": RadioField("O que foi feito", choices=list(PROCEDURES.items()), validate_choice=False),
                "device": text("Aparelho", 80),
                "sent_to": text("A quem os dados foram enviados", 80),
                "name": text("Nome do ramal", 60),
                "sector": text("Setor de uso", 60),
            }
            fields |= {f"{name}-{row.id}": field for name, field in own.items()}
            stored |= {f"name-{row.id}": row.name, f"sector-{row.id}": row.sector}
        form.ask_more(fields, stored)
        return form

    def uses(self, rows: list[PabxItem]) -> dict[int, Use]:
        return {row.id: Use(*(self[f"{name}-{row.id}"].data or "" for name in ASKED)) for row in rows}


@existing_uses.get(PATH)
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_use_existing(), fix=row)
    rows = row.to_use()
    return _page(row, rows, Using.of(rows), request.args.get("resto", ""))


@existing_uses.post(PATH)
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_use_existing(), fix=row)
    rows, rest = row.to_use(), request.form.get("resto", "")
    form = edits(Using.of(rows), row)
    if form.accepts(lambda: row.use_existing(form.uses(rows), rest == "comercial", form.seen)):
        said = f"{row.words} com o Comercial" if row.stage == "negotiation" else "nada foi vendido"
        return done(url_for("staff.upgrade_requests.show", id=id), f"Em uso o que o cliente já tinha; {said}")
    return _page(row, rows, form, rest), form.code


def _page(row: UpgradeRequest, rows: list[PabxItem], form: Using, rest: str) -> str:
    edits(form, row)
    return page("staff/existing_uses/new.html", row, HAS, form=form, rows=rows, rest=rest)
