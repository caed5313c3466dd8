"""The demo shop: invented copy, drawn pictures, orders in every state.

All of it is loaded through the shop's own commands.
"""
