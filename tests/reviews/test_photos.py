"""Photographs in reviews: sent by who received it, seen by all once somebody has looked, gone with
their sender.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image
from sqlalchemy import select

from app.customers import queries as customers
from app.customers.commands import erase
from app.orders.commands import claim
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.reviews.commands import photographs
from app.reviews.models import Review, ReviewPhoto
from app.reviews.rules import MOST_PHOTOS
from tests.admin.counter import clerk
from tests.cast import house
from tests.catalog.goods import photograph
from tests.catalog.test_media import phone_photograph
from tests.conftest import MONDAY
from tests.customers.people import open_account
from tests.reviews.buyers import GOOD, arrived, kept, own_page, page_of, publish, write

_SHOWN = re.compile(r'href="(/reviews/photos/[^"]+)" data-zoom')


def send(client, line, *contents, **changes):
    """The form of a review with photographs."""
    files = [(BytesIO(content), f"IMG_{nth}.jpg") for nth, content in enumerate(contents, start=1)]
    return write(client, line, lang="en", photos=files, **changes)


def photos():
    db.session.rollback()
    return db.session.scalars(select(ReviewPhoto).order_by(ReviewPhoto.id)).all()


def fetched(client, path):
    """The status of a file, how it may be kept, and what it holds."""
    with client.get(path) as answer:
        return answer.status_code, answer.headers.get("Cache-Control"), answer.data


def work():
    while drain():
        pass


def files_of(line):
    folder = settings().data_dir / "review_photos" / str(line.id)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_photograph_is_seen_by_its_sender_and_staff_and_by_all_once_it_was_looked_at(
    client, visit, line, cleo
):
    answer = send(client, line, phone_photograph(6), caption="With my boots")
    (photo,) = photos()
    file = f"{photo.name}.jpg"
    before = fetched(visit(), f"/reviews/photos/{file}")
    own = fetched(client, f"{own_page(line)}/photos/{file}")
    staffs = fetched(cleo.client, f"/admin/reviews/photos/{file}")
    waiting = cleo.read("/admin/reviews")

    work()
    publish(cleo, line)
    page = page_of(client, line)
    (shown,) = _SHOWN.findall(page)

    assert answer.status_code == 303
    assert before[0] == 404
    assert own[:2] == staffs[:2] == (200, "private, no-store")
    assert f"/admin/reviews/photos/{file}" in waiting
    assert "With my boots" in waiting
    assert 'alt="With my boots"' in page
    assert fetched(visit(), shown)[:2] == (200, "public, max-age=3600")
    with Image.open(BytesIO(own[2])) as opened:
        assert not opened.getexif()
        assert opened.size == (800, 600)
    assert {file.suffix for file in files_of(line)} == {".jpg", ".avif"}


def test_what_is_no_photograph_is_refused_with_a_reason_and_the_rest_is_kept(client, line):
    buffer = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), (10, 90, 60))).save(buffer)
    bomb = BytesIO()
    Image.new("1", (10_000, 5_001)).save(bomb, "PNG")

    answer = send(client, line, buffer.getvalue(), b"<svg/>", bomb.getvalue())

    assert answer.status_code == 422
    assert "IMG_2.jpg: This file cannot be read as a picture." in answer.text
    assert "IMG_3.jpg: The picture has more than 50 megapixels." in answer.text
    assert 'value="Ada"' in answer.text
    assert [(photo.width, photo.height) for photo in photos()] == [(640, 480)]
    assert db.session.scalar(select(Review)) is None
    assert write(client, line).status_code == 303
    assert len(photos()) == 1


def test_a_form_that_is_refused_for_its_stars_keeps_its_photographs(client, line):
    answer = send(client, line, photograph(10), stars="", caption="Sleeve")

    (photo,) = photos()
    assert answer.status_code == 422
    assert f"{own_page(line)}/photos/{photo.name}" in answer.text
    assert 'value="Sleeve"' in answer.text


def test_six_are_kept_and_the_same_picture_once(client, line):
    send(client, line, *[photograph(shade) for shade in (10, 10, 20, 30, 40)])
    answer = send(client, line, *[photograph(shade) for shade in (50, 60, 70)])

    assert answer.status_code == 422
    assert "There is no room for more photographs." in answer.text
    assert len(photos()) == MOST_PHOTOS == len(files_of(line))


def test_a_changed_photograph_takes_the_review_out_of_sight_until_it_was_looked_at(
    client, visit, line, cleo, clock
):
    send(client, line, photograph(10), photograph(20))
    publish(cleo, line)
    first, second = photos()
    seen = kept(line).version
    clock.advance(minutes=5)

    write(client, line, **{"drop": first.name, f"alt-{second.name}": "The back"})
    stale = cleo.post(f"/admin/reviews/{kept(line).id}/publication", {"seen": seen})

    assert kept(line).state == "pending"
    assert visit().get(f"/reviews/photos/{second.name}.jpg").status_code == 404
    assert [(photo.name, photo.alt) for photo in photos()] == [(second.name, "The back")]
    assert stale.status_code == 409
    assert "It was changed while you looked." in stale.text
    work()
    assert {file.name[:32] for file in files_of(line)} == {second.name}
    clock.advance(days=14)
    assert send(client, line, photograph(30)).status_code == 409
    assert len(photos()) == 1
    assert {file.name[:32] for file in files_of(line)} == {second.name}


def test_only_the_buyer_and_staff_of_its_merchant_see_what_is_not_shown(
    app, client, visit, line, cleo
):
    under_way = visit()
    send(client, line, photograph(10))
    (photo,) = photos()
    nora = clerk(app, house(MONDAY, "north", is_house=False).merchant_id, "nora")

    assert under_way.get(f"/o/FORGED-x/reviews/photos/{photo.name}.jpg").status_code == 404
    assert nora.get(f"/admin/reviews/photos/{photo.name}.jpg").status_code == 404
    assert visit().get(f"/admin/reviews/photos/{photo.name}.jpg").status_code in {302, 303, 403}
    for strange in ("../" * 3 + "etc/passwd", photo.name, f"{photo.name}.svg", "x.jpg"):
        assert client.get(f"{own_page(line)}/photos/{strange}").status_code == 404


def test_photographs_go_with_the_person_who_sent_them_and_the_words_stay(client, line, cleo):
    ada = open_account("ada@example.org", MONDAY)
    claim.claim(ada, "ada@example.org")
    send(client, line, photograph(10), caption="Me in it")
    work()
    publish(cleo, line)
    actor = Actor("customer", ada)

    exported: Any = customers.everything_about(actor, now=MONDAY)["kept"]
    (photo,) = photos()
    told = [row for row in exported["reviews"] if "photograph" in row]
    address = f"{own_page(line)}/photos/{photo.name}.jpg"
    erase(actor=actor, now=MONDAY)
    work()

    assert [(row["photograph"], row["shows"]) for row in told] == [(address, "Me in it")]
    assert photos() == []
    assert files_of(line) == []
    assert GOOD["text"] in page_of(client, line)


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_a_photograph_dropped_before_it_was_made_smaller_leaves_no_file(client, line):
    send(client, line, photograph(10))
    (photo,) = photos()
    write(client, line, drop=photo.name)

    work()

    assert files_of(line) == []


def test_photographs_of_a_review_that_is_never_sent_go_after_a_week(client, owner, line, clock):
    begun, sent = line, arrived(owner, MONDAY, "2")
    send(client, begun, photograph(10), stars="")
    send(client, sent, photograph(20))
    clock.advance(days=5)
    send(client, begun, photograph(30), stars="")

    clock.advance(days=6)
    is_still_at_it = photographs.forget_unsent()
    clock.advance(days=2)
    forgotten = photographs.forget_unsent()
    work()

    assert (is_still_at_it, forgotten, photographs.forget_unsent()) == (0, 2, 0)
    assert [photo.line_id for photo in photos()] == [sent.id]
    assert (files_of(begun), files_of(sent) != []) == ([], True)


def test_a_review_of_photographs_alone_shows_them_where_it_is_judged(client, line, cleo):
    send(client, line, photograph(10), text="", caption="")
    waiting = cleo.read("/admin/reviews")
    publish(cleo, line)
    report = client.get(f"/reviews/{kept(line).id}/report?lang=en").text

    assert "Photographs, and no words." in waiting
    assert "data-zoom" in waiting
    assert "Photographs, and no words." in report
    assert _SHOWN.search(report)
