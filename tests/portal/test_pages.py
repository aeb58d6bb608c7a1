"""What the pages of the Central say, to whom, and what they never say at level weak."""

import re

import pytest
from sqlalchemy import select

from models.network import Connection
from models.people import Address, Contact, Person
from models.services import Service
from models.wording import phone, tax_id
from tests import cast

PAGES = ("/central/", "/central/servicos", "/central/conta", "/central/confirmar")


@pytest.mark.parametrize(
    ("who", "heading"),
    [
        ("rita", "Sua internet está suspensa"),
        ("ze", "Sua internet está ativa"),
        ("maria", "Sua internet está com velocidade reduzida"),
        ("joaquim", "Sua internet está aguardando instalação"),
        ("sol", "Sua internet está ativa"),
    ],
)
def test_state_is_the_title_and_the_fio_breaks_where_it_stopped(who, heading, central):
    page = central(who).get("/central/")
    assert page.h1 == heading
    broken = page.page.select(".fio-stopped")
    assert len(broken) == (1 if who == "rita" else 0)
    assert "segunda via" not in page.words.lower()


def test_suspended_says_since_when_and_what_to_do(central, clock, db):
    with clock("2026-11-25 09:00"):
        cast.service(cast.ze()).suspend("fatura de outubro em aberto")
        page = central("ze").get("/central/")
    assert "Suspensa por débito desde 25/11" in page.words
    assert "fatura de outubro" not in page.words  # the reason is the team's
    assert page.page.select_one('main a[href="tel:08000001234"]')
    assert page.page.select_one('main a[href="https://wa.me/553730001234"]')
    assert "Libera por 1 dia. Vale uma vez por mês." in page.words


def test_the_most_troubled_service_comes_first(central, db):
    cast.service(cast.sol(), "Telefone fixo 2 ramais").suspend("fatura em aberto")
    phone = central("sol")
    page = phone.get("/central/")
    assert page.h1 == "Seu telefone está suspenso"
    assert [row.text for row in page.page.select("main .rows .row-words > span")][-2:] == [
        "Telefone fixo 2 ramais",
        "Fibra 1 Gbps",
    ]
    assert [title.text for title in phone.get("/central/servicos").page.select("article h2")] == [
        "Telefone fixo 2 ramais",
        "Fibra 1 Gbps",
    ]


def test_until_the_network_lets_it_in_it_says_one_thing(central, db):
    phone = central("joaquim")
    cast.service(cast.joaquim()).move_to("active")
    db.commit()
    home = phone.get("/central/")
    assert home.h1 == "Sua internet está entrando no ar"
    assert "Leva até 2 minutos." in home.words
    services = phone.get("/central/servicos").words
    assert "Está entrando no ar, em até 2 minutos." in services
    assert "voltando" not in home.words + services
    Connection.of(cast.service(cast.joaquim())).applied("active")
    db.commit()
    home = phone.get("/central/")
    assert home.h1 == "Sua internet está ativa"
    assert "minutos" not in home.words


def test_without_services(central, db):
    phone = central("ze")
    cast.service(cast.ze()).move_to("cancelled")
    assert phone.get("/central/").h1 == "Você não tem serviço ativo"
    assert "Seu serviço foi cancelado." in phone.get("/central/servicos").words


@pytest.mark.feature("C-103")
def test_only_own_services_with_plan_and_status(central, db):
    phone = central("sol")
    home = phone.get("/central/")
    assert "Serviços" in [link.text for link in home.page.select(".tab-bar span")]
    page = phone.get("/central/servicos")
    assert page.h1 == "Serviços Contratados"
    own = db.scalars(select(Service).where(Service.person_id == cast.sol().id).order_by(Service.id)).all()
    assert [row["id"] for row in page.page.select("article")] == [f"servico-{row.id}" for row in own]
    assert [row.text for row in page.page.select("article h2")] == ["Fibra 1 Gbps", "Telefone fixo 2 ramais"]
    assert page.words.count("Habilitado") == 2
    for other in db.scalars(select(Service.id).where(Service.person_id != cast.sol().id)).all():
        address = f"/central/servicos/{other}/desbloqueio-em-confianca"
        assert phone.get(address).status == phone.post(address).status == 404
        assert phone.post(address, htmx=True).status == 404
    assert "Suspenso por Débito" in central("rita").get("/central/servicos").words
    assert "Suspenso parcialmente" in central("maria").get("/central/servicos").words


