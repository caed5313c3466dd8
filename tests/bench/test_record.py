"""What was measured is kept, and shown beside what is measured next."""

from __future__ import annotations

from pathlib import Path

from tests.bench import record
from tests.bench.table import Figure, at_least, missed, show

SOLD = at_least("purchases", "sold", 12.0, "/s", 25)
ASKED = Figure("browsing", "asked", 900.0, "requests/s")


def test_a_run_is_compared_with_the_last_of_the_same_sizes(tmp_path: Path) -> None:
    assert record.last({}, tmp_path).figures == {}

    record.keep([ASKED], {"browsing": "100"}, tmp_path)
    assert record.last({}, tmp_path).figures == {}

    path = record.keep([ASKED, SOLD], {}, tmp_path)
    before = record.last({}, tmp_path)
    assert before.name == path.stem
    assert show([SOLD], before.figures).splitlines()[-1].split()[-2:] == ["MISSED", "12.0"]


def test_bars_that_were_missed_are_said() -> None:
    assert missed([ASKED]) == "0 of 0 bars met."
    assert missed([ASKED, SOLD]).splitlines() == [
        "0 of 1 bars met; missed:",
        "  purchases: sold (12.0 /s, ≥ 25)",
    ]
