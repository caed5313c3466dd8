"""Promotions: offers taken off prices, by themselves or by a code, and what was given by them."""
