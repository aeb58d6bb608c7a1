"""The simple catalogues: one set of routes, tried on every one of them (X-04)."""

import pytest
from sqlalchemy import select

from models import clock
from models.billing import Charge
from models.history import Event
from models.people import Origin, PersonGroup, Tag
from models.work_orders import SECTIONS
from models.workflows import SLA_TYPES
from staff.configuration.catalogues import BY_SLUG
from tests import cast

TIMES = {f"{type}_minutes": "1h30" for type in SLA_TYPES}
PROPOSED = "Está nos padrões do atendimento de TODAS. Escolha outro lá antes de inativar."
SAID = dict.fromkeys(("tabelas-de-sla", "classificacoes", "origens-do-contato"), PROPOSED)
MORE = {
    "grupos-de-clientes": {"priority": "1"},
    "setores": {"duty": ""},
    "tipos-de-os": {"installation": "no", "delivery": "no", "minutes": "1h"},
    "perfis-de-os": {  # of the type that has none
        "work_order_kind_id": "2",
        "title": "Ordem de Serviço",
        **dict.fromkeys(SECTIONS, "yes"),
        "footer": "",
    },
    "grupos-de-atendimento": {"company_id": "0"},
    "feriados-locais": {"company_id": "0", "day": "2026-12-10", "yearly": "yes"},
    "concentradores": {"company_id": "0", "vendor": "mikrotik", "address": "10.9.9.9"},
    "formas-de-cobranca": {"company_id": "0", "means": "pix", "bank_account_id": ""},
    "tabelas-de-sla": {"company_id": "0", "hours_profile_id": "", **TIMES},
    "tipos-de-atendimento": {"company_id": "0", "code": "0700", "process_id": "1", "topic": ""},
    "classificacoes": {"company_id": "0", "closing": "no"},
    "origens-do-contato": {"company_id": "0", "asks_technician": "no"},
}
USED = {
    "grupos-de-clientes": "Residencial",
    "origens": "Indicação",
    "etiquetas": "Fidelidade",
    "tipos-de-os": "Instalação",
    "setores": "Supervisão",
    "formas-de-cobranca": "Boleto mensal",
    "tabelas-de-sla": "SLA padrão",
    "classificacoes": "Sem acesso",
    "origens-do-contato": "Telefone",
    "tipos-de-servico": "Taxa de Instalação",
}
SLUGS = list(BY_SLUG)


def row(db, slug, name):
    table = BY_SLUG[slug].table
    return db.scalars(select(table).where(table.name == name).execution_options(populate_existing=True)).one()


@pytest.mark.parametrize("slug", SLUGS)
def test_lists_adds_edits_and_retires(staff, db, slug):
    davi, path = staff("davi.rocha"), f"/configuracao/{slug}"
    assert davi.get(path).h1 == BY_SLUG[slug].title
    davi.get(f"{path}/adicionar")
    added = davi.post(f"{path}/adicionar", {"name": "  Novo   nome ", **MORE.get(slug, {})})
    assert added.status == 303
    assert "Novo nome adicionad" in davi.follow(added).words

    id = row(db, slug, "Novo nome").id
    form = davi.get(f"{path}/{id}/editar").form(f"{path}/{id}/editar")
    assert form == {"name": "Novo nome", **MORE.get(slug, {}), "version": form["version"]}
    assert davi.post(f"{path}/{id}/editar", {**form, "name": "Outro nome"}).status == 303
    assert row(db, slug, "Outro nome").id == id

    assert davi.post(f"{path}/{id}/inativacao").status == 303
    assert row(db, slug, "Outro nome").inactive_since
    assert "Fora de uso desde" in davi.get(path).words
    assert davi.post(f"{path}/{id}/reativacao", htmx=True).location == path
    assert row(db, slug, "Outro nome").inactive_since is None
    assert "excluíd" in davi.follow(davi.post(f"{path}/{id}/remover")).words
    assert davi.get(f"{path}/{id}/editar").status == 404
    said = [event.action for event in db.scalars(select(Event).where(Event.subject_id == id).order_by(Event.id))]
    assert said[-5:] == [f"catalog.{verb}" for verb in ("created", "changed", "retired", "restored", "removed")]


