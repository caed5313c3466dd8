"""Verbs of the catalogue, by noun: `stock`, `products`, `media`."""
