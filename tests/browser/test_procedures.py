"""Procedures in a browser: each page in both looks, the text that waits in its tab, and all of it without scripts."""

from __future__ import annotations

import pytest

from tests import cast

PATH = "/procedimentos/1"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_pages(ana, phone):
    opened = ana("silvia.maia", phone=phone)
    for path in ("", "?situacao=fora-de-uso", "/novo", "/1", "/1/texto", "/1/revisoes/1", "/1/revisoes/2"):
        opened.goto(f"/procedimentos{path}")
        opened.check()
    opened.goto(f"{PATH}/comparacao?de=2&ate=1")
    opened.check()


def test_a_text_waits_in_its_tab_until_it_is_kept(ana):
    opened = ana("silvia.maia")
    page = opened.page
    opened.goto(f"{PATH}/texto")
    page.fill("#body", "- Texto pela metade")
    page.fill("#note", "Começo de novo")
    opened.goto(f"{PATH}/texto")
    page.click("[data-use]")
    assert page.input_value("#body") == "- Texto pela metade"
    assert page.input_value("#note") == "Começo de novo"
    page.click(".form-actions button[type=submit]")
    page.wait_for_url(opened.address + PATH)
    assert "Revisão 3" in page.inner_text(".page-head")
    opened.goto(f"{PATH}/texto")
    assert not page.is_visible("[data-kept]")


def test_who_was_slower_keeps_what_they_typed(ana, db):
    opened = ana("silvia.maia")
    page = opened.page
    opened.goto(f"{PATH}/texto")
    with cast.by("davi.rocha"):
        cast.procedure().write("- Do Davi")
    db.commit()
    page.fill("#body", "- Da Sílvia")
    page.click(".form-actions button[type=submit]")
    page.wait_for_selector(".error-summary")
    assert "Davi Rocha gravou a revisão 3" in page.inner_text(".error-summary")
    assert page.input_value("#body") == "- Da Sílvia"
    opened.check()
    page.click("button[name=overwrites]")
    page.wait_for_url(opened.address + PATH)
    assert "Revisão 4" in page.inner_text(".page-head")


def test_without_scripts(ana):
    opened = ana("silvia.maia", scripts=False)
    page = opened.page
    opened.goto(f"{PATH}/texto")
    page.fill("#body", "- Outro texto")
    page.click(".form-actions button[type=submit]")
    page.wait_for_url(opened.address + PATH)
    page.select_option("#de", "1")
    page.click(".comparison button")
    assert page.inner_text("h1").endswith("da revisão 1 à 3")
    assert page.inner_text(".diff ins") == "- Outro texto"
