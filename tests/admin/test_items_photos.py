"""Photographs in the editor: kept at once, ordered by buttons, refused beside the field."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.catalog.models import Media, ProductState
from app.catalog.queries.drafts import draft_of
from app.platform.db import db
from tests import cast
from tests.admin.counter import HTMX, clerk
from tests.admin.forms import form_on
from tests.admin.items import opened, row, send, text_of
from tests.catalog.drafts import images_of
from tests.catalog.goods import photograph
from tests.catalog.test_media import phone_photograph


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo")


@pytest.fixture
def piece(house, clock):
    return cast.product_of(cast.piece(house, clock.now))


def upload(who, product_id, *contents, do="photos", typed=None, **options):
    files = [(BytesIO(content), f"IMG_{nth}.jpg") for nth, content in enumerate(contents, start=1)]
    typed = opened(who, product_id) | (typed or {})
    return send(who, product_id, {**typed, "photos": files}, do=do, **options)


def hashes(who, product_id):
    return opened(who, product_id).get("photo", [])


def media_ids(product_id):
    return [image.media_id for image in images_of(draft_of(row(product_id)))]


def test_several_are_kept_at_once_behind_those_that_hang(cleo, piece):
    before = media_ids(piece)

    response = upload(cleo, piece, photograph(10), photograph(20), photograph(30))

    assert response.status_code == 200
    assert media_ids(piece)[:1] == before
    assert len(media_ids(piece)) == 4


def test_the_same_bytes_hang_once(cleo, piece):
    upload(cleo, piece, photograph(10), photograph(10))
    upload(cleo, piece, photograph(10))

    assert len(media_ids(piece)) == 2
    assert db.session.scalar(select(func.count()).select_from(Media)) == 2


def test_a_page_sent_again_hangs_nothing_more(cleo, piece):
    typed = opened(cleo, piece)
    twice = [
        send(cleo, piece, {**typed, "photos": [(BytesIO(photograph(10)), "a.jpg")]}, do="photos")
        for _time in range(2)
    ]

    assert [response.status_code for response in twice] == [200, 200]
    assert len(media_ids(piece)) == 2


def test_what_else_was_typed_stays_typed_and_unsaved(cleo, piece):
    response = upload(cleo, piece, photograph(10), typed={"brand": ["Half typed"]})

    assert form_on(response.get_data(as_text=True), "item")["brand"] == ["Half typed"]
    assert row(piece).brand == "Testmade"


def test_saving_takes_chosen_files_along(cleo, piece):
    response = upload(cleo, piece, photograph(10), do="save", typed={"brand": ["Saved"]})

    assert response.status_code == 303
    assert (len(media_ids(piece)), row(piece).brand) == (2, "Saved")


@pytest.mark.parametrize(
    ("do", "order"),
    [("up:2", [0, 2, 1]), ("down:0", [1, 0, 2]), ("cover:2", [2, 0, 1]), ("up:0", [0, 1, 2]),
     ("down:2", [0, 1, 2]), ("remove:1", [0, 2])],
)  # fmt: skip
def test_buttons_order_them_without_a_drag(cleo, piece, do, order):
    upload(cleo, piece, photograph(10), photograph(20))
    names, before = hashes(cleo, piece), media_ids(piece)
    action, _colon, place = do.partition(":")

    response = send(cleo, piece, opened(cleo, piece), do=f"{action}:{names[int(place)]}")

    assert response.status_code == 200
    assert media_ids(piece) == [before[each] for each in order]


def test_each_has_words_in_both_languages(cleo, piece):
    name = f"alt-{hashes(cleo, piece)[0][:16]}"
    typed = opened(cleo, piece) | {f"{name}-en": ["front, buttoned"], f"{name}-zh": ["正面，扣上"]}

    send(cleo, piece, typed)

    assert images_of(draft_of(row(piece)))[0].alt == {
        "en": "front, buttoned",
        "zh-Hans": "正面，扣上",
    }


def test_a_refused_file_says_why_and_the_others_hang(cleo, piece):
    response = upload(cleo, piece, photograph(10), b"not a picture", photograph(20), headers=HTMX)

    assert response.status_code == 422
    assert "IMG_2.jpg: This file cannot be read as a picture." in text_of(response)
    assert len(media_ids(piece)) == 3


def test_a_bomb_and_fifty_one_megapixels_are_refused(cleo, piece):
    buffer = BytesIO()
    Image.new("1", (10_200, 5_000)).save(buffer, "PNG")

    response = upload(cleo, piece, buffer.getvalue())

    assert response.status_code == 422
    assert "more than 50 megapixels" in text_of(response)
    assert len(media_ids(piece)) == 1


def test_a_phones_photograph_comes_upright_and_without_its_place(cleo, piece):
    upload(cleo, piece, phone_photograph(6))

    media = db.session.get_one(Media, media_ids(piece)[1])
    assert (media.width, media.height) == (800, 600)
    with cleo.client.get(f"/media/{media.sources['original']}") as response:
        assert response.status_code == 200
        assert not dict(Image.open(BytesIO(response.data)).getexif())


def test_the_last_photograph_of_what_is_on_sale_stays(cleo, piece):
    name = hashes(cleo, piece)[0]

    response = send(cleo, piece, opened(cleo, piece), do=f"remove:{name}")

    assert response.status_code == 422
    assert "At least one photograph." in text_of(response)
    assert (len(media_ids(piece)), row(piece).state) == (1, ProductState.LIVE)


def test_a_photograph_nobody_has_uploaded_cannot_be_claimed(cleo, piece):
    typed = opened(cleo, piece)

    send(cleo, piece, typed | {"photo": [*typed["photo"], "0" * 64, "1", "../../secret"]})

    assert len(media_ids(piece)) == 1


def test_there_is_room_for_twenty_four(cleo, piece):
    upload(cleo, piece, *(photograph(shade, (40, 50)) for shade in range(10, 240, 10)))
    assert len(media_ids(piece)) == 24

    response = upload(cleo, piece, photograph(245, (40, 50)))

    assert "There is no room for more photographs." in text_of(response)
    assert len(media_ids(piece)) == 24


def test_an_order_made_on_an_old_page_does_not_undo_a_newer_one(cleo, piece):
    upload(cleo, piece, photograph(10))
    old = opened(cleo, piece)
    upload(cleo, piece, photograph(20))

    response = send(cleo, piece, old, do=f"cover:{old['photo'][1]}")

    assert response.status_code == 409
    assert len(media_ids(piece)) == 3
