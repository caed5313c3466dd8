"""Presales at the counter: the list, and one campaign with everything that is decided about it."""

from app.admin.presales import actions, editor, listing, overview, people, playbook, requests
from app.admin.presales.blueprint import bp

__all__ = ["actions", "bp", "editor", "listing", "overview", "people", "playbook", "requests"]
