"""The Dashboard do Cliente answers a telephone call: what is so and until when, what is owed, how it is paid, what was
sent, what is open; for every kind of customer, in a fixed number of questions.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from models import clock as now
from models.base import db as base
from models.billing import Invoice, Receipt
from models.collection import PixReceipt
from models.collection.to_pay import pix_code
from models.dunning import Hold
from models.history import Event
from models.notices import Notice
from models.operators import Role
from models.outbox import Effect
from models.people import Contact, Person
from models.scope import acting
from models.services import Service
from models.tickets import Ticket
from models.wording import brl, short_day
from tests import cast, heavy
from tests.models.dunning.debts import owes

pytestmark = [pytest.mark.usefixtures("db")]


def said(page) -> str:
    """The answer: the first thing in the content."""
    return " ".join(page.page.select_one(".work .note-body").get_text(" ").replace("\u00a0", " ").split())


def of(staff, person, login="ana.souza"):
    return staff(login).get(f"/clientes/{person.id}")


def plain(cents):
    return brl(cents).replace("\u00a0", " ")


def late(person) -> list[Invoice]:
    mine = select(Invoice).where(Invoice.person_id == person.id, Invoice.status == "open").order_by(Invoice.due_on)
    return [row for row in base.session.scalars(mine) if row.due_today().days_late]


@pytest.fixture
def cooperative(billed):
    """The largest customer, with 14 services."""
    with acting(cast.INSTALLER, "job"):
        heavy.load()
    return cast.cooperative()


# ---- the sentence, one for each kind


@pytest.mark.postgresql
def test_suspended_for_debt(staff, billed):
    rita = cast.rita()
    owed = late(rita)
    answer = said(of(staff, rita))
    assert answer.startswith("Suspenso por débito desde ")
    total = sum(row.due_today().total_cents for row in owed)
    assert f"{plain(total)} hoje. Volta sozinho quando os pagamentos caírem." in answer


def test_suspended_by_hand_without_debt_says_that_only_a_person_brings_it_back(staff):
    answer = said(of(staff, cast.rita()))
    assert "Motivo: Fatura vencida em" in answer
    assert "Nenhuma fatura em atraso segura o serviço: volta quando alguém habilitar." in answer


def test_the_payment_came_in_and_the_service_is_on_its_way_back(staff, db, billed):
    rita = cast.rita()
    for invoice in late(rita):
        with cast.by("ana.souza"):
            invoice.receive(invoice.due_today().total_cents, now.today(), 0, may_discount=False)
    db.commit()
    assert said(of(staff, rita)).startswith("Voltando: o pagamento entrou. Leva até 2 minutos.")


@pytest.mark.postgresql
def test_reduced_and_held(staff, billed):
    answer = said(of(staff, cast.maria()))
    assert answer.startswith("Velocidade reduzida por débito desde ")
    assert "Volta ao normal sozinho quando o pagamento cair." in answer
    held = short_day(now.today() + timedelta(days=3))
    assert f"A régua está segurada até {held}: até lá nada é cortado." in answer


def test_released_in_trust_until_when_and_what_happens_then(staff, db, billed):
    rita = cast.rita()
    with cast.by("ana.souza"):
        cast.service(rita).unlock_in_trust(now.today() + timedelta(days=2), "Prometeu para sexta")
    db.commit()
    page = of(staff, rita)
    until = short_day(now.today() + timedelta(days=2))
    assert said(page).startswith(
        f"Liberado em confiança até {until} às 23:59. Sem pagamento até lá, volta a Suspenso por"
    )
    badge = page.page.select_one(".service-head .badge")
    assert "Em confiança até" in badge.get_text()
    assert "badge-ok" not in badge["class"]


@pytest.mark.postgresql
def test_told_of_the_debt_and_not_cut_yet(staff, db, billed):
    coop = cast.cooperative()
    answer = said(of(staff, coop))
    if "Avisado" not in answer:  # on some days of the month its debt is too young to have been told
        assert "Ainda sem aviso, e sem aviso nada é cortado." in answer
    else:
        assert "Pode ser suspenso a partir de" in answer
    assert answer.startswith("Em atraso, sem corte: fatura de ")
    with cast.by("ana.souza"):
        Hold.put(cast.service(coop), now.today() + timedelta(days=5), "Prometeu pagar")
    db.commit()
    assert "A régua está segurada até" in said(of(staff, coop))


def test_waits_for_the_technician(staff, billed):
    day = short_day(now.today() + timedelta(days=3))
    assert said(of(staff, cast.joaquim())).startswith(f"Aguardando instalação: OS 1, {day} às 08:00, com Wagner Luís.")


def test_calm_and_the_next_due_date(staff, billed):
    ze = cast.ze()
    answer = said(of(staff, ze))
    following = base.session.scalars(
        select(Invoice).where(Invoice.person_id == ze.id, Invoice.status == "open").order_by(Invoice.due_on)
    ).first()
    assert following
    assert answer.startswith("Em dia: serviço habilitado.")
    assert f"A próxima fatura vence em {short_day(following.due_on)}: {plain(following.open_cents)}." in answer
    assert said(of(staff, cast.sol())).startswith("Em dia: 2 serviços habilitados.")


def test_calm_without_invoices(staff):
    assert said(of(staff, cast.ze())) == "Em dia: serviço habilitado. Nenhuma fatura em aberto."


def test_only_cancelled_and_nothing_contracted(staff, db, billed):
    ze = cast.ze()
    db.execute(update(Service).where(Service.person_id == ze.id).values(status="cancelled"))
    db.commit()
    assert said(of(staff, ze)).startswith("Nenhum serviço em uso: 1 serviço cancelado.")
    with cast.by("ana.souza"):
        nobody = Person.register(
            {"kind": "individual", "document": cast.STRANGER, "name": "Sebastião Prado"},
            {"mobile": "37998765432"},
            cast.vale_claro().id,
        )
    db.commit()
    assert said(of(staff, nobody)) == "Nada contratado. Adicione o primeiro serviço."
    assert said(of(staff, nobody, "bruno.reis")) == "Nada contratado."


def test_of_a_customer_of_every_company_one_speaks_of_its_own(staff, db, billed):
    """Célia, of Serra Azul, does not see the service at Vale Claro: it is not denied to her either."""
    coop = cast.cooperative()
    assert said(of(staff, coop, "celia.prado")).startswith("Nada contratado na Serra Azul Net.")
    assert "na Vale Claro" not in said(of(staff, coop, "silvia.maia")), "who sees all companies sees all there is"
    assert "na Vale Claro" not in said(of(staff, cast.ze()))
    db.execute(update(Invoice).where(Invoice.person_id == coop.id).values(status="written_off"))
    db.commit()
    answer = said(of(staff, coop))
    assert answer.startswith("Em dia na Vale Claro Telecom: serviço habilitado.")
    assert "Nenhuma fatura em aberto na Vale Claro Telecom." in answer


def test_contested_is_told_with_its_amount(staff, db, billed):
    ze = cast.ze()
    invoice = base.session.scalars(select(Invoice).where(Invoice.person_id == ze.id, Invoice.status == "open")).first()
    assert invoice
    with cast.by("bruno.reis"):
        Ticket.contest(invoice, 2000, "Cobraram a mais.")
    db.commit()
    assert f"R$ 20,00 da fatura {invoice.number} em contestação: ninguém cobra até a resposta." in said(of(staff, ze))


def test_of_several_services_the_gravest_first(staff, cooperative):
    answer = said(of(staff, cooperative))
    assert answer.startswith("2 de 14 serviços suspensos por débito desde ")
    assert "Voltam sozinhos quando os pagamentos caírem." in answer
    assert "(Rua do Armazém, 31) liberado em confiança até" in answer
    assert "(Av. das Indústrias, 2500) aguardando instalação: OS" in answer


def test_who_does_not_read_money_reads_no_amount(staff, db, billed):
    page = of(staff, cast.rita(), "joao.alcantara")
    assert said(page).startswith("Suspenso por débito desde ")
    assert "R$" not in said(page)
    assert "hoje" not in said(page)
    assert page.page.select_one(".amount") is None
    assert "Seu perfil não vê o financeiro" in page.words
    assert "wa.me" in page.html  # he may still call, without an invoice in the text
    assert "Pix" not in page.html


# ---- money


def test_what_is_owed_today_and_when_the_rest_is_due(staff, cooperative):
    page = of(staff, cooperative)
    rail = " ".join(page.page.select_one(".rail").get_text(" ").replace("\u00a0", " ").split())
    owed = late(cooperative)
    assert plain(sum(row.due_today().total_cents for row in owed)) in rail
    assert f"Em atraso, {len(owed)} faturas" in rail
    rows = page.page.select("table.table tbody tr")
    assert len(rows) == 3
    for link in page.page.select('a[href^="https://wa.me/"]'):  # of TODAS: who is paid writes
        assert "Olá, Ivone. Aqui é da Vale Claro Telecom." in parse_qs(urlsplit(link["href"]).query)["text"][0]
    assert "e mais " in page.words


def test_the_strip_says_each_month_in_words(staff, billed, db):
    day, ze = now.today() - timedelta(days=200), cast.service(cast.ze())
    owes(ze, day).settle(Receipt("counter", 9990 + 400, day + timedelta(days=10)))  # late, whatever weekend is between
    owes(ze, day - timedelta(days=70)).settle(Receipt("counter", 9990, day - timedelta(days=70)))
    db.commit()
    strip = of(staff, cast.ze()).page.select(".strip li")
    assert len(strip) == 12
    words = [" ".join(month.get_text(" ").split()) for month in strip]
    assert any("paga com atraso" in month for month in words)
    assert any("paga em dia" in month for month in words)
    assert strip[0].parent["aria-label"].startswith("Últimos doze meses: ")


@pytest.mark.postgresql
@pytest.mark.feature("B-14")
def test_the_link_carries_the_pix_code_of_today_and_no_cpf(staff, db, billed):
    """WhatsApp with a ready text, tel:, copy; the copy of a CPF needs the permission, and is written down."""
    rita, ana = cast.rita(), staff("ana.souza")
    page = ana.get(f"/clientes/{rita.id}")
    first = late(rita)[0]
    code = pix_code(first)
    row = page.page.select_one("table.table tbody tr")
    link = row.select_one('a[href^="https://wa.me/"]')
    text = parse_qs(urlsplit(link["href"]).query)["text"][0]
    assert urlsplit(link["href"]).path == "/5537998120456"
    assert code
    assert code in text
    assert str(first.number) in text
    assert plain(first.due_today().total_cents) in text
    assert row.select_one("[data-copy]")["data-copy"] == code
    assert " " not in link["href"]
    assert len(link["href"]) < 4000
    for address in (tag["href"] for tag in page.page.select("a[href]")):
        assert rita.document not in address
        assert "529.982.247-25" not in address
    assert rita.document not in text
    rail = page.page.select_one(".contacts")
    assert rail.select_one('a[href="tel:+5537998120456"]')
    assert rail.select_one('[data-copy="37998120456"]')
    assert "Copiar CPF" not in page.words
    shown = ana.post(f"/clientes/{rita.id}/documento", htmx=True)
    assert shown.page.select_one(f'[data-copy="{rita.document}"]')
    assert ana.post(f"/clientes/{rita.id}/documento").page.select_one(f'[data-copy="{rita.document}"]')
    assert len(db.scalars(select(Event).where(Event.action == "person.document_read")).all()) == 2
    bruno = staff("bruno.reis")
    assert bruno.post(f"/clientes/{rita.id}/documento").status == 403
    assert rita.document not in bruno.get(f"/clientes/{rita.id}").html


def test_without_pix_the_text_has_the_linha_digitavel_and_a_landline_no_whatsapp(staff, db, billed):
    rita = cast.rita()
    db.execute(update(Invoice).where(Invoice.person_id == rita.id).values(pix_code=""))
    db.execute(update(Contact).where(Contact.person_id == rita.id).values(kind="phone", value="3732214400"))
    db.add(Contact(person_id=rita.id, kind="mobile", value="37998120456"))
    db.commit()
    page = of(staff, rita)
    texts = [parse_qs(urlsplit(tag["href"]).query)["text"][0] for tag in page.page.select('a[href^="https://wa.me/"]')]
    digits = late(rita)[0].line.replace(".", "").replace(" ", "")
    assert digits in texts[0]
    assert "Sem Pix: a conta da forma de cobrança não tem chave." in page.words
    assert all("5537998120456" in tag["href"] for tag in page.page.select('a[href^="https://wa.me/"]'))
    assert page.page.select_one('a[href="tel:+553732214400"]')


def test_acts_on_a_row_or_why_not(staff, billed):
    rita = cast.rita()
    ana, bruno = of(staff, rita), of(staff, rita, "bruno.reis")
    assert [tag.get_text(strip=True) for tag in ana.page.select("tbody tr:first-child .row-actions .btn")] == [
        "Pix",
        "Pix",
        "2ª via",
        "WhatsApp",
        "Receber",
    ]
    assert "Receber no balcão: seu perfil não faz isto. Peça ao Financeiro." in bruno.words
    assert not bruno.page.select('a[href$="/recebimento"]')


# ---- services


def test_fourteen_services_stay_readable(staff, cooperative):
    page = of(staff, cooperative)
    whole = [tag.get_text(strip=True) for tag in page.page.select(".service-head h2")]
    assert len(whole) == 3  # of six that are cut, released, late or waiting
    rows = page.page.select(".work > .section > details.service-row")
    assert len(rows) == 3 + 5
    assert "Mostrar os outros 3" in page.words
    assert len(page.page.select(".more-rows > details.service-row")) == 3
    assert all("Régua de cobrança" in row.get_text() for row in rows)
    assert all("Este serviço já está habilitado." in row.get_text() for row in rows[3:])


@pytest.mark.parametrize("who", ["ana.souza", "joao.alcantara"])
def test_the_page_asks_the_same_for_one_service_and_for_fourteen(staff, billed, count_queries, who):
    visitor, id = staff(who), cast.cooperative().id
    counted = []
    for grow in (False, True):
        if grow:
            with acting(cast.INSTALLER, "job"):
                heavy.load()
        visitor.get(f"/clientes/{id}")
        with count_queries() as queries:
            visitor.get(f"/clientes/{id}")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 11


# ---- the telephone


@pytest.mark.feature("B-13")
def test_ten_questions_of_a_telephone_call(staff, db, cooperative):
    """Each answer stands in the text of one page, of Dona Rita, the Cooperativa, Padaria Sol and Seu Zé."""
    rita, sol, ze = cast.rita(), cast.sol(), cast.ze()
    mobile = base.session.scalars(
        select(Contact.value).where(Contact.person_id == rita.id, Contact.kind == "mobile")
    ).one()
    assert mobile
    with cast.by("ana.souza"):
        Notice.send_later(
            "invoice", ze.id, ze.company_id, "ze@exemplo.example", "Sua fatura de dezembro", "Olá."
        ).sent()
    owed = late(rita)[0]
    base.session.add(
        PixReceipt(
            company_id=rita.company_id,
            e2e_id="E0000000020261129120000000000001",
            txid=owed.txid,
            amount_cents=owed.total_cents,
            happened_at=now.now() - timedelta(days=1),
            outcome="waiting",
            told_by="webhook",
            created_at=now.now(),
        )
    )
    db.commit()
    ana = staff("ana.souza")
    pages = {who.id: ana.get(f"/clientes/{who.id}") for who in (rita, cooperative, sol, ze)}
    of_rita, of_coop, of_sol, of_ze = (pages[who.id].words for who in (rita, cooperative, sol, ze))

    # quanto devo?
    for who in (rita, cooperative, ze):
        owes = plain(sum(row.due_today().total_cents for row in late(who)))
        assert f"Deve hoje Financeiro {owes}" in pages[who.id].words
    # por que cortou?
    assert "Suspenso por débito desde " in of_rita
    assert "faturas de " in said(pages[rita.id]) or "fatura de " in said(pages[rita.id])
    # mandou o boleto?
    assert "Sua fatura de dezembro Enviado hoje às" in of_ze
    assert re.search(r"Débito da fatura \d+ em aberto Enviado", of_rita)
    assert "na central" in of_rita
    # paguei ontem, caiu?
    assert f"Pix de {plain(owed.total_cents)}, pago em" in said(pages[rita.id])
    assert "o banco ainda não confirmou" in said(pages[rita.id])
    assert "Boleto em " in of_ze
    # quando vence?
    assert "A próxima fatura vence em " in said(pages[ze.id])
    assert "Vence " in of_sol
    # até quando está liberado?
    assert "liberado em confiança até" in said(pages[cooperative.id])
    # tem atendimento aberto?
    assert "Atendimentos abertos 1" in of_ze
    assert "Atendimentos abertos" in of_coop
    # qual meu plano e preço?
    assert "Fibra 500 Mbps Suspenso por Débito R$ 99,90 por mês" in of_rita
    assert "Fibra 1 Gbps" in of_sol
    # quando vem o técnico?
    assert "aguardando instalação: OS" in said(pages[cooperative.id])
    assert "com Wagner Luís" in said(pages[cooperative.id])
    # qual o Pix?
    code = pages[rita.id].page.select_one("tbody [data-copy]")["data-copy"]
    assert code == pix_code(owed)


def test_a_profile_without_tickets_and_history_sees_neither(staff, db, billed):
    role = db.get_one(Role, cast.operator("rafael.teixeira").role_id)
    role.permissions = [name for name in role.permissions if not name.startswith(("tickets.", "history."))]
    db.commit()
    words = of(staff, cast.ze(), "rafael.teixeira").words
    assert "Atendimentos abertos" not in words
    assert "Avisos enviados" not in words


def test_effects_of_other_services_do_not_bring_this_one_back(staff, db, billed):
    """A review that waits for service 12 is none of service 1 or 2."""
    rita = cast.rita()
    for invoice in late(rita):
        with cast.by("ana.souza"):
            invoice.receive(invoice.due_today().total_cents, now.today(), 0, may_discount=False)
    own = cast.service(rita).id
    mine = update(Effect).where(Effect.kind == "review_service", Effect.state == "ready")
    db.execute(mine.values(key=Effect.key.concat("x")).execution_options(synchronize_session=False))
    db.execute(
        update(Effect)
        .where(Effect.kind == "review_service", Effect.state == "ready")
        .values(state="done")
        .execution_options(synchronize_session=False)
    )
    db.add(
        Effect(
            kind="review_service",
            key=f"review_service:{own}9:paid:1:1",
            payload={"service_id": own},
            state="ready",
            created_at=now.now(),
            due_at=now.now(),
            attempts=0,
        )
    )
    db.commit()
    assert "Voltando" not in said(of(staff, rita))


def test_the_pages_of_an_invoice_and_of_a_ticket_write_too(staff, billed):
    """With its Pix, or with the protocol; paid, an invoice is nothing to write about."""
    ana, rita = staff("ana.souza"), cast.rita()
    invoice = late(rita)[0]
    link = ana.get(f"/faturas/{invoice.id}").page.select_one('.page-actions a[href^="https://wa.me/"]')
    assert pix_code(invoice) in parse_qs(urlsplit(link["href"]).query)["text"][0]
    paid = base.session.scalars(select(Invoice).where(Invoice.person_id == rita.id, Invoice.status == "paid")).first()
    assert paid
    assert "wa.me" not in ana.get(f"/faturas/{paid.id}").html
    with cast.by("bruno.reis"):
        ticket = cast.ticket(rita, "Sem acesso à internet", "Sem luz no aparelho.")
    base.session.commit()
    link = ana.get(f"/atendimentos/{ticket.id}").page.select_one('.rail a[href^="https://wa.me/"]')
    assert f"protocolo {ticket.protocol}" in parse_qs(urlsplit(link["href"]).query)["text"][0]
