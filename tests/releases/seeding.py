"""A house and its pieces, written by the release in whose folder this is run, in its own words."""

from __future__ import annotations

import sys


def main(count: int) -> None:
    from app.config import load_settings
    from app.factory import create_app
    from app.platform import clock
    from tests import cast

    with create_app(load_settings()).app_context():
        owner = cast.house(clock.now())
        for _number in range(count):
            print(cast.piece(owner, clock.now(), units=50), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
