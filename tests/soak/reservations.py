"""So many reservations of the same few things, by processes of which one is killed now and then."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from app.catalog.models import Hold
from app.platform import clock
from app.platform.db import db
from tests.cast import house, piece
from tests.servers.process import Running
from tests.soak.diary import Diary, Entry
from tests.soak.findings import Auditor
from tests.soak.ground import Ground, app_on
from tests.soak.reserving import read
from tests.workers.processes import begin, own_variables

VARIANTS, UNITS = 5, 4
LOOK_EVERY = 0.5
KILLS = 40
"""How many are killed on the way, as evenly as they are looked at."""


@dataclass
class Buyer:
    """A process, and the next one when it was killed; `file` says how far they have come."""

    ground: Ground
    file: Path
    share: int
    variants: list[int]
    seeds: count[int]
    process: Running = field(init=False)

    def start(self) -> None:
        words = [str(word) for word in (self.file, self.share, next(self.seeds), *self.variants)]
        environment = {**own_variables(), **self.ground.environment}
        self.process = begin("tests.soak.reserving", words, environment)

    def tried(self) -> int:
        return read(self.file).get("tried", 0)

    def is_done(self) -> bool:
        return self.tried() >= self.share


def contend(ground: Ground, number: int, *, buyers: int, seed: int) -> list[str]:
    """What was found that must not be; the figures are printed."""
    app, auditor, diary = app_on(ground.environment), Auditor(app_on(ground.environment)), Diary()
    with app.app_context():
        owner = house(clock.now())
        variants = [piece(owner, clock.now(), units=UNITS) for _ in range(VARIANTS)]
        db.session.remove()
    seeds = count(seed)
    crowd = [
        Buyer(ground, ground.folder / f"buyer-{nth}", -(-number // buyers), variants, seeds)
        for nth in range(buyers)
    ]
    began = time.monotonic()
    for buyer in crowd:
        buyer.start()
    try:
        with suppress(KeyboardInterrupt):
            _watch(crowd, number // KILLS, auditor, diary, Random(seed))
    finally:
        for buyer in crowd:
            buyer.process.kill()
    seconds = time.monotonic() - began
    told = sum((Counter(read(buyer.file)) for buyer in crowd), Counter[str]())
    diary.blame(auditor.faults())
    with app.app_context():
        kept = db.session.scalar(select(func.count()).select_from(Hold)) or 0
        db.session.remove()
    if told["failed"]:
        diary.blame([f"{told['failed']} reservations failed"])
    print(
        f"\n{told['tried']:,} tried in {seconds:,.0f} s ({told['tried'] / seconds:,.0f}/s) by "
        f"{buyers} processes, {len(diary.entries)} killed; {kept:,} holds of {VARIANTS} things "
        f"with {UNITS} units each; became of them: {dict(told)}",
        flush=True,
    )
    return diary.wrong


def _watch(crowd: list[Buyer], every: int, auditor: Auditor, diary: Diary, random: Random) -> None:
    """Until all have done their share; each kill is written down with what was found after."""
    next_at = every
    while working := [buyer for buyer in crowd if not buyer.is_done()]:
        for buyer in working:
            if buyer.process.poll() is not None and not buyer.is_done():
                diary.blame([f"a buyer ended by itself ({buyer.process.poll()})"])
                buyer.start()
        if sum(one.tried() for one in crowd) >= next_at:
            _kill(random.choice(working), crowd, auditor, diary)
            next_at += every
        time.sleep(LOOK_EVERY)


def _kill(buyer: Buyer, crowd: list[Buyer], auditor: Auditor, diary: Diary) -> None:
    at, before = clock.now(), sum(one.tried() for one in crowd)
    buyer.process.kill()
    buyer.process.wait()
    began = time.monotonic()
    found = auditor.faults()
    buyer.start()
    tried = sum(one.tried() for one in crowd) - before
    what = f"one of {len(crowd)} who reserve killed: after {before:,}"
    diary.write(Entry(at, what, time.monotonic() - began, 0, tried, found))
