"""Pages of the wizard and the record when something is in the way: Enter, another window, a row out of use."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from models import clock
from models.contracts import Contract
from models.desk import customer_list
from models.desk.invoices import days_by_company
from models.documents import Document
from models.history import track
from models.outbox import Effect
from models.people import Contact, Person
from models.sales import Sale
from models.sales.answers import PersonAnswers, PlanAnswers
from tests import cast
from tests.staff.selling import STEPS, answers, begin, order, save, walk

pytestmark = pytest.mark.usefixtures("db")


def the_sale(db, number: int) -> Sale:
    return db.scalars(select(Sale).where(Sale.id == number).execution_options(populate_existing=True)).one()


def retire(row) -> None:
    row.inactive_since = clock.now()


def pressed(answer, text: str):
    """The button with these words, as (name, value)."""
    button = next(button for button in answer.page.select("main button") if text in button.get_text())
    return button["name"], button["value"]


# ---- Enter presses Avançar


def test_enter_presses_avancar_in_every_step(staff):
    ana = staff("ana.souza")
    sale = walk(ana)
    for path in ["/clientes/adicionar", *(f"/vendas/{sale}/{step}" for step in STEPS)]:
        first = ana.get(path).page.select_one("main form button")
        assert first.get_text() == "Avançar", path
        assert (first["class"], first["tabindex"], first["aria-hidden"]) == (["vh"], "-1", "true")
        assert not first.has_attr("name")


def test_the_other_kind_of_customer_keeps_what_was_typed(staff, db):
    ana = staff("ana.souza")
    path = "/clientes/adicionar"
    legal = answers("dados", kind="organization", trade_name="Prado", state_registration="062.307")
    natural = ana.post(path, {**legal, "tipo": "individual"})
    hidden = natural.page.select_one('input[name="state_registration"]')
    assert (hidden["type"], hidden["value"]) == ("hidden", "062.307")
    natural = ana.post(path, {**natural.form(path), "birth_date": "1990-05-17"})
    assert natural.status == 303
    sale = the_sale(db, int(natural.location.split("/")[2]))
    assert sale.answers_of(PersonAnswers).trade_name is None  # a person has none
    back = ana.post(path, {**legal, "birth_date": "17/05/1990", "tipo": "individual"})
    back = ana.post(path, {**back.form(path), "tipo": "organization"})
    assert back.form(path)["trade_name"] == "Prado"
    assert back.page.select_one('input[name="birth_date"]')["type"] == "hidden"


def test_what_is_not_asked_is_not_wrong(staff):
    ana = staff("ana.souza")
    assert ana.post("/clientes/adicionar", answers("dados", trade_name="x" * 200)).status == 303


# ---- the CEP


def test_the_cep_fills_only_what_is_empty(staff):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/endereco"
    stored = {**ana.get(path).form(path), "street": "Rua das Acácias, fundos", "district": ""}
    again = ana.post(path, {**stored, "procurar": "main"}).form(path)
    assert again["street"] == "Rua das Acácias, fundos"
    assert again["district"] == "Centro"  # an empty field is filled
    shown = ana.post(path, {**again, "cep": "35500-160", "procurar": "main"})
    other = shown.form(path)
    assert other["street"] == "Rua das Acácias, fundos"  # somebody's typing stays, and is told apart
    assert "O CEP diz Rua Dona Mariquinha" in shown.words
    assert other["district"] == "Boa Vista"  # what the CEP before filled in was nobody's typing
    assert other["looked_up"] == "35500-160"


def test_the_answer_of_the_cep_replaces_no_field(staff):
    """Its fragment has none: what is typed while it is on its way cannot be lost, nor the focus moved."""
    ana = staff("ana.souza")
    for typed in ({"cep": "35500-120"}, {"cep": "35500-000"}, {"cep": "99999-999"}, {"cep": "x"}):
        answered = ana.post("/ceps", {**typed, "street": "Rua Minha", "procurar": "main"}, htmx=True)
        assert not answered.page.select("input, select, [data-focus]")
        assert "street" not in json.loads(answered.page.select_one("#cep_found")["data-fill"])
    billing = ana.post("/ceps", {"billing_cep": "35500-120", "procurar": "billing"}, htmx=True)
    filled = json.loads(billing.page.select_one("#billing_cep_found")["data-fill"])
    assert filled["billing_street"] == ["", "Rua das Acácias"]


def test_without_a_script_the_page_goes_on_where_something_is_missing(staff):
    ana = staff("ana.souza")
    sale = walk(ana, until="endereco")

    def focused(**typed):
        drawn = ana.post(f"/vendas/{sale}/endereco", {**typed, "procurar": "main"})
        return [field["name"] for field in drawn.page.select("main [data-focus]")]

    assert focused(cep="35500-120") == ["number"]
    assert focused(cep="35500-000") == ["street"]  # general
    assert focused(cep="99999-999") == ["street"]


# ---- already a customer


def test_only_a_customer_is_offered_as_a_customer(staff, db):
    ana = staff("ana.souza")
    known = begin(ana, document=cast.RITA)
    assert f"/clientes/{cast.rita().id}" in {link["href"] for link in known.page.select("main .note a")}
    sale = walk(ana, until="endereco")
    path = f"/vendas/{sale}/dados"
    stale = ana.post(path, {**ana.get(path).form(path), "version": 77})
    assert stale.status == 409
    assert "Já é cliente" not in stale.words
    there = ana.post(path, {**ana.get(path).form(path), "document": cast.RITA})
    assert "Já é cliente" in there.words


# ---- addresses that are no page


def test_what_is_no_step_of_the_sale_is_a_404(staff):
    ana = staff("ana.souza")
    adding = ana.post(f"/clientes/{cast.ze().id}/servicos/adicionar").location.split("/")[2]
    assert ana.post(f"/vendas/{adding}/dados", answers("dados")).status == 404
    assert ana.post(f"/vendas/{adding}/dados", answers("dados", tipo="organization")).status == 404
    assert ana.get(f"/vendas/{adding}/dados").status == 404
    for slug in ("nada", "previa"):
        assert ana.get(f"/vendas/{adding}/{slug}").status == 404
    assert ana.post(f"/vendas/{adding}/nada", {"version": 1}).status == 404


def test_saving_before_the_last_step_leads_to_the_draft(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    early = ana.post(f"/vendas/{sale}/conferir", {"version": the_sale(db, sale).version})
    assert (early.status, early.location) == (303, f"/vendas/{sale}")


@pytest.mark.parametrize("forged", [{"due_day": "abc"}, {"due_day": "99"}, {"billing_type": "x"}, {"due_day": "-1"}])
def test_a_forged_preview_shows_nothing(staff, forged):
    ana = staff("ana.souza")
    sale = walk(ana, until="cobranca")
    assert ana.post(f"/vendas/{sale}/previa", answers("cobranca", **forged), htmx=True).status == 200


# ---- somebody was faster


def test_another_window_was_faster_in_a_step(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    mine, theirs = ana.get(path).form(path), ana.get(path).form(path)
    assert ana.post(path, {**theirs, **answers("plano")}).status == 303
    wanted = cast.plan("Fibra 300 Mbps").id
    for _ in range(2):  # a second press is refused like the first
        stale = ana.post(path, {**mine, **answers("plano", plan_id=wanted)})
        assert stale.status == 409
        assert "Plano/Serviço . Gravado agora: Fibra 500 Mbps. No seu formulário: Fibra 300 Mbps." in stale.words
        assert "Vendedor ." not in stale.words  # the same in both
        mine = stale.form(path)
        assert mine["plan_id"] == str(wanted)
    link = next(link for link in stale.page.select("main a") if "Usar o que está gravado" in link.get_text())
    assert ana.get(link["href"]).form(path)["plan_id"] == str(cast.plan("Fibra 500 Mbps").id)
    name, value = pressed(stale, "Gravar o meu mesmo assim")
    assert ana.post(path, {**mine, name: value}).status == 303
    assert the_sale(db, sale).answers_of(PlanAnswers).plan_id == wanted
    assert ana.post(path, {**mine, name: value}).status == 409  # and it holds for what was seen only


def test_of_two_answers_at_once_one_is_kept(staff, race):
    visitors = [staff("ana.souza"), staff("rafael.teixeira")]
    sale = walk(visitors[0], until="plano")
    path = f"/vendas/{sale}/plano"
    forms = [{**who.get(path).form(path), **answers("plano")} for who in visitors]
    done = race(2, lambda i: visitors[i].post(path, forms[i]))
    assert sorted(answer.status for answer in done) == [303, 409]


def test_an_answer_does_not_bring_a_discarded_draft_back(staff, db, race):
    ana, rafael = staff("ana.souza"), staff("rafael.teixeira")
    sale = walk(ana, until="plano")
    path = f"/vendas/{sale}/plano"
    form = {**ana.get(path).form(path), **answers("plano")}
    acts = (lambda: ana.post(path, form), lambda: rafael.post(f"/vendas/{sale}/descarte"))
    kept, discarded = race(2, lambda i: acts[i]())
    assert (kept.status in (303, 422), discarded.status) == (True, 303)
    assert (the_sale(db, sale).status, the_sale(db, sale).answers) == ("discarded", {})


@pytest.mark.parametrize("step", STEPS)
def test_every_step_draws_its_conflict(staff, step):
    ana = staff("ana.souza")
    sale = walk(ana)
    path = f"/vendas/{sale}/{step}"
    stale = ana.post(path, {**ana.get(path).form(path), "version": 1})
    assert stale.status == 409
    assert "igual ao que está gravado" in stale.words
    assert stale.form(path)["version"] == "1"
    assert stale.page.title.get_text().startswith("Erro: ")


def test_a_draft_saved_meanwhile_is_not_drawn_again(staff):
    ana = staff("ana.souza")
    sale = walk(ana)
    path = f"/vendas/{sale}/plano"
    shown = ana.get(path).form(path)
    assert save(ana, sale).status == 303
    assert ana.post(path, shown).status == 422
    assert "já foi salva" in ana.post(path, shown).words


@pytest.mark.feature("X-18")
def test_another_person_was_faster_in_the_record(staff, db):
    ana, silvia, ze = staff("ana.souza"), staff("silvia.maia"), cast.ze()
    path = f"/clientes/{ze.id}/dados/editar"
    mine = ana.get(path).form(path)
    theirs = silvia.get(path).form(path)
    assert silvia.post(path, {**theirs, "mobile": "37911112222", "rg": "MG-7"}).status == 303
    for _ in range(2):
        stale = ana.post(path, {**mine, "name": "José da Silva"})
        assert stale.status == 409
        assert "Sílvia Maia alterou o cadastro" in stale.words
        assert "RG . Gravado agora: MG-7. No seu formulário: vazio." in stale.words
        assert "Gravado agora: (37) 91111-2222" in stale.words
        assert "E-mail ." not in stale.words
        mine = stale.form(path)
        assert mine["name"] == "José da Silva"
    db.expire_all()
    assert db.get(Person, ze.id).rg == "MG-7"  # nothing was written over
    name, value = pressed(stale, "Gravar o meu mesmo assim")
    assert ana.post(path, {**mine, name: value}).status == 303
    db.expire_all()
    assert (db.get(Person, ze.id).name, db.get(Person, ze.id).rg) == ("José da Silva", "")
    assert stale.page.select_one("main form button").get_text() == "Salvar"  # Enter does not write over


# ---- rows out of use


def test_a_retired_template_can_be_taken_out(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana)
    retire(cast.template())
    path = f"/vendas/{sale}/contrato"
    review = ana.get(f"/vendas/{sale}/conferir")
    assert "fora de uso" in review.words
    assert "sem contrato agora" not in review.words
    refused = save(ana, sale)
    assert refused.status == 422
    assert f"{path}?depois=conferir" in {link["href"] for link in refused.page.select("main .note a")}
    shown = ana.get(path)
    assert "fora de uso" in shown.page.select_one("#templates table").get_text()
    stuck = ana.post(path, shown.form(path))
    assert stuck.status == 422
    target = stuck.page.select_one(".error-summary a")["href"]
    assert stuck.page.select_one(target) is not None
    without = ana.post(path, {**stuck.form(path), "tirar": cast.template().id})
    assert without.page.select_one("#templates table") is None
    assert ana.post(path, without.form(path)).status == 303
    assert save(ana, sale).status == 303


def test_a_contract_nobody_knows_does_not_stay(staff):
    ana = staff("ana.souza")
    sale = walk(ana, until="contrato")
    path = f"/vendas/{sale}/contrato"
    odd = ana.post(path, {**ana.get(path).form(path), "templates": ["9999"]})
    assert odd.status == 422
    assert "templates" not in odd.form(path)


def test_a_retired_method_is_named_and_its_step_is_one_click_away(staff, db):
    ana = staff("ana.souza")
    sale = walk(ana)
    retire(cast.method("Boleto mensal"))
    review = ana.get(f"/vendas/{sale}/conferir")
    assert "None" not in review.words
    assert "fora de uso, antecipado" in review.words
    refused = save(ana, sale)
    assert refused.status == 422
    link = refused.page.select_one("main .note a")
    assert link.get_text() == "Alterar Cobrança"
    assert link["href"] == f"/vendas/{sale}/cobranca?depois=conferir"


@pytest.mark.postgresql
def test_a_plan_that_changed_leads_back_to_its_step(staff, db):
    ana, davi = staff("ana.souza"), staff("davi.rocha")
    sale = walk(ana)
    path = f"/configuracao/planos/{cast.plan('Fibra 500 Mbps').id}/editar"
    dearer = {"price_cents": "109,90", "rows-0-amount_cents": "79,90"}
    assert davi.post(path, {**davi.get(path).form(path), **dearer}).status == 303
    refused = save(ana, sale)
    assert refused.status == 409
    link = refused.page.select_one("main .note a")["href"]
    assert link == f"/vendas/{sale}/plano?depois=conferir"
    confirmed = ana.post(f"/vendas/{sale}/plano", ana.get(link).form(f"/vendas/{sale}/plano"))
    assert confirmed.location == f"/vendas/{sale}/conferir"
    assert save(ana, sale).status == 303


# ---- what a page asks of the database: who is there, the draft, and what may be chosen, each once


def asked(count_queries, act) -> int:
    with count_queries() as seen:
        act()
    return len(seen)


def per_step(ana, count_queries, sale, steps, typed) -> dict[str, list[int]]:
    """For each step: statements of its page, of the answer of somebody slower, and of an answer that is kept."""
    found = {}
    for step in steps:
        path = f"/vendas/{sale}/{step}"
        form = {**ana.get(path).form(path), **typed(step)}
        posts = [partial(ana.post, path, {**form, "version": "0"}), partial(ana.post, path, form)]
        found[step] = [asked(count_queries, act) for act in (partial(ana.get, path), *posts)]
    return found


def test_a_step_asks_few_questions(staff, count_queries):
    ana = staff("ana.souza")
    sale = walk(ana)
    assert per_step(ana, count_queries, sale, STEPS, lambda _: {}) == {
        "dados": [6, 8, 8],
        "endereco": [5, 7, 6],
        "plano": [7, 9, 8],
        "contrato": [7, 9, 8],
        "cobranca": [6, 8, 7],
        "instalacao": [6, 8, 7],
    }
    assert asked(count_queries, lambda: ana.get(f"/vendas/{sale}/conferir")) == 7


def test_a_step_of_an_added_service_asks_few_questions(staff, count_queries):
    ana, ze = staff("ana.souza"), cast.ze()
    sale = int(ana.post(f"/clientes/{ze.id}/servicos/adicionar").location.split("/")[2])
    typed = {step: answers(step) for step in STEPS} | {"endereco": {}}
    assert per_step(ana, count_queries, sale, STEPS[1:], typed.get) == {
        "endereco": [5, 6, 6],
        "plano": [7, 9, 8],  # how the newest service is charged, for what is proposed and the sum
        "contrato": [9, 11, 8],
        "cobranca": [7, 9, 7],
        "instalacao": [6, 8, 7],
    }
    path = f"/vendas/{sale}/conferir"
    form = ana.get(path).form(path)
    assert asked(count_queries, lambda: ana.get(path)) == 8
    assert asked(count_queries, lambda: ana.post(path, form)) == 37


@pytest.mark.parametrize(("installation", "statements"), [({}, 41), ({"open_order": "yes"}, 54)])
def test_salvar_asks_and_writes_in_few_statements(staff, count_queries, installation, statements):
    """The contract with its print, commission, connection and four facts of history are nine of them, its key two.

    By what the customer is found is written in three. One holds the plan, so that its offer stays what was checked.
    What speaks against the hour of a visit is asked twice, four statements each: as an answer, and when it is taken.
    """
    ana = staff("ana.souza")
    sale = walk(ana, instalacao=order() if installation else {})
    path = f"/vendas/{sale}/conferir"
    form = ana.get(path).form(path)
    assert asked(count_queries, lambda: ana.post(path, form)) == statements


# ---- drafts of before


def test_a_draft_that_named_its_days_is_read_and_saved(staff, db):
    """Until the steps knew their own fields, a draft kept a day as {"$date": ...} and an hour as {"$time": ...}."""
    ana = staff("ana.souza")
    number = walk(ana, dados={"birth_date": "1990-05-17"}, instalacao=order())
    sale = the_sale(db, number)
    old, day = {slug: dict(kept) for slug, kept in sale.answers.items()}, sale.answers["instalacao"]["start_on"]
    old["dados"]["birth_date"] = {"$date": "1990-05-17"}
    old["plano"]["sold_on"] = {"$date": old["plano"]["sold_on"]}
    old["instalacao"] |= {"start_on": {"$date": day}, "start_time": {"$time": "08:00:00"}}
    sale.answers = old
    db.commit()
    shown = {step: ana.get(f"/vendas/{number}/{step}").form(f"/vendas/{number}/{step}") for step in STEPS}
    assert (shown["dados"]["birth_date"], shown["plano"]["sold_on"]) == ("1990-05-17", clock.today().isoformat())
    assert (shown["instalacao"]["start_on"], shown["instalacao"]["start_time"]) == (day, "08:00")
    assert save(ana, number).status == 303
    person = db.scalars(select(Person).where(Person.document == cast.STRANGER)).one()
    assert person.birth_date.isoformat() == "1990-05-17"


# ---- the print


def waiting(staff, db):
    ana = staff("ana.souza")
    save(ana, walk(ana))
    contract = db.scalars(select(Contract).order_by(Contract.id.desc())).first()
    document = db.scalars(select(Document).order_by(Document.id.desc())).first()
    return ana, f"/contratos/{contract.id}/impressao/{document.id}", document.id


def test_a_late_print_says_so_and_asks_less(staff, db):
    ana, path, document_id = waiting(staff, db)
    soon = ana.get(path)
    assert soon.headers["Refresh"] == "2"
    db.execute(update(Document).where(Document.id == document_id).values(issued_at=clock.now() - timedelta(minutes=2)))
    late = ana.get(path)
    assert late.headers["Refresh"] == "10"
    assert "A impressão está atrasada" in late.words


def test_a_print_that_was_given_up_says_what_to_do(staff, db):
    ana, path, document_id = waiting(staff, db)
    db.execute(update(Effect).where(Effect.key == f"render_document:{document_id}").values(state="dead"))
    dead = ana.get(path)
    assert "Refresh" not in dead.headers
    assert "não foi impresso" in dead.h1
    assert "Avise quem cuida do Enlace" in dead.words


# ---- long lists


@pytest.mark.postgresql
def test_older_facts_are_a_page_away(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    for number in range(230):
        track("person.tags_changed", ze, person_id=ze.id, company_id=ze.company_id, tags=f"marca {number}")
    path, seen = f"/clientes/{ze.id}/historicos?tipo=record", []
    while path:
        shown = ana.get(path)
        seen += [title.get_text() for title in shown.page.select(".timeline-title")]
        older = [link["href"] for link in shown.page.select(".pager a") if "Mais antigos" in link.get_text()]
        assert len(seen) in (100, 200) or not older
        path = older[0] if older else None
    marks = [title for title in seen if "marca" in title]
    assert len(marks) == len(set(marks)) == 230
    assert "marca 229" in marks[0]
    assert "Mais recentes" in shown.words
    for odd in ("x", "-1", "9" * 30, "1"):
        assert ana.get(f"/clientes/{ze.id}/historicos?antes={odd}").status == 200


@pytest.mark.postgresql
def test_more_drafts_than_are_shown(staff, db):
    ana, ze = staff("ana.souza"), cast.ze()
    for _ in range(50):
        ana.post(f"/clientes/{ze.id}/servicos/adicionar")
    shown = ana.get("/vendas")
    assert len(shown.page.select("tbody tr")) == 50
    assert "Há mais rascunhos" in shown.words
    ana.post(shown.page.select_one('tbody a[href$="/descarte"]')["href"])
    assert "Há mais rascunhos" not in ana.get("/vendas").words


@pytest.mark.postgresql
def test_pages_of_the_list_are_links_and_those_of_a_search_are_posts(staff, db, monkeypatch):
    monkeypatch.setattr(customer_list, "PAGE", 2)
    ana = staff("ana.souza")
    first = ana.get("/clientes")
    assert first.page.select_one("form.pager") is None
    following = first.page.select_one("nav.pager a[rel=next]")["href"]
    last = first.page.select("tbody th a")[-1]["href"].rsplit("/", 1)[1]
    assert following == f"/clientes?depois={last}"
    second = ana.get(following)
    assert second.page.select_one("nav.pager a[rel=prev]")["href"] == "/clientes"
    named = ana.get("/clientes?q=a")
    assert named.page.select_one("form.pager") is None
    for row in db.scalars(select(Contact).where(Contact.kind == "mobile")):
        row.value = f"379981204{row.id:02}"
    for row in db.scalars(select(Person)):
        row.index_parts()
    db.commit()
    found = ana.post("/clientes", {"q": "998120"})
    assert found.page.select_one("nav.pager") is None
    assert found.page.select_one("form.pager input[name=q]")["value"] == "998120"
    behind = found.page.select_one("form.pager button[name=depois]")["value"]
    shown = {link["href"] for link in found.page.select("tbody th a")}
    others = ana.post("/clientes", {"q": "998120", "depois": behind})
    assert shown.isdisjoint(link["href"] for link in others.page.select("tbody th a"))


@pytest.mark.postgresql
@pytest.mark.parametrize("q", ["", "a", "ri", "3"])
def test_every_customer_stands_on_one_page_whoever_comes_meanwhile(staff, db, monkeypatch, q):
    people = db.scalars(select(Person).order_by(Person.id)).all()
    names = ["rita alvares", "aria ri", "rita alvares", "zé", "rita alvares", "3 ana"]
    for person, name in zip(people, names, strict=False):
        person.search_text = name
        person.index_parts()
    db.commit()
    want, seen, after = customer_list.Wanted(text=q, days=days_by_company()), [], None
    whole = [row.id for row in customer_list.find(want).rows]
    monkeypatch.setattr(customer_list, "PAGE", 2)
    while True:
        found = customer_list.find(want, after)
        seen += [row.id for row in found.rows]
        assert found.behind is (after is not None)
        if found.more is None:
            break
        after = found.more
    assert seen == whole
    assert len(set(seen)) == len(seen)


def test_a_row_nobody_sees_is_the_first_page(staff, db):
    ana = staff("ana.souza")
    first = [link["href"] for link in ana.get("/clientes").page.select("tbody th a")]
    for value in ("999999", "x", "-1", ""):
        assert [link["href"] for link in ana.get(f"/clientes?depois={value}").page.select("tbody th a")] == first
