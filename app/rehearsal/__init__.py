"""Rehearsals: a whole campaign run on a copy, with a fast clock and invented buyers.

The copy is an SQLite database in a folder of its own, in a process of its own, which knows neither
the shop's database nor its mail server nor its payment providers. What it did and said comes back
as one document.
"""
