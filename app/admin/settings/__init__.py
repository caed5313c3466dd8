"""What the house sets for the whole shop: taxes, zones of delivery."""

from app.admin.settings import delivery, pages, taxes
from app.admin.settings.blueprint import bp

__all__ = ["bp", "delivery", "pages", "taxes"]
