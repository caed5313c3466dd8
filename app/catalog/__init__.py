"""What is sold: products, variants, one-of-a-kind pieces, images, collections, stock and holds."""
