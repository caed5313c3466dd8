"""Verbs of orders: place, pay, settle, close, cancel, refund, fulfil, note."""
