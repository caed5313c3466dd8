"""Who did what to which row: append-only rows, chained by a sealer so that tampering shows."""
