"""Merchants, their staff and roles, stores, and the shop's settings."""
