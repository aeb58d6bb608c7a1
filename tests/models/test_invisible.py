"""Text that nobody can see counts as none, wherever it is typed (issue of the kinds of fault, B.17)."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.wording import tidy, tidy_lines, visible

UNSEEN = ["\u2800", "\u3164", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u115f\u1160", "\uffa0", "\u034f", "\ufe0f"]
UNSEEN += ["\u202e", "\ufffc", "\ufffd", "\U00013441", "\U00016fe4", "\U0001d159"]


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


EMPTY = re.compile(
    r"(?<!GAP )(?<!LINE )FILLER|REPLACEMENT CHARACTER|NULL NOTEHEAD|BRAILLE PATTERN BLANK|"
    r"VARIATION SELECTOR|(FULL|HALF) BLANK"
)


def test_what_unicode_calls_empty_is_nothing():
    signs = [chr(code) for code in range(sys.maxunicode + 1) if EMPTY.search(unicodedata.name(chr(code), ""))]
    assert len(signs) > 200
    assert [sign for sign in signs if tidy(sign)] == []


@given(st.text(), st.text(st.sampled_from("".join(UNSEEN)), min_size=1))
def test_unseen_signs_change_nothing_and_alone_are_nothing(typed, unseen):
    assert visible(typed + unseen) == visible(unseen + typed) == visible(visible(typed)) == visible(typed)
    assert tidy(unseen) == ""
