"""The markup of procedures: what each line becomes, and that no text is lost or refused (U-30)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.workflows.procedure_changes import changes
from models.workflows.procedure_text import DEEPEST, Heading, Listing, Paragraph, Span, parse, spans, tidy_text
from tests.models.test_invisible import UNSEEN

# Lines somebody might write, and any others.
LINES = st.lists(st.one_of(st.text(max_size=20), st.from_regex(r" {0,14}(- |[0-9]{1,3}\. |#{1,3} |\*\*)[a-z* ]{0,8}")))
TEXTS = st.one_of(st.text(), LINES.map("\n".join))


def words(line) -> str:
    return "".join(span.text for span in line)


def listed(listing: Listing, depth: int = 0):
    """Every item with its depth."""
    for item in listing.items:
        yield depth, words(item.words)
        for below in item.below:
            yield from listed(below, depth + 1)


def said(blocks) -> list[str]:
    """The words of all blocks, in order."""
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(words(block.words))
        elif isinstance(block, Paragraph):
            found += map(words, block.lines)
        else:
            found += [text for _, text in listed(block)]
    return found


def test_each_kind_of_line():
    blocks = parse("# Um\n## Dois\numa linha\noutra\n\n- item\n1. passo\n\nfim")
    assert [block.kind for block in blocks] == ["heading", "heading", "paragraph", "listing", "listing", "paragraph"]
    assert [block.level for block in blocks[:2]] == [1, 2]
    assert [words(line) for line in blocks[2].lines] == ["uma linha", "outra"]
    assert [block.numbered for block in blocks[3:5]] == [False, True]


def test_items_stand_below_items():
    [listing] = parse("- a\n  - b\n    1. c\n    2. d\n  - e\n      - f\n- g")
    assert list(listed(listing)) == [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e"), (2, "f"), (0, "g")]
    assert [below.numbered for below in listing.items[0].below[0].items[0].below] == [True]


def test_a_list_begins_with_the_number_that_was_typed():
    first, second = parse("1. a\n\n2. b\n3. c")
    assert (first.start, second.start, len(second.items)) == (1, 2, 2)


def test_what_is_no_markup_is_text():
    for line in ("#sem espaço", "### três", "-sem espaço", "1.5 metro", "-", "1.", "#", "2 * 3 * 4"):
        [block] = parse(line)
        assert isinstance(block, Paragraph), line
        assert said([block]) == [line]


def test_strong_words():
    assert spans("a **b c** d") == (Span("a "), Span("b c", True), Span(" d"))
    assert spans('"**Tudo OK**".') == (Span('"'), Span("Tudo OK", True), Span('".'))
    for line in ("2 ** 3 ** 4", "****", "**", "a ** b", "**aberto"):
        assert not any(span.strong for span in spans(line)), line
        assert words(spans(line)) == line


@given(st.text(alphabet="ab* "))
def test_stars_are_kept_or_pair_up(line):
    back = "".join(f"**{span.text}**" if span.strong else span.text for span in spans(line))
    assert back == line


@given(TEXTS)
def test_no_text_fails_and_no_word_is_lost(text):
    text = tidy_text(text)
    blocks = parse(text)
    kept = [char for line in said(blocks) for char in line if char.isalpha()]
    assert kept == [char for char in text if char.isalpha()]
    assert all(depth <= DEEPEST for block in blocks if isinstance(block, Listing) for depth, _ in listed(block))


@given(TEXTS)
def test_a_tidy_text_stays_as_it_is(text):
    assert tidy_text(tidy_text(text)) == tidy_text(text)


def test_tidying_keeps_lines_and_what_indents_them():
    assert tidy_text("\r\n\n- a  \r\n\t- b\u200b\n\u2028c\n\n") == "- a\n  - b\n\nc"
    assert tidy_text("".join(UNSEEN)) == tidy_text(None) == ""


# ---- from one text to another


def test_changes_name_each_line_with_those_around():
    before = "\n".join("abcdefghij")
    told = [(change.kind, change.text or change.lines) for change in changes(before, before.replace("e", "E\nx"))]
    around = [
        ("same", "c"),
        ("same", "d"),
        ("removed", "e"),
        ("added", "E"),
        ("added", "x"),
        ("same", "f"),
        ("same", "g"),
    ]
    assert told == [("skipped", 2), *around, ("skipped", 3)]
    assert changes(before, before) == []


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_changes_lead_from_one_text_to_the_other(before, after):
    old, new = "\n".join(before), "\n".join(after)
    told = changes(old, new)
    skipped = sum(change.lines for change in told if change.kind == "skipped")
    of = {kind: [change.text for change in told if change.kind in ("same", kind)] for kind in ("removed", "added")}
    if told:
        assert len(of["removed"]) + skipped == len(old.split("\n"))
        assert len(of["added"]) + skipped == len(new.split("\n"))
    else:
        assert old == new
