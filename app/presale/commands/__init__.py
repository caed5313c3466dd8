"""Verbs of presales."""
