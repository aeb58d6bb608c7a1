"""The search palette: everything found by what an operator may hear on the telephone, within the own company (X-09)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.contracts import Contract
from models.operators import Role
from models.tickets import Ticket
from tests import cast

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.feature("X-09")]

RITA, SOL = "Rita Aparecida Moreira", "Padaria e Confeitaria Sol Ltda."


def hits(answer, group):
    """What a group of results shows, line by line."""
    titles = [answer.page.find(id=f"group-{name}") for name in ([group, "named"] if group == "pages" else [group])]
    links = [link for title in titles if title for link in title.parent.find_all("a")]
    return [" | ".join(part.get_text() for part in link.select("b, small, .badge")) for link in links]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("rita", RITA),
        ("RITA  moreira", RITA),
        ("moreira rita", RITA),
        ("jose antonio", "José Antônio Ferreira"),
        ("JOSÉ ANTÔNIO", "José Antônio Ferreira"),
        ("padaria sol", SOL),
        ("529.982.247-25", RITA),
        ("52998224725", RITA),
        ("21.456.789/0001-60", SOL),
        ("21456789000160", SOL),
        ("(37) 99812-0456", RITA),
        ("37998120456", RITA),
        ("+55 37 99812-0456", RITA),
        ("037 99812 0456", RITA),
        ("99812-0456", RITA),
        ("rita 99812-0456", RITA),
        ("3732214400", SOL),
        ("contato@padariasol.example", SOL),
        ("CONTATO@padaria", SOL),
    ],
)
def test_a_customer_is_found_in_every_form(staff, q, name):
    [found] = hits(staff("ana.souza").post("/busca", {"q": q}), "people")
    assert found.startswith(f"{name} | ")


def test_a_customer_shows_state_plan_and_district_and_no_whole_cpf(staff):
    answer = staff("ana.souza").post("/busca", {"q": "rita"}, htmx=True)
    [shown] = hits(answer, "people")
    assert "CPF ***.982.247-** · Fibra 500 Mbps · Centro" in shown
    assert "Suspenso por Débito" in shown
    assert "Rita" in answer.page.select_one("mark").text
    assert answer.page.select_one("a[role=option]")["href"] == f"/clientes/{cast.rita().id}"


@pytest.mark.postgresql
def test_a_code_is_first_of_all_the_code(staff):
    sol = cast.sol()
    shown = hits(staff("silvia.maia").post("/busca", {"q": str(sol.id)}), "people")
    assert f"Código {sol.id}" in shown[0]
    assert shown[0].startswith(SOL)


@pytest.mark.postgresql
def test_a_service_is_found_by_number_and_by_plan_with_customer(staff):
    ana, service = staff("ana.souza"), cast.service(cast.rita())
    for q in (str(service.id), "fibra 500 rita", "rita FIBRA"):
        shown = [line for line in hits(ana.post("/busca", {"q": q}), "services") if "Rita" in line]
        assert len(shown) == 1, q
        assert f"nº {service.id}" in shown[0]
    assert len(hits(ana.post("/busca", {"q": "radio"}), "services")) <= 1
    assert hits(ana.post("/busca", {"q": "rita"}), "services") == []  # the customer alone says it
    assert hits(ana.post("/busca", {"q": "fibra xyz"}), "services") == []  # every word must be there


@pytest.mark.postgresql
def test_a_contract_is_found_by_its_number(staff):
    ana = staff("ana.souza")
    number = _contract(cast.service(cast.rita()).id)
    for q in (str(number), f"contrato {number}", "contrato rita"):
        [shown] = [line for line in hits(ana.post("/busca", {"q": q}), "contracts") if "Rita" in line]
        assert "Contrato" in shown
        assert str(number) in shown


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "q", ["acacias", "Rua das Acácias 120", "acácias rita", "35500-120", "35500120", "acacias centro"]
)
def test_an_address_is_found_by_street_district_and_cep(staff, q):
    [shown] = hits(staff("ana.souza").post("/busca", {"q": q}), "addresses")
    assert "Rita" in shown
    assert "CEP 35500-120" in shown


@pytest.mark.postgresql
def test_signs_stand_for_themselves_or_nothing(staff):
    ana = staff("ana.souza")
    for q in ("-", "()", "´", "%", "_", "*", "[a", "a]", "^", "\\", "'", "(?", "x" * 500):
        found = ana.post("/busca", {"q": q})
        assert found.status == 200, q
        for group in ("people", "services", "contracts", "addresses"):
            assert hits(found, group) == [], (q, group)


def test_nothing_found_says_what_to_do(staff):
    nobody = staff("ana.souza").post("/busca", {"q": "zzz"}, htmx=True)
    assert "Nada com “zzz”" in nobody.words
    assert nobody.page.select_one('a[href="/clientes/adicionar"]')
    assert nobody.page.select_one("#found")["data-said"] == "Nenhum resultado"
    assert "Adicionar cliente" not in staff("bruno.reis").post("/busca", {"q": "zzz"}, htmx=True).words


def test_before_anything_is_typed_it_leads_somewhere(staff):
    ana, bruno = staff("ana.souza"), staff("bruno.reis")
    for empty in (ana.get("/busca", htmx=True), ana.post("/busca", {"q": " "}, htmx=True)):
        pages = empty.page.find(id="group-pages").parent
        assert pages.select_one("[role=option]")["href"] == "/clientes/adicionar"
        assert empty.page.select_one("#found")["data-said"] == ""
    shown = hits(bruno.get("/busca"), "pages")
    assert "Clientes" in shown
    assert "Adicionar cliente" not in shown


def test_pages_are_found_by_those_who_may_open_them(staff):
    assert "Planos" in hits(staff("ana.souza").post("/busca", {"q": "planos"}), "pages")
    assert hits(staff("bruno.reis").post("/busca", {"q": "planos"}), "pages") == []
    assert hits(staff("ana.souza").post("/busca", {"q": "operadores"}), "pages") == []
    assert hits(staff("davi.rocha").post("/busca", {"q": "operadores"}), "pages") == ["Operadores"]


@pytest.mark.postgresql
def test_nobody_finds_what_is_of_another_company(staff):
    celia, rita = staff("celia.prado"), cast.rita()
    service = cast.service(rita)
    questions = ["rita", rita.document, "99812-0456", f"contrato {_contract(service.id)}", "acacias", "35500120"]
    for q in (*questions, str(rita.id), str(service.id), "fibra 500"):
        assert "Rita" not in celia.post("/busca", {"q": q}).words, q
    assert hits(celia.post("/busca", {"q": cast.mar_azul().name}), "people")
    assert hits(celia.post("/busca", {"q": cast.cooperative().name}), "people")  # of TODAS


def test_parts_of_a_document_and_contracts_ask_for_their_permissions(staff):
    bruno, wagner = staff("bruno.reis"), staff("wagner.luis")
    assert hits(staff("ana.souza").post("/busca", {"q": "529982"}), "people")
    assert hits(bruno.post("/busca", {"q": "529982"}), "people") == []
    assert hits(bruno.post("/busca", {"q": "529.982.247-25"}), "people")
    number = _contract(cast.service(cast.rita()).id)
    assert hits(bruno.post("/busca", {"q": f"contrato {number}"}), "contracts")
    assert hits(wagner.post("/busca", {"q": f"contrato {number}"}), "contracts") == []
    db.session.get(Role, cast.operator("wagner.luis").role_id).permissions = []
    assert hits(wagner.post("/busca", {"q": "rita"}), "people") == []


def test_without_javascript_it_is_a_page(staff):
    ana = staff("ana.souza")
    assert ana.get("/").page.select_one('header a[data-open="#palette"]')["href"] == "/busca"
    found = ana.post("/busca", ana.get("/busca").form("/busca") | {"q": "rita"})
    assert found.h1 == "Procurar"
    assert found.form("/busca")["q"] == "rita"
    assert not found.page.select("main [role=option]")
    assert ana.get(found.page.select_one("main a.hit")["href"]).h1 == RITA


def test_sixty_searches_a_minute_are_enough(staff, clock):
    with clock("2026-11-22 10:00:00"):
        ana = staff("ana.souza")
        lists = [ana.post("/clientes", {"q": "rita"}, htmx=True).status for _ in range(10)]
        answers = [ana.post("/busca", {"q": "rita"}, htmx=True) for _ in range(51)]
        assert lists + [answer.status for answer in answers] == [200] * 60 + [429]
        assert "Espere um minuto" in answers[-1].page.select_one("#found").text
        assert answers[-1].headers["Retry-After"] == "60"
        assert ana.post("/busca", {"q": "rita"}).status == 429
        assert ana.post("/busca", {"q": ""}, htmx=True).status == 200  # asks nothing of the database


def test_the_number_of_queries_does_not_follow_the_number_of_results(staff, count_queries):
    ana = staff("ana.souza")
    counted, found = [], []
    for q in ("fibra rita", "fibra"):
        ana.post("/busca", {"q": q}, htmx=True)
        with count_queries() as queries:
            answer = ana.post("/busca", {"q": q}, htmx=True)
        counted.append(len(queries))
        found.append(len(hits(answer, "services")))
    assert counted[0] == counted[1] <= 12
    assert found[0] == 1 < found[1]


def _contract(service_id):
    return db.session.scalar(select(Contract.number).where(Contract.service_id == service_id))


@pytest.mark.postgresql
def test_an_invoice_is_found_by_its_number_by_who_may_read_it(staff, billed):
    ana = staff("ana.souza")
    invoice = db.session.scalars(select(Invoice).where(Invoice.person_id == cast.rita().id)).first()
    for q in (str(invoice.number), f"fatura {invoice.number}", "fatura rita"):
        found = hits(ana.post("/busca", {"q": q}), "invoices")
        assert [line for line in found if line.startswith(f"Fatura {invoice.number} | {RITA}")], q
    assert hits(staff("celia.prado").post("/busca", {"q": f"fatura {invoice.number}"}), "invoices") == []


@pytest.mark.parametrize(
    "q", ["faturas", "próximos carnês", "ensaio da noite", "ensaio do faturamento", "remessa", "retorno", "crédito"]
)
def test_pages_of_no_menu_are_found_by_name(staff, q):
    assert hits(staff("ana.souza").post("/busca", {"q": q}), "pages"), q


@pytest.fixture
def tickets():
    """Six of Seu Zé: one runs, one is paused, one was solved, three are drafts."""
    with cast.by("bruno.reis"):
        runs = cast.ticket(cast.ze(), "Lentidão", "O vídeo trava à noite.")
        paused = cast.ticket(cast.ze(), "Lentidão", "Só na sala.")
        paused.claim()
        paused.pause("Espera o cliente")
        solved = cast.ticket(cast.ze(), "Lentidão", "Senha do Wi-Fi.", status="closed", closing_note="Dita.")
        drafts = [Ticket.open(cast.ze(), cast.service(cast.ze())) for _ in range(3)]
    db.session.commit()
    return runs, paused, solved, drafts[0]


@pytest.mark.postgresql
def test_a_ticket_is_found_by_its_protocol_with_its_situation(staff, tickets):
    bruno = staff("bruno.reis")
    runs, paused, solved, draft = ([hits(bruno.post("/busca", {"q": row.protocol}), "tickets")[0]] for row in tickets)
    protocols, name = [row.protocol for row in tickets], "José Antônio Ferreira"
    [line] = runs
    assert line.startswith(f"{protocols[0]} · O vídeo trava à noite. | {name} · Pendente · Suporte N1 | ")
    assert line.endswith(("23:59", "1 dia 00 h"))
    assert paused[0].endswith(" · pausado")
    assert solved == [f"{protocols[2]} · Senha do Wi-Fi. | {name} | Finalizado"]
    assert draft == [f"{protocols[3]} | {name} | Rascunho"]


@pytest.mark.postgresql
def test_the_beginning_of_a_protocol_is_enough(staff, tickets, count_queries):
    bruno, whole = staff("bruno.reis"), tickets[0].protocol
    counted = []
    for q in (whole, whole.split(".")[0] + "."):
        bruno.post("/busca", {"q": q}, htmx=True)
        with count_queries() as queries:
            found = bruno.post("/busca", {"q": q}, htmx=True)
        counted.append(len(queries))
    assert len(hits(found, "tickets")) == 5
    assert "os 5 primeiros" in found.words
    assert counted[0] == counted[1]
    assert found.page.select_one("#group-people") is None


def test_protocols_are_for_those_who_read_tickets_in_their_company(staff, tickets):
    protocol = tickets[0].protocol
    assert hits(staff("wagner.luis").post("/busca", {"q": protocol}), "tickets")
    assert hits(staff("celia.prado").post("/busca", {"q": protocol}), "tickets") == []
    db.session.get(Role, cast.operator("wagner.luis").role_id).permissions = ["people.read"]
    assert hits(staff("wagner.luis").post("/busca", {"q": protocol}), "tickets") == []


def test_who_only_reads_tickets_opens_a_draft_too(staff, tickets):
    wagner, draft = staff("wagner.luis"), tickets[3]
    page = wagner.get(wagner.post("/busca", {"q": draft.protocol}).page.select_one("main a.hit")["href"])
    assert page.status == 200
    assert page.h1 == f"Atendimento {draft.protocol}"
    assert "Você vê os atendimentos. Para agir neles, peça à supervisão." in page.words
    assert not page.page.select("main form")
    assert staff("bruno.reis").get(f"/atendimentos/{draft.id}").location.endswith("/abertura")
