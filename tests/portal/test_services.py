"""Serviços and Faturas of the Central: what is so, said in a sentence that is true for each state (C-103, C-107)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models import clock as now
from models.billing import Carne, Invoice
from models.central.services import services
from models.contracts import Contract
from models.history import Event
from models.network import Connection
from tests import cast


def sentences(who, level="weak"):
    return {view.plan: view.sentence for view in services(who.id, level)}


def settle(db, service):
    """The network has confirmed what the service may use."""
    connection = db.scalars(select(Connection).where(Connection.service_id == service.id)).one()
    connection.access_state = service.access
    db.flush()


def test_the_sentence_of_each_state(db, clock, central):
    with clock("2026-11-30 12:00"):
        calm = cast.service(cast.ze())
        settle(db, calm)
        assert set(sentences(cast.ze()).values()) == {""}
        calm.suspend("fatura em aberto")
        settle(db, calm)
        assert set(sentences(cast.ze()).values()) == {"Parado desde 30/11, por débito."}
        assert "Parado desde 30/11, por débito." in central("ze").get("/central/servicos").words


def test_reduced_released_and_waiting(db, clock, central):
    (maria,) = sentences(cast.maria()).values()
    assert maria.startswith("Mais lento desde ")
    assert maria.endswith(", por débito.")
    (joaquim,) = sentences(cast.joaquim()).values()
    assert joaquim == "Quando a equipe terminar de instalar, ele aparece ativo aqui."
    phone, service = central("rita"), cast.service(cast.rita())
    with clock("2026-12-01 14:33"):
        phone = central("rita")
        assert phone.post(f"/central/servicos/{service.id}/desbloqueio-em-confianca").status == 303
        db.expire_all()
        settle(db, cast.service(cast.rita()))
        assert sentences(cast.rita())["Fibra 500 Mbps"] == (
            "Liberado em confiança até amanhã às 14:33. Sem pagamento até lá, suspende de novo."
        )
        page = phone.get("/central/servicos")
        assert "Liberado em confiança até amanhã às 14:33." in page.words


def test_what_was_agreed_is_for_whoever_has_shown_who_they_are(central):
    shown = central("rita", level="proved").get("/central/servicos").page
    facts = dict(zip((row.text for row in shown.select("dt")), (row.text for row in shown.select("dd")), strict=True))
    code = facts.pop("Oferta")
    assert code.startswith("VC")
    assert facts.pop("Por mês").replace("\u00a0", " ") == "R$ 99,90"
    assert facts == {"Velocidade": "500 Mbps, 250 de envio", "Vencimento": "todo dia 10"}
    weak = central("rita").get("/central/servicos")
    assert [row.text for row in weak.page.select("dt")] == ["Velocidade"]
    assert "99,90" not in weak.words
    assert not weak.page.select('form[action*="/contratos/"]')


def test_several_services_have_a_release_each(db, central):
    cast.service(cast.sol(), "Telefone fixo 2 ramais").suspend("fatura em aberto")
    assert "Vale uma vez por mês para cada serviço." in central("sol").get("/central/servicos").words
    assert "para cada serviço" not in central("rita").get("/central/servicos").words


def test_somebody_whose_service_was_cancelled_is_told_so(db, central):
    service = cast.service(cast.ze())
    service.move_to("cancelled")
    page = central("ze").get("/central/servicos")
    assert "Seu serviço foi cancelado." in page.words


@pytest.mark.postgresql
def test_the_contract_opens_by_a_press_and_is_told(central, db, worker):
    contract = cast.contract(cast.service(cast.rita()))
    path, rita = f"/central/contratos/{contract.id}/pdf", central("rita", level="proved")
    assert f'action="{path}"' in rita.get("/central/servicos").html
    worker.drain()
    db.expire_all()
    kept = db.get(Contract, contract.id).last_print()
    opened = rita.post(path)
    assert (opened.status, opened.data) == (200, kept.content)
    assert rita.post(path).data == kept.content
    told = db.scalars(select(Event).where(Event.action == "contract.printed").order_by(Event.id.desc())).first()
    assert (told.actor_kind, told.channel) == ("subscriber", "portal")
    assert "O seu contrato está pronto" in rita.get(path).words


def test_a_contract_of_somebody_else_and_a_weak_session(central, db):
    path = f"/central/contratos/{cast.contract(cast.service(cast.rita())).id}/pdf"
    assert central("ze", level="proved").post(path).status == 404
    assert central("ze", level="proved").get(path).status == 404
    assert "/central/confirmar" in central("rita").post(path).location


def test_a_contract_that_was_never_printed_waits(central, db):
    template = cast.template("Telefone, sem fidelidade")
    contract = Contract.issue(cast.service(cast.rita()), template, now.today(now.ZONE))
    rita = central("rita", level="proved")
    waiting = rita.post(f"/central/contratos/{contract.id}/pdf")
    assert waiting.status == 303
    assert "Preparando o seu contrato" in rita.follow(waiting).words


def test_instalments_are_folded_under_the_name_of_their_carne(central, db, billed):
    carne = db.scalars(select(Carne).order_by(Carne.id)).first()
    who = next(name for name, find in cast.SUBSCRIBERS.items() if find().id == carne.person_id)
    of = db.scalar(
        select(func.count()).select_from(Invoice).where(Invoice.carne_id == carne.id, Invoice.status != "cancelled")
    )
    paid = db.scalar(
        select(func.count()).select_from(Invoice).where(Invoice.carne_id == carne.id, Invoice.status == "paid")
    )
    page = central(who).get("/central/faturas")
    (summary,) = page.page.select("main details summary")
    said = f": {paid} de {of} {'paga' if paid == 1 else 'pagas'}, próxima "
    assert summary.text.startswith(f"Carnê {carne.id}")
    assert said in summary.text
    folded = page.page.select("main details a")
    shown = page.page.select('main section[aria-labelledby^="fatura-"]')
    assert folded
    assert shown
    count = int(page.page.select_one(".state p").text.split()[0].replace("Uma", "1"))
    assert count == len(shown) + len(page.page.select('main section[aria-label="Mais adiante"] a'))
    assert " ".join(summary.text.split()) in central(who).get("/central/").words


def test_without_javascript_it_says_how_to_copy(central, billed, db):
    mine = select(Invoice).where(Invoice.person_id == cast.ze().id, Invoice.status == "open", Invoice.paid_cents == 0)
    invoice = db.scalars(mine.order_by(Invoice.due_on)).first()
    page = central("ze").get(f"/central/faturas/{invoice.id}").page
    assert page.select("[data-copy]")
    assert "toque e segure" in " ".join(hint.text for hint in page.select("noscript"))


def test_nothing_here_is_a_page_with_ways_back(central):
    page = central("rita").get("/central/nada-disso")
    assert page.status == 404
    ways = {link["href"]: link.text.strip() for link in page.page.select("main .actions a")}
    assert ways == {"/central/": "Ir para o início", "/central/faturas": "Ver as faturas"}


def test_the_account_says_what_each_level_sees(central):
    weak = central("rita").get("/central/conta").words
    assert "as faturas em aberto" in weak
    assert "o contrato, o endereço, os contatos e as faturas pagas" in weak
    proved = central("rita", level="proved").get("/central/conta").words
    assert "Aqui o CPF aparece só em parte." in proved
    assert "Aqui o CPF" not in central("sol", level="proved").get("/central/conta").words
