"""A process that writes the index in a folder and is killed: `python -m … FOLDER MOMENT`.

The moments are those at which the kernel is asked for something irreversible. The audit hook sees
them before they happen, so that the kill is exact and nothing needs to be patched.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from app.search.backend import SearchDocument
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import WARDROBE, coat

EVENTS = {
    "while the segment is written": ("open", ".seg"),
    "before the commit is named": ("os.rename", ".toc"),
    "while leftovers are removed": ("os.remove", ".toc"),
    "before the commit is sealed": ("os.rename", "seals.json"),
    "before the pointer moves": ("os.rename", "pointer.json"),
    "before old generations go": ("shutil.rmtree", ""),
}


def die_at(moment: str) -> None:
    wanted, ending = EVENTS[moment]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        paths = [str(argument) for argument in arguments[:2]]
        if event == wanted and any(path.endswith(ending) for path in paths):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def half_of_them() -> Iterator[SearchDocument]:
    yield WARDROBE[0]
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, moment: str) -> None:
    backend = WhooshBackend(folder)
    if moment == "at any time":
        print("writing", flush=True)
        for key in range(1_000_000):
            backend.apply([coat(100 + key % 7, description_en=f"Round {key}")], [])
    if moment == "halfway through a rebuild":
        backend.rebuild(half_of_them())
    die_at(moment)
    if moment in {"before the pointer moves", "before old generations go"}:
        backend.rebuild([*WARDROBE, coat(100)])
    else:
        backend.apply([coat(100)], [1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
