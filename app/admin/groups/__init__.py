"""Groups at the counter: what leaders share, what came of it, and what they hand out."""

from app.admin.groups import group, links, listing, lists, sharing, sheets, statements
from app.admin.groups.blueprint import bp

__all__ = ["bp", "group", "links", "listing", "lists", "sharing", "sheets", "statements"]
