"""Carnê Bancário through the door: generating with its preview, the eight actions, what is refused (C-36 to C-47)."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from models.billing import Carne, Invoice, Receipt
from models.billing.carne_plan import proposal
from models.notices import Notice
from models.refused import Refused
from models.services import Service
from models.services.service import ServiceItem
from tests import cast
from tests.documents.reading import codes, pixels
from tests.models.billing.money import account, charged
from tests.staff.selling import save, walk

pytestmark = pytest.mark.usefixtures("db")
ACTIONS = [
    "Visualizar",
    "Editar",
    "Imprimir",
    "Enviar por Email",
    "Histórico",
    "Associar Faturas",
    "Desassociar Faturas",
    "Cancelar",
]
USED, DUE = date(2026, 11, 20), date(2026, 12, 10)


@pytest.fixture(autouse=True)
def november(db, clock):
    with clock("2026-11-24 10:00"):
        yield


@pytest.fixture
def service(db):
    account()
    return charged(cast.ze(), uses_carne=True, billing_type="postpaid")


@pytest.fixture
def carne(db, service):
    made = Carne.generate(service, USED, DUE, 3, "Fibra do Zé", "ze@exemplo.com")
    db.commit()
    return made


def typed(service, **changes):
    usual = {
        "service_id": service.id,
        "used_from": "2026-11-20",
        "first_due_on": "2026-12-10",
        "installments": "12",
        "description": "Fibra do Zé",
        "email": "ze@exemplo.com",
    }
    return {**usual, **changes}


def adding(service) -> str:
    return f"/clientes/{service.person_id}/carnes/adicionar"


def link(answer, text: str) -> str:
    return next(found["href"] for found in answer.page.select("main a") if found.get_text(strip=True) == text)


def invoices(db) -> list[Invoice]:
    return list(db.scalars(select(Invoice).order_by(Invoice.due_on).execution_options(populate_existing=True)))


def fresh(db, carne) -> Carne:
    return db.get(Carne, carne.id, populate_existing=True)


# ---- a new one


@pytest.mark.feature("C-36")
def test_a_new_customer_with_carne_has_no_invoice_and_a_hint(staff, db, worker):
    ana = staff("ana.souza")
    save(ana, walk(ana, cobranca={"uses_carne": "yes", "charge_fee": "no"}))
    helena = cast.person(cast.STRANGER)
    worker.routine("billing")
    assert not db.scalar(select(func.count()).where(Invoice.person_id == helena.id))
    assert "Carnê não gerado." in ana.get(f"/clientes/{helena.id}").words
    listed = ana.get(f"/clientes/{helena.id}/carnes")
    assert "Fibra 500 Mbps: carnê não gerado." in listed.words
    service = cast.service(helena)
    assert ana.get(link(listed, "Gerar o carnê")).form(adding(service))["service_id"] == str(service.id)


@pytest.mark.feature("C-37", "C-41", "C-44")
def test_the_path_to_a_carne_and_what_it_shows(staff, db, service):
    ana = staff("ana.souza")
    money = ana.get(f"/clientes/{service.person_id}/financeiro")
    assert link(money, "Carnê Bancário") == adding(service)
    form = ana.get(adding(service)).form(adding(service))
    assert (form["used_from"], form["first_due_on"], form["installments"]) == ("2026-11-20", "2026-12-10", "12")
    shown = ana.follow(ana.post(adding(service), typed(service)))
    assert "Carnê 1 gerado" in shown.words
    rows = invoices(db)
    assert len(rows) == 12
    assert [row.due_on.day for row in rows] == [10] * 12
    periods = [cell.get_text() for cell in shown.page.select("tbody td") if "Período" in cell.get_text()]
    assert len(periods) == 12
    assert periods[0] == "Período: 20/11/2026 a 09/12/2026"
    assert periods[-1] == "Período: 10/10/2027 a 09/11/2027"


@pytest.mark.feature("C-41")
def test_the_last_day_of_a_month_without_the_day(staff, db, service):
    db.execute(Service.__table__.update().where(Service.id == service.id).values(due_day=31))
    db.commit()
    form = typed(service, used_from="2026-12-31", first_due_on="2027-01-31", installments="3")
    assert staff("ana.souza").post(adding(service), form).status == 303
    assert [row.due_on for row in invoices(db)] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


@pytest.mark.feature("C-38")
def test_services_to_choose(staff, db, service):
    sol = cast.sol()
    with_carne, without = (cast.service(sol, name) for name in ("Fibra 1 Gbps", "Telefone fixo 2 ramais"))
    with_carne.uses_carne, with_carne.installation_fee_cents = True, 0
    ana = staff("ana.souza")
    page = ana.get(adding(with_carne))
    offered = {field["value"]: field.has_attr("disabled") for field in page.page.select('[name="service_id"]')}
    assert offered == {str(with_carne.id): False, str(without.id): True}
    assert "Este serviço não usa carnê." in page.words
    assert page.page.find("a", href=f"/servicos/{without.id}/cobranca")
    db.execute(Service.__table__.update().where(Service.id == without.id).values(status="cancelled"))
    assert len(ana.get(adding(with_carne)).page.select('[name="service_id"]')) == 1
    for forged, sentence in (
        (without.id, "Este serviço está cancelado"),
        (service.id, "Escolha o serviço."),
        ("", "Escolha o serviço."),
        (10**18, "Escolha o serviço."),
    ):
        answer = ana.post(adding(with_carne), typed(service, service_id=forged))
        assert answer.status == 422
        assert sentence in answer.words
    without.status, without.uses_carne = "active", False
    assert "não usa carnê" in ana.post(adding(with_carne), typed(service, service_id=without.id)).words
    assert invoices(db) == []


@pytest.mark.feature("C-39", "C-41")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"used_from": ""}, "used_from", "Escolha a data de início do uso."),
        ({"used_from": "2026-12-11"}, "used_from", "O uso começa depois do 1º vencimento"),
        ({"used_from": "2026-12-10"}, "used_from", "No Postecipado não há o que cobrar"),
        ({"used_from": "31/02/2026"}, "used_from", "Escreva a data como"),
        ({"first_due_on": ""}, "first_due_on", "Escolha o 1º vencimento."),
        ({"first_due_on": "2026-11-23"}, "first_due_on", "já passou"),
        ({"installments": ""}, "installments", "Informe de 1 a 24 parcelas."),
        ({"installments": "0"}, "installments", "Informe de 1 a 24 parcelas."),
        ({"installments": "-3"}, "installments", "Informe de 1 a 24 parcelas."),
        ({"installments": "25"}, "installments", "Informe de 1 a 24 parcelas."),
        ({"installments": "1.5"}, "installments", "Informe de 1 a 24 parcelas."),
        ({"email": "ze@"}, "email", "Confira o e-mail."),
    ],
)
def test_refused_at_its_field_and_nothing_written(staff, db, service, wrong, field, sentence):
    answer = staff("ana.souza").post(adding(service), typed(service, **wrong))
    assert answer.status == 422
    assert sentence in answer.errors()[field]
    assert invoices(db) == []


@pytest.mark.feature("C-39")
@pytest.mark.parametrize(("used", "said"), [("2024-11-20", "antes da venda"), ("2026-12-01", "ainda vai começar")])
def test_use_before_the_registration_or_still_to_come_is_shown_not_refused(staff, service, used, said):
    ana = staff("ana.souza")
    preview = ana.post(f"/clientes/{service.person_id}/carnes/previa", typed(service, used_from=used), htmx=True)
    assert said in preview.words
    assert ana.post(adding(service), typed(service, used_from=used)).status == 303


@pytest.mark.feature("C-40", "C-42")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "postpaid",
            [
                "Postecipado · 1ª parcela, vence em 10/12/2026 R$ 66,60",
                "20 dias de uso, 20/11/2026 a 09/12/2026",
                "R$ 99,90 × 20 ÷ 30, R$ 3,3300 por dia",
                "Mais 11 de R$ 99,90",
                "R$ 1.165,50",
            ],
        ),
        (
            "prepaid",
            [
                "Antecipado · 1ª parcela, vence em 10/12/2026 R$ 166,50",
                "R$ 99,90 × 20 ÷ 30, R$ 3,3300 por dia",
                "Mensalidade, 10/12/2026 a 09/01/2027",
                "R$ 1.265,40",
            ],
        ),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_the_sum_before_it_is_saved(staff, db, service, kind, said, htmx):
    service.billing_type = kind
    ana = staff("ana.souza")
    if htmx:
        shown = ana.post(f"/clientes/{service.person_id}/carnes/previa", typed(service), htmx=True)
    else:
        shown = ana.post(adding(service), typed(service, calcular="sim"))
    assert shown.status == 200
    words = " ".join(shown.page.select_one("#carne-preview").get_text(" ").replace("\u00a0", " ").split())
    for sentence in said:
        assert sentence in words
    assert invoices(db) == []


@pytest.mark.feature("C-42")
def test_the_rounding_is_of_the_whole_and_each_line_sums(staff, db, service):
    service = charged(cast.ze(), (("scm", "A", 3333), ("sva", "B", 3333), ("sva", "C", 3324)), uses_carne=True)
    service.billing_type = "postpaid"
    staff("ana.souza").post(adding(service), typed(service, used_from="2026-12-03", installments="1"))
    [invoice] = invoices(db)
    assert invoice.total_cents == 2331
    assert [item.amount_cents for item in invoice.charges()[0].items()] == [778, 778, 775]


def test_what_is_still_missing_is_said_in_the_preview(staff, service):
    preview = staff("ana.souza").post(
        f"/clientes/{service.person_id}/carnes/previa", typed(service, first_due_on=""), htmx=True
    )
    assert (preview.status, "Escolha o 1º vencimento." in preview.words) == (200, True)


def test_days_are_charged_once(staff, db, service, carne):
    answer = staff("ana.souza").post(adding(service), typed(service))
    assert f"carnê {carne.id}" in answer.errors()["used_from"]
    assert len(invoices(db)) == 3


# ---- the eight actions


@pytest.mark.feature("C-43")
def test_the_eight_actions(staff, carne, count_queries):
    ana = staff("ana.souza")
    ana.get("/")
    with count_queries() as queries:
        listed = ana.get(f"/clientes/{carne.person_id}/carnes")
    assert len(queries) <= 11
    toolbar = listed.page.select_one(f'[aria-label="Ações do carnê {carne.id}"]')
    assert [button.get_text(strip=True) for button in toolbar.select(".btn")] == ACTIONS
    for link in toolbar.select("a"):
        assert ana.get(link["href"]).status == 200


@pytest.mark.feature("C-45")
def test_printing_waits_for_the_worker_and_opens(staff, db, worker, carne):
    ana = staff("ana.souza")
    path = f"/carnes/{carne.id}/impressao"
    waiting = ana.follow(ana.post(path))
    assert (waiting.headers["Refresh"], waiting.h1) == ("2", f"Preparando o carnê {carne.id}")
    worker.drain()
    pdf = ana.post(path)
    assert pdf.headers["Content-Type"] == "application/pdf"
    [image] = pixels(pdf.data)
    assert codes(image)["ITF"] == [row.barcode for row in invoices(db)]
    invoices(db)[0].settle(Receipt("boleto", 6660, date(2026, 11, 24)))
    again = ana.post(path)
    worker.drain()
    assert codes(pixels(ana.post(again.location).data)[0])["ITF"] == [row.barcode for row in invoices(db)[1:]]


@pytest.mark.feature("C-45")
def test_sending_by_email(staff, db, worker, carne):
    ana = staff("ana.souza")
    sent = ana.follow(ana.post(f"/carnes/{carne.id}/envio"))
    assert f"Carnê {carne.id} na fila de envio para ze@exemplo.com" in sent.words
    notice = db.scalars(select(Notice)).one()
    assert (notice.kind, notice.document_id) == ("carne", fresh(db, carne).document_id)
    for said in (
        "Olá, José.",
        "O carnê de Fibra do Zé vai anexo",
        "10/12/2026: R$\u00a066,60",
        "Telefone 0800 000 1234",
    ):
        assert said in notice.body
    assert notice.body.count("R$") == 3, "one line for each instalment"
    assert "enviou o carnê" in ana.get(f"/carnes/{carne.id}/historico").words
    fresh(db, carne).email = ""
    answer = ana.post(f"/carnes/{carne.id}/envio")
    assert answer.status == 422
    assert "Nem o carnê nem o cliente têm e-mail." in answer.words
    assert answer.page.find("a", href=f"/carnes/{carne.id}")
    assert db.scalar(select(func.count()).select_from(Notice)) == 1


@pytest.mark.feature("C-46")
def test_invoices_out_and_in(staff, db, carne):
    ana = staff("ana.souza")
    second = invoices(db)[1]
    out, into = (f"/carnes/{carne.id}/{slug}" for slug in ("desassociar-faturas", "associar-faturas"))
    assert "Nenhuma fatura para associar" in ana.get(into).words
    assert len(ana.get(out).page.select('[name="invoices"]')) == 3
    assert ana.post(out, {"invoices": [second.id]}).status == 303
    loose = db.get(Invoice, second.id, populate_existing=True)
    assert (loose.carne_id, loose.status) == (None, "open")
    assert "Receber" in ana.get(f"/faturas/{second.id}").words  # and payable
    assert ana.post(into, {"invoices": [second.id]}).status == 303
    assert db.get(Invoice, second.id, populate_existing=True).carne_id == carne.id


def _of_another_service(db, service) -> Invoice:
    """An open invoice of the same customer, for another service."""
    values = {column.key: getattr(service, column.key) for column in Service.__table__.columns if column.key != "id"}
    twin = Service(**{**values, "line_id": None} if "line_id" in values else values)
    db.add(twin)
    db.flush()
    rows = db.execute(select(ServiceItem.__table__).where(ServiceItem.service_id == service.id)).mappings()
    for row in rows.all():
        copy = {key: value for key, value in row.items() if key != "id"} | {"service_id": twin.id}
        db.execute(ServiceItem.__table__.insert().values(**copy))
    db.commit()
    made = Carne.generate(twin, USED, DUE, 1)
    db.commit()
    return made.invoices()[0]


@pytest.mark.feature("C-46")
def test_invoices_that_may_not_go_in(staff, db, service, carne):
    elsewhere = Carne.generate(charged(cast.rita(), uses_carne=True), USED, DUE, 1).invoices()[0]
    later = Carne.generate(service, *proposal(service), 1).invoices()[0]
    first, second, _ = carne.invoices()
    carne.part([first.id, second.id])
    first.settle(Receipt("boleto", first.total_cents, date(2026, 11, 24)))
    second.cancel("Negociada")
    other = _of_another_service(db, service)
    ana, before = staff("ana.souza"), [(row.id, row.carne_id) for row in invoices(db)]
    for id, sentence in (
        (elsewhere.id, "não é deste serviço"),
        (other.id, "não é deste serviço"),
        (later.id, "já está no carnê"),
        (first.id, "está paga"),
        (second.id, "está cancelada"),
        ("", "Escolha ao menos uma fatura"),
        (10**17, "Escolha ao menos uma fatura"),
    ):
        answer = ana.post(f"/carnes/{carne.id}/associar-faturas", {"invoices": [id], "version": carne.version})
        assert answer.status == 422, sentence
        assert sentence in answer.words
    assert [(row.id, row.carne_id) for row in invoices(db)] == before


@pytest.mark.feature("C-47")
def test_cancelling(staff, db, carne):
    carne.invoices()[0].settle(Receipt("boleto", 6660, date(2026, 11, 24)))
    ana, path = staff("ana.souza"), f"/carnes/{carne.id}/cancelamento"
    asked = ana.get(path)
    assert "2 parcelas em aberto deixam de valer: R$ 199,80. A que foi paga fica como está." in asked.words
    assert ana.post(path, {"reason": " "}).errors() == {
        "reason": "Erro: Escreva o motivo. Exemplo: o cliente passou para boleto mensal."
    }
    assert ana.post(path, {"reason": "Passou para boleto mensal"}).status == 303
    assert [row.status for row in invoices(db)] == ["paid", "cancelled", "cancelled"]
    assert "Passou para boleto mensal" in ana.get(f"/carnes/{carne.id}/historico").words
    assert ana.get(path).status == 422
    now = db.get(Carne, carne.id, populate_existing=True).version
    assert ana.post(path, {"reason": "De novo", "version": now}).status == 422


@pytest.mark.feature("C-112")
def test_editing(staff, db, carne):
    ana, path = staff("ana.souza"), f"/carnes/{carne.id}/editar"
    _, second, third = invoices(db)
    form = ana.get(path).form(path)
    was = (second.barcode, second.total_cents)
    changed = {**form, f"due_on_{second.id}": "2027-01-20", "description": "Casa", "email": "outro@exemplo.com"}
    assert ana.post(path, changed).status == 303
    second = invoices(db)[1]
    assert second.due_on == date(2027, 1, 20)
    assert (second.barcode != was[0], second.total_cents) == (True, was[1])
    words = ana.get(f"/carnes/{carne.id}/historico").words
    assert "descrição, e-mail e vencimento da parcela 2" in words
    assert "de 10/01/2027 para 20/01/2027" in words
    stale = ana.post(path, changed)
    assert stale.status == 409
    assert "Nada foi gravado" in stale.words
    form = ana.get(path).form(path)
    for days, sentence in (
        ({f"due_on_{second.id}": "2026-11-01"}, "já passou"),
        ({f"due_on_{second.id}": ""}, "Escolha o novo vencimento."),
        ({f"due_on_{third.id}": "2027-01-15"}, "deve vencer depois"),
        ({"email": "x"}, "Confira o e-mail."),
    ):
        answer = ana.post(path, {**form, **days})
        assert answer.status == 422
        assert sentence in answer.words


@pytest.mark.feature("C-112")
def test_a_late_instalment_that_moves_gives_fine_and_interest_up(staff, db, clock, carne):
    path, first = f"/carnes/{carne.id}/editar", carne.invoices()[0]
    assert "deixam de ser cobrados" not in staff("ana.souza").get(path).words
    with clock("2026-12-21 10:00"):  # R$ 66,60, 11 days late
        silvia = staff("silvia.maia")
        shown = silvia.get(path)
        assert "R$ 66,60 + R$ 1,57" in shown.words
        assert "a multa e os juros até hoje, depois do +, deixam de ser cobrados" in shown.words
        assert silvia.post(path, {**shown.form(path), f"due_on_{first.id}": "2026-12-28"}).status == 303
        assert "para 28/12/2026, sem R$ 1,57 de multa e juros" in silvia.get(f"/carnes/{carne.id}/historico").words


@pytest.mark.feature("C-112")
@pytest.mark.parametrize("close", ["paid", "cancelled"])
def test_a_closed_instalment_keeps_its_date(staff, db, carne, close):
    first = carne.invoices()[0]
    first.settle(Receipt("boleto", 6660, date(2026, 11, 24))) if close == "paid" else first.cancel("Negociada")
    ana, path = staff("ana.souza"), f"/carnes/{carne.id}/editar"
    shown = ana.get(path)
    assert not shown.page.select_one(f'[name="due_on_{first.id}"]')
    forged = ana.post(path, {**shown.form(path), f"due_on_{first.id}": "2026-12-20"})
    assert forged.status == 422
    assert "não muda de vencimento" in forged.words
    assert invoices(db)[0].due_on == DUE


@pytest.mark.feature("C-113")
def test_the_history_names_who_and_when(staff, db, carne):
    ana, out = staff("ana.souza"), carne.invoices()[2].id
    ana.post(f"/carnes/{carne.id}/impressao")
    ana.post(f"/carnes/{carne.id}/envio")
    ana.post(f"/carnes/{carne.id}/desassociar-faturas", {"invoices": [out]})
    ana.post(f"/carnes/{carne.id}/associar-faturas", {"invoices": [out]})
    form = ana.get(f"/carnes/{carne.id}/editar").form()
    ana.post(f"/carnes/{carne.id}/editar", {**form, "description": "Outra"})
    invoices(db)[0].settle(Receipt("boleto", 6660, date(2026, 11, 24)))
    ana.post(f"/carnes/{carne.id}/cancelamento", {"reason": "Mudou"})
    words = ana.get(f"/carnes/{carne.id}/historico").words
    for said in ("gerou", "alterou", "imprimiu", "enviou", "associou", "desassociou", "cancelou", "registrou"):
        assert said in words
    assert "Ana Souza imprimiu o carnê" in words
    assert "24/11/2026 10:00" in words


# ---- the PDF of an invoice, and who may


def test_the_pdf_of_an_invoice(staff, db, worker, carne):
    ana, invoice = staff("ana.souza"), invoices(db)[0]
    path = f"/faturas/{invoice.id}/impressao"
    assert ana.get(f"/faturas/{invoice.id}").page.find("form", action=path)["target"] == "_blank"
    assert ana.follow(ana.post(path)).h1 == f"Preparando a fatura {invoice.number}"
    worker.drain()
    pdf = ana.post(path)
    assert "De onde vem o valor" in PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    document_id = db.get(Invoice, invoice.id, populate_existing=True).document_id
    assert ana.get(f"/faturas/{invoices(db)[1].id}/impressao/{document_id}").status == 404
    invoices(db)[0].cancel("Negociada")
    assert "está cancelada" in ana.post(path).words


def test_whoever_only_reads_sees_no_acts(staff, carne):
    bruno = staff("bruno.reis")
    toolbar = bruno.get(f"/clientes/{carne.person_id}/carnes").page.select_one('[aria-label^="Ações"]')
    assert [button.get_text(strip=True) for button in toolbar.select(".btn")] == ["Visualizar", "Imprimir", "Histórico"]
    for path in ("envio", "associar-faturas", "cancelamento", "editar"):
        assert bruno.post(f"/carnes/{carne.id}/{path}", {"reason": "x"}).status == 403


def test_nothing_to_print(staff, db, carne):
    for invoice in carne.invoices():
        invoice.settle(Receipt("boleto", invoice.total_cents, date(2026, 11, 24)))
    ana = staff("ana.souza")
    assert "Quitado" in ana.get(f"/clientes/{carne.person_id}/carnes").words
    for path in ("impressao", "envio"):
        answer = ana.post(f"/carnes/{carne.id}/{path}")
        assert answer.status == 422
        assert "não tem parcela em aberto" in answer.words
    with pytest.raises(Refused):
        fresh(db, carne).part([invoices(db)[0].id])
