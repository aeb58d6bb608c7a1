"""A ticket that stays open before somebody: the texts their browser keeps."""

from __future__ import annotations

import pytest

from tests import cast


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def here(db):
    """Where a ticket is that Bruno holds."""
    with cast.by("bruno.reis"):
        row = cast.ticket(cast.ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        row.claim()
    path = f"/atendimentos/{row.id}"
    db.commit()
    return path


def sent(page):
    return page.tree.xpath("//*[@data-sent]/@data-sent")


def test_a_browser_that_keeps_a_text_is_told_once_that_it_was_taken(bruno, here):
    path = f"{here}/comentarios"
    page = bruno.get(here)
    [name] = page.tree.xpath(f"//form[@action='{path}']/@data-typed")
    assert name == "body visibility"
    said = {**page.form(path), "body": "Trocar a fonte", "typed": "1"}
    assert bruno.post(path, {**said, "body": " "}).status == 422
    assert sent(bruno.get(here)) == []
    for _ in range(2):  # the second is the first one's answer
        assert bruno.post(path, said).status == 303
        assert sent(bruno.get(here)) == [path]
        assert sent(bruno.get(here)) == []
    assert bruno.post(path, {"body": "Sem JavaScript", "visibility": "internal"}).status == 303
    assert sent(bruno.get(here)) == []
