"""Campaigns: goods sold before they exist, on a public promise.

Owns campaigns and their SKUs, who joined, quota slices, the waiting list, the promise ledger and
what production brought. Supplies order lines through `app.orders.supply`; money stays with orders.
The rules are docs/presale.md, the states docs/states.md.
"""
