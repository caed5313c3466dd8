"""The demo shop: invented copy, drawn pictures, orders in every state; loaded through the shop's own commands."""
