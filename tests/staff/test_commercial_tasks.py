"""The ten commercial tasks as one list (C-109)."""

from __future__ import annotations

import pytest

from tests import cast

pytestmark = pytest.mark.usefixtures("db")

TEN = (
    "Adicionar Cliente",
    "Adicionar novo Serviço para o Cliente",
    "Imprimir Contrato",
    "Gerar Carnê",
    "Gerar fatura de Instalação Avulsa",
    "Abrir Atendimento",
    "Abrir Ordem de Serviço",
    "Migrar Serviço do Cliente",
    "Troca de Titularidade",
    "Desbloqueio em Confiança",
)


def rows(answer):
    return answer.page.select("#commercial-tasks tbody tr")


def test_each_of_the_ten_is_found_in_three_clicks(staff):
    ana, rita = staff("ana.souza"), cast.rita()
    home = ana.get("/")
    assert home.page.select_one('main a[href="/rotinas-comerciais"]')
    dashboard = ana.get(f"/clientes/{rita.id}")
    theirs = f"/clientes/{rita.id}/rotinas-comerciais"
    assert dashboard.page.select_one(f'main a[href="{theirs}"]')
    for path in ("/rotinas-comerciais", theirs):
        answer = ana.get(path)
        assert len(rows(answer)) == len(TEN)
        assert sum("Ainda não disponível" in row.get_text() for row in rows(answer)) == 3  # orders, migration, holder
        for row, title in zip(rows(answer), TEN, strict=True):
            assert title in row.th.get_text(" ")
            if row.a:
                assert ana.get(row.a["href"]).status == 200, title
            else:
                assert "Ainda não disponível" in row.get_text(), title


def test_what_a_role_may_not_do_is_said_and_not_linked(staff):
    technician = staff("joao.alcantara")
    first = rows(technician.get("/rotinas-comerciais"))[0]
    assert first.a is None
    assert "Seu perfil não permite" in first.get_text()


def test_a_customer_of_another_company_is_not_found(staff):
    assert staff("ana.souza").get(f"/clientes/{cast.mar_azul().id}/rotinas-comerciais").status == 404
