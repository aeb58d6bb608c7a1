"""What README and docs/ tell people to type exists: commands with their options, programs, settings, files."""

import re

import pytest
from click import Group

from web.settings import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PRODUCTION = sorted((ROOT / "docs/production").iterdir())
OPERATION = (ROOT / "docs/operacao.md").read_text()
SETTING = re.compile(r"ENLACE_[A-Z_]+")
ELSEWHERE = re.compile(
    r"\b(?:architecture|billing|fiscal|look|network|performance|proven|security|ui)\.md\b|\barchitecture [0-9]"
)
WRITTEN = ("", ".css", ".html", ".js", ".md", ".py", ".txt")
COMMAND = re.compile(r"(?:^|\.venv/bin/|sbin/)(?:flask|enlace) +([a-z][a-z -]*)(.*)")


def name(path):
    return path.relative_to(ROOT).as_posix()


def typed(text):
    """What stands in a page as something to type: indented lines, with those they go on in, and words in backticks."""
    lines = re.sub(r" \\\n +", " ", text).splitlines()
    return [line.strip() for line in lines if line.startswith("    ")] + re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("path", [*PAGES, *PRODUCTION], ids=name)
def test_commands_exist(path, app):
    text = path.read_text()
    for line in [*typed(text), *re.findall(r"^ExecStart=(.+)$", text, re.M)]:
        found = COMMAND.search(line)
        if found:
            _walk(app.cli, found[1].split(), re.findall(r"(?<= )--[a-z-]+", found[0]), line)


def _walk(command, words, options, line):
    """Through groups to the command, which must have the options."""
    while isinstance(command, Group):
        assert words, f"{line}: which one?"
        word = words.pop(0)
        assert word in command.commands, f"{line}: no command {word}"
        command = command.commands[word]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert set(options) <= known, f"{line}: has only {sorted(known)}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_programs_exist(path):
    for program in re.findall(r"(?<![\w/.])bin/([a-z]+(?:\.[a-z.]+)?[a-z])", path.read_text()):
        assert (ROOT / "bin" / program).is_file(), f"bin/{program}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_files_exist(path):
    for file in re.findall(r"`([a-z]+/[\w/-]+\.(?:py|md|html|css|js|txt|toml))\b", path.read_text()):
        assert (ROOT / file).is_file(), file


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_every_setting_is_documented_and_every_documented_one_is_read():
    read = set(SETTING.findall((ROOT / "web/settings.py").read_text())) - {"ENLACE_"}
    listed = set(re.findall(r"^\| `(ENLACE_[A-Z_]+)`", OPERATION, re.M))
    assert listed == read
    for path in [*PAGES, *PRODUCTION, ROOT / "bin/run"]:
        assert set(SETTING.findall(path.read_text())) <= read, name(path)


def test_the_files_of_production_are_installed_by_the_chapter():
    for path in PRODUCTION:
        pattern = f"docs/production/enlace-*{path.suffix}"  # the units, all at once
        assert name(path) in OPERATION or (path.name.startswith("enlace-") and pattern in OPERATION), name(path)


def test_nothing_leans_on_a_page_that_is_not_here():
    """What a sentence rests on can be read here, or is a law, a norm or a manual that anybody can ask for."""
    files = [path for path in (*ROOT.glob("*"), *ROOT.glob("[a-z]*/**/*")) if path.suffix in WRITTEN and path.is_file()]
    found = {name(path): ELSEWHERE.search(path.read_text(errors="ignore")) for path in files}
    assert [f"{path}: {mention[0]}" for path, mention in found.items() if mention] == []
