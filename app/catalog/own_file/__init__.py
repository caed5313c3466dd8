"""The shop's own product file, CSV or XLSX: everything that is known of each product, written and
read back exactly ([decision 17](docs/decisions/0017-own-product-file.md)). Pure.

A product takes as many rows as it has variants, photographs or faults, whichever are most: its
first row carries its facts, and each row one variant, one photograph and one fault.
"""
