"""A product file at the counter: uploaded, looked into, confirmed, and confirmed again."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
import xlsxwriter
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from app.catalog.commands.importing import loading, runs, working
from app.catalog.models import RUN_MOVES, ImportRun, Product, RunState, Stock
from app.platform.db import db
from app.platform.outbox.models import OutboxDelivery
from app.platform.transaction import transaction
from app.shop.models import Role, Staff
from tests import cast
from tests.admin.counter import clerk
from tests.admin.forms import form_on
from tests.admin.items import text_of
from tests.catalog.goods import SAMPLE, file_of, jacket, product
from tests.states_document import moves


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


def upload(who, content):
    data = {"csrf_token": who.token, "file": (BytesIO(content), "products.csv")}
    return who.client.post("/admin/imports", data=data)


def products():
    return db.session.scalar(select(func.count()).select_from(Product))


def waiting_fetches():
    statement = select(func.count()).select_from(OutboxDelivery)
    return db.session.scalar(statement.where(OutboxDelivery.handler.contains("fetch_pictures")))


def looked_into(who, content):
    """The address of a file that a worker has looked into."""
    address = upload(who, content).headers["Location"]
    working.work()
    return address


def confirmed(who, address):
    """What the page says after a worker has taken it in."""
    page = who.get(address).get_data(as_text=True)
    assert who.post(f"{address}/confirmation", form_on(page, "confirm")).status_code == 303
    working.work()
    return who.get(address)


def test_a_file_is_looked_into_before_anything_is_done(cleo):
    response = upload(cleo, SAMPLE.read_bytes())
    address = response.headers["Location"]
    waits = cleo.read(address)
    working.work()
    page = cleo.read(address)

    assert response.status_code == 303
    assert "Looked into in a moment" in waits
    assert "every 2s" in waits
    assert f'href="{address}"' in waits
    for said in ("What would be imported", "to create", "Gift cards cannot be sold here.",
                 "left out", "To be confirmed"):  # fmt: skip
        assert said in page
    assert "every 2s" not in page
    assert '<div class="figure">8</div>' in page
    assert products() == 0


def test_what_is_wrong_comes_along_as_a_table(cleo):
    address = looked_into(cleo, SAMPLE.read_bytes())

    response = cleo.get(f"{address}/lines.csv")

    rows = list(csv.DictReader(response.get_data().decode("utf-8-sig").splitlines()))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert {"row": "16", "kind": "left out", "column": "Gift Card",
            "message": "Gift cards cannot be sold here."} in rows  # fmt: skip


def test_confirming_imports_and_has_the_pictures_fetched(cleo):
    response = confirmed(cleo, looked_into(cleo, SAMPLE.read_bytes()))

    assert response.status_code == 200
    assert "What was imported" in text_of(response)
    assert "Gift cards cannot be sold here." in text_of(response)
    assert products() == 8
    assert waiting_fetches() == 4


def test_a_workbook_is_taken_in_like_its_csv(cleo):
    text = file_of(jacket(), jacket(Handle="b", Title="B", Variant_SKU="B")).getvalue()
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(csv.reader(text.decode("utf-8-sig").splitlines())):
            sheet.write_row(line, 0, row)

    done = confirmed(cleo, looked_into(cleo, target.getvalue()))

    assert "What was imported" in text_of(done)
    assert products() == 2


def test_confirming_twice_imports_once(cleo):
    address = looked_into(cleo, file_of(jacket()).getvalue())
    typed = form_on(cleo.read(address), "confirm")

    for _twice in range(2):
        assert cleo.post(f"{address}/confirmation", typed).status_code == 303
        working.work()

    assert products() == 1
    assert db.session.scalar(select(func.sum(Stock.on_hand))) == 1
    assert "What was imported" in cleo.read(address)


def test_those_of_before_are_listed_with_what_became_of_them(cleo):
    done = looked_into(cleo, file_of(jacket()).getvalue())
    confirmed(cleo, done)
    again = looked_into(cleo, file_of(jacket()).getvalue())

    page = cleo.read("/admin/imports")

    assert page.index(f'href="{again}"') < page.index(f'href="{done}"')
    assert "products.csv" in page
    assert "Taken in" in page


def test_a_cancelled_import_takes_in_nothing_more(cleo, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE", 1)
    rows = [jacket(Handle=f"j{n}", Title=f"J {n}", Variant_SKU=f"J{n}") for n in range(3)]
    address = looked_into(cleo, file_of(*rows).getvalue())
    keep = runs.keep

    def cancel_after_the_first(claimed, results, *, now):
        kept = keep(claimed, results, now=now)
        assert cleo.post(f"{address}/cancellation").status_code == 303
        return kept

    monkeypatch.setattr(runs, "keep", cancel_after_the_first)
    page = text_of(confirmed(cleo, address))

    assert products() == 2
    assert "Cancelled" in page
    assert "What was taken in by then stays." in page
    assert not working.work()


def test_another_worker_goes_on_where_a_killed_one_was(cleo, monkeypatch, clock):
    monkeypatch.setattr(working, "AT_ONCE", 2)
    rows = [jacket(Handle=f"j{n}", Title=f"J {n}", Variant_SKU=f"J{n}") for n in range(5)]
    address = looked_into(cleo, file_of(*rows).getvalue())
    cleo.post(f"{address}/confirmation")
    keep, finish = runs.keep, runs.finish

    def die_after_the_first(claimed, results, *, now):
        keep(claimed, results, now=now)
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(runs, "keep", die_after_the_first)
        with pytest.raises(KeyboardInterrupt):
            working.work()
    assert (products(), finish) == (2, runs.finish)
    assert not working.work()
    clock.advance(minutes=2)
    assert working.work()

    page = cleo.read(address)
    assert products() == 5
    assert "Taken in" in page
    assert '<div class="figure">5</div>' in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Please choose a file."),
        (b"PK\x03\x04workbook", "Excel workbook"),
        (b"a;b;c\n1;2;3\n", "None of the columns is known"),
        (b"\x00\x01\x02" * 50, "This is not a text file."),
    ],
)
def test_what_is_no_product_file_is_refused_at_once(cleo, content, sentence):
    response = upload(cleo, content)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert products() == 0


def test_what_stops_being_a_table_says_where(cleo):
    address = looked_into(cleo, b'Handle,Title,Variant Price\na,"b,1\n')

    page = text_of(cleo.get(address))

    assert "Stopped" in page
    assert "quotation mark" in page
    assert "Import it" not in page


def test_markup_in_a_file_is_text_on_the_report(cleo):
    evil = "<img src=x onerror=alert(1)>"
    content = file_of(jacket(Title=evil, Variant_Price=evil), jacket(Handle=evil)).getvalue()

    page = cleo.get(looked_into(cleo, content)).get_data(as_text=True)

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_it_goes_into_ones_own_shop_and_place_only(app, house, cleo, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")
    address = looked_into(cleo, file_of(jacket()).getvalue())

    for path in ("", "/lines.csv"):
        assert nora.get(address + path).status_code == 404
    for path in ("/confirmation", "/cancellation", "/resumption"):
        assert nora.post(address + path).status_code == 404
    foreign = {"csrf_token": cleo.token, "file": (BytesIO(b"sku\n1\n"), "a.csv"),
               "location": str(neighbour.store_id)}  # fmt: skip
    assert cleo.client.post("/admin/imports", data=foreign).status_code == 404
    assert "products.csv" not in nora.read("/admin/imports")

    confirmed(cleo, address)
    assert product().merchant_id == house.merchant_id


@pytest.mark.parametrize("role", [Role.READONLY, Role.FULFILMENT, Role.SUPPORT])
def test_other_roles_bring_nothing(app, house, role):
    other = clerk(app, house.merchant_id, "olga", role)

    assert other.get("/admin/imports").status_code == 403
    assert upload(other, file_of(jacket()).getvalue()).status_code == 403


@pytest.mark.parametrize("run", ["1", "0" * 64, "..%2f..%2fvitrine.sqlite3", "x"])
def test_an_import_that_is_none_is_not_there(cleo, run):
    assert cleo.get(f"/admin/imports/{run}").status_code == 404


def test_who_left_brings_nothing_more(cleo, house, clock):
    address = looked_into(cleo, file_of(jacket()).getvalue())
    cleo.post(f"{address}/confirmation")
    with transaction():
        db.session.execute(update(Staff).values(active=False))

    assert working.work()

    run = db.session.scalars(select(ImportRun).execution_options(populate_existing=True)).one()
    assert (run.state, products()) == (RunState.FAILED, 0)


def test_an_import_whose_database_fails_midway_goes_on_at_a_button(cleo, monkeypatch):
    many = [jacket(Handle=f"no-{number}", Variant_SKU=f"S-{number}") for number in range(101)]
    address = looked_into(cleo, file_of(*many).getvalue())
    cleo.post(f"{address}/confirmation")
    load, left = loading.load, [1]

    def failing(*args, **facts):
        if not left:
            raise OperationalError("INSERT", {}, Exception("disk I/O error"))
        left.pop()
        return load(*args, **facts)

    monkeypatch.setattr(loading, "load", failing)
    assert working.work()
    broken, done_by_then = cleo.read(address), products()
    assert not working.work()

    monkeypatch.setattr(loading, "load", load)
    cleo.post(f"{address}/resumption")
    cleo.post(f"{address}/resumption")
    assert working.work()

    assert ("Go on" in broken, done_by_then, products()) == (True, 100, 101)
    assert "Taken in" in cleo.read(address)
    run = db.session.scalars(select(ImportRun).execution_options(populate_existing=True)).one()
    assert (run.created, run.problem, run.broke_off) == (101, "", "")


def test_an_import_stopped_by_its_file_does_not_go_on(cleo):
    address = looked_into(cleo, b'Handle,Title,Variant Price\na,"b,1\n')

    assert cleo.post(f"{address}/resumption").status_code == 303
    assert "Go on" not in cleo.read(address)
    assert not working.work()


def test_its_states_are_those_of_the_document():
    assert moves("An import at the counter") == {
        before.value: frozenset(after) for before, after in RUN_MOVES.items()
    }


def test_a_file_of_which_nothing_can_be_taken_is_not_called_known_already(cleo):
    page = cleo.read(looked_into(cleo, b"SKU,Title,Price\nQ-1,Tea cup,dear\n"))

    assert "Nothing new can be taken in" in page
    assert "There is nothing to do" not in page
