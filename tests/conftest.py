"""The stage every test shares: servers that start only when they are used."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is slow, not wrong.
settings.register_profile("vitrine", deadline=None)
settings.load_profile("vitrine")

pytest_plugins = (
    "tests.servers.chromium",
    "tests.servers.postgres",
    "tests.servers.smtp",
    "tests.servers.valkey",
)
