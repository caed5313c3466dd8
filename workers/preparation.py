"""What must be done before the shop may open: migrations; and what the supervisor wants to know."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass

DEMO_LOGINS = "vitrine.demo_logins"
"""The extension by which the demo shop hands over `() -> [(who, address, password), …]`."""


@dataclass(frozen=True)
class Prepared:
    """`is_empty`: no shop was set up yet; `logins` are those of the demo shop, if this is one."""

    is_empty: bool = False
    has_demo: bool = False
    logins: tuple[tuple[str, ...], ...] = ()


def main() -> int:
    """Migrate, and print a Prepared as one line of JSON."""
    from flask_migrate import upgrade

    from app.factory import create_app
    from app.platform.cli import shop
    from app.shop.queries import house_merchant

    app = create_app()
    with app.app_context():
        upgrade()
        demo_logins = app.extensions.get(DEMO_LOGINS, tuple)
        prepared = Prepared(
            is_empty=house_merchant() is None,
            has_demo="demo" in shop.commands,
            logins=tuple(tuple(login) for login in demo_logins()),
        )
    sys.stdout.write(json.dumps(asdict(prepared)) + "\n")
    return 0


def read(printed: str) -> Prepared:
    """What `main` printed, in the process that started it."""
    lines = printed.strip().splitlines()
    return Prepared(**json.loads(lines[-1])) if lines else Prepared()
