"""A code survives being copied, typed and spoken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.community.rules.codes import LENGTH, codes_in, spaced
from app.platform.ids import ALPHABET

CODE = "K7Q2XM3A"
CHINESE = "".join(map(chr, range(0x4E00, 0x9FA6))) + "，。！？、：；「」【】（） "
codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@pytest.mark.parametrize(
    "text",
    [
        "K7Q2XM3A",
        "k7q2xm3a",
        "K7Q2 XM3A",
        "k7q2-xm3a",
        "K7Q2—XM3A。",
        "K 7 Q 2 X M 3 A",
        "Ｋ７Ｑ２ＸＭ３Ａ",
        "【K7Q2XM3A】",
        "K7Q2XM3A，快来参加！",
        "代码：K7Q2XM3A（未成团全额退）",
        "请用代码K7Q2XM3A参加",
        "来参加 https://shop.example/g/k7q2xm3a（未成团全额退）",
        "https://shop.example/g/K7Q2XM3A?lang=zh-Hans 复制打开",
        "I would say K7Q2 XM3A please",
    ],
)
def test_a_code_is_found_among_what_was_copied_with_it(text):
    assert codes_in(text)[0] == CODE


def test_look_alikes_are_what_they_look_like():
    assert codes_in("oil2 O1l0")[0] == "01120110"


@pytest.mark.parametrize("text", ["", "K7Q2XM3", "K7Q2XM3AB", "快来", "U7Q2XM3A", "a" * 600])
def test_what_is_no_code_is_none(text):
    assert codes_in(text) == []


@given(codes, st.text(CHINESE, max_size=20))
def test_chinese_around_a_code_changes_nothing(code, around):
    assert code in codes_in(f"{around}{code}{around}")


@given(codes)
def test_a_code_read_in_halves_is_the_same(code):
    assert codes_in(spaced(code).lower()) == [code]
