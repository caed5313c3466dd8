"""The shop's processes with one listener more, for tests that kill them in the middle of it.

`python -m tests.workers.noticing work` is `python -m workers work` that also hears `Noticed`: it
writes the number into `heard` in the data folder, and while a file `stuck` lies there it goes no
further, as if the far end did not answer.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from app.platform.configuration import settings
from app.platform.facts import Fact, on, publish, registry
from app.platform.transaction import transaction
from workers import relay
from workers.__main__ import main


@dataclass(frozen=True)
class Noticed(Fact):
    name: ClassVar[str] = "test.noticed.v1"

    number: int


def notice(fact: Noticed) -> None:
    folder = settings().data_dir
    with (folder / "heard").open("a") as heard:
        heard.write(f"{fact.number}\n")
    while (folder / "stuck").exists():
        time.sleep(0.05)


SUBSCRIPTION = on(Noticed, notice)


def tell(*numbers: int) -> None:
    """Publish in one command; the pushed application context says in which shop."""
    with transaction():
        for number in numbers:
            publish(Noticed(number))


def heard(folder: Path) -> list[int]:
    path = folder / "heard"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


if __name__ == "__main__":
    # Started as __main__, this module is imported a second time under the name in the outbox.
    from tests.workers import noticing

    registry.register([noticing.SUBSCRIPTION])
    relay.PATIENCE = 3.0
    sys.exit(main(sys.argv[1:]))
