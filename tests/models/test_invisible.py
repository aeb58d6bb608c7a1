"""Text that nobody can see counts as none, wherever it is typed (issue of the kinds of fault, B.17)."""

import pytest

from models.wording import tidy, tidy_lines

UNSEEN = ["\u2800", "\u3164", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u115f\u1160", "\uffa0", "\u034f", "\ufe0f"]
UNSEEN += ["\u202e"]


@pytest.mark.parametrize("sign", [*UNSEEN, "\u0301", "\u0301\u0308", "\u20dd", "\u00a0", "\u3000", "\u2003\u200b"])
def test_what_cannot_be_seen_is_nothing(sign):
    assert tidy(sign) == tidy(sign * 20) == tidy_lines(f" {sign}\n{sign}") == ""


@pytest.mark.parametrize("sign", UNSEEN)
def test_unseen_signs_inside_a_text_go(sign):
    assert tidy(f"Rita{sign} Souza{sign}") == "Rita Souza"
    assert tidy_lines(f"Sala{sign}\r\nONU  no{sign} rack ") == "Sala\nONU no rack"


def test_what_can_be_seen_stays():
    for typed in ("Ünïcode D'Água Nº 3 – ção", "Jose\u0301", "李小龍", "s/n", "☎", "---"):
        assert tidy(typed) == tidy_lines(typed) == typed
