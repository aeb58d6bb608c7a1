"""Counted words agree with their number: a sentence that may say 1 says it with `counted` (or `Count` in history)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = "dias|parcelas|faturas|boletos|pagamentos|clientes|serviços|meses|títulos|cobranças|empresas|tentativas|minutos"
COUNTED = re.compile(rf"(?:\}}|~ ['\"]) ?({WORDS})\b")
# Numbers that are never 1, and sentences that ask which they are.
CONSTANT = re.compile(r"\{(MOST|LONGEST|LONGEST_LOYALTY|LEAST_DAYS|FARTHEST\.days|DAYS\[name\]|row\.attempts|left)\}")
ASKS = re.compile(r"== 1\b")


def sources():
    for side in ("models", "web", "staff", "portal", "jobs", "integrations"):
        yield from (ROOT / side).rglob("*.py")
    for ending in ("html", "txt"):
        yield from (ROOT / "templates").rglob(f"*.{ending}")


def uncounted(text):
    return [
        line.strip()
        for line in text.splitlines()
        if COUNTED.search(line) and not ASKS.search(line) and not CONSTANT.search(line) and "counted(" not in line
    ]


def test_a_planted_plural_is_found():
    assert uncounted('said = f"{days} dias de uso"')
    assert uncounted("{{ plan.months ~ ' meses' }}")
    assert not uncounted("said = f\"{counted(days, 'dia')} de uso\"")


def test_no_word_is_counted_by_hand():
    found = {str(path.relative_to(ROOT)): lines for path in sources() if (lines := uncounted(path.read_text()))}
    found.pop("templates/ui/index.html", None)
    assert found == {}
