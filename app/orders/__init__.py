"""One order: its lines, what is due, the append-only ledger, and its timeline.

Knows nothing of campaigns.
"""
