"""Verbs of payments: `attempts` to be paid and their `proofs`, `refunds`, `callbacks`."""
