"""How long an import or export is the worker's that is at it, and when another may take it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_

from app.catalog.models import ExportRun, ImportRun

LEASE = timedelta(seconds=60)
"""A worker says again and again that it is still there; one that does not was killed."""


def is_free(run: type[ImportRun | ExportRun], now: datetime) -> ColumnElement[bool]:
    """Whether nobody is at it, or nobody any more."""
    return or_(run.lease_until.is_(None), run.lease_until < now)


def take(run: ImportRun | ExportRun, now: datetime) -> str:
    """Have it be the asking worker's; returns the token without which it may not be written."""
    token = secrets.token_hex(8)
    run.lease_token, run.lease_until = token, now + LEASE
    return token
