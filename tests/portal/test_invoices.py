"""Faturas in the Central: how much, how to pay, the way back online; little to whoever typed a CPF (C-107, D-11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import clock as now
from models.banking import read, read_code
from models.billing import Carne, Invoice, Receipt
from models.dunning import climb
from models.network import Connection
from models.outbox import Effect
from models.services import Suspension
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

LIST = "/central/faturas"
SECRETS = ("Acácias", "98765", "99812", cast.RITA, "529.982", "Moreira", "rita@", "Internet (SCM)")


@pytest.fixture
def owing(db, clock):
    """Rita, suspended by the ladder for the invoice of 10/12/2026, R$ 99,90: told on the 14th, cut on the 29th."""
    with clock("2026-12-01 10:00"):
        account()
        service = charged(cast.rita(), starts_on=date(2026, 11, 10), billing_type="postpaid")
        service.enable("para começar de novo")
        nobody_else(cast.rita())
        run()
    for day in ("2026-12-14", "2026-12-29"):
        with clock(f"{day} 10:00"):
            climb(service.id, date.fromisoformat(day))
            db.commit()
    assert service.status == "suspended_for_debt"
    return db.scalars(select(Invoice)).one()


@pytest.fixture
def january(clock):
    """The day after next: 20 days late, R$ 2,00 and R$ 0,67."""
    with clock("2026-12-30 10:00"):
        yield


def copied(answer, label):
    """What a button copies: its own value, or the text it points at."""
    button = next(one for one in answer.page.select("[data-copy]") if one.get_text(strip=True) == label)
    target = button.get("data-copy-target")
    return button["data-copy"] or answer.page.select_one(target).get_text(strip=True)


def amount(answer):
    return answer.page.select_one(".amount").get_text().strip().replace("\u00a0", " ")


@pytest.mark.parametrize("registration", ["rejected", "closed"])
def test_a_boleto_that_the_bank_does_not_take_is_not_shown(owing, central, january, db, registration):
    shown = central("rita").get(f"{LIST}/{owing.id}")
    assert "Copiar linha digitável" in shown.words
    owing.registration = registration
    db.commit()
    shown = central("rita").get(f"{LIST}/{owing.id}")
    assert "Copiar linha digitável" not in shown.words
    assert "Copiar código Pix" in shown.words


# ---- level weak: how much, and how to pay


@pytest.mark.usefixtures("january")
@pytest.mark.feature("C-107")
def test_by_cpf_alone_one_sees_what_it_costs_today_and_can_pay(owing, central):
    rita = central("rita")
    home = rita.get("/central/")
    assert home.h1 == "Sua internet está suspensa"
    assert amount(home) == "R$ 102,57"
    assert "R$ 99,90 + multa R$ 2,00 + juros R$ 0,67" in home.words.replace("\u00a0", " ")
    code = copied(home, "Copiar código Pix")
    assert read_code(code)["54"] == "102.57"
    assert read_code(code)["62"] == {"05": owing.txid}

    page = rita.get(f"{LIST}/{owing.id}")
    assert copied(page, "Copiar código Pix") == code
    line = copied(page, "Copiar linha digitável")
    assert read(line, date(2026, 12, 30)).cents == 9990
    assert "Multa" in page.words
    assert "Juros, 20 dias" in page.words
    for path in ("/central/", LIST, f"{LIST}/{owing.id}", f"{LIST}/{owing.id}/ja-paguei"):
        words = rita.get(path).words
        assert not [secret for secret in SECRETS if secret in words], path


@pytest.mark.usefixtures("january")
def test_without_scripts_the_code_stands_there_to_be_held(owing, central):
    page = central("rita").get(f"{LIST}/{owing.id}")
    assert page.page.select_one("#codigo-pix").get_text() == copied(page, "Copiar código Pix")
    assert page.page.find("table") is None


def test_in_time_the_stored_code_is_as_good(owing, central, clock, db):
    with clock("2026-12-10 10:00"):
        page = central("rita").get(LIST)
        assert copied(page, "Copiar código Pix") == owing.pix_code
        assert "Vence hoje" in page.words
        assert "Multa" not in central("rita").get(f"{LIST}/{owing.id}").words
    owing.due_on = date(2026, 12, 12)  # a Saturday: until Monday without charges
    db.commit()
    with clock("2026-12-13 10:00"):
        page = central("rita").get(LIST)
        assert amount(page) == "R$ 99,90"
        assert "sem multa até 14/12" in page.words


@pytest.mark.usefixtures("january")
def test_of_what_was_paid_in_part_the_rest_is_asked_and_no_boleto(owing, central, db):
    owing.settle(Receipt("counter", 4000, date(2026, 12, 9)))
    db.commit()
    page = central("rita").get(f"{LIST}/{owing.id}")
    assert "já recebemos uma parte" in page.words
    due = owing.amount_due(date(2026, 12, 30))
    assert read_code(copied(page, "Copiar código Pix"))["54"] == f"{due.total_cents / 100:.2f}"
    assert page.page.select_one("#boleto") is None
    assert central("rita", level="proved").get(f"{LIST}/{owing.id}/pdf").status == 404


def test_nothing_open(central):
    page = central("joaquim").get(LIST)
    assert "Nada em aberto" in page.words


@pytest.mark.usefixtures("january")
def test_another_ones_is_a_404(owing, central):
    for who, level in (("ze", "weak"), ("ze", "proved")):
        phone = central(who, level=level)
        for path in ("", "/ja-paguei") + (("/pdf",) if level == "proved" else ()):
            assert phone.get(f"{LIST}/{owing.id}{path}").status == 404
    assert central("ze", level="proved").post(f"{LIST}/{owing.id}/pdf").status == 404
    assert central("rita").get(f"{LIST}/999").status == 404


def test_queries_do_not_grow_with_invoices(billed, central, count_queries):
    counts = {}
    for who in ("rita", "ze"):  # two open, one open
        phone = central(who)
        for path in ("/central/", LIST):
            with count_queries() as queries:
                phone.get(path)
            counts[who, path] = len(queries)
    assert counts["rita", LIST] == counts["ze", LIST] <= 4
    assert counts["rita", "/central/"] <= 9


def test_a_carne_is_one_slip_to_pay_and_a_list(db, clock, central):
    with clock("2026-12-01 10:00"):
        account()
        Carne.generate(charged(cast.ze(), uses_carne=True), date(2026, 12, 1), date(2026, 12, 10), 12)
        db.commit()
        page = central("ze").get(LIST).page
    assert len(page.select(".amount")) == 1
    assert not page.select('[aria-label="Mais adiante"]')
    (folded,) = page.select("main details")
    assert folded.select_one("summary").text.endswith(": 0 de 12 pagas, próxima 10/01/2027")
    later = folded.select("a")
    assert len(later) == 11
    assert "R$ 99,90, vence em 10/01/2027" in later[0].get_text().replace("\u00a0", " ")


# ---- level proved: what was paid, and the PDF


@pytest.mark.feature("C-107")
def test_the_paid_ones_after_confirming(billed, central, db):
    rita = central("rita")
    asked = rita.get(f"{LIST}/pagas")
    assert (asked.status, asked.location) == (303, "/central/confirmar?next=/central/faturas/pagas")
    proved = rita.post("/central/confirmar", {"birth_date": "22/05/1958", "next": f"{LIST}/pagas"})
    page = rita.follow(proved)
    paid = db.scalars(select(Invoice).where(Invoice.person_id == cast.rita().id, Invoice.status == "paid")).all()
    assert len(page.page.select("section.panel")) == len(paid) > 0
    assert f"Fatura nº {paid[0].number}" in page.words
    assert "Mar Azul" not in page.words


def test_paid_in_parts_says_all_that_came_in(owing, central, clock, db, count_queries):
    with clock("2027-01-09 10:00"):  # 30 days late: R$ 102,90
        owing.settle(Receipt("counter", 5145, date(2027, 1, 9)))
        owing.settle(Receipt("pix", 5145 + 17000, date(2027, 1, 9)))
        db.commit()
        rita = central("rita", level="proved")
        with count_queries() as queries:
            page = rita.get(f"{LIST}/pagas")
    [panel] = [panel.get_text(" ", strip=True) for panel in page.page.select("section.panel")]
    assert "R$ 102,90" in panel.replace("\u00a0", " ")
    assert "Balcão e Pix" in panel
    assert len(queries) <= 4


@pytest.mark.usefixtures("january")
def test_the_pdf_is_printed_once_and_shown(owing, central, worker):
    address = f"{LIST}/{owing.id}/pdf"
    assert central("rita").get(address).location == f"/central/confirmar?next={address}"
    assert central("rita").post(address).location == "/central/confirmar"
    rita = central("rita", level="proved")
    assert rita.get(address).h1 == "Boleto em PDF"
    assert rita.post(address).location == address
    waiting = rita.get(address)
    assert (waiting.h1, waiting.headers["Refresh"]) == ("Preparando o seu boleto", "2")
    worker.drain()
    ready = rita.get(address)
    assert (ready.h1, "Refresh" in ready.headers) == ("O seu boleto está pronto", False)
    assert ready.page.select_one("form[data-goes]")["action"] == address
    printed = rita.post(address)
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.data.startswith(b"%PDF")
    assert printed.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert rita.post(address).data == printed.data, "the stored one"


def test_a_pdf_of_another_due_date_is_not_shown(owing, central, worker, clock, db):
    with clock("2026-12-30 10:00"):
        rita = central("rita", level="proved")
        rita.post(f"{LIST}/{owing.id}/pdf")
        worker.drain()
        owing.move_due(date(2027, 1, 5), may_discount=True)
        db.commit()
        assert rita.get(f"{LIST}/{owing.id}/pdf").h1 == "Boleto em PDF"


@pytest.mark.usefixtures("january")
def test_late_and_dead_printing_say_so(owing, central, worker, db):
    rita = central("rita", level="proved")
    rita.post(f"{LIST}/{owing.id}/pdf")
    effect = db.scalars(select(Effect).where(Effect.kind == "render_document").order_by(Effect.id.desc())).first()
    with now.set_to(now.now() + timedelta(minutes=2)):
        late = rita.get(f"{LIST}/{owing.id}/pdf")
        assert late.headers["Refresh"] == "10"
    effect.state = "dead"
    db.commit()
    dead = rita.get(f"{LIST}/{owing.id}/pdf")
    assert "Refresh" not in dead.headers
    assert "Pague pelo Pix" in dead.words


@pytest.mark.usefixtures("january")
def test_the_lines_are_for_who_proved(owing, central):
    page = central("rita", level="proved").get(f"{LIST}/{owing.id}")
    lines = [line.get_text(" ", strip=True) for line in page.page.select(".sum-line")]
    assert len(lines) == 4
    assert lines[-1].replace("\u00a0", " ") == "Hoje, 30/12 R$ 102,57"


# ---- the way back


@pytest.mark.usefixtures("january")
def test_why_it_stopped_in_soft_words(owing, central):
    words = central("rita").get("/central/").words.replace("\u00a0", " ")
    assert (
        "Ficou em aberto a de dezembro, que venceu em 10/12/2026: R$ 99,90. Avisamos em 14/12/2026, e o serviço foi "
        "suspenso em 29/12/2026. Assim que o pagamento cair, ele volta sozinho e sem taxa." in words
    )
    assert "Desbloqueio em Confiança" in words


def test_suspended_by_hand_without_an_invoice_one_is_told_to_ask(central):
    page = central("rita").get("/central/")
    assert "Para voltar a usar, fale com a Vale Claro Telecom." in page.words
    assert "aviso enviado há 15 dias" not in page.words, "what staff wrote is theirs"
    assert page.page.select_one(".amount") is None


@pytest.mark.feature("C-99", "C-107")
def test_from_the_cut_to_the_pix_and_back(owing, anonymous, clock, worker, db):
    """Rita enters by CPF, copies the code, the bank says it was paid, the worker brings her back."""
    with clock("2026-12-30 10:00"):
        phone = anonymous("portal")
        home = phone.follow(phone.post("/central/entrar", {"document": "529.982.247-25"}))
        paid = round(float(read_code(copied(home, "Copiar código Pix"))["54"]) * 100)
        owing.settle(Receipt("pix", paid, date(2026, 12, 30), e2e_id="E" + "1" * 31))
        db.commit()
        meanwhile = phone.get("/central/")
        assert meanwhile.h1 == "Sua internet está voltando"
        assert "Recebemos o seu pagamento" in meanwhile.words
        assert "Desbloqueio em Confiança" not in meanwhile.words
        assert phone.get(f"{LIST}/{owing.id}").h1 == "Esta fatura já está paga"

        service = cast.service(cast.rita())
        assert worker.drain() >= 2
        home = phone.get("/central/")
        assert home.h1 == "Sua internet está ativa"
        assert home.page.select_one(".amount") is None
        db.expire_all()
        mine = select(Suspension).where(Suspension.service_id == service.id, Suspension.ended_at.is_(None))
        assert db.scalars(mine).all() == []
        access = select(Connection.access_state).where(Connection.service_id == service.id)
        assert db.scalar(access) == "active"
        assert owing.status == "paid"


@pytest.mark.usefixtures("january")
def test_until_the_network_confirms_it_is_coming_back(owing, central, db):
    owing.settle(Receipt("pix", 10257, date(2026, 12, 30)))
    cast.service(cast.rita()).enable("Débito quitado")
    db.commit()
    home = central("rita").get("/central/")
    assert home.h1 == "Sua internet está voltando"
    assert "Leva até 2 minutos" in home.words


@pytest.mark.usefixtures("january")
def test_released_in_trust_the_invoice_waits_there_too(owing, central):
    rita = central("rita")
    done = rita.post(f"/central/servicos/{cast.service(cast.rita()).id}/desbloqueio-em-confianca")
    page = rita.follow(done)
    assert copied(page, "Copiar código Pix")
    assert copied(rita.get("/central/"), "Copiar código Pix")
