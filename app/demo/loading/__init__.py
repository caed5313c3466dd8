"""Loads the demo shop in steps that can be repeated: the shop, its goods, its orders."""