@pytest.mark.postgresql
@pytest.mark.parametrize("slug", USED)
def test_refuses_no_name_a_taken_name_and_what_is_in_use(staff, db, slug):
    davi, path = staff("davi.rocha"), f"/configuracao/{slug}"
    empty = davi.post(f"{path}/adicionar", {"name": " ", **MORE.get(slug, {})})
    assert (empty.status, empty.errors()["name"]) == (422, "Erro: Escreva o nome.")
    assert empty.page.title.text.startswith("Erro: ")
    taken = davi.post(f"{path}/adicionar", {"name": USED[slug], **MORE.get(slug, {})})
    assert (taken.status, taken.errors()["name"]) == (422, "Erro: Este nome já existe. Escolha outro.")
    assert taken.form(f"{path}/adicionar")["name"] == USED[slug]

    used = row(db, slug, USED[slug])
    if slug == "tipos-de-servico":
        usual = {"amount_cents": 100, "discount_cents": 0, "due_on": clock.today()}
        Charge.add(cast.service(cast.ze()), used, description="Instalação", **usual)
    refused = davi.post(f"{path}/{used.id}/remover")
    assert refused.status == 422
    assert (
        SAID.get(slug, f"“{used.name}” está em uso e não pode ser excluído. Inative em vez de excluir.")
        in refused.words
    )
    note = davi.post(f"{path}/{used.id}/remover", htmx=True)
    assert (note.status, note.headers["HX-Retarget"]) == (422, "#notices")
    assert row(db, slug, USED[slug]).inactive_since is None


@pytest.mark.parametrize("slug", SLUGS)
def test_who_may_read_and_who_may_write(staff, anonymous, slug):
    path = f"/configuracao/{slug}"
    reader = staff("ana.souza")
    assert "Só leitura" in reader.get(path).words
    assert reader.get(f"{path}/adicionar").status == 403
    for noun in ("editar", "inativacao", "reativacao", "remover"):
        assert reader.post(f"{path}/1/{noun}", {"name": "x"}).status == 403
    assert staff("bruno.reis").get(path).status == 403
    assert anonymous().get(path).location.startswith("/entrar")
    assert reader.get("/configuracao/feriados").status == 404


def test_fixed_number_of_queries(staff, db, count_queries):
    davi = staff("davi.rocha")
    davi.get("/configuracao/origens")
    with count_queries() as few:
        davi.get("/configuracao/origens")
    for n in range(30):
        Origin(name=f"Feira {n}").create()
    db.commit()
    with count_queries() as many:
        davi.get("/configuracao/origens")
    assert len(many) == len(few) <= 5


def test_priority_and_installation_must_be_among_the_offered(staff, db):
    davi = staff("davi.rocha")
    bad = davi.post("/configuracao/grupos-de-clientes/adicionar", {"name": "Escola", "priority": "9"})
    assert bad.status == 422
    assert "Escolha a prioridade." in bad.words
    id = row(db, "tipos-de-os", "Corretiva").id
    maybe = {"name": "Visita", "installation": "talvez"}
    assert "Diga se é uma instalação." in davi.post(f"/configuracao/tipos-de-os/{id}/editar", maybe).words
    means = davi.post("/configuracao/formas-de-cobranca/adicionar", {"name": "Cheque", "means": "cheque"})
    assert "Escolha o meio de cobrança." in means.words
    assert "Escolha a empresa." in means.words


def test_what_is_of_all_is_changed_in_todas(staff, db):
    """Whoever works in one company uses the rows of TODAS and leaves them as they are (X-01)."""
    silvia = staff("silvia.maia", company="Serra Azul Net")
    listed = silvia.get("/configuracao/formas-de-cobranca")
    assert "Vale para todas" in listed.words
    id = row(db, "formas-de-cobranca", "Pix mensal").id
    path = f"/configuracao/formas-de-cobranca/{id}"
    refused = silvia.post(f"{path}/editar", {"name": "Pix", "company_id": "0", "means": "pix"})
    assert refused.status == 422
    assert "troque para TODAS" in refused.words
    assert silvia.post(f"{path}/inativacao").status == 422
    elsewhere = {"name": "Pix da serra", "company_id": str(cast.vale_claro().id), "means": "pix"}
    assert "Escolha a empresa." in silvia.post("/configuracao/formas-de-cobranca/adicionar", elsewhere).words


def test_inactive_rows_leave_the_lists_of_choice(staff, db):
    davi, tag = staff("davi.rocha"), db.scalars(select(Tag).where(Tag.name == "VIP")).one().id
    davi.post(f"/configuracao/etiquetas/{tag}/inativacao")
    person = cast.ze().id
    offered = davi.get(f"/clientes/{person}/etiquetas").page.select_one("main").text
    assert "Fidelidade" in offered
    assert "VIP" not in offered


def test_overview_counts_what_is_in_use(staff, db):
    davi = staff("davi.rocha")
    assert "Grupo de Pessoas" in davi.get("/configuracao").words
    assert "Empresas" not in staff("ana.souza").get("/configuracao").page.select_one("main").text
    side = davi.get("/configuracao").page.select_one('a[href="/configuracao/grupos-de-clientes"]')
    assert side.text.endswith(str(len(list(db.scalars(select(PersonGroup))))))
