"""The outbox: every fact that must be told after its commit, one row per fact and listener, leased
to workers.
"""
