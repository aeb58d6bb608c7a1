"""Every editing form of the URL map, opened twice and saved twice: the later save is a 409 that tells who was faster.

A form joins by itself: whatever draws a version is tried, and every view called update has to draw one (B-05).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from models import clock
from models.base import db as base
from models.billing import Charge, Invoice
from models.catalog import DunningRule
from models.operators import Role
from models.workflows import Procedure
from tests import cast
from tests.shape.filling import Drawn, forms, of_page
from tests.shape.places import rows
from tests.shape.test_posted_once import (
    attended,
    begun,
    charge,
    in_comercial,
    invoice,
    my_comment,
    my_file,
    of_panel,
    ordered,
    requested,
    staged,
    stopped,
    to_join,
    with_boleto,
)

pytestmark = pytest.mark.slow

# Updates that are no edits: what they do is done once, and its state refuses the second.
NO_EDITS = {
    "staff.bank_files.update": "Processar: its status",
    "staff.bank_lines.update": "a title is tied once",
    "staff.pix_receipts.update": "a Pix is settled once",
    "staff.sales.update": "Salvar: what is done leads to the customer (C-19)",
    "staff.left_outs.update": "what is seen is seen once",
    "staff.outage_credits.update": "a credit is confirmed once",
    "staff.factors.update": "asks for a code of the phone, each good once",
    "staff.configuration.second_factors.update": "what is reset is reset once",
    "staff.drafts.update": "what was typed last is kept, until Salvar takes the version",
    "staff.texts.update": "what one operator has typed and not sent",
    "staff.presences.update": "says that somebody looks",
    "portal.news.update": "says that the customer looks",
    "portal.passwords.update": "asks for the present password",
}
# Creations that carry the version of what they are about, and say in their own words who was faster.
NO_FORMS = {
    "staff.card_moves.create": "a stale move answers the card as it is now, with who moved it",
    "staff.order_extensions.create": "extensions are made once",
    "staff.contract_adjustments.create": "a contract is adjusted once",
}
# Who was faster is not history's to tell: the page says when it was kept, or nothing in the Central.
UNNAMED = ("staff.steps.update", "portal.contacts.update")


BOTH = ("davi.rocha", "silvia.maia")
# Pages of a request of telephony: how far it has come, its type, the end of their address.
OF_TELEPHONY = {
    "upgrade_checks": ("triage", "module", "conferencia"),
    "request_ends": ("triage", "module", "desistencia"),
    "agreements": ("negotiation", "module", "acordo"),
    "disagreements": ("negotiation", "module", "nao-fechado"),
    "line_sales": ("agreed", "line", "venda"),
    "launches": ("agreed", "module", "lancamento"),
}


def of_telephony() -> list[str]:
    return [f"{requested(stage, kind, *BOTH)}/{end}" for stage, kind, end in OF_TELEPHONY.values()]


def two(name: str) -> tuple[Any, Any]:
    """What the faster and the slower one type in a field."""
    day = clock.today()
    known = {
        "reason": ("Combinado por telefone", "Outro motivo"),
        "mac": ("4C:5E:0C:9A:11:F2", "4C:5E:0C:9A:11:F3"),
        "paid_on": (f"{day}", f"{day}"),
        "due_on": (f"{day + timedelta(days=40)}", f"{day + timedelta(days=41)}"),
        "until": (f"{day + timedelta(days=2)}", f"{day + timedelta(days=3)}"),
        "notice_days": ("8", "9"),
        "commission_bp": ("7,00", "8,00"),
        "tags": (["1", "2"], ["3"]),
        "number": ("1001", "1002"),
        "told": ("Uma árvore caiu na rede.", "Um poste caiu na rede."),
        "separate_invoice": ("yes", "no"),
        "email": ("uma@exemplo.com", "outra@exemplo.com"),
        "description": ("Carnê da loja", "Carnê da casa"),
        "body": ("## Objeto\n\nUm {{cliente.nome}}.", "## Objeto\n\nOutro {{cliente.nome}}."),
        "invoices": (None, None),
        "benefit": ("Instalação", "Roteador"),
        "bills_from": (f"{day}", f"{day + timedelta(days=1)}"),
        "dunning_rule_id": (f"{DunningRule.of(0).id}", f"{cast.ladder('Régua da Vale Claro Telecom').id}"),
        "name": ("Aurora Lima", "Bento Lima"),
        "mobile": ("37988881111", "37988882222"),
        "same_billing": (["y"], ["y"]),
        "plan_id": (None, None),
        "templates": (None, None),
        "billing_type": ("prepaid", "postpaid"),
        "open_order": ("no", "no"),
        "seller": (["y"], None),
        "procedure_id": tuple(map(str, base.session.scalars(select(Procedure.id).order_by(Procedure.id).limit(2)))),
    }
    return known.get(name, (None, None))


FIELDS = (
    "until",
    "due_on",
    "notice_days",
    "mac",
    "tags",
    "reason",
    "body",
    "name",
    "separate_invoice",
    "description",
    "mobile",
)
FIELDS += ("number", "commission_bp", "dunning_rule_id", "procedure_id", "told")


def typed(form: Drawn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The field in which both type, and the whole form of each; without such a field both save what they see."""
    name = next((name for name in FIELDS if name in form.values), "")
    more: dict[str, Any] = {"company_id": "0"} if form.endpoint == "staff.company_moves.update" else {}
    if form.action.endswith("/associar-faturas"):
        more = {"invoices": [str(base.session.scalar(select(func.max(Invoice.id))))]}
    return name, *({**form.values, **more, **({name: value} if name else {})} for value in two(name))


