"""Attempts to be paid and to pay back, and the providers behind one interface.

Knows amounts and references only.
"""
