"""The catalogue taken along from counter and terminal, and brought back with its ZIP."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import func, select, update

from app.catalog.commands.exporting import runs
from app.catalog.commands.exporting import working as working_out
from app.catalog.commands.importing import working
from app.catalog.models import EXPORT_MOVES, ExportKind, ExportRun, ExportState, Media, Product
from app.platform.audit.models import AuditRow
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import transaction
from app.shop.models import Role, Staff
from tests import cast
from tests.admin.counter import clerk
from tests.admin.items import text_of
from tests.catalog.goods import photograph
from tests.catalog.wholes import exported
from tests.states_document import moves


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


def asked(who, kind, language="en"):
    answer = who.post("/admin/exports", {"kind": kind, "language": language})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_worker_writes_the_file_and_it_comes_back_unchanged(cleo, house, jacket):
    page = cleo.read("/admin/exports")
    address = asked(cleo, "csv")
    waiting = cleo.read(address)
    again = asked(cleo, "csv")
    too_early = cleo.get(f"{address}/file")

    assert working_out.work()
    done = cleo.read(address)
    table = cleo.get(f"{address}/file")

    assert "1 product, with all that is known" in page
    assert 'hx-trigger="every 2s"' in waiting
    assert (again, too_early.status_code) == (address, 404)
    assert "Save the file" in done
    assert "every 2s" not in done
    assert table.get_data() == exported(house, "csv")
    assert "products-2026" in table.headers["Content-Disposition"]
    assert "no-store" in table.headers["Cache-Control"]
    assert "There is nothing to do" in cleo.read(looked_into(cleo, table.get_data(), b""))


def test_every_kind_is_written_and_listed(cleo, house, jacket):
    addresses = {kind: asked(cleo, kind, "zh-Hans") for kind in ExportKind}
    while working_out.work():
        pass
    files = {kind: cleo.get(f"{at}/file").get_data() for kind, at in addresses.items()}

    assert files[ExportKind.XLSX] == exported(house, "xlsx")
    assert files[ExportKind.SHOPIFY].startswith(b"\xef\xbb\xbfHandle,Title,")
    assert files[ExportKind.WOOCOMMERCE].startswith(b"\xef\xbb\xbfType,SKU,Name,")
    assert "成色" in files[ExportKind.SHOPIFY].decode()
    assert all(at in cleo.read("/admin/exports") for at in addresses.values())


def test_a_file_is_for_who_asked_for_it_alone_and_for_a_week(cleo, app, house, jacket, clock):
    address = asked(cleo, "csv")
    working_out.work()
    colleague = clerk(app, house.merchant_id, "emil", Role.OWNER)

    assert colleague.get(address).status_code == 404
    assert colleague.get(f"{address}/file").status_code == 404
    assert colleague.post(f"{address}/cancellation").status_code == 404
    assert address not in colleague.read("/admin/exports")

    clock.advance(days=7, minutes=1)
    working_out.forget_old()

    assert cleo.get(f"{address}/file").status_code == 404
    assert list((settings().data_dir / "exports").iterdir()) == []


def test_what_was_cancelled_or_whose_asker_left_is_not_written(cleo, house, jacket, clock):
    address = asked(cleo, "xlsx")
    for _again in range(2):
        cleo.post(f"{address}/cancellation")
    assert not working_out.work()
    assert "Cancelled" in cleo.read(address)
    noted = select(func.count()).where(AuditRow.verb == "export.cancel")
    assert db.session.scalar(noted) == 1

    asked(cleo, "csv")
    with transaction():
        db.session.execute(update(Staff).values(active=False))
    working_out.work()

    run = db.session.scalars(select(ExportRun).order_by(ExportRun.id.desc()).limit(1)).one()
    assert run.state == ExportState.FAILED


def test_a_killed_worker_leaves_its_export_to_another(cleo, house, jacket, clock):
    address = asked(cleo, "csv")
    killed = runs.claim(now=clock.now)
    assert killed is not None
    assert not working_out.work()

    clock.advance(seconds=61)
    working_out.work()

    assert not runs.note(killed, 1, 1, now=clock.now)
    assert cleo.get(f"{address}/file").get_data() == exported(house, "csv")


def test_an_unknown_file_is_refused_beside_its_field(cleo):
    refused = cleo.post("/admin/exports", {"kind": "pdf", "language": "zh-Hans"})

    assert refused.status_code == 422
    assert "Please choose a file." in text_of(refused)
    assert 'value="zh-Hans" selected' in refused.text


def test_a_file_that_was_chosen_stays_chosen(cleo):
    refused = cleo.post("/admin/exports", {"kind": "woocommerce", "language": "xx"})

    assert refused.status_code == 422
    assert re.search(r'value="woocommerce"[^>]* checked', refused.text)


def test_its_states_are_those_of_the_document():
    assert moves("An export at the counter") == {
        before.value: frozenset(after) for before, after in EXPORT_MOVES.items()
    }


def test_the_photographs_come_as_they_are_kept(cleo, jacket):
    answer = cleo.get("/admin/exports/photographs.zip").get_data()

    with zipfile.ZipFile(BytesIO(answer)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert names == [f"{sha}.jpg" for sha in db.session.scalars(select(Media.sha256))]


def test_only_who_edits_the_catalogue_takes_it_along(app, house, jacket):
    counter = clerk(app, house.merchant_id, "dora", Role.FULFILMENT)

    for path in ("", "/photographs.zip"):
        assert counter.get(f"/admin/exports{path}").status_code in {403, 404}
    assert counter.post("/admin/exports", {"kind": "csv", "language": "en"}).status_code == 403


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
