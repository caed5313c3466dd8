"""The products kept in stock, in sizes and colours."""
