"""Finds products by words, numbers and measurements in Chinese and English.

Owns the index and nothing else: it answers with product ids, best first, and the catalogue decides
what of them may be shown and at what price. Price, stock and visibility are never in the index.
The index can be thrown away at any time: `commands.rebuild_all()` writes it anew. Publishes no
facts; may import the catalogue and what lies below it.
"""
