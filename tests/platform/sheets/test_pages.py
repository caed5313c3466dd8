"""A sheet on paper: nobody torn apart, titles on every page, nothing beyond the edge."""

from __future__ import annotations

import pytest

from app.platform.money import Money
from app.platform.sheets import Block, Part, Section
from app.platform.sheets.paper.marks import LANDSCAPE, PORTRAIT, Area
from app.platform.sheets.paper.pages import laid_out
from app.platform.sheets.table import Column, Kind, Row
from tests.platform.sheets.example import COLUMNS, HOSTILE, row, sheet
from tests.platform.sheets.reading import beyond, lines_on, overlapping


def person(number, rows=1, notes=()):
    name = f"Person {number:03}"
    return Block(tuple(row(number, f"{name} row {i}") for i in range(rows)), tuple(notes))


def crowd(count=60, rows=2):
    return tuple(person(number, rows=1 + number % rows) for number in range(1, count + 1))


def said_on(page):
    return [line.text for line in lines_on(page)]


def boxes_on(page):
    return [
        mark
        for _top, band in page.placed
        for mark in band.marks
        if isinstance(mark, Area) and not mark.is_filled
    ]


def test_every_row_stands_on_one_page_and_a_persons_rows_on_the_same():
    blocks = crowd(rows=5)

    pages, _paper = laid_out(sheet(Section("North", blocks)))

    pages_of = {
        each.rows[0].cells[1]: [
            number
            for number, page in enumerate(pages)
            for text in said_on(page)
            if text.startswith(f"Person {each.rows[0].cells[1]:03}")
        ]
        for each in blocks
    }
    assert len(pages) > 2
    assert all(len(set(found)) == 1 for found in pages_of.values())
    assert {number: len(found) for number, found in pages_of.items()} == {
        each.rows[0].cells[1]: len(each.rows) for each in blocks
    }


def test_titles_and_the_name_of_the_section_stand_on_every_page():
    pages, _paper = laid_out(sheet(Section("North gate", crowd())))

    assert len(pages) > 1
    assert all({"№", "Name", "Paid", "Pieces"} <= set(said_on(page)) for page in pages)
    assert "North gate" in said_on(pages[0])
    assert all("North gate (continued)" in said_on(page) for page in pages[1:])


def test_pages_are_numbered_and_say_what_they_are_and_when_they_were_printed():
    pages, _paper = laid_out(sheet(Section("", crowd())))

    for number, page in enumerate(pages, start=1):
        said = said_on(page)
        assert f"Page {number} of {len(pages)}" in said
        assert "Packing sheet" in said
        assert "Campaign: 京都染坊复刻衬衫 · Printed 2026-11-30 01:15" in said


def test_a_person_with_more_rows_than_a_page_is_named_on_each():
    blocks = (person(1), person(2, rows=100), person(3))

    pages, _paper = laid_out(sheet(Section("North", blocks)))

    rows = [text for page in pages for text in said_on(page) if text.startswith("Person 002")]
    assert sorted(rows) == sorted(f"Person 002 row {i}" for i in range(100))
    assert all("2" in said_on(page) for page in pages[1:-1])


@pytest.mark.parametrize("count", range(20, 45))
def test_rows_at_the_top_of_a_page_say_whose_they_are(count):
    pages, _paper = laid_out(sheet(Section("", (person(77, rows=count),))))

    for page in pages:
        rows = [text for text in said_on(page) if text.startswith("Person")]
        assert bool(rows) == ("77" in said_on(page))


def test_what_repeats_within_a_person_is_said_once():
    both = Block((row(7, "Ada"), row(7, "Ada", pieces=9)))

    pages, _paper = laid_out(sheet(Section("", (both,))))

    assert said_on(pages[0]).count("Ada") == 1
    assert said_on(pages[0]).count("7") == 1
    assert said_on(pages[0]).count("9") == 1


def test_sections_that_are_handed_out_begin_a_page_and_their_sums_are_not_on_it():
    north = Section("North", (person(1), person(2)))
    south = Section("South", (person(3),))

    pages, _paper = laid_out(sheet(north, south, is_split=True))

    assert len(pages) == 3
    assert "¥2,561.00" in said_on(pages[0])
    assert "¥1,280.50" in said_on(pages[1])
    assert "¥3,841.50" not in said_on(pages[0]) + said_on(pages[1])
    assert {"North", "South", "Total", "¥3,841.50", "6"} <= set(said_on(pages[2]))


