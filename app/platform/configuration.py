"""The settings of the application this code runs in."""

from __future__ import annotations

from typing import cast

from flask import current_app

from app.config import Settings

KEY = "vitrine.settings"


def settings() -> Settings:
    return cast(Settings, current_app.extensions[KEY])
