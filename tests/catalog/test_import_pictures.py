"""Pictures of an import: beside the file, on the web, later or never; none stops a product."""

from __future__ import annotations

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.catalog.commands import importing, products
from app.catalog.commands.importing import Verb
from app.catalog.commands.importing.memory import recalled
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.drafts import ImageDraft, with_images
from app.catalog.gateways.pictures import PictureUnreachable, Unfetched
from app.catalog.models import Media, ProductState
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests import cast
from tests.catalog.drafts import images_of
from tests.catalog.goods import (
    BACK,
    FRONT,
    FakeWeb,
    bring,
    file_of,
    jacket,
    photograph,
    product,
    web,
)


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


def images():
    return draft_of(product()).images


def two_pictures():
    return file_of(
        jacket(),
        {"Handle": "jacket", "Image Src": BACK, "Image Position": "2", "Image Alt Text": "back"},
    )


def test_they_hang_in_the_files_order_with_its_words(house, clock):
    bring(house.merchant_id, clock.now, web()).load(two_pictures())

    assert [image.alt for image in images()] == [{"en": "front"}, {"en": "back"}]


def test_an_unreachable_one_leaves_a_draft_and_the_next_run_fetches_it(house, clock):
    first = bring(house.merchant_id, clock.now, FakeWeb()).load(file_of(jacket()))

    assert first.counts == {Verb.CREATE: 1}
    assert [(p.row, p.source) for p in first.missing] == [(2, FRONT)]
    assert "there is no picture at this address" in first.missing[0].reason
    assert product().state == ProductState.DRAFT
    assert "At least one photograph" in first.outcomes[0].notes[0]

    second = bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))

    assert second.outcomes[0].changed == ("images", "state")
    assert (product().state, len(images())) == (ProductState.LIVE, 1)


def test_one_that_is_here_is_not_fetched_again(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    again = web()

    bring(house.merchant_id, clock.now, again).load(two_pictures())

    assert again.asked == [BACK]


def test_a_silent_host_is_not_asked_for_ever(house, clock):
    class Silent(FakeWeb):
        def fetch(self, address):
            self.asked.append(address)
            raise PictureUnreachable(Unfetched.NO_ANSWER)

    silent = Silent()
    rows = [
        jacket(Handle=f"j{n}", Title=f"J {n}", Variant_SKU=f"J{n}", Image_Src=f"{FRONT}?{n}")
        for n in range(6)
    ]

    report = bring(house.merchant_id, clock.now, silent).load(file_of(*rows))

    assert (report.counts[Verb.CREATE], report.missing_total) == (6, 6)
    assert len(silent.asked) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"<html>not found</html>",
        photograph()[:300],
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    ],
    ids=["a page", "half a picture", "nothing", "only a beginning"],
)
def test_what_is_no_picture_is_missing(house, clock, content):
    report = bring(house.merchant_id, clock.now, FakeWeb({FRONT: content})).load(file_of(jacket()))

    assert report.counts == {Verb.CREATE: 1}
    assert "cannot be read as a picture" in report.missing[0].reason
    assert db.session.scalar(select(func.count()).select_from(Media)) == 0


def test_a_local_file_is_taken_and_a_changed_one_replaces_it(house, clock, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/front.jpg").write_bytes(photograph(30))
    source = jacket(Image_Src="photos/front.jpg")
    bring(house.merchant_id, clock.now, folder=tmp_path).load(file_of(source))
    before = images()

    assert bring(house.merchant_id, clock.now, folder=tmp_path).load(file_of(source)).counts == {
        Verb.UNCHANGED: 1
    }
    (tmp_path / "photos/front.jpg").write_bytes(photograph(200))
    report = bring(house.merchant_id, clock.now, folder=tmp_path).load(file_of(source))

    assert report.outcomes[0].changed == ("images",)
    assert [image.media_id for image in images()] != [image.media_id for image in before]


def test_a_path_out_of_the_folder_leads_nowhere(house, clock, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.jpg").write_bytes(photograph())
    (inside / "link.jpg").symlink_to(tmp_path / "secret.jpg")

    report = bring(house.merchant_id, clock.now, folder=inside).load(
        file_of(jacket(Image_Src="link.jpg"))
    )

    assert [p.reason for p in report.missing] == ["there is no such file beside the table"]


def test_a_bomb_beside_the_file_is_missing(house, clock, tmp_path):
    Image.new("1", (9000, 9000)).save(tmp_path / "bomb.png")

    report = bring(house.merchant_id, clock.now, folder=tmp_path).load(
        file_of(jacket(Image_Src="bomb.png"))
    )

    assert "50 megapixels" in report.missing[0].reason
    assert product().state == ProductState.DRAFT


def test_pictures_added_here_stay_behind_those_of_the_file(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    own = cast.picture(clock.now, 10)
    draft = draft_of(product())
    changed = with_images(draft, (ImageDraft(own, {"en": "own"}), *images_of(draft)))
    products.change(product().id, changed, actor=SYSTEM, now=clock.now)

    bring(house.merchant_id, clock.now, web()).load(two_pictures())

    assert [image.alt.get("en") for image in images()] == ["front", "back", "own"]


def test_a_worker_hangs_up_what_comes_later_and_sells_it(house, clock):
    report = bring(house.merchant_id, clock.now).load(two_pictures())
    assert (report.waiting, report.missing_total) == (2, 0)
    id_ = product().id

    only_front = FakeWeb({FRONT: photograph()})
    importing.fetch_missing(id_, Pictures(None, only_front, now=clock.now), now=clock.now)

    assert product().state == ProductState.LIVE
    assert [image.alt for image in images()] == [{"en": "front"}]
    assert [said.source for said in recalled(id_).missing] == [BACK]

    importing.fetch_missing(id_, Pictures(None, web(), now=clock.now), now=clock.now)
    assert [image.alt for image in images()] == [{"en": "front"}, {"en": "back"}]


def test_a_worker_leaves_alone_what_was_withdrawn_meanwhile(house, clock):
    bring(house.merchant_id, clock.now, FakeWeb({FRONT: photograph()})).load(two_pictures())
    products.withdraw(product().id, ProductState.DRAFT, actor=SYSTEM, now=clock.now)

    importing.fetch_missing(product().id, Pictures(None, web(), now=clock.now), now=clock.now)

    assert (len(images()), product().state) == (2, ProductState.DRAFT)
