"""kill -9 of the process that writes: the index stays whole and the next writer gets its turn."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.search.whoosh_backend import WhooshBackend
from tests.search.dying_writer import EVENTS
from tests.search.wardrobe import WARDROBE, coat

BEFORE = frozenset(document.product_id for document in WARDROBE)
DONE_BY_THEN = {
    "before the commit is sealed": BEFORE - {1} | {100},
    "while leftovers are removed": BEFORE - {1} | {100},
    "before old generations go": BEFORE | {100},
}


def start(folder: Path, moment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.search.dying_writer", str(folder), moment]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


@pytest.mark.parametrize("moment", [*EVENTS, "halfway through a rebuild"])
def test_a_killed_writer_leaves_the_index_before_or_after_its_change(
    tmp_path: Path, moment: str
) -> None:
    reader = WhooshBackend(tmp_path, patience=0)
    reader.rebuild(WARDROBE)
    assert reader.query("jacket").ids == (1,)

    with start(tmp_path, moment) as writer:
        assert writer.wait(60) == -signal.SIGKILL

    assert reader.indexed_ids() == DONE_BY_THEN.get(moment, BEFORE)
    assert WhooshBackend(tmp_path).query("裙").total == 2
    reader.apply([coat(101)], [2])
    assert reader.indexed_ids() == DONE_BY_THEN.get(moment, BEFORE) - {2} | {101}


@pytest.mark.parametrize("moment", ["halfway through a rebuild", "before the pointer moves"])
def test_the_next_rebuild_removes_what_a_killed_one_left(tmp_path: Path, moment: str) -> None:
    backend = WhooshBackend(tmp_path, patience=0)
    backend.rebuild(WARDROBE)
    with start(tmp_path, moment) as writer:
        writer.wait(60)
    assert len(folders(tmp_path)) == 2

    backend.rebuild(WARDROBE)

    assert len(folders(tmp_path)) == 1
    assert backend.indexed_ids() == BEFORE


def test_a_writer_killed_at_any_time_never_breaks_or_doubles_anything(tmp_path: Path) -> None:
    reader = WhooshBackend(tmp_path, patience=0)
    reader.rebuild([*WARDROBE, *(coat(100 + key) for key in range(7))])

    for pause in (0.01, 0.037, 0.083, 0.151, 0.2):
        with start(tmp_path, "at any time") as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
            time.sleep(pause)
            writer.kill()

        assert reader.query("裙").total == 2
        assert sorted(reader.query("loden").ids) == list(range(100, 107))
        reader.apply([coat(200)], [200 - 1])
        reader.apply([], [200])


def folders(directory: Path) -> list[Path]:
    return [entry for entry in directory.iterdir() if entry.is_dir()]
