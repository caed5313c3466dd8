"""Where the screens of promotions are hung."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin_promotions", __name__, url_prefix="/admin/promotions")
