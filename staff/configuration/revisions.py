"""The text of a contract template: read a revision, write the next one, try it out before publishing (C-12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import TextAreaField
from wtforms.validators import Length

from models.base import db
from models.catalog import ContractTemplate, ContractTemplateRevision, Plan
from models.catalog.contract_fields import BLOCKS, CONDITIONS, PLACEHOLDERS
from models.catalog.contract_sections import refusal_to_sections
from models.catalog.contract_text import parse, unknown_placeholders
from staff.configuration.contract_preview import plans_to_try, preview
from staff.configuration.menu import TEMPLATES, page
from web.access import staff
from web.documents import default_contract
from web.forms import Choice, Form
from web.fragments import done, wants_fragment

revisions = Blueprint("revisions", __name__)
PATH = "/configuracao/modelos-de-contrato/<int:id>"
LONGEST = 100_000


class Text(Form):
    body = TextAreaField(
        "Texto do contrato",
        validators=[Length(max=LONGEST, message="O texto passou de 100 mil letras. Encurte antes de publicar.")],
    )
    plan_id = Choice("Plano da prévia", empty=None)


@revisions.get(f"{PATH}/revisoes/<int:number>")
@staff("catalog.read")
def show(id: int, number: int) -> ResponseReturnValue:
    """One revision as it was published, its placeholders unfilled."""
    row = TEMPLATES.load(id)
    mine = ContractTemplateRevision.template_id == row.id
    wanted = select(ContractTemplateRevision).where(mine, ContractTemplateRevision.number == number)
    revision = db.session.scalars(wanted).first() or abort(404)
    blocks = parse(revision.body)
    return page("contract_templates/revision.html", TEMPLATES, row.name, row=row, revision=revision, blocks=blocks)


@revisions.get(f"{PATH}/texto")
@staff("catalog.edit_template")
def new(id: int) -> ResponseReturnValue:
    """The newest text, to change; for a template without one, the text every provider starts from."""
    row = TEMPLATES.load(id)
    form = Text(formdata=None, body=_newest(row)).edits(row)
    return _page(row, form, plans_to_try(row))


@revisions.post(f"{PATH}/texto")
@staff("catalog.edit_template")
def create(id: int) -> ResponseReturnValue:
    row = TEMPLATES.load(id)
    form = Text().edits(row, body=lambda: _newest(row))
    published: list[ContractTemplateRevision] = []
    if form.accepts(lambda: published.append(row.publish(form.body.data or "", form.seen))):
        return done(TEMPLATES.url("show", id=id), f"{row.name}: revisão {published[0].number} publicada")
    return _page(row, form, plans_to_try(row)), form.code


@revisions.post(f"{PATH}/texto/previa")
@staff("catalog.edit_template")
def edit(id: int) -> ResponseReturnValue:
    """Prévia: the typed text with the values of an invented customer and a plan. Nothing is written."""
    row = TEMPLATES.load(id)
    form, plans = Text().edits(row), plans_to_try(row)
    body = (form.body.data or "")[:LONGEST]
    plan = next((plan for plan in plans if plan.id == form.plan_id.data), plans[0] if plans else None)
    refusal = refusal_to_sections(body) or row.refusal_to_leave_open(body)
    drawn = {**preview(row, body, plan), "unknown": unknown_placeholders(body), "refusal": refusal}
    if wants_fragment():
        return render_template("staff/configuration/contract_templates/_preview.html", row=row, **drawn)
    return _page(row, form, plans, **drawn)


def _newest(row: ContractTemplate) -> str:
    latest = row.latest()
    return latest.body if latest else default_contract()


def _page(row: ContractTemplate, form: Text, plans: list[Plan], **drawn: Any) -> str:
    latest = row.latest()
    form.plan_id.offer([(plan.id, plan.name) for plan in plans])
    return page(
        "contract_templates/text.html",
        TEMPLATES,
        row.name,
        form=form,
        row=row,
        next_number=(latest.number if latest else 0) + 1,
        placeholders=_grouped(),
        conditions=CONDITIONS,
        **drawn,
    )


def _grouped() -> dict[str, dict[str, str]]:
    """What may be written in the text, by subject: {{cliente.nome}} stands under cliente."""
    groups: dict[str, dict[str, str]] = {}
    for name, about in PLACEHOLDERS.items():
        groups.setdefault("blocos" if name in BLOCKS else name.split(".")[0], {})[name] = about
    return groups
