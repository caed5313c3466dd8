"""Lists with filters, as addresses and as what a page shows of them."""
