"""The palette as the place to act from: recent customers, every number, and 'receber rita' (B-16)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.base import db
from models.billing import Carne, Invoice
from models.work_orders import WorkOrder
from tests import cast, phones
from tests.cast import by
from tests.staff.test_sales import _cpf
from tests.staff.test_search import hits

pytestmark = pytest.mark.usefixtures("db")


def rows(answer, group="acts"):
    """Label and address of each row."""
    title = answer.page.find(id=f"group-{group}")
    return [(link.b.get_text(), link.get("href")) for link in title.parent.find_all("a")] if title else []


def oldest(person):
    mine = select(Invoice.id).where(Invoice.person_id == person.id, Invoice.status == "open")
    return db.session.scalars(mine.order_by(Invoice.due_on, Invoice.id)).first()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("q", "label", "path"),
    [
        ("receber rita", "Receber de Rita Aparecida Moreira", lambda: f"/faturas/{oldest(cast.rita())}/recebimento"),
        ("RECEBER DE Rita moreira", "Receber de Rita", lambda: f"/faturas/{oldest(cast.rita())}/recebimento"),
        (
            "desbloquear maria",
            "Desbloqueio em Confiança de Maria",
            lambda: f"/servicos/{cast.service(cast.maria()).id}/desbloqueio-em-confianca",
        ),
        ("abrir atendimento jose", "Novo Atendimento para José", lambda: f"/clientes/{cast.ze().id}/atendimentos"),
        ("2ª via rita", "2ª via de Rita", lambda: f"/faturas/{oldest(cast.rita())}"),
        ("segunda via rita", "2ª via de Rita", lambda: f"/faturas/{oldest(cast.rita())}"),
        ("cobrar rita", "Cobrança para Rita", lambda: f"/clientes/{cast.rita().id}/cobrancas/adicionar"),
        ("vender rita", "Adicionar serviço a Rita", lambda: f"/clientes/{cast.rita().id}"),
        ("receber 52998224725", "Receber de Rita", lambda: f"/faturas/{oldest(cast.rita())}/recebimento"),
    ],
)
def test_an_act_by_name_opens_the_right_form(staff, billed, q, label, path):
    silvia = staff("silvia.maia")
    [(shown, href)] = rows(silvia.post("/busca", {"q": q}))
    assert shown.startswith(label)
    assert href == path()
    assert silvia.get(href).status == 200


def test_an_act_that_would_be_refused_says_why_and_opens_nothing(staff, db):
    silvia = staff("silvia.maia")
    answer = silvia.post("/busca", {"q": "desbloquear antonio"})
    [(label, href)] = rows(answer)
    assert (label, href) == ("Desbloqueio em Confiança de José Antônio Ferreira", None)
    assert "vale para serviço suspenso" in answer.words
    assert "Não há fatura em aberto" in silvia.post("/busca", {"q": "receber antonio"}).words


def test_an_act_without_permission_says_which_one(staff, billed):
    answer = staff("bruno.reis").post("/busca", {"q": "receber rita"})
    assert [href for _, href in rows(answer)] == [None]
    assert "Pede a permissão “Receber no balcão”" in answer.words


def test_a_verb_alone_is_of_the_customer_whose_page_is_open(staff, billed):
    silvia, rita = staff("silvia.maia"), cast.rita()
    here = {"HX-Current-URL": f"http://localhost/clientes/{rita.id}/financeiro"}
    [(label, href)] = rows(silvia.post("/busca", {"q": "receber"}, htmx=True, headers=here))
    assert (label, href) == ("Receber de Rita Aparecida Moreira", f"/faturas/{oldest(rita)}/recebimento")
    first = silvia.get("/busca", htmx=True, headers=here)
    assert f"/faturas/{oldest(rita)}/recebimento" in [href for _, href in rows(first)]


def test_of_the_customer_whose_page_is_open_comes_first(staff, billed):
    silvia, sol = staff("silvia.maia"), cast.sol()
    here = {"HX-Current-URL": f"http://localhost/clientes/{sol.id}"}
    answer = silvia.post("/busca", {"q": "telefone"}, htmx=True, headers=here)
    assert answer.page.find("h2").get_text() == "Neste cliente"
    [(title, href)] = rows(answer, "here")[:1]
    assert title.startswith("Telefone fixo 2 ramais nº")
    assert href.startswith("/servicos/")
    other = {"HX-Current-URL": f"http://localhost/clientes/{cast.mar_azul().id}"}
    celia = staff("ana.souza", company="Vale Claro Telecom")
    assert rows(celia.post("/busca", {"q": "serra"}, htmx=True, headers=other), "here") == []


def test_recent_customers_first_and_only_mine(staff, billed):
    ana = staff("ana.souza")
    assert ana.post(f"/faturas/{oldest(cast.rita())}/impressao").status == 303
    before = rows(ana.get("/busca", htmx=True), "recent")
    assert before[0] == ("Rita Aparecida Moreira", f"/clientes/{cast.rita().id}")
    assert ana.get("/busca", htmx=True).page.find("h2").get_text() == "Seus últimos clientes"
    assert 1 < len(before) <= 8
    assert rows(staff("joao.alcantara").get("/busca", htmx=True), "recent") == []


@pytest.mark.postgresql
def test_carnes_orders_and_cards_by_number_and_by_customer(staff, billed):
    silvia = staff("silvia.maia")
    with by("rafael.teixeira"):
        card, _ = phones.launched(cast.sol(), 2, names=["Balcão", "Escritório"])
    db.session.commit()
    carne, order = (db.session.scalars(select(kind)).first() for kind in (Carne, WorkOrder))
    for q in (str(carne.id), f"carnê {carne.id}"):
        assert (f"Carnê {carne.id}", f"/carnes/{carne.id}") in rows(silvia.post("/busca", {"q": q}), "carnes"), q
    for q in (str(order.number), "os joaquim"):
        assert (f"OS {order.number}", f"/ordens/{order.id}") in rows(silvia.post("/busca", {"q": q}), "orders"), q
    shown = rows(silvia.post("/busca", {"q": f"card {card.id}"}), "cards")
    assert [href for _, href in shown] == [f"/planner/cards/{card.id}"]
    assert hits(staff("joao.alcantara").post("/busca", {"q": str(carne.id)}), "carnes") == []


def test_documents_behind_a_verb_are_counted_as_those_alone(staff, db):
    ana = staff("ana.souza")
    assert {ana.post("/busca", {"q": f"receber {_cpf(number)}"}, htmx=True).status for number in range(20)} == {200}
    stopped = ana.post("/busca", {"q": f"receber {_cpf(20)}"}, htmx=True)
    assert stopped.status == 429
    assert "Documentos demais" in stopped.words


def test_the_number_of_statements_is_fixed(staff, billed, count_queries):
    silvia = staff("silvia.maia")
    here = {"HX-Current-URL": f"http://localhost/clientes/{cast.sol().id}"}
    for _ in range(2):  # what a process keeps from its first question
        silvia.post("/busca", {"q": "receber rita"}, htmx=True, headers=here)
    counts = {}
    for q in ("receber rita", "receber a", "rita", "1"):
        with count_queries() as statements:
            silvia.post("/busca", {"q": q}, htmx=True, headers=here)
        counts[q] = len(statements)
    assert counts["receber rita"] == counts["receber a"], "four customers cost what one does"
    assert max(counts.values()) <= 20, counts


def test_the_name_of_a_page_leads_there_first(staff):
    """And the acts that print a contract or begin a carnê lead where they are done, or say why not."""
    ana = staff("ana.souza")

    def asked(q):
        return ana.post("/busca", {"q": q}, htmx=True)

    assert asked("faturas").page.select_one(".hit")["href"] == "/faturas"
    assert asked("abrir caixa").page.select_one(".hit")["href"] == "/caixas/abrir"
    contracts = f"/clientes/{cast.rita().id}/contratos"
    assert contracts in [href for _, href in rows(asked("imprimir contrato rita"))]
    assert "Nenhum serviço é cobrado em carnê" in asked("gerar carnê rita").words
