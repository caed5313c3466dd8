"""What the pages of a standing cost as more and more join: the shoppers' and the leader's."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import event
from structlog.testing import capture_logs

from app.platform import clock
from app.platform.db import db
from tests.admin.counter import clerk
from tests.bench.crowd import many_join
from tests.bench.surroundings import shop_on
from tests.bench.table import Figure
from tests.cast import house
from tests.community import cast as community
from tests.community.cast import link
from tests.conftest import visitor
from tests.presale import cast

FEW, MOST = 10, 10_000
ASKED = 20
LIVE = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#standing"}


def measure(most: int = MOST) -> list[Figure]:
    """With a few, with a tenth and with all of those who join in the end."""
    steps = sorted({min(FEW, most), max(most // 10, 1), most})
    return [figure for name in ("sqlite", "postgresql") for figure in _on(name, steps)]


def _on(database: str, steps: Sequence[int]) -> Iterator[Figure]:
    with shop_on(database) as app:
        now = clock.now()
        owner = house(now)
        campaign = community.campaign(
            owner, now, threshold=steps[-1] * 2, sku={"cap": None},
            variants=cast.shirt(owner, now, ("M",)),
        )  # fmt: skip
        shared = link(community.leader(owner), campaign.id, now)
        shopper, staff = visitor(app), clerk(app, owner.merchant_id, "bench").client
        pages = {
            "a shopper's page": (shopper, f"/pre/{campaign.slug}", {}),
            "its live part": (shopper, f"/pre/{campaign.slug}", LIVE),
            "a leader's page": (staff, f"/admin/g/{shared.code}", {}),
        }
        before = 0
        for up_to in steps:
            many_join(owner, campaign, up_to, after=before, link_id=shared.id)
            before = up_to
            for what, (client, path, headers) in pages.items():
                with capture_logs():
                    queries, milliseconds = _cost(client, path, headers)
                part = f"standings, {database}"
                yield Figure(part, f"{what}, {up_to:,} joined", milliseconds, "ms")
                yield Figure(part, f"{what}, {up_to:,} joined", queries, "queries")


def _cost(client: FlaskClient, path: str, headers: dict[str, str]) -> tuple[int, float]:
    """Queries of one request, and the median time of several."""
    db.session.rollback()
    counted: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    taken = []
    for asked in range(ASKED):
        if asked == 1:
            event.listen(db.engine, "before_cursor_execute", count)
        began = time.perf_counter()
        answer = client.get(path, headers=headers)
        taken.append(time.perf_counter() - began)
        if asked == 1:
            event.remove(db.engine, "before_cursor_execute", count)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    return len(counted), median(taken) * 1000
