"""A draft takes anything and loses nothing: unfinished steps, and ids of what is gone (B.5, B.17)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models.catalog import BillingMethod, Plan
from models.people import Origin, PersonGroup, Tag
from models.sales import Sale
from models.work_orders import WorkOrderKind
from tests import cast
from tests.staff.selling import STEPS, answer, answers, order, save, walk

pytestmark = pytest.mark.usefixtures("db")

GONE = 987_654


def the_sale(db, number: int) -> Sale:
    return db.scalars(select(Sale).where(Sale.id == number).execution_options(populate_existing=True)).one()


def leave(visitor, path: str, **typed):
    return visitor.post(path, {**typed, "sair": "sim"})


WRONG = {
    "endereco": {"cep": "355", "street": "Rua pela metade", "same_billing": "no", "billing_number": "12"},
    "plano": {"sold_on": "31/02/2026"},
    "contrato": {"templates": [str(GONE)]},
    "cobranca": {"due_day": "", "charge_fee": "yes", "installation_fee_cents": "cem reais"},
    "instalacao": {"open_order": "yes", "start_time": "25h", "description": "Ligar antes\ne levar escada"},
}


@pytest.mark.parametrize("step", STEPS[1:])
def test_guardar_e_sair_keeps_an_unfinished_step_as_it_is(staff, db, step):
    ana = staff("ana.souza")
    sale = walk(ana, until=step)
    path = f"/vendas/{sale}/{step}"
    left = leave(ana, path, **{**ana.get(path).form(path), **WRONG[step]})
    assert (left.status, left.location) == (303, "/vendas")
    tomorrow = staff("ana.souza")
    assert tomorrow.get(f"/vendas/{sale}").location == path  # the sale goes on there
    shown = tomorrow.get(path)
    assert shown.status == 200
    assert "Este passo ficou por terminar" in shown.words
    assert not shown.errors()
    for name, value in WRONG[step].items():
        if name != "templates":  # what is not offered is told, not drawn
            assert shown.form(path).get(name, "") == value, name
    assert tomorrow.get(f"/vendas/{sale}/conferir").location == f"/vendas/{sale}"
    right = {"version": shown.form(path)["version"], **answers(step)}
    assert tomorrow.post(path, right).status == 303
    assert step not in the_sale(db, sale).unfinished


def test_the_first_step_begins_a_draft_in_whatever_state(staff, db):
    ana = staff("ana.souza")
    left = leave(ana, "/clientes/adicionar", kind="organization", document="12.3", name="Padaria", mobile="37 9")
    assert (left.status, left.location) == (303, "/vendas")
    sale = db.scalars(select(Sale).order_by(Sale.id.desc())).first()
    assert "Padaria" in ana.get("/vendas").words
    path = f"/vendas/{sale.id}/dados"
    assert ana.get(f"/vendas/{sale.id}").location == path
    shown = ana.get(path)
    kept = shown.form(path)
    assert (kept["kind"], kept["document"], kept["name"], kept["mobile"]) == ("organization", "12.3", "Padaria", "37 9")
    assert ana.post(path, {**kept, **answers("dados")}).status == 303
    assert the_sale(db, sale.id).unfinished == {}


def test_an_answered_step_left_wrong_is_to_be_answered_again(staff, db):
    """What stands in the page is what is kept: the earlier answer does not sell behind it."""
    ana = staff("ana.souza")
    sale = walk(ana)
    path = f"/vendas/{sale}/dados"
    assert leave(ana, path, **{**ana.get(path).form(path), "mobile": "oito"}).status == 303
    refused = ana.post(f"/vendas/{sale}/conferir", {"version": str(the_sale(db, sale).version)})
    assert (refused.status, refused.location) == (303, f"/vendas/{sale}")
    assert the_sale(db, sale).status == "draft"
    assert ana.get(path).form(path)["mobile"] == "oito"
    answer(ana, sale, "dados")
    assert save(ana, sale).status == 303


def test_a_right_step_is_answered_by_guardar_e_sair(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    assert leave(ana, f"/vendas/{sale}/endereco", version="1", **answers("endereco")).status == 303
    assert ana.get(f"/vendas/{sale}").location == f"/vendas/{sale}/plano"


def test_leaving_an_old_window_overwrites_nothing(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")
    path = f"/vendas/{sale}/endereco"
    old = ana.get(path).form(path)
    answer(ana, sale, "endereco")
    late = leave(ana, path, **{**old, "street": "Rua da outra janela"})
    assert late.status == 409
    assert "Rua da outra janela" in late.words
    assert the_sale(db, sale).unfinished == {}


# ---- ids in the answers that name nothing any more


NAMED = [
    ("dados", "company_id", "Empresa"),
    ("dados", "group_id", "Grupo de Clientes"),
    ("dados", "origin_id", "Origem"),
    ("dados", "tags", "Etiquetas"),
    ("endereco", "address_id", "Endereço da instalação"),
    ("plano", "plan_id", "Plano/Serviço"),
    ("plano", "seller_id", "Vendedor"),
    ("contrato", "templates", "Contratos"),
    ("cobranca", "billing_method_id", "Forma de Cobrança"),
    ("cobranca", "due_day", "Data de Vencimento"),
    ("instalacao", "kind_id", "Tipo de Ordem de Serviço"),
    ("instalacao", "technician_id", "Técnico Responsável"),
]


@pytest.mark.parametrize("named", [GONE, 0, "nenhum"], ids=str)
@pytest.mark.parametrize(("step", "key", "title"), NAMED)
def test_a_draft_naming_what_is_gone_opens_and_takes_another(staff, db, step, key, title, named):
    davi = staff("davi.rocha")
    sale = walk(davi, instalacao=order())
    kept = the_sale(db, sale).answers
    several = key in ("tags", "templates")
    if several and not isinstance(named, int):
        named = GONE + 1
    kept = {**kept, step: {**kept[step], key: [named] if several else named}}
    db.execute(update(Sale).where(Sale.id == sale).values(answers=kept))
    db.commit()
    pages = {name: davi.get(f"/vendas/{sale}/{name}") for name in (*STEPS, "conferir")}
    assert {name: page.status for name, page in pages.items()} == dict.fromkeys(pages, 200)
    if named == GONE:
        assert f"Não está mais entre as opções: {title}" in pages[step].words
    answer(davi, sale, step, **order() if step == "instalacao" else {})
    assert save(davi, sale).status == 303


def test_a_narrower_reader_sees_that_the_plan_is_not_theirs(staff, db):
    """Of a customer in TODAS, with a plan of the other company, looked at by an operator of Vale Claro."""
    davi, ana = staff("davi.rocha"), staff("ana.souza")
    sale = walk(davi, dados={"company_id": 0})
    kept = the_sale(db, sale).answers
    foreign = db.scalars(select(Plan).where(Plan.company_id == cast.serra_azul().id)).first()
    name, kept = foreign.name, {**kept, "plano": {**kept["plano"], "plan_id": foreign.id}}
    db.execute(update(Sale).where(Sale.id == sale).values(answers=kept, plan_id=foreign.id, company_id=0))
    db.commit()
    for step in (*STEPS, "conferir"):
        shown = ana.get(f"/vendas/{sale}/{step}")
        assert shown.status == 200, step
        assert name not in shown.words
    assert "Não está mais entre as opções: Plano/Serviço" in ana.get(f"/vendas/{sale}/plano").words
    assert "Este passo precisa de outra resposta" in ana.get(f"/vendas/{sale}/conferir").words
    answer(ana, sale, "plano")
    assert save(ana, sale).status in (303, 422)


# ---- in use: what a draft names is not deleted


ROWS = [
    (PersonGroup, "grupos-de-clientes", "dados", "group_id"),
    (Origin, "origens", "dados", "origin_id"),
    (Tag, "etiquetas", "dados", "tags"),
    (BillingMethod, "formas-de-cobranca", "cobranca", "billing_method_id"),
    (WorkOrderKind, "tipos-de-os", "instalacao", "kind_id"),
]


@pytest.mark.parametrize(("table", "slug", "step", "key"), ROWS)
def test_what_a_draft_names_is_in_use_until_it_ends(staff, db, table, slug, step, key):
    davi = staff("davi.rocha")
    values = {"name": "De passagem"}
    if table is BillingMethod:
        values |= {"company_id": cast.vale_claro().id, "means": cast.method("Boleto mensal").means}
        values |= {"bank_account_id": cast.method("Boleto mensal").bank_account_id}
    if table is WorkOrderKind:
        values |= {"installation": True}
    row = table(**values)
    db.add(row)
    db.commit()
    id = row.id
    named = {step: {**(order() if step == "instalacao" else {}), key: [id] if key == "tags" else id}}
    sale = walk(davi, **{"instalacao": order(), **named})
    path = f"/configuracao/{slug}/{id}/remover"
    held = davi.post(path)
    assert held.status == 422
    assert "“De passagem” está em uso e não pode ser excluído. Inative em vez de excluir." in held.words
    davi.post(f"/vendas/{sale}/descarte")
    assert davi.post(path).status == 303
    assert not db.scalars(select(table).where(table.id == id)).all()


def test_a_template_that_is_offered_is_never_deleted(staff):
    """It has a text, and its revisions hold on to it; operators are never deleted at all."""
    held = staff("davi.rocha").post(f"/configuracao/modelos-de-contrato/{cast.template().id}/remover")
    assert held.status == 422
    assert "está em uso e não pode ser excluído" in held.words


def test_a_draft_says_where_it_stopped(staff):
    rafael = staff("rafael.teixeira")
    walk(rafael, until="plano")
    listed = rafael.get("/vendas").page.find("a", string="Helena Prado Batista").find_parent("tr")
    assert listed.find_all("td")[0].get_text(strip=True) == "Plano"
    assert "Helena Prado Batista" in rafael.get("/").words


def test_discarding_asks_first_and_says_whose_it_is(staff):
    sale = walk(staff("ana.souza"), until="plano")
    asked = staff("davi.rocha").get(f"/vendas/{sale}/descarte")
    assert "Ana Souza começou esta venda" in asked.words
    assert "se perde e não volta" in asked.words
    assert staff("ana.souza").get("/vendas").page.select_one(f'main a[href="/vendas/{sale}/descarte"]')
