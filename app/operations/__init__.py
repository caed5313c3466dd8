"""What an operator does with the shop as a whole: examine, back up, restore, rehearse an upgrade,
measure.
"""
