"""Visitors of these tests read English."""

from tests.storefront.conftest import client, visit

__all__ = ["client", "visit"]
