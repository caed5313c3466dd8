"""Patterns: how each kind of garment is cut, sewn and laid flat."""
