"""The rehearsal of a campaign: have it played, see how far it is, read what it told."""

from app.admin.presales.rehearsing import page, sheets

__all__ = ["page", "sheets"]
