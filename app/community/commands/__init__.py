"""Verbs of groups and their links; each is one transaction."""
