"""`make soak`: a shop of real processes that is bought at and broken for as long as one likes.

What is killed, set wrong or filled up is written down line by line with what was found after; at
the end both sides' books are compared. Exit code 1 when anything was found that must not be.
"""
