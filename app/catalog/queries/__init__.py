"""Reads of the catalogue: `cards` for lists, `pages` for one product, `sellable` for bag and
checkout.
"""
