"""Ensaio da noite: who, why and how much, page by page; segurar and soltar; the file (X-07, C-21)."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select, update

from models.base import db as base
from models.billing import Receipt
from models.dunning import Hold
from models.history import Event
from models.people import Person
from models.services import Service
from tests import cast, crowd
from tests.models.dunning.debts import owes

TODAY = "2026-12-28 10:00"  # a Monday
TOMORROW = date(2026, 12, 29)
PAGE = "/financeiro/regua/ensaio"


@pytest.fixture(autouse=True)
def monday(clock, db):
    with clock(TODAY):
        yield


@pytest.fixture
def debts(db):
    """Seu Zé was told fifteen days before tomorrow, Padaria Sol was not told yet."""
    ze, sol = cast.service(cast.ze()), cast.service(cast.sol(), "Fibra 1 Gbps")
    invoices = owes(ze, date(2026, 12, 10), date(2026, 12, 14)), owes(sol, date(2026, 12, 21))
    db.commit()
    return invoices


def section(answer, title):
    return next(part for part in answer.page.select("main section") if title in part.get_text())


def test_it_says_who_and_why(staff, debts):
    answer = staff("ana.souza").get(PAGE)
    assert answer.h1 == "Ensaio da noite"
    assert "terça-feira, 29/12/2026" in answer.words
    suspended = section(answer, "Serão suspensos").get_text(" ")
    for said in (cast.ze().name, "venceu 10/12", "aviso na Central 14/12", "suspende 29/12", "99,90", "1 serviço"):
        assert said in suspended
    noticed = section(answer, "Serão avisados").get_text(" ")
    assert "Padaria" in noticed
    assert "avisa 29/12" in noticed
    assert "Padaria" not in suspended


def test_a_day_on_which_nobody_is_cut(staff, debts):
    answer = staff("ana.souza").get(f"{PAGE}?dia=31/12/2026")
    assert "Neste dia ninguém é suspenso" in answer.words
    assert "Serão suspensos 0" in answer.words
    assert not [part for part in answer.page.select("h2") if "Serão suspensos" in part.get_text()]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("27/12/2026", "já passou"),
        ("28/01/2027", "até 30 dias"),
        ("ontem", "Escreva a data como"),
        ("", "Escolha o dia do ensaio"),
        ("2026-02-31", "Escreva a data como"),
    ],
)
def test_a_day_nobody_can_rehearse(staff, debts, typed, sentence):
    answer = staff("ana.souza").get(PAGE, query_string={"dia": typed})
    assert answer.status == 422
    assert sentence in answer.errors()["dia"]
    assert "29/12/2026" in answer.words, "tomorrow is shown instead"


def test_nothing_to_do(staff, db):
    assert "Neste dia a régua não faz nada" in staff("ana.souza").get(PAGE).words


@pytest.mark.postgresql
def test_held_from_the_list_and_let_go_again(staff, db, debts, worker, clock):
    ana, id = staff("ana.souza"), cast.service(cast.ze()).id
    button = section(ana.get(PAGE), "Serão suspensos").select_one(f'a[href^="/servicos/{id}/regua"]')
    form = ana.get(button["href"]).form(f"/servicos/{id}/regua")
    wrong = ana.post(f"/servicos/{id}/regua", {**form, "until": "2026-12-27", "reason": " "})
    assert wrong.status == 422
    assert {"until", "reason"} <= set(wrong.errors())
    done = ana.post(f"/servicos/{id}/regua", {**form, "until": "2026-12-30", "reason": "prometeu pagar dia 30"})
    assert (done.status, done.location) == (303, f"{PAGE}?dia=2026-12-29")
    out = section(ana.follow(done), "Ficam de fora").get_text(" ")
    assert "Segurado até 30/12/2026 por Ana Souza" in out
    assert "prometeu pagar dia 30" in out
    with clock("2026-12-29 10:00"):
        worker.routine("dunning")
    db.expire_all()
    assert cast.service(cast.ze()).status == "active"
    let_go = ana.post(f"/servicos/{id}/regua/fim", {"dia": "2026-12-29"})
    assert let_go.status == 303
    assert "Nada segura" in ana.post(f"/servicos/{id}/regua/fim").words
    with clock("2026-12-29 11:00"):
        worker.routine("dunning")
        assert worker.routine("dunning") == 0
    db.expire_all()
    assert cast.service(cast.ze()).status == "suspended_for_debt"
    told = [row.action for row in db.scalars(select(Event).where(Event.action.like("debt.%")).order_by(Event.id))]
    assert told[:1] == ["debt.held"]
    assert "debt.released" in told


@pytest.mark.feature("C-21")
def test_only_the_service_that_owes_is_suspended(staff, db, worker, clock):
    fibre, phone = (cast.service(cast.sol(), name) for name in ("Fibra 1 Gbps", "Telefone fixo 2 ramais"))
    owes(phone, date(2026, 12, 10), date(2026, 12, 14))
    db.commit()
    silvia = staff("silvia.maia")
    assert "Telefone fixo" in section(silvia.get(PAGE), "Serão suspensos").get_text()
    with clock("2026-12-29 09:00"):
        assert worker.routine("dunning") == 1
        ana = staff("ana.souza")
        card, why = ana.get(f"/clientes/{cast.sol().id}").page, ana.get(f"/servicos/{phone.id}/regua").words
    db.expire_all()
    assert (fibre.status, phone.status) == ("active", "suspended_for_debt")
    assert [link.get_text(strip=True) for link in card.select(f'a[href="/servicos/{phone.id}/regua"]')] == [
        "Por que está bloqueado?"
    ]
    for said in ("Suspenso desde 29/12/2026", "venceu em 10/12/2026", "avisada em 14/12/2026", "volta sozinho"):
        assert said in why


def test_trust_that_ends_and_money_that_came(staff, db, worker):
    rita, ana = cast.service(cast.rita()), staff("ana.souza")
    invoice = owes(rita, date(2026, 11, 10), date(2026, 11, 12))
    db.commit()
    ana.post(f"/servicos/{rita.id}/desbloqueio-em-confianca", {"until": TOMORROW.isoformat(), "reason": "vai pagar"})
    ending = section(ana.get(PAGE), "Liberações em confiança que terminam").get_text(" ")
    assert rita.plan_name in ending
    assert "volta a ficar suspenso" in ending
    ana.post(f"/servicos/{rita.id}/suspensao", {"to": "suspended_for_debt", "reason": "combinado"})
    db.expire_all()
    invoice.settle(Receipt("pix", invoice.total_cents, date(2026, 12, 28)))
    db.commit()
    assert "O pagamento chegou" in section(ana.get(PAGE), "Voltam").get_text(" ")
    worker.drain()
    assert "Voltam" not in ana.get(PAGE).words


def test_proposals_wait_for_a_person(staff, db, worker, clock):
    service = cast.service(cast.ze())
    owes(service, date(2026, 9, 10), date(2026, 9, 14))
    db.commit()
    with clock("2026-10-01 09:00"):
        assert worker.routine("dunning") == 1
    ana = staff("ana.souza")
    listed = ana.get(f"{PAGE}/propostas")
    assert listed.h1 == "Propostas de fim de contrato"
    assert "suspenso desde 01/10/2026" in listed.words
    assert listed.page.select_one(f'main a[href="/clientes/{service.person_id}"]')
    worker.routine("dunning")
    db.expire_all()
    assert cast.service(cast.ze()).status == "suspended_for_debt", "never by itself"


@pytest.mark.postgresql
def test_the_file(staff, db, debts):
    db.execute(update(Person).where(Person.id == cast.ze().id).values(name="=cmd|' /C calc'!A0"))
    db.commit()
    ana = staff("ana.souza")
    answer = ana.post(f"{PAGE}/csv", {"dia": "2026-12-29"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ensaio-2026-12-29.csv"'
    assert answer.response.mimetype == "text/csv"
    text = answer.text
    assert text.startswith("\ufeffO que acontece;Cliente;")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["O que acontece"] for row in found] == ["Serão avisados", "Serão suspensos"]
    ze = found[1]
    assert ze["Cliente"] == "'=cmd|' /C calc'!A0"
    assert (ze["Vencimento"], ze["Em aberto"], ze["Avisado em"]) == ("10/12/2026", "99,90", "14/12/2026")
    event = db.scalars(select(Event).where(Event.action == "report.exported")).one()
    assert (event.actor_name, event.data) == ("Ana Souza", {"report": "Ensaio da noite de 29/12/2026"})
    assert ana.post(f"{PAGE}/csv", {"dia": "x"}).status == 422


def test_who_may(staff, debts):
    bruno, id = staff("bruno.reis"), cast.service(cast.ze()).id
    assert bruno.get(PAGE).status == 200
    page = bruno.get(f"/servicos/{id}/regua")
    assert not page.page.select(f'form[action="/servicos/{id}/regua"]')
    assert bruno.post(f"/servicos/{id}/regua", {"until": "2026-12-30", "reason": "x"}).status == 403
    assert bruno.post(f"{PAGE}/csv", {"dia": "2026-12-29"}).status == 403
    assert staff("joao.alcantara").get(PAGE).status == 403


def test_another_company_sees_nothing_of_it(staff, debts):
    celia, id = staff("celia.prado"), cast.service(cast.ze()).id
    answer = celia.get(PAGE)
    assert cast.ze().name not in answer.html
    assert celia.get(f"/servicos/{id}/regua").status == 404
    assert cast.ze().name not in celia.post(f"{PAGE}/csv", {"dia": "2026-12-29"}).text


def test_unknown_lists_are_a_404(staff, db):
    assert staff("ana.souza").get(f"{PAGE}/nada").status == 404


@pytest.mark.postgresql
def test_page_by_page_in_a_fixed_number_of_queries(staff, db, count_queries):
    crowd.load(140)
    later = cast.service(cast.sol(), "Fibra 1 Gbps").id  # its ladder waits longer
    active = select(Service).where(Service.status == "active", Service.id != later)
    services = list(db.scalars(active.order_by(Service.id)))
    for number, service in enumerate(services):
        owes(service, date(2026, 12, 1 + number % 9), date(2026, 12, 10))
    db.commit()
    silvia = staff("silvia.maia")
    with count_queries() as few:
        answer = silvia.get(PAGE)
    assert f"Mostrar os outros {len(services) - 5}" in answer.words
    seen, path = [], f"{PAGE}/suspensoes"
    while path:
        page = silvia.get(path)
        seen += [row["href"].split("/")[2] for row in page.page.select('td.row-actions a[href*="/regua"]')]
        following = page.page.select_one("nav.pager a[rel=next]")
        path = following["href"] if following else None
    assert sorted(map(int, seen)) == [service.id for service in services]
    base.session.execute(Hold.__table__.delete())
    crowd.load(60)
    db.commit()
    with count_queries() as more:
        silvia.get(PAGE)
    assert len(more) == len(few) <= 16
    assert silvia.get(f"{PAGE}/suspensoes?apos=lixo.x").status == 200
