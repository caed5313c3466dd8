"""The last release and this one on one migrated database, while shoppers buy from both.

    python -m tests.releases [sqlite] [postgresql] [--seconds 20] [--before COMMIT]

The old code opens a shop and sells; this code migrates its database meanwhile and opens beside it,
with web server, worker and scheduler of its own. Every request of a shopper goes to either, as
behind one proxy, so that a bag of one becomes an order of the other. Then the old one closes. At
the end nobody may have seen an error, every order that was shown as paid must be, the books must be
right, nothing may wait in the outbox, and neither release may have complained in its log; otherwise
the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.releases import previous
from tests.releases.overlap import Findings, play
from workers.launching import ROOT


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="vitrine-before-", dir="/tmp") as folder:
        try:
            commit = previous.commit_before(options.before)
        except previous.NoPreviousError as error:
            print(f"Which release was before cannot be told: {error}", file=sys.stderr)
            return 2
        old = previous.unpack(commit, Path(folder))
        new = previous.heads(ROOT) - previous.heads(old)
        print(f"N−1 is {commit[:10]}; this code brings {', '.join(sorted(new)) or 'no migration'}.")
        if previous.differing_requirements(old):
            print("It was written for other dependencies than those it runs with here.")
        found = [play(name, old, options.seconds) for name in options.databases or DATABASES]
    for findings in found:
        print(findings.told())
    return 0 if all(map(Findings.is_good, found)) else 1


DATABASES = ("sqlite", "postgresql")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.releases", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("databases", nargs="*", choices=(*DATABASES, []), metavar="DATABASE")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each act")
    parser.add_argument("--before", default="", help="the commit that N−1 is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
