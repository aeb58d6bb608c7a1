"""Two people on one row of Configuração: the second is shown both versions and nothing is lost (X-18)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.operators import Company
from models.people import Origin
from tests import cast

pytestmark = pytest.mark.usefixtures("db")


def paths(db):
    origin = db.scalars(select(Origin.id)).first()
    return {
        f"/configuracao/empresas/{cast.vale_claro().id}/editar": ("site", "primeiro.example", "legal_name", "Outra"),
        f"/configuracao/planos/{cast.plan('Fibra 500 Mbps').id}/editar": ("download_mbps", "510", "upload_mbps", "260"),
        f"/configuracao/operadores/{cast.operator('bruno.reis').id}/editar": (
            "email",
            "b@ex.co",
            "name",
            "Bruno Z",
        ),
        f"/configuracao/origens/{origin}/editar": ("name", "Panfleto novo", "name", "Panfleto velho"),
    }


@pytest.mark.feature("X-18")
def test_a_slower_hand_sees_both_versions_and_decides(staff, db):
    davi = staff("davi.rocha")
    for path, (field, first, other, second) in paths(db).items():
        stale = davi.get(path).form(path)
        assert davi.post(path, {**stale, field: first}).status == 303, path
        late = davi.post(path, {**stale, other: second})
        assert late.status == 409, path
        assert "Isto mudou depois" in late.words
        assert first in late.page.select_one(".error-summary").get_text(" "), path
        kept = late.form(path)
        assert kept[other] == second
        again = davi.post(path, kept)
        assert again.status == 409, path
        over = late.page.select_one('button[name="overwrites"]')["value"]
        assert davi.post(path, {**kept, "overwrites": over}).status == 303, path


def test_todas_has_the_same_protection(staff, db):
    davi, path = staff("davi.rocha"), "/configuracao/empresas/todas/editar"
    stale = davi.get(path).form(path)
    assert davi.post(path, {**stale, "due_days": "7, 17"}).status == 303
    assert davi.post(path, {**stale, "trust_max_days": "3"}).status == 409
    assert db.get(Company, 0).trust_max_days is None
