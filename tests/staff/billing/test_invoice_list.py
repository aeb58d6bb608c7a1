"""Faturas on the list kit: what it opens with, later slips folded, the ticked ones mailed and exported (B-09)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from models import clock
from models.billing import Invoice
from models.desk.invoices import SOON
from models.history import Event
from models.notices import Notice
from models.wording import brl
from tests import cast

pytestmark = pytest.mark.usefixtures("billed")
PATH = "/faturas/escolhidas"


def shown(page):
    return {int(link["href"].rsplit("/", 1)[1]) for link in page.page.select("tbody th a")}


def plain(cents):
    return brl(cents).replace("\u00a0", " ")


@pytest.fixture
def ana(staff):
    return staff("ana.souza")


def open_ones(db, *which):
    mine = select(Invoice).where(Invoice.company_id == cast.vale_claro().id, Invoice.status == "open", *which)
    return list(db.scalars(mine.order_by(Invoice.due_on, Invoice.id)))


def test_it_opens_with_what_is_overdue_or_due_in_thirty_days(ana, db):
    page, soon = ana.get("/faturas"), clock.today() + SOON
    rows = open_ones(db, Invoice.due_on <= soon)
    assert shown(page) == {row.id for row in rows}
    assert f"{len(rows)} faturas, total {plain(sum(row.total_cents for row in rows))}" in page.words


@pytest.mark.postgresql
def test_later_slips_of_a_carne_are_folded_and_counted(ana, db):
    soon = clock.today() + SOON
    later = {row.id: row for row in open_ones(db, Invoice.carne_id.is_not(None), Invoice.due_on > soon)}
    assert len(later) > 5
    folded = ana.get("/faturas?situacao=open")
    assert not shown(folded) & set(later)
    left_out = f"{len(later)} parcelas futuras de carnê, {plain(sum(row.total_cents for row in later.values()))}"
    assert left_out in folded.words
    rest = [row for row in open_ones(db) if row.id not in later]
    assert f"{len(rest)} faturas, total {plain(sum(row.total_cents for row in rest))}" in folded.words
    whole = ana.get(folded.page.find("a", string="Mostrar todas")["href"])
    assert shown(whole) >= set(later)
    assert "Todas as parcelas" in whole.page.select_one("a.chip").get_text()
    far = ana.get(f"/faturas?situacao=open&de={soon + timedelta(days=1)}")
    assert shown(far) >= set(later)  # who asks for those days means them


class TestMail:
    def ticked(self, *rows):
        return [f"{row.id}.{row.version}" for row in rows]

    @pytest.fixture
    def two(self, db):
        """An open invoice of somebody with an e-mail, and one of somebody without."""
        ze, rita = cast.ze(), cast.rita()
        with cast.by("ana.souza"):
            ze.set_contacts({**ze.contacts(), "email": "ze@exemplo.example"})
            rita.set_contacts({**rita.contacts(), "email": ""})
        db.commit()
        return [open_ones(db, Invoice.person_id == person.id)[0] for person in (ze, rita)]

    @pytest.mark.feature("B-09")
    @pytest.mark.postgresql
    def test_who_has_no_email_is_named_and_the_others_are_sent(self, ana, db, two):
        form = ana.get("/faturas").form(PATH)
        answer = ana.post(PATH, {**form, "chosen": self.ticked(*two)})
        assert answer.status == 200
        assert "1 fatura na fila de envio, 1 recusada" in answer.words
        [refused] = [row for row in answer.page.select("tbody tr") if "Recusado" in row.get_text()]
        assert "Rita" in refused.get_text()
        assert "não tem e-mail" in refused.get_text()
        [notice] = db.scalars(select(Notice).where(Notice.person_id == two[0].person_id)).all()
        assert (notice.address, notice.invoice_id) == ("ze@exemplo.example", two[0].id)
        told = db.scalars(select(Event).where(Event.action == "invoice.mailed")).all()
        assert [event.subject_id for event in told] == [two[0].id]

    def test_one_that_changed_meanwhile_is_refused(self, ana, db, two):
        boxes = self.ticked(two[0])
        with cast.by("silvia.maia"):
            two[0].take()
        db.commit()
        answer = ana.post(PATH, {"chosen": boxes})
        assert answer.status == 422
        assert "Esta fatura mudou" in answer.words
        assert db.scalar(select(func.count(Notice.id)).where(Notice.person_id == two[0].person_id)) == 0

    def test_it_may_be_sent_again_and_a_paid_one_not(self, ana, db, two):
        for _ in range(2):
            db.expire_all()
            assert ana.post(PATH, {"chosen": self.ticked(two[0])}).status == 303
        assert db.scalar(select(func.count(Notice.id)).where(Notice.person_id == two[0].person_id)) == 2
        paid = db.scalars(select(Invoice).where(Invoice.status == "paid", Invoice.company_id == 1)).first()
        answer = ana.post(PATH, {"chosen": self.ticked(paid)})
        assert answer.status == 422
        assert "está paga" in answer.words

    def test_who_only_reads_may_not(self, staff, two):
        assert staff("joao.alcantara").post(PATH, {"chosen": self.ticked(two[0])}).status == 403


class TestPrinting:
    PATH = "/faturas/escolhidas/impressao"

    def ticked(self, *rows):
        return [f"{row.id}.{row.version}" for row in rows]

    @pytest.mark.feature("B-09")
    @pytest.mark.postgresql
    def test_one_file_holds_every_ticked_invoice(self, ana, db, worker):
        rows = open_ones(db)[:3]
        waiting = ana.post(self.PATH, {**ana.get("/faturas").form(PATH), "chosen": self.ticked(*rows)})
        assert waiting.status == 303
        assert "Preparando as 3 faturas" in ana.get(waiting.location).words
        assert ana.post(waiting.location).location == waiting.location, "nothing is ready yet"
        worker.drain()
        page = ana.get(waiting.location)
        assert "O PDF das 3 faturas está pronto" in page.words
        [form] = [form for form in page.page.select("form") if "data-goes" in form.attrs]
        file = PdfReader(BytesIO(ana.post(form["action"]).data))
        text = " ".join(one.extract_text() for one in file.pages)
        assert len(file.pages) == 3
        assert all(f"Fatura {row.number}" in text for row in rows)
        told = db.scalars(select(Event.subject_id).where(Event.action == "invoice.printed")).all()
        assert sorted(told) == sorted(row.id for row in rows), "making it and opening it are one act"

    def test_one_that_is_closed_is_named_and_the_others_printed(self, ana, db):
        paid = db.scalars(select(Invoice).where(Invoice.status == "paid", Invoice.company_id == 1)).first()
        answer = ana.post(self.PATH, {"chosen": self.ticked(paid, open_ones(db)[0])})
        assert answer.status == 200
        assert "1 fatura para imprimir, 1 recusada" in answer.words
        assert "está paga" in answer.words
        [file] = answer.page.select("main a[target=_blank]")
        assert "Preparando a fatura" in ana.get(file["href"]).words
        nothing = ana.post(self.PATH, {"chosen": self.ticked(paid)})
        assert (nothing.status, "Nada foi impresso" in nothing.words) == (422, True)

    @pytest.mark.parametrize("pdf", ["", "0", "x", "99999999999999999999"])
    def test_the_print_of_anything_else_is_not_there(self, ana, pdf):
        assert ana.get(f"{self.PATH}?pdf={pdf}").status == 404
        assert ana.post(f"{self.PATH}?pdf={pdf}").status == 404

    def test_those_of_another_company_are_not_there(self, ana, staff, db):
        [made] = [ana.post(self.PATH, {"chosen": self.ticked(open_ones(db)[0])}).location]
        assert staff("celia.prado").get(made).status == 404


@pytest.mark.feature("B-09")
def test_the_file_of_the_ticked(ana, db):
    rows = open_ones(db)[:2]
    data = ana.post("/faturas/planilha", {"situacao": "all", "chosen": [f"{row.id}.1" for row in rows]}).data
    lines = data.decode("utf-8-sig").split("\r\n")[1:-1]
    assert {line.split(";")[0] for line in lines} == {str(row.number) for row in rows}


class TestOthers:
    def test_contracts_and_when_their_term_ends(self, ana, db):
        contract = cast.contract(cast.service(cast.rita()))
        words = ana.get("/contratos?q=rita").words
        assert f"{contract.loyalty_months} meses, até {contract.ends_on:%d/%m/%Y}" in words
        assert "Rita" in ana.get(f"/contratos?q={contract.number}").words
        with cast.by("ana.souza"):
            contract.ends_on = clock.today() + timedelta(days=40)
        db.commit()
        for days, there in (("30", False), ("60", True), ("90", True), ("fim", False), ("sem", False)):
            assert ("Rita" in ana.get(f"/contratos?fidelidade={days}").words) is there, days
        assert "em 40 dias" in ana.get("/contratos?fidelidade=60").words
        assert "Mar Azul" not in ana.get("/contratos?situacao=todos").words
        file = ana.post("/contratos/planilha", {"fidelidade": "60"}).data.decode("utf-8-sig")
        assert file.count("\r\n") == 2

    def test_carnes_and_charges_of_everybody(self, ana, db):
        carnes = ana.get("/carnes")
        assert "0 de 12 pagas" in carnes.words
        assert "Nenhum carnê" in ana.get("/carnes?q=zzz").words
        charges = ana.get("/cobrancas?situacao=all")
        assert {"Mudança do roteador de lugar", "Troca do conector"} <= {
            link.get_text() for link in charges.page.select("tbody th a")
        }
        assert "Mensalidade" not in charges.words
        alone = ana.get("/cobrancas?onde=avulsa")
        assert "Mudança do roteador de lugar" in alone.words
        assert "na fatura" not in alone.words
        cheap = [cell.get_text() for cell in ana.get("/cobrancas?situacao=all&ordem=valor").page.select("td.num")]
        assert cheap == sorted(cheap, key=lambda text: int("".join(filter(str.isdigit, text))))
        assert ana.post("/cobrancas/planilha", {"situacao": "all"}).data.count(b"\r\n") == 1 + len(cheap)

    def test_found_in_the_palette_by_their_names(self, ana):
        for name, path in (("contratos", "/contratos"), ("carnes", "/carnes"), ("cobranças", "/cobrancas")):
            page = ana.post("/busca", {"q": name}).page
            assert page.select_one(f'a[href="{path}"]'), name
