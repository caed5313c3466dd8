"""Verbs of search: the index, and what the shop's staff say about words."""
