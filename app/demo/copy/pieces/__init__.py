"""The one-of-a-kind pieces, one file per kind of garment."""
