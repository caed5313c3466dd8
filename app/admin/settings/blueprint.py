"""Where the screens of settings are hung."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin_settings", __name__, url_prefix="/admin/settings")