def rejected() -> str:
    """An invoice whose boleto the bank refused."""
    _, row = with_boleto()
    row.registration = "rejected"
    return f"/faturas/{row.id}/reenvio"


def fresh_page(endpoint: str, page: str) -> str:
    """What ends with the act is done with a row of its own."""
    of_invoice = ("receipts", "closings", "due_dates")
    room = endpoint.split(".")[-2]
    if page.endswith("/associar-faturas"):
        return to_join()
    if room in of_invoice:
        row: Invoice | Charge = invoice()
        return f"/faturas/{row.id}/{page.rsplit('/', 1)[1]}"
    if room in OF_TELEPHONY:
        stage, kind, end = OF_TELEPHONY[room]
        return f"{requested(stage, kind, *BOTH)}/{end}"
    if room in ("pabx_uses", "pabx_frees", "pabx_withdrawals"):
        return f"{of_panel(in_use=room == 'pabx_frees')}/{page.rsplit('/', 1)[1]}"
    if room == "appointments" and "/ordens/" not in page:
        return page  # Agendar neste, of the agenda
    if room in ("appointments", "order_closings", "order_ends", "unschedulings"):
        return ordered(scheduled=True) + page.partition("/ordens/")[2].lstrip("0123456789")
    if room == "outage_ends":
        return f"/paradas/{stopped().id}/{page.rsplit('/', 1)[1]}"
    if room in ("charge_receipts", "charge_closings"):
        return f"/cobrancas/{charge().id}/{page.rsplit('/', 1)[1]}"
    return page


