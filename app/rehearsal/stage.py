"""Where a campaign is played: its clock, its shop, its till, and the notebook of what happened.

The clock jumps from one instant at which something falls due to the next; at each, everything a
worker would do is done.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.orders.commands import pay
from app.payments.commands.attempts import gateway_named
from app.payments.gateways.rehearsal import NAME, RehearsalGateway
from app.platform import clock
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork
from app.presale.models import Campaign
from app.rehearsal.queries import people
from app.rehearsal.queries.deadlines import next_due
from app.rehearsal.queries.happenings import Line, Seen, since
from app.shop.models import Role
from app.shop.permissions import permissions_of

_turn = count()
MOST_JUMPS = 400
"""A campaign has some dozens of instants; one that never ends is not played for ever."""


class NothingHappens(RuntimeError):
    """The campaign waits for something that no clock brings."""


@dataclass
class Stage:
    """`advance` moves the clock; `told` hears how far the play is, in percent and a word.

    `reacts` is asked after everything that happens whether somebody does something about it.
    """

    advance: Callable[[timedelta], None]
    told: Callable[[int, str], None] = lambda _percent, _word: None
    reacts: Callable[[], bool] = lambda: False
    lines: list[Line] = field(default_factory=list)
    _seen: Seen = field(default_factory=Seen)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def campaign(self) -> Campaign:
        db.session.rollback()
        return people.campaign()

    @property
    def merchant(self) -> Actor:
        """Whoever decides for the merchant; nobody in particular."""
        merchant_id = self.campaign.merchant_id
        rights = permissions_of(Role.OWNER, is_house=people.is_house(merchant_id))
        return Actor("staff", 1, merchant_id, rights, "")

    @property
    def till(self) -> RehearsalGateway:
        gateway = gateway_named(NAME)
        if not isinstance(gateway, RehearsalGateway):
            raise TypeError("a rehearsal is paid at its own provider")
        return gateway

    def note(self, word: str, /, **facts: Any) -> None:
        """Write down what somebody does, after all that came of what was done before."""
        self.collect()
        self.lines.append({"of": "note", "at": self.now.isoformat(), "word": word, "facts": facts})

    def collect(self) -> None:
        """Write down everything that has happened meanwhile."""
        db.session.rollback()
        self.lines.extend(since(self._seen))

    def plan(self, at: datetime, action: Callable[[], None]) -> None:
        """Have somebody do something when that time has come; at once if it is over."""
        heapq.heappush(self._agenda, (at, next(_turn), action))

    def work(self) -> None:
        """Do what workers do, until nothing more is to be done at this instant."""
        while clockwork.advance() + pay.close_unpaid() + drain() + self.reacts():
            self.collect()
        self.collect()

    def go_to(self, instant: datetime) -> None:
        """Let time pass, stopping wherever something falls due or somebody does something."""
        self._pass(lambda: False, until=instant)

    def wait(self, **by: float) -> None:
        self.go_to(self.now + timedelta(**by))

    def wait_until(self, is_reached: Callable[[Campaign], bool]) -> None:
        """Let time pass until the campaign is so far; raises NothingHappens."""
        self._pass(lambda: is_reached(self.campaign), until=None)

    def _pass(self, is_enough: Callable[[], bool], *, until: datetime | None) -> None:
        for _jump in range(MOST_JUMPS):
            self.work()
            if is_enough():
                return
            if self._agenda and self._agenda[0][0] <= self.now:
                heapq.heappop(self._agenda)[2]()
                continue
            if until is not None and self.now >= until:
                return
            self.advance(self._next(until) - self.now)
        raise NothingHappens(f"the campaign stays {self.campaign.state}")

    def _next(self, until: datetime | None) -> datetime:
        """The instant to jump to; raises NothingHappens when there is none."""
        db.session.rollback()
        planned = self._agenda[0][0] if self._agenda else None
        instants = [at for at in (next_due(self.now), planned, until) if at is not None]
        if not instants:
            raise NothingHappens(f"the campaign stays {self.campaign.state}")
        return min(instants)
