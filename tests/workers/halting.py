"""The shop's processes with one function in which they stand still, for tests that kill them there.

`python -m tests.workers.halting before app.some.module:function work` is `python -m workers work`
that, while a file `halt` lies in the data folder, writes `reached` there and goes no further before
(or `after`) that function has done its work.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path

from app.platform.configuration import settings
from workers import relay
from workers.__main__ import main


def stand_still() -> None:
    folder: Path = settings().data_dir
    if (folder / "halt").exists():
        (folder / "reached").touch()
    while (folder / "halt").exists():
        time.sleep(0.05)


def halting(function: Callable[..., object], moment: str) -> Callable[..., object]:
    @wraps(function)
    def halted(*args: object, **kwargs: object) -> object:
        if moment == "before":
            stand_still()
        outcome = function(*args, **kwargs)
        if moment == "after":
            stand_still()
        return outcome

    return halted


if __name__ == "__main__":
    when, place, *words = sys.argv[1:]
    module_name, _, name = place.partition(":")
    module = import_module(module_name)
    setattr(module, name, halting(getattr(module, name), when))
    relay.PATIENCE = 3.0
    sys.exit(main(words))
