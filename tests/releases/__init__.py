"""The last release and this one on one database at the same time: `python -m tests.releases`."""
