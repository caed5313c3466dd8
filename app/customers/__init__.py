"""Shoppers who chose to have an account, their addresses, and one-time sign-in codes."""
