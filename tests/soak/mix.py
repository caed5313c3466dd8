"""So many minutes of a shop's life with everything going wrong, on one database."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread

import httpx
from flask import Flask

from app.catalog.queries.sellable import sellable
from app.platform import clock
from app.presale.models import SupplyMode
from tests.cast import House, house, piece
from tests.faults.breaking import ROOM
from tests.presale import cast as presale
from tests.servers.process import free_port
from tests.soak import harm
from tests.soak.diary import Diary, Entry
from tests.soak.findings import Auditor
from tests.soak.ground import Ground, app_on
from tests.soak.jumping import PARTS
from tests.soak.shop import Shop
from tests.soak.shoppers import TLS, Goods, Shopper
from tests.soak.staff import Staff
from tests.soak.tally import Tally

PIECES, UNITS, CAP = 6, 3, 500
NO_LONGER_THAN, LOOK_EVERY = 180.0, 2.0
"""Seconds in which something of what is left must get done: a slow machine is slow, not wrong."""
LATER = 3 * 3600
"""Seconds by which the clocks are put forward at the end: every hold, lease and term is over."""
CHOSEN = {"VITRINE_HOST": "127.0.0.1", "VITRINE_DOORBELL": "1", "VITRINE_LOG_LEVEL": "WARNING"}


@dataclass
class Mix:
    """A shop with its crowd and its diary; `run` it once."""

    ground: Ground
    minutes: float
    shoppers: int
    seed: int
    diary: Diary = field(default_factory=Diary)
    tally: Tally = field(default_factory=Tally)

    def run(self) -> None:
        environment = {**self.ground.environment, **CHOSEN}
        environment["VITRINE_SANDBOX_URL"] = f"http://127.0.0.1:{free_port()}"
        app, auditor = app_on(environment), Auditor(app_on(environment))
        with app.app_context():
            owner, goods = furnish()
        shop = Shop(environment, self.ground.folder)
        patient = harm.Patient(shop, self.ground.postgresql, Random(self.seed))
        patient.prepare()
        shop.start()
        try:
            shop.wait_until_well()
            with self._crowd(app, owner, goods, shop.url), suppress(KeyboardInterrupt):
                self._break(patient, auditor)
            self._end(patient, auditor)
        finally:
            shop.stop()

    @contextmanager
    def _crowd(self, app: Flask, owner: House, goods: Goods, url: str) -> Iterator[None]:
        stopping = Event()
        people = [
            Shopper(url, goods, self.tally, Random(self.seed * 1000 + nth), nth)
            for nth in range(self.shoppers)
        ]
        staff = Staff(app, owner, goods.variants, self.tally, Random(self.seed))
        threads = [Thread(target=one.shop, args=[stopping], daemon=True) for one in people]
        threads.append(Thread(target=staff.work, args=[stopping], daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stopping.set()
            for thread in threads:
                thread.join(120)

    def _break(self, patient: harm.Patient, auditor: Auditor) -> None:
        """One thing after another until the time is over; each is written down."""
        harms = {**harm.HARMS, **(harm.OF_POSTGRESQL if patient.postgresql else {})}
        deadline = time.monotonic() + self.minutes * 60
        for pause, name in harm.plan(self.seed, list(harms)):
            if time.monotonic() + pause > deadline:
                return
            time.sleep(pause)
            at, asked, failed = clock.now(), self.tally.asked(), self.tally.failed()
            told = harms[name](patient)
            began = time.monotonic()
            found = wait_until_well(patient.shop) + auditor.faults()
            self.diary.write(
                Entry(
                    at, f"{name}: {told}", time.monotonic() - began,
                    self.tally.failed() - failed, self.tally.asked() - asked, found,
                )
            )  # fmt: skip

    def _end(self, patient: harm.Patient, auditor: Auditor) -> None:
        """Everything right again and three hours on, nothing may be left over."""
        shop = patient.shop
        if patient.postgresql is not None:
            patient.say(ROOM)
        shop.jump(PARTS, 0)
        self.diary.blame(wait_until_well(shop))
        shop.jump(PARTS, LATER)
        self.diary.blame([f"not done: {what}" for what in left_over(auditor)])
        shop.jump(PARTS, 0)
        self.diary.blame(auditor.faults() + auditor.differences() + self.tally.wrong)
        self.diary.blame(lost_orders(shop.url, self.tally.kept))
        self.tally_up(auditor)

    def tally_up(self, auditor: Auditor) -> None:
        print(f"\nIn the tables: {auditor.figures()}\nOf the crowd: {self.tally.words()}\n")
        print(self.diary.summary(), flush=True)


def left_over(auditor: Auditor) -> list[str]:
    """What is still not done when nothing gets done any more."""
    left, moved_at = auditor.unfinished(), time.monotonic()
    while left and time.monotonic() - moved_at < NO_LONGER_THAN:
        time.sleep(LOOK_EVERY)
        before, left = left, auditor.unfinished()
        if left != before:
            moved_at = time.monotonic()
    return left


def furnish() -> tuple[House, Goods]:
    """A few things that everybody wants, and a campaign with room for many."""
    now = clock.now()
    owner = house(now)
    variants = [piece(owner, now, units=UNITS) for _ in range(PIECES)]
    shown = sellable(variants, now=now)
    campaign = presale.campaign(
        owner, now, supply_mode=SupplyMode.MADE_TO_ORDER, sku={"cap": CAP},
        variants=presale.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = presale.skus(campaign.id)
    paths = [f"/i/{shown[variant].number:04d}" for variant in variants]
    return owner, Goods(variants, paths, f"/pre/{campaign.slug}", sku.id)


def wait_until_well(shop: Shop) -> list[str]:
    """Nothing, or that it did not come back in time."""
    try:
        shop.wait_until_well()
    except TimeoutError as error:
        return [str(error)]
    return []


def lost_orders(url: str, paths: Sequence[str]) -> list[str]:
    """Orders that somebody was shown once and that are not there any more."""
    with httpx.Client(base_url=url, timeout=30, verify=TLS, trust_env=False) as browser:
        statuses = {
            path: browser.get(path, follow_redirects=True).status_code
            for path in dict.fromkeys(paths)
        }
    return [
        f"an order page answers {status}"
        for status in statuses.values()
        if status != httpx.codes.OK
    ]
