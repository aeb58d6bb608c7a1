"""Cobrança: one-off charges with and without invoice (C-48 to C-52)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as now
from models.billing import Charge, Invoice, Payment
from models.catalog import ChargeKind
from models.history import Event
from models.services import Service
from tests import cast
from tests.models.billing.money import account

pytestmark = pytest.mark.usefixtures("db")


def path(person):
    return f"/clientes/{person.id}/cobrancas/adicionar"


def typed(db, person, **changes):
    """R$ 1.234,56 for the installation, ten days from now."""
    usual = {
        "charge_kind_id": db.scalars(select(ChargeKind.id).where(ChargeKind.name == "Taxa de Instalação")).one(),
        "service_id": cast.service(person).id,
        "description": "Instalação com cabo extra",
        "due_on": (now.today() + timedelta(days=10)).isoformat(),
        "amount_cents": "1.234,56",
        "discount_cents": "",
    }
    return {**usual, **changes}


def counts(db):
    return [db.scalar(select(func.count()).select_from(table)) for table in (Charge, Invoice, Event)]


@pytest.mark.feature("C-48")
def test_the_type_is_chosen_from_the_catalogue(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    money = ana.get(f"/clientes/{ze.id}/financeiro")
    link = money.page.select_one(f'a[href="{path(ze)}"]')
    assert link.get_text(strip=True) == "Cobrança"
    page = ana.get(path(ze))
    kinds = [option.get_text(strip=True) for option in page.page.select("#charge_kind_id option")]
    assert "Taxa de Instalação" in kinds
    assert len(kinds) > 2
    retired = db.scalars(select(ChargeKind).where(ChargeKind.name != "Taxa de Instalação")).first()
    retired.retire()
    assert retired.name not in ana.get(path(ze)).words
    refused = ana.post(path(ze), typed(db, ze, charge_kind_id=retired.id))
    assert "Escolha o tipo de serviço." in refused.errors()["charge_kind_id"]


@pytest.mark.feature("C-49", "X-12")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("service_id", "", "Escolha o serviço."),
        ("service_id", "999999", "Escolha o serviço."),
        ("service_id", "abc", "Escolha o serviço."),
        ("charge_kind_id", "", "Escolha o tipo de serviço."),
        ("charge_kind_id", "999999", "Escolha o tipo de serviço."),
        ("description", "  ", "Escreva a descrição."),
        ("description", "x" * 121, "no máximo 120"),
        ("due_on", "", "Escolha o vencimento."),
        ("due_on", "2020-01-01", "já passou"),
        ("due_on", "2099-01-01", "Confira o ano"),
        ("due_on", "31/02/2027", "27/11/2026"),
        ("amount_cents", "", "maior que zero"),
        ("amount_cents", "0,00", "maior que zero"),
        ("amount_cents", "-10,00", "maior que zero"),
        ("amount_cents", "1.234,567", "valor em reais"),
        ("amount_cents", "1.000.000,01", "Confira o valor"),
        ("discount_cents", "-0,01", "de zero ao valor"),
        ("discount_cents", "1.234,57", "de zero ao valor"),
        ("discount_cents", "1.234,56", "Peça à supervisão."),
    ],
)
@pytest.mark.parametrize("button", ["avulsa", "fatura"])
def test_every_wrong_field_has_its_sentence_and_nothing_is_written(staff, db, field, value, sentence, button):
    ana, ze = staff("ana.souza"), cast.ze()
    before = counts(db)
    refused = ana.post(path(ze), typed(db, ze, **{field: value, button: "1"}))
    assert refused.status == 422
    assert sentence in refused.errors()[field]
    assert counts(db) == before
    kept = refused.form(path(ze))
    assert all(kept[other] == str(typed(db, ze)[other]) for other in ("description", "amount_cents") if other != field)


@pytest.mark.feature("C-49")
def test_the_service_of_somebody_else_or_a_cancelled_one_is_refused(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    foreign = ana.post(path(ze), typed(db, ze, service_id=cast.service(cast.rita()).id))
    assert "Escolha o serviço." in foreign.errors()["service_id"]
    db.execute(Service.__table__.update().where(Service.person_id == ze.id).values(status="cancelled"))
    cancelled = ana.post(path(ze), typed(db, ze))
    assert "está cancelado" in cancelled.errors()["service_id"]


@pytest.mark.feature("C-50")
def test_a_charge_alone_is_open_and_is_received_at_the_counter(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    added = ana.post(path(ze), typed(db, ze, discount_cents="34,56"))
    assert added.location == f"/clientes/{ze.id}/financeiro"
    assert "Cobrança avulsa gerada" in ana.follow(added).words
    charge = db.scalars(select(Charge)).one()
    assert (charge.amount_cents, charge.discount_cents, charge.status, charge.invoice_id) == (
        123456,
        3456,
        "open",
        None,
    )
    assert db.scalars(select(Invoice)).first() is None
    listed = ana.get(f"/clientes/{ze.id}/financeiro")
    assert "Instalação com cabo extra" in listed.words
    assert "R$ 1.200,00" in listed.words
    receipt = f"/cobrancas/{charge.id}/recebimento"
    assert listed.page.select_one(f'a[href="{receipt}"]')
    form = ana.get(receipt).form(receipt)
    for wrong, sentence in (("", "dia em que recebeu"), ("2099-01-01", "ainda não chegou"), ("0202-01-01", "o ano")):
        assert sentence in ana.post(receipt, {"paid_on": wrong}).errors()["paid_on"]
    assert ana.post(receipt, form).status == 303
    payment = db.scalars(select(Payment)).one()
    assert (payment.amount_cents, payment.charge_id, payment.received_by) == (120000, charge.id, "Ana Souza")
    again = ana.post(receipt, form)
    assert again.status == 409
    assert "Ana Souza recebeu R$ 1.200,00 no balcão" in again.words
    assert "Esta cobrança está paga." in ana.post(receipt, {**form, "version": int(form["version"]) + 1}).words
    assert "recebeu R$ 1.200,00 no balcão" in ana.get(f"/clientes/{ze.id}/historicos?tipo=money").words


@pytest.mark.feature("C-51")
def test_a_charge_with_its_invoice_stands_linked_with_a_boleto(staff, db):
    account()
    ana, ze = staff("ana.souza"), cast.ze()
    added = ana.post(path(ze), typed(db, ze, fatura="1"), htmx=True)
    assert (added.status, added.location) == (204, f"/clientes/{ze.id}/financeiro")
    charge, invoice = db.scalars(select(Charge)).one(), db.scalars(select(Invoice)).one()
    assert charge.invoice_id == invoice.id
    assert (invoice.total_cents, invoice.due_on, invoice.status) == (123456, charge.due_on, "open")
    assert len(invoice.barcode) == 44
    money = ana.get(f"/clientes/{ze.id}/financeiro")
    row = money.page.select_one(f'a[href="/faturas/{invoice.id}"]').find_parent("tr")
    assert "Instalação com cabo extra" in row.get_text()
    direct = ana.post(
        f"/cobrancas/{charge.id}/recebimento",
        {"paid_on": f"{now.today()}", "paid_with": "cash", "version": charge.version},
    )
    assert "está em uma fatura" in direct.words


@pytest.mark.feature("C-52")
@pytest.mark.parametrize("button", ["avulsa", "fatura"])
def test_both_ways_serve_a_carne_service(staff, db, button):
    account()
    ana, ze = staff("ana.souza"), cast.ze()
    cast.service(ze).uses_carne = True
    assert ana.post(path(ze), typed(db, ze, **{button: "1"})).status == 303
    assert db.scalars(select(Charge)).one().service_id == cast.service(ze).id
    assert (db.scalars(select(Invoice)).first() is not None) is (button == "fatura")


def test_only_who_may_gives_the_whole_amount_away(staff, db):
    silvia, ze = staff("silvia.maia", company="Vale Claro Telecom"), cast.ze()
    free = typed(db, ze, discount_cents="1.234,56")
    refused = silvia.post(path(ze), {**free, "fatura": "1"})
    assert "não sobra o que faturar" in refused.errors()["discount_cents"]
    assert db.scalars(select(Charge)).first() is None
    assert silvia.post(path(ze), free).status == 303
    charge = db.scalars(select(Charge)).one()
    nothing = silvia.get(f"/cobrancas/{charge.id}/recebimento")
    assert nothing.status == 422
    assert "não há o que receber" in nothing.words


def test_a_charge_is_cancelled_with_a_reason(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    ana.post(path(ze), typed(db, ze))
    close = f"/cobrancas/{db.scalars(select(Charge.id)).one()}/cancelamento"
    assert "Cancelar a cobrança de R$ 1.234,56" in ana.get(close).h1
    assert "motivo" in ana.post(close, {"reason": " "}).errors()["reason"]
    assert ana.post(close, {"reason": "Lançada em dobro"}).status == 303
    assert db.scalars(select(Charge.status).execution_options(populate_existing=True)).one() == "cancelled"
    assert ana.get(close).status == 422
    assert "Cancelada" in ana.get(f"/clientes/{ze.id}/financeiro").words


def test_who_may_not_and_strangers(staff, db):
    ze = cast.ze()
    staff("ana.souza").post(path(ze), typed(db, ze))
    charge = db.scalars(select(Charge.id)).one()
    bruno, celia = staff("bruno.reis"), staff("celia.prado", company="Serra Azul Net")
    assert bruno.get(path(ze)).status == 403
    assert bruno.post(path(ze), typed(db, ze)).status == 403
    assert "Alterar cobrança" not in bruno.get(f"/clientes/{ze.id}/financeiro").words
    for end in ("recebimento", "cancelamento"):
        assert bruno.post(f"/cobrancas/{charge}/{end}").status == 403
        assert staff("silvia.maia", company="Vale Claro Telecom").get(f"/cobrancas/999/{end}").status == 404
    assert celia.get(path(ze)).status == 404
    assert celia.post(path(ze), typed(db, ze)).status == 404


def test_nothing_is_received_before_it_was_charged(staff, db, clock):
    with clock("2026-12-12 10:00"):
        ana, ze = staff("ana.souza"), cast.ze()
        ana.post(path(ze), typed(db, ze))
    charge = db.scalars(select(Charge)).one()
    receipt = f"/cobrancas/{charge.id}/recebimento"
    with clock("2026-12-14 10:00"):
        ana = staff("ana.souza")
        for day in ("2020-01-01", "2026-12-11"):
            refused = ana.post(receipt, {"paid_on": day, "paid_with": "cash", "version": charge.version})
            assert "A cobrança foi lançada em 12/12/2026" in refused.errors()["paid_on"]
        assert (
            ana.post(receipt, {"paid_on": "2026-12-12", "paid_with": "cash", "version": charge.version}).status == 303
        )


@pytest.mark.postgresql
def test_received_and_cancelled_at_once(staff, db, race):
    """Both lock the service, then the charge: one is let through, the other is told, and nobody waits for ever."""
    people, ze = [staff("davi.rocha") for _ in range(6)], cast.ze()
    for _ in range(5):
        people[0].post(path(ze), typed(db, ze, discount_cents=""))
        charge = db.scalars(select(Charge).order_by(Charge.id.desc())).first()
        acts = (
            (
                f"/cobrancas/{charge.id}/recebimento",
                {"paid_on": f"{now.today()}", "paid_with": "cash", "version": charge.version},
            ),
            (
                f"/cobrancas/{charge.id}/cancelamento",
                {"reason": "Em dobro", "paid_with": "cash", "version": charge.version},
            ),
        )
        for person in people:
            person.token()
        answers = race(6, lambda i, acts=acts: people[i].post(*acts[i % 2], faults=True).status)
        assert sorted(answers) == [303, *[409] * 5], answers