@pytest.mark.feature("B-05")
def test_the_later_save_of_every_edit_is_refused_with_who_was_faster(app, db, staff):
    administrator = db.query(Role).filter_by(name="Administrador").one().id
    cast.operator("silvia.maia").change(role_id=administrator)
    in_comercial(*BOTH)  # where requests of telephony are taken
    mine = rows("Vale Claro Telecom")
    for name in ("Instalar ramais", "Ajustar contratos"):
        Procedure.begin(name, "Um passo de cada vez.")
    davi, silvia = staff("davi.rocha"), staff("silvia.maia")
    drawn = [
        form
        for form in forms(app, davi, mine, "staff")
        if "version" in form.values and form.endpoint not in {**NO_EDITS, **NO_FORMS}
    ]
    pages = [rejected(), *of_telephony()]
    db.commit()
    for page in pages:
        drawn += [form for form in of_page(app, davi, page) if "version" in form.values]
    assert len(drawn) > 30
    last = (
        "carne_cancellations",
        "credit_uses",
        "contests",
        "document_corrections",
        "company_moves",
        "cash_closings",
    )  # they end what others edit
    faults = {}
    for form in sorted(drawn, key=lambda form: form.endpoint.split(".")[-2] in last):
        page = fresh_page(form.endpoint, form.page)
        db.commit()
        opened = [
            next((each for each in of_page(app, visitor, page) if each.endpoint == form.endpoint), None)
            for visitor in (silvia, davi)
        ]
        try:
            assert opened[0], f"{page} does not draw its form"
            _saved_twice(silvia, davi, opened[0])
        except AssertionError as error:
            faults[form.action] = str(error)
    assert not faults, "\n\n".join(f"{action}: {fault}" for action, fault in faults.items())


def _saved_twice(silvia, davi, form):
    name, first, second = typed(form)
    saved = silvia.post(form.action, first)
    assert saved.status == 303, (saved, saved.errors(), saved.words[-500:])
    refused = davi.post(form.action, second)
    assert refused.status == 409, refused
    assert "Nada foi gravado" in refused.words
    assert form.endpoint in UNNAMED or "Sílvia Maia" in refused.words, refused.words[-500:]
    assert "hoje às" in refused.words
    for again in refused.tree.xpath("//form[@action=$action]", action=form.action):
        assert again.xpath(".//input[@name='version']/@value") == [form.values["version"]]
    if isinstance(second.get(name), str):
        assert second[name].splitlines()[0] in refused.html, f"what was typed in {name} is lost"


def more() -> list[str]:
    """Pages of tickets in other states."""
    return [
        f"{staged()}/identificacao",
        f"{staged(identified=True)}/inicio",
        begun(),
        f"{attended()}/contrato",
        f"{attended()}/notificacao",
        *of_telephony(),
    ]


def test_every_update_draws_its_version(app, db, staff, central):
    """Of every view called update some page draws the form, with a version."""
    in_comercial(*BOTH)
    mine = rows("Vale Claro Telecom")
    found = {}
    for door, visitor in (("staff", staff("davi.rocha")), ("portal", central("rita", level="proved"))):
        for form in forms(app, visitor, mine, door):
            found[form.endpoint] = found.get(form.endpoint, False) or "version" in form.values
    for page in (rejected(), f"{attended(draft=True)}/abertura", my_comment(), my_file(), *more()):
        db.commit()
        found |= {form.endpoint: "version" in form.values for form in of_page(app, staff("davi.rocha"), page)}
    edits = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.endswith(".update") and rule.endpoint.split(".")[0] in ("staff", "portal")
    }
    without = {endpoint for endpoint in edits - set(NO_EDITS) if not found.get(endpoint)}
    assert not without, f"{without}: call .edits(row) on the form, and hand form.seen to the verb"
    assert set(NO_EDITS) <= edits


@pytest.mark.postgresql
def test_of_two_saves_at_once_one_is_refused(db, staff, race):
    """The version is claimed by the UPDATE itself, whatever both have read."""
    from models.catalog import BankAccount

    account = BankAccount(name="Caixa", company_id=cast.vale_claro().id, pix_key="um@exemplo.com")
    account.create()
    db.commit()
    path = f"/configuracao/contas-de-cobranca/{account.id}/editar"
    both = [staff("davi.rocha") for _ in range(2)]
    form = both[0].get(path).form(path)
    both[1].token()
    answers = race(2, lambda i: both[i].post(path, {**form, "pix_key": f"{'ab'[i]}@exemplo.com"}))
    assert sorted(answer.status for answer in answers) == [303, 409]
