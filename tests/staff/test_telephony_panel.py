"""Painel PABX: what there is, what is free, and who changes it (U-06, U-19)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.history import Event
from models.telephony import PabxItem, UpgradeRequest, register, telephones
from tests import cast, phones
from tests.page import words

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def silvia(staff):
    """Supervisão: registers, and has no step of the procedure."""
    return staff("silvia.maia")


def panel() -> str:
    return f"/clientes/{cast.sol().id}/pabx"


def section(page, kind: str):
    return page.tree.xpath(f"//section[@aria-labelledby='{kind}']")[0]


def rows(page, kind: str) -> list[str]:
    return [words(row) for row in section(page, kind).xpath(".//tbody/tr")]


def item(number: str, kind: str = "extension") -> PabxItem:
    return next(row for row in phones.items(cast.sol(), kind) if row.number == number)


@pytest.mark.feature("U-06")
@pytest.mark.postgresql
def test_the_counts_of_the_panel_equal_its_rows(staff, bruno, db):
    customer = bruno.get(f"/clientes/{cast.sol().id}")
    assert "2 ramais, 1 livre" in customer.words
    assert panel() in customer.tree.xpath("//a/@href")
    assert f"/clientes/{cast.sol().id}/pedidos-de-telefonia/novo" in customer.tree.xpath("//a/@href")
    with cast.days_ago(2, "10:00"), cast.by("silvia.maia"):
        phone = telephones(cast.sol().id)[0]
        register(phone, "extension", "2002", "Mesa", "Caixa")
        register(phone, "line", "3732219080", "Geral")
        register(phone, "extension", "2003", "Velho", "Caixa").withdraw("saiu do contrato")
    with cast.by("rafael.teixeira"):
        _, order = phones.launched(cast.sol(), 2, names=["Balcão", "Escritório"])
    with cast.by("bruno.reis"):
        order.make()
    with cast.by("rafael.teixeira"):
        phones.asked(cast.sol(), "module")
    db.commit()
    for login in ("bruno.reis", "rafael.teixeira"):
        page = staff(login).get(panel())
        assert page.status == 200
    shown = rows(page, "extension")
    assert len(shown) == 5
    assert shown[0].startswith("2000 Recepção Vendas Yealink T31 Em uso")
    assert shown[1].startswith("2001 Fornos Produção sem aparelho Livre")
    assert [row.split()[0] for row in shown[3:]] == [
        "2004",
        "2005",
    ]  # the number of what was withdrawn is not given again
    assert all("A instalar" in row and "em pedido" in row for row in shown[3:])
    counts = words(section(page, "extension").xpath(".//p[@class='usage']")[0])
    assert counts == "3 contratados 1 em uso 2 livres mais 2 em pedido"
    assert len(section(page, "extension").xpath(".//*[@class='cells']/i")) == 3
    contracted = [row for row in shown if "em pedido" not in row]
    assert (len(contracted), sum("Em uso" in row for row in contracted), sum("Livre" in row for row in contracted)) == (
        3,
        1,
        2,
    )
    assert "1 retirado" in words(section(page, "extension"))
    assert "2 contratados 2 em uso 0 livres" in words(section(page, "outbound_channel"))
    assert "1 contratada" in words(section(page, "line"))
    assert "Nenhum contratado." in words(section(page, "module"))
    assert "Telefone fixo 2 ramais, contrato nº 3" in page.words
    assert "(37) 3221-9080" in page.words
    assert "Vez de Suporte" in page.words
    assert page.tree.xpath("//a[starts-with(@href, '/planner/cards/')]")
    asked = db.scalars(select(UpgradeRequest).order_by(UpgradeRequest.id.desc())).first()
    assert page.tree.xpath(f"//a[@href='/planner/pedidos/{asked.id}']")
    assert "Bruno Reis criou 2 ramais no Painel PABX" in page.words
    assert panel() in bruno.get(f"/planner/pedidos/{asked.id}").tree.xpath("//a/@href")  # opened from the request


def test_an_extension_is_put_to_use_renamed_and_freed(bruno, db):
    free = item("2001")
    use, rename, free_again = (f"/pabx/{free.id}/{act}" for act in ("uso", "editar", "livre"))
    page = bruno.get(panel())
    assert {use, rename} <= set(page.tree.xpath("//a/@href"))
    assert free_again not in page.tree.xpath("//a/@href")
    assert "Não está em uso" in bruno.get(free_again).words
    form = bruno.get(use).form(use)
    assert (form["name"], form["sector"]) == ("Fornos", "Produção")
    refused = bruno.post(use, {**form, "procedure": "send_data"})
    assert (refused.status, "Diga a quem" in refused.errors()["sent_to"]) == (422, True)
    for wrong in ("", "robot"):
        assert "procedure" in bruno.post(use, {**form, "procedure": wrong}).errors()
    used = bruno.post(use, {**form, "procedure": "send_data", "sent_to": "Marta Lima"})
    assert used.location == panel()
    assert "dados enviados a Marta Lima, hoje às" in rows(bruno.follow(used), "extension")[1]
    assert "Já está em uso: dados enviados a Marta Lima" in bruno.get(use).words
    stale = bruno.post(rename, {"name": "Forno grande", "sector": "Produção", "version": form["version"]})
    assert (stale.status, stale.form(rename)["name"]) == (409, "Forno grande")
    assert set(bruno.post(rename, {**bruno.get(rename).form(rename), "name": "", "sector": ""}).errors()) == {
        "name",
        "sector",
    }
    saved = bruno.post(rename, {**bruno.get(rename).form(rename), "name": "Forno"}, htmx=True)
    assert (saved.status, saved.location) == (204, panel())
    assert "2001 Forno Produção" in rows(bruno.get(panel()), "extension")[1]
    refused = bruno.post(free_again, {**bruno.get(free_again).form(free_again), "reason": " "})
    assert "Escreva o motivo" in refused.errors()["reason"]
    assert bruno.post(free_again, {**bruno.get(free_again).form(free_again), "reason": "A mesa saiu"}).status == 303
    assert "Livre" in rows(bruno.get(panel()), "extension")[1]
    told = list(db.scalars(select(Event.action).where(Event.subject_type == "pabx_item", Event.subject_id == free.id)))
    assert told[-3:] == ["pabx_item.used", "pabx_item.renamed", "pabx_item.freed"]


def test_what_an_order_made_goes_back_to_its_card(bruno, db):
    with cast.by("rafael.teixeira"):
        card, order = phones.launched(cast.sol(), 1, names=["Balcão"])
    with cast.by("bruno.reis"):
        [made] = order.make()
    db.commit()
    use = f"/pabx/{made.id}/uso"
    form = bruno.get(use).form(use)
    assert form["procedure"] == "install"  # as ordered
    assert bruno.post(use, {**form, "device": "Yealink T31"}).location == f"/planner/cards/{card.id}"
    assert "O contrato ainda não inclui este item" in bruno.get(f"/pabx/{made.id}/livre").words


def test_what_the_contract_includes_is_registered_and_withdrawn(silvia, bruno, db):
    path = f"/clientes/{cast.sol().id}/pabx/registrar"
    assert path in silvia.get(panel()).tree.xpath("//a/@href")
    assert path not in bruno.get(panel()).tree.xpath("//a/@href")
    assert bruno.get(path).status == 403
    form = silvia.get(path).form(path)
    assert form["service_id"] == str(telephones(cast.sol().id)[0].id)  # the only one
    refused = silvia.post(path, {**form, "kind": "extension"})
    assert set(refused.errors()) == {"number", "name", "sector"}
    typed = {**form, "kind": "extension", "number": "2000", "name": "Caixa", "sector": "Vendas"}
    assert "já está neste painel" in silvia.post(path, typed).errors()["number"]
    assert "service_id" in silvia.post(path, {**typed, "service_id": "999"}).errors()
    typed["number"] = "2010"
    assert "procedure" in silvia.post(path, {**typed, "in_use": "y"}).errors()
    done = silvia.post(path, {**typed, "in_use": "y", "procedure": "install", "device": "Grandstream"})
    assert done.location == panel()
    assert "2010 Caixa Vendas Grandstream Em uso" in rows(silvia.get(panel()), "extension")[-1]
    channel = {**form, "kind": "outbound_channel", "in_use": "y"}
    assert silvia.post(path, channel).status == 303
    assert item("3", "outbound_channel").status == "in_use"
    free = item("2001")
    away = f"/pabx/{free.id}/retirada"
    assert bruno.get(away).status == 403
    assert "Marque como livre antes" in silvia.get(f"/pabx/{item('2000').id}/retirada").words
    assert "reason" in silvia.post(away, {**silvia.get(away).form(away), "reason": ""}).errors()
    assert silvia.post(away, {**silvia.get(away).form(away), "reason": "Saiu do contrato"}).status == 303
    page = silvia.get(panel())
    assert "2 contratados 2 em uso 0 livres" in words(section(page, "extension"))
    assert "1 retirado" in words(section(page, "extension"))


def test_who_only_reads_sees_no_button(staff):
    page = staff("joao.alcantara").get(panel())
    assert not [href for href in page.tree.xpath("//main//a/@href") if href.startswith("/pabx/")]
    assert "Seu perfil só consulta o painel" in page.words
    silvia = staff("silvia.maia").get(panel())
    assert "Editar" not in silvia.words
    assert "O seu setor é Supervisão: aqui você só consulta." in silvia.words


def test_a_customer_without_a_telephone_is_told_what_to_do(bruno):
    page = bruno.get(f"/clientes/{cast.ze().id}/pabx")
    assert "Este cliente não tem telefone" in page.words
    assert "Adicionar Serviço" in page.words
    assert "Sem telefone contratado" in bruno.get(f"/clientes/{cast.ze().id}").words


@pytest.mark.parametrize("login", ["bruno.reis", "silvia.maia"])
def test_the_panel_asks_a_fixed_number_of_questions(staff, db, count_queries, login):
    visitor, counted = staff(login), []
    for first in (2100, 2200):
        with cast.days_ago(2, "10:00"), cast.by("silvia.maia"):
            for at in range(12):
                register(telephones(cast.sol().id)[0], "extension", str(first + at), f"Mesa {at}", "Caixa")
        with cast.by("rafael.teixeira"):
            phones.launched(cast.sol(), 1, "outbound_channel")
        db.commit()
        visitor.get(panel())
        with count_queries() as queries:
            visitor.get(panel())
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 16, queries
