"""Verbs of wish lists and of addresses that want to be told."""
