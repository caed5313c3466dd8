"""The shop's own file: out, into an empty shop, and out again without a byte changed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.catalog.commands.importing import Verb
from app.catalog.models import Media, Product
from app.catalog.own_file.cells import defused, undefused, usual
from app.catalog.queries.drafts import draft_of
from app.platform.configuration import settings as shop_settings
from app.platform.db import db
from tests import cast
from tests.catalog.drafts import images_of
from tests.catalog.goods import bring
from tests.catalog.wholes import drafts, exported, kept
from tests.soaking import SOAK

EXAMPLES = 100 if SOAK else 12


@pytest.fixture
def empty_shop(app, stage, clock):
    """Makes a shop that has never had a product; returns its house."""

    def make():
        db.session.remove()
        stage.clear()
        return cast.house(clock.now)

    return make


def originals(folder, settings):
    """The photographs of a shop in a folder, as they are taken along."""
    for path in settings.media_dir.rglob("*.jpg"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def products():
    """(№, state, product without its key) of all, their pictures by content."""
    rows = db.session.scalars(select(Product).order_by(Product.number))
    hashes = dict(db.session.execute(select(Media.id, Media.sha256)).all())
    found = []
    for row in rows:
        draft = usual(draft_of(row))
        images = [(hashes[image.media_id], image.alt) for image in images_of(draft)]
        found.append((row.number, row.state, images, replace(draft, source_key=None, images=None)))
    return found


@given(
    wanted=st.lists(drafts(), min_size=1, max_size=3),
    kind=st.sampled_from(["csv", "xlsx"]),
    units=st.integers(0, 1),
)
@settings(
    max_examples=100 if SOAK else 12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_shop_moves_through_its_file_without_a_byte_changed(
    empty_shop, clock, wanted, kind, units
):
    house = empty_shop()
    pictures = [cast.picture(clock.now, shade) for shade in (10, 80, 160)]
    for draft in wanted:
        kept(draft, house, clock.now, pictures, units=units)
    before, content = products(), exported(house, kind)

    with TemporaryDirectory() as folder:
        taken_along = originals(Path(folder), shop_settings())
        again = bring(house.merchant_id, clock.now).load(io.BytesIO(content))
        house = empty_shop()
        report = bring(house.merchant_id, clock.now, folder=taken_along).load(io.BytesIO(content))

    assert again.counts == {Verb.UNCHANGED: len(wanted)}, (again.errors, again.outcomes)
    assert report.counts == {Verb.CREATE: len(wanted)}, report.errors
    assert products() == before
    assert exported(house, kind) == content


@given(text=st.text(st.sampled_from("=+-@＝'\t\n; a\r"), max_size=12) | st.text())
def test_what_is_defused_is_undefused_exactly(text):
    cell = defused(text)

    assert undefused(cell) == text
    assert cell.lstrip(" ")[:1] not in {*"=+-@＝＋－＠"}
