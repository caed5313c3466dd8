"""`make soak`, or `python -m tests.soak minutes=5 reservations=10000 database=sqlite seed=7`.

Half of the minutes and of the reservations fall to each database, unless one is named; 0 leaves
that part out. The diary is printed as it is written. Ctrl-C (or SIGTERM) goes on to the end of the
part that runs, at which all is compared. Exit code 1 when an invariant was violated.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.soak import reservations
from tests.soak.ground import DATABASES, ground
from tests.soak.mix import Mix


@dataclass(frozen=True)
class Wish:
    """What is asked for on the command line."""

    minutes: float = 60
    reservations: int = 1_000_000
    database: str = "both"
    seed: int = 1
    shoppers: int = 6
    buyers: int = 4


class BadWord(Exception):
    """A word of the command line is not understood."""


def read(words: Sequence[str]) -> Wish:
    """Raises BadWord."""
    kinds: dict[str, Callable[[str], object]] = {
        "minutes": float, "reservations": int, "database": str,
        "seed": int, "shoppers": int, "buyers": int,
    }  # fmt: skip
    given: dict[str, object] = {}
    for word in words:
        name, _, value = word.partition("=")
        try:
            given[name] = kinds[name](value)
        except (KeyError, ValueError):
            raise BadWord(word) from None
    wish = Wish(**given)  # type: ignore[arg-type]
    if wish.database not in (*DATABASES, "both"):
        raise BadWord(f"database={wish.database}")
    return wish


def main(words: Sequence[str]) -> int:
    """The exit code."""
    try:
        wish = read(words)
    except BadWord as error:
        print(f"Not understood: {error}.\n{__doc__}", file=sys.stderr)
        return 2
    databases = DATABASES if wish.database == "both" else (wish.database,)
    wrong: list[str] = []
    for database in databases:
        wrong += _soak(database, wish, len(databases))
    print("\n".join(["", *wrong, f"{len(wrong)} things were found that must not be."]))
    return 1 if wrong else 0


def _soak(database: str, wish: Wish, shares: int) -> list[str]:
    wrong: list[str] = []
    if wish.reservations:
        print(f"\n## {wish.reservations // shares:,} reservations on {database}\n", flush=True)
        with ground(database, is_durable=False) as here:
            wrong += reservations.contend(
                here, wish.reservations // shares, buyers=wish.buyers, seed=wish.seed
            )
    if wish.minutes:
        print(f"\n## {wish.minutes / shares:g} minutes of everything on {database}\n", flush=True)
        with ground(database) as here:
            mix = Mix(here, wish.minutes / shares, wish.shoppers, wish.seed)
            mix.run()
            wrong += mix.diary.wrong
            if wrong:
                print(f"What the shop said: {here.keep('shop.log')}")
    return [f"{database}: {sentence}" for sentence in wrong]


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
