"""The arithmetic of pictures: ticks, bars, words below; and what a reader without eyes or mouse gets of them."""

from datetime import date, timedelta

import pytest

from web.charts import Chart, Column, day_words, parts, share


def chart(firsts, seconds=(), place="", unit="", height=100):
    seconds = seconds or [0] * len(firsts)
    columns = [Column(f"dia {at}", f"dia {at}: {first}", first, second) for at, (first, second) in
               enumerate(zip(firsts, seconds, strict=True))]  # fmt: skip
    return Chart("Por dia", "O achado", columns, ("um", "outro"), place, unit, height)


@pytest.mark.parametrize(
    ("top", "unit", "words"),
    [
        (0, "", ["0"]),
        (1, "", ["0", "1"]),
        (2, "", ["0", "1", "2"]),
        (5, "", ["0", "2", "4"]),  # of things 2,5 are none
        (82, "", ["0", "25", "50"]),
        (1_284, "", ["0", "500", "1.000"]),
        (10_353_000, "cents", ["0", "R$ 50 mil", "R$ 100 mil"]),
        (9_990, "cents", ["0", "R$ 25", "R$ 50"]),
        (10_000, "cents", ["0", "R$ 50", "R$ 100"]),
        (600_000, "cents", ["0", "R$ 2,5 mil", "R$ 5 mil"]),
        (600_000_000, "cents", ["0", "R$ 2,5 mi", "R$ 5 mi"]),
        (1, "cents", ["0", "R$ 0,01"]),
    ],
)
def test_ticks(top, unit, words):
    drawn = chart([top], unit=unit)
    assert [said.replace("\xa0", " ") for _, said in drawn.lines] == words
    assert all(0 <= y <= drawn.height for y, _ in drawn.lines)


def test_below_the_line_the_scale_is_the_same():
    drawn = chart([82, 41], [45, 0], place="below", height=127)
    assert drawn.base == 82
    assert drawn.lines == [(82, "0"), (57, "25"), (32, "50"), (107, "25")]
    up, down = drawn.drawn[0].bars[1], drawn.drawn[0].bars[0]
    assert (up.y, up.height, up.look) == (0, 82, "bar")
    assert (down.y, down.height, down.look) == (83, 45, "bar-2")


def test_nothing_at_all():
    drawn = chart([0, 0], [0, 0], place="below")
    assert drawn.lines == [(100, "0")]
    assert drawn.base == drawn.height
    assert not any(each.bars for each in drawn.drawn)
    assert chart([]).drawn == []


def test_all_of_it_below():
    drawn = chart([0, 0], [4, 2], place="below")
    assert drawn.base == 0
    assert drawn.lines == [(0, "0"), (50, "2"), (100, "4")]
    assert [bar.height for each in drawn.drawn for bar in each.bars] == [100, 50]


def test_one_huge_value_leaves_the_others_to_be_seen():
    drawn = chart([1, 10**9, 0], unit="cents")
    assert [[bar.height for bar in each.bars] for each in drawn.drawn] == [[1], [100], []]


def test_inside_a_hollow_one_stands_a_narrower_full_one_and_the_higher_of_both_is_the_top():
    hollow, full = chart([40], [80], place="inside").drawn[0].bars
    assert (hollow.look, hollow.height, full.look, full.height) == ("hollow", 100, "bar", 50)
    assert hollow.x < full.x
    assert hollow.x + hollow.width > full.x + full.width
    assert chart([120], [80], place="inside").up == 120
    assert chart([120], [800]).up == 120  # a second series nobody asked to see


def test_a_place_without_data_is_not_a_zero():
    without, zero = chart([None, 0, 8]).drawn[:2]
    assert [bar.look for bar in without.bars] == ["void"]
    assert zero.bars == ()
    assert chart([None]).told(None) == "sem dados"


def test_columns_lie_side_by_side_inside_the_plot():
    for many in (1, 2, 12, 31, 53):
        drawn = chart([5] * many).drawn
        assert drawn[0].x == 0
        assert drawn[-1].x + drawn[-1].width == pytest.approx(100, abs=0.01)
        for each in drawn:
            [bar] = each.bars
            assert each.x <= bar.x < bar.x + bar.width <= each.x + each.width


def test_words_below_leave_each_other_room():
    days = [date(2026, 11, 1) + timedelta(at) for at in range(30)]

    def words(today):
        named = zip(days, day_words(days, today), strict=True)
        drawn = Chart("", "", [Column("", "", 1, word=word) for _, word in named], ("um",)).drawn
        return {at + 1: (each.word, each.anchor) for at, each in enumerate(drawn) if each.word}

    assert words(date(2026, 12, 9)) == {
        1: ("01/11", "start"), 9: ("09", "middle"), 16: ("16", "middle"), 23: ("23", "middle"), 30: ("30/11", "end")
    }  # fmt: skip
    assert words(date(2026, 11, 24)) == {
        1: ("01/11", "start"), 9: ("09", "middle"), 16: ("16", "middle"), 24: ("hoje", "middle"), 30: ("30/11", "end")
    }  # fmt: skip
    assert list(words(date(2026, 11, 28))) == [1, 9, 16, 23, 28]
    assert words(date(2026, 11, 30))[30] == ("hoje", "end")
    assert day_words([], date(2026, 11, 30)) == []


def test_a_share_of_nothing_is_nothing():
    assert (share(5, 0), share(0, 5), share(5, 5), share(1, 3)) == (0, 0, 100, 33.33)


def test_parts_of_the_longest_row_fill_it_with_a_gap_between():
    sold, moved = parts([(118, "bar"), (24, "hollow")], of=142)
    assert moved.x == pytest.approx(sold.width + 0.5)
    assert moved.x + moved.width == pytest.approx(100, abs=0.02)
    assert parts([(0, "bar"), (5, "hollow")], of=10)[0].x == 0
    assert parts([(0, "bar"), (0, "hollow")], of=0) == []


def test_each_column_is_reached_and_says_what_it_shows(anonymous):
    page = anonymous().get("/ui").page
    for plot in page.select("svg.plot"):
        assert plot["role"] == "group"
        assert plot["aria-label"]
        for column in plot.select(".plot-col"):
            assert column.get("href") or column.get("tabindex") == "0"
            assert column["aria-label"] == column.title.text == column.p.text
    skips = [link["href"].removeprefix("#") for link in page.select(".chart-box > .skip")]
    assert skips
    assert all(page.find(id=target).find("table") for target in skips)
