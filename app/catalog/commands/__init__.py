"""Verbs of the catalogue, by noun: `stock`, `products` and their `filling`, `media`."""
