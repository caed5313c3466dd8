"""One of many who reserve the same few things as quickly as they can.

`python -m tests.soak.reserving FILE COUNT SEED VARIANT…`; FILE says how far it has come, for
whoever goes on when this process is killed. Nothing waits for the disk: processes are killed here,
not the machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy.exc import SQLAlchemyError

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.catalog.errors import OutOfStock
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.errors import Unavailable
from app.platform.transaction import transaction
from tests.servers.stage import hasten
from tests.soak.ground import app_on

HELD_FOR = timedelta(seconds=3)
NOTED_EVERY = 100
FATES = {"released": 70, "left to run out": 20, "sold and returned": 10}


def reserve(count: int, random: Random, variants: Sequence[int], file: Path) -> None:
    """Until so many reservations were tried, by those before as well."""
    told = Counter[str](read(file))
    while told["tried"] < count:
        told["tried"] += 1
        owner = f"soak:{random.getrandbits(64):x}"
        chosen = random.sample(variants, random.choice((1, 1, 2)))
        wanted = [Wanted(variant, random.choice((1, 1, 2))) for variant in chosen]
        told[_try(owner, wanted, random)] += 1
        if told["tried"] % NOTED_EVERY == 0:
            _note(file, told)
    _note(file, told)


def read(file: Path) -> Mapping[str, int]:
    """How far somebody has come."""
    told: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    return told


def _try(owner: str, wanted: list[Wanted], random: Random) -> str:
    """A word for what became of it."""
    now = clock.now()
    try:
        held = stock.reserve(owner, wanted, until=now + HELD_FOR, now=now)
        fate = random.choices([*FATES], [*FATES.values()])[0]
        if fate == "released":
            stock.release(owner)
        elif fate == "sold and returned":
            with transaction():
                stock.sell(owner, reference=owner, now=now)
                for each in held:
                    stock.put_back(
                        each.variant_id, each.location_id, each.quantity,
                        reference=owner, actor=SYSTEM, now=now,
                    )  # fmt: skip
    except OutOfStock:
        return "refused"
    except (SQLAlchemyError, Unavailable):
        db.session.rollback()
        return "failed"
    return fate


def _note(file: Path, told: Mapping[str, int]) -> None:
    new = file.with_suffix(".new")
    new.write_text(json.dumps(told))
    new.replace(file)


if __name__ == "__main__":
    where, number, seed, *ids = sys.argv[1:]
    with hasten(app_on(os.environ), Path(where).parent).app_context():
        reserve(int(number), Random(int(seed)), [int(variant) for variant in ids], Path(where))
