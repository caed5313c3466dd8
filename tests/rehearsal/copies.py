"""Play a campaign of the tested shop on a copy, in this process: what the worker's child does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from app.factory import create_app
from app.platform.configuration import settings
from app.platform.db import db
from app.rehearsal.copying import SHARED, be_quick, settings_of_copy, write
from app.rehearsal.play import Played, play
from app.rehearsal.queries.excerpt import excerpt
from app.rehearsal.rules import Outcome

Progress = list[tuple[int, str]]


_migrated: list[bytes] = []


def _migrate() -> None:
    """Run the migrations for the first copy; every other begins with that one's file."""
    file = Path(settings().database_url.partition(":///")[2])
    if _migrated:
        file.write_bytes(_migrated[0])
        return
    upgrade()
    db.engine.dispose()
    _migrated.append(file.read_bytes())


def request(campaign_id: int) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The excerpt as it travels, and the settings that are shared."""
    rows = json.loads(json.dumps(excerpt(campaign_id)))
    shared = {name: getattr(settings(), name) for name in SHARED}
    db.session.rollback()
    return rows, shared


def played(
    campaign_id: int, outcome: Outcome, folder: Path, *, now: datetime, told: Progress | None = None
) -> Played:
    """What came of it, as it comes back from the child."""
    rows, shared = request(campaign_id)
    progress = told if told is not None else []
    copy = create_app(settings_of_copy(folder, shared))
    try:
        with copy.app_context():
            _migrate()
            be_quick()
            write(rows)
            result = play(
                outcome, now=now, told=lambda percent, word: progress.append((percent, word))
            )
    finally:
        with copy.app_context():
            db.engine.dispose()
    return Played(json.loads(json.dumps(result.report)), result.problem)
