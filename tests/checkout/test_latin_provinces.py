"""A province written in Latin letters is found wherever it stands in the line."""

from __future__ import annotations

import pytest

from app.customers.addresses.latin_provinces import province_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zhejiang, Hangzhou, Xihu", "33"),
        ("Xihu District, Hangzhou City, Zhejiang Province", "33"),
        ("SHANGHAI Pudong", "31"),
        ("Xi'an, Shaanxi", "61"),
        ("Taiyuan, Shanxi", "14"),
        ("Hong  Kong", "81"),
        ("London", ""),
        ("Hunanese", ""),
        ("", ""),
    ],
)
def test_the_province_is_found(text, code):
    assert province_code(text) == code
