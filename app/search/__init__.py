"""Finds products by words, numbers and measurements in Chinese and English.

Owns the index, the synonyms and words of the shop's staff, and the list of what was not found. It
answers with product ids, best first, and the catalogue decides what of them may be shown and at
what price: price, stock and visibility are never in the index. The index can be thrown away at any
time, `commands.indexing.rebuild_all()` writes it anew. Publishes no facts; may import the catalogue
and what lies below it.
"""