@pytest.mark.feature("C-103")
def test_the_address_is_for_who_has_shown_who_they_are(central, db):
    weak, proved = central("rita"), central("rita", level="proved")
    assert "Rua das Acácias" not in weak.get("/central/servicos").words
    assert "Rua das Acácias, 120, Centro, Vale Claro/MG" in proved.get("/central/servicos").words
    number = cast.service(cast.ze()).id
    assert proved.get(f"/central/servicos/{number}/desbloqueio-em-confianca").status == 404
    own = proved.post(f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca", htmx=True)
    assert "Rua das Acácias" in own.words


def test_account_says_first_name_and_initial(central):
    page = central("rita").get("/central/conta")
    assert page.page.h2.text == "Rita M."
    assert "Olá, Rita" in page.words
    assert "só com o CPF ou CNPJ" in page.words
    assert page.form("/central/sair") == {}


def test_an_organization_is_greeted_as_in_a_letter(central, db):
    assert "Olá, Eunice" in central("sol").get("/central/").words
    cast.sol().contact_person = ""
    db.commit()
    proved, weak = central("sol", level="proved").get("/central/"), central("sol").get("/central/")
    assert "Olá, Padaria Sol" in proved.words
    assert "Olá, Padaria" in weak.words
    assert "Padaria Sol" not in weak.html, "level weak sees one word of a name"


@pytest.mark.slow
@pytest.mark.parametrize("who", list(cast.SUBSCRIBERS))
def test_level_weak_never_gets_personal_data(who, central, db):
    person = cast.SUBSCRIBERS[who]()
    secrets = _secrets(db, person)
    visitor = central(who)
    for address in PAGES:
        html = visitor.get(address).html
        assert not [secret for secret in secrets if secret in html], address
    number = cast.service(person).id
    for htmx in (False, True):
        answer = visitor.post(f"/central/servicos/{number}/desbloqueio-em-confianca", htmx=htmx)
        html = visitor.follow(answer).html if answer.status == 303 else answer.html
        assert not [secret for secret in secrets if secret in html]


def _secrets(db, person: Person) -> list[str]:
    streets = db.scalars(select(Address.street).where(Address.person_id == person.id)).all()
    contacts = db.scalars(select(Contact.value).where(Contact.person_id == person.id)).all()
    written = [phone(value) for value in contacts]
    names = [person.name, person.trade_name, person.contact_person]
    document = [person.document, person.document[3:9], tax_id(person.document)]
    return [secret for secret in (*document, *names, *streets, *contacts, *written) if secret]


@pytest.mark.parametrize(("address", "most"), [("/central/", 5), ("/central/servicos", 4), ("/central/conta", 2)])
def test_queries_do_not_grow_with_services(address, most, central, count_queries):
    counts = []
    for who in ("ze", "sol"):
        phone = central(who)
        with count_queries() as queries:
            phone.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize(("address", "most"), [("/central/servicos", 6), ("/central/conta", 3)])
def test_queries_at_level_proved(address, most, central, count_queries):
    counts = []
    for who in ("ze", "sol"):
        phone = central(who, level="proved")
        with count_queries() as queries:
            phone.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


def test_first_load_is_small(anonymous, central):
    """Page, style, htmx, script, icons and the favicon: 45 KB compressed, six requests."""
    for visitor, address in ((anonymous("portal"), "/central/entrar"), (central("rita"), "/central/")):
        page = visitor.get(address, headers={"Accept-Encoding": "gzip"})
        sizes = [len(page.response.get_data())] if page.headers.get("Content-Encoding") else []
        links = set(re.findall(r'(?:href|src)="((?:/static|/estilo)/[^"#]+)', visitor.get(address).html))
        links = {link for link in links if "icon-180" not in link}  # a phone asks for it when it is put on its screen
        sizes += [len(visitor.http.get(link, headers={"Accept-Encoding": "br"}).get_data()) for link in links]
        assert len(sizes) <= 6
        assert sum(sizes) <= 45_000
