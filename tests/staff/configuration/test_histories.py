"""Histórico da configuração: who, when, which columns, before and after (B.17)."""

from __future__ import annotations

import pytest

from staff.configuration.menu import GROUPS
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


def test_a_plan_says_its_price_and_composition_before_and_after(staff):
    davi, plan = staff("davi.rocha"), cast.plan("Fibra 300 Mbps")
    amounts = {"price_cents": "109,90", "rows-0-amount_cents": "89,90"}
    path = f"/configuracao/planos/{plan.id}/editar"
    before = davi.get(path).form(path)
    others = sum(cents(before[f"rows-{row}-amount_cents"]) for row in range(1, 4) if before[f"rows-{row}-name"])
    amounts["rows-0-amount_cents"] = f"{(10990 - others) // 100},{(10990 - others) % 100:02}"
    change(davi, path, **amounts)
    for address in (PATH, f"{PATH}?tipo=planos", f"{PATH}?tipo=planos&linha={plan.id}"):
        assert f"preço : R$ {before['price_cents']} → R$ 109,90" in davi.get(address).words
        assert f"R$ {amounts['rows-0-amount_cents']}" in davi.get(address).words


@pytest.mark.slow
def test_every_field_of_every_list_changed_stands_there_by_its_name(staff):
    davi, changed = staff("davi.rocha"), set()
    for screen in [screen for _, group in GROUPS for screen in group]:
        listed = davi.get(f"/configuracao/{screen.slug}").page.select('main a[href$="/editar"]')
        for path in dict.fromkeys(link["href"] for link in listed[-2:]):
            form = davi.get(path).form(path)
            for name in [name for name in form if name not in ("csrf_token", "idem", "version")]:
                now = davi.get(path)
                if typed := another(now.page.select(f'main form [name="{name}"]'), now.form(path).get(name)):
                    answer = davi.post(path, {**now.form(path), name: typed})
                    changed |= {screen.slug} if answer.status == 303 else set()
        for act in ("inativacao", "reativacao"):
            davi.post(f"{path.removesuffix('/editar')}/{act}")
        shown = davi.get(f"{PATH}?tipo={screen.slug}")
        assert shown.status == 200, screen.slug
        assert not [title for title in titles(shown) if "_" in title], screen.slug
    assert davi.get(PATH).status == 200
    assert changed >= {"planos", "empresas", "operadores", "perfis", "regua-de-cobranca", "formas-de-cobranca"}


def titles(shown) -> list[str]:
    return [title.get_text() for title in shown.page.select("main tbody td div b")]


def cents(typed: str) -> int:
    return int(typed.replace(".", "").replace(",", ""))


def another(fields, now) -> object:
    """Another good value for a field, by its kind."""
    if not fields:
        return None
    field = fields[0]
    if field.name == "select":
        return next((one["value"] for one in field.select("option") if one["value"] not in ("", now)), None)
    if field.get("type") in ("checkbox", "radio"):
        return next((one["value"] for one in fields if one["value"] not in (now or "")), None) or []
    if isinstance(now, str) and now.replace(",", "").isdigit():
        return str(int(now.split(",")[0]) + 1)
    return f"{now}a" if now else None
