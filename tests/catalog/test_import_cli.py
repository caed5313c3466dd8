"""`flask shop import` on a terminal: what it says, what it answers, and its exit codes."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from app.catalog.models import Product
from app.platform.db import db
from tests import cast
from tests.catalog.goods import DATA, SAMPLE, file_of, jacket, photograph, product


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def run(app, house):
    def run(*arguments):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["shop", "import", *map(str, arguments)])
        db.session.rollback()
        return result

    return run


def products():
    return db.session.scalar(select(func.count()).select_from(Product))


@pytest.fixture
def one_jacket(tmp_path):
    path = tmp_path / "export.csv"
    (tmp_path / "front.jpg").write_bytes(photograph())
    path.write_bytes(file_of(jacket(Image_Src="front.jpg")).getvalue())
    return path


def test_a_clean_file_is_taken_in_with_exit_code_0(run, one_jacket):
    result = run(one_jacket)

    assert result.exit_code == 0, result.output
    assert "1 to create, 0 to change, 0 unchanged, 0 refused" in result.output
    assert "1 created, 0 changed, 0 unchanged, 0 refused" in result.output
    assert product().state == "live"


def test_a_dry_run_changes_nothing(run, one_jacket):
    result = run(one_jacket, "--dry-run")

    assert result.exit_code == 0, result.output
    assert "1 to create" in result.output
    assert products() == 0


def test_refused_rows_are_named_and_answer_1(run):
    result = run(SAMPLE)

    assert result.exit_code == 1
    assert "row 16  Gift Card  Gift cards cannot be sold here. (left out)" in result.output
    assert products() == 8


def test_json_is_one_object(run, one_jacket):
    result = run(one_jacket, "--json")

    answer = json.loads(result.stdout)
    assert answer["counts"] == {"create": 1, "change": 0, "unchanged": 0, "refused": 0}
    assert (answer["dry_run"], answer["errors"], answer["pictures_missing"]) == (False, [], [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "Excel workbook is broken"),
        (b"Handle,Title\na,b\n", "is missing"),
        (b'Handle,Title,Variant Price\na,"b,1\n', "quotation mark"),
        ("Handle,Title,Variant Price\na,夹克,1\nb,夹".encode("gb18030")[:-1], "nor GBK"),
    ],
    ids=["empty", "workbook", "other columns", "open quote", "other encoding"],
)
def test_a_file_that_is_none_answers_2(run, tmp_path, content, sentence):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    result = run(path)

    assert result.exit_code == 2, result.output
    assert sentence in result.output
    assert products() == 0


def test_a_file_or_merchant_that_is_not_there_answers_2(run, one_jacket, tmp_path):
    assert run(tmp_path / "nowhere.csv").exit_code == 2
    assert run(one_jacket, "--merchant", "nobody").exit_code == 2
    assert run(one_jacket, "--location", "nowhere").exit_code == 2
    assert products() == 0


def test_it_goes_to_the_merchant_and_place_that_were_named(run, one_jacket, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)

    result = run(one_jacket, "--merchant", "neighbour", "--location", "store-neighbour")

    assert result.exit_code == 0, result.output
    assert product().merchant_id == neighbour.merchant_id


def test_pictures_come_from_the_folder_that_was_named(run, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(SAMPLE.read_bytes())

    run(path, "--images-from", DATA)

    assert product("worker-trousers").state == "live"


def test_every_error_names_row_and_column(run, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(
        file_of(
            jacket(Variant_Price="twelve", Image_Src=""),
            jacket(Handle="b", Title="", Variant_SKU="B", Image_Src=""),
            jacket(Handle="c", Title="C", Variant_SKU="C", Variant_Grams="heavy", Image_Src=""),
            jacket(Handle="d", Title="D", Variant_SKU="D", Image_Src=""),
        ).getvalue()
    )

    result = run(path, "--json")

    assert result.exit_code == 1
    errors = json.loads(result.stdout)["errors"]
    assert [(e["row"], e["column"]) for e in errors if e["left_out"]] == [
        (2, "Variant Price"),
        (3, "Title"),
        (4, "Variant Grams"),
    ]
    assert products() == 1
