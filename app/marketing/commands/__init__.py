"""Verbs of promotions."""
