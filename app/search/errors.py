"""Why the index cannot answer or be written; a caller then asks the database, or tries later."""

from __future__ import annotations

from enum import StrEnum

from app.platform.errors import Unavailable
from app.platform.i18n import gettext


class Trouble(StrEnum):
    """What is wrong with an index. All but a failure to answer is cured by writing it anew."""

    MISSING = "missing"
    OUTDATED = "outdated"
    DAMAGED = "damaged"
    FAILED = "failed"

    @property
    def sentence(self) -> str:
        """For the admin, in their language."""
        return {
            Trouble.MISSING: gettext("The search index has not been written yet."),
            Trouble.OUTDATED: gettext("The search index was written by another version."),
            Trouble.DAMAGED: gettext("The search index is damaged."),
            Trouble.FAILED: gettext("The search index could not answer."),
        }[self]


class IndexUnavailable(Unavailable):
    """The index cannot answer now; look in the database instead."""

    code = "search_unavailable"

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble=trouble.value)

    def __str__(self) -> str:
        return f"{self.code}: {self.trouble}"


class IndexBusy(Unavailable):
    """Another process writes the index at this moment; try again later."""

    code = "search_busy"
