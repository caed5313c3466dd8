"""Tables of wishes, by noun."""

from app.wishes.models.alert import StockAlert
from app.wishes.models.wish import Wish

__all__ = ["StockAlert", "Wish"]
