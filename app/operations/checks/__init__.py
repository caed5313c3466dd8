"""What is looked at, one file per kind of ground the shop stands on.

A check is told the settings and yields what it found; it changes nothing.
"""
