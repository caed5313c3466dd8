"""Visitors of these tests read English unless an address asks for Chinese."""

from tests.checkout.conftest import client, visit

__all__ = ["client", "visit"]
