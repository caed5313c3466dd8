"""`python -m workers up`: the whole shop. `web`, `work` and `relay`: one part of it each; `healthy`
asks how one is.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from functools import partial

from app.config import Settings, SettingsError, load_settings
from workers.launching import reloaded_by_signal, stopped_by_signals
from workers.memory import keep_little

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code; what cannot start says why in one line."""
    options = _parse(arguments)
    keep_little()
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return _run(options, settings)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m workers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="queue, web, worker, scheduler and sandbox, supervised")
    up.add_argument("--reload", action="store_true", help="start again on changes, compile the CSS")
    web = commands.add_parser("web", help="answer requests")
    web.add_argument("--listening", type=int, action="append", help=argparse.SUPPRESS)
    work = commands.add_parser("work", help="do jobs from the queue")
    relay = commands.add_parser("relay", help="schedule, and tell the workers what is due")
    for part in (web, work, relay):
        part.add_argument("--ready", type=int, help=argparse.SUPPRESS)
    commands.add_parser("migrate", help="bring the database up to date, unless it is ahead")
    healthy = commands.add_parser("healthy", help="exit code 0 while that part is well")
    healthy.add_argument("part", nargs="?", default="web", choices=("web", "worker", "scheduler"))
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    """Each part imports what it needs and no more."""
    stopping = stopped_by_signals()
    match options.command:
        case "up" if options.reload:
            from workers import reloading

            reloading.main(stopping)
        case "up":
            from workers import supervisor

            return supervisor.main(settings, stopping, reloaded_by_signal())
        case "web":
            from workers import web

            given = [socket.socket(fileno=number) for number in options.listening or ()]
            say_ready = partial(_say_ready, options.ready, sockets=len(given))
            web.main(settings, stopping, say_ready, given)
        case "work":
            from workers import worker

            worker.main(settings, stopping, partial(_say_ready, options.ready))
        case "migrate":
            from workers import preparation, runner

            preparation.migrate(runner.application())
        case "healthy":
            from workers import health

            return health.main(settings, options.part)
        case _:
            from workers import relay

            relay.main(settings, stopping, partial(_say_ready, options.ready))
    return 0


def _say_ready(descriptor: int | None, *, sockets: int = 1) -> None:
    """Tell whoever waits at the other end of the pipe, if anybody does: a dot for each socket."""
    if descriptor is not None:
        os.write(descriptor, b"." * max(sockets, 1))
        os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main())
