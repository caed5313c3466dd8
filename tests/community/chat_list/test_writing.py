"""The list written back: names masked, and read again as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.community.chat_list.reading import read
from app.community.chat_list.reasons import Aside
from app.community.chat_list.shapes import ListedEntry, ListedItem
from app.community.chat_list.writing import Frame, shown_name, write
from app.platform.i18n import LANGUAGES, speaking
from tests.community.chat_list.corpus import goods

CAMPAIGNS = ("jacket", "tee", "shirt", "bag", "candle", "shoes", "socks", "denim", "tins")
FRAME = Frame(
    "灯芯绒夹克",
    "11 月 30 日 20:00 截止。不到 100 件全额退订金。",
    "https://shop.example/g/abcdefgh",
    17,
)
ENTRIES = (
    ListedEntry(1, "小鱼", [ListedItem("MK", 1)]),
    ListedEntry(2, "Ada", [ListedItem("LK", 2), ListedItem("SN", 1)]),
    ListedEntry(3, "陈小满", [ListedItem("XLN", 1)], cancelled=True),
)


def test_the_list_in_chinese():
    assert write(ENTRIES, goods("jacket"), FRAME, language="zh-Hans") == (
        "#接龙 灯芯绒夹克\n"
        "约定：11 月 30 日 20:00 截止。不到 100 件全额退订金。\n"
        "\n"
        "1. 小** M/黑色×1\n"
        "2. A** L/黑色×2，S/藏青×1\n"
        "3. ~~陈** XL/藏青×1~~（已取消）\n"
        "\n"
        "还差 17 件成团。在这里参加：https://shop.example/g/abcdefgh"
    )


def test_the_list_in_english():
    assert write(ENTRIES, goods("jacket"), FRAME, language="en") == (
        "#List 灯芯绒夹克\n"
        "Promise: 11 月 30 日 20:00 截止。不到 100 件全额退订金。\n"
        "\n"
        "1. 小** M/Black×1\n"
        "2. A** L/Black×2, S/Navy×1\n"
        "3. ~~陈** XL/Navy×1~~ (cancelled)\n"
        "\n"
        "Still needed: 17. Join here: https://shop.example/g/abcdefgh"
    )


@pytest.mark.parametrize(
    ("missing", "link", "last"),
    [
        (0, "https://shop.example/g/x", "已成团，还可以参加。在这里参加：https://shop.example/g/x"),
        (None, "https://shop.example/g/x", "在这里参加：https://shop.example/g/x"),
        (3, "", "还差 3 件成团。"),
        (None, "", "1. 小** M/黑色×1"),
    ],
)
def test_the_last_line_says_how_many_are_missing_and_where(missing, link, last):
    frame = Frame("灯芯绒夹克", link=link, missing=missing)

    text = write(ENTRIES[:1], goods("jacket"), frame, language="zh-Hans")

    assert text.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("小鱼", "小**"),
        ("🌸陈姐", "陈**"),
        ("3栋小王", "栋**"),
        ("Ada Lovelace", "A**"),
        ("🐟", "匿名"),
        ("", "匿名"),
    ],
)
def test_of_a_name_only_the_first_letter_is_shown(name, shown):
    with speaking("zh-Hans"):
        assert shown_name(name) == shown


def test_an_unknown_sku_is_refused():
    with pytest.raises(KeyError):
        write([ListedEntry(1, "小鱼", [ListedItem("?", 1)])], goods("bag"), FRAME, language="en")


@st.composite
def written_lists(draw):
    skus = goods(draw(st.sampled_from(CAMPAIGNS)))
    keys = st.sampled_from([sku.key for sku in skus])
    numbers = draw(st.lists(st.integers(1, 999), unique=True, max_size=8).map(sorted))
    entries = [
        ListedEntry(
            number,
            draw(st.text(max_size=8)),
            [
                ListedItem(key, draw(st.integers(1, 20)))
                for key in draw(st.lists(keys, unique=True, min_size=1, max_size=4))
            ],
            draw(st.booleans()),
        )
        for number in numbers
    ]
    frame = Frame(
        draw(st.text(max_size=40)),
        draw(st.text(max_size=80)),
        draw(st.sampled_from(["", "https://shop.example/g/abcdefgh"])),
        draw(st.none() | st.integers(0, 100)),
    )
    return entries, skus, frame


@given(written=written_lists(), language=st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_again(written, language):
    entries, skus, frame = written

    parsed = read(write(entries, skus, frame, language=language), skus)

    assert [
        (entry.number, entry.cancelled, [(item.sku, item.quantity) for item in entry.items])
        for entry in parsed.entries
    ] == [
        (entry.number, entry.cancelled, [(item.sku, item.quantity) for item in entry.items])
        for entry in entries
    ]
    with speaking(language):
        assert [entry.name for entry in parsed.entries] == [
            shown_name(entry.name) for entry in entries
        ]
    assert not any(entry.unclear for entry in parsed.entries)
    assert not parsed.unclear


def test_what_stands_around_the_list_is_read_as_its_frame():
    parsed = read(write(ENTRIES, goods("jacket"), FRAME, language="en"), goods("jacket"))

    assert [line.why for line in parsed.ignored] == [
        Aside.HEADER,
        Aside.HEADER,
        Aside.BLANK,
        Aside.BLANK,
        Aside.TOTAL,
    ]
