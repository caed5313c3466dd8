"""Makes the faces beside it from the published ones. Only run when a face is to change:

apt-get install fonts-noto-cjk-extra unicode-data
python -m app.platform.fonts.build

The same sources give the same bytes. `docs/decisions/0011-faces-in-the-repository.md` says why.
"""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib.instancer import instantiateVariableFont

NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
WEB = Path(__file__).parents[3] / "static" / "fonts"
FACES = Path(__file__).parent / "faces"

LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x20AC, 0x2122, 0x2212}
FULL_WIDTH = {*range(0x3000, 0x3020), *range(0xFF00, 0xFF66), 0xFFE5}
KERNED = range(0x21, 0x7F)
PAIRS = 2
SHAPING = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")


@dataclass(frozen=True, slots=True)
class Han:
    """A face of Noto CJK, cut down to the characters of our two languages."""

    file: str
    collection: str
    family: str


@dataclass(frozen=True, slots=True)
class Latin:
    """A face of the website at one weight, its kerning where the plain layout reads it."""

    file: str
    web: str
    weight: int


HAN = (
    Han("noto-serif-sc-semibold.otf", "NotoSerifCJK-SemiBold.ttc", "Noto Serif CJK SC"),
    Han("noto-sans-sc-regular.otf", "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    Han("noto-sans-sc-medium.otf", "NotoSansCJK-Medium.ttc", "Noto Sans CJK SC"),
)
STANDS_IN = "noto-sans-sc-regular.otf"
"""The face that has traditional characters too and lends them to the others."""

LATINS = (
    Latin("fraunces-semibold.ttf", "fraunces-latin-wght-5.3.0.woff2", 600),
    Latin("instrument-sans-regular.ttf", "instrument-sans-latin-wght-5.3.0.woff2", 400),
    Latin("instrument-sans-medium.ttf", "instrument-sans-latin-wght-5.3.0.woff2", 500),
)


def build() -> None:
    standard = _national_standard()
    for face in HAN:
        more = _rows("big5") if face.file == STANDS_IN else set()
        _save(_cut(face, standard | more | LATIN | FULL_WIDTH), face.file)
    for latin in LATINS:
        _save(_weighed(latin), latin.file)


def _national_standard() -> set[int]:
    """GB 2312 with its signs, and the 8,105 characters that names in China may be written in."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as unihan:
        rows = [line.split("\t") for line in unihan if "\tkTGH\t" in line]
    return {int(row[0].removeprefix("U+"), 16) for row in rows} | _rows("gb2312")


def _rows(codec: str) -> set[int]:
    """What two bytes of the codec can say; of Big5 the everyday half."""
    first = range(0xA4, 0xC7) if codec == "big5" else range(0xA1, 0xF8)
    return {ord(sign) for lead in first for sign in _row(lead, codec)}


def _row(lead: int, codec: str) -> Iterator[str]:
    for trail in range(0x40, 0xFF):
        yield from bytes((lead, trail)).decode(codec, errors="ignore")[:1]


def _cut(face: Han, wanted: set[int]) -> TTFont:
    collection = TTCollection(NOTO / face.collection, lazy=True)
    font = next(font for font in collection.fonts if face.family in _families(font))
    font.recalcTimestamp = False
    for table in SHAPING:
        if table in font:
            del font[table]
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def _families(font: TTFont) -> set[str | None]:
    return {font["name"].getDebugName(1), font["name"].getDebugName(16)}


def _weighed(face: Latin) -> TTFont:
    font = TTFont(WEB / face.web, recalcTimestamp=False)
    font.flavor = None
    instantiateVariableFont(font, {"wght": face.weight}, inplace=True, updateFontNames=False)
    _lay_kerning(font)
    for table in ("GSUB", "GPOS", "GDEF", "STAT"):
        if table in font:
            del font[table]
    return font


def _lay_kerning(font: TTFont) -> None:
    """Pairs of GPOS as a `kern` table, the only kerning there is without HarfBuzz."""
    names = [name for code, name in sorted(font.getBestCmap().items()) if code in KERNED]
    pairs = KernTable_format_0()
    pairs.version, pairs.coverage, pairs.apple = 0, 1, False
    pairs.kernTable = {}
    for subtable in reversed(list(_pair_tables(font))):
        covered = set(subtable.Coverage.glyphs)
        for left in (name for name in names if name in covered):
            pairs.kernTable.update(_pairs_of(subtable, left, names))
    pairs.kernTable = {pair: by for pair, by in pairs.kernTable.items() if by}
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [pairs]


def _pair_tables(font: TTFont) -> Iterator[Any]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == PAIRS:
                yield inner


def _pairs_of(subtable: Any, left: str, names: list[str]) -> dict[tuple[str, str], int]:
    if subtable.Format == 1:
        at = subtable.Coverage.glyphs.index(left)
        return {
            (left, record.SecondGlyph): _advance(record.Value1)
            for record in subtable.PairSet[at].PairValueRecord
            if record.SecondGlyph in names
        }
    row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
    second = subtable.ClassDef2.classDefs
    return {(left, right): _advance(row[second.get(right, 0)].Value1) for right in names}


def _advance(value: object) -> int:
    return getattr(value, "XAdvance", 0) if value else 0


def _save(font: TTFont, file: str) -> None:
    """Written with one table of characters in format 12, which `coverage` reads."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = dict(font.getBestCmap())
    font["cmap"].tables = [table]
    font.save(FACES / file)
    print(f"{file}: {(FACES / file).stat().st_size:,} bytes, {len(table.cmap)} characters")


if __name__ == "__main__":
    build()
