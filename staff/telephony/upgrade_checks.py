"""What the customer has without use, confirmed with them: it is used before anything is sold (U-07 to U-09, U-31)."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from models.refused import Refused, require
from models.telephony import KINDS, PabxItem, UpgradeRequest, Use
from models.wording import listed
from staff.telephony.loading import HAS, edits, load_request, page
from web.access import staff
from web.forms import Choices, Form, text, whole
from web.fragments import done, go_on
from web.inside import inside

upgrade_checks = Blueprint("upgrade_checks", __name__)
NAMED = 3  # at most so many are called by their numbers on a button


class Checking(Form):
    wanted = text("Quantos o cliente quer", 10)
    confirmed = Choices("Sem uso")
    uses_all = BooleanField("Ele usa todos")
    confirmed_with = text("Com quem você confirmou", 80)


class Way(NamedTuple):
    """A button: what it stands for when it is posted, and its words."""

    value: str
    label: str


class Sum(NamedTuple):
    """What the customer wants, less what they have: the rest is left to be sold (D-02)."""

    wanted: int | None
    before: int  # used for it already
    uses: list[PabxItem]
    sells: int

    @classmethod
    def of(cls, row: UpgradeRequest, form: Checking, free: list[PabxItem]) -> Sum:
        wanted = whole(form.wanted.data) or None
        left = max((wanted or 0) - row.used, 0)
        uses = [item for item in free if item.id in (form.confirmed.data or [])][:left]
        return cls(wanted, row.used, uses, left - len(uses))

    def named(self, row: UpgradeRequest) -> str:
        """'o 2001', 'os 4 ramais'."""
        if len(self.uses) > NAMED or row.kind in ("outbound_channel", "module"):
            return KINDS[row.kind].counted(len(self.uses))
        return f"{'o' if len(self.uses) == 1 else 'os'} {listed([item.number for item in self.uses])}"

    def ways(self, row: UpgradeRequest) -> list[Way]:
        """What the rule leaves, the likely one first: with enough of them nothing is sold (U-08)."""
        existing = f"usar {KINDS[row.kind].one} existente"
        if not self.uses:
            return [Way("pedir", f"Pedir {self.sells} ao Comercial" if self.sells else "Pedir ao Comercial")]
        if not self.sells:
            return [Way("usar", existing.capitalize())]
        both = f"Usar {self.named(row)} e pedir {self.sells} ao Comercial"
        return [Way("usar-e-pedir", both), Way("usar", f"Só {existing}")]


@upgrade_checks.get("/planner/pedidos/<int:id>/conferencia")
@staff("telephony.work")
def edit(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_triage(), fix=row)
    return _page(row, _stored(row))


@upgrade_checks.post("/planner/pedidos/<int:id>/conferencia")
@staff("telephony.work")
def update(id: int) -> ResponseReturnValue:
    row, form = load_request(id), Checking()
    if "redesenhar" in request.form:
        return _page(row, form)
    edits(form, row, lambda: _stored(row))
    ways = [way.value for way in Sum.of(row, form, row.free_ones()).ways(row)]
    chosen = request.form.get("acao", ways[0])

    def act() -> None:
        typed = (form.confirmed.data, form.confirmed_with.data, form.uses_all.data)
        row.check(whole(form.wanted.data) or None, *typed, form.seen)
        if chosen not in ways:
            raise Refused("O que você marcou mudou a conta. Confira a conta e os botões de novo.")
        _go_on(row, chosen)

    if form.accepts(act):
        return _after(row, chosen)
    return _page(row, form), form.code


def _go_on(row: UpgradeRequest, chosen: str) -> None:
    """In the same transaction; an extension is used on a page of its own, which asks how."""
    if chosen == "pedir":
        row.forward()
    elif row.kind != "extension":
        row.use_existing({item.id: Use() for item in row.to_use()}, sell_the_rest=chosen == "usar-e-pedir")


def _after(row: UpgradeRequest, chosen: str) -> ResponseReturnValue:
    if row.stage == "triage":
        rest = "comercial" if chosen == "usar-e-pedir" else None
        return go_on(url_for("staff.existing_uses.new", id=row.id, resto=rest))
    if row.stage == "negotiation" and inside() is None and row.refusal_to_agree() is None:
        return go_on(url_for("staff.agreements.edit", id=row.id))
    said = f"{row.words} com o Comercial" if row.stage == "negotiation" else "Em uso. Nada foi vendido"
    return done(url_for("staff.upgrade_requests.show", id=row.id), said)


def _stored(row: UpgradeRequest) -> Checking:
    known = {"wanted": str(row.wanted or 1), "confirmed_with": row.confirmed_with}
    form = Checking(formdata=None, data={**known, "confirmed": [item.id for item in row.spares()]})
    form.confirmed.offer([(item.id, item.called) for item in row.free_ones()])
    return form


def _page(row: UpgradeRequest, form: Checking) -> str:
    free = row.free_ones()
    form.confirmed.offer([(item.id, item.called) for item in free])
    reckoned = Sum.of(row, form, free)
    edits(form, row, lambda: _stored(row))
    return page(
        "staff/upgrade_checks/edit.html", row, HAS, form=form, free=free, reckoned=reckoned, ways=reckoned.ways(row)
    )
