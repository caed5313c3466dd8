"""Everything the processes of the shop import, so that their forks need not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sqlalchemy.orm import configure_mappers

from app.factory import MODULES

PARTS = ("handlers", "models", "privacy", "setup", "views", "cli")

for name in MODULES:
    for part in PARTS:
        if find_spec(f"app.{name}.{part}") is not None:
            import_module(f"app.{name}.{part}")
for name in ("relay", "runner", "worker"):
    import_module(f"workers.{name}")
configure_mappers()
