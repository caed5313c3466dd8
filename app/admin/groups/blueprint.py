"""Where the screens of groups are hung."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin_groups", __name__, url_prefix="/admin")
