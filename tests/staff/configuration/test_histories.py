"""Histórico da configuração: who, when, which columns, before and after (B.17)."""

from __future__ import annotations

import pytest

from tests import cast

pytestmark = pytest.mark.usefixtures("db")
PATH = "/configuracao/historico"


def change(visitor, path: str, **typed) -> None:
    shown = visitor.get(path)
    assert visitor.post(path, {**shown.form(path), **typed}).status == 303


def test_a_change_says_who_when_and_before_and_after(staff):
    davi, method = staff("davi.rocha"), cast.method("Boleto mensal")
    path = f"/configuracao/formas-de-cobranca/{method.id}/editar"
    change(davi, path, name="Boleto do mês")
    shown = davi.get(PATH)
    assert shown.status == 200
    row = shown.page.select("main tbody tr")[0].get_text(" ", strip=True)
    assert "Davi Rocha" in row
    assert "alterou a forma de cobrança Boleto do mês" in row
    assert "Boleto mensal → Boleto do mês" in row
    one = davi.get(f"{PATH}?tipo=formas-de-cobranca&linha={method.id}")
    assert "Boleto do mês" in one.words
    assert "Só Boleto do mês" in one.words
    assert f"linha={method.id}" in str(davi.get(path).page)
    assert davi.get(f"{PATH}?tipo=planos").words.count("Boleto do mês") == 0


def test_it_stands_in_the_menu_and_pages_by_moment(staff):
    davi, id = staff("davi.rocha"), cast.method("Boleto mensal").id
    assert davi.get("/configuracao").page.select_one(f'main a[href="{PATH}"]')
    for number in range(53):
        change(davi, f"/configuracao/formas-de-cobranca/{id}/editar", name=f"Boleto {number:02}")
    first = davi.get(f"{PATH}?tipo=formas-de-cobranca")
    assert "Boleto 52" in first.words
    assert "→ Boleto 02" not in first.words
    older = first.page.select_one('a[rel="next"]')["href"]
    assert "→ Boleto 02" in davi.get(older).words
    assert "→ Boleto 03" not in davi.get(older).words


def test_each_reads_what_may_be_read(staff):
    davi, plan = staff("davi.rocha"), cast.plan("Serra 400 Mbps")
    change(davi, f"/configuracao/planos/{plan.id}/editar", name="Serra 410 Mbps")
    assert "Serra 410 Mbps" in davi.get(PATH).words
    ana = staff("ana.souza")  # of the other company, without the administration of operators
    assert "Serra 410 Mbps" not in ana.get(PATH).words
    assert "Operadores" not in [link.get_text() for link in ana.get(PATH).page.select("main .view-filter a")]
    assert staff("joao.alcantara").get(PATH).status == 403
    assert davi.get(f"{PATH}?tipo=nada&linha=x&antes=y").status == 200
