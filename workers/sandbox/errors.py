"""A request the provider answers with a definite no."""

from __future__ import annotations


class Refused(Exception):
    """Becomes `{"error": {"code", "message"}}`; nothing was done."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
