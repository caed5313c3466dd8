"""Where the photographs of reviews lie: apart from the shop's own, which anybody may fetch."""

from __future__ import annotations

import re
from pathlib import Path
from secrets import token_hex

from app.platform.configuration import settings
from app.platform.images import Upright, write_once

FOLDER = "review_photos"
_FILE = re.compile(r"([0-9a-f]{32})(-\d{2,4})?\.(jpg|avif)\Z")


def folder_of(line_id: int) -> Path:
    return settings().data_dir / FOLDER / str(line_id)


def named_in(file: str) -> str | None:
    """The photograph that a file belongs to; None for what is no file of one."""
    matched = _FILE.match(file)
    return matched.group(1) if matched else None


def original_of(name: str) -> str:
    return f"{name}.jpg"


def write(line_id: int, picture: Upright) -> str:
    """Keep a picture under a name of its own, which is returned."""
    name = token_hex(16)
    write_once(folder_of(line_id) / original_of(name), picture.jpeg)
    return name


def remove(line_id: int, name: str) -> None:
    """The picture and whatever was made of it; again removes nothing."""
    folder = folder_of(line_id)
    for file in folder.glob(f"{name}*"):
        file.unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
