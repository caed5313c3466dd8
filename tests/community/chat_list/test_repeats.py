"""A list that is pasted again: which line is the one from before, and whether it says the same."""

from __future__ import annotations

from app.community.chat_list.reading import read
from app.community.chat_list.repeats import lines_of
from app.community.chat_list.shapes import SkuName

SKUS = [
    SkuName(size, ({"en": size, "zh-Hans": size},), {"en": "Jacket", "zh-Hans": "夹克"})
    for size in ("M", "L")
]


def told(text: str) -> dict[str, tuple[str, str]]:
    """(key, said) by the words of the line."""
    return {line.entry.raw[0]: (line.key, line.said) for line in lines_of(read(text, SKUS))}


def test_a_list_that_grew_says_the_same_of_those_who_were_in_it():
    before = told("1. 小鱼 M×2\n2. 陈姐 L")
    after = told("1. 小鱼 M×2\n2. 陈姐 L\n3. Ada M")

    assert after["1. 小鱼 M×2"] == before["1. 小鱼 M×2"]
    assert after["2. 陈姐 L"] == before["2. 陈姐 L"]


def test_who_moved_up_because_somebody_left_is_still_the_same():
    before = told("1. 小鱼 M\n2. 陈姐 L")
    after = told("1. 陈姐 L")

    assert after["1. 陈姐 L"] == before["2. 陈姐 L"]


def test_another_spelling_of_the_same_line_says_the_same():
    assert told("1. 小鱼 M×2")["1. 小鱼 M×2"] == told("1、小鱼  Ｍ＊２")["1、小鱼  Ｍ＊２"]


def test_who_changed_their_mind_is_found_again_and_says_something_else():
    key, said = told("1. 小鱼 M×2")["1. 小鱼 M×2"]
    key_after, said_after = told("1. 小鱼 M×3")["1. 小鱼 M×3"]

    assert key_after == key
    assert said_after != said


def test_a_second_line_of_somebody_is_another_line():
    lines = lines_of(read("1. 小鱼 M\n2. 陈姐 L\n3. 小鱼 L", SKUS))

    assert len({line.key for line in lines}) == 3


def test_entries_in_one_line_do_not_change_when_one_is_added_behind_them():
    def by_name(text: str) -> dict[str, tuple[str, str]]:
        return {line.entry.name: (line.key, line.said) for line in lines_of(read(text, SKUS))}

    before, after = by_name("1. 小鱼 M 2. 陈姐 L"), by_name("1. 小鱼 M 2. 陈姐 L 3. Ada M")

    assert after["小鱼"] == before["小鱼"]
    assert after["陈姐"] == before["陈姐"]


def test_a_line_nobody_could_read_becomes_one_to_fill_in():
    text = "1. 小鱼 M\n\n另外那个L还有吗帮我也来一个"
    lines = lines_of(read(text, SKUS))
    parsed = read(text, SKUS)

    assert [line.entry.raw for line in lines if not line.entry.name] == [
        (each.raw,) for each in parsed.unclear
    ]
    assert all(line.entry.unclear for line in lines if not line.entry.name)
