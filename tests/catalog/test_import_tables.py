"""Tables in every dress: separators, encodings, workbooks, and what is none of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.commands.importing.beside import packed_in
from app.catalog.commands.importing.formats import open_products
from app.catalog.importing import files, workbooks
from app.catalog.importing.records import UnreadableFile

ROWS = [
    ["Handle", "Title", "Variant Price"],
    ["a", "复古夹克", "12.50"],
    ["b", "Coat; long, red", "9"],
]


def text_of(separator: str = ",") -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


def records(content: bytes) -> list[list[str]]:
    with closing(open_products(io.BytesIO(content)).table) as table:
        return [cells for _number, cells in table.records()]


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return target.getvalue()


def repacked(content: bytes, **changes: bytes) -> bytes:
    """The workbook with other parts: `sheet1=…` replaces xl/worksheets/sheet1.xml."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            stem = part.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(part.filename, changes.pop(stem, b"") or old.read(part))
        for name, extra in changes.items():
            new.writestr(f"xl/{name}.xml", extra)
    return target.getvalue()


SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Handle</t></is></c></row>{rows}'
    "</sheetData></worksheet>"
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_any_usual_separator_and_encoding_is_read(separator, encoding):
    assert records(text_of(separator).encode(encoding)) == ROWS


def test_a_workbook_is_read_like_the_same_csv():
    assert records(workbook(ROWS)) == records(text_of().encode())


def test_only_the_first_sheet_counts():
    assert records(workbook(ROWS, [["Handle"], ["other"]])) == ROWS


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.5, "12.5"), (1970, "1970"), (1e14, "100000000000000"), (True, "true"), (0.1, "0.1"),
     ("_x0041_", "_x0041_"), ("line\nline", "line\nline"), (" blank ", " blank ")],
)  # fmt: skip
def test_a_cell_of_a_workbook_is_what_a_person_sees_in_it(value, text):
    assert records(workbook([["Handle", "Title"], ["a", value]]))[1] == ["a", text]


def test_a_day_is_a_day():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Handle")
        sheet.write(1, 0, 46000, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert records(target.getvalue())[1] == ["2025-12-09"]


BROKEN_BOOKS = {
    "cut short": (workbook(ROWS)[:-200], "broken"),
    "no workbook": (repacked(b"PK\x05\x06" + b"\x00" * 18, hello=b"x"), "no Excel workbook"),
    "rows that are no XML": (repacked(workbook(ROWS), sheet1=b"<worksheet><row"), "broken"),
    "rows that break": (
        repacked(workbook(ROWS), sheet1=SHEET.format(rows='<row r="2"><c r="').encode()),
        "broken",
    ),
    "an impossible column": (
        repacked(
            workbook(ROWS),
            sheet1=SHEET.format(rows='<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>').encode(),
        ),
        "broken",
    ),
    "the last column": (
        repacked(
            workbook(ROWS),
            sheet1=SHEET.format(rows='<row r="2"><c r="XFD2"><v>1</v></c></row>').encode(),
        ),
        "more than 1000 columns",
    ),
    "a row far beyond the last": (
        repacked(
            workbook(ROWS),
            sheet1=SHEET.format(rows='<row r="9999999999"><c><v>1</v></c></row>').encode(),
        ),
        "rows",
    ),
    "laughs": (
        repacked(
            workbook(ROWS),
            workbook=b'<!DOCTYPE x [<!ENTITY a "ha">'
            + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
            + b"]><workbook>&a11;</workbook>",
        ),
        "broken",
    ),
}


@pytest.mark.parametrize("kind", BROKEN_BOOKS)
def test_a_broken_or_malicious_workbook_is_refused_with_a_sentence(kind, monkeypatch):
    content, sentence = BROKEN_BOOKS[kind]
    monkeypatch.setattr(files, "MAX_RECORDS", 20_000)

    with pytest.raises(UnreadableFile) as refused:
        records(content)

    assert sentence in refused.value.message


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    part = b"\x00" * (workbooks.MOST_OF_A_PART + 1)
    bomb = repacked(workbook(ROWS), styles=part)

    with pytest.raises(UnreadableFile) as refused:
        records(bomb)

    assert len(bomb) < 100_000
    assert "unpack to more" in refused.value.message


def test_a_bomb_of_empty_cells_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_CELLS", 100_000)
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 20))

    with pytest.raises(UnreadableFile) as refused:
        records(repacked(workbook(ROWS), sheet1=SHEET.format(rows=rows).encode()))

    assert "empty cells" in refused.value.message


def test_columns_that_nobody_knows_are_refused_with_what_is_read():
    with pytest.raises(UnreadableFile) as refused:
        records("甲乙,丙丁,戊己\n一,二,三\n".encode("gbk"))

    assert "None of the columns is known" in refused.value.message


@pytest.mark.parametrize(
    ("header", "system"),
    [
        ("sku,price", "Vitrine"),
        ("key,title:en,sku,price,chest cm", "Vitrine"),
        ("Handle,Title,Variant Price", "Shopify"),
        ("Title,URL handle,SKU,Price,Status", "Shopify"),
        ("ID,Type,SKU,Name,Published,Stock", "WooCommerce"),
        ("Vendor,Title,Price,SKU,Barcode,Tags,Status", "Vitrine"),
        ("ID,Name,SKU,Type,Stock,Price", "Vitrine"),
        ("ID,Type,SKU,Name,Regular price,Weight (lbs)", "WooCommerce"),
    ],
)
def test_which_system_wrote_a_file_is_told_by_its_columns(header, system):
    file = open_products(io.BytesIO(f"{header}\n".encode()))

    assert file.format.vocabulary.system == system


def test_what_becomes_of_each_column_is_told():
    file = open_products(io.BytesIO(b"Handle,Title,Variant Price,Google: MPN\na,A,1,x\n"))

    assert file.format.vocabulary.system == "Shopify"
    assert [(use.name, bool(use.meaning)) for use in file.columns] == [
        ("Handle", True),
        ("Title", True),
        ("Variant Price", True),
        ("Google: MPN", False),
    ]


BOOK = workbook(ROWS)


@given(changes=st.dictionaries(st.integers(0, len(BOOK) - 1), st.integers(0, 255), max_size=6))
def test_a_workbook_with_a_few_bytes_changed_is_read_or_refused(changes):
    content = bytearray(BOOK)
    for place, value in changes.items():
        content[place] = value

    with suppress(UnreadableFile):
        records(bytes(content))


PHOTOGRAPHS = repacked(b"PK\x05\x06" + b"\x00" * 18, front=b"a picture" * 20)


@given(
    changes=st.dictionaries(st.integers(0, len(PHOTOGRAPHS) - 1), st.integers(0, 255), max_size=6)
)
def test_photographs_with_a_few_bytes_changed_are_there_or_not(changes):
    content = bytearray(PHOTOGRAPHS)
    for place, value in changes.items():
        content[place] = value

    with suppress(UnreadableFile), packed_in(io.BytesIO(bytes(content))) as beside:
        assert beside.read("front.xml") in {None, b"a picture" * 20}


@given(content=st.binary(max_size=300), kind=st.sampled_from(["", "zip", "book"]))
def test_any_bytes_are_read_or_refused(content, kind):
    start = {"": b"", "zip": b"PK\x03\x04", "book": workbook(ROWS)[:900]}[kind]

    with suppress(UnreadableFile):
        records(start + content)
