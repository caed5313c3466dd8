"""The PDF as a real reader sees it."""

from __future__ import annotations

import pytest

from app.platform.i18n import speaking
from app.platform.sheets import Block, Section, to_pdf
from tests.platform.sheets.example import HOSTILE, row, sheet
from tests.platform.sheets.reading import picture_of, run_together, size_of, texts_of


def test_every_row_is_there_once_and_the_sums_are():
    names = [f"Person {number:04}" for number in range(300)]
    north = Section("North", tuple(Block((row(i, name),)) for i, name in enumerate(names[:200])))
    south = Section("South", tuple(Block((row(i, name),)) for i, name in enumerate(names[200:])))

    text = "\n".join(texts_of(to_pdf(sheet(north, south))))

    assert [text.count(name) for name in names] == [1] * 300
    assert text.count("¥256,100.00") == 2
    assert text.count("¥128,050.00") == 2
    assert text.count("¥384,150.00") == 1


def test_chinese_is_text_that_can_be_searched_and_copied():
    with speaking("zh-Hans"):
        content = to_pdf(sheet(row(1, "欧阳㛃堃"), remarks=("划掉的已取消，不计入合计。",)))

    text = run_together(texts_of(content)[0])
    assert "欧阳㛃堃" in text
    assert "划掉的已取消，不计入合计。" in text
    assert "第1页，共1页" in text
    assert b"/Lang (zh-Hans)" in content


def test_paper_is_a4_and_has_ink_on_it():
    content = to_pdf(sheet(row()))

    assert size_of(content) == (210, 297)
    assert min(picture_of(content, dots_per_inch=40).tobytes()) < 100


def test_the_faces_are_inside_the_file():
    content = to_pdf(sheet(row()))

    assert content.count(b"/FontFile3") == 2
    assert b"/BaseFont /Helvetica" not in content


def test_the_same_sheet_gives_the_same_bytes():
    assert to_pdf(sheet(row())) == to_pdf(sheet(row()))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing_and_loses_no_row(text):
    rows = (row(1, "Ada"), row(2, text), row(3, "Ben"))
    blocks = (Block(rows, (text,)),)

    content = to_pdf(sheet(Section(text, blocks), title=text, facts=((text, text),)))

    said = "\n".join(texts_of(content))
    assert "Ada" in said
    assert "Ben" in said
    assert not [name for name in (b"/JavaScript", b"/URI", b"/Launch", b"/JS") if name in content]


@pytest.mark.parametrize("text", ["{nb}", "{{nb}}", "**bold**", "\\) Tj ET (", "%PDF-1.4", "__x__"])
def test_what_means_something_to_writers_of_pdf_is_only_text(text):
    assert run_together(text) in run_together(texts_of(to_pdf(sheet(row(1, text))))[0])


def test_a_note_of_two_thousand_characters_is_printed_whole():
    note = "".join(
        chr(0x4E00 + i) for i in range(4000) if chr(0x4E00 + i).encode("gb2312", "ignore")
    )
    note = note[:2000].ljust(2000, "长")

    text = run_together("".join(texts_of(to_pdf(sheet(Section("", (Block((row(),), (note,)),)))))))

    assert note in text
