"""Clientes on the list kit: filters in the address, order by what is owed, ticks, parts of words (B-09, X-09)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import clock
from models.banking import business_day
from models.billing import Invoice
from models.desk import customer_list
from models.history import Event
from models.people import Address, Person, PersonPart, PersonTag, Tag
from models.people.person_part import endings
from models.services import Service
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
RITA, MARIA, ZE = "Rita Aparecida Moreira", "Maria Aparecida dos Santos Albuquerque", "José Antônio Ferreira"


def names(page):
    return [link.get_text() for link in page.page.select("tbody th a")]


def row_of(page, name):
    [row] = [row for row in page.page.select("tbody tr") if name in row.get_text()]
    return row


@pytest.fixture
def natal(db):
    row = Tag(name="Natal")
    with cast.by("davi.rocha"):
        row.create()
    db.commit()
    return row


@pytest.mark.postgresql
class TestParts:
    """Found by a part of a word, of a street, of a telephone; in no other company."""

    @pytest.mark.feature("X-09")
    @pytest.mark.parametrize(
        "q", ["rita", "oreir", "MOREIRA rit", "apar more", "acacias", "rua acácias rita", "cácia", "9981", "2045", "re"]
    )
    def test_finds(self, staff, q):
        assert RITA in names(staff("ana.souza").get(f"/clientes?q={q}"))

    @pytest.mark.parametrize("q", ["ritta", "rita acacia xyz", "oreirb", "99999", "9982"])
    def test_finds_not(self, staff, q):
        assert RITA not in names(staff("ana.souza").get(f"/clientes?q={q}"))

    def test_who_is_called_so_stands_before_who_lives_there(self, staff, db):
        with cast.by("ana.souza"):
            ze = cast.ze()
            db.execute(update(Address).where(Address.person_id == ze.id).values(street="Rua Rita Souza"))
            ze.index_parts()
        db.commit()
        assert names(staff("ana.souza").get("/clientes?q=rita")) == [RITA, ZE]

    def test_another_company_is_not_found(self, staff):
        assert names(staff("celia.prado").get("/clientes?q=acacias")) == []

    def test_what_changes_is_found_by_its_new_parts_alone(self, staff, db):
        ana, ze = staff("ana.souza"), cast.ze()
        path = f"/clientes/{ze.id}/dados/editar"
        form = {**ana.get(path).form(path), "name": "José Bernardes", "mobile": "37911112222"}
        assert ana.post(path, form).status == 303

        for q, found in (("bernard", True), ("ferreira", False), ("1111", True), ("4567", False)):
            assert ("José Bernardes" in names(ana.get(f"/clientes?q={q}"))) is found, q

    def test_of_everybody_the_parts_are_theirs(self, db):
        for person in db.scalars(select(Person)):
            kept = set(db.scalars(select(PersonPart.part).where(PersonPart.person_id == person.id)))
            assert kept >= set(endings(person.search_text.split(), [person.contacts()["mobile"]]))


@pytest.mark.feature("B-09")
def test_a_document_stands_in_no_address(staff):
    """Names may, so that Back and a link find them again; what may be a document or a telephone is posted."""
    ana = staff("ana.souza")
    named = ana.post("/clientes", {"q": "rita", "situacao": "suspensos"})
    assert (named.status, named.location) == (303, "/clientes?q=rita&situacao=suspensos")
    assert names(ana.get(named.location)) == [RITA]
    swapped = ana.post("/clientes", {"q": "rita"}, htmx=True)
    assert swapped.headers["HX-Push-Url"] == "/clientes?q=rita"
    for typed in ("529.982.247-25", "52998224725", "529 982 rita", "37 99812-0456"):
        for htmx in (False, True):
            found = ana.post("/clientes", {"q": typed, "situacao": "sem", "ordem": "-nome"}, htmx=htmx)
            assert found.status == 200
            assert "HX-Push-Url" not in found.headers
            assert found.headers["HX-Replace-Url"] == "/clientes"
            hrefs = " ".join(link["href"] for link in found.page.select("a[href]"))
            assert not any(part in hrefs for part in ("529", "99812", "q="))
        assert found.page.select_one("#q")["value"] == typed
        assert not found.page.select("a.chip")  # a number is looked for among all
    assert len(names(ana.get("/clientes?q=52998224725"))) > 1  # never asked for in an address


def test_filters_alone_and_together(staff, db, natal):
    with cast.by("ana.souza"):
        cast.rita().add_tag(natal.id, cast.rita().version)
    db.commit()
    ana = staff("ana.souza")
    plan = cast.service(cast.rita()).plan_id
    assert names(ana.get("/clientes?situacao=suspensos")) == [RITA]
    assert names(ana.get("/clientes?situacao=reduzidos")) == [MARIA]
    assert "Joaquim" in names(ana.get("/clientes?situacao=instalacao"))[0]
    assert RITA not in names(ana.get("/clientes?situacao=habilitados"))
    assert names(ana.get(f"/clientes?etiqueta={natal.id}")) == [RITA]
    assert RITA in names(ana.get(f"/clientes?plano={plan}"))
    assert RITA in names(ana.get("/clientes?cidade=Vale+Claro"))
    assert names(ana.get("/clientes?cidade=Recife")) == []
    both = ana.get(f"/clientes?situacao=suspensos&plano={plan}&cidade=Vale+Claro")
    chips = [chip.get_text(strip=True) for chip in both.page.select("a.chip")]
    assert [chip.removeprefix("Tirar o filtro") for chip in chips] == [
        "Situação: Suspenso por Débito",
        "Plano: Fibra 500 Mbps",
        "Cidade: Vale Claro",
    ]
    assert names(ana.get(both.page.select("a.chip")[0]["href"])) != [RITA]


def test_a_released_one_is_in_a_filter_of_its_own(staff, db):
    with cast.by("ana.souza"):
        cast.service(cast.rita()).unlock_in_trust(clock.today() + timedelta(days=1), "Paga amanhã")
    db.commit()
    ana = staff("ana.souza")
    assert names(ana.get("/clientes?situacao=confianca")) == [RITA]
    assert RITA not in names(ana.get("/clientes?situacao=habilitados"))
    assert "Em confiança até amanhã às 23:59" in row_of(ana.get("/clientes"), RITA).get_text()


def test_cancelled_only_and_without_service(staff, db):
    ana = staff("ana.souza")
    assert names(ana.get("/clientes?situacao=cancelados")) == names(ana.get("/clientes?situacao=sem")) == []
    db.execute(update(Service).where(Service.person_id == cast.ze().id).values(status="cancelled"))
    db.commit()
    assert names(ana.get("/clientes?situacao=cancelados")) == [ZE]


class TestMoney:
    @pytest.fixture
    def owing(self, billed):
        return billed

    def test_who_owes_most_and_longest(self, staff, db, owing):
        ana = staff("ana.souza")
        most = ana.get("/clientes?ordem=-atraso")
        owed = {
            id: (cents, count)
            for id, cents, count in db.execute(
                select(Invoice.person_id, Invoice.total_cents - Invoice.paid_cents, Invoice.id).where(
                    Invoice.status == "open", Invoice.due_on < clock.today()
                )
            )
        }
        assert owed
        assert names(most)[0] == RITA
        cell = row_of(most, RITA).select("td.num")[-1].get_text(" ", strip=True)
        assert "2 faturas" in cell
        assert names(ana.get("/clientes?ordem=desde"))[0] == RITA
        head = [th.get_text(strip=True) for th in most.page.select("th[aria-sort]")]
        assert head == ["Em atraso"]
        assert most.page.select_one("th[aria-sort]")["aria-sort"] == "descending"

    def test_late_by_more_than_so_many_days(self, staff, db, owing):
        ana = staff("ana.souza")
        oldest = db.scalars(
            select(Invoice.due_on).where(Invoice.person_id == cast.rita().id, Invoice.status == "open")
        ).all()
        days = (clock.today() - business_day(min(oldest))).days
        assert f"2 faturas, {days} dias" in row_of(ana.get("/clientes"), RITA).get_text(" ", strip=True)
        for more_than in (15, 30, 60):
            assert (RITA in names(ana.get(f"/clientes?atraso={more_than}"))) is (days > more_than)
        assert ZE not in names(ana.get("/clientes?atraso=sim"))

    def test_pages_by_what_is_owed_lose_nobody(self, staff, db, owing, monkeypatch):
        monkeypatch.setattr(customer_list, "PAGE", 2)
        ana = staff("ana.souza")
        for order in ("-atraso", "atraso", "desde", "-desde", "nome", "-nome"):
            seen, path = [], f"/clientes?ordem={order}"
            while path:
                page = ana.get(path)
                seen += [link["href"] for link in page.page.select("tbody th a")]
                following = page.page.select_one("a[rel=next]")
                path = following["href"] if following else None
            assert len(seen) == len(set(seen)) == db.query(Person).filter(Person.company_id.in_((0, 1))).count()

    def test_who_does_not_see_money_is_not_told(self, staff, owing):
        joao = staff("joao.alcantara").get("/clientes?ordem=-atraso&atraso=sim")
        assert "Em atraso" not in joao.words
        assert ZE in names(joao)
        assert names(joao) == names(staff("ana.souza").get("/clientes"))


def test_nobody_says_which_filter_to_take_off(staff):
    page = staff("ana.souza").get("/clientes?situacao=suspensos&cidade=Recife")
    assert "Ninguém com estes filtros" in page.words
    [way] = [link for link in page.page.select("#list a.btn") if "Tirar" in link.get_text()]
    assert way.get_text(strip=True) == "Tirar «não está entre os seus» mostra 1"
    assert names(staff("ana.souza").get(way["href"])) == [RITA]


def test_how_many_of_how_many(staff, db):
    all = db.query(Person).filter(Person.company_id.in_((0, cast.vale_claro().id))).count()
    ana = staff("ana.souza")
    assert f"{all} clientes." in ana.get("/clientes").words
    assert f"1 de {all} com estes filtros." in ana.get("/clientes?situacao=suspensos").words


@pytest.mark.feature("B-09")
def test_a_view_of_customers_is_kept_without_the_number_that_was_searched(staff, db):
    ana = staff("ana.souza")
    form = {"name": "Suspensos", "situacao": "suspensos", "shared": "y"}
    assert ana.post("/visoes/clientes/nova", form).status == 303
    bruno = staff("bruno.reis").get("/clientes")
    [link] = [link for link in bruno.page.select("#views li a") if "Suspensos" in link.get_text()]
    assert names(staff("bruno.reis").get(link["href"])) == [RITA]
    secret = {"name": "Um CPF", "q": "52998224725"}
    assert ana.post("/visoes/clientes/nova", secret).location == "/clientes"


class TestTicked:
    PATH = "/clientes/escolhidos/etiqueta"

    def boxes(self, db, *people):
        db.expire_all()
        return [f"{person.id}.{db.get_one(Person, person.id).version}" for person in people]

    def tagged(self, db, tag):
        db.expire_all()
        return set(db.scalars(select(PersonTag.person_id).where(PersonTag.tag_id == tag.id)))

    @pytest.mark.feature("B-09")
    @pytest.mark.postgresql
    def test_one_that_changed_meanwhile_is_named_and_the_others_are_done(self, staff, db, natal):
        ana, rita, ze = staff("ana.souza"), cast.rita(), cast.ze()
        asks = ana.post(self.PATH, {"chosen": self.boxes(db, rita, ze)})
        assert asks.status == 200
        assert "Pôr etiqueta em 2 clientes" in asks.h1
        form = asks.form(self.PATH)
        boxes = [box["value"] for box in asks.page.select("[name=chosen]")]
        with cast.by("silvia.maia"):
            db.get_one(Person, ze.id).take()
        db.commit()
        answer = ana.post(self.PATH, {**form, "chosen": boxes, "tag": natal.id})
        assert answer.status == 200
        assert "1 cliente com a etiqueta Natal, 1 recusado" in answer.words
        assert "Este cadastro mudou depois" in row_of(answer, ZE).get_text()
        assert self.tagged(db, natal) == {rita.id}

    def test_all_done_goes_back_to_the_list(self, staff, db, natal):
        ana = staff("ana.souza")
        form = {"chosen": self.boxes(db, cast.rita(), cast.ze()), "tag": natal.id, "situacao": "suspensos"}
        answer = ana.post(self.PATH, form)
        assert (answer.status, answer.location) == (303, "/clientes?situacao=suspensos")
        assert "2 clientes com a etiqueta Natal" in ana.get(answer.location).words
        assert self.tagged(db, natal) == {cast.rita().id, cast.ze().id}

    @pytest.mark.feature("B-09")
    @pytest.mark.postgresql
    def test_all_of_the_filter_are_counted_again(self, staff, db, natal):
        """A bulk act against a list that changed: it says how many they are now, and does nothing before that."""
        ana = staff("ana.souza")
        asks = ana.post(self.PATH, {"situacao": "suspensos", "todos": "5"})
        assert "Agora são 1" in asks.words
        form = {"situacao": "suspensos", "todos": "1", "tag": natal.id}
        with cast.by("ana.souza"):
            cast.service(cast.ze()).suspend("Débito", "suspended_for_debt")
        db.commit()
        refused = ana.post(self.PATH, form)
        assert refused.status == 409
        assert "Agora são 2. Confira e confirme de novo." in refused.words
        assert self.tagged(db, natal) == set()
        assert ana.post(self.PATH, {**form, "todos": "2"}).status == 303
        assert self.tagged(db, natal) == {cast.rita().id, cast.ze().id}

    def test_of_two_at_once_each_row_is_changed_by_one(self, staff, db, natal, race):
        """Both tick the same three: of each customer one of them is refused, and no tag is lost."""
        other = Tag(name="Quermesse")
        with cast.by("davi.rocha"):
            other.create()
        db.commit()
        tags, people = (natal.id, other.id), (cast.rita(), cast.ze(), cast.maria())
        boxes, before = self.boxes(db, *people), {person.id: person.version for person in people}
        kept = {row.person_id: row.tag_id for row in db.scalars(select(PersonTag))}
        visitors = [staff("ana.souza"), staff("silvia.maia")]
        answers = race(2, lambda i: visitors[i].post(self.PATH, {"chosen": boxes, "tag": tags[i]}))
        assert {answer.status for answer in answers} <= {200, 303, 422}
        db.expire_all()
        for person in people:
            now = set(db.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == person.id)))
            assert len(now & set(tags)) == 1
            assert kept.get(person.id) is None or kept[person.id] in now
            assert db.get_one(Person, person.id).version == before[person.id] + 1

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({}, "Escolha na lista"),
            ({"chosen": ["1.1"], "tag": ""}, "Escolha a etiqueta."),
            ({"todos": "0", "cidade": "x"}, "Escolha"),
        ],
    )
    def test_nothing_chosen(self, staff, form, sentence):
        answer = staff("ana.souza").post(self.PATH, form)
        assert answer.status == 422
        assert sentence in answer.words

    def test_who_may_not_tag_has_no_such_act(self, staff):
        joao = staff("joao.alcantara")
        assert "Pôr etiqueta" not in joao.get("/clientes").words
        assert joao.post(self.PATH, {"chosen": ["1.1"]}).status == 403

    @pytest.mark.feature("B-09")
    def test_the_file_of_all_of_the_ticked_and_of_the_filter(self, staff, db):
        ana = staff("ana.souza")

        def lines(form):
            answer = ana.post("/clientes/planilha", form)
            return [line.split(";")[1] for line in answer.data.decode("utf-8-sig").split("\r\n")[1:] if line]

        everybody = ana.get("/clientes")
        assert lines(everybody.form("/clientes/planilha")) == names(everybody)
        ticked = {"chosen": self.boxes(db, cast.rita(), cast.ze())}
        assert lines(ticked) == [ZE, RITA]
        assert lines({**ticked, "todos": "99", "situacao": "suspensos"}) == [RITA]
        data = ana.post("/clientes/planilha", {}).data.decode()
        assert "529.982.247-25" not in data
        told = db.scalars(select(Event).where(Event.action == "report.exported")).all()
        assert {event.data["report"] for event in told} == {"Clientes"}
        joao = staff("joao.alcantara").post("/clientes/planilha", {}).data.decode("utf-8-sig")
        assert "Em atraso" not in joao


@pytest.mark.parametrize(
    "path",
    [
        "/clientes",
        "/clientes?situacao=suspensos&atraso=15&cidade=Vale+Claro",
        "/clientes?ordem=-atraso",
        "/clientes?q=a",
        "/clientes?depois=1",
        "/clientes?situacao=suspensos&cidade=Recife",
        "/faturas",
        "/faturas?situacao=open",
        "/contratos",
        "/carnes",
        "/cobrancas",
        "/atendimentos?aba=todos",
    ],
)
def test_a_list_asks_seven_times_and_once_for_the_menu(staff, billed, count_queries, path):
    ana = staff("ana.souza")
    ana.get(path)
    with count_queries() as asked:
        assert ana.get(path).status == 200
    assert len(asked) <= 8  # the eighth counts what is mine in the menu
