"""Which language a text of a file is kept under, when the file does not say."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def language_of(text: str) -> str:
    """Chinese as soon as there is a Chinese character in it."""
    return "zh-Hans" if _CHINESE.search(text) else "en"
