"""Offers: every edition of a plan is public under its own code, for three years after its end (B-18)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from models.billing import Invoice
from models.billing.run import bill
from models.catalog import Offer, Plan
from models.catalog.offer import PublicTerms, code_of, public_since
from models.contracts import Contract
from models.papers import contract_paper, invoice_paper
from tests import cast
from tests.staff import selling
from tests.staff.configuration.test_plans import typed

PLANS = "/configuracao/planos"


def editions(db, name="Fibra 500 Mbps"):
    db.expire_all()
    return list(reversed(Offer.editions(cast.plan(name).id)))


def edit(visitor, of="Fibra 500 Mbps", **changes):
    """The form of a plan as it is, with changes."""
    path = f"{PLANS}/{cast.plan(of).id}/editar"
    done = visitor.post(path, {**visitor.get(path).form(path), **changes})
    assert done.status == 303, done.errors()
    return done


DEARER = {"price_cents": "109,90", "rows-0-amount_cents": "79,90"}


@pytest.mark.feature("B-18")
@pytest.mark.postgresql
def test_a_new_price_is_a_new_code_and_what_was_sold_keeps_its_own(staff, anonymous, db, billed, worker, clock):
    davi, (before,) = staff("davi.rocha"), editions(db)
    rita = cast.service(cast.rita())
    contract = cast.contract(rita)
    printed = davi.post(f"/contratos/{contract.id}/impressao")
    worker.drain()
    document = contract.last_print()
    kept, hashed = document.content, document.values_hash
    assert printed.status == 303
    assert kept

    edit(davi, **DEARER)
    old, new = editions(db)
    assert (old.id, old.edition, new.edition) == (before.id, 1, 2)
    assert old.code != new.code
    assert old.ended_on
    assert new.ended_on is None
    assert (old.price_cents, new.price_cents) == (9990, 10990)

    # what was sold keeps the code, and prints the same bytes
    assert cast.service(cast.rita()).offer_id == old.id
    davi.post(f"/contratos/{contract.id}/impressao")
    db.expire_all()
    again = db.get(Contract, contract.id).last_print()
    assert (again.id, again.content, again.values_hash) == (document.id, kept, hashed)
    assert contract_paper(contract)["values"]["oferta.codigo"] == old.code

    # what is sold now has the new one, on contract and invoice
    seller = staff("rafael.teixeira")
    assert selling.save(seller, selling.walk(seller)).status == 303
    sold = cast.service(cast.person(cast.STRANGER))
    assert sold.offer_id == new.id
    assert contract_paper(cast.contract(sold))["values"]["oferta.codigo"] == new.code
    invoice = _invoice_of(db, sold)
    paper = invoice_paper(invoice)
    assert new.code in paper["about"]
    assert paper["lines"][0]["offer"] == new.code

    # the page lists both, whoever looks
    page = anonymous("portal").get("/ofertas")
    assert page.status == 200
    assert old.code in page.words
    assert new.code in page.words
    for offer, price in ((old, "99,90"), (new, "109,90")):
        shown = anonymous("portal").get(f"/ofertas/{offer.code}")
        assert price in shown.words
        assert offer.code in shown.words

    # the ended one until three years after its end, the day after no more
    with clock(f"{old.ended_on.replace(year=old.ended_on.year + 3)} 23:50"):
        assert old.code in anonymous("portal").get("/ofertas").words
        assert anonymous("portal").get(f"/ofertas/{old.code}").status == 200
    with clock(f"{_day_after_three_years(old.ended_on)} 00:05"):
        assert old.code not in anonymous("portal").get("/ofertas").words
        assert anonymous("portal").get(f"/ofertas/{old.code}").status == 404
        assert anonymous("portal").get(f"/ofertas/{new.code}").status == 200


def _day_after_three_years(ended):
    return date.fromordinal(ended.replace(year=ended.year + 3).toordinal() + 1)


def _invoice_of(db, service):
    """The first invoice of a customer who has none yet."""
    bill([service.person_id], until=service.starts_on + timedelta(days=60))
    return db.scalars(select(Invoice).where(Invoice.person_id == service.person_id)).first()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Fibra Melhor 500"},
        {"download_mbps": "600"},
        {"upload_mbps": "300"},
        {"installation_fee_cents": "100,00"},
        {"readjust_index": "IPCA"},
        {"readjust_months": "24"},
        {"rows-1-name": "Aplicativos e antivírus"},
        {"contract_template_id": ""},
    ],
)
def test_whatever_the_public_buys_makes_a_new_edition(staff, db, changes):
    row = cast.plan("Fibra 500 Mbps")
    edit(staff("davi.rocha"), **changes)
    db.expire_all()
    old, new = reversed(Offer.editions(row.id))
    assert (old.ended_on is None, new.ended_on) == (False, None)
    assert old.code != new.code


def test_saving_what_was_there_publishes_nothing(staff, db):
    edit(staff("davi.rocha"))
    assert len(editions(db)) == 1


def test_another_loyalty_term_is_another_offer_of_its_plans(staff, db):
    davi, row = staff("davi.rocha"), cast.template()
    path = f"/configuracao/modelos-de-contrato/{row.id}/editar"
    form = davi.get(path).form(path)
    assert davi.post(path, {**form, "loyalty_months": "6"}).status == 303
    old, new = editions(db)
    assert (old.loyalty_months, new.loyalty_months) == (12, 6)
    assert len(editions(db, "Rádio 20 Mbps")) == 1, "sold without this template"


@pytest.mark.postgresql
def test_out_of_use_it_ends_and_comes_back_as_a_new_edition(staff, anonymous, db):
    davi, row = staff("davi.rocha"), cast.plan("Rádio 20 Mbps")
    assert davi.post(f"{PLANS}/{row.id}/inativacao").status == 303
    (old,) = editions(db, "Rádio 20 Mbps")
    assert old.ended_on
    assert "Encerrada" in anonymous("portal").get(f"/ofertas/{old.code}").words
    assert davi.post(f"{PLANS}/{row.id}/reativacao").status == 303
    old, new = editions(db, "Rádio 20 Mbps")
    assert (new.edition, new.ended_on) == (2, None)


@pytest.mark.postgresql
def test_an_edition_ends_no_earlier_than_it_began_though_its_company_moved_west(staff, db, clock):
    row = cast.plan("Fibra 500 Mbps")
    with clock("2026-12-02 00:30"):
        davi = staff("davi.rocha")
        edit(davi, **DEARER)
        path = f"/configuracao/empresas/{cast.vale_claro().id}/editar"
        assert davi.post(path, {**davi.get(path).form(path), "zone": "America/Rio_Branco"}).status == 303
        edit(davi, readjust_months="24")  # it is 1 December there
        assert davi.post(f"{PLANS}/{row.id}/inativacao").status == 303
        assert davi.post(f"{PLANS}/{row.id}/reativacao").status == 303
    began = date(2026, 12, 2)
    days = [(offer.valid_from, offer.ended_on) for offer in editions(db)]
    assert days[1:] == [(began, began), (began, began), (began, None)]


@pytest.mark.postgresql
def test_a_plan_nobody_bought_may_go_and_its_offer_stays_public(staff, anonymous, db):
    davi = staff("davi.rocha")
    assert davi.post(f"{PLANS}/adicionar", typed(company_id=cast.vale_claro().id)).status == 303
    (offer,) = editions(db, "Fibra 700 Mbps")
    code, id, plan_id = offer.code, offer.id, offer.plan_id
    assert davi.post(f"{PLANS}/{plan_id}/remover").status == 303
    db.expire_all()
    assert db.get(Plan, plan_id) is None
    left = db.get(Offer, id)
    assert (left.plan_id, left.code, left.ended_on is None) == (None, code, False)
    assert anonymous("portal").get(f"/ofertas/{code}").status == 200


def test_a_plan_somebody_has_stays_and_so_does_its_offer(staff, db):
    row = cast.plan("Fibra 500 Mbps")
    assert staff("davi.rocha").post(f"{PLANS}/{row.id}/remover").status == 422
    assert editions(db)[0].ended_on is None


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "update offer set price_cents = price_cents - 100",
        "update offer set name = 'Outra'",
        "update offer set items = '[]'",
        "update offer set code = 'XX1-1'",
        "update offer set valid_from = '2020-01-01'",
        "update offer set ended_on = null",
        "update offer set ended_on = '2030-01-01'",
        "delete from offer",
    ],
)
def test_the_database_lets_nobody_change_an_offer(db, statement):
    offer = db.scalars(select(Offer).where(Offer.plan_id == cast.plan("Rádio 20 Mbps").id)).one()
    Offer.end(offer.plan_id, offer.valid_from)
    db.commit()
    with pytest.raises(DatabaseError, match="an offer never changes"), db.begin_nested():
        db.execute(text(f"{statement} where id = {offer.id}"))


@pytest.mark.postgresql
def test_the_database_knows_one_offer_in_force_and_each_code_once(db):
    (first,) = editions(db)
    values = {**first.terms._asdict(), "plan_id": first.plan_id, "valid_from": first.valid_from, "edition": 2}
    for wrong in ({"code": "ZZ1-1"}, {"code": first.code, "ended_on": first.valid_from}):
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(insert(Offer).values(**{**values, **wrong}))


def test_each_company_shows_its_own(anonymous, db):
    page = anonymous("portal").get("/ofertas").page
    titles = {title.text: title.find_next_sibling("section").text for title in page.select("main h2")}
    assert set(titles) == {"Vale Claro Telecom", "Serra Azul Net"}
    assert "Serra 400 Mbps" in titles["Serra Azul Net"]
    assert "Fibra" not in titles["Serra Azul Net"]
    assert "Fibra 300 Mbps" in titles["Vale Claro Telecom"]
    assert "Serra" not in titles["Vale Claro Telecom"]
    (offer,) = editions(db, "Serra 400 Mbps")
    shown = anonymous("portal").get(f"/ofertas/{offer.code}")
    assert "Serra Azul" in shown.words
    assert "Vale Claro" not in shown.page.select_one("main").text


def test_the_label_says_what_the_law_asks(anonymous, db):
    (offer,) = editions(db)
    page = anonymous("portal").get(f"/ofertas/{offer.code.lower()}").page
    label = dict(zip((row.text for row in page.select("dt")), (row.text for row in page.select("dd")), strict=True))
    assert label["Código"] == offer.code
    assert "CNPJ" in label["Prestadora"]
    assert label["Serviço"] == "Internet, fibra"
    assert (label["Recebe até"], label["Envia até"]) == ("500 Mbps", "250 Mbps")
    assert label["Taxa de instalação"] == "Combinada na venda"
    assert label["Fidelidade"] == "12 meses"
    assert label["Benefício da fidelidade"].startswith("Instalação de R$ 400,00 por R$ 150,00")
    assert "IST" in label["Reajuste"]
    assert "12 meses" in label["Data-base"]
    assert label["À venda"].startswith("desde ")


def test_the_page_is_the_same_for_everybody_and_may_be_kept(anonymous, central, staff):
    """Nothing of a session in it: no token, no cookie, no name."""
    bodies = set()
    for who in (anonymous("portal"), central("rita"), staff("ana.souza")):
        page = who.get("/ofertas")
        assert page.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in page.headers
        bodies.add(page.text)
    assert len(bodies) == 1
    assert "csrf" not in bodies.pop().lower()


def test_the_entry_of_the_central_leads_there(anonymous):
    page = anonymous("portal").get("/central/entrar")
    assert page.page.select_one('main a[href="/ofertas"]')


def test_a_code_that_is_none_is_a_404_with_a_way_back(anonymous):
    page = anonymous("portal").get("/ofertas/XX99-9")
    assert page.status == 404
    assert page.page.select_one('main a[href="/central/"]')


def test_the_plan_page_tells_its_offers_and_the_service_its_code(staff, db):
    davi = staff("davi.rocha")
    edit(davi, **DEARER)
    old, new = editions(db)
    page = davi.get(f"{PLANS}/{old.plan_id}/editar")
    assert "Históricos de ofertas" in page.words
    assert old.code in page.words
    assert new.code in page.words
    assert f"oferta {old.code}" in davi.get(f"/clientes/{cast.rita().id}").words


@pytest.mark.parametrize(
    ("company", "code"),
    [
        ("Vale Claro Telecom", "VC7-2"),
        ("TODAS", "TD7-2"),
        ("Óliver", "VE7-2"),
        ("Íris Li", "RS7-2"),
        ("3", "XX7-2"),
    ],
)
def test_a_code_has_two_letters_that_are_no_digits(company, code):
    assert code_of(company, 7, 2) == code


@pytest.mark.parametrize(
    ("on", "since"),
    [("2029-11-30", "2026-11-30"), ("2028-02-29", "2025-03-01"), ("2027-03-01", "2024-03-01")],
)
def test_three_years_back(on, since):
    assert public_since(date.fromisoformat(on)) == date.fromisoformat(since)


def test_what_is_public_is_all_of_an_offer():
    """A column of an offer that is neither its name nor its days is something the public buys."""
    own = {"id", "plan_id", "edition", "code", "valid_from", "ended_on"}
    assert set(PublicTerms._fields) == {column.key for column in Offer.__table__.columns} - own
