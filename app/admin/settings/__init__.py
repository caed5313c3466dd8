"""What the house sets for the whole shop: taxes."""

from app.admin.settings import pages, taxes
from app.admin.settings.blueprint import bp

__all__ = ["bp", "pages", "taxes"]
