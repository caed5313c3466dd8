"""What staff type about items, read into values or into sentences beside the fields."""

from app.catalog.forms.filling import amount_typed, filled
from app.catalog.forms.item import ItemForm
from app.catalog.forms.surroundings import Surroundings

__all__ = ["ItemForm", "Surroundings", "amount_typed", "filled"]
