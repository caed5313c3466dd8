"""Labels: a number seen from afar, a code a phone reads, everything that goes into the parcel."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp

from app.platform.sheets import Item, Label, to_label_pdf
from app.platform.sheets.paper.labels import laid_out
from app.platform.sheets.paper.marks import LABEL
from tests.platform.sheets.example import AT, HOSTILE
from tests.platform.sheets.reading import (
    beyond,
    lines_on,
    overlapping,
    picture_of,
    size_of,
    texts_of,
)

ADA = Label(
    number="№ 17",
    code="https://vitrine.example/o/7QK2XM9F",
    name="欧阳若兮",
    phone="13800000017",
    place="北门驿站 2栋 501",
    due="待付款：¥50.00",
    items=(Item("KY-M 京都染坊复刻衬衫 靛蓝 M", "× 1"), Item("KY-S 京都衬衫", "2 / 3")),
    notes=("买家：请放门口",),
    foot="京都染坊复刻衬衫 · 小鱼",
)


def pdf_of(*labels):
    return to_label_pdf(labels, title="Labels", printed_at=AT)


def read_code(content, page=0):
    return [found.text for found in zxingcpp.read_barcodes(picture_of(content, page=page))]


def test_a_label_is_a_hundred_by_a_hundred_and_fifty_millimetres():
    assert size_of(pdf_of(ADA)) == (100, 150)


def test_everything_is_on_it():
    text = texts_of(pdf_of(ADA))[0]

    for said in (ADA.number, ADA.name, ADA.phone, ADA.place, ADA.due, ADA.notes[0], ADA.foot):
        assert said in text
    assert [item for item in ADA.items if item.text not in text or item.quantity not in text] == []


@pytest.mark.parametrize(
    "code",
    ["https://vitrine.example/o/7QK2XM9F", "K7Q2XM9F", "https://vitrine.example/o/" + "x" * 120],
)
def test_a_label_printers_dots_are_enough_to_read_the_code(code):
    assert read_code(pdf_of(replace(ADA, code=code))) == [code]


def test_each_person_has_a_label_with_their_own_code():
    ben = replace(ADA, number="№ 18", code="https://vitrine.example/o/BEN")

    content = pdf_of(ADA, ben)

    assert [read_code(content, page) for page in (0, 1)] == [[ADA.code], [ben.code]]


def test_without_a_code_there_is_none():
    assert read_code(pdf_of(replace(ADA, code=""))) == []


def test_what_does_not_fit_goes_on_to_a_second_label_with_the_same_head():
    items = tuple(Item(f"SKU-{i:02}", "× 1") for i in range(40))

    pages = laid_out(replace(ADA, items=items))

    said = [[line.text for line in lines_on(page)] for page in pages]
    assert len(pages) > 1
    assert all(ADA.number in each and ADA.due in each for each in said)
    assert [f"Label {i} of {len(pages)}" in each for i, each in enumerate(said, start=1)] == [
        True
    ] * len(pages)
    assert sorted(text for each in said for text in each if text.startswith("SKU-")) == [
        item.text for item in items
    ]


def test_what_is_cancelled_is_struck():
    (page,) = laid_out(replace(ADA, items=(Item("KY-M", "× 1", is_struck=True), ADA.items[1])))

    assert {line.text for line in lines_on(page) if line.is_struck} == {"KY-M", "× 1"}


def test_a_long_number_is_set_smaller():
    sizes = {
        number: next(
            line.style.size
            for line in lines_on(laid_out(replace(ADA, number=number))[0])
            if line.text == number
        )
        for number in ("№ 7", "№ 12345", "№ 123456789")
    }

    assert sizes["№ 7"] > sizes["№ 12345"] > sizes["№ 123456789"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_on_the_label(text):
    hostile = replace(
        ADA,
        number=f"№ {text}",
        name=text,
        phone=text,
        place=text,
        due=text,
        items=(Item(text, text), Item("KY-M", "× 1")),
        notes=(text,),
        foot=text,
    )

    pages = laid_out(hostile)

    assert [line for page in pages for line in beyond(page, LABEL)] == []
    assert [pair for page in pages for pair in overlapping(page)] == []
    assert any("KY-M" in line.text for page in pages for line in lines_on(page))
