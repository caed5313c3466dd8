"""Chat lists (接龙) at the counter: paste one, check what was read, see who of it has joined."""

from app.admin.groups.lists import confirming, entries, pasting, text

__all__ = ["confirming", "entries", "pasting", "text"]
