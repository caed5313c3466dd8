"""Presales: the list, one campaign and everything its merchant decides about it."""

from app.admin.presales import actions, listing, overview, people
from app.admin.presales.blueprint import bp

__all__ = ["actions", "bp", "listing", "overview", "people"]
