"""Where the screens of presales are hung."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin_presales", __name__, url_prefix="/admin/presales")
