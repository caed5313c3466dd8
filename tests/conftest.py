"""The stage every test shares: servers that start only when they are used."""

from __future__ import annotations

pytest_plugins = (
    "tests.servers.chromium",
    "tests.servers.postgres",
    "tests.servers.smtp",
    "tests.servers.valkey",
)
