"""Items: the list with its views and search, and the editor."""

from app.admin.items import editor, listing, opening
from app.admin.items.blueprint import bp

__all__ = ["bp", "editor", "listing", "opening"]
