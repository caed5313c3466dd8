"""`python -m workers.sandbox --port 8010 --data-dir var/sandbox`: one provider on loopback."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from workers.sandbox.config import RETRY_SECONDS, Config
from workers.sandbox.serving import running


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parse(arguments)
    config = Config(
        data_dir=options.data_dir,
        public_url=options.public_url,
        merchant=options.merchant,
        key=options.key,
        secret=options.secret,
        retry_seconds=options.retry,
    )
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, _leave)
    with running(config, options.host, options.port) as server:
        sys.stdout.write(f"sandbox provider on http://{options.host}:{server.port}\n")
        sys.stdout.flush()
        server.serve_forever()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Options; key, secret and merchant fall back to the shop's own variables, kept out of `ps`."""
    parser = argparse.ArgumentParser(prog="python -m workers.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010, help="0 takes a free one")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--public-url", default="", help="where browsers find the pay page")
    parser.add_argument("--retry", type=_seconds, default=RETRY_SECONDS, help="pauses: 1,2,5")
    for name, value in (
        ("key", "demo-sandbox-key"),
        ("secret", "demo-sandbox-secret"),
        ("merchant", "vitrine-demo"),
    ):
        variable = f"VITRINE_SANDBOX_{name.upper()}"
        parser.add_argument(f"--{name}", default=os.environ.get(variable) or value)
    return parser.parse_args(arguments)


def _seconds(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(",") if part)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
