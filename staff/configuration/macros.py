"""Macros: named lists of acts, put together in one form, one row for each act (B-10)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import FieldList, FormField, HiddenField, RadioField, SelectField

from models.base import db
from models.operators import Operator
from models.refused import Refused
from models.workflows import PLACEHOLDERS, CannedAnswer, Macro, MacroAct, Process, TicketClassification
from models.workflows.canned_answer import LONGEST
from models.workflows.macro import ACTS, MOST, READERS
from models.workflows.process import steps_by_process
from staff.configuration.companies import company_names
from staff.configuration.fields import company_choices
from staff.configuration.menu import MACROS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, lines, text, whole
from web.fragments import done

macros = Blueprint("macros", __name__)
PATH = "/configuracao/macros"
REDRAWS = "redesenhar"  # of a button that changes the rows and writes nothing
SHOWN = [(key, f"{words[0].upper()}{words[1:]}") for key, words in READERS.items()]
FIELDS = ("kind", "visibility", "text", "canned_answer_id", "step_id", "process_id", "operator_id", "classification_id")


class ActForm(Form):
    """Of one act. Its kind stays: another act is another row."""

    kind = HiddenField()
    step_id = Choice("Subprocesso")
    process_id = Choice("Processo")
    operator_id = Choice("Quem acompanha")
    classification_id = Choice("Classificação de encerramento")
    visibility = RadioField("Quem lê", choices=SHOWN, validate_choice=False)
    canned_answer_id = Choice("Resposta pronta", empty="Nenhuma, escrevo o texto")
    text = lines("Texto", LONGEST)


class MacroForm(Form):
    name = text("Nome", 60)
    company_id = Choice("Empresa", empty=None)
    rows = FieldList(FormField(ActForm), "Atos", max_entries=MOST + 1)
    another = SelectField("Ato", choices=list(ACTS.items()), validate_choice=False)
    focus: int | None = None  # the row where the work goes on, once rows were rearranged

    def acts(self) -> list[dict[str, Any]]:
        return [{name: row.data[name] for name in FIELDS} for row in self.rows]

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "company_id": self.company_id.data}

    def refuse(self, no: Refused) -> None:
        """What is wrong in an act stands beside its field, which the verb calls `acts-0-step_id`."""
        left = {}
        for name, sentence in no.errors.items():
            place, _, field = name.removeprefix("acts-").partition("-")
            if field and int(place) < len(self.rows):
                self.rows[int(place)].form[field].errors = [sentence]
            else:
                left["" if name == "acts" else name] = sentence
        super().refuse(Refused(errors=left) if no.errors else no)
        self.rows.errors = [row.errors for row in self.rows if row.errors]
        self.code, self.refused = no.status, no


@macros.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@macros.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _page(_form())


@macros.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form, row = _form(), Macro()
    if REDRAWS in request.form:
        return _page(_rearranged(form))
    if form.accepts(lambda: row.save(form.acts(), **form.values())):
        return done(MACROS.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@macros.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = _load(id)
    return _page(_form(row), row)


@macros.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = _load(id)
    form = _form(row)
    if REDRAWS in request.form:
        return _page(_rearranged(form), row)
    if form.accepts(lambda: row.save(form.acts(), form.seen, **form.values())):
        return done(MACROS.url(), toast_of(row, "gravad"))
    return _page(form, _load(id)), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = MACROS.rows(Macro.whole())
    return page("macros/index.html", MACROS, used=used, unused=unused, companies=company_names(), refused=refused)


def _load(id: int) -> Macro:
    row: Macro = MACROS.load(id, Macro.whole())
    return row


def _form(row: Macro | None = None) -> MacroForm:
    acts = [_drawn(act) for act in row.acts] if row else [{"kind": "claim"}]
    form = MacroForm(obj=row, rows=[] if request.method == "POST" else acts)  # what was posted is all there is
    form.company_id.offer(company_choices(row))
    _offer(form)
    return form.edits(row) if row else form


def _drawn(act: MacroAct) -> dict[str, Any]:
    """An act that says nothing yet would say it to the team."""
    return {name: getattr(act, name) for name in FIELDS} | {"visibility": act.visibility or "internal"}


def _offer(form: MacroForm) -> None:
    """In each row what its act may name."""
    steps, processes = steps_by_process(), Process.offered()
    offered: dict[str, list[tuple[int, str]]] = {
        "canned_answer_id": [(row.id, f"/{row.code} · {row.name}") for row in CannedAnswer.offered()],
        "step_id": [(step.id, f"{row.name}: {step.name}") for row in processes for step in steps.get(row.id, [])],
        "process_id": [(row.id, row.name) for row in processes],
        "operator_id": [(id, name) for id, name in _operators()],
        "classification_id": [(row.id, row.name) for row in TicketClassification.offered() if row.closing],
    }
    for row in form.rows:
        for name, choices in offered.items():
            row.form[name].offer(choices)


def _operators() -> Any:
    rows = select(Operator.id, Operator.name).where(Operator.inactive_since.is_(None), *Operator.seen())
    return db.session.execute(rows.order_by(Operator.name))


def _rearranged(form: MacroForm) -> MacroForm:
    """One act more, one less, or one that changed places; the rest as it was typed."""
    way, _, at = request.form[REDRAWS].partition("-")
    acts, place = form.acts(), whole(at)
    if way == "adicionar" and form.another.data in ACTS and len(acts) < MOST:
        form.focus = len(acts)
        acts.append({"kind": form.another.data, "visibility": "internal"})
    elif way == "tirar" and place < len(acts):
        acts.pop(place)
        form.focus = min(place, len(acts) - 1)
    elif way in ("subir", "descer") and place < len(acts):
        form.focus = min(max(0, place + (-1 if way == "subir" else 1)), len(acts) - 1)
        acts.insert(form.focus, acts.pop(place))
    form.rows.entries, form.rows.last_index = [], -1
    for act in acts:
        form.rows.append_entry(act)
    _offer(form)
    return form


def _page(form: MacroForm, row: Macro | None = None) -> str:
    here = row.name if row else MACROS.add
    more: dict[str, Any] = {
        "titles": ACTS,
        "most": MOST,
        "placeholders": PLACEHOLDERS,
        "broken": row.faults if row else [],
    }
    return page("macros/edit.html", MACROS, here, form=form, row=row, **more)


retirement(macros, PATH, "catalog.edit", lambda: MACROS, listing, removable=False)
