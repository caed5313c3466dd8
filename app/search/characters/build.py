"""Makes the tables beside it from what others maintain. Only run when they are to change:

pip install opencc==1.4.2 pypinyin==0.55.0
python -m app.search.characters.build

The same sources give the same bytes. `docs/decisions/0016-sounds-and-scripts.md` says why.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
IDEOGRAPHS = range(0x4E00, 0xA000)
MOST_READINGS = 3


def main() -> None:
    """Write both tables."""
    traditional, simplified = zip(*_folded(), strict=True)
    _write("simplified.txt", ("".join(traditional), "".join(simplified)))
    by_reading: defaultdict[str, str] = defaultdict(str)
    for character, reading in _readings():
        by_reading[reading] += character
    _write("readings.txt", (f"{reading} {by_reading[reading]}" for reading in sorted(by_reading)))


def _folded() -> Iterator[tuple[str, str]]:
    """Each traditional character with the simplified one that is written for it."""
    from opencc import OpenCC  # type: ignore[import-not-found,unused-ignore]

    converter: Any = OpenCC("t2s")
    for character in map(chr, IDEOGRAPHS):
        simple = converter.convert(converter.convert(character))
        if simple != character and len(simple) == 1 and ord(simple) in IDEOGRAPHS:
            yield character, simple


def _readings() -> Iterator[tuple[str, str]]:
    """The common characters, each with its usual readings: without tones, ü as v, as typed."""
    from pypinyin import Style, pinyin  # type: ignore[import-not-found,unused-ignore]

    for character in map(chr, IDEOGRAPHS):
        if _is_common(character):
            (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)
            usual = dict.fromkeys(reading for reading in found if reading.isascii())
            for reading in list(usual)[:MOST_READINGS]:
                yield character, reading


def _is_common(character: str) -> bool:
    """Whether it is one of the 6,763 of GB 2312."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return unicodedata.category(character) == "Lo"


def _write(name: str, lines: Any) -> None:
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