@pytest.mark.parametrize(("is_split", "pages_with"), [(True, [True, True, False]), (False, [True])])
def test_what_a_reader_must_know_goes_with_what_is_handed_out(is_split, pages_with):
    sections = (Section("North", (person(1),)), Section("South", (person(2),)))

    pages, _paper = laid_out(sheet(*sections, is_split=is_split, remarks=("Mind the marks.",)))

    assert ["Mind the marks." in said_on(page) for page in pages] == pages_with


def test_sections_that_are_not_split_share_a_page():
    pages, _paper = laid_out(sheet(Section("A", (person(1),)), Section("B", (person(2),))))

    assert len(pages) == 1
    assert {"A", "B", "Total"} <= set(said_on(pages[0]))


@pytest.mark.parametrize("count", range(20, 50))
def test_a_heading_or_a_sum_never_stands_alone(count):
    first = Section("First", tuple(person(number) for number in range(1, count + 1)))
    second = Section("Second", (person(900),))

    pages, _paper = laid_out(sheet(first, second))

    with_second = [page for page in pages if "Second" in said_on(page)]
    assert any(text.startswith("Person 900") for text in said_on(with_second[0]))
    for page in pages:
        if "Sum" in said_on(page):
            assert any(text.startswith("Person") for text in said_on(page))


def test_what_is_cancelled_is_struck_through_and_has_no_box():
    pages, _paper = laid_out(sheet(row(1, "Ada", is_struck=True), row(2, "Ben")))

    struck = {line.text for line in lines_on(pages[0]) if line.is_struck}
    assert {"1", "Ada", "¥1,280.50"} <= struck
    assert "Ben" not in struck
    assert len(boxes_on(pages[0])) == 1


def test_what_fell_short_shows_both_counts_and_is_strong():
    pages, _paper = laid_out(sheet(row(1, pieces=Part(2, 3))))

    short = next(line for line in lines_on(pages[0]) if line.text == "2 of 3")
    assert short.style.is_strong


def test_notes_stand_whole_under_the_rows():
    note = "请放门口，谢谢。" * 250

    pages, paper = laid_out(sheet(Section("", (person(1, notes=[note]),))))

    assert "".join(note.split()) in "".join(said_on(pages[0]))
    assert beyond(pages[0], paper) == []


def test_paper_stands_for_few_columns_and_lies_for_many():
    _pages, standing = laid_out(sheet(row()))
    many = tuple(Column(f"Column {i}") for i in range(10))
    wide = Row(tuple("京都染坊复刻衬衫" for _each in many))
    _pages, lying = laid_out(sheet(wide, columns=many))

    assert (standing, lying) == (PORTRAIT, LANDSCAPE)


def test_columns_nobody_filled_are_left_out_but_amounts_of_nothing_stay():
    columns = (*COLUMNS[:6], Column("Empty"), Column("Sign", least_mm=30))
    cells = (*row(paid=Money(0, "CNY")).cells[:6], "", None)

    pages, _paper = laid_out(sheet(Row(cells), columns=columns))

    assert {"Paid", "Pieces", "Sign", "¥0.00"} <= set(said_on(pages[0]))
    assert "Empty" not in said_on(pages[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_on_the_paper_and_out_of_its_neighbours(text):
    columns = tuple(Column(text[:300], kind) for kind in (Kind.TEXT, Kind.COUNT, Kind.TEXT))
    rows = tuple(Row((text, number, text)) for number in range(3))
    section = Section(text, (Block(rows, (text, text)),))

    pages, paper = laid_out(
        sheet(section, columns=columns, title=text, facts=((text, text),), remarks=(text,))
    )

    assert [line for page in pages for line in beyond(page, paper)] == []
    assert [pair for page in pages for pair in overlapping(page)] == []


def test_a_sheet_of_nobody_is_a_page_that_says_so():
    pages, _paper = laid_out(sheet())

    assert len(pages) == 1
    assert "There is nothing to list." in said_on(pages[0])
