"""Vitrine: a storefront for one-of-a-kind vintage pieces and presales."""
