"""Reads of rehearsals: what is taken along to the copy, what the copy says, the runs there were."""
