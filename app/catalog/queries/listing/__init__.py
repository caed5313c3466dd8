"""Lists of what can be bought: narrowed down, counted, in order, a page at a time."""
