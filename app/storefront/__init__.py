"""Screens of the shop window: home, collections, products, search, help, and what machines read."""
