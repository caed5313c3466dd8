"""The operators' guide names every setting and every command there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from click import Group
from flask import Flask

from app.config import variable_names
from app.platform.cli import shop

GUIDE = Path(__file__).parent.parent.parent / "docs" / "operators.md"


def section(title: str) -> str:
    text = GUIDE.read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(title: str) -> str:
    rows = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("|")]
    return "\n".join(rows)


def test_every_setting_is_explained() -> None:
    explained = re.findall(r"`([A-Z0-9_]+)`", first_cells("Settings"))

    assert sorted(explained) == sorted(variable_names().values())


def test_every_command_is_listed(app: Flask) -> None:
    listed = set(re.findall(r"`shop ([a-z-]+(?: [a-z]+)?)", first_cells("Commands")))

    there = set()
    for name, command in shop.commands.items():
        inner = command.commands if isinstance(command, Group) else {}
        there |= {f"{name} {word}" for word in inner} or {name}
    assert listed == there
