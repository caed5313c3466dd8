"""`python -m workers up`: the whole shop. `work` and `relay`: one worker, one scheduler."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from threading import Event

from app.config import Settings, SettingsError, load_settings

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code; what cannot start says why in one line."""
    options = _parse(arguments)
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
    up.add_argument("--reload", action="store_true", help="restart on changes, compile the CSS")
    commands.add_parser("work", help="do jobs from the queue")
    commands.add_parser("relay", help="schedule, and tell the workers what is due")
    commands.add_parser("prepare", help="bring the database up to date and say what is in it")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    """Each part imports what it needs: the supervisor stays small and starts at once."""
    if options.command == "up":
        from workers import supervisor

        return supervisor.main(settings, _stopped_by_signals(), reload=options.reload)
    if options.command == "prepare":
        from workers import preparation

        return preparation.main()
    if options.command == "work":
        from workers import worker

        worker.main(settings, _stopped_by_signals())
    else:
        from workers import relay

        relay.main(settings, _stopped_by_signals())
    return 0


def _stopped_by_signals() -> Event:
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


if __name__ == "__main__":
    sys.exit(main())
