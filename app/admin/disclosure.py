"""Personal data is masked until whoever may see it asks for one thing, which is recorded."""

from __future__ import annotations

from flask import session

from app.platform import clock
from app.platform.audit.commands import note_look
from app.platform.web.actor import current_actor

KEY = "disclosed"
MOST = 60
"""How many a session remembers; an older one is masked again, and looking again is recorded."""


def is_disclosed(kind: str, row_id: int) -> bool:
    return current_actor().may("pii.view") and f"{kind}:{row_id}" in session.get(KEY, [])


def disclose(kind: str, row_id: int) -> None:
    """Show it whole from now on in this session; raises Forbidden. Recorded once."""
    if is_disclosed(kind, row_id):
        return
    note_look(current_actor(), kind, row_id, now=clock.now())
    session[KEY] = [*session.get(KEY, []), f"{kind}:{row_id}"][-MOST:]
