"""Verbs of payments: `attempts` to be paid, `refunds` to pay back, `callbacks` to take in."""
