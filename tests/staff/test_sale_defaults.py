"""What a sale begins with, and what is looked up for it: defaults, the sum of every step, the document, the hours."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.billing import Invoice
from models.billing.carne_plan import plan as carne_plan
from models.billing.carne_plan import proposal
from models.billing.run import bill
from models.operators import Role
from models.operators.throttle import Throttle
from models.sales import Sale
from models.sales.sale_defaults import SaleDefaults
from models.services import Service
from models.wording import brl
from models.work_orders import WorkOrder
from tests import cast
from tests.staff.selling import answer, answers, begin, order, save, walk

pytestmark = pytest.mark.usefixtures("db")
PATH = "/configuracao/padroes-da-venda"
STEPS = ("plano", "contrato", "cobranca", "instalacao", "conferir")


def the_sale(db, number: int) -> Sale:
    return db.scalars(select(Sale).where(Sale.id == number).execution_options(populate_existing=True)).one()


def shown(visitor, sale: int, step: str) -> dict[str, str]:
    path = f"/vendas/{sale}/{step}"
    return visitor.get(path).form(path)


def adding(visitor, person) -> int:
    return int(visitor.post(f"/clientes/{person.id}/servicos/adicionar").location.split("/")[2])


# ---- Padrões da venda


def test_the_company_chooses_what_a_sale_begins_with(staff, db):
    davi, ana, here = staff("davi.rocha"), staff("ana.souza"), cast.vale_claro()
    edit = f"{PATH}/{here.id}/editar"
    typed = davi.get(edit).form(edit)
    assert (typed["due_day"], typed["billing_method_id"]) == ("10", str(cast.method("Boleto mensal").id))  # of TODAS
    mine = {"due_day": "20", "billing_type": "postpaid", "uses_carne": "yes", "person_kind": "organization"}
    assert davi.post(edit, {**typed, **mine}).status == 303
    lines = {line.select_one(".name").text: line.text for line in davi.get(PATH).page.select("main tbody tr")}
    assert "dia 20" in lines["Vale Claro Telecom"]
    assert "Os de TODAS" in lines["Serra Azul Net"]
    assert "Razão Social" in ana.get("/clientes/adicionar").words
    assert "Nome completo" in ana.get("/clientes/adicionar?tipo=individual").words
    sale = walk(ana, until="cobranca")
    billing = shown(ana, sale, "cobranca")
    assert (billing["due_day"], billing["billing_type"], billing["uses_carne"]) == ("20", "postpaid", "yes")
    assert "padrões da venda" in davi.get("/configuracao/historico?tipo=padroes-da-venda").words.lower()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("due_day", "7"), ("billing_method_id", "9999"), ("billing_type", "x"), ("person_kind", ""), ("uses_carne", "")],
)
def test_what_no_sale_could_choose_is_not_proposed(staff, db, field, typed):
    davi, edit = staff("davi.rocha"), f"{PATH}/todas/editar"
    refused = davi.post(edit, {**davi.get(edit).form(edit), field: typed})
    assert (refused.status, list(refused.errors())) == (422, [field])


def test_what_went_out_of_use_is_not_proposed(staff, db):
    ana = staff("ana.souza")
    cast.method("Boleto mensal").inactive_since = clock.now()
    cast.vale_claro().due_days = "5,15"
    db.commit()
    billing = shown(ana, walk(ana, until="cobranca"), "cobranca")
    assert "billing_method_id" not in billing
    assert "due_day" not in billing


def test_who_may_not_edit_reads_them(staff):
    rafael = staff("rafael.teixeira")
    assert "Só leitura" in rafael.get(PATH).words
    assert rafael.get(f"{PATH}/todas/editar").status == 403


def test_an_added_service_is_charged_like_the_newest_one(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    service = cast.service(ze)
    service.due_day, service.billing_type, service.uses_carne = 25, "postpaid", True
    service.billing_method_id, service.installation_fee_cents = cast.method("Pix mensal").id, 0
    db.commit()
    sale = adding(ana, ze)
    for step in ("endereco", "plano", "contrato"):
        answer(ana, sale, step)
    billing = shown(ana, sale, "cobranca")
    copied = ("due_day", "billing_type", "uses_carne", "billing_method_id")
    assert [billing[name] for name in copied] == ["25", "postpaid", "yes", str(cast.method("Pix mensal").id)]
    assert billing["charge_fee"] == "no"


# ---- the shortcut


def test_avancar_with_the_defaults_stops_where_somebody_has_to_answer(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    page = ana.get(path)
    assert "Boleto mensal, dia 10, antecipado, sem carnê" in page.words
    went = ana.post(path, {**page.form(path), **answers("plano"), "seguir": "sim"})
    assert (went.status, ana.get(went.location).location) == (303, f"/vendas/{sale}/instalacao")
    kept = the_sale(db, sale).answers
    assert (kept["cobranca"]["due_day"], kept["contrato"]["templates"]) == (10, [cast.template().id])
    assert "instalacao" not in kept
    typed = shown(ana, sale, "instalacao")
    assert (typed["open_order"], typed["status"], typed["description"]) == (
        "yes",
        "scheduled",
        "Instalar Fibra 500 Mbps",
    )
    assert typed["kind_id"] == str(cast.order_kind().id)
    review = answer(ana, sale, "instalacao", **order())
    assert review.location == f"/vendas/{sale}/conferir"
    assert save(ana, sale).status == 303


def test_what_needs_no_visit_goes_on_to_conferir(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    typed = answers("plano", plan_id=cast.plan("Telefone fixo 2 ramais").id)
    went = ana.post(path, {**ana.get(path).form(path), **typed, "seguir": "sim"})
    assert ana.get(went.location).location == f"/vendas/{sale}/conferir"
    assert the_sale(db, sale).answers["instalacao"]["open_order"] is False


def test_nothing_typed_is_answered_over(staff, db):
    """A step somebody left unfinished is theirs."""
    ana = staff("ana.souza")
    sale = walk(ana, until="cobranca")
    path = f"/vendas/{sale}/cobranca"
    half = {**shown(ana, sale, "cobranca"), "due_day": "25", "billing_type": "", "sair": "sim"}
    assert ana.post(path, half).status == 303
    plan = f"/vendas/{sale}/plano"
    assert "Usar os padrões" not in ana.get(plan).words
    went = ana.post(plan, {**ana.get(plan).form(plan), **answers("plano"), "seguir": "sim"})
    assert ana.get(went.location).location == path
    assert shown(ana, sale, "cobranca")["due_day"] == "25"


def test_without_defaults_there_is_no_shortcut(staff, db):
    ana = staff("ana.souza")
    SaleDefaults.own(0).change(**{**SaleDefaults.usual, "billing_method_id": None, "due_day": None})
    db.commit()
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    page = ana.get(path)
    assert "Usar os padrões" not in page.words
    assert (
        "A conta aparece quando o plano e o dia"
        in ana.post(f"/vendas/{sale}/previa", {**answers("plano"), "passo": "plano"}).words
    )
    went = ana.post(path, {**page.form(path), **answers("plano"), "seguir": "sim"})
    assert ana.get(went.location).location == f"/vendas/{sale}/cobranca"


# ---- the sum beside every step


def figure(answer) -> str:
    return answer.page.select_one("#first-invoice .figure").get_text().strip()


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", ["prepaid", "postpaid"])
@pytest.mark.parametrize("fee", ["", "150,00"])
def test_the_sum_of_every_step_is_the_first_invoice(staff, db, clock, kind, fee):
    with clock("2026-12-01 10:00"):
        ana = staff("ana.souza")
        charged = {"charge_fee": "yes", "installation_fee_cents": fee} if fee else {}
        sale = walk(ana, cobranca={"billing_type": kind, **charged})
        sums = {figure(ana.get(f"/vendas/{sale}/{step}")) for step in ("dados", "endereco", *STEPS)}
        typed = {**answers("cobranca", billing_type=kind), **charged, "passo": "cobranca"}
        sums.add(figure(ana.post(f"/vendas/{sale}/previa", typed, htmx=True)))
        assert save(ana, sale).status == 303
    service = db.scalars(select(Service).order_by(Service.id.desc())).first()
    for ago in range(70):
        with clock(f"{date(2026, 12, 1) + timedelta(days=ago)} 11:00"):
            bill([service.person_id])
        if invoice := db.scalars(select(Invoice).where(Invoice.service_id == service.id)).first():
            break
    assert sums == {brl(invoice.total_cents)}


def test_a_proposal_is_summed_before_it_is_answered(staff, db):
    """From the plan on the sum is there, and it is what stands when the defaults are kept."""
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    assert "A conta aparece quando o plano e o dia" in ana.get(f"/vendas/{sale}/plano").words
    typed = {**answers("plano"), "passo": "plano"}
    asked = figure(ana.post(f"/vendas/{sale}/previa", typed, htmx=True))
    answer(ana, sale, "plano")
    proposed = figure(ana.get(f"/vendas/{sale}/contrato"))
    answer(ana, sale, "contrato")
    answer(ana, sale, "cobranca")
    assert asked == proposed == figure(ana.get(f"/vendas/{sale}/instalacao"))


def test_with_carne_the_sum_is_its_first_instalment(staff, db, clock):
    with clock("2026-12-01 10:00"):
        ana = staff("ana.souza")
        sale = walk(ana, cobranca={"uses_carne": "yes"})
        page = ana.get(f"/vendas/{sale}/conferir")
        assert "Primeira parcela do carnê" in page.words
        assert save(ana, sale).status == 303
        service = db.get(Service, the_sale(db, sale).service_id)
        first = carne_plan(service, *proposal(service), 12).first
    assert figure(page) == brl(first.total_cents)
    assert first.due.strftime("%d/%m/%Y") in page.words


# ---- the document, when its field is left


CHECK = "/clientes/adicionar/documento"


def look(visitor, document: str, kind: str = "individual"):
    return visitor.post(CHECK, {"document": document, "kind": kind}, htmx=True)


def test_a_customer_is_named_with_what_they_have(staff, db):
    found = look(staff("ana.souza"), "529.982.247-25")
    assert "já é cliente" in found.words
    assert "Suspenso por Débito" in found.words
    assert f"/clientes/{cast.rita().id}" in {link["href"] for link in found.page.select("a")}
    assert found.page.select_one("button")["formaction"] == f"/clientes/{cast.rita().id}/servicos/adicionar"


def test_a_wrong_document_says_so_and_a_free_one_goes_on(staff, db):
    ana = staff("ana.souza")
    assert "não confere" in look(ana, "123.456.789-00").words
    assert "Faltam 2" in look(ana, "123.456.789").words
    assert "Ninguém tem este CPF" in look(ana, cast.STRANGER).words
    assert look(ana, "").words == ""
    assert look(ana, cast.STRANGER, "x").words == ""


def test_who_is_of_another_company_is_not_named(staff, db):
    found = look(staff("ana.souza"), cast.MAR_AZUL, "organization")
    assert "outra empresa" in found.words
    assert "Mar Azul" not in found.words
    assert not found.page.select("a, button")


def test_looking_is_counted_like_searching(staff, db):
    ana = staff("ana.souza")
    for _ in range(20):
        assert "Ninguém tem" in look(ana, cast.STRANGER).words
    assert "documentos que ninguém tem" in look(ana, cast.STRANGER).words
    assert "documentos que ninguém tem" in begin(ana).words
    assert db.scalar(select(func.sum(Throttle.tries)).where(Throttle.key.like("missed:%"))) == 20
    assert staff("joao.alcantara").post(CHECK, {"document": cast.RITA, "kind": "individual"}).status == 403


def test_the_page_of_a_known_document_says_it_once(staff):
    refused = begin(staff("ana.souza"), document=cast.RITA)
    assert refused.words.count("Abra o cadastro ou use Adicionar Serviço") == 1
    assert refused.page.select_one(".error-summary") is None


# ---- the hours of a technician


def test_the_hours_a_technician_has_taken_stand_beside_the_day(staff, db):
    ana, joao = staff("ana.souza"), cast.operator("joao.alcantara")
    sale, on = walk(ana, until="instalacao"), clock.today() + timedelta(days=6)
    for status, hour in (("scheduled", 9), ("open", 14), ("cancelled", 16)):
        db.add(_order(cast.service(cast.ze()), joao.id, status, clock.at(on, time(hour))))
    db.add(_order(cast.service(cast.mar_azul()), joao.id, "scheduled", clock.at(on, time(11))))
    db.commit()
    asked = ana.get(f"/vendas/{sale}/horas-tomadas?technician_id={joao.id}&start_on={on}", htmx=True)
    assert "09:00 Instalação, 11:00 Instalação, 14:00 Instalação." in asked.words
    assert "Mar Azul" not in asked.words
    free = ana.get(f"/vendas/{sale}/horas-tomadas?technician_id={joao.id}&start_on={on + timedelta(days=1)}", htmx=True)
    assert "não tem OS" in free.words
    for query in ("", "?technician_id=abc&start_on=ontem", f"?technician_id={cast.operator('celia.prado').id}"):
        assert ana.get(f"/vendas/{sale}/horas-tomadas{query}", htmx=True).words == ""
    path = f"/vendas/{sale}/instalacao"
    without_script = ana.post(path, {**order(start_on=on.isoformat()), "ver": "horas"})
    assert "09:00 Instalação" in without_script.words
    assert "instalacao" not in the_sale(db, sale).answers


def _order(service: Service, technician_id: int, status: str, starts_at) -> WorkOrder:
    whose = {"company_id": service.company_id, "person_id": service.person_id, "service_id": service.id}
    number = 90_000 + starts_at.hour
    return WorkOrder(
        **whose,
        number=number,
        kind_id=cast.order_kind().id,
        technician_id=technician_id,
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        description="Instalar",
        created_at=clock.now(),
    )


# ---- afterwards


def test_after_salvar_the_dashboard_offers_what_comes_next(staff, db):
    ana = staff("ana.souza")
    saved = save(ana, walk(ana, cobranca={"uses_carne": "yes"}))
    page = ana.get(saved.location)
    after = page.page.select_one("#finished")
    words = {one.get_text() for one in after.select(".toolbar a, .toolbar button")}
    assert words == {
        "Imprimir contrato",
        "Enviar contrato",
        "Gerar carnê",
        "Abrir a Central",
        "Adicionar outro serviço",
        "Novo cliente",
    }
    assert ana.get(
        after.find("a", string="Gerar carnê")["href"] if after.find("a", string="Gerar carnê") else "/"
    ).status
    for form in after.select("form"):
        assert ana.post(form["action"], {}).status == 303
    again = ana.get(saved.location.partition("?")[0])
    assert again.page.select_one("#finished") is None
    assert (
        ana.get(f"/clientes/{cast.rita().id}?{saved.location.partition('?')[2]}").page.select_one("#finished") is None
    )


def test_what_cannot_be_done_now_says_why(staff, db):
    rafael = staff("rafael.teixeira")
    sale = walk(rafael, contrato={"templates": []}, instalacao=order())
    page = rafael.get(save(rafael, sale).location)
    words = page.page.select_one("#finished").get_text(" ")
    assert "não usa carnê" in words
    assert "Habilitar, depois da instalação: perfis Administrador, Financeiro e Supervisão." in words


def test_a_commercial_role_may_release_in_trust(staff, db):
    rafael = staff("rafael.teixeira")
    rows = rafael.get("/rotinas-comerciais").page.select("#commercial-tasks tbody tr")
    assert [row.get_text() for row in rows if "Seu perfil" in row.get_text()] == []
    unlock = f"/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca"
    assert rafael.get(unlock).status == 200


def test_the_page_of_the_tasks_says_who_may(staff, db):
    joao = staff("joao.alcantara")
    rows = joao.get("/rotinas-comerciais").page.select("#commercial-tasks tbody tr")
    assert "Podem: Administrador, Comercial, Financeiro e Supervisão." in rows[0].get_text()
    for role in db.scalars(select(Role)):
        role.permissions = [code for code in role.permissions if code != "billing.charge"]
    db.commit()
    rows = joao.get("/rotinas-comerciais").page.select("#commercial-tasks tbody tr")
    assert "Nenhum perfil pode" in rows[3].get_text()


def test_descartar_inside_asks_first_and_leads_back(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="cobranca")
    link = next(a["href"] for a in ana.get(f"/vendas/{sale}/cobranca").page.select("main a") if a.text == "Descartar")
    asked = ana.get(link)
    back = asked.page.select_one("main .form-actions a")
    assert (back["href"], back.has_attr("data-focus")) == (f"/vendas/{sale}/cobranca", True)
    assert the_sale(db, sale).status == "draft"
    assert (
        ana.get(f"/vendas/{sale}/descarte?passo=//mau.example").page.select_one("main .form-actions a")["href"]
        == "/vendas"
    )


def test_the_plans_stand_by_speed(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    names = [one.get_text() for one in ana.get(f"/vendas/{sale}/plano").page.select("#plan_id .option-words > span")]
    fast = [name for name in names if "Mbps" in name]
    assert fast == sorted(fast, key=lambda name: int(name.split()[-2]))
    assert names[: len(fast)] == fast
