"""What a newcomer is told once the shop is open."""

from __future__ import annotations

import time

import pytest

from app.config import Settings
from workers.opening import SETTLED_AFTER, Reminder, banner

LAN = "192.0.2.7"


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_the_address_is_said_first_and_once_more_when_the_log_has_settled(
    settings: Settings,
) -> None:
    now = time.monotonic()
    told = banner(settings, LAN, [("owner", "dora@example.org", "secret")], seconds=2.0)

    later = Reminder(settings, LAN, opened=now - SETTLED_AFTER)

    assert not Reminder(settings, LAN, opened=now + 60).is_due()
    assert later.is_due()
    assert settings.public_url in told.splitlines()[2]
    assert f"http://{LAN}:{settings.port}" in told
    assert settings.public_url in later.text
