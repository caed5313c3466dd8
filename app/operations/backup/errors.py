"""Why a backup cannot be made, trusted or put back: one sentence for the operator."""

from __future__ import annotations


class Refused(RuntimeError):
    """Nothing was changed."""


class Damaged(Refused):
    """The file is not what was written."""
