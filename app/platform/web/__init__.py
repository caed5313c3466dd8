"""The HTTP skin: pages and fragments, language, security headers, sessions, limits, static
files.
"""

from app.platform.web.pages import (
    fragment_only,
    is_picked_from,
    moved,
    page,
    see_other,
    wants_fragment,
)

__all__ = ["fragment_only", "is_picked_from", "moved", "page", "see_other", "wants_fragment"]
