"""Time passing in a shop and at its provider, and what the shop does meanwhile without anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import standard_callback
from app.platform import clock
from app.platform.configuration import settings
from app.presale.commands import clockwork
from tests.conftest import visitor
from tests.journeys.conftest import Shop
from workers.sandbox import clock as providers_clock


class Weeks:
    """Shop and provider are moved together, for they date and sign what they tell each other."""

    def __init__(self, shop: Shop, move: Callable[[timedelta], None]) -> None:
        self._shop = shop
        self._move = move
        self.ahead = timedelta()

    @property
    def now(self) -> datetime:
        return clock.now()

    def pass_by(self, **time: float) -> None:
        """Move on, and let happen what is due then."""
        self._move(timedelta(**time))
        self.ahead += timedelta(**time)
        self.work()

    def work(self) -> None:
        """What scheduler, relay and worker do until nothing is left to be done now."""
        while True:
            self._shop.deliver()
            self._shop.sandbox.wait_until_quiet()
            self._shop.deliver()
            if not clockwork.advance():
                return

    def carry(self, number: str) -> None:
        """A carrier brings a parcel to its buyer and says so."""
        event = TrackingEvent("shunfeng", number, self.now, TrackingStatus.DELIVERED, text="signed")
        said = standard_callback(
            settings().standard_carrier_secret, f"msg-{number}", [event], now=self.now
        )
        answer = visitor(self._shop.app).post(
            "/hooks/logistics/standard", data=said.body, headers=said.headers
        )
        assert answer.status_code < 300


@contextmanager
def weeks_of(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Weeks]:
    """Both clocks begin beside the browser's and are moved by hand."""
    real = providers_clock.now
    with clock.stopped_at(clock.now()) as move:
        weeks = Weeks(shop, move)
        monkeypatch.setattr(providers_clock, "now", lambda: real() + weeks.ahead.total_seconds())
        yield weeks
