"""Pasted lists: nothing is guessed, nothing is lost, nothing stops the reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.community.chat_list.reading import LONGEST_LINE, read
from app.community.chat_list.reasons import Aside, Reason, sentence
from app.community.chat_list.shapes import SkuName
from app.platform.i18n import speaking
from tests.community.chat_list.corpus import goods, lists

MOST_BYTES = 20_000
MOST_SECONDS = 0.050
MOST_SECONDS_OF_THE_WORST = 4.0
JACKET = goods("jacket")
FRAGMENTS = sorted({line for listed in lists("tuned") for line in listed.lines})
SIGNS = (
    "1234567890.、)（）()~*×x+-—/|:：,，;@# \t\n一二三十件个双黑白ML大同各共栋尾号¥?"
    "\u0336\u20e3\ufe0f①❶🔟\u2028\x85ﷺ½"
)


def items(text, skus=JACKET):
    return [
        [(item.sku, item.quantity) for item in entry.items] for entry in read(text, skus).entries
    ]


def only(text, skus=JACKET):
    (entry,) = read(text, skus).entries
    return entry


# --- what is understood -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "1. 小鱼 M×1 黑",
        "1、小鱼 M黑一件",
        "① 小鱼：M，黑色，1",
        "1️⃣小鱼 黑M＋1",
        "１． 小鱼 Ｍ黑１件",
        "(1) 小鱼 M碼黑色壹件",
        "【1】小鱼 中号黑色1个",
        "一、小鱼 要一件M的黑色，谢谢团长",
        "第1位 小鱼 M/黑*1",
        "1小鱼M黑",
        "#1 小鱼 Medium black x1",
        "No.1 小鱼 - 1x medium, black",
    ],
)
def test_one_order_in_many_spellings(line):
    entry = only(line)

    assert (entry.number, entry.name) == (1, "小鱼")
    assert [(item.sku, item.quantity) for item in entry.items] == [("MK", 1)]
    assert not entry.unclear


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("两件L黑 一件S黑", [("LK", 2), ("SK", 1)]),
        ("L黑两件 S黑一件", [("LK", 2), ("SK", 1)]),
        ("黑色 M1 L2", [("MK", 1), ("LK", 2)]),
        ("黑M、L各1", [("MK", 1), ("LK", 1)]),
        ("M黑藏青各一", [("MK", 1), ("MN", 1)]),
        ("M1 黑 L2 藏青", [("MK", 1), ("LN", 2)]),
        ("黑色，M，2件", [("MK", 2)]),
    ],
)
def test_several_items_of_one_person(said, expected):
    assert items(f"1. 小鱼 {said}") == [expected]
    assert not only(f"1. 小鱼 {said}").unclear


def test_an_entry_over_several_lines():
    parsed = read("1. 小鱼\n尺码：M\n颜色：黑\n数量：2件\n地址：3栋502\n2. 陈姐 L黑", JACKET)

    assert parsed.entries[0].lines == (0, 1, 2, 3, 4)
    assert items("1. 小鱼\nM黑\nL黑\n2. 陈姐 L黑") == [[("MK", 1), ("LK", 1)], [("LK", 1)]]


def test_labels_on_one_line_are_an_order():
    entry = only("姓名：小鱼 尺码：M 颜色：黑 数量：2 电话尾号：0012")

    assert (entry.name, entry.note.phone_tail) == ("小鱼", "0012")
    assert [(item.sku, item.quantity) for item in entry.items] == [("MK", 2)]


def test_what_a_chat_program_writes_before_a_message_is_not_part_of_it():
    entry = only("[14:03] Amy: 2 M black")

    assert (entry.name, [(item.sku, item.quantity) for item in entry.items]) == ("Amy", [("MK", 2)])


def test_doors_phones_and_remarks_are_notes():
    note = only("1. 小鱼 3栋2单元502 M黑1 尾号0012（放门卫）").note

    assert (note.building, note.unit, note.room, note.phone_tail) == ("3", "2", "502", "0012")
    assert note.text == "放门卫"


def test_a_whole_phone_number_leaves_only_its_tail_in_the_note():
    assert only("1. 小鱼 13800001357 M黑1").note.phone_tail == "1357"


@pytest.mark.parametrize("line", ["1. 小鱼 M黑1 取消", "~~1. 小鱼 M黑1~~", "1. 小鱼 M̶黑̶1̶"])
def test_what_is_struck_or_called_off_is_cancelled(line):
    entry = only(line)

    assert entry.cancelled
    assert [(item.sku, item.quantity) for item in entry.items] == [("MK", 1)]


def test_a_cancellation_further_down_reaches_its_entry_and_asks_for_a_person():
    parsed = read("1. 小鱼 M黑1\n2. 陈姐 L黑1\n1号取消", JACKET)

    assert [entry.cancelled for entry in parsed.entries] == [True, False]
    assert Reason.CANCELLED_ELSEWHERE in parsed.entries[0].reasons
    assert parsed.entries[0].lines == (0, 2)


def test_the_same_as_above_copies_the_entry_above():
    assert items("1. 小鱼 M黑2\n2. 陈姐 同上\n3. 阿布 同上 1件") == [
        [("MK", 2)],
        [("MK", 2)],
        [("MK", 1)],
    ]


def test_gaps_and_doubles_in_the_numbers_are_told():
    parsed = read("1. 小鱼 M黑1\n3. 陈姐 L黑1\n3. 阿布 S黑1", JACKET)

    assert parsed.gaps == (2,)
    assert [Reason.DOUBLE_NUMBER in entry.reasons for entry in parsed.entries] == [
        False,
        True,
        True,
    ]


# --- what is not guessed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("M", Reason.SEVERAL_SKUS),
        ("+1", Reason.SEVERAL_SKUS),
        ("M绿1", Reason.UNKNOWN_OPTION),
        ("XXL黑1", Reason.UNKNOWN_OPTION),
        ("M黑芝麻1", Reason.UNKNOWN_WORDS),
        ("M黑或L黑", Reason.ALTERNATIVES),
        ("M/L黑", Reason.ALTERNATIVES),
        ("L黑1改M", Reason.CHANGED),
        ("不要黑的，藏青M", Reason.NEGATED),
        ("M黑有吗", Reason.ASKED),
        ("M黑1 待定", Reason.TENTATIVE),
        ("M黑几件", Reason.VAGUE_QUANTITY),
        ("M黑2-3件", Reason.VAGUE_QUANTITY),
        ("M黑2 L黑", Reason.QUANTITY_MISSING),
        ("M黑100件", Reason.QUANTITY_UNUSUAL),
        ("M黑1 L黑1 共3件", Reason.TOTAL_DIFFERS),
        ("M黑2 取消1件", Reason.PARTLY_CANCELLED),
        ("帮陈姐带M黑1", Reason.UNKNOWN_WORDS),
        ("", Reason.NO_ITEMS),
    ],
)
def test_what_a_person_must_look_at_is_marked(said, reason):
    entry = only(f"1. 小鱼 {said}")

    assert entry.unclear
    assert reason in entry.reasons


def test_an_option_nobody_has_never_becomes_a_sku():
    assert items("1. 小鱼 M绿1") == [[(None, 1)]]
    assert items("1. 小鱼 夹克M 裤子M", goods("denim")) == [[("JM", 1), (None, 1)]]


def test_a_missing_option_leaves_the_candidates():
    (item,) = only("1. 小鱼 M 1件").items

    assert item.sku is None
    assert item.candidates == ("MK", "MN")


def test_the_same_entry_twice_is_marked_the_second_time():
    first, second = read("1. 小鱼 M黑1\n2. 小鱼 M黑1", JACKET).entries

    assert not first.unclear
    assert Reason.REPEATED in second.reasons


def test_without_skus_every_entry_is_unclear():
    assert only("1. 小鱼 M黑1", ()).unclear


def test_a_sku_is_known_by_its_words_in_either_language():
    sku = SkuName("B", [{"en": "Brick stripe", "zh-Hans": "砖红条"}])
    other = SkuName("N", [{"en": "Navy stripe", "zh-Hans": "藏青条"}])

    assert items("1. 小鱼 砖红条1\n2. Amy navy stripe x2", (sku, other)) == [[("B", 1)], [("N", 2)]]


# --- nothing is lost ----------------------------------------------------------------------------


def test_lines_that_order_nothing_are_kept_with_what_they_are():
    text = "#接龙\n尺码：S M L\n截止周五\n例 小鱼 M黑1\n\n1. 陈姐 L黑1\n谢谢团长\nhttps://shop.example/g/abcdefgh"

    assert [line.why for line in read(text, JACKET).ignored] == [
        Aside.HEADER,
        Aside.OPTIONS,
        Aside.DEADLINE,
        Aside.EXAMPLE,
        Aside.BLANK,
        Aside.CHATTER,
        Aside.LINK,
    ]


def test_a_line_nobody_understands_is_left_to_a_person():
    parsed = read("1. 小鱼 M黑1\n还有我！\n2. 陈姐 L黑1", JACKET)

    assert [line.raw for line in parsed.unclear] == ["还有我！"]


def test_a_line_too_long_to_be_an_entry_is_left_to_a_person():
    parsed = read("1. 小鱼 M黑1\n2. 陈姐 " + "好" * LONGEST_LINE, JACKET)

    assert [line.line for line in parsed.unclear] == [1]


def assert_every_line_is_somewhere(text, skus):
    parsed = read(text, skus)
    entries = {line for entry in parsed.entries for line in entry.lines}
    ignored = [line.line for line in parsed.ignored]
    unclear = [line.line for line in parsed.unclear]
    lines = text.splitlines()
    assert sorted([*entries, *ignored, *unclear]) == list(range(len(lines)))
    for entry in parsed.entries:
        assert entry.raw == tuple(lines[line] for line in entry.lines)
        assert 0 <= entry.confidence <= 1


@given(
    text=st.lists(
        st.one_of(
            st.sampled_from(FRAGMENTS),
            st.text(SIGNS, max_size=30),
            st.text(max_size=30),
        ),
        max_size=12,
    ).flatmap(lambda parts: st.sampled_from(["\n", " ", ""]).map(lambda joint: joint.join(parts))),
    campaign=st.sampled_from(["jacket", "candle", "shoes", "denim", "tins", "socks"]),
)
def test_any_text_is_read_and_every_line_accounted_for(text, campaign):
    assert_every_line_is_somewhere(text, goods(campaign))


@pytest.mark.parametrize(
    "part",
    [
        "1.a\n",
        "1取消\n",
        "1. 小鱼 同上\n",
        "M",
        "各",
        "1. 2. ",
        "🐟 ",
        "~~1. a~~\n",
        "(a",
        "!  ",
        "一",
        "ﷺ\n",
    ],
)
def test_twenty_kilobytes_of_anything_are_read_in_time(part):
    text = part * (MOST_BYTES // len(part.encode()))
    started = time.process_time()

    assert_every_line_is_somewhere(text, JACKET)

    assert time.process_time() - started < MOST_SECONDS_OF_THE_WORST


def test_three_hundred_lines_are_read_at_once():
    lines = [
        line
        for listed in lists("tuned")
        if listed.goods == "jacket"
        for line in listed.lines
        if line
    ]
    text = "\n".join(lines[:300])
    read(text, JACKET)

    assert len(lines) >= 300
    assert min(seconds(text) for _attempt in range(5)) < MOST_SECONDS


def seconds(text):
    started = time.process_time()
    read(text, JACKET)
    return time.process_time() - started


# --- and said -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_reason_has_its_sentence(language):
    with speaking(language):
        said = {str(sentence(reason)) for reason in Reason}

    assert len(said) == len(Reason)
