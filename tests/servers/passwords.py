"""Passwords that are quick to check, but where a test asks for slow ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest


@pytest.fixture(scope="session")
def quick_passwords() -> Iterator[Mapping[str, Callable[[], Any]]]:
    """Hashes of four rounds, as one of the shop's own takes a quarter of a second; yields those."""
    from passlib.context import CryptContext

    from app.platform import passwords
    from tests.shop.people import QUICK_HASH

    quick = CryptContext(
        schemes=["bcrypt_sha256", "argon2"], deprecated="auto", bcrypt_sha256__rounds=4
    )
    with pytest.MonkeyPatch.context() as patch:
        own = {name: getattr(passwords, name) for name in ("_context", "_nobodys_hash")}
        patch.setattr(passwords, "_context", lambda: quick)
        patch.setattr(passwords, "_nobodys_hash", lambda: QUICK_HASH)
        yield own


@pytest.fixture
def slow_passwords(
    quick_passwords: Mapping[str, Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashes as the shop makes them: where their cost is what is tested."""
    from app.platform import passwords

    for name, own in quick_passwords.items():
        monkeypatch.setattr(passwords, name, own)
