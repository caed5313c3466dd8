"""`make guards`: each guard taken away once, and the test that names it must turn red.

`python -m tests.guards [NAME…]` prints a table; exit code 1 when a guard can go unnoticed, or when
its test is red although nothing was taken away.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.guards import GUARDS
from tests.guards.rounds import RED, with_all, without

GREEN = "call passed"


def main(names: list[str]) -> int:
    """The exit code."""
    guards = [guard for guard in GUARDS if not names or guard.name in names]
    with tempfile.TemporaryDirectory(prefix="vitrine-guards-") as folder:
        kept, gone = with_all(guards, Path(folder)), without(guards, Path(folder))
    print("| keeps | guard | where | database | test | with it | without |")
    print("|---|---|---|---|---|---|---|")
    noticed = 0
    for guard in guards:
        test = guard.test.partition("::")[2] + (f" [{guard.case}]" if guard.case else "")
        with_it, without_it = (_said(ended[guard.name]) for ended in (kept, gone))
        noticed += (with_it, without_it) == ("green", "red")
        print(
            f"| {guard.keeps} | {guard.name} | `{guard.place}` | {guard.database} | `{test}` "
            f"| {with_it} | {without_it} |"
        )
    print(f"\n{noticed} of {len(guards)} are missed when they are gone.")
    return 0 if noticed == len(guards) else 1


def _said(ended: str) -> str:
    return {RED: "red", GREEN: "green"}.get(ended, ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
