"""The list kit: filters and order in the address, views kept and shared, acts on ticked rows, the file (B-09)."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from models.history import Event
from models.operators import Company, Department, SavedView
from models.operators.saved_view import MOST
from models.tickets import Ticket
from models.workflows import Process, ProcessStep
from tests import cast

LIST = "/atendimentos?aba=todos"


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def three(db):
    """Three tickets of the support, the last free again."""
    with cast.by("silvia.maia"):
        rows = [cast.ticket(cast.ze(), "Lentidão", words) for words in ("Primeiro.", "Segundo.", "Terceiro.")]
        rows[1].claim()
    db.commit()
    return [row.id for row in rows]


def protocols(page) -> list[str]:
    return [str(cell.contents[0]) for cell in page.page.select("tbody td.num-left")]


def ticked(db, ids) -> list[str]:
    db.expire_all()
    return [f"{id}.{db.get_one(Ticket, id).version}" for id in ids]


def kept(db, name: str) -> SavedView | None:
    db.expire_all()
    return db.scalars(select(SavedView).where(SavedView.name == name)).one_or_none()


@pytest.mark.feature("A-02")
def test_the_panel_is_filtered_by_status_sector_process_and_sla(bruno, db, three):
    ticket = db.get_one(Ticket, three[0])
    hit = {"status": ticket.status, "setor": ticket.department_id, "processo": ticket.process_id}
    hit["sla"] = ticket.sla_type
    miss = {"status": "pending_work_order", "setor": 999_999, "processo": 999_999, "sla": "preventive"}
    assert "/atendimentos/novo" in bruno.get(LIST).html
    for name, value in hit.items():
        assert ticket.protocol in bruno.get(f"{LIST}&{name}={value}").words, name
    for name in ("status", "sla"):
        assert ticket.protocol not in bruno.get(f"{LIST}&{name}={miss[name]}").words, name
    others = {
        "setor": db.scalar(select(func.max(Ticket.department_id)).where(Ticket.department_id != ticket.department_id)),
        "processo": db.scalar(select(func.max(Ticket.process_id)).where(Ticket.process_id != ticket.process_id)),
    }
    for name, value in others.items():
        assert ticket.protocol not in bruno.get(f"{LIST}&{name}={value}").words, name
    whole = bruno.get(f"{LIST}&" + "&".join(f"{name}={value}" for name, value in hit.items()))
    assert ticket.protocol in whole.words
    assert len(whole.page.select("a.chip")) == 4


def test_a_chip_takes_its_own_filter_away(bruno):
    page = bruno.get(f"{LIST}&sla=corrective&status=pending&ordem=-prazo&q=sol")
    chips = {chip.get_text().strip(): chip.get("href") for chip in page.page.select("a.chip")}
    assert list(chips) == ["Tirar o filtro Status: Pendente", "Tirar o filtro SLA: Corretiva"]
    assert chips["Tirar o filtro SLA: Corretiva"].endswith("?aba=todos&q=sol&status=pending&ordem=-prazo")
    assert page.page.select("a.list-clear")[0].get("href") == "/atendimentos?aba=todos&ordem=-prazo"


@pytest.mark.parametrize("nonsense", ["sla=x", "status=%27", "setor=abc", "processo=-1", "ordem=nome", "depois=x.y"])
def test_what_makes_no_sense_was_never_asked(bruno, three, db, nonsense):
    page = bruno.get(f"{LIST}&{nonsense}")
    assert page.status == 200
    assert db.get_one(Ticket, three[0]).protocol in page.words
    assert not page.page.select("a.chip")


SIGNS = ["joao@exemplo.com", "100%", "R$ 50", "#691", "nº 5", '"aspas"', "caiu?", "a_b", "\\", "😀", "%", "."]


@pytest.mark.postgresql
@pytest.mark.parametrize("q", SIGNS)
def test_found_by_the_signs_of_its_report_and_by_no_others(bruno, db, q):
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Lentidão", f"Cliente disse {q} ontem")
        other = cast.ticket(cast.ze(), "Lentidão", "Nada disso, só uma linha")
    db.commit()
    found = protocols(bruno.get(f"{LIST}&q={quote(q)}"))
    assert row.protocol in found
    assert other.protocol not in found


@pytest.mark.parametrize("q", ["´", "¨ ¸", "😀", "$"])
def test_signs_alone_do_not_find_everything(bruno, three, q):
    page = bruno.get(f"{LIST}&q={quote(q)}")
    assert not protocols(page)
    assert "Nenhum atendimento assim" in page.words


@pytest.mark.postgresql
def test_a_draft_is_found_by_the_words_its_row_shows(bruno, db):
    with cast.by("bruno.reis"):
        draft = Ticket.open(cast.ze(), cast.service(cast.ze()))
    db.commit()
    for report in ("Meu texto", "Árvore no cabo"):
        assert bruno.post(f"/atendimentos/{draft.id}/rascunho", {"report": report}).status == 200
        assert report in bruno.get("/atendimentos?aba=rascunhos").words
        assert protocols(bruno.get(f"/atendimentos?aba=rascunhos&q={report.split()[0]}")) == [draft.protocol]
    assert not protocols(bruno.get("/atendimentos?aba=rascunhos&q=texto")), "no longer there"


def test_finished_ones_are_shown_where_they_are_asked_for(bruno, db, three):
    with cast.by("silvia.maia"):
        row = db.get_one(Ticket, three[1])
        row.close(cast.closing_classification(), None)
    db.commit()
    assert row.protocol not in protocols(bruno.get(LIST))
    nothing = bruno.get(f"{LIST}&q={row.protocol}")
    assert "Procurar nos finalizados" in nothing.words
    assert row.protocol in protocols(bruno.get(f"{LIST}&q={row.protocol}&status=closed"))
    assert row.protocol not in protocols(bruno.get("/atendimentos?aba=meus&status=closed"))


@pytest.mark.parametrize("order", ["", "-prazo", "protocolo", "-protocolo", "prioridade", "-prioridade"])
@pytest.mark.parametrize("status", ["", "closed"])
def test_pages_follow_each_other_in_every_order(bruno, db, monkeypatch, order, status):
    made = []
    with cast.by("bruno.reis"):
        for i in range(5):
            row = cast.ticket(cast.ze(), "Lentidão", f"Relato {i}.")
            made.append(row)
            if status:
                row.claim()
                row.close(cast.closing_classification(), None)
    db.commit()
    path = f"{LIST}&ordem={order}&status={status}"
    at_once = protocols(bruno.get(path))
    monkeypatch.setattr("models.desk.tickets.PAGE", 2)
    seen: list[str] = []
    while path:
        page = bruno.get(path)
        seen += protocols(page)
        path = next((link.get("href") for link in page.page.select("a[rel=next]")), "")
    assert seen == at_once
    assert len(seen) == len(set(seen)) >= 5
    if order.endswith("protocolo"):
        # Those of this test: the cast wrote its own back from different days.
        mine = sorted(tuple(map(int, row.protocol.split("."))) for row in made)
        numbers = [tuple(map(int, number.split("."))) for number in seen]
        assert [number for number in numbers if number in mine] == mine[:: -1 if order.startswith("-") else 1]


def test_the_head_of_a_column_turns_the_order_round(bruno):
    [due, number, _] = bruno.get(LIST).page.select("thead a")
    assert due.parent.get("aria-sort") == "ascending"
    assert due.get("href").endswith("ordem=-prazo")
    assert number.parent.get("aria-sort") is None
    [due, *_] = bruno.get(f"{LIST}&ordem=-prazo").page.select("thead a")
    assert due.parent.get("aria-sort") == "descending"
    assert due.get("href") == "/atendimentos?aba=todos"


@pytest.mark.feature("B-09")
class TestViews:
    PATH = "/visoes/atendimentos/nova"

    def keep(self, visitor, name, query="aba=todos&sla=corrective&ordem=-prazo", **more):
        form = visitor.get(f"{self.PATH}?{query}").form(self.PATH)
        return visitor.post(self.PATH, {**form, "name": name, **more})

    def test_kept_found_again_and_excluded(self, bruno, db):
        answer = self.keep(bruno, "  Corretivas   do dia ")
        assert (answer.status, answer.location) == (303, "/atendimentos?aba=todos&sla=corrective&ordem=-prazo")
        [link] = bruno.get("/atendimentos").page.select("#views li a")
        assert link.span.contents[0] == "Corretivas do dia"
        assert link.get("href") == answer.location
        assert "SLA: Corretiva" in bruno.get(link.get("href")).words
        path = f"/visoes/{kept(db, 'Corretivas do dia').id}/remover"
        assert bruno.post(path, bruno.get("/atendimentos").form(path)).status == 303
        assert not bruno.get("/atendimentos").page.select("#views li a")

    def test_the_same_name_again_keeps_it_anew(self, bruno, db):
        self.keep(bruno, "Minha")
        self.keep(bruno, "Minha", "aba=vencidos", shared="y")
        row = kept(db, "Minha")
        assert (row.query, row.shared) == ("aba=vencidos", True)

    def test_one_that_is_shared_is_seen_by_others_of_the_company_and_stays_mine(self, bruno, staff, db):
        self.keep(bruno, "Só minha")
        self.keep(bruno, "De todos", "aba=vencidos", shared="y")
        silvia = staff("silvia.maia")
        page = silvia.get("/atendimentos")
        [link] = page.page.select("#views li a")
        assert "De todos" in link.get_text()
        assert "de Bruno Reis" in link.get_text()
        assert silvia.get(link.get("href")).status == 200
        path = f"/visoes/{kept(db, 'De todos').id}/remover"
        assert path not in page.html
        assert "Só quem guardou" in silvia.post(path, {}).words
        assert kept(db, "De todos")
        celia = staff("celia.prado", company="Serra Azul Net")
        assert "De todos" not in celia.get("/atendimentos").words
        assert celia.post(path, {}).status == 404
        cast.operator("bruno.reis").retire()
        db.commit()
        assert "De todos" not in silvia.get("/atendimentos").words  # nobody else could take it away

    def test_one_that_is_not_shared_is_not_there_for_others(self, bruno, staff, db):
        self.keep(bruno, "Só minha")
        id = kept(db, "Só minha").id
        answers = [staff("silvia.maia").post(f"/visoes/{number}/remover", {}) for number in (id, 987654)]
        assert [answer.status for answer in answers] == [404, 404]
        assert kept(db, "Só minha")

    @pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\u200b"])
    def test_a_name_that_is_none_is_refused_beside_its_field(self, bruno, db, name):
        answer = self.keep(bruno, name, shared="y")
        assert answer.status == 422
        assert answer.page.select(".has-error [name=name]")
        assert answer.form(self.PATH)["sla"] == "corrective"  # what was asked for is not lost
        assert answer.form(self.PATH)["shared"]
        assert not db.scalar(select(func.count(SavedView.id)))

    def test_thirty_are_enough(self, bruno, db):
        with cast.by("bruno.reis"):
            for number in range(MOST):
                SavedView.keep("atendimentos", f"Visão {number}", "aba=todos")
        db.commit()
        assert "Exclua uma antes" in self.keep(bruno, "Mais uma").words
        assert self.keep(bruno, "Visão 3", "aba=setor").status == 303
        assert db.scalar(select(func.count(SavedView.id))) == MOST

    @pytest.mark.postgresql
    def test_thirty_are_enough_at_once_too(self, staff, db, race):
        with cast.by("bruno.reis"):
            for number in range(MOST - 1):
                SavedView.keep("atendimentos", f"Visão {number}", "aba=todos")
        db.commit()
        people = [staff("bruno.reis") for _ in range(6)]
        for person in people:
            person.token()
        form = {"aba": "todos", "version": "0"}
        answers = race(6, lambda i: people[i].post(self.PATH, {**form, "name": f"Nova {i}"}))
        assert sorted(answer.status for answer in answers) == [303, *[422] * 5]
        assert db.scalar(select(func.count(SavedView.id))) == MOST

    def test_of_what_its_reader_does_not_see_it_shows_nothing_and_says_so(self, staff, db):
        silvia, celia = staff("silvia.maia"), staff("celia.prado")
        with cast.by("silvia.maia"):
            row = Process(name="Só do Vale", sla_type="doubt", company_id=cast.vale_claro().id)
            row.create()
            ProcessStep(process_id=row.id, name="Um", department_id=db.scalars(select(Department.id)).first()).create()
        with cast.by("celia.prado"):
            cast.ticket(cast.mar_azul(), "Lentidão", "De outro processo")
        db.commit()
        self.keep(silvia, "Do Vale", f"aba=todos&processo={row.id}", shared="y")
        [link] = celia.get("/atendimentos").page.select("#views li a")
        page = celia.get(link.get("href"))
        assert not protocols(page)
        assert "Só do Vale" not in page.words
        [chip] = page.page.select("a.chip")
        assert "Processo: não está entre os seus" in chip.get_text()
        assert protocols(celia.get(chip.get("href")))
        form = {"aba": "todos", "processo": str(row.id)}
        assert celia.post("/atendimentos/planilha", form).data.count(b"\r\n") == 1  # its head

    def test_of_a_list_one_may_not_read(self, staff):
        assert staff("joao.alcantara").get("/visoes/faturas/nova").status == 404
        assert staff("ana.souza").get("/visoes/nada/nova").status == 404


@pytest.mark.feature("B-09")
def test_of_several_the_refused_one_is_named_and_the_others_are_done(bruno, db, three):
    page = bruno.get(LIST)
    boxes = {box.get("value") for box in page.page.select("[name=chosen]")}
    assert set(ticked(db, three)) <= boxes
    path = "/atendimentos/escolhidos"
    answer = bruno.post(path, {**page.form(path), "acao": "resgatar", "chosen": ticked(db, three)})
    db.expire_all()
    first, second, third = (db.get_one(Ticket, id) for id in three)
    assert answer.status == 200
    assert "2 atendimentos resgatados, 1 recusado" in answer.words
    assert "Está com Sílvia Maia" in answer.words
    assert {first.assignee_id, third.assignee_id} == {cast.operator("bruno.reis").id}
    assert second.assignee_id == cast.operator("silvia.maia").id
    told = db.scalars(select(Event).where(Event.ticket_id.in_(three), Event.action == "ticket.claimed")).all()
    assert {event.ticket_id for event in told if event.actor_id == cast.operator("bruno.reis").id} == {
        first.id,
        third.id,
    }


@pytest.mark.postgresql
def test_an_act_on_several_does_not_rescue(bruno, db, three):
    """Encaminhar of one nobody holds, one held by another and one of mine."""
    with cast.by("bruno.reis"):
        db.get_one(Ticket, three[2]).claim()
    db.commit()
    steps = [db.get_one(Ticket, id).step_id for id in three]
    path = "/atendimentos/escolhidos"
    values = {**bruno.get(LIST).form(path), "acao": "encaminhar", "chosen": ticked(db, three)}
    answer = bruno.post(path, values)
    assert "1 atendimento encaminhado, 2 recusados" in answer.words
    assert "Ninguém resgatou" in answer.words
    assert "está com Sílvia Maia" in answer.words
    db.expire_all()
    now = [db.get_one(Ticket, id).step_id for id in three]
    assert now[:2] == steps[:2]
    assert now[2] != steps[2]


def test_all_done_is_said_in_a_line(bruno, db, three):
    path = "/atendimentos/escolhidos"
    values = {**bruno.get(LIST).form(path), "acao": "resgatar", "chosen": ticked(db, [three[0], three[2]])}
    answer = bruno.post(path, values)
    assert (answer.status, answer.location) == (303, LIST)
    assert "2 atendimentos resgatados" in bruno.get(LIST).words


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"acao": "resgatar"}, "Escolha na lista"),
        ({"acao": "resgatar", "chosen": ["x", "999999999.1", "-1"]}, "Escolha na lista"),
        ({"chosen": ["1.1"]}, "Diga o que fazer"),
        ({"acao": "excluir", "chosen": ["1.1"]}, "Diga o que fazer"),
    ],
)
def test_nothing_ticked_or_nothing_asked(bruno, values, sentence):
    path = "/atendimentos/escolhidos"
    answer = bruno.post(path, {**bruno.get(LIST).form(path), **values})
    assert answer.status == 422
    assert sentence in answer.words


def test_somebody_was_faster_in_one_row(bruno, db, three):
    seen = ticked(db, three[:1])
    with cast.by("ana.souza"):
        db.get_one(Ticket, three[0]).claim()
    db.commit()
    path = "/atendimentos/escolhidos"
    answer = bruno.post(path, {**bruno.get(LIST).form(path), "acao": "resgatar", "chosen": seen})
    assert answer.status == 422
    assert "Ana Souza resgatou antes de você" in answer.words


def test_more_than_are_done_at_once_are_refused(bruno, db):
    with cast.by("bruno.reis"):
        rows = [cast.ticket(cast.ze(), "Lentidão", f"Linha {i}") for i in range(101)]
    db.commit()
    boxes = [f"{row.id}.{row.version}" for row in rows]
    path = "/atendimentos/escolhidos"
    answer = bruno.post(path, {"acao": "resgatar", "aba": "todos", "chosen": boxes})
    assert answer.status == 422
    assert "Escolha até 100 linhas por vez. Estas são 101, e nada foi feito." in answer.words
    db.expire_all()
    assert not any(row.assignee_id for row in rows)
    done = bruno.post(path, {"acao": "resgatar", "aba": "todos", "chosen": [*boxes[:100], boxes[0]]})
    assert (done.status, done.location) == (303, LIST)


@pytest.mark.parametrize("box", ["{}", "{}.", "{}.0", "{}.x"])
def test_a_box_without_a_version_is_of_no_whole_page(bruno, db, three, box):
    form = {"acao": "resgatar", "aba": "todos", "chosen": [box.format(three[0])]}
    answer = bruno.post("/atendimentos/escolhidos", form)
    assert answer.status == 422
    assert "A página está incompleta" in answer.words
    db.expire_all()
    assert db.get_one(Ticket, three[0]).assignee_id is None


def test_of_one_that_is_not_there_any_more_somebody_is_told(bruno, db, three):
    form = {"acao": "resgatar", "aba": "todos", "chosen": [*ticked(db, three[:1]), "999999999.1"]}
    answer = bruno.post("/atendimentos/escolhidos", form)
    assert answer.status == 200
    assert "1 atendimento resgatado, 0 recusados, 1 não está mais na lista" in answer.words


class TestTheClock:
    """Of whoever works in TODAS: the hour of a ticket is that of its company, wherever it is read."""

    ZONE = ZoneInfo("America/Rio_Branco")

    @pytest.fixture
    def there(self, db):
        """A ticket of a company two hours behind the others."""
        with cast.by("silvia.maia"):
            db.execute(update(Company).where(Company.id == cast.serra_azul().id).values(zone=self.ZONE.key))
        with cast.by("celia.prado"):
            row = cast.ticket(cast.mar_azul(), "Lentidão", "Fuso")
        db.commit()
        return row

    def at(self, moment):
        return f"{moment.astimezone(self.ZONE):%H:%M}"

    def test_one_hour_on_its_page_in_the_list_and_in_the_file(self, staff, there):
        silvia = staff("silvia.maia")
        due, opened = self.at(there.due_at), self.at(there.created_at)
        assert due in silvia.get(f"/atendimentos/{there.id}").words
        file = silvia.post("/atendimentos/planilha", {"aba": "todos", "q": "Fuso"}).data.decode("utf-8-sig")
        [line] = csv.DictReader(io.StringIO(file), delimiter=";")
        assert due in line["Vence em"]
        assert opened in line["Aberto em"]
        assert opened in silvia.get(f"{LIST}&q=Fuso").words

    def test_and_in_the_refusal_of_a_chosen_one(self, staff, db, there):
        with cast.by("celia.prado"):
            there.claim()
        db.commit()
        form = {"acao": "resgatar", "aba": "todos", "chosen": ticked(db, [there.id])}
        answer = staff("silvia.maia").post("/atendimentos/escolhidos", form)
        assert f"hoje às {self.at(there.held_since)}" in answer.words


@pytest.mark.parametrize(
    ("login", "path", "form", "fewer"),
    [
        ("bruno.reis", "/atendimentos/planilha", {"aba": "todos"}, "Filtre a lista e baixe de novo."),
        ("davi.rocha", "/relatorios/dinheiro/csv", {}, "Escolha um período menor ou uma empresa."),
        ("ana.souza", "/relatorios/dinheiro/csv", {}, "Escolha um período menor."),
    ],
)
def test_a_file_that_would_be_too_long_says_how_to_ask_for_less(
    staff, billed, three, monkeypatch, login, path, form, fewer
):
    monkeypatch.setattr("web.csv.MOST", 0)
    answer = staff(login).post(path, form)
    assert answer.status == 422
    assert f"São mais de 10.000 linhas. {fewer}" in answer.words


def test_who_only_reads_has_no_boxes(staff, three):
    page = staff("joao.alcantara").get(LIST)
    assert not page.page.select("[name=chosen], #chosen")
    assert staff("joao.alcantara").post("/atendimentos/escolhidos", {"acao": "resgatar"}).status == 403


@pytest.mark.feature("B-09")
def test_the_file_holds_what_is_shown_in_its_order(bruno, db, three):
    page = bruno.get(f"{LIST}&ordem=-protocolo")
    answer = bruno.post("/atendimentos/planilha", page.form("/atendimentos/planilha"))
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Protocolo;Atendimento;Cliente;")
    assert [line.split(";")[0] for line in lines[1:] if line] == protocols(page)
    assert "celia" not in answer.data.decode().lower()
    told = db.scalars(select(Event).where(Event.action == "report.exported")).all()
    assert [event.data["report"] for event in told] == ["Atendimentos"]
    ana = bruno.get(f"{LIST}&q=Segundo")
    only = bruno.post("/atendimentos/planilha", ana.form("/atendimentos/planilha")).data.decode("utf-8-sig")
    assert only.count("\r\n") == 2


@pytest.mark.feature("B-09")
def test_invoices_by_value_and_as_a_file(staff):
    ana = staff("ana.souza")
    page = ana.get("/faturas?situacao=all&ordem=-valor")
    values = [row.select("td.num")[-1].get_text() for row in page.page.select("tbody tr")]
    cents = [int("".join(sign for sign in value if sign.isdecimal())) for value in values]
    assert cents == sorted(cents, reverse=True)
    answer = ana.post("/faturas/planilha", page.form("/faturas/planilha")).data.decode("utf-8-sig")
    numbers = [row.th.a.get_text() for row in page.page.select("tbody tr")]
    assert [line.split(";")[0] for line in answer.split("\r\n")[1 : len(numbers) + 1]] == numbers


@pytest.mark.parametrize(("path", "most"), [(LIST, 9), ("/", 18), ("/faturas?situacao=all", 9)])
def test_a_list_asks_the_same_however_long_it_is(staff, db, count_queries, path, most):
    davi = staff("davi.rocha", company="Vale Claro Telecom")
    davi.get(path)
    with count_queries() as few:
        davi.get(path)
    with cast.by("davi.rocha"):
        for i in range(12):
            cast.ticket(cast.ze(), "Lentidão", f"Relato {i}.").claim()
    db.commit()
    with count_queries() as many:
        davi.get(path)
    assert len(few) == len(many) <= most


def test_the_dot_is_for_what_somebody_else_did(bruno, db, three):
    """Not for one's own acts, and no longer once one has looked."""

    def dotted() -> set[str]:
        rows = bruno.get(f"{LIST}&q=Segundo").page.select("tbody tr")
        return {str(row.select("td.num-left")[0].contents[0]) for row in rows if row.select(".news")}

    ticket = db.get_one(Ticket, three[1])
    assert dotted() == {ticket.protocol}  # Sílvia rescued it
    with cast.by("bruno.reis"):
        db.get_one(Ticket, three[1]).claim()
    db.commit()
    assert dotted() == set()


@pytest.mark.parametrize("typed", ["52998224725", "529.982.247-25", "o de 529.982.247-25"])
@pytest.mark.parametrize("path", ["/contratos", "/carnes", "/cobrancas", "/atendimentos"])
def test_a_document_stays_out_of_addresses_and_of_kept_views(staff, db, path, typed):
    """It is said that Clientes finds it; a view that is kept of the page does not hold it."""
    silvia = staff("silvia.maia")
    shown = silvia.get(f"{path}?{urlencode({'q': typed})}", htmx=True)
    assert typed not in shown.headers.get("HX-Push-Url", "")
    assert "se procura em Clientes" in shown.words
    new = f"/visoes{path}/nova"
    form = silvia.get(new).form(new)
    assert silvia.post(new, {**form, "q": typed, "name": "De um cliente"}).status in (303, 422)  # nothing is left of it
    assert [row.query for row in db.scalars(select(SavedView)) if typed in row.query] == []
