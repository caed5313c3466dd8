"""From a bag to an order: holds, the form, the price that was shown, and the one order that comes
of it.
"""
