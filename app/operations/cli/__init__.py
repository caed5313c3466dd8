"""The operator's commands of the shop as a whole."""

from __future__ import annotations

from flask import Flask

from app.operations.cli import backups, doctor, pages, upgrades
from app.platform.cli import shop

COMMANDS = (
    backups.backup,
    backups.restore,
    doctor.doctor,
    pages.forget_pages,
    upgrades.rehearse_upgrade,
)


def init_app(_app: Flask) -> None:
    """They hang in the group of `flask shop`, which the shop has registered."""
    for command in COMMANDS:
        shop.add_command(command)
