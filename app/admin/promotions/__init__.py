"""Promotions at the counter: the list, one with its numbers and codes, and the form."""

from app.admin.promotions import codes, pages
from app.admin.promotions.blueprint import bp

__all__ = ["bp", "codes", "pages"]
