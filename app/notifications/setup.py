"""Refuse to start with a mail server's address that cannot be read."""

from __future__ import annotations

from flask import Flask

from app.config import SettingsError
from app.notifications.channels import SmtpAddress
from app.platform.configuration import KEY


def init_app(app: Flask) -> None:
    url = app.extensions[KEY].smtp_url
    if url:
        try:
            SmtpAddress.parse(url)
        except ValueError as error:
            raise SettingsError(f"SMTP_URL cannot be read: {error}") from error
