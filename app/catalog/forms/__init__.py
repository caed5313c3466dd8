"""What staff type about items, read into values or into sentences beside the fields."""

from app.catalog.forms.filling import amount_typed, filled
from app.catalog.forms.grid import combine
from app.catalog.forms.item import MOST_ROWS, ItemForm
from app.catalog.forms.surroundings import Surroundings

__all__ = ["MOST_ROWS", "ItemForm", "Surroundings", "amount_typed", "combine", "filled"]
