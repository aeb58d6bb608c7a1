"""Every address of the two doors: one access mark, a plain name, a pt-BR path, bounded ids."""

import re

import pytest

from models.operators import PERMISSIONS
from web.access import Access
from web.guards import BoundedId
from web.navigation import MENUS, lit_by

NAMES = {"index", "show", "new", "create", "edit", "update", "destroy"}
# What reads like a second page of the same resource, or belongs to no resource at all.
MORE_NAMES = {
    "staff.customers.search": "a post, since a CPF may not stand in an address",
    "staff.sales.create_for": "a sale for somebody who is registered",
    "staff.sales.review": "Conferir, the last page of the wizard",
    "staff.tickets.search": "a post, since a CPF may not stand in an address",
    "staff.order_customers.search": "a post, since a CPF may not stand in an address",
    "staff.tickets.of_person": "Menu Atendimentos",
    "staff.bank_files.download": "the bytes of a file",
    "assets.file": "",
    "assets.style": "",
    "assets.favicon": "",
    "health.alive": "",
    "health.ready": "",
    "portal.installing.manifest": "the three things a phone fetches to keep the Central",
    "portal.installing.worker": "",
    "portal.installing.offline": "",
    "staff.phone_offline.worker": "the script that keeps the page for when a technician has no network",
    "staff.visit_searches.search": "a post, since a CPF may not stand in an address",
}
LEAVING = {"staff.sessions.destroy", "portal.sessions.destroy"}  # no page: one is out
ENDS = {"retire", "restore", "remove"}  # inativar, reativar, excluir: the same three pages for every catalogue
ENGLISH_PATHS = {
    "/static/<version>/<path:name>",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/central/manifest.webmanifest",
    "/central/sw.js",
    "/tecnico/sw.js",
}
WORDS = {
    "code",
    "page",
    "assunto",
    "block",
    "slug",
    "listing",
    "outcome",
    "report",
    "token",
    "version",
    "name",
    "family",
    "colour",
}  # of what is not a number


@pytest.fixture
def rules(app):
    return list(app.url_map.iter_rules())


def test_every_view_has_exactly_one_access(app, rules):
    for rule in rules:
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        assert isinstance(access, Access), f"{rule.endpoint} says not who may use it"
        assert access.kind in ("public", "staff", "subscriber")
        assert not access.permission or access.permission in PERMISSIONS
        assert access.level in (("weak", "proved") if access.kind == "subscriber" else ("",))


def test_every_door_lets_its_own_people_in(app, rules):
    for rule in rules:
        kind = app.view_functions[rule.endpoint].access.kind
        assert kind in {"staff": ("staff", "public"), "portal": ("subscriber", "public")}.get(
            rule.endpoint.split(".")[0], ("public",)
        ), rule.endpoint


def test_only_signing_in_and_files_are_public(app, rules):
    public = {rule.endpoint for rule in rules if app.view_functions[rule.endpoint].access.kind == "public"}
    assert {name for name in public if name.startswith(("staff.", "portal."))} == {
        "staff.sessions.new",
        "staff.sessions.create",
        "staff.passwords.new",
        "staff.passwords.create",
        "portal.sessions.new",
        "portal.sessions.create",
        "staff.phone_offline.worker",
        "staff.phone_offline.show",
        "portal.installing.manifest",
        "portal.installing.worker",
        "portal.installing.offline",
    }


def test_names_of_views(rules):
    odd = {rule.endpoint for rule in rules if rule.endpoint.split(".")[-1] not in NAMES | ENDS} - set(MORE_NAMES)
    assert not odd, f"call them one of {sorted(NAMES)}, or say here why not: {sorted(odd)}"


def test_methods(rules):
    assert {method for rule in rules for method in rule.methods} <= {"GET", "POST", "HEAD", "OPTIONS"}


def test_writing_is_a_post(rules):
    for rule in rules:
        if rule.endpoint.split(".")[-1] in ("create", "update", "destroy"):
            assert "GET" not in rule.methods, rule.endpoint


def test_paths_are_kebab_case_without_accents(rules):
    for rule in rules:
        if rule.rule in ENGLISH_PATHS or rule.endpoint == "assets.style":
            continue
        for part in rule.rule.strip("/").split("/"):
            options = re.findall(r'"([^"]+)"', part) if part.startswith("<any(") else [part]
            assert all(re.fullmatch(r"(<[a-z_:]+>|[a-z0-9]+(-[a-z0-9]+)*|)", option) for option in options), rule.rule


def test_ids_are_numbers_with_bounds(rules):
    for rule in rules:
        for name, converter in rule._converters.items():
            if name not in WORDS:
                assert isinstance(converter, BoundedId), f"{rule.rule}: {name}"


def test_every_page_stands_under_an_entry_of_its_menu(app, rules):
    """Whoever is signed in sees where they are."""
    for rule in rules:
        if app.view_functions[rule.endpoint].access.kind != "public" and rule.endpoint not in LEAVING:
            assert lit_by(rule.endpoint), f"{rule.endpoint} lights no entry: see lights() in its package"
            assert lit_by(rule.endpoint) in [entry for group in MENUS[rule.endpoint.split(".")[0]] for entry in group]


def test_only_the_webhook_is_exempt_from_csrf(app):
    """A bank has no page of ours to read a token from; the secret in the address is its proof."""
    protect = app.extensions["csrf"]
    assert protect._exempt_views == {"webhooks.pix_receipts.create"}
    assert not protect._exempt_blueprints
    assert app.config.get("WTF_CSRF_ENABLED", True)
    assert app.config.get("WTF_CSRF_CHECK_DEFAULT", True)
