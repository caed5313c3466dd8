"""The words of the demo shop in two languages: pieces, products, collections, stores, people."""
