"""Verbs of rehearsals: ask for one, and keep what comes of it."""
