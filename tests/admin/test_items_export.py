"""The catalogue taken along from counter and terminal, and brought back with its ZIP."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app.catalog.commands.importing import working
from app.catalog.models import Media, Product
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
from tests.admin.items import text_of
from tests.catalog.goods import photograph
from tests.catalog.wholes import exported


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


@pytest.fixture
def jacket(house, clock):
    return cast.piece(house, clock.now)


def zip_of(**files):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def upload(who, table, photographs):
    form = {
        "csrf_token": who.token,
        "file": (BytesIO(table), "products.csv"),
        "photographs": (BytesIO(photographs), "photographs.zip"),
    }
    return who.client.post("/admin/imports", data=form)


def looked_into(who, table, photographs):
    address = upload(who, table, photographs).headers["Location"]
    working.work()
    return address


def live():
    statement = select(func.count()).select_from(Product).where(Product.state == "live")
    return db.session.scalar(statement)


def test_the_export_page_leads_to_files_that_come_back_unchanged(cleo, house, jacket):
    page = cleo.read("/admin/exports")
    table = cleo.get("/admin/exports/products.csv")

    assert "1 product, with all that is known" in page
    assert table.get_data() == exported(house, "csv")
    assert "attachment" in table.headers["Content-Disposition"]
    assert "no-store" in table.headers["Cache-Control"]
    assert cleo.get("/admin/exports/products.xlsx").get_data() == exported(house, "xlsx")
    assert "There is nothing to do" in cleo.read(looked_into(cleo, table.get_data(), b""))


def test_the_photographs_come_as_they_are_kept(cleo, jacket):
    answer = cleo.get("/admin/exports/photographs.zip").get_data()

    with zipfile.ZipFile(BytesIO(answer)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert names == [f"{sha}.jpg" for sha in db.session.scalars(select(Media.sha256))]


def test_only_who_edits_the_catalogue_takes_it_along(app, house, jacket):
    counter = clerk(app, house.merchant_id, "dora", Role.FULFILMENT)

    for path in ("", "/products.csv", "/products.xlsx", "/photographs.zip"):
        assert counter.get(f"/admin/exports{path}").status_code in {403, 404}


def test_photographs_are_taken_from_the_zip_beside_the_file(cleo):
    table = b"title:en,sku,price,state,image\nCoat,C-1,10,live,front.JPG\n"

    address = looked_into(cleo, table, zip_of(photos__Front__jpg=b"x", photos__front=b""))
    assert "there is no such file" in cleo.read(address)

    address = looked_into(cleo, table, zip_of(**{"photos__front.jpg": photograph()}))
    cleo.post(f"{address}/confirmation")
    working.work()

    assert "What was imported" in cleo.read(address)
    assert live() == 1


def test_what_is_no_zip_is_said_beside_its_field(cleo):
    refused = upload(cleo, b"sku,price\na,1\n", b"PK\x03\x04 and no more")

    assert refused.status_code == 422
    assert "not in a ZIP file" in text_of(refused)


def test_a_bomb_among_the_photographs_is_not_unpacked(cleo):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("front.jpg", b"\x00" * 20_000_000)
    table = b"title:en,sku,price,image\nCoat,C-1,10,front.jpg\n"

    address = looked_into(cleo, table, target.getvalue())

    assert "there is no such file" in cleo.read(address)


def test_the_terminal_writes_what_it_reads(app, house, jacket, tmp_path):
    run = app.test_cli_runner()
    table, packed = tmp_path / "shop.xlsx", tmp_path / "photographs.zip"
    db.session.rollback()

    out = run.invoke(args=["shop", "export", str(table), "--pictures", str(packed)])
    back = run.invoke(args=["shop", "import", str(table), "--images-from", str(packed)])

    assert (out.exit_code, back.exit_code) == (0, 0), (out.output, back.output)
    assert "1 products written." in out.output
    assert "0 created, 0 changed, 1 unchanged, 0 refused" in back.output
    assert table.read_bytes() == exported(house, "xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photographs.zip", "shop.xlsx"]
