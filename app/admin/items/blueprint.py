"""Where the screens of items are hung."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin_items", __name__, url_prefix="/admin")
